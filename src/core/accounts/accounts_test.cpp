#include "core/accounts/accounts.h"

#include <gmock/gmock.h>

#include "core/journal/history.h"
#include "core/org/org.h"
#include "core/org/settings.h"
#include "core/scope/system_scope.h"
#include "tests/support/databases.h"

namespace accounts {
namespace {

using congvu::test::told;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view good = "mật khẩu đúng 1";
constexpr std::string_view bad = "mật khẩu sai 22";

/// The code of a refusal, "" when it was done.
template <class T>
std::string refused(const Result<T>& result) {
    return result ? "" : result.error().message;
}

class Accounts : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        policy.cost = crypto::PasswordCost::least();
        ASSERT_TRUE(org::load_roles(db()));
        write([&](const Scope& scope, db::Transaction& tx) -> Result<void> {
            const UnitId ministry = TRY(org::add_unit(scope, tx,
                                                      {.kind = "ministry",
                                                       .name = "Bộ Mẫu",
                                                       .short_name = "Bộ Mẫu",
                                                       .abbreviation = "BM",
                                                       .is_agency = true,
                                                       .valid_from = scope.today}));
            person = TRY(org::add_person(scope, tx, {.full_name = "Nguyễn Văn An"}));
            const PostId post = TRY(org::add_post(
                scope, tx,
                {.unit = ministry, .title = "Chuyên viên", .roles = {"handler"}, .valid_from = scope.today}));
            TRY(org::fill_post(scope, tx, {.post = post, .person = person, .valid_from = scope.today}));
            account =
                TRY(create_with(scope, tx, policy, person, "An.Nguyen", *crypto::hash_password(good, policy.cost)));
            return {};
        });
        agency = whole_scope().agency;
    }
    template <class F>
    void write(F change) {
        const Scope scope = system_scope(clock().now());
        const auto done = db().write_now([&](db::Transaction& tx) { return change(scope, tx); });
        ASSERT_TRUE(done) << told(done);
    }
    Result<SignedIn> try_sign_in(std::string_view login, std::string_view password) {
        return sign_in(db(), policy, login, password, "10.0.0.7", "Trình duyệt", clock().now());
    }
    bool is_open(std::string_view token) {
        const auto found = session_of(**db().read(), policy, token, clock().now());
        EXPECT_TRUE(found) << told(found);
        return found && found->has_value();
    }
    Scope whole_scope() {
        Scope scope = org::scope_of(**db().read(), person, {}, clock().now()).value();
        scope.account = account;
        return scope;
    }
    std::vector<std::string> actions(AgencyId of = {}) {
        std::vector<std::string> all;
        const auto entries = journal::entries(**db().read(), {.agency = of, .action = "account."}, {}).value();
        for (const auto& entry : entries) all.push_back(entry.action);
        return all;
    }
    void later(std::chrono::milliseconds by) { clock().set(clock().now() + by); }

    Policy policy;
    PersonId person;
    AccountId account;
    AgencyId agency;
};

TEST_P(Accounts, the_right_password_opens_a_session) {
    const auto signed_in = try_sign_in("  AN.nguyen ", good);
    ASSERT_TRUE(signed_in) << told(signed_in);
    EXPECT_EQ(signed_in->session.account, account);
    EXPECT_EQ(signed_in->session.person, person);
    EXPECT_EQ(signed_in->session.full_name, "Nguyễn Văn An");
    EXPECT_FALSE(signed_in->session.must_change_password);
    EXPECT_NE(signed_in->token, signed_in->session.csrf);
    const auto session = session_of(**db().read(), policy, signed_in->token, clock().now()).value();
    ASSERT_TRUE(session);
    EXPECT_EQ(session->id, signed_in->session.id);
    EXPECT_EQ(session->csrf, signed_in->session.csrf);
    EXPECT_THAT(actions(agency), ElementsAre("account.signed_in"));
    const auto list = sessions(whole_scope(), **db().read()).value();
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].address, "10.0.0.7");

    // The cookie itself is nowhere in the store.
    constexpr db::Sql hashes{"test.hashes", "select token_hash from session"};
    EXPECT_NE((**db().read()).rows(hashes).value().at(0).text(0), signed_in->token);
    for (const std::string& forged : {std::string(), signed_in->token + "x", std::string(500, 'a')})
        EXPECT_FALSE(is_open(forged));
}

