#include "core/records/comparison.h"
#include "tests/scenarios/whole_office.h"

// What was given is the giver's: who does it writes down what was done, and changes neither the task nor its deadline.
// A day said for a step is the step's, and the journal says nothing else.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using congvu::test::told;

class GivenWork : public congvu::test::WholeOfficeTest {
  protected:
    void SetUp() override {
        WholeOfficeTest::SetUp();
        if (IsSkipped()) return;
        add_desk("steering", unit("office"), "Thường trực Ban Chỉ đạo", {"steering"}, "Châu Thị Yên");
    }
    Answer make(const char* who, const std::string& code, object values) {
        Answer made = as(who).post("/api/registers/" + code + "/records", {{"values", std::move(values)}});
        EXPECT_THAT(made, Status(201));
        return made;
    }
    Answer act(const char* who, const Answer& record, const std::string& action, object values, object arguments = {}) {
        return as(who).post(
            at(record, "/actions/" + action),
            {{"version", version(record)}, {"values", std::move(values)}, {"arguments", std::move(arguments)}});
    }
    Answer change(const char* who, const Answer& record, object values) {
        return as(who).put(at(record), {{"version", version(record)}, {"values", std::move(values)}});
    }
    Answer assign(const char* who, const Answer& record, object assignment) {
        assignment["version"] = version(record);
        return as(who).post(at(record, "/assignments"), assignment);
    }
    std::int64_t version(const Answer& record) { return as("leader").get(at(record)).number("/version"); }
    object planning() const { return {{"kind", "unit"}, {"id", unit("planning").value}}; }
    object roads() const { return {{"kind", "unit"}, {"id", unit("roads").value}}; }
    /// What a look at the journal finds wrong; "" when nothing is.
    std::string differs() {
        const auto compared = records::compare_with_journal(db(), engine());
        if (!compared) return told(compared);
        return compared->fault ? compared->fault->message + " " + compared->fault->detail : "";
    }
};
CONGVU_BOTH_ENGINES(GivenWork);

TEST_P(GivenWork, ADaySaidForAStepIsNoValueOfTheRecord) {
    const Answer informed = make("clerk", "incoming", {{"sender", "Bộ A"}, {"subject", "Để biết"}});
    ASSERT_THAT(act("clerk", informed, "register", {}), Status(200));
    ASSERT_THAT(assign("leader", informed, {{"due", "2026-09-30"}, {"inform", {planning()}}}), Status(200));
    EXPECT_EQ(as("leader").get(at(informed)).at("/values/due"), nullptr);
    EXPECT_EQ(differs(), "");

    const Answer led = make("clerk", "incoming", {{"sender", "Bộ A"}, {"subject", "Chủ trì, rồi phối hợp"}});
    ASSERT_THAT(act("clerk", led, "register", {}), Status(200));
    ASSERT_THAT(assign("leader", led, {{"due", "2026-09-30"}, {"lead", {planning()}}}), Status(200));
    ASSERT_THAT(assign("leader", led, {{"due", "2026-09-10"}, {"support", {roads()}}}), Status(200));
    EXPECT_EQ(as("leader").get(at(led)).string("/values/due"), "2026-09-30");
    EXPECT_EQ(differs(), "");
    const Answer history = as("leader").get(at(led, "/history"));
    EXPECT_EQ(history.string("/items/0/action"), "record.acted");
    EXPECT_EQ(history.size("/items/0/changes"), 0u) << "the later day is the step's";
    EXPECT_EQ(history.string("/items/2/changes/0/after"), "30/09/2026") << "told once, as a change of the record";
}

struct Given {
    const char* code;
    const char* giver;
    object values;
    const char* gives;
    object with;
    std::vector<std::pair<const char*, boost::json::value>> not_the_leads;
    std::vector<std::pair<const char*, boost::json::value>> the_leads;
    const char* corrected_by;
    object correction;
};

