#include "tests/scenarios/whole_office.h"

// What the shipped registers hold to beyond their way from state to state: breaks in use and the figures of those days,
// what goes with what, twins.
namespace {

using boost::json::array;
using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using testing::HasSubstr;
using testing::Not;

class RegisterDays : public congvu::test::WholeOfficeTest {
  protected:
    void SetUp() override {
        WholeOfficeTest::SetUp();
        if (IsSkipped()) return;
        add_desk("keeper", unit("office"), "Cán bộ quản lý sổ", {"register_keeper"}, "Lưu Thị Sổ");
    }
    /// The warnings of a new record, or of one that is there, with these values.
    std::string warned(const std::string& code, object values, const Answer* record = nullptr) {
        object body{{"values", std::move(values)}};
        if (record) body["id"] = record->number("/id");
        const Answer said = as("keeper").post("/api/registers/" + code + "/check", body);
        EXPECT_THAT(said, Status(200));
        return boost::json::serialize(said.at("/warnings"));
    }
    std::int64_t counted(const std::string& code, const std::string& day) {
        return as("keeper").get("/api/registers/" + code + "/counters?on=" + day).number("/counters/0/value");
    }
};
CONGVU_BOTH_ENGINES(RegisterDays);

const object because{{"reason", "Theo kế hoạch."}};

TEST_P(RegisterDays, WhatWasStoppedIsUsedAgainAndTheBreakIsNotCounted) {
    struct Used {
        const char *code, *start, *stopped_on, *stop, *again, *again_on;
        object values;
    };
    const Used all[] = {
        {"computer",
         "connected_on",
         "disconnected_on",
         "disconnect",
         "connect_again",
         "connected_again_on",
         {{"asset_code", "MT-X1"}}},
        {"connection_point",
         "activated_on",
         "deactivated_on",
         "stop",
         "start_again",
         "activated_again_on",
         {{"code", "D-1"}, {"place", "Tầng 2"}}},
        {"network_node",
         "activated_on",
         "deactivated_on",
         "stop",
         "start_again",
         "activated_again_on",
         {{"code", "M-1"}, {"name", "Đầu mối"}}},
    };
    for (const Used& each : all) {
        SCOPED_TRACE(each.code);
        object values = each.values;
        values[each.start] = "2026-01-01";
        Answer record = make("keeper", each.code, values);
        ASSERT_THAT(record, Status(201));
        record = act("keeper", record, each.stop, {{each.stopped_on, "2026-03-01"}}, because);
        ASSERT_THAT(record, Status(200));
        EXPECT_EQ(counted(each.code, "2026-06-01"), 0);
        EXPECT_THAT(act("keeper", record, each.again, {{each.again_on, "2026-02-28"}}, because),
                    Refused(422, "records.declared"));
        EXPECT_THAT(act("keeper", record, each.again, {{each.again_on, "2026-08-26"}}, because),
                    Refused(422, "records.declared"));
        EXPECT_THAT(act("keeper", record, each.again, {{each.again_on, "2026-05-01"}}),
                    Refused(422, "records.argument_required"));
        EXPECT_THAT(act("keeper", record, "correct_break", {}, because), Refused(409, "records.declared"));
        record = act("keeper", record, each.again, {{each.again_on, "2026-05-01"}}, because);
        ASSERT_THAT(record, Status(200));
        EXPECT_EQ(record.string("/values/off_from"), "2026-03-01");
        const auto expect_counted = [&](std::initializer_list<std::pair<const char*, int>> days) {
            for (const auto& [day, number] : days) EXPECT_EQ(counted(each.code, day), number) << day;
        };
        expect_counted({{"2025-12-31", 0},
                        {"2026-02-28", 1},
                        {"2026-03-01", 0},
                        {"2026-04-30", 0},
                        {"2026-05-01", 1},
                        {"2026-08-25", 1}});
        record = act("keeper", record, "correct_break", {{"off_from", "2026-04-01"}}, because);
        ASSERT_THAT(record, Status(200));
        expect_counted({{"2026-03-31", 1}, {"2026-04-01", 0}, {"2026-05-01", 1}});
        // Stopped again: not before it came back, and the day of coming back is asked for anew.
        EXPECT_THAT(act("keeper", record, each.stop, {{each.stopped_on, "2026-04-15"}}, because),
                    Refused(422, "records.declared"));
        record = act("keeper", record, each.stop, {{each.stopped_on, "2026-07-01"}}, because);
        ASSERT_THAT(record, Status(200));
        expect_counted({{"2026-04-15", 0}, {"2026-06-30", 1}, {"2026-07-01", 0}});
        EXPECT_THAT(act("keeper", record, each.again, {}, because), Refused(422, "records.declared"));
    }
}

TEST_P(RegisterDays, AComputerThatComesBackIsLookedAtFirst) {
    Answer computer = make("keeper", "computer", {{"asset_code", "MT-X2"}, {"antivirus", false}});
    computer = act("keeper", computer, "disconnect", {{"disconnected_on", "2026-08-25"}});
    ASSERT_THAT(computer, Status(200));
    computer = act("keeper", computer, "connect_again", {{"connected_again_on", "2026-08-25"}}, because);
    EXPECT_EQ(computer.string("/state/code"), "isolated") << computer.text;
    EXPECT_THAT(act("keeper", computer, "reconnect"), Refused(409, "records.declared"));
}

TEST_P(RegisterDays, ANetworkAddressIsOne) {
    for (const char* good : {"10.20.0.11", "255.255.255.255", "2001:db8::11", "::1", "fe80::", "1:2:3:4:5:6:7:8"}) {
        const Answer made = make("keeper", "computer", {{"asset_code", good}, {"address", good}});
        EXPECT_THAT(made, Status(201)) << good;
    }
    for (const char* bad : {"999.1.1.1", "10.20.0", "10.20.0.11.5", "01.2.3.4", "...", "::::", "1:2", "1::2::3", "abc"})
        EXPECT_THAT(make("keeper", "computer", {{"asset_code", bad}, {"address", bad}}),
                    Refused(422, "records.declared"))
            << bad;
}

TEST_P(RegisterDays, ACodeIsTakenInAnyCase) {
    const Answer first = make("keeper", "computer", {{"asset_code", "MT-Đ1"}});
    ASSERT_THAT(first, Status(201));
    for (const char* same : {"MT-Đ1", "mt-đ1", "Mt-đ1 "})
        EXPECT_THAT(make("keeper", "computer", {{"asset_code", same}}), Refused(422, "records.not_unique")) << same;
    for (const char* other : {"MT-D1", "MT-Đ", "MT-Đ11", "MTĐ1"})
        EXPECT_THAT(make("keeper", "computer", {{"asset_code", other}}), Status(201)) << other;
    EXPECT_THAT(
        as("keeper").put(at(first), {{"version", first.number("/version")}, {"values", {{"asset_code", "mt-đ1"}}}}),
        Status(200))
        << "its own";
}

TEST_P(RegisterDays, AStoppedNodeAndItsPointsAreToldOf) {
    Answer node = make("keeper", "network_node", {{"code", "M-1"}, {"name", "Đầu mối"}});
    const object point{{"code", "D-1"}, {"place", "Tầng 2"}, {"node", node.number("/id")}};
    EXPECT_THAT(warned("connection_point", point), Not(HasSubstr("đã ngừng")));
    Answer hung = make("keeper", "connection_point", point);
    ASSERT_THAT(hung, Status(201));
    EXPECT_THAT(warned("network_node", {}, &node), Not(HasSubstr("còn điểm")));
    node = act("keeper", node, "stop", {{"deactivated_on", "2026-08-25"}}, because);
    ASSERT_THAT(node, Status(200));
    EXPECT_THAT(warned("network_node", {}, &node), HasSubstr("còn điểm đang kết nối"));
    EXPECT_THAT(warned("connection_point", {{"code", "D-2"}, {"place", "Tầng 3"}, {"node", node.number("/id")}}),
                HasSubstr("đầu mối của nó đã ngừng"));
    hung = act("keeper", hung, "stop", {{"deactivated_on", "2026-08-25"}}, because);
    ASSERT_THAT(hung, Status(200));
    EXPECT_THAT(warned("network_node", {}, &node), Not(HasSubstr("còn điểm")));
}

TEST_P(RegisterDays, OnePersonHasOneInsuranceBook) {
    const Answer first = make("keeper", "insurance_book",
                              {{"full_name", "Trần Thị Một"}, {"born_on", "1990-01-01"}, {"joined_on", "2015-01-01"}});
    ASSERT_THAT(first, Status(201));
    const auto of = [&](const char* name, const char* born) {
        return warned("insurance_book", {{"full_name", name}, {"born_on", born}, {"joined_on", "2015-01-01"}});
    };
    EXPECT_THAT(of("TRẦN  THỊ MỘT", "1990-01-01"), HasSubstr("Trùng họ tên và ngày sinh"));
    EXPECT_THAT(of("Trần Thị Một", "1990-01-02"), Not(HasSubstr("Trùng")));
    EXPECT_THAT(of("Trần Thị Hai", "1990-01-01"), Not(HasSubstr("Trùng")));
    EXPECT_THAT(warned("insurance_book", {}, &first), Not(HasSubstr("Trùng"))) << "no twin of itself";
    ASSERT_THAT(act("keeper", first, "withdraw_request", {}, because), Status(200));
    EXPECT_THAT(of("Trần Thị Một", "1990-01-01"), Not(HasSubstr("Trùng")));
}

TEST_P(RegisterDays, AProgrammesFigureWithoutItsOtherIsToldSo) {
    object values{{"name", "Luật mẫu"},
                  {"form", "law"},
                  {"drafting_unit", unit("planning").value},
                  {"planned_submission", "2026-12-01"}};
    const auto refused = [&](const char* field, const char* other, const char* says) {
        object with = values;
        with[field] = 3;
        const Answer alone = make("legal", "legal_programme", with);
        EXPECT_THAT(alone, Refused(422, "records.declared"));
        EXPECT_EQ(alone.string("/error/field"), field);
        EXPECT_THAT(alone.text, HasSubstr(says));
        EXPECT_THAT(alone.text, Not(HasSubstr("nhiều hơn")));
        with[other] = 2;
        EXPECT_THAT(make("legal", "legal_programme", with).text, HasSubstr("nhiều hơn"));
        with[other] = 3;
        EXPECT_THAT(make("legal", "legal_programme", with), Status(201));
    };
    refused("comments_accepted", "comments_received", "thiếu số ý kiến nhận được");
    refused("votes_for", "votes_present", "thiếu số đại biểu biểu quyết");
}

TEST_P(RegisterDays, AProgrammeIsPostponedToALaterDay) {
    Answer draft =
        make("legal", "legal_programme",
             {{"name", "Nghị định"}, {"drafting_unit", unit("planning").value}, {"planned_submission", "2026-08-30"}});
    ASSERT_THAT(draft, Status(201));
    for (const char* day : {"2026-08-24", "2026-08-28", "2026-08-30"})
        EXPECT_THAT(act("legal", draft, "postpone", {{"postponed_to", day}}, because), Refused(422, "records.declared"))
            << day;
    draft = act("legal", draft, "postpone", {{"postponed_to", "2026-12-30"}}, because);
    ASSERT_THAT(draft, Status(200));
    EXPECT_EQ(draft.string("/values/planned_submission"), "2026-12-30");
    EXPECT_EQ(draft.string("/values/postponed_from"), "2026-08-30");
    EXPECT_EQ(draft.string("/values/postponed_on"), "2026-08-25");
    draft = act("legal", draft, "assign_drafting");
    ASSERT_THAT(draft, Status(200));
    EXPECT_EQ(as("head").get("/api/inbox").string("/items/0/due"), "2026-12-30");
    EXPECT_THAT(act("legal", draft, "postpone", {}, because), Refused(422, "records.declared")) << "the day of before";
}

TEST_P(RegisterDays, ATaskEndedByItsStepKeepsTheReasonAndIsOpenedAgain) {
    Answer task = make("leader", "task", {{"title_text", "Rà soát biểu mẫu"}});
    ASSERT_THAT(task, Status(201));
    task = act("leader", task, "assign", {}, {{"lead", array{post_of("head")}}, {"instruction", "Rà soát."}});
    ASSERT_THAT(task, Status(200));
    const std::int64_t step = as("head").get("/api/inbox").number("/items/0/step");
    ASSERT_THAT(as("head").put("/api/steps/" + std::to_string(step) + "/finish",
                               {{"outcome", "no_reply"}, {"reason", "Đã rà soát, không phải sửa."}}),
                Status(200));
    task = as("leader").get(at(task));
    EXPECT_EQ(task.string("/state/code"), "done");
    EXPECT_EQ(task.string("/values/result"), "Đã rà soát, không phải sửa.");
    task = act("leader", task, "reopen", {}, because);
    ASSERT_THAT(task, Status(200));
    EXPECT_EQ(task.string("/state/code"), "registered");
    EXPECT_EQ(task.string("/values/finished_on"), "");
    EXPECT_EQ(task.string("/values/result"), "Đã rà soát, không phải sửa.");
    EXPECT_EQ(as("head").get("/api/inbox").size("/items"), 0u) << "it is assigned anew";
}

}  // namespace
