#include "tests/scenarios/whole_office.h"

// Each shipped register from its first state to its last: by the right role, with its guards and checks, refused to the
// wrong role, and not found by who may not see it. One table; a row is a sentence.
namespace {

using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::told;
using testing::HasSubstr;
using testing::Not;

/// Somebody does something and either reaches a state or is refused with a code.
struct Deed {
    std::string who;
    std::string action;  ///< empty: changes fields
    std::string values;  ///< JSON; $unit and @login stand for their numbers
    std::string arguments;
    std::string state;
    std::string refused;
};
Deed does(std::string who, std::string action, std::string state, std::string values = "{}",
          std::string arguments = "{}") {
    return {std::move(who), std::move(action), std::move(values), std::move(arguments), std::move(state), ""};
}
Deed may_not(std::string who, std::string action, std::string code, std::string values = "{}",
             std::string arguments = "{}") {
    return {std::move(who), std::move(action), std::move(values), std::move(arguments), "", std::move(code)};
}
Deed fills(std::string who, std::string values, std::string state) {
    return {std::move(who), "", std::move(values), "{}", std::move(state), ""};
}

struct Walk {
    std::string register_code;
    std::string maker, outsider, not_a_maker;
    std::string values;
    std::string mark;  ///< words of its title
    std::vector<Deed> deeds;
};

const std::string because = R"({"reason": "Theo kế hoạch."})";

const std::vector<Walk> walks{
    {"legal_programme",
     "legal",
     "roads_handler",
     "handler",
     R"({"name": "Thông tư quản lý tài sản mẫu", "drafting_unit": "$planning", "planned_submission": "2026-11-30"})",
     "tài sản mẫu",
     {may_not("handler", "assign_drafting", "records.may_not_act"),
      does("legal", "assign_drafting", "assigned"),
      does("head", "begin_drafting", "drafting"),
      may_not("head", "consult", "records.required"),
      may_not("head", "consult", "records.declared",
              R"({"draft_done_on": "2026-08-20", "posted_on": "2026-08-21", "posted_until": "2026-08-20"})"),
      does("head", "consult", "consulting",
           R"({"draft_done_on": "2026-07-20", "posted_on": "2026-07-21", "posted_until": "2026-09-20"})"),
      may_not("legal", "collect", "records.declared", R"({"comments_received": 12, "comments_accepted": 9})"),
      fills("legal", R"({"posted_until": "2026-08-20"})", "consulting"),
      may_not("legal", "collect", "records.declared", R"({"comments_received": 12, "comments_accepted": 13})"),
      does("legal", "collect", "collecting", R"({"comments_received": 12, "comments_accepted": 9})"),
      may_not("legal", "submit_it", "records.not_in_state"),
      may_not("head", "send_to_appraisal", "records.declared", R"({"appraisal_sent_on": "2026-08-19"})"),
      may_not("head", "send_to_appraisal", "records.declared", R"({"appraisal_sent_on": "2026-07-19"})"),
      does("head", "send_to_appraisal", "appraising", R"({"appraisal_sent_on": "2026-08-24"})"),
      may_not("head", "appraise", "records.may_not_act"),
      does("legal", "appraise", "revising", R"({"appraised_on": "2026-08-25", "appraisal": "Đủ điều kiện trình."})"),
      does("head", "submit_it", "submitted", R"({"submitted_on": "2026-08-25"})"),
      may_not("clerk", "issue_it", "records.declared", R"({"number": "12/2026/TT-BM", "issued_on": "2026-08-24"})"),
      does("clerk", "issue_it", "issued", R"({"number": "12/2026/TT-BM", "issued_on": "2026-08-25"})"),
      does("clerk", "publish", "published"),
      may_not("legal", "implement", "records.required"),
      does("legal", "implement", "implemented", R"({"plan": "Kế hoạch 5/KH-BM"})"),
      may_not("legal", "withdraw_it", "records.not_in_state", "{}", because)}},
    {"legal_programme",
     "legal",
     "roads_handler",
     "handler",
     R"({"name": "Nghị định xin lùi mẫu", "drafting_unit": "$planning", "planned_submission": "2026-10-30"})",
     "xin lùi mẫu",
     {does("leader", "assign_drafting", "assigned"),
      may_not("legal", "postpone", "records.argument_required", R"({"postponed_to": "2027-03-31"})"),
      may_not("legal", "postpone", "records.required", "{}", because),
      may_not("legal", "postpone", "records.declared", R"({"postponed_to": "2026-10-30"})", because),
      does("legal", "postpone", "postponed", R"({"postponed_to": "2027-03-31"})", because),
      does("legal", "withdraw_it", "withdrawn", "{}", because)}},
    {"insurance_book",
     "keeper",
     "roads_handler",
     "leader",
     R"({"full_name": "Nguyễn Văn Thẻ Mẫu", "born_on": "1985-02-03", "joined_on": "2010-01-01", "salary": "10000000"})",
     "Thẻ Mẫu",
     {may_not("leader", "grant", "records.may_not_act"), may_not("keeper", "grant", "records.required"),
      may_not(
          "keeper", "grant", "records.declared",
          R"({"insurance_number": "0123456789", "card_number": "HC4019999999999", "card_from": "2026-01-01", "card_to": "2026-12-31"})"),
      // The number stands in the card, and not at its end.
      may_not(
          "keeper", "grant", "records.declared",
          R"({"insurance_number": "4970123456", "card_number": "DN4970123456789", "card_from": "2026-01-01", "card_to": "2026-12-31"})"),
      may_not(
          "keeper", "grant", "records.declared",
          R"({"insurance_number": "0123456789", "card_number": "HC4010123456789", "card_from": "2025-01-01", "card_to": "2026-08-24"})"),
      does(
          "keeper", "grant", "active",
          R"({"insurance_number": "0123456789", "card_number": "HC4010123456789", "card_from": "2026-01-01", "card_to": "2026-12-31"})"),
      may_not("keeper", "", "records.declared", R"({"insurance_number": null})"),
      may_not("keeper", "", "records.declared", R"({"card_number": null})"),
      may_not("keeper", "", "records.declared", R"({"card_from": null})"),
      may_not("keeper", "", "records.declared", R"({"card_to": null})"),
      fills("keeper", R"({"clinic": "Bệnh viện Mẫu"})", "active"),
      may_not("keeper", "replace", "records.argument_required"), does("keeper", "replace", "replacing", "{}", because),
      may_not("keeper", "", "records.declared", R"({"card_number": null})"),
      may_not("keeper", "granted_again", "records.declared", R"({"card_from": "2025-01-01", "card_to": "2026-08-24"})"),
      does("keeper", "granted_again", "active", R"({"card_to": "2027-12-31"})"),
      does("keeper", "replace", "replacing", "{}", because), does("keeper", "keep_card", "active", "{}", because),
      does("keeper", "end", "ended", "{}", because),
      does("keeper", "correct", "ended", R"({"joined_on": "2011-01-01"})", because),
      // A number is for life: whoever joins again has the same book opened again.
      may_not("keeper", "join_again", "records.argument_required", R"({"card_to": "2028-12-31"})"),
      does("keeper", "join_again", "active", R"({"card_from": "2028-01-01", "card_to": "2028-12-31"})", because)}},
    {"insurance_book",
     "keeper",
     "roads_handler",
     "leader",
     R"({"full_name": "Lê Thị Rút Mẫu", "born_on": "1990-02-03", "joined_on": "2026-12-01"})",
     "Rút Mẫu",
     {may_not("keeper", "withdraw_request", "records.argument_required"),
      does("keeper", "withdraw_request", "withdrawn", "{}", because),
      may_not("keeper", "grant", "records.not_in_state"), does("keeper", "request_again", "requested", "{}", because)}},
    {"equipment",
     "keeper",
     "roads_handler",
     "leader",
     R"({"code": "MD-9", "name": "Máy đo khoảng cách mẫu", "kind": "workshop", "used_from": "2020-01-01"})",
     "khoảng cách mẫu",
     {may_not("chief", "repair", "records.may_not_act", "{}", because),
      may_not("keeper", "repair", "records.argument_required"), does("keeper", "repair", "in_repair", "{}", because),
      does("keeper", "put_in_use", "in_use"),
      does("keeper", "transfer", "in_use", R"({"holder_unit": "$planning"})", because),
      does("keeper", "store", "in_store"),
      may_not("keeper", "dispose", "records.declared", R"({"decision": "1/QĐ", "disposed_on": "2026-08-25"})"),
      fills("keeper", R"({"grade": 5})", "in_store"),
      may_not("keeper", "dispose", "records.declared", R"({"decision": "1/QĐ", "disposed_on": "2019-12-31"})"),
      does("keeper", "dispose", "disposed", R"({"decision": "1/QĐ", "disposed_on": "2026-08-25"})"),
      may_not("chief", "correct", "records.may_not_act", R"({"disposed_on": "2026-08-20"})", because),
      does("keeper", "correct", "disposed", R"({"disposed_on": "2026-08-20"})", because)}},
    {"network_node",
     "keeper",
     "roads_handler",
     "leader",
     R"({"code": "DM-1", "name": "Đầu mối miền Bắc mẫu", "activated_on": "2026-01-01"})",
     "miền Bắc mẫu",
     {may_not("leader", "report_down", "records.may_not_act", "{}", because),
      may_not("keeper", "report_down", "records.argument_required"),
      does("keeper", "report_down", "down", "{}", because), does("keeper", "restore", "active"),
      may_not("keeper", "stop", "records.required", "{}", because),
      may_not("keeper", "stop", "records.declared", R"({"deactivated_on": "2025-12-31"})", because),
      does("keeper", "stop", "stopped", R"({"deactivated_on": "2026-08-25"})", because),
      does("keeper", "correct", "stopped", R"({"deactivated_on": "2026-08-20"})", because)}},
    {"connection_point",
     "keeper",
     "roads_handler",
     "leader",
     R"({"code": "D-7", "place": "Phòng họp lớn mẫu", "activated_on": "2026-01-01"})",
     "họp lớn mẫu",
     {may_not("leader", "stop", "records.may_not_act", "{}", because),
      may_not("keeper", "stop", "records.declared", R"({"deactivated_on": "2025-12-31"})", because),
      does("keeper", "stop", "stopped", R"({"deactivated_on": "2026-08-25"})", because),
      does("keeper", "correct", "stopped", R"({"deactivated_on": "2026-08-20"})", because)}},
    {"computer",
     "keeper",
     "roads_handler",
     "leader",
     R"({"asset_code": "MT-7", "used_for": "Soạn thảo mẫu", "address": "10.1.2.3", "connected_on": "2026-01-01"})",
     "Soạn thảo mẫu",
     {may_not("leader", "isolate", "records.may_not_act", "{}", because),
      does("keeper", "isolate", "isolated", "{}", because), fills("keeper", R"({"antivirus": false})", "isolated"),
      may_not("keeper", "reconnect", "records.declared"), fills("keeper", R"({"antivirus": true})", "isolated"),
      does("keeper", "reconnect", "connected"), may_not("keeper", "disconnect", "records.required"),
      does("keeper", "disconnect", "disconnected", R"({"disconnected_on": "2026-08-25"})"),
      may_not("keeper", "correct", "records.argument_required", R"({"disconnected_on": "2026-08-20"})"),
      may_not("keeper", "correct", "records.declared", R"({"disconnected_on": "2025-12-31"})", because),
      does("keeper", "correct", "disconnected", R"({"disconnected_on": "2026-08-20"})", because)}},
    {"finding",
     "steering",
     "roads_handler",
     "handler",
     R"({"subject": "Chậm số hóa hồ sơ mẫu", "source": "Kết luận 12/KL", "owner": "$planning"})",
     "số hóa hồ sơ mẫu",
     {may_not("handler", "send", "records.may_not_act", R"({"due": "2026-09-30"})"),
      may_not("steering", "send", "records.required"),
      may_not("steering", "send", "records.declared", R"({"due": "2026-08-24"})"),
      does("steering", "send", "assigned", R"({"due": "2026-09-30"})"),
      may_not("head", "report_fixed", "records.required"),
      does("head", "report_fixed", "fixed", R"({"remedy": "Đã số hóa.", "evidence": "Biên bản 3"})"),
      may_not("head", "verify", "records.may_not_act"), does("steering", "send_back", "assigned", "{}", because),
      does("head", "report_fixed", "fixed"), does("steering", "verify", "closed"),
      may_not("steering", "drop", "records.not_in_state", "{}", because)}},
    {"given_task",
     "steering",
     "roads_handler",
     "handler",
     R"({"name": "Xây dựng kế hoạch số mẫu", "source_text": "Nghị quyết 1", "given_on": "2026-08-01", "content": "digital", "product": "Kế hoạch", "due": "2026-09-30"})",
     "kế hoạch số mẫu",
     {may_not("steering", "start", "records.required"),
      does("leader", "start", "in_progress", R"({"lead_unit": "$planning"})"),
      does("head", "ask_extension", "extended", "{}", because),
      does("head", "take_back_extension", "in_progress"),
      does("head", "ask_extension", "extended", "{}", because),
      may_not("steering", "refuse_extension", "records.argument_required"),
      does("steering", "refuse_extension", "in_progress", "{}", because),
      does("head", "ask_extension", "extended", "{}", because),
      may_not("head", "resume_work", "records.may_not_act"),
      may_not("steering", "resume_work", "records.declared", R"({"due": "2026-07-01"})"),
      does("steering", "resume_work", "in_progress", R"({"due": "2026-10-31"})"),
      may_not("head", "finish", "records.required"),
      may_not("head", "confirm", "records.may_not_act", R"({"result": "Đã ban hành.", "done_on": "2026-08-25"})"),
      does("head", "finish", "reported", R"({"result": "Đã ban hành.", "done_on": "2026-08-20"})"),
      may_not("head", "confirm", "records.may_not_act"),
      may_not("steering", "send_back", "records.argument_required"),
      does("steering", "send_back", "in_progress", "{}", because),
      may_not("head", "finish", "records.required"),
      does("head", "finish", "reported", R"({"done_on": "2026-08-25"})"),
      does("steering", "confirm", "done"),
      may_not("steering", "withdraw_it", "records.not_in_state", "{}", because)}},
    {"task",
     "leader",
     "roads_handler",
     "handler",
     R"({"title_text": "Chuẩn bị họp giao ban mẫu"})",
     "giao ban mẫu",
     {may_not("leader", "finish", "records.not_in_state"),
      does("leader", "assign", "in_progress", "{}",
           R"({"lead": [{"kind": "post", "id": "@head"}], "instruction": "Chuẩn bị."})"),
      may_not("head", "cancel", "records.may_not_act", "{}", because), may_not("head", "finish", "records.required"),
      does("head", "finish", "done", R"({"result": "Đã chuẩn bị."})"),
      may_not("head", "reopen", "records.may_not_act", "{}", because),
      may_not("leader", "reopen", "records.argument_required"), does("leader", "reopen", "registered", "{}", because),
      does("leader", "assign", "in_progress", "{}",
           R"({"lead": [{"kind": "post", "id": "@head"}], "instruction": "Bổ sung."})"),
      does("head", "finish", "done"), may_not("leader", "cancel", "records.not_in_state", "{}", because)}}};

class Registers : public congvu::test::WholeOfficeTest {
  protected:
    void SetUp() override {
        WholeOfficeTest::SetUp();
        if (IsSkipped()) return;
        add_desk("keeper", unit("office"), "Cán bộ quản lý sổ", {"register_keeper"}, "Lưu Thị Sổ");
        add_desk("steering", unit("office"), "Thường trực Ban Chỉ đạo", {"steering"}, "Ban Chỉ Đạo");
    }

