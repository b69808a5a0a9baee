#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "core/scope/scope.h"
#include "core/scope/subject.h"
#include "db/database.h"

/// The tree of units with validity dates, persons, posts and roles.
namespace org {

struct Unit {
    UnitId id;
    UnitId parent;
    AgencyId agency;  ///< itself, or the nearest one above that is an agency
    std::string kind;
    std::string name;
    std::string short_name;
    std::string abbreviation;
    std::string organ_id;
    bool is_agency = false;
    int sort = 0;
    LocalDate valid_from;
    std::optional<LocalDate> valid_to;
};

/// The tree on one day, read whole (thousands of units, not millions). Immutable; shared between requests.
class Tree {
  public:
    static Result<std::shared_ptr<const Tree>> load(db::Reader&, LocalDate on);
    const Unit* find(UnitId) const;
    const Unit* agency_of(UnitId) const;
    /// The unit and everything under it, top first.
    std::vector<UnitId> subtree(UnitId) const;
    /// The unit and those above it, nearest first.
    std::vector<UnitId> line(UnitId) const;
    bool is_under(UnitId unit, UnitId ancestor) const;
    /// All, in the order a tree is drawn.
    const std::vector<Unit>& all() const { return units_; }

  private:
    std::vector<Unit> units_;
    std::unordered_map<std::int64_t, std::size_t> index_;
    std::unordered_map<std::int64_t, std::vector<std::size_t>> children_;
};

struct NewUnit {
    std::optional<UnitId> parent;
    std::string kind;
    std::string name;
    std::string short_name;
    std::string abbreviation;
    std::optional<std::string> organ_id;
    bool is_agency = false;
    LocalDate valid_from;
    std::optional<std::string> basis;
    int sort = 0;
};
BOOST_DESCRIBE_STRUCT(NewUnit, (),
                      (parent, kind, name, short_name, abbreviation, organ_id, is_agency, valid_from, basis, sort))

Result<UnitId> add_unit(const Scope&, db::Transaction&, const NewUnit&);
/// A new name or place from a day on; the old one ends there; whether it is an agency stays, and the day it ends, if
/// one is written. A unit that has not begun may begin earlier than written. Errors: not_found, conflict
/// "org.unit_ended", "org.unit_ends" (the parent), invalid "org.before_last_change", "org.before_coming",
/// "org.far_date", "org.under_itself".
Result<void> change_unit(const Scope&, db::Transaction&, UnitId, const NewUnit&);
/// Takes back the last thing written about a unit for a day to come: its next version, or its end with the succession.
/// Journal: unit.withdrawn. Errors: not_found, conflict "org.nothing_coming", "org.unit_ends" (the unit it would stand
/// under again), invalid "org.under_itself".
Result<void> withdraw_coming(const Scope&, db::Transaction&, UnitId);
/// From that day on the unit hangs from a root on every day until it ends. Errors: invalid "org.under_itself".
Result<void> require_in_tree(db::Reader&, UnitId, LocalDate from);

struct Succession {
    std::string kind;  ///< merge, split, rename, move, dissolve
    std::vector<UnitId> to;
    LocalDate on;
    std::optional<std::string> basis;
};
BOOST_DESCRIBE_STRUCT(Succession, (), (kind, to, on, basis))
/// The unit is no more from that day on: merge and dissolve.
bool ends(const Succession&);
/// Says what came out of a unit and, for merge and dissolve, ends it on that day.
/// Errors: not_found, invalid "org.unknown_succession", "org.into_itself", "org.before_last_change", conflict
/// "org.unit_ended", "org.units_below" (it has units under it that day, or from a later one).
Result<void> succeed(const Scope&, db::Transaction&, UnitId from, const Succession&);

struct NewPerson {
    std::string full_name;
    std::optional<std::string> rank;
    std::optional<std::string> phone;
    std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(NewPerson, (), (full_name, rank, phone, email))
Result<PersonId> add_person(const Scope&, db::Transaction&, const NewPerson&);
Result<void> change_person(const Scope&, db::Transaction&, PersonId, const NewPerson&);

struct NewPost {
    UnitId unit;
    std::string title;
    std::vector<std::string> roles;
    LocalDate valid_from;
    int sort = 0;
};
BOOST_DESCRIBE_STRUCT(NewPost, (), (unit, title, roles, valid_from, sort))
Result<PostId> add_post(const Scope&, db::Transaction&, const NewPost&);

struct PostChange {
    std::string title;
    int sort = 0;
    std::optional<LocalDate> valid_to;  ///< the first day it is no longer
};
BOOST_DESCRIBE_STRUCT(PostChange, (), (title, sort, valid_to))
Result<void> change_post(const Scope&, db::Transaction&, PostId, const PostChange&);
Result<void> set_roles(const Scope&, db::Transaction&, PostId, const std::vector<std::string>& roles);

struct Holding {
    PostId post;
    PersonId person;
    LocalDate valid_from;
    std::optional<LocalDate> valid_to;
    std::optional<std::string> basis;
};
BOOST_DESCRIBE_STRUCT(Holding, (), (post, person, valid_from, valid_to, basis))
/// Puts a person in a post; whoever held it before leaves it that day. Errors: not_found, conflict "org.post_ended".
Result<void> fill_post(const Scope&, db::Transaction&, const Holding&);
/// Nobody is in the post from that day on.
Result<void> vacate_post(const Scope&, db::Transaction&, PostId, LocalDate from);

struct Acting {
    PostId post;
    PersonId deputy;
    LocalDate valid_from;
    LocalDate valid_to;  ///< the last day
    std::string basis;
};
BOOST_DESCRIBE_STRUCT(Acting, (), (post, deputy, valid_from, valid_to, basis))
Result<std::int64_t> add_acting(const Scope&, db::Transaction&, const Acting&);
Result<void> end_acting(const Scope&, db::Transaction&, std::int64_t acting);

struct SigningAuthority {
    PostId post;
    std::string form;  ///< TM, KT, TL, TUQ, Q, or empty for one's own
    std::optional<PostId> for_post;
    std::string scope;
    std::string basis;
    LocalDate valid_from;
    std::optional<LocalDate> valid_to;  ///< the last day
};
BOOST_DESCRIBE_STRUCT(SigningAuthority, (), (post, form, for_post, scope, basis, valid_from, valid_to))
/// Errors: not_found, invalid "org.for_whom" (KT., TL. and TUQ. are for somebody), "org.for_itself",
/// "org.tuq_not_passed_on", "org.tuq_given_already" (what was given by TUQ. can't be given again, on any day of it).
Result<std::int64_t> add_signing_authority(const Scope&, db::Transaction&, const SigningAuthority&);
/// It no longer holds from that day on. Errors: not_found (or over already).
Result<void> end_signing_authority(const Scope&, db::Transaction&, std::int64_t authority, LocalDate from);

/// The role's number, 0 when there is none of that code.
Result<std::int64_t> role_number(db::Reader&, std::string_view code);
/// Reads rules/roles.json into the tables: codes, titles, permissions.
Result<void> load_roles(db::Database&);

/// Everything a scope needs about a person today, without an account: posts (one's own first), subjects, and the
/// permissions of the roles held in the agency acted from. Used for sign-in and for asking "what may this person see?".
Result<Scope> scope_of(db::Reader&, PersonId, PostId preferred, Instant now);

/// A change somewhere in here makes scopes kept in memory stale: compare before using one.
std::int64_t epoch();
void touch();

}  // namespace org
