#include "core/accounts/accounts.h"

#include <set>

#include <boost/json.hpp>

#include "base/text.h"
#include "core/accounts/store.h"
#include "core/journal/journal.h"
#include "core/org/org.h"
#include "core/org/posts.h"
#include "core/org/settings.h"
#include "crypto/bytes.h"
#include "crypto/random.h"
#include "crypto/sha256.h"

namespace accounts {

namespace {

std::string hash_of_token(std::string_view token) {
    return to_hex(crypto::sha256(token));
}

/// Verified against when there is no such login, so that both take as long.
const std::string& nobody(const Policy& policy) {
    static const std::string hash = crypto::hash_password("nobody has this password", policy.cost).value_or("");
    return hash;
}

/// Holds the login, as one types it too: with marks, in capitals. One of three letters may chance to be in anything.
bool is_made_of(std::string_view login, std::string_view password) {
    const std::string name = folded_form(login);
    std::string rest = folded_form(password);
    const std::size_t whole = rest.size();
    for (auto at = rest.find(name); at != std::string::npos; at = rest.find(name)) rest.erase(at, name.size());
    return rest.empty() || (rest.size() < whole && name.size() > 3);
}

Result<void> check_new_password(const Policy& policy, std::string_view login, std::string_view password) {
    if (length(password) < static_cast<std::size_t>(policy.shortest_password))
        return fail(ErrorCode::invalid, "accounts.too_short", "new",
                    {{"limit", std::to_string(policy.shortest_password)}});
    if (password.size() > 200) return fail(ErrorCode::invalid, "accounts.too_long", "new");
    if (is_made_of(login, password))
        return fail(ErrorCode::invalid, "accounts.has_login", "new", {{"login", std::string(login)}});
    return {};
}

/// Words a person can copy from paper: no letters that look alike.
std::string readable_password() {
    static constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string password;
    while (password.size() < 14) {
        const auto byte = static_cast<unsigned>(crypto::random_bytes<1>()[0]);
        if (byte >= 256 / letters.size() * letters.size()) continue;  // keep every letter as likely as the others
        if (password.size() == 4 || password.size() == 9) password += '-';
        password += letters[byte % letters.size()];
    }
    return password;
}

Session read_session(const db::Row& row) {
    Session session;
    session.id = row.integer(0);
    session.account = row.id<struct AccountNoun>(1);
    session.person = row.id<struct PersonNoun>(2);
    session.post = row.id<struct PostNoun>(3);
    session.csrf = row.text(4);
    session.login = row.text(5);
    session.full_name = row.text(6);
    session.rank = row.text(7);
    session.language = row.text(8) == "en" ? Language::en : Language::vi;
    session.must_change_password = row.boolean(9);
    session.expires_at = row.instant(10);
    return session;
}

/// Entries about signing in stand in the journal of the agency the person works in; of an unknown login in nobody's,
/// for whom as much is read as for somebody.
Result<Scope> scope_of_login(db::Reader& reader, const std::optional<db::Row>& account, Instant now) {
    const auto someone = TRY(reader.row(store::someone));
    const PersonId asked =
        account ? account->id<struct PersonNoun>(1) : (someone ? someone->id<struct PersonNoun>(0) : PersonId{});
    Scope scope = TRY(org::scope_of(reader, asked, {}, now));
    if (account) {
        scope.account = account->id<struct AccountNoun>(0);
    } else {
        scope = Scope();
        scope.now = now;
        scope.today = local_date(now);
    }
    scope.request = "sign-in";
    return scope;
}

std::string hash_of_login(std::string_view login) {
    return to_hex(crypto::sha256(login));
}

/// Until when the login waits, whoever has it.
Result<Instant> waits_until(db::Reader& reader, const std::optional<db::Row>& account, std::string_view login) {
    const auto unknown = TRY(reader.row(store::unknown_until, hash_of_login(login)));
    if (account) return account->instant(5);
    return unknown ? unknown->instant(0) : Instant{};
}

Result<void> refuse_locked(Instant until, Instant now) {
    if (until <= now) return {};
    const auto minutes = (until.milliseconds - now.milliseconds + 59'999) / 60'000;
    return fail(ErrorCode::limited, "accounts.locked", {}, {{"minutes", std::to_string(minutes)}});
}

/// What can be no login is not counted: everybody knows that nobody has it, and it may be a password typed into the
/// wrong field.
Result<void> count_unknown(db::Transaction& tx, const Policy& policy, std::string_view login, Instant now) {
    if (!plain_login(login)) return {};
    const std::string hash = hash_of_login(login);
    if (TRY(tx.execute(store::unknown_failed, hash, policy.tries, now + policy.wait, now)) > 0) return {};
    const std::int64_t newest = TRY(tx.insert(store::insert_unknown, hash));
    TRY(tx.execute(store::forget_unknown, newest - policy.unknown_logins));
    return {};
}

/// One more wrong password; the one that reaches the limit locks. The row counts, so that guesses side by side count
/// too.
Result<void> count_failure(const Scope& scope, db::Transaction& tx, const Policy& policy, std::string_view login,
                           Instant now) {
    if (scope.account)
        TRY(tx.execute(store::failed, scope.account, policy.tries, now + policy.wait, now));
    else
        TRY(count_unknown(tx, policy, login, now));
    const auto row = TRY(tx.row(store::locked_until, scope.account));
    const bool locked = row && row->instant(0) > now;
    TRY(journal::write(scope, tx, {.action = locked ? "account.locked" : "account.refused"}));
    return {};
}

/// Signing in is written down, so it waits for room on the disk. A wrong password is told the same: what is not counted
/// is not answered.
template <class Written>
Result<Written> or_no_room(Result<Written> written) {
    if (!written && (written.error().message == "db.disk_full" || written.error().message == "db.io"))
        written.error().message = "accounts.no_room";
    return written;
}

}  // namespace

Result<SignedIn> sign_in(db::Database& database, const Policy& policy, std::string_view login_given,
                         std::string_view password, std::string_view address, std::string_view agent, Instant now) {
    const std::string login = lower(trim(login_given));
    std::optional<db::Row> found;
    Scope scope;
    {
        const auto reader = TRY(database.read());
        found = TRY(reader->row(store::by_login, login));
        TRY(refuse_locked(TRY(waits_until(*reader, found, login)), now));
        scope = TRY(scope_of_login(*reader, found, now));
    }
    const bool right = crypto::password_matches(found ? found->text(2) : nobody(policy), password) && found;
    if (!right) {
        TRY(or_no_room(
            database.write_now([&](db::Transaction& tx) { return count_failure(scope, tx, policy, login, now); })));
        return fail(ErrorCode::unauthenticated, "accounts.wrong");
    }
    const db::Row& account = *found;
    if (account.text(3) != "active") return fail(ErrorCode::forbidden, "accounts.disabled");

    // Hashing is slow on purpose: not inside the writer.
    std::string fresh;
    if (crypto::needs_rehash(account.text(2), policy.cost)) fresh = TRY(crypto::hash_password(password, policy.cost));
    const std::string token = crypto::random_token();
    SignedIn signed_in{token, {}};
    Session& session = signed_in.session;
    session.account = scope.account;
    session.person = scope.person;
    session.csrf = crypto::random_token();
    session.login = login;
    session.full_name = account.text(8);
    session.rank = account.text(9);
    session.language = account.text(7) == "en" ? Language::en : Language::vi;
    session.must_change_password = account.boolean(6);
    session.expires_at = now + policy.whole;
    session.id = TRY(or_no_room(database.write_now([&](db::Transaction& tx) -> Result<std::int64_t> {
        // Guesses made at the same time may have locked it meanwhile.
        const auto row = TRY(tx.row(store::locked_until, scope.account));
        if (row) TRY(refuse_locked(row->instant(0), now));
        TRY(tx.execute(store::succeeded, scope.account));
        if (!fresh.empty()) TRY(tx.execute(store::rehash, scope.account, fresh, account.text(2)));
        const std::int64_t id = TRY(tx.insert(store::insert_session, hash_of_token(token), session.csrf, scope.account,
                                              now, session.expires_at, address, shorten(agent, 200)));
        TRY(journal::write(scope, tx, {.action = "account.signed_in", .details = {{"session", id}}}));
        return id;
    })));
    return signed_in;
}

namespace {

/// How long a session may lie unused: the agency's setting, where it has one, within the policy.
Result<std::chrono::milliseconds> idle_of(db::Reader& reader, const Policy& policy, const Session& session,
                                          Instant now) {
    if (!TRY(reader.row(store::any_session_setting))) return policy.idle;
    const Scope scope = TRY(org::scope_of(reader, session.person, session.post, now));
    const auto set = TRY(org::setting(reader, scope.agency, "session_minutes"));
    if (!set) return policy.idle;
    const int minutes = std::atoi(set->c_str());
    if (minutes <= 0) return policy.idle;
    return std::min<std::chrono::milliseconds>(policy.idle, std::chrono::minutes(minutes));
}

}  // namespace

Result<std::optional<Session>> session_of(db::Reader& reader, const Policy& policy, std::string_view token, Instant now,
                                          Instant seen) {
    if (token.empty() || token.size() > 100) return std::optional<Session>();
    const auto row = TRY(reader.row(store::session_of, hash_of_token(token)));
    if (!row) return std::optional<Session>();
    Session session = read_session(*row);
    const Instant used = std::max(row->instant(11), seen);
    if (session.expires_at <= now || used + policy.idle <= now) return std::optional<Session>();
    if (used + TRY(idle_of(reader, policy, session, now)) <= now) return std::optional<Session>();
    return std::optional(std::move(session));
}

Result<void> touch(db::Transaction& tx, std::int64_t session, Instant now) {
    TRY(tx.execute(store::touch, session, now));
    return {};
}

Result<void> choose_post(const Scope& scope, db::Transaction& tx, std::int64_t session, PostId post) {
    const auto posts = TRY(org::posts_to_choose(tx, scope.person, scope.today));
    if (std::ranges::find(posts, post, &HeldPost::post) == posts.end())
        return fail(ErrorCode::not_found, "accounts.not_your_post", "post");
    TRY(tx.execute(store::choose_post, session, post));
    TRY(journal::write(scope, tx, {.action = "account.post_chosen", .details = {{"post", post.value}}}));
    return {};
}

Result<void> end_session(const Scope& scope, db::Transaction& tx, std::int64_t session) {
    if (TRY(tx.execute(store::end_session, session, scope.account, tx.now())) == 0)
        return fail(ErrorCode::not_found, "accounts.no_session");
    TRY(journal::write(scope, tx, {.action = "account.signed_out", .details = {{"session", session}}}));
    return {};
}

Result<std::vector<Listed>> sessions(const Scope& scope, db::Reader& reader) {
    std::vector<Listed> result;
    for (const db::Row& row : TRY(reader.rows(store::sessions, scope.account, scope.now)))
        result.push_back({row.integer(0), row.instant(1), row.instant(2), row.text(3), row.text(4)});
    return result;
}

Result<std::string> plain_login(std::string_view given) {
    const std::string login = lower(trim(given));
    const bool plain = login.size() >= 2 && login.size() <= 60 && std::ranges::all_of(login, [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
                       });
    if (!plain) return fail(ErrorCode::invalid, "accounts.bad_login", "login");
    return login;
}

namespace {

/// The account itself, and all through whose hands its password came.
Result<std::set<AccountId>> hands_of(db::Reader& reader, AccountId account) {
    std::set<AccountId> hands{account};
    for (const db::Row& row : TRY(reader.rows(store::hands, account))) hands.insert(row.id<struct AccountNoun>(0));
    return hands;
}

/// The hands of now: what is done to the giver's password later changes nothing in who knows this one.
Result<void> remember_hands(db::Transaction& tx, AccountId account, AccountId giver) {
    const std::set<AccountId> hands = giver ? TRY(hands_of(tx, giver)) : std::set<AccountId>();
    TRY(tx.execute(store::forget_hands, account));
    for (const AccountId hand : hands) TRY(tx.execute(store::insert_hand, account, hand));
    return {};
}

Result<AccountId> insert_account(const Scope& scope, db::Transaction& tx, PersonId person, std::string_view login_given,
                                 std::string_view hash, bool must_change) {
    const std::string login = TRY(plain_login(login_given));
    if (!TRY(tx.row(store::person_exists, person))) return fail(ErrorCode::not_found, "accounts.no_person", "person");
    if (TRY(tx.row(store::of_person, person))) return fail(ErrorCode::conflict, "accounts.has_one", "person");
    if (TRY(tx.row(store::login_taken, login)))
        return fail(ErrorCode::conflict, "accounts.login_taken", "login", {{"login", login}});
    const AccountId account{TRY(tx.insert(store::insert, person, login, hash, must_change, tx.now()))};
    TRY(remember_hands(tx, account, scope.account));
    TRY(journal::write(
        scope, tx, {.action = "account.created", .details = {{"account", account.value}, {"person", person.value}}}));
    return account;
}

}  // namespace

Result<FirstPassword> first_password(const Policy& policy) {
    FirstPassword made{readable_password(), {}};
    made.hash = TRY(crypto::hash_password(made.text, policy.cost));
    return made;
}

Result<AccountId> create(const Scope& scope, db::Transaction& tx, const FirstPassword& password, PersonId person,
                         std::string_view login) {
    return insert_account(scope, tx, person, login, password.hash, true);
}

Result<Created> create(const Scope& scope, db::Transaction& tx, const Policy& policy, PersonId person,
                       std::string_view login) {
    const FirstPassword password = TRY(first_password(policy));
    return Created{TRY(create(scope, tx, password, person, login)), password.text};
}

Result<AccountId> create_with(const Scope& scope, db::Transaction& tx, const Policy&, PersonId person,
                              std::string_view login, std::string_view password_hash) {
    return insert_account(scope, tx, person, login, password_hash, false);
}

Result<void> reset_password(const Scope& scope, db::Transaction& tx, const FirstPassword& password, AccountId account) {
    if (!TRY(tx.row(store::hash_of, account))) return fail(ErrorCode::not_found, "accounts.no_account");
    TRY(tx.execute(store::set_hash, account, password.hash, true, tx.now()));
    TRY(remember_hands(tx, account, scope.account));
    TRY(tx.execute(store::end_all, account, tx.now()));
    TRY(journal::write(scope, tx, {.action = "account.password_reset", .details = {{"account", account.value}}}));
    tx.after_commit(org::touch);
    return {};
}

Result<AccountId> common_hand(db::Reader& reader, AccountId one, AccountId other) {
    const std::set<AccountId> hands = TRY(hands_of(reader, one));
    for (const AccountId hand : TRY(hands_of(reader, other)))
        if (hands.contains(hand)) return hand;
    return AccountId{};
}

Result<void> change_password(db::Database& database, const Scope& scope, const Policy& policy,
                             std::string_view old_password, std::string_view new_password, std::int64_t kept) {
    std::string stored;
    {
        const auto reader = TRY(database.read());
        const auto row = TRY(reader->row(store::hash_of, scope.account));
        if (!row) return fail(ErrorCode::not_found, "accounts.no_account");
        stored = row->text(0);
        TRY(check_new_password(policy, row->text(3), new_password));
    }
    if (!crypto::password_matches(stored, old_password)) return fail(ErrorCode::invalid, "accounts.wrong_old", "old");
    if (crypto::password_matches(stored, new_password)) return fail(ErrorCode::invalid, "accounts.same_as_old", "new");
    const std::string hash = TRY(crypto::hash_password(new_password, policy.cost));
    return database.write_now([&](db::Transaction& tx) -> Result<void> {
        TRY(tx.execute(store::set_hash, scope.account, hash, false, tx.now()));
        if (kept != 0) TRY(tx.execute(store::end_others, scope.account, tx.now(), kept));
        TRY(journal::write(scope, tx, {.action = "account.password_changed"}));
        tx.after_commit(org::touch);
        return {};
    });
}

Result<void> set_state(const Scope& scope, db::Transaction& tx, AccountId account, std::string_view state,
                       std::string_view reason_given) {
    if (state != "active" && state != "disabled") return fail(ErrorCode::invalid, "accounts.unknown_state", "state");
    const std::string reason = TRY(clean_text(reason_given));
    if (reason.empty()) return fail(ErrorCode::invalid, "accounts.no_reason", "reason");
    if (length(reason) > 500) return fail(ErrorCode::invalid, "accounts.reason_too_long", "reason", {{"limit", "500"}});
    const auto before = TRY(tx.row(store::hash_of, account));
    if (!before) return fail(ErrorCode::not_found, "accounts.no_account");
    TRY(tx.execute(store::set_state, account, state));
    if (state == "disabled") TRY(tx.execute(store::end_all, account, tx.now()));
    TRY(journal::write(scope, tx,
                       {.action = "account.state_set",
                        .changes = {{"state", boost::json::string(before->text(2)), boost::json::string(state)},
                                    {"reason", nullptr, boost::json::string(reason)}},
                        .details = {{"account", account.value}}}));
    tx.after_commit(org::touch);
    return {};
}

Result<std::string> preferences(const Scope& scope, db::Reader& reader) {
    const auto row = TRY(reader.row(store::preferences, scope.account));
    return row ? row->text(0) : std::string("{}");
}

Result<void> set_preferences(const Scope& scope, db::Transaction& tx, std::string_view json, Language language) {
    if (json.size() > 16 * 1024) return fail(ErrorCode::too_large, "accounts.preferences_too_large");
    TRY(tx.execute(store::set_preferences, scope.account, json, language == Language::en ? "en" : "vi"));
    tx.after_commit(org::touch);
    return {};
}

namespace {

Account read_account(const Scope& scope, const db::Row& row) {
    Account account{row.id<struct AccountNoun>(0),
                    row.id<struct PersonNoun>(1),
                    row.text(2),
                    row.text(3),
                    row.text(4),
                    std::nullopt};
    if (account.state == "active" && row.instant(5) > scope.now) account.state = "locked";
    if (!row.is_null(6)) account.last_seen_at = row.instant(6);
    return account;
}

}  // namespace

Result<std::vector<Account>> find(const Scope& scope, db::Reader& reader, std::string_view text, AccountId after,
                                  int limit) {
    const std::string wanted = folded_form(text);
    std::vector<Account> result;
    AccountId last = after;
    // Thousands of accounts at the most: what is typed is compared here, folded as everywhere.
    while (result.size() < static_cast<std::size_t>(limit)) {
        const db::Rows rows = TRY(reader.rows(store::find, last.value, 500));
        for (const db::Row& row : rows) {
            last = row.id<struct AccountNoun>(0);
            if (!wanted.empty() && folded_form(row.text(2)).find(wanted) == std::string::npos &&
                row.text(3).find(wanted) == std::string::npos)
                continue;
            result.push_back(read_account(scope, row));
            if (result.size() == static_cast<std::size_t>(limit)) break;
        }
        if (rows.size() < 500) break;
    }
    return result;
}

Result<std::optional<Account>> find(const Scope& scope, db::Reader& reader, AccountId id) {
    const auto row = TRY(reader.row(store::one, id));
    return row ? std::optional(read_account(scope, *row)) : std::nullopt;
}

Result<std::optional<Account>> of_person(const Scope& scope, db::Reader& reader, PersonId person) {
    const auto row = TRY(reader.row(store::one_of_person, person));
    return row ? std::optional(read_account(scope, *row)) : std::nullopt;
}

}  // namespace accounts
