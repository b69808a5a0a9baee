#include "service/routes.h"

#include <charconv>

#include "base/log.h"
#include "core/org/org.h"
#include "service/language.h"
#include "service/repeat.h"

namespace service {

namespace {

/// The scope of this request: the kept one with the moment and the language of now.
Scope scope_now(const Host::Known& known, const http::Request& request, Instant now) {
    Scope scope = known.scope;
    scope.now = now;
    scope.today = local_date(now);
    scope.request = std::to_string(request.number);
    const std::string_view asked = request.query.value("language");
    if (asked == "vi") scope.language = Language::vi;
    if (asked == "en") scope.language = Language::en;
    return scope;
}

/// What is the server's own fault is for the administrator, who reads the log.
void log_own_fault(const http::Request& request, const Error& error) {
    if (error.code != ErrorCode::internal) return;
    logging::error("service.failed", {{"request", std::to_string(request.number)},
                                      {"path", request.path},
                                      {"message", error.message},
                                      {"detail", error.detail}});
}

/// The kept session of who may do this; else the refusal is told in the language of the account, where it is known.
Result<std::shared_ptr<const Host::Known>> admit(Host& host, const http::Request& request, std::string_view permission,
                                                 Scope& scope) {
    auto known = host.admit(request, permission);
    if (!known) scope.language = language_of(host, request);
    return known;
}

/// Everything one change needs until its commit is durable.
struct Pending {
    Scope scope;
    http::Request request;
    boost::json::value sent;
    Repeat repeat;
    std::optional<http::Response> answer;
    boost::json::value current;
    std::function<Result<void>(const Scope&, db::Transaction&)> trace;  ///< of a refusal
    http::Responder respond;
};

Result<void> run_once(Pending& pending, db::Transaction& tx,
                      const std::function<Result<http::Response>(Changing&, const boost::json::value&)>& change) {
    pending.current = nullptr;
    pending.trace = {};
    pending.answer = TRY(pending.repeat.answered(pending.scope, tx));
    if (pending.answer) return {};
    Changing changing{pending.scope, tx, pending.request};
    Result<http::Response> answer = change(changing, pending.sent);
    pending.current = std::move(changing.current);
    pending.trace = std::move(changing.trace);
    if (!answer) return std::unexpected(std::move(answer.error()));
    TRY(pending.repeat.keep(pending.scope, tx, *answer));
    pending.answer = *std::move(answer);
    return {};
}

/// The refusal, and beside it what stands there now.
http::Response refusal(const Pending& pending, const Error& error) {
    http::Response refused = http::failure(error, pending.scope.language, pending.request.number);
    auto* text = std::get_if<std::string>(&refused.body);
    if (pending.current.is_null() || error.code != ErrorCode::conflict || !text) return refused;
    boost::system::error_code no_json;
    boost::json::value body = boost::json::parse(*text, no_json);
    if (no_json || !body.is_object()) return refused;
    body.as_object()["current"] = pending.current;
    *text = boost::json::serialize(body);
    return refused;
}

void refuse(const std::shared_ptr<Pending>& pending, const Error& error) {
    log_own_fault(pending->request, error);
    pending->respond(refusal(*pending, error));
}

/// The refusal is told once its trace is durable; where that can't be written, that is what is told.
void refuse_with_trace(db::Database& database, const std::shared_ptr<Pending>& pending, const Error& error) {
    if (!pending->trace) return refuse(pending, error);
    database.write([pending](db::Transaction& tx) { return pending->trace(pending->scope, tx); },
                   [pending, error](Result<void> traced) { refuse(pending, traced ? error : traced.error()); });
}

/// The change stands: whatever goes wrong while its answer is read, it is no refusal.
http::Response read_afterwards(Host& host, Pending& pending,
                               const std::function<Result<http::Response>(Asking&, const http::Response&)>& later) {
    const auto read = [&]() -> Result<http::Response> {
        const auto reader = TRY(host.database.read());
        Asking asking{pending.scope, *reader, pending.request};
        return later(asking, *pending.answer);
    };
    Result<http::Response> answer = read();
    if (answer) return *std::move(answer);
    logging::error("service.answer_unread", {{"path", pending.request.path}, {"message", answer.error().message}});
    return http::failure(answer.error(), pending.scope.language, pending.request.number);
}

}  // namespace

std::int64_t Routes::id_in(const http::Response& answer) {
    const auto* text = std::get_if<std::string>(&answer.body);
    return text ? std::strtoll(text->c_str(), nullptr, 10) : 0;
}

Result<std::int64_t> Asking::number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                    std::int64_t most) const {
    const std::string text = query(name);
    if (text.empty()) return otherwise;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
        return fail(ErrorCode::invalid, "service.bad_number", name,
                    {{"least", std::to_string(least)}, {"most", std::to_string(most)}});
    return value;
}

