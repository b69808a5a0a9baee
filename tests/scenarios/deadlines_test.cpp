#include "tests/scenarios/whole_office.h"

// Steps follow the record: a declared action closes those of a role, moves their deadlines; what is split stays within
// one's own.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using testing::HasSubstr;

class Deadlines : public congvu::test::WholeOfficeTest {
  protected:
    void SetUp() override {
        WholeOfficeTest::SetUp();
        if (IsSkipped()) return;
        add_desk("steering", unit("office"), "Thường trực Ban Chỉ đạo", {"steering"}, "Ban Chỉ Đạo");
    }
    std::size_t waiting(const std::string& who, std::string_view role) {
        const Answer inbox = as(who).get("/api/inbox");
        std::size_t found = 0;
        const boost::json::value items = inbox.at("/items");
        for (const auto& each : items.as_array()) found += each.at("role").as_string() == role;
        return found;
    }
    std::string due_in_inbox(const std::string& who) { return as(who).get("/api/inbox").string("/items/0/due"); }
    object unit_of(std::string_view code) const { return {{"kind", "unit"}, {"id", unit(code).value}}; }

    /// A letter the head leads until that day; gives the record and the step.
    std::pair<Answer, std::int64_t> led(std::string_view due) {
        const Answer made = make("clerk", "incoming", {{"sender", "Bộ Tài chính Mẫu"}, {"subject", "V/v dự toán"}});
        const Answer entered = act("clerk", made, "register");
        object body{{"version", entered.number("/version")}, {"lead", {post_of("head")}}};
        if (!due.empty()) body["due"] = due;
        const Answer steps = as("leader").post(at(made, "/assignments"), body);
        EXPECT_THAT(steps, Status(200));
        return {as("leader").get(at(made)), steps.number("/0/id")};
    }
    Answer split(const std::string& who, const Answer& record, std::int64_t step, object more) {
        more["step"] = step;
        return as(who).post(at(record, "/assignments"), more);
    }
};
CONGVU_BOTH_ENGINES(Deadlines);

const object because{{"reason", "Theo kế hoạch."}};

TEST_P(Deadlines, AFindingThatIsSentBackWaitsForNoApproval) {
    const Answer made =
        make("steering", "finding",
             {{"subject", "Chậm số hóa"}, {"source", "Kết luận 12"}, {"owner", unit("planning").value}});
    const Answer sent = act("steering", made, "send", {{"due", "2026-09-30"}});
    const Answer reported = act("head", sent, "report_fixed", {{"remedy", "Đã số hóa."}, {"evidence", "Biên bản 3"}});
    ASSERT_THAT(reported, Status(200));
    EXPECT_EQ(waiting("steering", "approve"), 1u);
    const Answer back = act("steering", reported, "send_back", {}, because);
    ASSERT_THAT(back, Status(200));
    EXPECT_EQ(waiting("steering", "approve"), 0u) << "the approval ends with its answer";
    EXPECT_EQ(waiting("head", "lead"), 1u) << "the lead goes on";
    const Answer again = act("head", back, "report_fixed");
    ASSERT_THAT(again, Status(200));
    EXPECT_EQ(waiting("steering", "approve"), 1u) << "one, not two";
    ASSERT_THAT(act("steering", again, "verify"), Status(200));
    EXPECT_EQ(waiting("steering", "approve"), 0u);
    EXPECT_EQ(waiting("head", "lead"), 0u);
}

TEST_P(Deadlines, ANewDeadlineMovesTheStep) {
    const Answer made = make("steering", "given_task",
                             {{"name", "Xây dựng kế hoạch số"},
                              {"source_text", "Nghị quyết 1"},
                              {"given_on", "2026-08-01"},
                              {"content", "digital"},
                              {"product", "Kế hoạch"},
                              {"due", "2026-09-30"}});
    Answer task = act("steering", made, "start", {{"lead_unit", unit("planning").value}});
    ASSERT_THAT(task, Status(200));
    EXPECT_EQ(due_in_inbox("head"), "2026-09-30");
    const Answer by_hand =
        as("steering").put(at(task), {{"version", task.number("/version")}, {"values", {{"due", "2026-10-01"}}}});
    EXPECT_THAT(by_hand, Refused(422, "records.not_changed_here")) << "the step would not know";
    EXPECT_EQ(by_hand.string("/error/field"), "due");

    task = act("head", task, "ask_extension", {}, because);
    ASSERT_THAT(task, Status(200));
    EXPECT_THAT(act("steering", task, "resume_work", {{"due", "2026-08-20"}}), Refused(422, "calendar.before_today"));
    task = act("steering", task, "resume_work", {{"due", "2026-10-31"}});
    ASSERT_THAT(task, Status(200));
    EXPECT_EQ(due_in_inbox("head"), "2026-10-31");
    EXPECT_THAT(as("head").get("/api/notices").text, HasSubstr("31/10/2026"));
    task = act("leader", task, "move_due", {{"due", "2026-10-15"}}, because);
    ASSERT_THAT(task, Status(200));
    EXPECT_EQ(due_in_inbox("head"), "2026-10-15");
    EXPECT_THAT(as("steering").get(at(task, "/history")).text, HasSubstr("Đổi hạn xử lý"));
}