TEST_P(Accounts, an_unknown_login_takes_the_same_path_as_a_wrong_password) {
    const auto wrong = try_sign_in("an.nguyen", bad);
    const auto unknown = try_sign_in("khong.co", bad);
    ASSERT_FALSE(wrong);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(wrong.error(), unknown.error());
    EXPECT_EQ(wrong.error().code, ErrorCode::unauthenticated);
    EXPECT_THAT(actions(), ElementsAre("account.refused", "account.refused", "account.created"))
        << "both waited for a commit";
    EXPECT_THAT(actions(agency), ElementsAre("account.refused")) << "an unknown login is in no agency";
}

TEST_P(Accounts, the_fifth_wrong_password_locks_for_a_quarter_of_an_hour) {
    for (int i = 0; i < 4; ++i) EXPECT_EQ(refused(try_sign_in("an.nguyen", bad)), "accounts.wrong");
    ASSERT_TRUE(try_sign_in("an.nguyen", good)) << "four are forgiven";
    for (int i = 0; i < 5; ++i) EXPECT_EQ(refused(try_sign_in("an.nguyen", bad)), "accounts.wrong") << i;
    const auto locked = try_sign_in("an.nguyen", good);
    ASSERT_FALSE(locked);
    EXPECT_EQ(locked.error().code, ErrorCode::limited);
    EXPECT_EQ(refused(locked), "accounts.locked");
    EXPECT_EQ(locked.error().arguments, (std::vector<MessageArgument>{{"minutes", "15"}}));
    EXPECT_EQ(actions().front(), "account.locked");
    EXPECT_EQ(of_person(whole_scope(), **db().read(), person).value()->state, "locked");

    later(std::chrono::minutes(14) + std::chrono::seconds(1));
    EXPECT_EQ(try_sign_in("an.nguyen", good).error().arguments.at(0).value, "1");
    later(std::chrono::minutes(1));
    EXPECT_EQ(refused(try_sign_in("an.nguyen", bad)), "accounts.wrong") << "counting begins again";
    EXPECT_TRUE(try_sign_in("an.nguyen", good));
}

TEST_P(Accounts, a_login_that_nobody_has_waits_as_one_that_somebody_has) {
    const auto try_both = [&] {
        const auto known = try_sign_in("an.nguyen", bad), unknown = try_sign_in(" Khong.CO", bad);
        EXPECT_EQ(known.error(), unknown.error()) << told(known) << told(unknown);
        return refused(unknown);
    };
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 5; ++i) EXPECT_EQ(try_both(), "accounts.wrong") << i;
        EXPECT_EQ(try_both(), "accounts.locked");
        later(std::chrono::minutes(14) + std::chrono::seconds(1));
        EXPECT_EQ(try_both(), "accounts.locked") << "a minute is left";
        later(std::chrono::minutes(1));
    }
    EXPECT_EQ(refused(try_sign_in("khac.han", bad)), "accounts.wrong") << "each counts alone";
    constexpr db::Sql kept{"test.kept", "select count(*) from unknown_login where login_hash like '%khong%'"};
    EXPECT_EQ((**db().read()).row(kept).value()->integer(0), 0);
}

TEST_P(Accounts, only_the_newest_unknown_logins_are_counted) {
    policy.unknown_logins = 3;
    const auto guess = [&](const std::string& login) { return refused(try_sign_in(login, bad)); };
    for (int i = 0; i < 5; ++i) EXPECT_EQ(guess("khong.co"), "accounts.wrong");
    EXPECT_EQ(guess("khong.co"), "accounts.locked");
    for (const char* other : {"a1", "a2", "Mật khẩu gõ nhầm ô", "a b"}) guess(other);
    EXPECT_EQ(guess("khong.co"), "accounts.locked") << "what can be no login takes no place";
    guess("a3");
    EXPECT_EQ(guess("khong.co"), "accounts.wrong");
    constexpr db::Sql rows{"test.rows", "select count(*) from unknown_login"};
    EXPECT_EQ((**db().read()).row(rows).value()->integer(0), 3);
}

TEST_P(Accounts, guesses_side_by_side_count_each) {
    std::vector<std::thread> guessers;
    for (int i = 0; i < 8; ++i) guessers.emplace_back([&] { (void)try_sign_in("an.nguyen", bad); });
    for (std::thread& guesser : guessers) guesser.join();
    EXPECT_EQ(refused(try_sign_in("an.nguyen", good)), "accounts.locked");
}

