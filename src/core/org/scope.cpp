#include <atomic>

#include "core/org/org.h"
#include "core/org/store.h"
#include "core/scope/subject.h"

namespace org {

namespace {
std::atomic<std::int64_t> changes{1};
}

std::int64_t epoch() {
    return changes.load(std::memory_order_acquire);
}
void touch() {
    changes.fetch_add(1, std::memory_order_acq_rel);
}

Result<Scope> scope_of(db::Reader& reader, PersonId person, PostId preferred, Instant now) {
    Scope scope;
    scope.person = person;
    scope.now = now;
    scope.today = local_date(now);
    const auto tree = TRY(Tree::load(reader, scope.today));

    std::set<std::int64_t> subjects{subject::person(person).value, subject::everyone().value};
    std::set<std::pair<AgencyId, std::int64_t>> roles;
    for (const db::Row& row : TRY(reader.rows(store::posts_of, person, scope.today))) {
        const auto post = row.id<struct PostNoun>(0);
        const auto unit = row.id<struct UnitNoun>(1);
        const Unit* place = tree->find(unit);
        if (!place) continue;  // the unit has ended
        auto held = std::ranges::find(scope.posts, post, &HeldPost::post);
        if (held == scope.posts.end()) {
            held = scope.posts.insert(held, {post, unit, place->agency, row.text(2), {}, std::nullopt});
            if (!row.is_null(5)) held->acting_for = row.id<struct PersonNoun>(5);
            subjects.insert(subject::post(post).value);
            subjects.insert(subject::unit(unit).value);
            subjects.insert(subject::agency(place->agency).value);
        }
        const std::int64_t role = row.integer(4);
        if (role == 0 || std::ranges::find(held->roles, row.text(3)) != held->roles.end()) continue;
        held->roles.push_back(row.text(3));
        roles.emplace(place->agency, role);
        subjects.insert(subject::role_in_agency(role, place->agency).value);
        subjects.insert(subject::role_in_unit(role, unit).value);
        for (const UnitId below : tree->subtree(unit)) subjects.insert(subject::role_over_unit(role, below).value);
    }

    const HeldPost* chosen = scope.posts.empty() ? nullptr : &scope.posts.front();
    for (const HeldPost& held : scope.posts)
        if (held.post == preferred) chosen = &held;
    if (chosen) {
        scope.post = chosen->post;
        scope.unit = chosen->unit;
        scope.agency = chosen->agency;
        scope.on_behalf_of = chosen->acting_for;
    }
    // What one may do counts in the agency acted from: an administrator of one is none in another.
    for (const auto& [agency, role] : roles) {
        if (agency != scope.agency) continue;
        for (const db::Row& row : TRY(reader.rows(store::permissions_of_role, role)))
            scope.permissions.insert(row.text(0));
    }
    scope.subjects.reserve(subjects.size());
    for (const std::int64_t each : subjects) scope.subjects.push_back({each});
    return scope;
}

}  // namespace org