TEST_P(Deadlines, ATaskIsDoneWhenItsGiverConfirms) {
    add_desk("keeper", unit("office"), "Cán bộ quản lý sổ", {"register_keeper"}, "Lưu Thị Sổ");
    const Answer made = make("keeper", "given_task",
                             {{"name", "Xây dựng kế hoạch số"},
                              {"source_text", "Nghị quyết 1"},
                              {"given_on", "2026-08-01"},
                              {"content", "digital"},
                              {"product", "Kế hoạch"},
                              {"due", "2026-09-30"}});
    Answer task = act("steering", made, "start", {{"lead_unit", unit("planning").value}});
    ASSERT_THAT(task, Status(200));
    const auto done = [&] { return as("steering").get("/api/registers/given_task/counters").at("/counters/1/value"); };
    task = act("head", task, "finish", {{"result", "Đã ban hành."}, {"done_on", "2026-08-20"}});
    ASSERT_THAT(task, Status(200));
    EXPECT_EQ(task.string("/state/label"), "Chờ xác nhận");
    EXPECT_EQ(waiting("keeper", "approve"), 1u) << "who wrote the task down is asked";
    EXPECT_EQ(waiting("head", "lead"), 1u) << "the lead is not rid of it";
    EXPECT_THAT(as("steering").get("/api/registers/given_task/records?queue=reported").text, HasSubstr("kế hoạch số"));
    EXPECT_EQ(done(), 0) << "not counted as done";
    EXPECT_THAT(act("head", task, "confirm"), Refused(403, "records.may_not_act"));

    task = act("steering", task, "send_back", {}, because);
    ASSERT_THAT(task, Status(200));
    EXPECT_EQ(task.at("/values/done_on"), nullptr) << "a day that was not confirmed is none";
    EXPECT_EQ(waiting("keeper", "approve"), 0u);
    task = act("head", task, "finish", {{"done_on", "2026-08-24"}});
    ASSERT_THAT(task, Status(200));
    task = act("keeper", task, "confirm", {{"done_on", "2026-08-25"}});
    ASSERT_THAT(task, Status(200));
    EXPECT_EQ(task.string("/state/code"), "done");
    EXPECT_EQ(task.string("/values/done_on"), "2026-08-25") << "the day is the giver's to set right";
    EXPECT_EQ(waiting("keeper", "approve") + waiting("head", "lead"), 0u);
    EXPECT_EQ(done(), 1);
}

TEST_P(Deadlines, WhatIsSplitStaysWithinOnesOwn) {
    const auto [record, step] = led("2026-09-04");
    const Answer late = split("head", record, step,
                              {{"instruction", "Dự thảo."}, {"due", "2026-09-07"}, {"lead", {post_of("handler")}}});
    EXPECT_THAT(late, Refused(422, "steps.after_own_due"));
    EXPECT_EQ(late.string("/error/field"), "due");
    EXPECT_THAT(late.string("/error/message"), HasSubstr("04/09/2026"));
    EXPECT_EQ(as("handler").get("/api/inbox").size("/items"), 0u);
    const Answer fine = split("head", record, step, {{"due", "2026-09-03"}, {"lead", {post_of("handler")}}});
    ASSERT_THAT(fine, Status(200));

    // More time beyond one's own is not one's to give.
    const std::int64_t inner = as("handler").get("/api/inbox").number("/items/0/step");
    const std::string extension = "/api/steps/" + std::to_string(inner) + "/extension";
    ASSERT_THAT(as("handler").put(extension, {{"due", "2026-09-10"}, {"reason", "Chờ số liệu"}}), Status(200));
    EXPECT_THAT(as("head").put(extension + "/decision", {{"granted", true}}), Refused(422, "steps.after_own_due"));
    EXPECT_THAT(as("head").put(extension + "/decision", {{"granted", true}, {"due", "2026-09-04"}}), Status(200));
}

