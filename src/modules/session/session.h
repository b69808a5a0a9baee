#pragma once
#include "service/routes.h"

/// Signing in and out, one's own account, remembered choices, live events.
namespace session {

struct UnitName {
    UnitId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(UnitName, (), (id, name))

struct AgencyName {
    AgencyId id;
    std::string name;
    std::string short_name;
};
BOOST_DESCRIBE_STRUCT(AgencyName, (), (id, name, short_name))

struct Post {
    PostId id;
    std::string title;
    UnitName unit;
    AgencyName agency;
    std::vector<std::string> roles;
    std::optional<std::string> acting_for;
    std::optional<std::int64_t> waiting;  ///< to be done there and not seen from the post acted from; 1,001: more
};
BOOST_DESCRIBE_STRUCT(Post, (), (id, title, unit, agency, roles, acting_for, waiting))

struct Account {
    AccountId id;
    std::string login;
    std::string language;
    bool must_change_password = false;
};
BOOST_DESCRIBE_STRUCT(Account, (), (id, login, language, must_change_password))

struct Person {
    PersonId id;
    std::string full_name;
    std::optional<std::string> rank;
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, full_name, rank))

struct Server {
    std::string name;
    std::string version;
    Instant now;
    LocalDate today;
};
BOOST_DESCRIBE_STRUCT(Server, (), (name, version, now, today))

struct Session {
    Account account;
    Person person;
    PostId post;
    std::vector<Post> posts;
    std::vector<std::string> permissions;
    std::int64_t clearance = 0;  ///< the highest of the list secrecies that is seen from this post: 0 is the first
    std::string csrf;
    Server server;
};
BOOST_DESCRIBE_STRUCT(Session, (), (account, person, post, posts, permissions, clearance, csrf, server))

struct SignIn {
    std::string login;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (login, password))

struct ChoosePost {
    PostId post;
};
BOOST_DESCRIBE_STRUCT(ChoosePost, (), (post))

struct ChangePassword {
    std::string old;
    std::string new_;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (old, new_))

struct OpenSession {
    std::int64_t id = 0;
    Instant created_at;
    Instant last_seen_at;
    std::string address;
    std::string agent;
    bool current = false;
};
BOOST_DESCRIBE_STRUCT(OpenSession, (), (id, created_at, last_seen_at, address, agent, current))

/// Who is signed in, as the web shows it.
Result<Session> describe(db::Reader&, const service::Host&, const accounts::Session&, const Scope&);

void routes(service::Routes&);

}  // namespace session
