#include "core/steps/inbox.h"

#include <charconv>

#include "base/text.h"
#include "core/rights/rights.h"
#include "core/steps/store.h"

namespace steps {
namespace {

constexpr int most_rows = 200;
constexpr int most_looked_at = 2000;  ///< rows read for one page when words or rights leave few of them
constexpr std::int64_t count_limit = 1001;
constexpr std::string_view no_due = "9999-12-31";

/// One stretch of an index: the steps of a subject in a box, or those a subject gave.
struct Stretch {
    bool given = false;
    SubjectId subject;
    int box = box::todo;
};

std::vector<Stretch> stretches(const Scope& scope, Box box) {
    const Addressees mine = addressees(scope);
    std::vector<Stretch> all;
    if (box == Box::watching) {
        for (const SubjectId subject : mine.own) all.push_back({true, subject});
        return all;
    }
    const int code = box == Box::todo      ? box::todo
                     : box == Box::support ? box::support
                     : box == Box::inform  ? box::inform
                                           : box::done;
    for (const SubjectId subject : mine.own) all.push_back({false, subject, code});
    for (const SubjectId subject : mine.headed) all.push_back({false, subject, code});
    if (box == Box::todo)
        for (const SubjectId subject : mine.kept) all.push_back({false, subject, box::waiting_book});
    return all;
}

/// Where a page ends: urgency, due day and id; of done ones the moment and id.
struct Cursor {
    std::int64_t urgency = 0;
    std::string due;
    std::int64_t closed_at = 0;
    std::int64_t id = 0;
};

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

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

std::string write_cursor(const Cursor& at, bool done) {
    if (done) return fmt::format("{}.{}", at.closed_at, at.id);
    return fmt::format("{}.{}.{}", at.urgency, at.due, at.id);
}

/// `where` of one stretch. Each is answered by one of the partial indexes alone.
void add_condition(db::Query& sql, const Stretch& stretch, Lateness lateness, std::optional<Role> role,
                   LocalDate today) {
    if (stretch.given)
        sql.add("from_subject = ").value(stretch.subject).add(" and state = 'open'");
    else if (stretch.box == box::done)
        sql.add("to_subject = ").value(stretch.subject).add(" and box = 4");
    else
        sql.add("to_subject = ")
            .value(stretch.subject)
            .add(" and box = ")
            .value(stretch.box)
            .add(" and state = 'open'");
    if (lateness == Lateness::late) sql.add(" and due < ").value(today);
    if (role) sql.add(" and role = ").value(enum_name(*role));
}

/// The keys of the next rows of every stretch, in the order of the list, then what the list shows of them.
db::Query page_query(const Scope& scope, const InboxQuery& query, const std::vector<Stretch>& all,
                     const std::optional<Cursor>& after, int rows) {
    const bool done = query.box == Box::done;
    db::Query sql("steps.inbox");
    sql.add(
        "select s.id, s.record_id, r.register_id, r.state, s.role, s.state, s.box, s.urgency, x.notation, r.title, "
        "x.author, s.instruction, "
        "s.to_subject, s.from_person_id, s.from_post_id, s.on_behalf_of_person_id, s.opened_at, s.due, s.seen_at, "
        "s.closed_at, s.outcome, "
        "case when ");
    rights::visible(scope, sql, "r");
    sql.add(" then 1 else 0 end from (select * from (");
    bool first = true;
    for (const Stretch& stretch : all) {
        if (!std::exchange(first, false)) sql.add(" union all ");
        sql.add("select * from (select id, urgency, due, closed_at from step where ");
        add_condition(sql, stretch, query.lateness, query.role, scope.today);
        if (after && done)
            sql.add(" and (closed_at, id) < (").value(after->closed_at).add(", ").value(after->id).add(")");
        else if (after)
            sql.add(" and (urgency, due, id) > (")
                .value(after->urgency)
                .add(", ")
                .value(after->due)
                .add(", ")
                .value(after->id)
                .add(")");
        if (done)
            sql.add(" order by closed_at desc, id desc limit ").value(rows).add(") as one");
        else
            sql.add(" order by urgency, due, id limit ").value(rows).add(") as one");
    }
    if (done)
        sql.add(") as every order by closed_at desc, id desc limit ").value(rows);
    else
        sql.add(") as every order by urgency, due, id limit ").value(rows);
    sql.add(
        ") as k join step s on s.id = k.id join record r on r.id = s.record_id left join step_record x on x.record_id "
        "= s.record_id ");
    if (done)
        sql.add("order by k.closed_at desc, k.id desc");
    else
        sql.add("order by k.urgency, k.due, k.id");
    return sql;
}

InboxRow read_row(const db::Row& row) {
    InboxRow read;
    read.step = row.id<StepNoun>(0);
    read.record = row.id<RecordNoun>(1);
    read.register_id = row.id<RegisterNoun>(2);
    read.record_state = row.text(3);
    read.role = enum_value<Role>(row.text(4)).value_or(Role::task);
    read.state = enum_value<State>(row.text(5)).value_or(State::open);
    read.waiting_book = row.integer(6) == box::waiting_book;
    read.urgency = 9 - static_cast<int>(row.integer(7));
    read.notation = row.text(8);
    read.title = row.text(9);
    read.author = row.text(10);
    read.asked = row.text(11);
    read.to = row.id<SubjectNoun>(12);
    read.from_person = row.id<PersonNoun>(13);
    read.from_post = row.id<PostNoun>(14);
    read.on_behalf_of = row.id<PersonNoun>(15);
    read.opened_at = row.instant(16);
    if (row.text(17) != no_due) read.due = row.date(17);
    read.seen = !row.is_null(18);
    if (!row.is_null(19)) read.closed_at = row.instant(19);
    if (!row.is_null(20)) read.outcome = row.text(20);
    return read;
}

Cursor cursor_at(const db::Row& row) {
    return {.urgency = row.integer(7), .due = row.text(17), .closed_at = row.integer(19), .id = row.integer(0)};
}

/// Every word asked for stands somewhere in title, notation or author, marks or not.
bool has_words(const InboxRow& row, const std::vector<std::string>& wanted) {
    if (wanted.empty()) return true;
    const std::string all = folded_form(row.title + "\n" + row.notation + "\n" + row.author);
    return std::ranges::all_of(wanted, [&](const std::string& word) { return all.find(word) != std::string::npos; });
}

std::vector<std::string> wanted_words(std::string_view text) {
    std::vector<std::string> wanted;
    for (const std::string& word : split(folded_form(text), ' '))
        if (!word.empty()) wanted.push_back(word);
    return wanted;
}

/// `select 1` of the visible steps of a box, stopping at the limit.
void add_count(const Scope& scope, db::Query& sql, Box box, Lateness lateness, std::optional<Role> role) {
    const std::vector<Stretch> all = stretches(scope, box);
    if (all.empty()) {
        sql.add("0");
        return;
    }
    sql.add("(select count(*) from (select 1 from (select record_id from step where id in (");
    bool first = true;
    for (const Stretch& stretch : all) {
        if (!std::exchange(first, false)) sql.add(" union all ");
        sql.add("select id from (select id from step where ");
        add_condition(sql, stretch, lateness, role, scope.today);
        sql.add(" limit ").value(count_limit).add(") as one");
    }
    sql.add(") limit ").value(count_limit).add(") as k join record r on r.id = k.record_id where ");
    rights::visible(scope, sql, "r");
    sql.add(") as counted)");
}

}  // namespace

Result<void> show(db::Transaction& tx, RecordId record, const Shown& shown) {
    return store::show(tx, record, shown);
}

Result<InboxPage> inbox(const Scope& scope, db::Reader& reader, const InboxQuery& query) {
    if (query.limit < 1 || query.limit > most_rows)
        return fail(ErrorCode::invalid, "steps.bad_limit", "limit", {{"limit", std::to_string(most_rows)}});
    std::optional<Cursor> after = TRY(read_cursor(query));
    const std::vector<Stretch> all = stretches(scope, query.box);
    const std::vector<std::string> wanted = wanted_words(query.text);
    const std::size_t limit = static_cast<std::size_t>(query.limit);
    const int rows = wanted.empty() ? query.limit + 1 : most_rows;

    InboxPage page;
    if (all.empty()) return page;
    for (int looked_at = 0; looked_at < most_looked_at; looked_at += rows) {
        const db::Rows found = TRY(reader.rows(page_query(scope, query, all, after, rows)));
        for (const db::Row& row : found) {
            if (page.rows.size() == limit) {
                page.next = write_cursor(*after, query.box == Box::done);
                return page;
            }
            after = cursor_at(row);
            if (!row.boolean(21)) continue;
            InboxRow read = read_row(row);
            if (has_words(read, wanted)) page.rows.push_back(std::move(read));
        }
        if (found.size() < static_cast<std::size_t>(rows)) return page;
    }
    page.next = write_cursor(*after, query.box == Box::done);
    return page;
}

Result<InboxCounts> inbox_counts(const Scope& scope, db::Reader& reader) {
    db::Query sql("steps.inbox_counts");
    sql.add("select ");
    bool first = true;
    for (const Box box : {Box::todo, Box::support, Box::inform, Box::watching, Box::done}) {
        if (!std::exchange(first, false)) sql.add(", ");
        add_count(scope, sql, box, Lateness::any, {});
    }
    sql.add(", ");
    add_count(scope, sql, Box::todo, Lateness::late, {});
    sql.add(", ");
    add_count(scope, sql, Box::support, Lateness::late, {});
    const std::optional<db::Row> row = TRY(reader.row(sql));
    if (!row) return fail_internal("steps.inbox_counts gave no row");
    return InboxCounts{.todo = row->integer(0),
                       .support = row->integer(1),
                       .inform = row->integer(2),
                       .watching = row->integer(3),
                       .done = row->integer(4),
                       .late = std::min(row->integer(5) + row->integer(6), count_limit)};
}

Result<std::int64_t> inbox_count(const Scope& scope, db::Reader& reader, Box box, Lateness lateness,
                                 std::optional<Role> role) {
    db::Query sql("steps.inbox_count");
    sql.add("select ");
    add_count(scope, sql, box, lateness, role);
    const std::optional<db::Row> row = TRY(reader.row(sql));
    return row ? row->integer(0) : 0;
}

Result<std::vector<Holding>> holders(db::Reader& reader, const std::vector<RecordId>& records) {
    std::vector<Holding> all;
    if (records.empty()) return all;
    db::Query sql("steps.holders");
    sql.add("select record_id, to_subject, due from step where state = 'open' and role <> 'inform' and record_id in ")
        .list({records.begin(), records.end()})
        .add(" order by record_id, case when role = 'lead' then 0 else 1 end, due, id desc");
    for (const db::Row& row : TRY(reader.rows(sql))) {
        if (!all.empty() && all.back().record == row.id<RecordNoun>(0)) continue;
        all.push_back(
            {row.id<RecordNoun>(0), row.id<SubjectNoun>(1), row.text(2) == no_due ? std::nullopt : row.date(2)});
    }
    return all;
}

}  // namespace steps