TEST_P(Deadlines, MoreTimeGrantedMovesTheRecordsOwn) {
    auto [record, step] = led("2026-09-04");
    const auto own = [&] { return as("leader").get(at(record)).string("/values/due"); };
    const auto more_time = [&](const std::string& who, const std::string& giver, std::int64_t of,
                               std::string_view due) {
        const std::string extension = "/api/steps/" + std::to_string(of) + "/extension";
        EXPECT_THAT(as(who).put(extension, {{"due", due}, {"reason", "Chờ số liệu"}}), Status(200));
        EXPECT_THAT(as(giver).put(extension + "/decision", {{"granted", true}}), Status(200));
    };
    EXPECT_EQ(own(), "2026-09-04");
    more_time("head", "leader", step, "2026-09-10");
    EXPECT_EQ(own(), "2026-09-10");
    EXPECT_THAT(as("leader").get(at(record, "/history")).text, HasSubstr("Hạn của hồ sơ theo hạn được gia hạn"));
    // What is given further down stays within it and moves nothing.
    ASSERT_THAT(split("head", record, step, {{"due", "2026-09-07"}, {"lead", {post_of("handler")}}}), Status(200));
    const std::int64_t inner = as("handler").get("/api/inbox").number("/items/0/step");
    more_time("handler", "head", inner, "2026-09-09");
    EXPECT_EQ(own(), "2026-09-10");
    // Nor is a later deadline of the record drawn nearer; with none of its own it goes by the day the sender asks for.
    const auto put = [&](object values) {
        const std::int64_t version = as("chief").get(at(record)).number("/version");
        ASSERT_THAT(as("chief").put(at(record), {{"version", version}, {"values", std::move(values)}}), Status(200));
    };
    put({{"due", "2026-09-25"}});
    more_time("head", "leader", step, "2026-09-14");
    EXPECT_EQ(own(), "2026-09-25");
    put({{"due", nullptr}});
    more_time("head", "leader", step, "2026-09-15");
    EXPECT_EQ(own(), "") << "it follows its steps";
    put({{"reply_by", "2026-09-04"}});
    more_time("head", "leader", step, "2026-09-16");
    EXPECT_EQ(own(), "2026-09-16");
    // The late figure agrees.
    later(std::chrono::hours(24 * 20));
    const auto late = [&] {
        for (const char* who : {"leader", "clerk"}) forget(who);
        return as("leader").get("/api/registers/incoming/records?queue=late").size("/items");
    };
    EXPECT_EQ(late(), 0u) << "14/09/2026";
    later(std::chrono::hours(24 * 3));
    EXPECT_EQ(late(), 1u) << "17/09/2026";
}

TEST_P(Deadlines, WorkingDaysGiveTheRecordItsDeadlineToo) {
    const Answer made = make("clerk", "incoming", {{"sender", "Bộ Tài chính Mẫu"}, {"subject", "V/v dự toán"}});
    const Answer entered = act("clerk", made, "register");
    ASSERT_THAT(
        as("leader").post(at(made, "/assignments"),
                          {{"version", entered.number("/version")}, {"working_days", 3}, {"lead", {post_of("head")}}}),
        Status(200));
    EXPECT_EQ(as("leader").get(at(made)).string("/values/due"), "2026-08-28");
}

TEST_P(Deadlines, NobodySupportsOneself) {
    const auto [record, step] = led("");
    for (const char* role : {"support", "inform"}) {
        const Answer own = split("head", record, step, {{"lead", {post_of("handler")}}, {role, {post_of("head")}}});
        EXPECT_THAT(own, Refused(422, "documents.to_oneself")) << role;
        EXPECT_EQ(own.string("/error/field"), role);
    }
    EXPECT_THAT(split("head", record, step, {{"support", {unit_of("planning")}}}), Refused(422, "documents.to_oneself"))
        << "the unit one heads";
    EXPECT_THAT(split("head", record, step, {{"lead", {post_of("head")}}}), Refused(422, "documents.to_oneself"));
    EXPECT_THAT(as("head").post(at(record, "/opinions"), {{"to", {post_of("head")}}, {"text", "Ý kiến?"}}),
                Refused(422, "documents.to_oneself"));
    EXPECT_THAT(split("head", record, step, {{"support", {post_of("handler")}}}), Status(200));
}

TEST_P(Deadlines, AMassDirectiveNamesTheUnitItFailsAt) {
    const Answer made = make("clerk", "incoming", {{"sender", "Bộ Tài chính Mẫu"}, {"subject", "V/v dự toán"}});
    const Answer entered = act("clerk", made, "register");
    const auto direct = [&](boost::json::array leads) {
        return as("leader").post(at(made, "/assignments"),
                                 {{"version", entered.number("/version")}, {"mass", true}, {"lead", std::move(leads)}});
    };
    const Answer foreign = direct({unit_of("planning"), unit_of("directorate_office"), unit_of("roads")});
    EXPECT_THAT(foreign, Refused(422, "steps.bad_addressee"));
    EXPECT_THAT(foreign.string("/error/message"), HasSubstr("Văn phòng Tổng cục"));
    const Answer twice = direct({unit_of("planning"), unit_of("roads"), unit_of("roads")});
    EXPECT_THAT(twice, Refused(422, "steps.same_addressee"));
    EXPECT_THAT(twice.string("/error/message"), HasSubstr("Cục Hạ tầng"));
    EXPECT_THAT(direct({unit_of("planning"), unit_of("roads")}), Status(200));
}

}  // namespace
