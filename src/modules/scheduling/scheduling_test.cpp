#include "modules/scheduling/scheduling.h"

#include "tests/support/office.h"

namespace scheduling {
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;

class Scheduling : public congvu::test::OfficeTest {
  protected:
    void add_routes(service::Routes& routes) override { scheduling::routes(routes, engine()); }

    static object off(std::string_view basis = "Thông báo 12/TB") {
        return {{"kind", "holiday"}, {"note", "Ngày truyền thống"}, {"basis", basis}};
    }
    std::string due(const std::string& login, std::string_view from, int days) {
        return as(login)
            .get("/api/calendar/due?from=" + std::string(from) + "&working_days=" + std::to_string(days))
            .string("/due");
    }
    std::string kind(const Answer& year, std::string_view date) {
        for (std::size_t i = 0; i < year.size(); ++i)
            if (year.string("/" + std::to_string(i) + "/date") == date)
                return year.string("/" + std::to_string(i) + "/kind");
        return "";
    }
};

TEST_P(Scheduling, a_year_shows_every_day) {
    const Answer year = as("handler").get("/api/calendar/2026");
    ASSERT_THAT(year, Status(200));
    EXPECT_EQ(year.size(), 365u);
    EXPECT_EQ(kind(year, "2026-09-02"), "holiday");
    EXPECT_EQ(kind(year, "2026-08-25"), "working");
    EXPECT_EQ(kind(year, "2026-08-23"), "weekend");
    EXPECT_THAT(as("handler").get("/api/calendar/1500"), Refused(422, "calendar.bad_year"));
    EXPECT_THAT(as("handler").get("/api/calendar/nay"), Status(404));
    EXPECT_THAT(nobody().get("/api/calendar/2026"), Status(401));
}

TEST_P(Scheduling, a_term_ends_on_a_working_day) {
    EXPECT_EQ(due("handler", "2026-08-28", 3), "2026-09-07")
        << "past a weekend, a Monday swapped for a Saturday and two days of the national day";
    EXPECT_EQ(due("handler", "2026-08-25", 0), "2026-08-25");
    EXPECT_EQ(as("handler").get("/api/calendar/due?working_days=1").string("/due"), "2026-08-26") << "from today";
    EXPECT_THAT(as("handler").get("/api/calendar/due?working_days=-1"), Refused(422, "service.bad_number"));
    EXPECT_THAT(as("handler").get("/api/calendar/due?working_days=1001"), Refused(422, "service.bad_number"));
    EXPECT_THAT(as("handler").get("/api/calendar/due?from=morgen"), Refused(422, "base.bad_date"));
}

TEST_P(Scheduling, a_change_counts_from_its_commit_on_and_in_its_agency) {
    ASSERT_EQ(due("handler", "2026-08-25", 1), "2026-08-26");
    const auto before = engine().calendar();
    const Answer changed = as("chief").put("/api/calendar/days/2026-08-26", off());
    ASSERT_THAT(changed, Status(200));
    EXPECT_EQ(changed.string("/kind"), "holiday");
    EXPECT_EQ(changed.string("/note"), "Ngày truyền thống");
    EXPECT_NE(engine().calendar(), before);
    EXPECT_EQ(due("handler", "2026-08-25", 1), "2026-08-27");
    EXPECT_EQ(due("other_handler", "2026-08-25", 1), "2026-08-26") << "the other agency works";
    EXPECT_EQ(kind(as("handler").get("/api/calendar/2026"), "2026-08-26"), "holiday");
    EXPECT_EQ(journalled("calendar.changed"), 1);
}

TEST_P(Scheduling, only_the_top_changes_everyones_days) {
    object body = off();
    body["everyone"] = true;
    EXPECT_THAT(as("other_admin").put("/api/calendar/days/2026-08-26", body),
                Refused(403, "scheduling.top_agency_only"));
    EXPECT_EQ(due("other_handler", "2026-08-25", 1), "2026-08-26");
    ASSERT_THAT(as("admin").put("/api/calendar/days/2026-08-26", body), Status(200));
    EXPECT_EQ(due("other_handler", "2026-08-25", 1), "2026-08-27");
}

TEST_P(Scheduling, a_refused_change_changes_nothing) {
    const auto before = engine().calendar();
    EXPECT_THAT(as("handler").put("/api/calendar/days/2026-08-26", off()), Refused(403, "service.may_not"));
    EXPECT_THAT(as("chief").put("/api/calendar/days/2026-08-26", off("")), Refused(422, "calendar.no_basis"));
    EXPECT_THAT(as("chief").put("/api/calendar/days/2026-02-31", off()), Status(404));
    EXPECT_THAT(as("chief").put("/api/calendar/days/2026-08-26", object{{"kind", "feast"}, {"basis", "x"}}),
                Refused(422, "base.bad_choice"));
    EXPECT_THAT(as("chief").put("/api/calendar/days/2026-08-26", object{{"kind", "weekend"}, {"basis", "x"}}),
                Refused(422, "calendar.kind_of_weekday"));
    EXPECT_EQ(engine().calendar(), before);
    EXPECT_EQ(due("handler", "2026-08-25", 1), "2026-08-26");
}

CONGVU_BOTH_ENGINES(Scheduling);

}  // namespace
}  // namespace scheduling
