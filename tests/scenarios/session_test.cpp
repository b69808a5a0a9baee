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
