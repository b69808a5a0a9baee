#include "core/org/people.h"
#include "core/org/store_people.h"

namespace org {

Result<Reach> Reach::of(const Scope& scope, db::Reader& reader) {
    auto tree = TRY(Tree::load(reader, scope.today));
    return Reach(scope.agency, reader, std::move(tree), scope.today);
}

Result<bool> Reach::has(UnitId unit) const {
    if (!agency_) return false;
    // At most as deep as a tree may be; a unit of today ends the walk.
    for (int depth = 0; unit && depth < 64; ++depth) {
        if (tree_->find(unit)) return tree_->is_under(unit, UnitId{agency_.value});
        const auto last = TRY(reader_->row(store::last_parent, unit));
        if (!last) return false;
        unit = last->id<struct UnitNoun>(0);
    }
    return false;
}

Result<bool> Reach::has(PostId post) const {
    const auto row = TRY(reader_->row(store::post, post));
    if (!row) return false;
    return has(row->id<struct UnitNoun>(1));
}

Result<bool> Reach::has(PersonId person) const {
    if (!agency_ || !TRY(reader_->row(store::one_person, person))) return false;
    bool holds_one = false;
    const db::Rows held = TRY(reader_->rows(store::units_held, person));
    for (const db::Row& row : held) {
        const auto until = row.date(1);
        if (until && *until <= today_) continue;
        holds_one = true;
        if (!TRY(has(row.id<struct UnitNoun>(0)))) return false;
    }
    if (holds_one || held.empty()) return true;
    return has(held.front().id<struct UnitNoun>(0));
}

Result<void> Reach::require(UnitId unit, std::string_view field) const {
    if (!TRY(has(unit))) return fail(ErrorCode::not_found, "org.no_unit", field);
    return {};
}

Result<void> Reach::require(PostId post, std::string_view field) const {
    if (!TRY(has(post))) return fail(ErrorCode::not_found, "org.no_post", field);
    return {};
}

Result<void> Reach::require(PersonId person, std::string_view field) const {
    if (!TRY(has(person))) return fail(ErrorCode::not_found, "org.no_person", field);
    return {};
}

Result<AgencyId> Reach::agency_of(PostId post) const {
    const auto row = TRY(reader_->row(store::post, post));
    if (!row) return fail(ErrorCode::not_found, "org.no_post");
    UnitId unit = row->id<struct UnitNoun>(1);
    for (int depth = 0; unit && depth < 64; ++depth) {
        if (const Unit* found = tree_->find(unit)) return found->agency;
        const auto last = TRY(reader_->row(store::last_parent, unit));
        if (!last) break;
        if (last->boolean(1)) return AgencyId{unit.value};
        unit = last->id<struct UnitNoun>(0);
    }
    return fail(ErrorCode::not_found, "org.no_unit");
}

}  // namespace org