TEST_P(Accounts, a_session_ends_when_unused_and_in_any_case) {
    const std::string token = try_sign_in("an.nguyen", good)->token;
    later(policy.idle - std::chrono::seconds(1));
    EXPECT_TRUE(is_open(token));
    later(std::chrono::seconds(1));
    EXPECT_FALSE(is_open(token)) << "unused for twelve hours";

    const auto kept = try_sign_in("an.nguyen", good).value();
    const Instant end = clock().now() + policy.whole;
    while (clock().now() < end) {
        EXPECT_TRUE(is_open(kept.token)) << to_string(clock().now());
        write([&](const Scope& scope, db::Transaction& tx) { return touch(tx, kept.session.id, scope.now); });
        later(std::chrono::hours(11));
    }
    EXPECT_FALSE(is_open(kept.token)) << "a week after it began";
}

TEST_P(Accounts, an_agency_may_end_unused_sessions_sooner_but_not_later) {
    const auto set = [&](const char* minutes) {
        write([&](const Scope& scope, db::Transaction& tx) {
            return org::set_setting(scope, tx, agency, "session_minutes", minutes);
        });
    };
    set("30");
    const std::string token = try_sign_in("an.nguyen", good)->token;
    later(std::chrono::minutes(29));
    EXPECT_TRUE(is_open(token));
    later(std::chrono::minutes(1));
    EXPECT_FALSE(is_open(token));
    set("9999");
    EXPECT_TRUE(is_open(token));
    later(policy.idle);
    EXPECT_FALSE(is_open(token));
}

TEST_P(Accounts, a_session_is_ended_by_its_own_account_only) {
    const auto signed_in = try_sign_in("an.nguyen", good).value();
    Scope other = whole_scope();
    other.account = {account.value + 1};
    const auto given =
        db().write_now([&](db::Transaction& tx) { return end_session(other, tx, signed_in.session.id); });
    EXPECT_EQ(given.error().code, ErrorCode::not_found);
    EXPECT_TRUE(is_open(signed_in.token));
    write([&](const Scope&, db::Transaction& tx) { return end_session(whole_scope(), tx, signed_in.session.id); });
    EXPECT_FALSE(is_open(signed_in.token));
}

TEST_P(Accounts, a_password_is_changed_by_who_knows_it) {
    const auto here = try_sign_in("an.nguyen", good).value(), elsewhere = try_sign_in("an.nguyen", good).value();
    const Scope scope = whole_scope();
    EXPECT_EQ(refused(change_password(db(), scope, policy, bad, "mật khẩu mới 33")), "accounts.wrong_old");
    EXPECT_EQ(refused(change_password(db(), scope, policy, good, "ngắn")), "accounts.too_short");
    EXPECT_EQ(refused(change_password(db(), scope, policy, good, good)), "accounts.same_as_old");
    for (const std::string_view named : {"an.nguyenan.nguyen", "An.Nguyễn 2026", "xx-AN.NGUYEN-xx"})
        EXPECT_EQ(refused(change_password(db(), scope, policy, good, named)), "accounts.has_login") << named;
    EXPECT_EQ(refused(change_password(db(), scope, policy, good, std::string(201, 'x'))), "accounts.too_long");
    ASSERT_TRUE(change_password(db(), scope, policy, good, "mật khẩu mới 33", here.session.id));
    EXPECT_TRUE(is_open(here.token));
    EXPECT_FALSE(is_open(elsewhere.token)) << "whoever knew the old one is out";
    EXPECT_FALSE(try_sign_in("an.nguyen", good));
    EXPECT_TRUE(try_sign_in("an.nguyen", "mật khẩu mới 33"));
}

TEST_P(Accounts, a_first_password_must_be_changed) {
    const FirstPassword first = first_password(policy).value();
    EXPECT_EQ(first.text.size(), 14u);
    EXPECT_NE(first.text, first_password(policy)->text);
    const std::string token = try_sign_in("an.nguyen", good)->token;
    write([&](const Scope& scope, db::Transaction& tx) { return reset_password(scope, tx, first, account); });
    EXPECT_FALSE(is_open(token)) << "a reset ends every session";
    EXPECT_FALSE(try_sign_in("an.nguyen", good));
    const auto signed_in = try_sign_in("an.nguyen", first.text);
    ASSERT_TRUE(signed_in);
    EXPECT_TRUE(signed_in->session.must_change_password);
    ASSERT_TRUE(change_password(db(), whole_scope(), policy, first.text, "mật khẩu mới 33"));
    EXPECT_FALSE(try_sign_in("an.nguyen", "mật khẩu mới 33")->session.must_change_password);
}

