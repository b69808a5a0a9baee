#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "core/accounts/accounts.h"
#include "core/scope/scope.h"
#include "crypto/sha256.h"
#include "db/database.h"
#include "http/events.h"
#include "http/request.h"
#include "service/afterwards.h"

namespace service {

/// What every route stands on, made once at start: the store, the clock, the sessions kept in memory, the open event
/// streams.
class Host {
  public:
    Host(db::Database& store, const Clock& server_clock) : database(store), clock(server_clock) {}
    Host(const Host&) = delete;

    db::Database& database;
    const Clock& clock;
    accounts::Policy policy;
    http::EventHub events;
    Secrecy ceiling = Secrecy::ordinary;
    std::string server_name = "congvu";

    struct Known {
        accounts::Session session;
        Scope scope;
    };
    /// Who asks: the session of the cookie and its scope, from memory while nothing about people has changed.
    /// Errors: unauthenticated "service.signed_out".
    Result<std::shared_ptr<const Known>> who(const http::Request&);
    /// Up to the ceiling; who keeps the secret books sees what the law lets be registered above it.
    Secrecy clearance_of(const Scope&) const;
    /// Forgets what is kept about a cookie (after signing out or choosing another post).
    void forget(const http::Request&);
    /// The same and: a permission of the route, the CSRF token of a change, the first password still to be changed.
    /// Errors: forbidden "service.may_not", "service.bad_csrf", "service.change_password_first",
    /// "http.cross_site"; conflict "service.acting_as_another" (the header X-Acting-As names another account or post
    /// than the session's).
    Result<std::shared_ptr<const Known>> admit(const http::Request&, std::string_view permission);

  private:
    struct Kept {
        std::shared_ptr<const Known> known;
        std::int64_t epoch = 0;
        Instant read_at;
        Instant touched_at;
    };
    std::mutex mutex_;
    std::map<crypto::Digest, Kept> kept_;  ///< by the hash of the token

  public:
    Afterwards afterwards;  ///< the last member: what it still does may use the others
};

/// The name of the session's cookie.
constexpr std::string_view cookie_name = "congvu";

}  // namespace service
