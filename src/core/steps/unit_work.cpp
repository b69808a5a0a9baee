#include <set>

#include "core/org/org.h"
#include "core/rights/rights.h"
#include "core/steps/pages.h"

// What a unit has in hand: the steps of the unit, of the posts in it and beneath it, and of the people who fill them.
namespace steps {
namespace {

bool heads(const HeldPost& held) {
    return std::ranges::any_of(
        held.roles, [](const std::string& code) { return code == "head_of_section" || code == "chief_of_office"; });
}

}  // namespace

Result<std::set<UnitId>> headed_units(const Scope& scope, db::Reader& reader) {
    const auto tree = TRY(org::Tree::load(reader, scope.today));
    std::set<UnitId> units;
    for (const HeldPost& held : scope.posts) {
        if (!heads(held)) continue;
        for (const UnitId each : tree->subtree(held.unit)) {
            const org::Unit* unit = tree->find(each);
            if (unit && unit->agency == held.agency) units.insert(each);
        }
    }
    return units;
}

namespace {

Result<std::vector<db::Value>> subjects_of(const Scope& scope, db::Reader& reader) {
    const std::set<UnitId> units = TRY(headed_units(scope, reader));
    std::vector<db::Value> numbers, subjects;
    for (const UnitId unit : units) {
        numbers.emplace_back(unit.value);
        subjects.emplace_back(subject::unit(unit).value);
    }
    if (units.empty()) return subjects;
    db::Query sql("steps.posts_of_units");
    sql.add("select p.id, h.person_id from post p left join post_holder h on h.post_id = p.id and h.valid_from <= ");
    sql.value(scope.today).add(" and (h.valid_to is null or h.valid_to > ").value(scope.today);
    sql.add(") where p.unit_id in ").list(numbers);
    for (const db::Row& row : TRY(reader.rows(sql))) {
        subjects.emplace_back(subject::post({row.integer(0)}).value);
        if (!row.is_null(1)) subjects.emplace_back(subject::person({row.integer(1)}).value);
    }
    return subjects;
}

void add_source(const Scope& scope, db::Query& sql, const std::vector<db::Value>& subjects, Lateness lateness) {
    sql.add(" from inbox where to_subject in ").list(subjects);
    sql.add(" and box in ").list({box::todo, box::support, box::waiting_book});
    if (lateness == Lateness::late) sql.add(" and due < ").value(scope.today);
    sql.add(" and exists (select 1 from record where record.id = inbox.record_id and ");
    rights::visible(scope, sql, "record");
    sql.add(")");
}

}  // namespace

bool heads_unit(const Scope& scope) {
    return std::ranges::any_of(scope.posts, heads);
}

bool keeps_unit_book(const Scope& scope) {
    return scope.has_role("unit_clerk");
}

namespace pages {

Result<db::Rows> unit_page(const Scope& scope, db::Reader& reader, const InboxQuery& query,
                           const std::optional<Cursor>& after, int rows) {
    const std::vector<db::Value> subjects = TRY(subjects_of(scope, reader));
    if (subjects.empty()) return db::Rows();
    db::Query sql("steps.unit_work");
    sql.add("select ").add(inbox_columns);
    add_source(scope, sql, subjects, query.lateness);
    if (after) add_after(sql, *after, "step_id");
    sql.add(" order by urgency, due, step_id limit ").value(rows);
    return reader.rows(sql);
}

Result<std::int64_t> unit_count(const Scope& scope, db::Reader& reader, Lateness lateness, std::int64_t limit) {
    const std::vector<db::Value> subjects = TRY(subjects_of(scope, reader));
    if (subjects.empty()) return 0;
    db::Query sql("steps.unit_count");
    sql.add("select count(*) from (select 1");
    add_source(scope, sql, subjects, lateness);
    sql.add(" limit ").value(limit).add(") counted");
    const std::optional<db::Row> row = TRY(reader.row(sql));
    return row ? row->integer(0) : 0;
}

}  // namespace pages
}  // namespace steps