TEST_P(Accounts, a_reset_unlocks) {
    for (int i = 0; i < 5; ++i) (void)try_sign_in("an.nguyen", bad);
    const FirstPassword first = first_password(policy).value();
    write([&](const Scope& scope, db::Transaction& tx) { return reset_password(scope, tx, first, account); });
    EXPECT_TRUE(try_sign_in("an.nguyen", first.text));
}

TEST_P(Accounts, a_disabled_account_is_out_at_once) {
    const auto set = [&](std::string_view state, std::string_view reason) {
        return db().write_now(
            [&](db::Transaction& tx) { return set_state(whole_scope(), tx, account, state, reason); });
    };
    const std::string token = try_sign_in("an.nguyen", good)->token;
    EXPECT_EQ(refused(set("gone", "x")), "accounts.unknown_state");
    EXPECT_EQ(refused(set("disabled", " ")), "accounts.no_reason");
    const std::int64_t epoch = org::epoch();
    ASSERT_TRUE(set("disabled", "Nghỉ hưu"));
    EXPECT_GT(org::epoch(), epoch) << "scopes kept in memory are stale";
    EXPECT_FALSE(is_open(token));
    EXPECT_EQ(refused(try_sign_in("an.nguyen", bad)), "accounts.wrong") << "only who knows the password is told";
    const auto given = try_sign_in("an.nguyen", good);
    EXPECT_EQ(given.error().code, ErrorCode::forbidden);
    EXPECT_EQ(refused(given), "accounts.disabled");
    ASSERT_TRUE(set("active", "Trở lại"));
    EXPECT_FALSE(is_open(token)) << "the old session stays ended";
    EXPECT_TRUE(try_sign_in("an.nguyen", good));
}

TEST_P(Accounts, one_account_a_person_and_one_person_a_login) {
    PersonId other;
    write([&](const Scope& scope, db::Transaction& tx) -> Result<void> {
        other = TRY(org::add_person(scope, tx, {.full_name = "Lê Bình"}));
        return {};
    });
    const auto make = [&](PersonId whose, std::string_view login) {
        return db().write_now([&](db::Transaction& tx) { return create(whole_scope(), tx, policy, whose, login); });
    };
    EXPECT_EQ(refused(make(person, "an.2")), "accounts.has_one");
    EXPECT_EQ(refused(make(other, "AN.nguyen")), "accounts.login_taken");
    EXPECT_EQ(refused(make({999}, "ai.do")), "accounts.no_person");
    for (const char* login : {"a", "có dấu", "a b", "a@b", "<b>"})
        EXPECT_EQ(refused(make(other, login)), "accounts.bad_login") << login;
    const auto made = make(other, "le.binh");
    ASSERT_TRUE(made) << told(made);
    EXPECT_TRUE(try_sign_in("le.binh", made->first_password)->session.must_change_password);

    const auto listed = [&](std::string_view text, AccountId after = {}, int limit = 10) {
        std::vector<std::string> logins;
        const auto found = find(whole_scope(), **db().read(), text, after, limit).value();
        for (const Account& each : found) logins.push_back(each.login);
        return logins;
    };
    EXPECT_THAT(listed(""), ElementsAre("an.nguyen", "le.binh"));
    EXPECT_THAT(listed("binh"), ElementsAre("le.binh"));
    EXPECT_THAT(listed("nguyen van"), ElementsAre("an.nguyen"));
    EXPECT_THAT(listed("", account), ElementsAre("le.binh"));
    EXPECT_THAT(listed("", {}, 1), ElementsAre("an.nguyen"));
    EXPECT_THAT(listed("không ai"), IsEmpty());
}

TEST_P(Accounts, a_post_is_chosen_among_ones_own) {
    const auto signed_in = try_sign_in("an.nguyen", good).value();
    const Scope scope = whole_scope();
    const auto choose = [&](PostId post) {
        return db().write_now([&](db::Transaction& tx) { return choose_post(scope, tx, signed_in.session.id, post); });
    };
    EXPECT_EQ(refused(choose({999})), "accounts.not_your_post");
    ASSERT_TRUE(choose(scope.post));
    EXPECT_EQ(session_of(**db().read(), policy, signed_in.token, clock().now()).value()->post, scope.post);
}

CONGVU_BOTH_ENGINES(Accounts);

}  // namespace
}  // namespace accounts
