#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scope/scope.h"
#include "crypto/password.h"
#include "db/database.h"

/// Accounts and their sessions. A password is argon2id; a session's cookie is nowhere but in the browser, here is its
/// SHA-256.
namespace accounts {

struct Policy {
    crypto::PasswordCost cost = {};
    int tries = 5;  ///< wrong passwords before the account waits
    std::chrono::minutes wait{15};
    int unknown_logins = 100'000;      ///< logins that nobody has whose wrong passwords are counted: the newest
    std::chrono::hours idle{12};       ///< a session unused that long has ended
    std::chrono::hours whole{24 * 7};  ///< a session ends that long after it began
    int shortest_password = 10;        ///< characters
};

struct Session {
    std::int64_t id = 0;
    AccountId account;
    PersonId person;
    PostId post;  ///< the post chosen; none: the first held
    std::string csrf;
    std::string login;
    std::string full_name;
    std::string rank;
    Language language = Language::vi;
    bool must_change_password = false;
    Instant expires_at;
};

struct SignedIn {
    std::string token;  ///< for the cookie, once
    Session session;
};

/// Takes the same path for an unknown login as for a wrong password: a hash, a count and a journal entry. The unknown
/// one waits after as many, so that waiting doesn't tell which logins exist. Waits for the commit.
/// Errors: unauthenticated "accounts.wrong", limited "accounts.locked" (argument minutes), forbidden
/// "accounts.disabled", unavailable "accounts.no_room" (the disk is full).
Result<SignedIn> sign_in(db::Database&, const Policy&, std::string_view login, std::string_view password,
                         std::string_view address, std::string_view agent, Instant now);
/// The session of a cookie; nullopt when there is none or it has ended. The setting session_minutes of the agency acted
/// from may end an unused one sooner than the policy. `seen` is when it was used last as far as the caller remembers:
/// while the disk is full, touch writes nothing and who is signed in stays so.
Result<std::optional<Session>> session_of(db::Reader&, const Policy&, std::string_view token, Instant now,
                                          Instant seen = {});
Result<void> touch(db::Transaction&, std::int64_t session, Instant now);
Result<void> choose_post(const Scope&, db::Transaction&, std::int64_t session, PostId);
/// Ends one of the scope's own sessions. Errors: not_found.
Result<void> end_session(const Scope&, db::Transaction&, std::int64_t session);

struct Listed {
    std::int64_t id = 0;
    Instant created_at, last_seen_at;
    std::string address, agent;
};
Result<std::vector<Listed>> sessions(const Scope&, db::Reader&);

/// The login as it is kept, in lower case. Errors: invalid "accounts.bad_login".
Result<std::string> plain_login(std::string_view given);

/// A password made by the server, to be changed at the first sign-in. Hashing is slow on purpose: make it before the
/// closure.
struct FirstPassword {
    std::string text;
    std::string hash;
};
Result<FirstPassword> first_password(const Policy&);

/// Makes an account and gives its first password, to be changed at the first sign-in.
/// Errors: not_found (person), conflict "accounts.has_one", "accounts.login_taken", invalid "accounts.bad_login".
struct Created {
    AccountId account;
    std::string first_password;
};
Result<Created> create(const Scope&, db::Transaction&, const Policy&, PersonId, std::string_view login);
Result<AccountId> create(const Scope&, db::Transaction&, const FirstPassword&, PersonId, std::string_view login);
/// The same with a password given (samples and tests); it need not be changed.
Result<AccountId> create_with(const Scope&, db::Transaction&, const Policy&, PersonId, std::string_view login,
                              std::string_view password_hash);
/// A new first password; ends every session of the account.
Result<void> reset_password(const Scope&, db::Transaction&, const FirstPassword&, AccountId);
/// One person who may be behind both accounts, if there is one: who made or reset the password of one has known a
/// password of it, though it was changed since, and with it could reset the next one's. So each account counts with all
/// through whose hands its password came. A password from the server's command line came through nobody's.
Result<AccountId> common_hand(db::Reader&, AccountId, AccountId);
/// `kept` is the session it is done in: every other one of the account ends. Without it all stay.
/// Errors: invalid "accounts.wrong_old", "accounts.too_short", "accounts.has_login", "accounts.same_as_old".
Result<void> change_password(db::Database&, const Scope&, const Policy&, std::string_view old_password,
                             std::string_view new_password, std::int64_t kept = 0);
/// active or disabled; disabling ends every session. Errors: not_found, invalid "accounts.unknown_state",
/// "accounts.no_reason".
Result<void> set_state(const Scope&, db::Transaction&, AccountId, std::string_view state, std::string_view reason);

Result<std::string> preferences(const Scope&, db::Reader&);
/// JSON of at most 16 KiB.
Result<void> set_preferences(const Scope&, db::Transaction&, std::string_view json, Language);

struct Account {
    AccountId id;
    PersonId person;
    std::string full_name;
    std::string login;
    std::string state;  ///< active, disabled, locked
    std::optional<Instant> last_seen_at;
};
Result<std::vector<Account>> find(const Scope&, db::Reader&, std::string_view text, AccountId after, int limit);
Result<std::optional<Account>> find(const Scope&, db::Reader&, AccountId);
/// Nothing when the person has none.
Result<std::optional<Account>> of_person(const Scope&, db::Reader&, PersonId);

}  // namespace accounts