    /// "$planning" and "@head" become the numbers of the unit and the post.
    boost::json::value read_json(const std::string& text) const { return with_numbers(boost::json::parse(text)); }
    boost::json::value with_numbers(boost::json::value value) const {
        if (auto* object = value.if_object())
            for (auto& [key, each] : *object) each = with_numbers(each);
        if (auto* array = value.if_array())
            for (auto& each : *array) each = with_numbers(each);
        if (value.is_string() && value.as_string().starts_with("$"))
            return unit(std::string(std::string_view(value.as_string()).substr(1))).value;
        if (value.is_string() && value.as_string().starts_with("@"))
            return desk(std::string(std::string_view(value.as_string()).substr(1))).post.value;
        return value;
    }

    void walk(const Walk& each) {
        const std::string records = "/api/registers/" + each.register_code + "/records";
        const boost::json::object body{{"values", read_json(each.values)}};
        EXPECT_EQ(as(each.not_a_maker).post(records, body).refused(), "records.may_not_create") << each.not_a_maker;
        const Answer made = as(each.maker).post(records, body);
        ASSERT_EQ(made.status, 201) << made.text;
        const std::string path = "/api/records/" + std::to_string(made.number("/id"));
        std::string state = made.string("/state/code");
        std::int64_t version = made.number("/version");
        for (const Deed& deed : each.deeds) {
            SCOPED_TRACE(deed.who + " " + (deed.action.empty() ? "edits" : deed.action));
            const Answer answer =
                deed.action.empty()
                    ? as(deed.who).put(path, {{"version", version}, {"values", read_json(deed.values)}})
                    : as(deed.who).post(path + "/actions/" + deed.action, {{"version", version},
                                                                           {"values", read_json(deed.values)},
                                                                           {"arguments", read_json(deed.arguments)}});
            ASSERT_EQ(answer.refused(), deed.refused) << answer.text;
            if (!deed.refused.empty()) {
                const Answer still = as(each.maker).get(path);
                EXPECT_EQ(still.number("/version"), version) << "a refusal changes nothing";
                EXPECT_EQ(still.string("/state/code"), state);
                continue;
            }
            ASSERT_EQ(answer.string("/state/code"), deed.state) << answer.text;
            state = deed.state;
            version = answer.number("/version");
        }
        expect_found(each, path, each.maker, true);
        expect_found(each, path, each.outsider, false);
        expect_found(each, path, "other_handler", false);
    }

