#include <atomic>

#include "core/org/org.h"
#include "core/org/posts.h"
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

namespace {

struct Place {
    HeldPost held;
    std::vector<std::int64_t> roles;  ///< their numbers
    bool acted = false;
};

/// One's own first. An acted post nobody fills is acted for no person: 0.
Result<std::vector<Place>> places_of(db::Reader& reader, const Tree& tree, PersonId person, LocalDate today) {
    std::vector<Place> places;
    for (const db::Row& row : TRY(reader.rows(store::posts_of, person, today))) {
        const auto post = row.id<struct PostNoun>(0);
        const auto unit = row.id<struct UnitNoun>(1);
        const Unit* where = tree.find(unit);
        if (!where) continue;  // the unit has ended
        auto place = std::ranges::find(places, post, [](const Place& each) { return each.held.post; });
        if (place == places.end()) {
            place = places.insert(place, {{post, unit, where->agency, row.text(2), {}, std::nullopt}, {}, false});
            place->acted = row.integer(6) == 1;
            if (place->acted) place->held.acting_for = row.id<struct PersonNoun>(5);
        }
        const std::int64_t role = row.integer(4);
        if (role == 0 || std::ranges::find(place->roles, role) != place->roles.end()) continue;
        place->roles.push_back(role);
        place->held.roles.push_back(row.text(3));
    }
    return places;
}

/// The preferred one, else the first: one's own before an acted one.
const Place* choose(const std::vector<Place>& places, PostId preferred) {
    const Place* chosen = places.empty() ? nullptr : &places.front();
    for (const Place& place : places)
        if (place.held.post == preferred) chosen = &place;
    return chosen;
}

}  // namespace

Result<std::vector<HeldPost>> posts_to_choose(db::Reader& reader, PersonId person, LocalDate today) {
    const auto tree = TRY(Tree::load(reader, today));
    std::vector<HeldPost> posts;
    for (Place& place : TRY(places_of(reader, *tree, person, today))) posts.push_back(std::move(place.held));
    return posts;
}

Result<Scope> scope_of(db::Reader& reader, PersonId person, PostId preferred, Instant now) {
    Scope scope;
    scope.person = person;
    scope.now = now;
    scope.today = local_date(now);
    const auto tree = TRY(Tree::load(reader, scope.today));
    const auto places = TRY(places_of(reader, *tree, person, scope.today));
    const Place* chosen = choose(places, preferred);

    std::set<std::int64_t> subjects{subject::person(person).value, subject::everyone().value};
    std::set<std::pair<AgencyId, std::int64_t>> roles;
    for (const Place& place : places) {
        // An acted post counts alone, and only while it is the one acted from: what is done by its rights is then
        // journalled on behalf of whose post it is, and nothing else is.
        if (chosen->acted ? &place != chosen : place.acted) continue;
        const HeldPost& held = place.held;
        subjects.insert(subject::post(held.post).value);
        subjects.insert(subject::unit(held.unit).value);
        subjects.insert(subject::agency(held.agency).value);
        for (const std::int64_t role : place.roles) {
            roles.emplace(held.agency, role);
            subjects.insert(subject::role_in_agency(role, held.agency).value);
            subjects.insert(subject::role_in_unit(role, held.unit).value);
            for (const UnitId below : tree->subtree(held.unit))
                subjects.insert(subject::role_over_unit(role, below).value);
        }
        scope.posts.push_back(held);
    }
    if (chosen) {
        scope.post = chosen->held.post;
        scope.unit = chosen->held.unit;
        scope.agency = chosen->held.agency;
        if (chosen->held.acting_for && *chosen->held.acting_for) scope.on_behalf_of = chosen->held.acting_for;
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
