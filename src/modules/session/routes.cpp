#include "base/json.h"
#include "core/org/org.h"
#include "core/scope/subject.h"
#include "modules/session/session.h"

namespace session {

namespace {

using service::Asking;
using service::Changing;
using service::Host;

void sign_in(Host& host, http::Request&& request, http::Responder respond) {
    const auto answer = [&]() -> Result<http::Response> {
        const SignIn sent = TRY(decode<SignIn>(TRY(parse_json(request.body))));
        const Instant now = host.clock.now();
        auto signed_in = TRY(accounts::sign_in(host.database, host.policy, sent.login, sent.password, request.peer,
                                               request.headers.value("User-Agent"), now));
        const auto reader = TRY(host.database.read());
        Scope scope = TRY(org::scope_of(*reader, signed_in.session.person, signed_in.session.post, now));
        scope.language = signed_in.session.language;
        http::Response response = http::json(encode(TRY(describe(*reader, host, signed_in.session, scope))));
        response.headers.add("Set-Cookie", http::set_cookie(request, {.name = std::string(service::cookie_name),
                                                                      .value = signed_in.token}));
        response.headers.add("Cache-Control", "no-store");
        return response;
    };
    Result<http::Response> response = answer();
    if (!response) {
        http::Response refused = http::failure(response.error(), request.language(), request.number);
        for (const MessageArgument& argument : response.error().arguments)
            if (argument.name == "minutes")
                refused.headers.add("Retry-After", std::to_string(std::atoi(argument.value.c_str()) * 60));
        return respond(std::move(refused));
    }
    respond(std::move(response));
}

void sign_out(Host& host, const Scope& scope, http::Request&& request, http::Responder respond) {
    const auto known = host.who(request);
    if (!known) return respond(http::failure(known.error(), scope.language, request.number));
    const std::string gone_cookie =
        http::set_cookie(request, {.name = std::string(service::cookie_name), .value = "", .max_age = 0});
    host.forget(request);
    auto waiting = std::make_shared<http::Responder>(std::move(respond));
    host.database.write(
        [scope, id = (*known)->session.id](db::Transaction& tx) { return accounts::end_session(scope, tx, id); },
        [waiting, gone_cookie](Result<void>) {
            http::Response gone = http::no_content();
            gone.headers.add("Set-Cookie", gone_cookie);
            (*waiting)(std::move(gone));
        });
}

void change_password(Host& host, const Scope& scope, http::Request&& request, http::Responder respond) {
    const auto answer = [&]() -> Result<http::Response> {
        const ChangePassword sent = TRY(decode<ChangePassword>(TRY(parse_json(request.body))));
        const auto known = TRY(host.who(request));
        TRY(accounts::change_password(host.database, scope, host.policy, sent.old, sent.new_, known->session.id));
        return http::no_content();
    };
    Result<http::Response> response = answer();
    if (!response) return respond(http::failure(response.error(), scope.language, request.number));
    respond(std::move(response));
}

/// Events for whatever work may be given to: the person, their posts and the units of these.
void listen(Host& host, const Scope& scope, http::Responder respond) {
    std::vector<std::int64_t> subjects;
    for (const SubjectId each : scope.subjects) {
        const subject::Kind kind = subject::kind(each);
        if (kind == subject::Kind::person || kind == subject::Kind::post || kind == subject::Kind::unit)
            subjects.push_back(each.value);
    }
    respond(http::events(host.events.open(subjects)));
}

}  // namespace

void routes(service::Routes& routes) {
    using service::open;
    using service::signed_in;
    Host& host = routes.host();

    routes.raw(
        http::Method::post, "/api/session", open,
        [&host](const Scope&, http::Request&& r, http::Responder respond) {
            sign_in(host, std::move(r), std::move(respond));
        },
        "Sign in", http::BodyKind::small, 4096);
    routes.get<Session>(
        "/api/session", signed_in,
        [&host](Asking& asking) -> Result<Session> {
            const auto known = TRY(host.who(asking.request));
            return describe(asking.reader, host, known->session, asking.scope);
        },
        "Who is signed in");
    routes.raw(
        http::Method::del, "/api/session", signed_in,
        [&host](const Scope& scope, http::Request&& r, http::Responder respond) {
            sign_out(host, scope, std::move(r), std::move(respond));
        },
        "Sign out");
    routes.put<ChoosePost, Session>(
        "/api/session/post", signed_in,
        [&host](Changing& changing, const ChoosePost& sent) -> Result<Session> {
            const auto known = TRY(host.who(changing.request));
            TRY(accounts::choose_post(changing.scope, changing.tx, known->session.id, sent.post));
            changing.tx.after_commit(org::touch);
            Scope scope = TRY(org::scope_of(changing.tx, changing.scope.person, sent.post, changing.tx.now()));
            scope.language = changing.scope.language;
            return describe(changing.tx, host, known->session, scope);
        },
        "Choose the post acted from");
    routes.get<std::vector<OpenSession>>(
        "/api/account/sessions", signed_in,
        [&host](Asking& asking) -> Result<std::vector<OpenSession>> {
            const auto known = TRY(host.who(asking.request));
            std::vector<OpenSession> list;
            for (const accounts::Listed& each : TRY(accounts::sessions(asking.scope, asking.reader)))
                list.push_back({each.id, each.created_at, each.last_seen_at, each.address, each.agent,
                                each.id == known->session.id});
            return list;
        },
        "One's open sessions");
    routes.del<void>(
        "/api/account/sessions/{session}", signed_in,
        [](Changing& changing, const service::Nothing&) -> Result<void> {
            const auto id = TRY(changing.id<Id<struct SessionNoun>>("session"));
            TRY(accounts::end_session(changing.scope, changing.tx, id.value));
            changing.tx.after_commit(org::touch);
            return {};
        },
        "End one of one's sessions");
    routes.raw(
        http::Method::put, "/api/account/password", signed_in,
        [&host](const Scope& scope, http::Request&& r, http::Responder respond) {
            change_password(host, scope, std::move(r), std::move(respond));
        },
        "Change one's password", http::BodyKind::small, 4096);
    routes.get<service::Object>(
        "/api/account/preferences", signed_in,
        [](Asking& asking) -> Result<service::Object> {
            const boost::json::value kept = TRY(parse_json(TRY(accounts::preferences(asking.scope, asking.reader))));
            return kept.is_object() ? kept.as_object() : service::Object();
        },
        "The choices the web remembers");
    routes.put<service::Object, void>(
        "/api/account/preferences", signed_in,
        [](Changing& changing, const service::Object& sent) -> Result<void> {
            Language language = changing.scope.language;
            if (const auto* chosen = sent.if_contains("language"); chosen && chosen->is_string())
                language = chosen->as_string() == "en" ? Language::en : Language::vi;
            return accounts::set_preferences(changing.scope, changing.tx, boost::json::serialize(sent), language);
        },
        "Remember the web's choices");
    routes.raw(
        http::Method::get, "/api/events", signed_in,
        [&host](const Scope& scope, http::Request&&, http::Responder respond) {
            listen(host, scope, std::move(respond));
        },
        "Live events (server-sent)");
    routes.takes<SignIn>(http::Method::post, "/api/session");
    routes.answers<Session>(http::Method::post, "/api/session");
    routes.takes<ChangePassword>(http::Method::put, "/api/account/password");
    routes.gives(http::Method::del, "/api/session", 204);
    routes.gives(http::Method::put, "/api/account/password", 204);
}

}  // namespace session
