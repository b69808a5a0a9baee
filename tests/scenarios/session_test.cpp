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

TEST_P(SessionTest, AnActedPostCountsOnlyWhileItIsChosen) {
    const PostId own = desk("handler").post, acted = desk("leader").post;
    const auto acts = write([&](const Scope& scope, db::Transaction& tx) {
        return org::add_acting(scope, tx, {acted, desk("handler").person, scope.today, scope.today + 5, "QĐ 1"});
    });
    ASSERT_TRUE(acts) << told(acts);
    const Answer letter = as("clerk").post("/api/registers/incoming/records",
                                           {{"values", {{"sender", "Bộ Mẫu"}, {"subject", "V/v thử"}}}});
    ASSERT_THAT(letter, Status(201));
    const RecordId record{letter.number("/id")};
    const auto given = write(scope_of("clerk"), [&](const Scope& scope, db::Transaction& tx) {
        return steps::open(scope, tx,
                           {.record = record, .steps = {{.role = steps::Role::lead, .to = subject::post(acted)}}});
    });
    ASSERT_TRUE(given) << told(given);
    const std::string path = "/api/records/" + std::to_string(record.value);

    Answer session = as("handler").get("/api/session");
    EXPECT_EQ(session.number("/post"), own.value);
    ASSERT_EQ(session.size("/posts"), 2u) << "the acted post is offered";
    EXPECT_EQ(session.number("/posts/1/waiting"), 1) << "and says that work waits in it";
    EXPECT_FALSE(session.text.contains("\"assign\""));
    EXPECT_EQ(as("handler").get(path).status, 404);
    EXPECT_EQ(as("handler").get("/api/inbox?box=todo").size("/items"), 0u);

    session = as("handler").put("/api/session/post", {{"post", acted.value}});
    ASSERT_THAT(session, Status(200));
    EXPECT_TRUE(session.text.contains("\"assign\""));
    EXPECT_EQ(session.number("/posts/0/waiting"), 0);
    ASSERT_EQ(as("handler").get("/api/inbox?box=todo").size("/items"), 1u);
    const std::int64_t step = as("handler").get("/api/inbox?box=todo").number("/items/0/step");
    ASSERT_THAT(as("handler").put("/api/steps/" + std::to_string(step) + "/hand-on",
                                  {{"to", {{"kind", "post"}, {"id", desk("head").post.value}}}}),
                testing::AnyOf(Status(200), Status(204)));
    constexpr db::Sql by{
        "test.on_behalf_of",
        "select coalesce(on_behalf_of_person_id, 0), coalesce(post_id, 0) from journal_entry order by id desc limit 1"};
    const auto entry = read([&](db::Reader& reader) { return reader.row(by).value(); });
    EXPECT_EQ(entry->integer(0), desk("leader").person.value);
    EXPECT_EQ(entry->integer(1), acted.value);

    ASSERT_THAT(as("handler").put("/api/session/post", {{"post", own.value}}), Status(200));
    EXPECT_EQ(as("handler").get(path).status, 404) << "what was seen and done for the other is not seen after";
}

}  // namespace
}  // namespace congvu::test
