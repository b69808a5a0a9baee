#include "core/journal/journal.h"
#include "core/org/people.h"
#include "core/org/store.h"
#include "core/org/store_people.h"

namespace org {

Result<std::vector<Coming>> coming(db::Reader& reader, LocalDate today) {
    std::vector<Coming> list;
    for (const db::Row& row : TRY(reader.rows(store::coming, today))) {
        Coming each{row.id<struct UnitNoun>(0), row.date(1).value_or(LocalDate{}), row.text(2), Coming::What::version};
        // One that begins later and ends later still: its end is the last thing written.
        if (const auto ends = row.date(3)) each = {each.unit, *ends, each.name, Coming::What::end};
        list.push_back(std::move(each));
    }
    return list;
}

namespace {

/// What holds again after a withdrawal stands under a unit that does not end. Errors: conflict "org.unit_ends".
Result<void> require_lasting(db::Reader& reader, const db::Row& version) {
    const auto parent = version.id<struct UnitNoun>(2);
    if (!parent) return {};
    const auto above = TRY(reader.row(store::last_version, parent));
    if (const auto ended = above ? above->date(4) : std::nullopt)
        return fail(ErrorCode::conflict, "org.unit_ends", {},
                    {{"unit", above->text(3)}, {"date", to_vietnamese(*ended)}});
    return {};
}

}  // namespace

Result<void> require_in_tree(db::Reader& reader, UnitId unit, LocalDate from) {
    // A ring hangs from no root, so it is not in the tree. Every day on which something changes is looked at.
    std::vector<LocalDate> days{from};
    for (const db::Row& row : TRY(reader.rows(store::starts_after, from)))
        days.push_back(row.date(0).value_or(LocalDate{}));
    for (const LocalDate day : days) {
        const auto tree = TRY(Tree::load(reader, day));
        const auto last = TRY(reader.row(store::last_version, unit));
        const auto ended = last ? last->date(4) : std::nullopt;
        if (!tree->find(unit) && !(ended && *ended <= day))
            return fail(ErrorCode::invalid, "org.under_itself", "parent");
    }
    return {};
}

Result<void> withdraw_coming(const Scope& scope, db::Transaction& tx, UnitId unit) {
    const auto last = TRY(tx.row(store::last_version, unit));
    if (!last) return fail(ErrorCode::not_found, "org.no_unit");
    const LocalDate began = last->date(1).value_or(LocalDate{});
    LocalDate from = began;
    if (const auto ends = last->date(4); ends && *ends > scope.today) {
        from = *ends;
        TRY(require_lasting(tx, *last));
        TRY(tx.execute(store::end_version, last->integer(0), nullptr));
        TRY(tx.execute(store::remove_successions, unit, from));
    } else {
        const auto before = TRY(tx.row(store::version_before, unit, began));
        if (ends || began <= scope.today || !before) return fail(ErrorCode::conflict, "org.nothing_coming");
        TRY(require_lasting(tx, *before));
        TRY(tx.execute(store::remove_version, last->integer(0)));
        TRY(tx.execute(store::end_version, before->integer(0), nullptr));
    }
    TRY(require_in_tree(tx, unit, scope.today));
    const auto now = TRY(tx.row(store::last_version, unit));
    TRY(journal::write(scope, tx,
                       {.action = "unit.withdrawn",
                        .changes = {{"name", boost::json::string(last->text(3)), boost::json::string(now->text(3))}},
                        .details = {{"unit", unit.value}, {"from", to_string(from)}}}));
    tx.after_commit(touch);
    return {};
}

}  // namespace org
