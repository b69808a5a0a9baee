#include "base/json.h"
#include "modules/organisation/hand_overs.h"
#include "modules/organisation/people.h"
#include "modules/organisation/posts.h"
#include "modules/organisation/right_changes.h"
#include "modules/organisation/units.h"

namespace organisation {

namespace {

using service::Asking;
using service::Changing;
using service::Host;
using service::Nothing;

struct Role {
    std::string code;
    std::string title;
    std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(Role, (), (code, title, permissions))

Result<std::vector<Role>> roles(Asking& asking) {
    std::vector<Role> list;
    for (const org::RoleInfo& each : TRY(org::roles(asking.reader)))
        list.push_back({each.code, asking.scope.language == Language::en ? each.en : each.vi, each.permissions});
    return list;
}

Result<std::int64_t> number_in(const http::Request& request, std::string_view place) {
    return TRY(request.id<Id<struct PlaceNoun>>(place)).value;
}

org::Time time_asked(const Asking& asking) {
    return asking.query("all") == "1" ? org::Time::ever : org::Time::now_and_later;
}

Result<http::Response> minutes_of(Asking& asking) {
    const std::int64_t id = TRY(number_in(asking.request, "hand_over"));
    http::Response response = http::bytes(TRY(minutes(asking.scope, asking.reader, id)), "application/pdf");
    response.headers.add("Content-Disposition",
                         "inline; filename=\"bien-ban-ban-giao-" + std::to_string(id) + ".pdf\"");
    response.headers.add("Cache-Control", "no-store");
    response.framing = http::Framing::own_pages;
    return response;
}

/// A first password is told once and kept nowhere, so these two stand beside the table: their answers are not
/// remembered for the idempotency key (a repeated request makes nothing twice by itself), and the hash is made before
/// the closure.
using Account = std::function<Result<AccountId>(db::Transaction&, const accounts::FirstPassword&)>;

void answer_with_password(Host& host, const Scope& scope, const http::Request& request, http::Responder respond,
                          int status, Account change) {
    auto password = accounts::first_password(host.policy);
    if (!password) return respond(http::failure(password.error(), scope.language, request.number));
    auto waiting = std::make_shared<http::Responder>(std::move(respond));
    auto made = std::make_shared<FirstPassword>(FirstPassword{{}, password->text});
    host.database.write(
        [made, password = *password, change = std::move(change)](db::Transaction& tx) -> Result<void> {
            made->id = TRY(change(tx, password));
            return {};
        },
        [made, waiting, status, language = scope.language, number = request.number](Result<void> done) {
            if (!done) return (*waiting)(http::failure(done.error(), language, number));
            (*waiting)(http::json(encode(*made), status).with("Cache-Control", "no-store"));
        });
}

void make_account(Host& host, const Scope& scope, http::Request&& request, http::Responder respond) {
    const auto sent = [&]() -> Result<NewAccount> { return decode<NewAccount>(TRY(parse_json(request.body))); }();
    if (!sent) return respond(http::failure(sent.error(), scope.language, request.number));
    answer_with_password(host, scope, request, std::move(respond), 201,
                         [scope, sent = *sent](db::Transaction& tx, const accounts::FirstPassword& password) {
                             return add_account(scope, tx, password, sent);
                         });
}

void reset_account(Host& host, const Scope& scope, http::Request&& request, http::Responder respond) {
    const auto id = request.id<AccountId>("account");
    if (!id) return respond(http::failure(id.error(), scope.language, request.number));
    answer_with_password(
        host, scope, request, std::move(respond), 200,
        [scope, id = *id](db::Transaction& tx, const accounts::FirstPassword& password) -> Result<AccountId> {
            TRY(give_new_password(scope, tx, password, id));
            return id;
        });
}

void unit_routes(service::Routes& routes) {
    constexpr auto use = service::may("use"), administer = service::may("administer");
    routes.get<std::vector<Unit>>(
        "/api/units", use,
        [](Asking& a) -> Result<std::vector<Unit>> {
            return units(a.scope, a.reader, TRY(a.date("on")).value_or(a.scope.today));
        },
        "The tree of units, today or on a day");
    routes.post<NewUnit, Unit>(
        "/api/units", administer, [](Changing& c, const NewUnit& sent) { return add_unit(c.scope, c.tx, sent); },
        "Add a unit", 201);
    routes.put<NewUnit, Unit>(
        "/api/units/{unit}", administer,
        [](Changing& c, const NewUnit& sent) -> Result<Unit> {
            return change_unit(c.scope, c.tx, TRY(c.id<UnitId>("unit")), sent);
        },
        "A unit's new name or place from a day on");
    routes.del<void>(
        "/api/units/{unit}/coming", administer,
        [](Changing& c, const Nothing&) -> Result<void> {
            return withdraw_coming(c.scope, c.tx, TRY(c.id<UnitId>("unit")));
        },
        "Withdraw a unit's change or end that has not come yet");
    routes.post<org::Succession, void>(
        "/api/units/{unit}/successions", administer,
        [](Changing& c, const org::Succession& sent) -> Result<void> {
            return note_succession(c.scope, c.tx, TRY(c.id<UnitId>("unit")), sent);
        },
        "Merge, split or dissolve: what came out of a unit");
    routes.get<std::vector<Post>>(
        "/api/units/{unit}/posts", use,
        [](Asking& a) -> Result<std::vector<Post>> { return posts(a.scope, a.reader, TRY(a.id<UnitId>("unit"))); },
        "The posts of a unit, with who holds them");
}

void post_routes(service::Routes& routes) {
    constexpr auto use = service::may("use"), administer = service::may("administer");
    routes.post<NewPost, Post>(
        "/api/posts", administer, [](Changing& c, const NewPost& sent) { return add_post(c.scope, c.tx, sent); },
        "Add a post", 201);
    routes.put<PostChange, Post>(
        "/api/posts/{post}", administer,
        [](Changing& c, const PostChange& sent) -> Result<Post> {
            return change_post(c.scope, c.tx, TRY(c.id<PostId>("post")), sent);
        },
        "Rename or end a post");
    routes.put<Roles, Proposed>(
        "/api/posts/{post}/roles", administer,
        [](Changing& c, const Roles& sent) -> Result<Proposed> {
            return set_roles(c.scope, c.tx, TRY(c.id<PostId>("post")), sent);
        },
        "Propose the roles of a post");
    routes.post<Filling, Proposed>(
        "/api/posts/{post}/holders", administer,
        [](Changing& c, const Filling& sent) -> Result<Proposed> {
            return fill_post(c.scope, c.tx, TRY(c.id<PostId>("post")), sent);
        },
        "Propose who fills a post; nobody leaves it vacant");
    routes.get<std::vector<ActingShown>>(
        "/api/acting", use, [](Asking& a) { return acting_list(a.scope, a.reader, time_asked(a)); },
        "Who acts for whom");
    routes.post<org::Acting, Proposed>(
        "/api/acting", use, [](Changing& c, const org::Acting& sent) { return name_deputy(c.scope, c.tx, sent); },
        "Propose a deputy, for one's own post or as an administrator");
    routes.del<void>(
        "/api/acting/{acting}", use,
        [](Changing& c, const Nothing&) -> Result<void> {
            return end_acting(c.scope, c.tx, TRY(number_in(c.request, "acting")));
        },
        "End an acting arrangement at once");
    routes.get<std::vector<SigningShown>>(
        "/api/signing-authorities", use, [](Asking& a) { return signing_list(a.scope, a.reader, time_asked(a)); },
        "Who may sign for whom");
    routes.post<org::SigningAuthority, Proposed>(
        "/api/signing-authorities", administer,
        [](Changing& c, const org::SigningAuthority& sent) { return add_signing(c.scope, c.tx, sent); },
        "Propose a signing authority");
    routes.del<void>(
        "/api/signing-authorities/{authority}", administer,
        [](Changing& c, const Nothing&) -> Result<void> {
            return end_signing(c.scope, c.tx, TRY(number_in(c.request, "authority")));
        },
        "End a signing authority at once");
    routes.get<std::vector<Role>>("/api/roles", use, roles, "The roles and what each may do");
}

void people_routes(service::Routes& routes) {
    constexpr auto use = service::may("use"), administer = service::may("administer");
    Host& host = routes.host();
    routes.get<PersonPage>(
        "/api/persons", use,
        [](Asking& a) -> Result<PersonPage> {
            const UnitId unit{TRY(a.number("unit", 0, 1, INT64_MAX))};
            const PersonId after{TRY(a.number("after", 0, 1, INT64_MAX))};
            return persons(a.scope, a.reader, a.query("q"), unit, after,
                           static_cast<int>(TRY(a.number("limit", 50, 1, 200))));
        },
        "People by given name");
    routes.post<org::NewPerson, Person>(
        "/api/persons", administer,
        [](Changing& c, const org::NewPerson& sent) { return make_person(c.scope, c.tx, sent); }, "Add a person", 201);
    routes.put<org::NewPerson, Person>(
        "/api/persons/{person}", administer,
        [](Changing& c, const org::NewPerson& sent) -> Result<Person> {
            return edit_person(c.scope, c.tx, TRY(c.id<PersonId>("person")), sent);
        },
        "Change a person's name, rank, phone or e-mail");
    routes.get<AccountPage>(
        "/api/accounts", administer,
        [](Asking& a) -> Result<AccountPage> {
            const AccountId after{TRY(a.number("after", 0, 1, INT64_MAX))};
            return account_list(a.scope, a.reader, a.query("q"), after,
                                static_cast<int>(TRY(a.number("limit", 50, 1, 200))));
        },
        "Accounts of the agency");
    routes.raw(
        http::Method::post, "/api/accounts", administer,
        [&host](const Scope& scope, http::Request&& r, http::Responder respond) {
            make_account(host, scope, std::move(r), std::move(respond));
        },
        "Make an account; its first password is told once", http::BodyKind::small, 4096);
    routes.put<AccountState, Proposed>(
        "/api/accounts/{account}/state", administer,
        [](Changing& c, const AccountState& sent) -> Result<Proposed> {
            return set_account_state(c.scope, c.tx, TRY(c.id<AccountId>("account")), sent);
        },
        "Propose to disable an account or to let it in again");
    routes.raw(
        http::Method::post, "/api/accounts/{account}/password-reset", administer,
        [&host](const Scope& scope, http::Request&& r, http::Responder respond) {
            reset_account(host, scope, std::move(r), std::move(respond));
        },
        "A new first password, told once", http::BodyKind::small, 4096);
    routes.takes<NewAccount>(http::Method::post, "/api/accounts");
    routes.answers<FirstPassword>(http::Method::post, "/api/accounts");
    routes.answers<FirstPassword>(http::Method::post, "/api/accounts/{account}/password-reset");
}

void confirmation_routes(service::Routes& routes) {
    constexpr auto use = service::may("use"), confirm = service::may("confirm_rights");
    routes.get<std::vector<RightChange>>(
        "/api/right-changes", use, [](Asking& a) { return right_changes(a.scope, a.reader, a.query("state")); },
        "Changes of rights, newest first");
    routes.put<Decision, RightChange>(
        "/api/right-changes/{change}/decision", confirm,
        [](Changing& c, const Decision& sent) -> Result<RightChange> {
            return decide(c.scope, c.tx, TRY(number_in(c.request, "change")), sent);
        },
        "Confirm or refuse a change somebody else proposed");
    routes.del<void>(
        "/api/right-changes/{change}", use,
        [](Changing& c, const service::Nothing&) -> Result<void> {
            return withdraw(c.scope, c.tx, TRY(number_in(c.request, "change")));
        },
        "Withdraw a change one proposed oneself");
    routes.get<std::vector<HandOver>>(
        "/api/hand-overs", use, [](Asking& a) { return hand_overs(a.scope, a.reader); },
        "Hand-overs of work, newest first");
    routes.post<NewHandOver, HandOver>(
        "/api/hand-overs", use, [](Changing& c, const NewHandOver& sent) { return add_hand_over(c.scope, c.tx, sent); },
        "Hand work given by name over to another", 201);
    routes.get<HandOver>(
        "/api/hand-overs/{hand_over}", use,
        [](Asking& a) -> Result<HandOver> {
            return hand_over(a.scope, a.reader, TRY(number_in(a.request, "hand_over")));
        },
        "A hand-over with its work");
    routes.put<Nothing, HandOver>(
        "/api/hand-overs/{hand_over}/confirmation", use,
        [](Changing& c, const Nothing&) -> Result<HandOver> {
            return confirm_hand_over(c.scope, c.tx, TRY(number_in(c.request, "hand_over")));
        },
        "The giver's or the receiver's confirmation");
    routes.del<void>(
        "/api/hand-overs/{hand_over}", use,
        [](Changing& c, const Nothing&) -> Result<void> {
            return withdraw_hand_over(c.scope, c.tx, TRY(number_in(c.request, "hand_over")));
        },
        "Withdraw a hand-over that is not done");
    routes.get<http::Response>("/api/hand-overs/{hand_over}/minutes", use, minutes_of,
                               "The minutes of a hand-over (PDF)");
}

}  // namespace

void routes(service::Routes& routes) {
    unit_routes(routes);
    post_routes(routes);
    people_routes(routes);
    confirmation_routes(routes);
    namespace query = service::query;
    const auto ended = query::flag("all", "Also what has ended");
    routes.asks("/api/units", {query::day("on", "As they are on this day; today when silent")});
    routes.asks("/api/acting", {ended});
    routes.asks("/api/signing-authorities", {ended});
    routes.asks(
        "/api/persons",
        query::page(50, 200, {query::text("q", "Part of a name"), query::number("unit", "With a post in this unit")}));
    routes.asks("/api/accounts", query::page(50, 200, {query::text("q", "Part of a name or login")}));
    routes.asks("/api/right-changes",
                {query::one_of("state", {"waiting", "confirmed", "refused", "withdrawn"}, "All when silent")});
    routes.gives(http::Method::post, "/api/accounts", 201);
}

}  // namespace organisation
