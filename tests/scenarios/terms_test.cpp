#include "tests/scenarios/whole_office.h"

// What a declaration says of time beside the fields: by when an action is done, how long a record is kept.
namespace {

using congvu::test::Answer;
using congvu::test::Status;
using testing::HasSubstr;
using testing::Not;

class Terms : public congvu::test::WholeOfficeTest {
  protected:
    Answer act(const Answer& record, const std::string& action, boost::json::object arguments = {}) {
        Answer done = as("clerk").post(
            at(record, "/actions/" + action),
            {{"version", as("clerk").get(at(record)).number("/version")}, {"arguments", std::move(arguments)}});
        EXPECT_THAT(done, Status(200)) << action;
        return done;
    }
    /// The day an offered action is to be done by; "" when it has none.
    std::string by(const Answer& made, const std::string& action) {
        const Answer record = as("clerk").get(at(made));
        for (std::size_t i = 0; i < record.size("/actions"); ++i) {
            const std::string place = "/actions/" + std::to_string(i);
            if (record.string(place + "/code") != action) continue;
            return record.string(place + "/by");
        }
        return "not offered";
    }
    Answer made() {
        Answer made = as("clerk").post("/api/registers/incoming/records",
                                       {{"values", {{"sender", "Sở Mẫu"}, {"subject", "Vào sổ muộn"}}}});
        EXPECT_THAT(made, Status(201));
        return made;
    }
};
CONGVU_BOTH_ENGINES(Terms);

TEST_P(Terms, AnActionIsDoneWithinItsDays) {
    const Answer record = made();
    EXPECT_EQ(by(record, "register"), "2026-08-26");
    EXPECT_THAT(as("clerk").get(at(record)).text, Not(HasSubstr("phải xong trong ngày")));
    later(std::chrono::hours(24 * 3));
    forget("clerk");
    EXPECT_THAT(as("clerk").get(at(record)).text, HasSubstr("“Vào sổ” phải xong trong ngày 26/08/2026"));
    // To be accepted is on the way: the days still run from the arrival.
    act(record, "accept");
    EXPECT_EQ(by(record, "register"), "2026-08-26");
    EXPECT_THAT(as("clerk").in_english().get(at(record)).text, HasSubstr("was to be done by 26/08/2026"));
    const Answer registered = act(record, "register");
    EXPECT_THAT(registered.text, Not(HasSubstr("phải xong trong ngày")));
    EXPECT_EQ(by(record, "submit"), "2026-09-03") << "registered on a Friday before the holidays";
    act(record, "submit");
    EXPECT_THAT(by(record, "submit"), testing::AnyOf("", "not offered")) << "it is done";
}

TEST_P(Terms, ARecordIsKeptSoManyYearsFromTheOneItEndedIn) {
    const Answer record = made();
    EXPECT_EQ(record.number("/keep/years"), 20);
    EXPECT_FALSE(record.at("/keep").as_object().contains("until")) << "the work goes on";
    act(record, "register");
    later(std::chrono::hours(24 * 150));
    forget("clerk");
    const Answer ended = act(record, "return", {{"reason", "Gửi nhầm"}});
    EXPECT_EQ(ended.number("/keep/until"), 2047) << "it ended in January 2027";
}

}  // namespace