Result<std::optional<LocalDate>> Asking::date(std::string_view name) const {
    const std::string text = query(name);
    if (text.empty()) return std::optional<LocalDate>();
    auto date = parse_date(text);
    if (!date) {
        date.error().field = name;
        return std::unexpected(date.error());
    }
    return std::optional(*date);
}

std::shared_ptr<query::Allowed> Routes::begin_query(http::Method method, std::string_view pattern) {
    auto allowed = std::make_shared<query::Allowed>();
    queries_[std::string(http::to_string(method)) + " " + std::string(pattern)] = allowed;
    return allowed;
}

void Routes::asks(http::Method method, std::string_view pattern, std::vector<query::Parameter> listed,
                  std::string_view others_say, query::Others others) {
    http::Route* line = router_.line(method, pattern);
    const auto found = queries_.find(std::string(http::to_string(method)) + " " + std::string(pattern));
    if (!line || found == queries_.end()) return;
    line->query = listed;
    line->other_query = others_say;
    *found->second = {std::move(listed), std::move(others)};
}

void Routes::add_question(std::string_view pattern, Permission permission, std::string_view summary,
                          boost::json::object answer, Question question, http::Method method,
                          boost::json::object body) {
    const bool is_open = permission.code == "open";
    router_.add({.method = method,
                 .pattern = std::string(pattern),
                 .permission = std::string(permission.code),
                 .summary = std::string(summary),
                 .handler =
                     [&host = host_, question = std::move(question), is_open, code = std::string(permission.code),
                      allowed = begin_query(method, pattern)](http::Request&& request, http::Responder respond) {
                         Scope scope;
                         scope.language = request.language();
                         const auto answer_it = [&]() -> Result<http::Response> {
                             if (is_open) {
                                 scope.now = host.clock.now();
                                 scope.today = local_date(scope.now);
                             } else {
                                 const auto known = TRY(admit(host, request, code, scope));
                                 scope = scope_now(*known, request, host.clock.now());
                             }
                             if (const auto known = query::require(*allowed, scope, request); !known)
                                 return http::failure(400, known.error(), scope.language, request.number);
                             const auto reader = TRY(host.database.read());
                             Asking asking{scope, *reader, request};
                             return question(asking);
                         };
                         Result<http::Response> given = answer_it();
                         if (!given) {
                             log_own_fault(request, given.error());
                             return respond(http::failure(given.error(), scope.language, request.number));
                         }
                         respond(std::move(given));
                     },
                 .body = method == http::Method::get ? http::BodyKind::none : http::BodyKind::small,
                 .request = std::move(body),
                 .answer = std::move(answer)});
}