    /// A task given from above, in the hands of the planning department.
    Answer given_task() {
        const Answer task = as("steering")
                                .post("/api/registers/given_task/records", {{"values",
                                                                             {{"name", "Lập kế hoạch"},
                                                                              {"source_text", "Nghị quyết 1"},
                                                                              {"given_on", "2026-08-01"},
                                                                              {"content", "digital"},
                                                                              {"product", "Kế hoạch"},
                                                                              {"due", "2026-09-30"}}}});
        return as("steering")
            .post("/api/records/" + std::to_string(task.number("/id")) + "/actions/start",
                  {{"version", task.number("/version")}, {"values", {{"lead_unit", unit("planning").value}}}});
    }
    /// Does the tree offer this act on its step of that place?
    static bool may(const Answer& tree, std::size_t place, std::string_view act) {
        const boost::json::value offered = tree.at("/" + std::to_string(place) + "/may");
        return std::ranges::find(offered.as_array(), act, [](const auto& each) {
                   return std::string_view(each.as_string());
               }) != offered.as_array().end();
    }

    void expect_found(const Walk& each, const std::string& path, const std::string& who, bool found) {
        SCOPED_TRACE(who + (found ? " finds it" : " does not find it"));
        const std::string list = "/api/registers/" + each.register_code;
        const std::string words = http::percent_encoded(each.mark);
        for (const char* part : {"", "/history", "/access"})
            EXPECT_EQ(as(who).get(path + part).status, found ? 200 : 404) << part;
        const Answer rows = as(who).get(list + "/records?q=" + words);
        EXPECT_EQ(rows.size("/items"), found ? 1u : 0u);
        EXPECT_EQ(rows.number("/count/number"), found ? 1 : 0);
        EXPECT_EQ(as(who).get("/api/search?q=" + words).size("/items"), found ? 1u : 0u);
        const std::string csv = as(who).get(list + "/export?format=csv").text;
        if (found)
            EXPECT_THAT(csv, HasSubstr(each.mark));
        else
            EXPECT_THAT(csv, Not(HasSubstr(each.mark)));
    }

