#pragma once
#include <cstdint>

#include "base/id.h"

/// Whom a grant can name. The number holds everything: 6 bits of kind, 16 of role, 40 of id; so a move in the tree
/// changes scopes and no grant.
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

constexpr SubjectId make(Kind kind, std::int64_t role, std::int64_t id) {
    return {static_cast<std::int64_t>(kind) << 56 | (role & 0xffff) << 40 | (id & 0xff'ffff'ffff)};
}
constexpr Kind kind(SubjectId subject) {
    return static_cast<Kind>(subject.value >> 56);
}
constexpr std::int64_t role(SubjectId subject) {
    return subject.value >> 40 & 0xffff;
}
constexpr std::int64_t id(SubjectId subject) {
    return subject.value & 0xff'ffff'ffff;
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