TEST_P(GivenWork, WhoDoesItWritesDownOnlyWhatWasDone) {
    const boost::json::value roads_id = unit("roads").value;
    const Given cases[] = {
        {"task",
         "leader",
         {{"title_text", "Báo cáo tổng kết"}, {"due", "2026-09-30"}, {"product", "Báo cáo"}},
         "",
         {},
         {{"due", "2027-12-31"},
          {"title_text", "Việc khác"},
          {"product", "không"},
          {"urgency", "urgent"},
          {"content", "khác"}},
         {{"result", "Đã xong phần một"}},
         "correct",
         {{"title_text", "Báo cáo tổng kết năm"}}},
        {"legal_programme",
         "legal",
         {{"name", "Thông tư mẫu"}, {"drafting_unit", unit("planning").value}, {"planned_submission", "2026-09-30"}},
         "assign_drafting",
         {},
         {{"planned_submission", "2027-12-31"},
          {"name", "Thông tư khác"},
          {"drafting_unit", roads_id},
          {"programme_year", 2027}},
         {{"coordinating", "Vụ Pháp chế"}},
         "correct",
         {{"name", "Thông tư mẫu (sửa)"}}},
        {"finding",
         "steering",
         {{"subject", "Chậm"}, {"source", "Kết luận 1"}, {"owner", unit("planning").value}},
         "send",
         {{"due", "2026-09-30"}},
         {{"subject", "Không có gì"},
          {"severity", "low"},
          {"source", "khác"},
          {"origin", "self"},
          {"found_on", "2026-08-02"},
          {"owner", roads_id},
          {"due", "2027-12-31"}},
         {{"remedy", "Đang làm"}},
         "correct",
         {{"subject", "Chậm số hóa"}}},
        {"given_task",
         "steering",
         {{"name", "Nhiệm vụ"},
          {"source_text", "Nghị quyết 1"},
          {"given_on", "2026-08-01"},
          {"content", "digital"},
          {"product", "Kế hoạch"},
          {"due", "2026-09-30"},
          {"lead_unit", unit("planning").value}},
         "start",
         {},
         {{"name", "Việc nhẹ"},
          {"source_text", "khác"},
          {"product", "không"},
          {"given_on", "2026-08-20"},
          {"lead_unit", roads_id},
          {"due", "2027-12-31"}},
         {{"result", "Đang làm"}},
         "correct_task",
         {{"name", "Nhiệm vụ (sửa)"}}}};
    for (const Given& given : cases) {
        SCOPED_TRACE(given.code);
        const Answer record = make(given.giver, given.code, given.values);
        if (*given.gives == 0)
            ASSERT_THAT(assign(given.giver, record, {{"lead", {planning()}}, {"due", "2026-09-30"}}), Status(200));
        else
            ASSERT_THAT(act(given.giver, record, given.gives, given.with), Status(200));
        for (const auto& [field, value] : given.not_the_leads) {
            const Answer refused = change("head", record, {{field, value}});
            EXPECT_THAT(refused, Refused(422, "records.not_changed_here")) << field;
            EXPECT_EQ(refused.string("/error/field"), field);
            EXPECT_THAT(change(given.giver, record, {{field, value}}), Refused(422, "records.not_changed_here"))
                << "the giver says why: " << field;
        }
        for (const auto& [field, value] : given.the_leads)
            EXPECT_THAT(change("head", record, {{field, value}}), Status(200)) << field;
        const object because{{"reason", "Ghi nhầm"}};
        EXPECT_THAT(act("head", record, given.corrected_by, given.correction, because),
                    Refused(403, "records.may_not_act"));
        EXPECT_THAT(act(given.giver, record, given.corrected_by, given.correction),
                    Refused(422, "records.argument_required"));
        const Answer corrected = act(given.giver, record, given.corrected_by, given.correction, because);
        EXPECT_THAT(corrected, Status(200));
        for (const auto& [field, value] : given.correction)
            EXPECT_EQ(corrected.at("/values/" + std::string(field)), value);
    }
    EXPECT_EQ(differs(), "");
}

TEST_P(GivenWork, TheGiverMovesATasksDeadlineAndItsStepFollows) {
    const Answer task = make("leader", "task", {{"title_text", "Báo cáo"}, {"due", "2026-09-30"}});
    ASSERT_THAT(assign("leader", task, {{"lead", {planning()}}, {"due", "2026-09-30"}}), Status(200));
    const object later{{"due", "2026-10-15"}}, because{{"reason", "Thêm việc"}};
    EXPECT_THAT(act("head", task, "move_due", later, because), Refused(403, "records.may_not_act"));
    ASSERT_THAT(act("leader", task, "move_due", later, because), Status(200));
    EXPECT_EQ(as("head").get("/api/inbox").string("/items/0/due"), "2026-10-15");
    EXPECT_EQ(differs(), "");
}

}  // namespace
