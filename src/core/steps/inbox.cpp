#include "core/steps/inbox.h"

#include "base/text.h"
#include "core/rights/rights.h"
#include "core/steps/pages.h"

namespace steps {
namespace {

constexpr int most_rows = 200;
constexpr int most_looked_at = 2000;  ///< rows read for one page when words or rights leave few of them
constexpr std::int64_t count_limit = 1001;
constexpr std::string_view no_due = "9999-12-31";

InboxRow read_row(const db::Row& row) {
    InboxRow read;
    read.urgency = 9 - static_cast<int>(row.integer(0));
    if (row.text(1) != no_due) read.due = row.date(1);
    read.step = row.id<StepNoun>(2);
    read.role = enum_value<Role>(row.text(3)).value_or(Role::task);
    read.record = row.id<RecordNoun>(4);
    read.register_id = row.id<RegisterNoun>(5);
    read.record_state = row.text(6);
    read.notation = row.text(7);
    read.title = row.text(8);
    read.author = row.text(9);
    read.asked = row.text(10);
    read.from_person = row.id<PersonNoun>(11);
    read.from_post = row.id<PostNoun>(12);
    read.on_behalf_of = row.id<PersonNoun>(13);
    read.opened_at = row.instant(14);
    read.seen = row.boolean(15);
    read.to = row.id<SubjectNoun>(16);
    read.waiting_book = row.integer(17) == box::waiting_book;
    if (row.size() <= pages::shown) return read;
    read.state = enum_value<State>(row.text(20)).value_or(State::open);
    if (!row.is_null(18)) read.closed_at = row.instant(18);
    if (!row.is_null(21)) read.outcome = row.text(21);
    return read;
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

}  // namespace

Result<void> show(db::Transaction& tx, RecordId record, const Shown& shown) {
    return store::show(tx, record, shown);
}

Result<InboxPage> inbox(const Scope& scope, db::Reader& reader, const InboxQuery& query) {
    if (query.limit < 1 || query.limit > most_rows)
        return fail(ErrorCode::invalid, "steps.bad_limit", "limit", {{"limit", std::to_string(most_rows)}});
    if (query.part != Part::all && query.box != Box::todo)
        return fail(ErrorCode::invalid, "steps.part_of_todo", "part");
    std::optional<pages::Cursor> after = TRY(pages::read_cursor(query));
    const std::vector<std::string> wanted = wanted_words(query.text);
    const std::size_t limit = static_cast<std::size_t>(query.limit);
    const int rows = wanted.empty() ? query.limit + 1 : most_rows;

    InboxPage page;
    for (int looked_at = 0; looked_at < most_looked_at; looked_at += rows) {
        const std::optional<db::Rows> found = TRY(pages::page(scope, reader, query, after, rows));
        if (!found) return page;
        for (const db::Row& row : *found) {
            if (page.rows.size() == limit) {
                page.next = pages::write_cursor(*after, query.box);
                return page;
            }
            after = pages::cursor_at(row, query.box);
            if (row.size() > pages::shown && !row.boolean(19)) continue;
            InboxRow read = read_row(row);
            if (has_words(read, wanted)) page.rows.push_back(std::move(read));
        }
        if (found->size() < static_cast<std::size_t>(rows)) return page;
    }
    page.next = pages::write_cursor(*after, query.box);
    return page;
}

Result<InboxCounts> inbox_counts(const Scope& scope, db::Reader& reader) {
    db::Query sql("steps.inbox_counts");
    sql.add("select ");
    for (const Box box : {Box::todo, Box::support, Box::inform, Box::watching, Box::done}) {
        pages::add_count(scope, sql, box, Lateness::any, {}, Part::all, count_limit);
        sql.add(", ");
    }
    pages::add_count(scope, sql, Box::todo, Lateness::late, {}, Part::all, count_limit);
    const std::optional<db::Row> row = TRY(reader.row(sql));
    if (!row) return fail_internal("steps.inbox_counts gave no row");
    const auto counted = [&](std::size_t column) { return std::min(row->integer(column), count_limit); };
    return InboxCounts{.todo = counted(0),
                       .support = counted(1),
                       .inform = counted(2),
                       .watching = counted(3),
                       .done = counted(4),
                       .late = counted(5)};
}

Result<std::int64_t> inbox_count(const Scope& scope, db::Reader& reader, Box box, Lateness lateness,
                                 std::optional<Role> role, Part part) {
    if (box == Box::unit) return pages::unit_count(scope, reader, lateness, count_limit);
    db::Query sql("steps.inbox_count");
    sql.add("select ");
    pages::add_count(scope, sql, box, lateness, role, part, count_limit);
    const std::optional<db::Row> row = TRY(reader.row(sql));
    return row ? std::min(row->integer(0), count_limit) : 0;
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

void add_waiting_in(db::Query& sql, db::Literal record_id, const std::vector<std::string>& roles) {
    sql.add("exists (select 1 from step waiting where waiting.record_id = ").add(record_id);
    sql.add(" and waiting.state = 'open' and waiting.role in ").list({roles.begin(), roles.end()}).add(")");
}

}  // namespace steps
