#pragma once
#include "modules/organisation/organisation.h"

namespace organisation {

struct Holder {
    PersonName person;
    LocalDate valid_from;
    std::optional<LocalDate> valid_to;
};
BOOST_DESCRIBE_STRUCT(Holder, (), (person, valid_from, valid_to))

struct Post {
    PostId id;
    UnitId unit;
    std::string title;
    std::vector<std::string> roles;
    std::vector<Holder> holders;
    std::optional<std::int64_t> open_steps;  ///< for who holds it, heads its unit, leads or administers its agency
    int sort = 0;
    LocalDate valid_from;
    std::optional<LocalDate> valid_to;
    std::optional<std::int64_t> change;  ///< its roles wait for a second person
};
BOOST_DESCRIBE_STRUCT(Post, (), (id, unit, title, roles, holders, open_steps, sort, valid_from, valid_to, change))

struct NewPost {
    UnitId unit;
    std::string title;
    std::optional<std::vector<std::string>> roles;
    std::optional<LocalDate> valid_from;  ///< today when absent
    std::optional<int> sort;
};
BOOST_DESCRIBE_STRUCT(NewPost, (), (unit, title, roles, valid_from, sort))

struct PostChange {
    std::string title;
    std::optional<int> sort;
    std::optional<LocalDate> valid_to;  ///< the first day it is no longer
};
BOOST_DESCRIBE_STRUCT(PostChange, (), (title, sort, valid_to))

struct Roles {
    std::vector<std::string> roles;
};
BOOST_DESCRIBE_STRUCT(Roles, (), (roles))

struct Filling {
    std::optional<PersonId> person;       ///< absent: nobody, the post is vacant
    std::optional<LocalDate> valid_from;  ///< today when absent
    std::optional<LocalDate> valid_to;
    std::optional<std::string> basis;
};
BOOST_DESCRIBE_STRUCT(Filling, (), (person, valid_from, valid_to, basis))

Result<std::vector<Post>> posts(const Scope&, db::Reader&, UnitId);
/// Its roles are a change of rights. Errors: not_found, invalid.
Result<Post> add_post(const Scope&, db::Transaction&, const NewPost&);
/// Errors: not_found, conflict "organisation.post_has_work" (ended while steps are open).
Result<Post> change_post(const Scope&, db::Transaction&, PostId, const PostChange&);
Result<Proposed> set_roles(const Scope&, db::Transaction&, PostId, const Roles&);
Result<Proposed> fill_post(const Scope&, db::Transaction&, PostId, const Filling&);

struct ActingShown {
    std::int64_t id = 0;
    Party post;
    Party deputy;
    LocalDate valid_from;
    LocalDate valid_to;
    std::string basis;
    bool ended = false;
    std::optional<std::int64_t>
        change;  ///< the change of rights it still is: it waits for its second person, without id
};
BOOST_DESCRIBE_STRUCT(ActingShown, (), (id, post, deputy, valid_from, valid_to, basis, ended, change))

struct SigningShown {
    std::int64_t id = 0;
    Party post;
    std::string form;
    std::optional<Party> for_post;
    std::string scope;
    std::string basis;
    LocalDate valid_from;
    std::optional<LocalDate> valid_to;
};
BOOST_DESCRIBE_STRUCT(SigningShown, (), (id, post, form, for_post, scope, basis, valid_from, valid_to))

/// Those of the scope's agency and beneath it; what waits for a second person first, for administrators, who confirms
/// and whose post it is.
Result<std::vector<ActingShown>> acting_list(const Scope&, db::Reader&, org::Time);
/// By an administrator, or by the one whose post it is. Errors: not_found, forbidden "organisation.not_your_post",
/// invalid.
Result<Proposed> name_deputy(const Scope&, db::Transaction&, const org::Acting&);
/// Ends at once: less right needs no second person.
Result<void> end_acting(const Scope&, db::Transaction&, std::int64_t);

Result<std::vector<SigningShown>> signing_list(const Scope&, db::Reader&, org::Time);
Result<Proposed> add_signing(const Scope&, db::Transaction&, const org::SigningAuthority&);
Result<void> end_signing(const Scope&, db::Transaction&, std::int64_t);

}  // namespace organisation
