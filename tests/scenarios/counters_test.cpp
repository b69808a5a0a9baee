#include "modules/registry/registry.h"
#include "modules/session/session.h"
#include "tests/support/office.h"

// The figures of the network registers as of any day, against a slow second count over the list's rows.
namespace {

using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;

/// A connection in use from one day until before another; an empty day: still in use.
struct Used {
    std::string from;
    std::string until;
};

class Counters : public congvu::test::OfficeTest {
  protected:
    bool needs_registers() const override { return true; }
    void add_routes(service::Routes& routes) override {
        session::routes(routes);
        registry::routes(routes, engine());
    }
    void SetUp() override {
        OfficeTest::SetUp();
        if (IsSkipped()) return;
        add_desk("keeper", unit("office"), "Quản lý mạng", {"register_keeper"}, "Lưu Thị Mạng");
        add_desk("other_keeper", unit("directorate_office"), "Quản lý mạng", {"register_keeper"}, "Kiều Văn Lưới");
    }

    /// Carried over as it stands: days to come are not taken by hand, and counted all the same.
    Result<void> connect(const std::string& who, const Used& used) {
        const std::string code = "D-" + std::to_string(++made_);
        return write(scope_of(who), [&](const Scope& scope, db::Transaction& tx) -> Result<void> {
            records::Record record;
            record.declaration = engine().catalogue.find("connection_point");
            record.state = record.declaration->initial_state().code;
            record.agency = scope.agency;
            record.unit = scope.unit;
            record.created_at = tx.now();
            record.created_by = scope.person;
            record.created_by_post = scope.post;
            record.columns["code"] = code;
            record.columns["place"] = "Tầng 2";
            record.columns["activated_on"] = std::string(used.from);
            if (!used.until.empty()) record.columns["deactivated_on"] = std::string(used.until);
            return records::carry_over(scope, tx, record);
        });
    }
    Answer asked(const std::string& who, std::string_view day) {
        return as(who).get("/api/registers/connection_point/counters" + (day.empty() ? "" : "?on=" + std::string(day)));
    }
    /// What the rows of the asker's list say about the day.
    std::int64_t counted_by_hand(const std::string& who, const std::string& day) {
        const Answer list = as(who).get("/api/registers/connection_point/records?limit=200");
        std::int64_t count = 0;
        for (std::size_t row = 0; row < list.size("/items"); ++row) {
            const std::string values = "/items/" + std::to_string(row) + "/values/";
            const std::string until = list.string(values + "deactivated_on");
            if (list.string(values + "activated_on") <= day && (until.empty() || day < until)) ++count;
        }
        return count;
    }

    const std::vector<Used> uses{{"2025-12-31", "2026-01-01"}, {"2026-01-01", "2026-01-01"},
                                 {"2026-01-01", ""},           {"2026-02-28", "2026-03-01"},
                                 {"2026-03-01", "2026-12-31"}, {"2026-08-25", ""},
                                 {"2026-08-26", "2026-08-28"}, {"2027-01-01", ""}};
    const std::vector<std::pair<std::string, std::int64_t>> days{
        {"2025-12-30", 0}, {"2025-12-31", 1}, {"2026-01-01", 1}, {"2026-02-27", 1}, {"2026-02-28", 2},
        {"2026-03-01", 2}, {"2026-08-24", 2}, {"2026-08-25", 3}, {"2026-08-26", 4}, {"2026-08-27", 4},
        {"2026-08-28", 3}, {"2026-12-30", 3}, {"2026-12-31", 2}, {"2027-01-01", 3}, {"2030-06-15", 3}};

