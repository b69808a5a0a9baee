#include "service/host.h"

#include "core/org/org.h"
#include "crypto/bytes.h"
#include "crypto/sha256.h"
#include "http/response.h"

namespace service {

namespace {
constexpr std::chrono::minutes kept_for{5};  ///< then the session is read again: it may have been ended elsewhere
constexpr std::chrono::minutes touched_every{1};
constexpr std::size_t most_kept = 20'000;
}  // namespace

Result<std::shared_ptr<const Host::Known>> Host::who(const http::Request& request) {
    const auto cookie = request.cookie(cookie_name);
    if (!cookie || cookie->empty()) return fail(ErrorCode::unauthenticated, "service.signed_out");
    const std::string token(*cookie);
    // Found by its hash, so that how long looking takes tells nothing of a token.
    const crypto::Digest place = crypto::sha256(token);
    const Instant now = clock.now();
    const std::int64_t epoch = org::epoch();
    std::shared_ptr<const Known> known;
    bool must_touch = false;
    Instant seen;
    {
        const std::lock_guard lock(mutex_);
        const auto found = kept_.find(place);
        if (found != kept_.end()) seen = found->second.touched_at;
        if (found != kept_.end() && found->second.epoch == epoch && now < found->second.read_at + kept_for &&
            found->second.known->scope.today == local_date(now) && now < found->second.known->session.expires_at) {
            known = found->second.known;
            must_touch = found->second.touched_at + touched_every <= now;
            if (must_touch) found->second.touched_at = now;
        }
    }
    if (!known) {
        const auto reader = TRY(database.read());
        const auto session = TRY(accounts::session_of(*reader, policy, token, now, seen));
        if (!session) {
            forget(request);
            return fail(ErrorCode::unauthenticated, "service.signed_out");
        }
        auto fresh = std::make_shared<Known>();
        fresh->session = *session;
        fresh->scope = TRY(org::scope_of(*reader, session->person, session->post, now));
        fresh->scope.account = session->account;
        fresh->scope.language = session->language;
        fresh->scope.clearance = clearance_of(fresh->scope);
        known = fresh;
        must_touch = true;
        const std::lock_guard lock(mutex_);
        if (kept_.size() >= most_kept) kept_.clear();
        kept_[place] = {known, epoch, now, now};
    }
    if (must_touch)
        database.write(
            [session = known->session.id, now](db::Transaction& tx) { return accounts::touch(tx, session, now); },
            [](Result<void>) {});
    return known;
}

Secrecy Host::clearance_of(const Scope& scope) const {
    return scope.may("secret_books") ? Secrecy::top_secret : ceiling;
}

void Host::forget(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    kept_.erase(crypto::sha256(request.cookie(cookie_name).value_or("")));
}

/// A page says whose it is, "account:post": the session may have gone over to another post, or the cookie to another
/// account, since it was drawn. What asks about oneself is how it finds out.
static Result<void> require_page_of(const Scope& scope, const http::Request& request) {
    const std::string_view drawn_for = request.headers.value("X-Acting-As");
    if (drawn_for.empty() || request.path.starts_with("/api/session")) return {};
    if (drawn_for == fmt::format("{}:{}", scope.account.value, scope.post.value)) return {};
    return fail(ErrorCode::conflict, "service.acting_as_another");
}

Result<std::shared_ptr<const Host::Known>> Host::admit(const http::Request& request, std::string_view permission) {
    auto known = TRY(who(request));
    TRY(http::require_same_origin(request));
    TRY(require_page_of(known->scope, request));
    const bool changes = request.method != http::Method::get && request.method != http::Method::head;
    if (changes && !crypto::constant_time_equal(request.headers.value("X-CSRF-Token"), known->session.csrf))
        return fail(ErrorCode::forbidden, "service.bad_csrf");
    const bool about_oneself = request.path.starts_with("/api/account/password") || request.path == "/api/session";
    if (known->session.must_change_password && !about_oneself)
        return fail(ErrorCode::forbidden, "service.change_password_first");
    if (permission != "signed_in" && !known->scope.may(permission))
        return fail(ErrorCode::forbidden, "service.may_not");
    return known;
}

}  // namespace service
