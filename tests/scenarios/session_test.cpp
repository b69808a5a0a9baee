#include "tests/scenarios/whole_office.h"

// Who is signed in, and for how long.
namespace congvu::test {
namespace {

class SessionTest : public WholeOfficeTest {
  protected:
    /// As a disk without room leaves it: that the session was used is not written down.
    void lose_what_was_seen() {
        constexpr db::Sql lose{"test.lose_seen", "update session set last_seen_at = created_at"};
        const auto lost = write([&](const Scope&, db::Transaction& tx) { return tx.execute(lose); });
        ASSERT_TRUE(lost) << told(lost);
    }
};
CONGVU_BOTH_ENGINES(SessionTest);

TEST_P(SessionTest, EndsWhenItIsNotUsed) {
    ASSERT_THAT(as("handler").get("/api/session"), Status(200));
    later(host().policy.idle - std::chrono::minutes(1));
    ASSERT_THAT(as("handler").get("/api/session"), Status(200));
    later(host().policy.idle);
    EXPECT_THAT(as("handler").get("/api/session"), Refused(401, "service.signed_out"));
}

TEST_P(SessionTest, RefusalsAreInTheLanguageOfTheAccount) {
    add_desk("guest", unit("office"), "Cộng tác viên", {}, "Lê Văn Khách");
    const auto message = [](const Answer& answer) { return answer.string("/error/message"); };
    const auto in = [](Language language, std::string_view code) { return messages::text(language, code); };
    // A question and a change, both with a permission on their line.
    const auto change = [&](const std::string& who) {
        return as(who).post("/api/registers/incoming/books/1/closing", {});
    };
    EXPECT_EQ(message(as("guest").get("/api/inbox")), in(Language::vi, "service.may_not"));
    EXPECT_EQ(message(as("guest").in_english().get("/api/inbox")), in(Language::vi, "service.may_not"))
        << "the account says it, not the browser";
    for (const char* who : {"guest", "handler"})
        ASSERT_THAT(as(who).put("/api/account/preferences", {{"language", "en"}}), Status(204));
    for (const Answer& refused : {as("guest").get("/api/inbox"), change("guest"), change("handler")}) {
        EXPECT_THAT(refused, Refused(403, "service.may_not"));
        EXPECT_EQ(message(refused), in(Language::en, "service.may_not"));
    }
    EXPECT_EQ(message(as("handler").without_csrf().put("/api/account/preferences", {{"language", "vi"}})),
              in(Language::en, "service.bad_csrf"));
    EXPECT_EQ(message(change("legal")), in(Language::vi, "service.may_not"));
    EXPECT_EQ(message(nobody().in_english().get("/api/inbox")), in(Language::en, "service.signed_out"));
    EXPECT_EQ(message(nobody().get("/api/inbox")), in(Language::vi, "service.signed_out"));
}

TEST_P(SessionTest, APageOfAnotherPostOrAccountDoesNothing) {
    const Desk& handler = desk("handler");
    const Client mine = as("handler").drawn_for(handler.account, handler.post);
    const Client other_post = as("handler").drawn_for(handler.account, desk("legal").post);
    const Client other_account = as("handler").drawn_for(desk("legal").account, handler.post);
    const auto mark = [](const Client& page) { return page.put("/api/account/preferences", {{"marked", true}}); };
    for (const Client& page : {other_post, other_account}) {
        EXPECT_THAT(mark(page), Refused(409, "service.acting_as_another"));
        EXPECT_THAT(page.get("/api/inbox"), Refused(409, "service.acting_as_another"));
        EXPECT_THAT(page.get("/api/session"), Status(200)) << "it finds out whose the session is";
    }
    EXPECT_THAT(mine.get("/api/account/preferences"), Status(200));
    EXPECT_TRUE(mine.get("/api/account/preferences").json.as_object().empty());
    EXPECT_THAT(mark(mine), Status(204));
    EXPECT_THAT(as("handler").get("/api/inbox"), Status(200)) << "who calls the API need not say it";
}

TEST_P(SessionTest, GoesOnWhileNothingCanBeWritten) {
    ASSERT_THAT(as("handler").get("/api/session"), Status(200));
    for (int i = 0; i < 3; ++i) {
        later(host().policy.idle - std::chrono::minutes(10));
        EXPECT_THAT(as("handler").get("/api/inbox"), Status(200)) << i;
        lose_what_was_seen();
    }
    later(host().policy.idle);
    EXPECT_THAT(as("handler").get("/api/session"), Refused(401, "service.signed_out"));
}

}  // namespace
}  // namespace congvu::test