  private:
};
CONGVU_BOTH_ENGINES(Registers);

TEST_P(Registers, GoTheirWholeWay) {
    for (const Walk& each : walks) {
        SCOPED_TRACE(each.register_code);
        walk(each);
    }
}

TEST_P(Registers, ALeadsStepEndsByTheRegistersOwnAction) {
    const Answer task = as("steering")
                            .post("/api/registers/given_task/records", {{"values",
                                                                         {{"name", "Lập kế hoạch"},
                                                                          {"source_text", "Nghị quyết 1"},
                                                                          {"given_on", "2026-08-01"},
                                                                          {"content", "digital"},
                                                                          {"product", "Kế hoạch"},
                                                                          {"due", "2026-09-30"}}}});
    ASSERT_EQ(task.status, 201) << task.text;
    const std::string path = "/api/records/" + std::to_string(task.number("/id"));
    const Answer given = as("steering")
                             .post(path + "/actions/start", {{"version", task.number("/version")},
                                                             {"values", {{"lead_unit", unit("planning").value}}}});
    ASSERT_EQ(given.status, 200) << given.text;

    // The step alone would leave the task open without its result: the register asks for that.
    const std::int64_t step = as("head").get("/api/inbox").number("/items/0/step");
    ASSERT_NE(step, 0);
    const Answer refused = as("head").put("/api/steps/" + std::to_string(step) + "/finish",
                                          {{"outcome", "no_reply"}, {"reason", "Đã xong."}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.refused(), "documents.finish_by_action");
    EXPECT_THAT(refused.text, HasSubstr("Báo hoàn thành"));
    EXPECT_EQ(as("head").get("/api/inbox").size("/items"), 1u);
    EXPECT_EQ(as("steering").get(path).string("/state/code"), "in_progress");

    const Answer done = as("head").post(
        path + "/actions/finish",
        {{"version", given.number("/version")}, {"values", {{"result", "Đã lập."}, {"done_on", "2026-08-25"}}}});
    EXPECT_EQ(done.string("/state/code"), "reported") << done.text;
    EXPECT_EQ(as("head").get("/api/inbox").size("/items"), 1u) << "until its giver confirms";
    const Answer confirmed =
        as("steering")
            .post(path + "/actions/confirm", {{"version", done.number("/version")}, {"values", boost::json::object()}});
    EXPECT_EQ(confirmed.string("/state/code"), "done") << confirmed.text;
    EXPECT_EQ(as("head").get("/api/inbox").size("/items"), 0u);
}

TEST_P(Registers, ADecisionThatTheirActionsGiveIsNotEndedByItsStep) {
    const auto refuses = [&](const std::string& path, const std::string& action) {
        SCOPED_TRACE(path);
        const std::int64_t step = as("steering").get("/api/inbox").number("/items/0/step");
        ASSERT_NE(step, 0);
        const Answer tree = as("steering").get(path + "/steps");
        const std::size_t last = tree.size() - 1;
        ASSERT_EQ(tree.number("/" + std::to_string(last) + "/id"), step);
        EXPECT_FALSE(may(tree, last, "finish"));
        EXPECT_TRUE(may(tree, last, "hand_on"));
        const Answer refused = as("steering")
                                   .put("/api/steps/" + std::to_string(step) + "/finish",
                                        {{"outcome", "no_reply"}, {"reason", "Đã xem."}});
        EXPECT_THAT(refused, Refused(409, "documents.finish_by_action"));
        EXPECT_THAT(refused.text, HasSubstr(action));
        EXPECT_EQ(as("steering").get("/api/inbox").size("/items"), 1u);
    };
    const Answer given = given_task();
    ASSERT_EQ(given.status, 200) << given.text;
    std::string path = "/api/records/" + std::to_string(given.number("/id"));
    EXPECT_FALSE(may(as("head").get(path + "/steps"), 0, "finish")) << "nor is the lead's step";
    EXPECT_TRUE(may(as("head").get(path + "/steps"), 0, "hand_on"));
    const Answer asked =
        as("head").post(path + "/actions/ask_extension",
                        {{"version", given.number("/version")}, {"arguments", {{"reason", "Chờ số liệu."}}}});
    ASSERT_EQ(asked.status, 200) << asked.text;
    refuses(path, "Cho lùi thời hạn");
    ASSERT_EQ(as("steering")
                  .post(path + "/actions/refuse_extension",
                        {{"version", asked.number("/version")}, {"arguments", {{"reason", "Đã đủ số liệu."}}}})
                  .status,
              200);

    const Answer found =
        as("steering")
            .post("/api/registers/finding/records",
                  {{"values",
                    {{"subject", "Chậm trả kết quả"}, {"source", "Kết luận 5"}, {"owner", unit("planning").value}}}});
    ASSERT_EQ(found.status, 201) << found.text;
    path = "/api/records/" + std::to_string(found.number("/id"));
    const Answer sent =
        as("steering")
            .post(path + "/actions/send", {{"version", found.number("/version")}, {"values", {{"due", "2026-09-30"}}}});
    ASSERT_EQ(sent.status, 200) << sent.text;
    const Answer fixed =
        as("steering")
            .post(path + "/actions/report_fixed", {{"version", sent.number("/version")},
                                                   {"values", {{"remedy", "Nhắc hạn."}, {"evidence", "Báo cáo 7"}}}});
    ASSERT_EQ(fixed.status, 200) << fixed.text;
    refuses(path, "Chưa đạt, khắc phục tiếp");
}

TEST_P(Registers, KeepWhatOnlyTheirKeeperMayRead) {
    const Answer book =
        as("keeper").post("/api/registers/insurance_book/records", {{"values",
                                                                     {{"full_name", "Trần Thị Kín"},
                                                                      {"born_on", "1990-01-01"},
                                                                      {"joined_on", "2015-01-01"},
                                                                      {"salary", "12345678"},
                                                                      {"personal_number", "012345678901"}}}});
    ASSERT_EQ(book.status, 201) << book.text;
    EXPECT_THAT(boost::json::serialize(book.at("/values/employee_part")), HasSubstr("987654"));
    const std::string path = "/api/records/" + std::to_string(book.number("/id"));
    for (const std::string& where : {path, path + "/history", std::string("/api/registers/insurance_book/records"),
                                     std::string("/api/registers/insurance_book/export?format=csv")}) {
        const std::string text = as("leader").get(where).text;
        EXPECT_THAT(text, Not(HasSubstr("12345678"))) << where;
        EXPECT_THAT(text, Not(HasSubstr("987654"))) << where;
    }
    EXPECT_EQ(as("keeper")
                  .post("/api/registers/insurance_book/records", {{"values",
                                                                   {{"full_name", "Khác"},
                                                                    {"born_on", "1990-01-01"},
                                                                    {"joined_on", "2015-01-01"},
                                                                    {"insurance_number", "123"}}}})
                  .refused(),
              "records.declared");
    // Asking for a book is no draft: who it is for is said at once.
    EXPECT_EQ(as("keeper").post("/api/registers/insurance_book/records", {{"values", boost::json::object()}}).refused(),
              "records.required");
}

// What has happened is not after today, and the day of an end comes with the action that ends.
TEST_P(Registers, AComputerWithoutAUseIsTitledByItsCodeAlone) {
    const auto title = [&](boost::json::object values) {
        return as("keeper").post("/api/registers/computer/records", {{"values", std::move(values)}}).string("/title");
    };
    EXPECT_EQ(title({{"asset_code", "PC-1"}}), "PC-1");
    EXPECT_EQ(title({{"asset_code", "PC-2"}, {"used_for", "  "}}), "PC-2");
    EXPECT_EQ(title({{"asset_code", "PC-3"}, {"used_for", "Soạn thảo"}}), "PC-3 – Soạn thảo");
}

TEST_P(Registers, TakeNoDayToComeForWhatHasHappened) {
    struct Ending {
        const char* code;
        const char* maker;
        const char* values;
        const char* begun;  ///< its day of beginning; empty: none is typed
        const char* ended;  ///< its day of ending, of `action`
        const char* action;
        const char* with;
    };
    const Ending all[] = {
        {"computer", "keeper", R"({"asset_code": "PC-1"})", "connected_on", "disconnected_on", "disconnect", "{}"},
        {"connection_point", "keeper", R"({"code": "D-1", "place": "Tầng 2"})", "activated_on", "deactivated_on",
         "stop", "{}"},
        {"network_node", "keeper", R"({"code": "M-1", "name": "Đầu mối"})", "activated_on", "deactivated_on", "stop",
         "{}"},
        {"equipment", "keeper", R"({"code": "X-1", "name": "Xe", "kind": "vehicle", "grade": 5})", "used_from",
         "disposed_on", "dispose", R"({"decision": "1/QĐ"})"},
        {"given_task", "steering",
         R"({"name": "A", "source_text": "B", "given_on": "2026-01-01", "content": "general", "product": "C", "due": "2026-12-31", "lead_unit": "$planning"})",
         "given_on", "done_on", "confirm", R"({"result": "Xong"})"},
        {"finding", "steering", R"({"subject": "A", "source": "B", "owner": "$planning", "due": "2026-12-31"})",
         "found_on", "fixed_on", "", "{}"},
        {"insurance_book", "keeper", R"({"full_name": "A", "born_on": "1990-01-01", "joined_on": "2026-12-01"})",
         "born_on", "", "", "{}"},
        {"legal_programme", "legal",
         R"({"name": "A", "drafting_unit": "$planning", "planned_submission": "2026-12-01"})", "", "submitted_on", "",
         "{}"}};
    for (const Ending& each : all) {
        SCOPED_TRACE(each.code);
        const std::string records = "/api/registers/" + std::string(each.code) + "/records";
        boost::json::object values = read_json(each.values).as_object();
        const boost::json::object right = values;
        if (*each.begun != 0) {
            values[each.begun] = "2026-08-26";
            const Answer refused = as(each.maker).post(records, {{"values", values}});
            EXPECT_THAT(refused, Refused(422, "records.declared"));
            EXPECT_EQ(refused.string("/error/field"), each.begun);
            values = right;
        }
        Answer made = as(each.maker).post(records, {{"values", values}});
        ASSERT_EQ(made.status, 201) << made.text;
        if (*each.ended == 0) continue;
        const std::string path = "/api/records/" + std::to_string(made.number("/id"));
        const Answer typed =
            as(each.maker).put(path, {{"version", made.number("/version")}, {"values", {{each.ended, "2026-08-25"}}}});
        EXPECT_THAT(typed, Refused(422, "records.not_changed_here"));
        values[each.ended] = "2026-08-25";
        EXPECT_THAT(as(each.maker).post(records, {{"values", values}}), Refused(422, "records.not_changed_here"));
        if (*each.action == 0) continue;
        if (std::string_view(each.action) == "confirm") {
            made = as("steering")
                       .post(path + "/actions/start",
                             {{"version", made.number("/version")}, {"values", boost::json::object()}});
            ASSERT_EQ(made.status, 200) << made.text;
        }
        const auto end = [&](const char* day) {
            boost::json::object sent = read_json(each.with).as_object();
            sent[each.ended] = day;
            return as(each.maker)
                .post(
                    path + "/actions/" + each.action,
                    {{"version", made.number("/version")}, {"values", sent}, {"arguments", {{"reason", "Hết dùng"}}}});
        };
        const Answer refused = end("2099-01-01");
        EXPECT_THAT(refused, Refused(422, "records.declared"));
        EXPECT_EQ(refused.string("/error/field"), each.ended);
        const Answer ended = end("2026-08-25");
        ASSERT_EQ(ended.status, 200) << ended.text;
        EXPECT_EQ(ended.string("/values/" + std::string(each.ended)), "2026-08-25");
    }
}

TEST_P(Registers, FindingsAreNumberedWithoutAGap) {
    const std::string records = "/api/registers/finding/records";
    const auto finding = [&](const char* owner) {
        return boost::json::object{
            {"values", {{"subject", "Việc"}, {"source", "Kết luận"}, {"owner", unit(owner).value}}}};
    };
    EXPECT_EQ(as("steering").post(records, finding("roads")).string("/values/number"), "TT-001/2026");
    boost::json::object wrong = finding("roads");
    wrong["values"].as_object()["due"] = "2026-01-01";
    EXPECT_EQ(as("steering").post(records, wrong).refused(), "records.declared");
    EXPECT_EQ(as("steering").post(records, finding("planning")).string("/values/number"), "TT-002/2026");
}

}  // namespace