  private:
    int made_ = 0;
};
CONGVU_BOTH_ENGINES(Counters);

TEST_P(Counters, AreRightOnEveryDayWhateverTodayIs) {
    for (const Used& used : uses) ASSERT_TRUE(connect("keeper", used)) << used.from;
    for (const auto days_later : {0, 3, 400}) {
        later(std::chrono::hours(24) * days_later);
        forget("keeper");
        for (const auto& [day, expected] : days) {
            const Answer answer = asked("keeper", day);
            ASSERT_THAT(answer, Status(200)) << day;
            EXPECT_EQ(answer.string("/on"), day);
            EXPECT_EQ(answer.string("/counters/0/code"), "points");
            EXPECT_EQ(answer.number("/counters/0/value"), expected) << day << ", " << days_later << " days later";
            EXPECT_EQ(answer.number("/counters/0/value"), counted_by_hand("keeper", day)) << day;
        }
    }
}

TEST_P(Counters, AreOfTodayWhenNoDayIsNamed) {
    for (const Used& used : uses) ASSERT_TRUE(connect("keeper", used)) << used.from;
    Answer answer = asked("keeper", "");
    EXPECT_EQ(answer.string("/on"), "2026-08-25");
    EXPECT_EQ(answer.number("/counters/0/value"), 3);
    EXPECT_EQ(answer.string("/counters/0/label/vi"), "Số điểm kết nối");
    EXPECT_EQ(answer.string("/counters/0/label/en"), "Connection points");

    // 13 hours on it is 23:30 in Hà Nội; one hour more and the day has changed, though not in UTC.
    later(std::chrono::hours(13));
    forget("keeper");
    EXPECT_EQ(asked("keeper", "").string("/on"), "2026-08-25");
    later(std::chrono::hours(1));
    answer = asked("keeper", "");
    EXPECT_EQ(answer.string("/on"), "2026-08-26");
    EXPECT_EQ(answer.number("/counters/0/value"), 4);
}

TEST_P(Counters, StandOnWhatTheAskerMaySee) {
    ASSERT_TRUE(connect("keeper", uses[2]));
    ASSERT_TRUE(connect("other_keeper", uses[2]));
    ASSERT_TRUE(connect("other_keeper", uses[5]));
    EXPECT_EQ(asked("keeper", "2026-09-01").number("/counters/0/value"), 1);
    EXPECT_EQ(asked("other_keeper", "2026-09-01").number("/counters/0/value"), 2);
    EXPECT_EQ(asked("leader", "2026-09-01").number("/counters/0/value"), 1);
    EXPECT_EQ(asked("handler", "2026-09-01").number("/counters/0/value"), 0);
    EXPECT_THAT(nobody().get("/api/registers/connection_point/counters"), Status(401));
}

TEST_P(Counters, CountBeyondWhatAListCounts) {
    const auto scope = scope_of("keeper");
    const auto made = write(scope, [&](const Scope& who, db::Transaction& tx) -> Result<void> {
        for (int i = 0; i < 1'003; ++i)
            TRY(records::create(
                who, tx, engine(), "connection_point",
                {{{"code", "N-" + std::to_string(i)}, {"place", "x"}, {"activated_on", "2026-01-01"}}, {}, false, {}}));
        return {};
    });
    ASSERT_TRUE(made) << congvu::test::told(made);
    EXPECT_EQ(asked("keeper", "2026-05-05").number("/counters/0/value"), 1'003);
}

TEST_P(Counters, OfTheStateAreOfTodayOnly) {
    ASSERT_THAT(as("keeper").post("/api/registers/equipment/records",
                                  {{"values", {{"code", "X-1"}, {"name", "Xe"}, {"kind", "vehicle"}}}}),
                Status(201));
    const Answer today = as("keeper").get("/api/registers/equipment/counters?on=2026-08-25");
    EXPECT_EQ(today.number("/counters/0/value"), 1);
    EXPECT_EQ(today.at("/counters/0/today_only"), true);
    const Answer before = as("keeper").get("/api/registers/equipment/counters?on=2026-08-24");
    EXPECT_EQ(before.at("/counters/0/today_only"), true);
    EXPECT_TRUE(before.at("/counters/0/value").is_null());
}

TEST_P(Counters, OpenTheRecordsTheyCount) {
    for (const Used& used : uses) ASSERT_TRUE(connect("keeper", used)) << used.from;
    ASSERT_TRUE(connect("other_keeper", uses[2]));
    const std::string list = "/api/registers/connection_point/records?counter=points";
    for (const auto& [day, expected] : days) {
        const Answer rows = as("keeper").get(list + "&on=" + day);
        EXPECT_EQ(rows.number("/count/number"), expected) << day;
        ASSERT_EQ(rows.size("/items"), static_cast<std::size_t>(expected)) << day;
        for (std::size_t row = 0; row < rows.size("/items"); ++row) {
            const std::string values = "/items/" + std::to_string(row) + "/values/";
            const std::string until = rows.string(values + "deactivated_on");
            EXPECT_LE(rows.string(values + "activated_on"), day);
            EXPECT_TRUE(until.empty() || day < until) << day << " " << until;
        }
    }
    EXPECT_EQ(as("keeper").get(list).number("/count/number"), 3) << "of today when no day is named";
    EXPECT_EQ(as("handler").get(list).number("/count/number"), 0);
    // It narrows further like any list, and goes out like one.
    EXPECT_EQ(as("keeper").get(list + "&on=2026-08-26&activated_on=2026-08-26").number("/count/number"), 1);
    EXPECT_THAT(as("keeper").get("/api/registers/connection_point/export?format=csv&counter=points&on=2025-12-31"),
                Status(200));
    EXPECT_THAT(as("keeper").get("/api/registers/connection_point/records?counter=nothing"),
                Refused(404, "records.no_counter"));
    EXPECT_THAT(as("keeper").get(list + "&on=2026-02-30"), Refused(422, "base.bad_date"));
    EXPECT_THAT(as("keeper").get("/api/registers/equipment/records?counter=in_use"), Status(200));
    EXPECT_THAT(as("keeper").get("/api/registers/equipment/records?counter=in_use&on=2026-08-24"),
                Refused(422, "records.counted_today_only"));
}

TEST_P(Counters, RefuseAWrongDay) {
    for (const char* day : {"2026-02-30", "30/02/2026", "2026-13-01", "x", "0"}) {
        const Answer answer = asked("keeper", day);
        EXPECT_THAT(answer, Refused(422, "base.bad_date")) << day;
        EXPECT_EQ(answer.string("/error/field"), "on");
    }
    EXPECT_THAT(as("keeper").get("/api/registers/no_such/counters"), Refused(404, "records.no_register"));
}

}  // namespace