void Routes::add_writer(http::Method method, std::string_view pattern, Permission permission, std::string_view summary,
                        boost::json::object body, boost::json::object answer,
                        std::function<Result<void>(const boost::json::value&)> check, Change change, int status,
                        Later later) {
    const auto shared = std::make_shared<const Change>(std::move(change));
    const auto repeat_key = method == http::Method::post ? http::RepeatKey::required : http::RepeatKey::none;
    const auto read_later = later ? std::make_shared<const Later>(std::move(later)) : nullptr;
    router_.add(
        {.method = method,
         .pattern = std::string(pattern),
         .permission = std::string(permission.code),
         .summary = std::string(summary),
         .handler =
             [&host = host_, shared, read_later, check = std::move(check), code = std::string(permission.code),
              repeat_key, allowed = begin_query(method, pattern)](http::Request&& request, http::Responder respond) {
                 auto pending = std::make_shared<Pending>();
                 pending->scope.language = request.language();
                 pending->request = std::move(request);
                 http::Request& kept = pending->request;
                 const auto known = admit(host, kept, code, pending->scope);
                 if (!known) return respond(http::failure(known.error(), pending->scope.language, kept.number));
                 pending->scope = scope_now(**known, kept, host.clock.now());
                 if (const auto taken = query::require(*allowed, pending->scope, kept); !taken)
                     return respond(http::failure(400, taken.error(), pending->scope.language, kept.number));
                 const auto prepare = [&]() -> Result<void> {
                     if (repeat_key == http::RepeatKey::required) TRY(require_key(kept));
                     if (!kept.body.empty()) pending->sent = TRY(parse_json(kept.body));
                     TRY(check(pending->sent));
                     pending->repeat = TRY(Repeat::of(kept, kept.body));
                     return {};
                 };
                 if (const Result<void> ready = prepare(); !ready)
                     return respond(http::failure(ready.error(), pending->scope.language, kept.number));
                 pending->respond = std::move(respond);
                 host.database.write([pending, shared](db::Transaction& tx) { return run_once(*pending, tx, *shared); },
                                     [pending, read_later, &host](Result<void> done) {
                                         if (!done) return refuse_with_trace(host.database, pending, done.error());
                                         if (read_later)
                                             return host.afterwards.run([pending, read_later, &host] {
                                                 pending->respond(read_afterwards(host, *pending, *read_later));
                                             });
                                         pending->respond(std::move(*pending->answer));
                                     });
             },
         .body = http::BodyKind::small,
         .repeat_key = repeat_key,
         .request = std::move(body),
         .answer = std::move(answer),
         .status = status});
}

void Routes::raw(http::Method method, std::string_view pattern, Permission permission, Raw handler,
                 std::string_view summary, http::BodyKind body, std::uint64_t limit, http::RepeatKey repeat_key) {
    const bool is_open = permission.code == "open";
    router_.add(
        {.method = method,
         .pattern = std::string(pattern),
         .permission = std::string(permission.code),
         .summary = std::string(summary),
         .handler =
             [&host = host_, handler = std::move(handler), is_open, code = std::string(permission.code), repeat_key,
              allowed = begin_query(method, pattern)](http::Request&& request, http::Responder respond) {
                 Scope scope;
                 scope.language = request.language();
                 scope.now = host.clock.now();
                 scope.today = local_date(scope.now);
                 if (is_open) {
                     // Nor does another site's page sign anybody in.
                     if (const auto own = http::require_same_origin(request); !own)
                         return respond(http::failure(own.error(), scope.language, request.number));
                 } else {
                     const auto known = admit(host, request, code, scope);
                     if (!known) return respond(http::failure(known.error(), scope.language, request.number));
                     scope = scope_now(**known, request, host.clock.now());
                 }
                 if (const auto known = query::require(*allowed, scope, request); !known)
                     return respond(http::failure(400, known.error(), scope.language, request.number));
                 if (repeat_key == http::RepeatKey::required)
                     if (const auto given = require_key(request); !given)
                         return respond(http::failure(given.error(), scope.language, request.number));
                 handler(scope, std::move(request), std::move(respond));
             },
         .body = body,
         .limit = limit,
         .repeat_key = repeat_key});
}

}  // namespace service
