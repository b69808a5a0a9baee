#include "core/steps/pages.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"
#include "core/rights/rights.h"

namespace steps::pages {
namespace {

/// One stretch of an index: the steps of a subject in a box, or those a subject gave.
struct Stretch {
    SubjectId subject;
    int box = box::todo;
    std::optional<int> secrecy = {};  ///< of one label alone; else all up to the clearance
};

std::vector<Stretch> stretches(const Scope& scope, Box box) {
    const Addressees mine = addressees(scope);
    std::vector<Stretch> all;
    const int code = box == Box::support  ? box::support
                     : box == Box::inform ? box::inform
                     : box == Box::done   ? box::done
                                          : box::todo;
    for (const SubjectId subject : mine.own) all.push_back({subject, code});
    if (box == Box::watching) return all;
    for (const SubjectId subject : mine.headed) all.push_back({subject, code});
    if (box == Box::todo)
        for (const SubjectId subject : mine.kept) all.push_back({subject, box::waiting_book});
    return all;
}

bool from_inbox(Box box) {
    return box != Box::watching && box != Box::done;
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

/// What the scope gave itself, as from_subject says it.
void add_mine(const Scope& scope, db::Query& sql, db::Literal column) {
    std::vector<db::Value> mine;
    for (const SubjectId each : addressees(scope).own) mine.emplace_back(each.value);
    sql.add(column).add(" in ").list(mine);
}

void add_part(const Scope& scope, db::Query& sql, Part part) {
    switch (part) {
        case Part::all:
            return;
        case Part::lead:
            sql.add(" and role in ('lead', 'task') and box = ").value(box::todo);
            return;
        case Part::decide:
            sql.add(" and role in ('approve', 'consult') and box = ").value(box::todo);
            return;
        case Part::book:
            sql.add(" and box = ").value(box::waiting_book);
            return;
        case Part::assign:
            sql.add(" and role in ('lead', 'approve') and box = ").value(box::todo);
            sql.add(
                " and not exists (select 1 from step beneath where beneath.record_id = inbox.record_id and "
                "beneath.parent_id = inbox.step_id and beneath.role <> 'inform' and beneath.state in ('open', "
                "'done'))");
            return;
        case Part::returned:
            sql.add(
                " and exists (select 1 from step back where back.record_id = inbox.record_id and back.state = "
                "'returned' and ");
            add_mine(scope, sql, "back.from_subject");
            sql.add(
                " and not exists (select 1 from step again where again.record_id = back.record_id and again.id > "
                "back.id and again.state <> 'taken_back' and again.role <> 'inform' and ");
            add_mine(scope, sql, "again.from_subject");
            sql.add("))");
            return;
    }
}

/// `where` of one stretch, from its first column on that the index gives.
void add_condition(const Scope& scope, db::Query& sql, Box box, const Stretch& stretch, Lateness lateness,
                   std::optional<Role> role, Part part) {
    if (box == Box::watching)
        sql.add("from_subject = ").value(stretch.subject).add(" and state = 'open'");
    else if (box == Box::done)
        sql.add("to_subject = ").value(stretch.subject).add(" and box = 4");
    else
        sql.add("to_subject = ").value(stretch.subject).add(" and box = ").value(stretch.box);
    if (from_inbox(box) && stretch.secrecy)
        sql.add(" and secrecy = ").value(*stretch.secrecy);
    else if (from_inbox(box))  // not by inbox_count: the page walks the primary key
        sql.add(" and +secrecy <= ").value(static_cast<int>(scope.clearance));
    if (lateness == Lateness::late) sql.add(" and due < ").value(scope.today);
    if (role) sql.add(" and role = ").value(enum_name(*role));
    add_part(scope, sql, part);
}

}  // namespace

void add_after(db::Query& sql, const Cursor& after, db::Literal id) {
    sql.add(" and (urgency, due, ").add(id).add(") > (").value(after.urgency).add(", ").value(after.due);
    sql.add(", ").value(after.id).add(")");
}

namespace {

/// The ids of steps given or done: each stretch is in order already; together they are sorted again, `rows` of each at
/// the most.
void add_stretches(const Scope& scope, db::Query& sql, const InboxQuery& query, const std::vector<Stretch>& all,
                   const std::optional<Cursor>& after, int rows) {
    const bool done = query.box == Box::done;
    const db::Literal order = done ? db::Literal(" order by closed_at desc, id desc limit ")
                                   : db::Literal(" order by urgency, due, id limit ");
    bool first = true;
    for (const Stretch& stretch : all) {
        if (!std::exchange(first, false)) sql.add(" union all ");
        sql.add("select * from (select ").add(done ? db::Literal("id, closed_at") : db::Literal("id, urgency, due"));
        sql.add(" from step where ");
        add_condition(scope, sql, query.box, stretch, query.lateness, query.role, query.part);
        if (after && done)
            sql.add(" and (closed_at, id) < (").value(after->closed_at).add(", ").value(after->id).add(")");
        else if (after)
            add_after(sql, *after, "id");
        sql.add(order).value(rows).add(") as one");
    }
    sql.add(order).value(rows);
}

}  // namespace

Result<std::optional<Cursor>> read_cursor(const InboxQuery& query) {
    if (query.after.empty()) return std::optional<Cursor>();
    const std::vector<std::string> parts = split(query.after, '.');
    const auto bad = [] { return fail(ErrorCode::invalid, "steps.bad_cursor", "after"); };
    const bool done = query.box == Box::done;
    if (parts.size() != (done ? 2u : 3u)) return bad();
    const auto first = number(parts.front());
    const auto id = number(parts.back());
    if (!first || !id || (!done && !parse_date(parts[1]))) return bad();
    if (done) return std::optional(Cursor{.closed_at = *first, .id = *id});
    return std::optional(Cursor{.urgency = *first, .due = parts[1], .id = *id});
}

std::string write_cursor(const Cursor& at, Box box) {
    if (box == Box::done) return fmt::format("{}.{}", at.closed_at, at.id);
    return fmt::format("{}.{}.{}", at.urgency, at.due, at.id);
}

Cursor cursor_at(const db::Row& row, Box box) {
    return {.urgency = row.integer(0),
            .due = row.text(1),
            .closed_at = box == Box::done ? row.integer(18) : 0,
            .id = row.integer(2)};
}

namespace {

bool comes_before(const db::Row& one, const db::Row& other) {
    if (one.integer(0) != other.integer(0)) return one.integer(0) < other.integer(0);
    if (one.text(1) != other.text(1)) return one.text(1) < other.text(1);
    return one.integer(2) < other.integer(2);
}

/// Each stretch stands in the order of the list, so it is walked by itself and the few that have rows are merged here:
/// a union sorted by the engine would copy every row twice.
Result<db::Rows> waiting(const Scope& scope, db::Reader& reader, const InboxQuery& query,
                         const std::vector<Stretch>& all, const std::optional<Cursor>& after, int rows) {
    db::Rows merged;
    for (const Stretch& stretch : all) {
        db::Query sql("steps.inbox");
        sql.add("select ").add(inbox_columns).add(" from inbox where ");
        add_condition(scope, sql, query.box, stretch, query.lateness, query.role, query.part);
        if (after) add_after(sql, *after, "step_id");
        sql.add(" order by urgency, due, step_id limit ").value(rows);
        db::Rows found = TRY(reader.rows(sql));
        const auto middle = static_cast<std::ptrdiff_t>(merged.size());
        merged.insert(merged.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
        if (middle > 0) std::inplace_merge(merged.begin(), merged.begin() + middle, merged.end(), comes_before);
        if (merged.size() > static_cast<std::size_t>(rows)) merged.erase(merged.begin() + rows, merged.end());
    }
    return merged;
}

db::Query given_or_done(const Scope& scope, const InboxQuery& query, const std::vector<Stretch>& all,
                        const std::optional<Cursor>& after, int rows) {
    db::Query sql("steps.inbox");
    // Given and done steps: the index alone finds the page, then come the rows and the right to see each.
    sql.add(
        "select s.urgency, s.due, s.id, s.role, s.record_id, r.register_id, r.state, x.notation, r.title, x.author, "
        "s.instruction, "
        "s.from_person_id, s.from_post_id, s.on_behalf_of_person_id, s.opened_at, case when s.seen_at is null then 0 "
        "else 1 end, s.to_subject, "
        "s.box, s.closed_at, case when ");
    rights::visible(scope, sql, "r");
    sql.add(" then 1 else 0 end, s.state, s.outcome from (");
    add_stretches(scope, sql, query, all, after, rows);
    sql.add(
        ") as k join step s on s.id = k.id join record r on r.id = s.record_id left join step_record x on x.record_id "
        "= s.record_id ");
    if (query.box == Box::done)
        sql.add("order by k.closed_at desc, k.id desc");
    else
        sql.add("order by k.urgency, k.due, k.id");
    return sql;
}

}  // namespace

Result<std::optional<db::Rows>> page(const Scope& scope, db::Reader& reader, const InboxQuery& query,
                                     const std::optional<Cursor>& after, int rows) {
    if (query.box == Box::unit) return std::optional(TRY(unit_page(scope, reader, query, after, rows)));
    const std::vector<Stretch> all = stretches(scope, query.box);
    if (all.empty()) return std::optional<db::Rows>();
    if (from_inbox(query.box)) return std::optional(TRY(waiting(scope, reader, query, all, after, rows)));
    return std::optional(TRY(reader.rows(given_or_done(scope, query, all, after, rows))));
}

namespace {

/// Label by label, where that makes each an unbroken walk of the index inbox_count.
std::vector<Stretch> counted_stretches(const Scope& scope, Box box, std::optional<Role> role, Part part) {
    if (!from_inbox(box) || role || part != Part::all) return stretches(scope, box);
    std::vector<Stretch> all;
    for (const Stretch& each : stretches(scope, box))
        for (int secrecy = 0; secrecy <= static_cast<int>(scope.clearance); ++secrecy)
            all.push_back({each.subject, each.box, secrecy});
    return all;
}

/// As many as `limit` of one condition: the row that would be the last of them is a shorter way than counting.
template <class AddFrom>
void add_counted(db::Query& sql, std::int64_t limit, AddFrom add_from) {
    sql.add(" + coalesce((select ").value(limit);
    add_from();
    sql.add(" limit 1 offset ").value(limit - 1).add("), (select count(*)");
    add_from();
    sql.add("))");
}

}  // namespace

void add_count(const Scope& scope, db::Query& sql, Box box, Lateness lateness, std::optional<Role> role, Part part,
               std::int64_t limit) {
    sql.add("(0");
    for (const Stretch& stretch : counted_stretches(scope, box, role, part))
        add_counted(sql, limit, [&] {
            sql.add(from_inbox(box) ? db::Literal(" from inbox where ") : db::Literal(" from step where "));
            add_condition(scope, sql, box, stretch, lateness, role, part);
        });
    sql.add(")");
}

}  // namespace steps::pages
