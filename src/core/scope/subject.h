#pragma once
#include <cstdint>

#include "base/id.h"

/// Whom a grant can name. The number holds everything, so that a move in the tree changes scopes and no grant: from the
/// low end 4 bits of kind, then for the kinds with a role 12 bits of it, then the id. It stands in several rows of
/// every document; a small number takes two to four bytes there.
namespace subject {

enum class Kind : std::int64_t {
    person = 1,
    post = 2,
    unit = 3,
    agency = 4,
    role_in_agency = 5,
    role_in_unit = 6,
    role_over_unit = 7,
    everyone = 8
};

constexpr bool has_role(Kind kind) {
    return kind == Kind::role_in_agency || kind == Kind::role_in_unit || kind == Kind::role_over_unit;
}
/// `role` is at most 4,095 and 0 where the kind has none.
constexpr SubjectId make(Kind kind, std::int64_t role, std::int64_t id) {
    return {(has_role(kind) ? id << 12 | (role & 0xfff) : id) << 4 | static_cast<std::int64_t>(kind)};
}
constexpr Kind kind(SubjectId subject) {
    return static_cast<Kind>(subject.value & 0xf);
}
constexpr std::int64_t role(SubjectId subject) {
    return has_role(kind(subject)) ? subject.value >> 4 & 0xfff : 0;
}
constexpr std::int64_t id(SubjectId subject) {
    return subject.value >> (has_role(kind(subject)) ? 16 : 4);
}

constexpr SubjectId person(PersonId id) {
    return make(Kind::person, 0, id.value);
}
constexpr SubjectId post(PostId id) {
    return make(Kind::post, 0, id.value);
}
/// Everyone whose post is in the unit itself.
constexpr SubjectId unit(UnitId id) {
    return make(Kind::unit, 0, id.value);
}
/// Everyone whose post is in the agency.
constexpr SubjectId agency(AgencyId id) {
    return make(Kind::agency, 0, id.value);
}
constexpr SubjectId role_in_agency(std::int64_t role, AgencyId id) {
    return make(Kind::role_in_agency, role, id.value);
}
constexpr SubjectId role_in_unit(std::int64_t role, UnitId id) {
    return make(Kind::role_in_unit, role, id.value);
}
/// Those with the role in the unit or in any unit above it: a scope lists it for every unit of its subtree.
constexpr SubjectId role_over_unit(std::int64_t role, UnitId id) {
    return make(Kind::role_over_unit, role, id.value);
}
constexpr SubjectId everyone() {
    return make(Kind::everyone, 0, 0);
}

}  // namespace subject
