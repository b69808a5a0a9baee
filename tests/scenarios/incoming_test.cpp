#include "core/journal/history.h"
#include "tests/scenarios/whole_office.h"

// A document comes in, is numbered, assigned, split, answered by opinion, finished and found; outsiders never see it.
namespace {

using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using testing::HasSubstr;
using testing::Not;

class Incoming : public congvu::test::WholeOfficeTest {
  protected:
    boost::json::object letter(std::string_view notation = "310/TTr-BTC") const {
        return {{"sender", "Bộ Tài chính Mẫu"},
                {"notation", notation},
                {"issued_on", "2026-08-24"},
                {"kind", "submission"},
                {"subject", "V/v phân bổ dự toán năm 2027"}};
    }
    Answer receive(std::string_view notation = "310/TTr-BTC") {
        return as("clerk").post("/api/registers/incoming/records", {{"values", letter(notation)}});
    }
    Answer act(const std::string& who, const Answer& record, std::string_view action,
               boost::json::object arguments = {}) {
        return as(who).post(at(record, "/actions/" + std::string(action)),
                            {{"version", record.number("/version")}, {"arguments", std::move(arguments)}});
    }
    Answer assign(const std::string& who, const Answer& record, boost::json::object more) {
        more["version"] = record.number("/version");
        return as(who).post(at(record, "/assignments"), more);
    }
};
CONGVU_BOTH_ENGINES(Incoming);

TEST_P(Incoming, GoesItsWholeWay) {
    Answer record = receive();
    ASSERT_THAT(record, Status(201));
    EXPECT_EQ(record.string("/state/code"), "received");
    EXPECT_EQ(record.string("/values/arrival_number"), "");

    record = act("clerk", record, "register");
    ASSERT_THAT(record, Status(200));
    EXPECT_EQ(record.string("/values/arrival_number"), "01");
    EXPECT_EQ(record.string("/state/code"), "registered");

    // The leader writes the bút phê: the head leads, the other department supports, legal is informed.
    Answer steps = assign("leader", record,
                          {{"instruction", "Chủ trì tham mưu."},
                           {"due", "2026-09-04"},
                           {"lead", {post_of("head")}},
                           {"support", {post_of("roads_head")}},
                           {"inform", {post_of("legal")}}});
    ASSERT_THAT(steps, Status(200));
    EXPECT_EQ(steps.size(), 3u);
    EXPECT_EQ(as("leader").get(at(record)).string("/state/code"), "in_progress");
    EXPECT_EQ(as("head").get("/api/inbox").size("/items"), 1u);
    EXPECT_EQ(as("roads_head").get("/api/inbox?box=support").size("/items"), 1u);
    EXPECT_EQ(as("legal").get("/api/inbox?box=inform").size("/items"), 1u);

    // The head splits it further; a lead can't finish silently over open support.
    const std::int64_t lead = as("head").get("/api/inbox").number("/items/0/step");
    ASSERT_THAT(
        as("head").post(
            at(record, "/assignments"),
            {{"step", lead}, {"instruction", "Dự thảo."}, {"due", "2026-09-03"}, {"lead", {post_of("handler")}}}),
        Status(200));
    const std::int64_t inner = as("handler").get("/api/inbox").number("/items/0/step");
    const std::string finish_inner = "/api/steps/" + std::to_string(inner) + "/finish";
    EXPECT_THAT(as("handler").put(finish_inner, {{"outcome", "done"}}), Refused(422, "documents.needs_product"));
    EXPECT_THAT(as("handler").put(finish_inner, {{"outcome", "no_reply"}}), Refused(422, "documents.needs_reason"));
    EXPECT_THAT(as("legal").put(finish_inner, {{"outcome", "no_reply"}, {"reason", "x"}}),
                Refused(403, "steps.not_yours"));
    ASSERT_THAT(as("handler").put(finish_inner, {{"outcome", "no_reply"}, {"reason", "Chỉ để tổng hợp."}}),
                Status(200));

    const std::int64_t support = as("roads_head").get("/api/inbox?box=support").number("/items/0/step");
    ASSERT_THAT(as("roads_head").put("/api/steps/" + std::to_string(support) + "/opinion", {{"text", "Nhất trí."}}),
                Status(200));
    ASSERT_THAT(as("head").put("/api/steps/" + std::to_string(lead) + "/finish",
                               {{"outcome", "no_reply"}, {"reason", "Đã tổng hợp."}}),
                Status(200));
    EXPECT_EQ(as("clerk").get(at(record)).string("/state/code"), "done");
    EXPECT_EQ(as("head").get("/api/inbox").size("/items"), 0u);

    // Everyone who took part finds it; the other agency sees neither it nor a trace of it.
    EXPECT_EQ(as("legal").get("/api/registers/incoming/records?q=phan+bo+du+toan").size("/items"), 1u);
    for (const char* path : {"", "/history", "/steps", "/access"})
        EXPECT_THAT(as("other_clerk").get(at(record, path)), Status(404)) << path;
    for (const char* list :
         {"/api/registers/incoming/records", "/api/registers/incoming/export?format=csv", "/api/inbox"})
        EXPECT_THAT(as("other_clerk").get(list).text, Not(HasSubstr("phân bổ dự toán"))) << list;

    const Answer history = as("clerk").get(at(record, "/history"));
    EXPECT_THAT(history.text, HasSubstr("record.created"));
    EXPECT_THAT(history.text, HasSubstr("step.opened"));
    EXPECT_EQ(journalled("record.created"), 1);
}

TEST_P(Incoming, TheSameRequestTwiceMakesOne) {
    const boost::json::value body{{"values", letter()}};
    const Answer first = as("clerk").post("/api/registers/incoming/records", body, "key-1");
    const Answer second = as("clerk").post("/api/registers/incoming/records", body, "key-1");
    ASSERT_THAT(first, Status(201));
    EXPECT_EQ(second.number("/id"), first.number("/id"));
    EXPECT_EQ(as("clerk").get("/api/registers/incoming/records").size("/items"), 1u);
    EXPECT_THAT(as("clerk").post("/api/registers/incoming/records", {{"values", letter("9/CV")}}, "key-1"),
                Refused(409, "service.key_used_for_another"));
}

TEST_P(Incoming, TwoEditorsGetAClearConflict) {
    const Answer record = receive();
    const boost::json::value edit{{"version", 1}, {"values", {{"note", "một"}}}};
    EXPECT_THAT(as("clerk").put(at(record), edit), Status(200));
    EXPECT_THAT(as("clerk").put(at(record), edit), Refused(409, "records.changed_meanwhile"));
}

TEST_P(Incoming, NumbersHaveNoGapWhenRegisteringFails) {
    const Answer first = receive("1/CV"), second = receive("2/CV");
    EXPECT_EQ(act("clerk", first, "register").string("/values/arrival_number"), "01");
    EXPECT_THAT(act("clerk", first, "register"), Refused(409, "records.changed_meanwhile"));
    EXPECT_THAT(act("handler", second, "register"), Status(404));  // it may not even see it
    EXPECT_EQ(act("clerk", second, "register").string("/values/arrival_number"), "02");
}

struct Wrong {
    std::string field;
    boost::json::value value;
    std::string code;
    Wrong(std::string where, boost::json::value sent, std::string refused)
        : field(std::move(where)), value(std::move(sent)), code(std::move(refused)) {}
};

TEST_P(Incoming, WrongValuesNameTheirField) {
    const std::vector<Wrong> cases{{"sender", boost::json::value(), "records.required"},
                                   {"subject", boost::json::value(std::string(600, 'a')), "records.too_long"},
                                   {"notation", boost::json::value(std::string("a\0b", 3)), "records.bad_text"},
                                   {"issued_on", "2026-02-30", "records.bad_date"},
                                   {"issued_on", "1800-02-28", "records.far_date"},
                                   {"issued_on", "2026-09-30", "records.declared"},
                                   {"arrived_on", "2026-08-26", "records.declared"},
                                   {"kind", "no_such_kind", "records.no_such_choice"},
                                   {"page_count", "x", "records.bad_whole_number"},
                                   {"page_count", boost::json::value(-1), "records.too_small"},
                                   {"no_such_field", "x", "records.unknown_field"},
                                   {"named_person", boost::json::value(999'999), "records.no_such_reference"}};
    for (const Wrong& each : cases) {
        boost::json::object values = letter();
        values[each.field] = each.value;
        const Answer answer = as("clerk").post("/api/registers/incoming/records", {{"values", values}});
        EXPECT_THAT(answer, Refused(422, each.code)) << each.field;
        EXPECT_EQ(answer.string("/error/field"), each.field);
    }
    EXPECT_EQ(as("clerk").get("/api/registers/incoming/records").size("/items"), 0u);
}

TEST_P(Incoming, MarksThatTurnTheDirectionAreNotKept) {
    boost::json::object values = letter();
    values["subject"] = "V/v b\u00e1o c\u00e1o\u202efdp";
    const Answer made = as("clerk").post("/api/registers/incoming/records", {{"values", values}});
    ASSERT_THAT(made, Status(201));
    EXPECT_EQ(made.string("/values/subject"), "V/v báo cáofdp");
}

TEST_P(Incoming, AFaultIsSaidOnce) {
    boost::json::object values = letter();
    values["subject"] = std::string(600, 'a');
    const Answer answer = as("clerk").post("/api/registers/incoming/records", {{"values", values}});
    EXPECT_THAT(answer, Refused(422, "records.too_long"));
    EXPECT_EQ(answer.size("/error/also"), 0u) << "what is too long is not missing";
    EXPECT_EQ(as("clerk").post("/api/registers/incoming/check", {{"values", values}}).size("/errors"), 1u);
}

TEST_P(Incoming, WhatNobodyFillsInIsNotTakenSilently) {
    const Answer made = receive();
    const auto edit = [&](const Answer& record, boost::json::object values) {
        return as("clerk").put(at(record), {{"version", record.number("/version")}, {"values", std::move(values)}});
    };
    const Answer numbered = edit(made, {{"arrival_number", "77"}});
    EXPECT_THAT(numbered, Refused(422, "records.is_numbered"));
    EXPECT_EQ(numbered.string("/error/field"), "arrival_number");
    const Answer counted = edit(made, {{"days_on_the_way", 9}, {"note", "x"}});
    EXPECT_THAT(counted, Refused(422, "records.is_computed"));
    EXPECT_EQ(counted.string("/error/field"), "days_on_the_way");
    EXPECT_EQ(as("clerk").get(at(made)).string("/values/note"), "") << "nothing of it was kept";
    boost::json::object values = letter("8/CV");
    values["arrival_number"] = "5";
    EXPECT_THAT(as("clerk").post("/api/registers/incoming/records", {{"values", values}}),
                Refused(422, "records.is_numbered"));

    // A form sends back what it was shown.
    const Answer entered = act("clerk", made, "register");
    boost::json::object shown = entered.at("/values").as_object();
    shown["note"] = "tờ 3";
    EXPECT_EQ(edit(entered, shown).string("/values/note"), "tờ 3");
}

TEST_P(Incoming, WhoMayNotIsRefused) {
    EXPECT_THAT(as("handler").post("/api/registers/incoming/records", {{"values", letter()}}),
                Refused(403, "records.may_not_create"));
    EXPECT_THAT(nobody().get("/api/inbox"), Refused(401, "service.signed_out"));
    EXPECT_THAT(as("clerk").without_csrf().post("/api/registers/incoming/records", {{"values", letter()}}),
                Refused(403, "service.bad_csrf"));
}

TEST_P(Incoming, FilterAsksOfTheRecordsOwnFieldsOnly) {
    ASSERT_THAT(receive(), Status(201));
    const auto filtered = [&](std::string_view filter) {
        return as("clerk").get("/api/registers/incoming/records?filter=" + std::string(filter));
    };
    EXPECT_EQ(filtered("notation==%22310/TTr-BTC%22").size("/items"), 1u);
    // What other records hold could be guessed letter by letter.
    EXPECT_THAT(filtered("exists(incoming,secrecy==%22confidential%22)"), Refused(422, "records.filter_asks_others"));
    EXPECT_THAT(filtered("count(incoming,state==%22received%22)==1"), Refused(422, "records.filter_asks_others"));
}

TEST_P(Incoming, WhatTheRegisterDoesNotKnowIsNotKeptInAFilter) {
    ASSERT_THAT(receive(), Status(201));
    const auto save = [&](boost::json::object content) {
        return as("clerk").post("/api/registers/incoming/filters",
                                {{"name", "Của tôi"}, {"shared", false}, {"content", std::move(content)}});
    };
    using boost::json::array;
    using boost::json::object;
    std::vector<std::pair<object, std::string>> wrong;
    wrong.emplace_back(object{{"columns", array{"zzz", "notation"}}}, "columns");
    wrong.emplace_back(object{{"columns", "notation"}}, "columns");
    wrong.emplace_back(object{{"order", "zzz"}}, "order");
    wrong.emplace_back(object{{"filter", "notation =="}}, "filter");
    wrong.emplace_back(object{{"filter", "zzz == 1"}}, "filter");
    wrong.emplace_back(object{{"filter", 5}}, "filter");
    for (const auto& [content, field] : wrong) {
        const Answer refused = save(content);
        EXPECT_THAT(refused, Status(422)) << boost::json::serialize(content);
        EXPECT_EQ(refused.string("/error/field"), field);
    }
    EXPECT_EQ(as("clerk").get("/api/registers/incoming/filters").size(), 0u);
    EXPECT_THAT(
        save({{"filter", "notation != null"}, {"columns", array{"notation", "holder"}}, {"order", "-arrived_on"}}),
        Status(201));

    const std::string base = "/api/registers/incoming/";
    EXPECT_THAT(as("clerk").get(base + "records?state=zzz"), Refused(422, "registry.unknown_state"));
    EXPECT_EQ(as("clerk").get(base + "records?state=received").size("/items"), 1u);
    EXPECT_THAT(as("clerk").get(base + "export?format=csv&columns=notation,zzz"),
                Refused(422, "registry.unknown_column"));
    EXPECT_THAT(as("clerk").get(base + "export?format=csv&columns=notation,holder,state"), Status(200));
    EXPECT_THAT(as("clerk").get(base + "export?format=csv").text,
                HasSubstr("Độ khẩn,Người đang giữ,Hạn xử lý,Trạng thái\r\n"));
}

TEST_P(Incoming, OnlyTheFirstLeadEndsTheWholeDocument) {
    Answer record = act("clerk", receive(), "register");
    ASSERT_THAT(record, Status(200));
    const Answer steps = assign("leader", record, {{"instruction", "Chủ trì."}, {"lead", {post_of("head")}}});
    ASSERT_THAT(steps, Status(200));
    record = as("leader").get(at(record));
    ASSERT_THAT(assign("head", record,
                       {{"step", steps.number("/0/id")}, {"instruction", "Dự thảo."}, {"lead", {post_of("handler")}}}),
                Status(200));
    record = as("leader").get(at(record));
    const boost::json::object reason{{"reason", "Lưu để biết"}};
    const auto offered = [&](const std::string& who, std::string_view list, std::string_view word) {
        const Answer answer = as(who).get(at(record, list == "/actions" ? "" : "/steps"));
        const boost::json::value words = answer.at(std::string(list));
        return std::ranges::count_if(words.as_array(), [&](const boost::json::value& each) {
            return (each.is_object() ? each.at("code") : each).as_string() == word;
        });
    };
    EXPECT_EQ(offered("handler", "/actions", "finish"), 0) << "the lead of a part ends that part";
    EXPECT_EQ(offered("head", "/actions", "finish"), 1);
    EXPECT_EQ(offered("leader", "/actions", "finish"), 1);
    EXPECT_EQ(offered("head", "/0/may", "finish"), 1) << "once";
    EXPECT_EQ(offered("handler", "/0/children/0/may", "finish"), 1);
    EXPECT_THAT(act("handler", record, "finish", reason), Refused(403, "records.only_lead_ends"));
    EXPECT_THAT(act("head", record, "finish", reason), Refused(409, "records.steps_open"));
    EXPECT_EQ(as("leader").get(at(record)).string("/state/code"), "in_progress");
    // Who has the right to, ends it over all of them.
    EXPECT_EQ(act("leader", record, "finish", reason).string("/state/code"), "done");
}

TEST_P(Incoming, TheLeadEndsItOverOpenSupportByConsentWithAReason) {
    Answer record = act("clerk", receive(), "register");
    ASSERT_THAT(
        assign("leader", record,
               {{"instruction", "Chủ trì."}, {"lead", {post_of("head")}}, {"support", {post_of("roads_head")}}}),
        Status(200));
    record = as("leader").get(at(record));
    boost::json::object arguments{{"reason", "Nơi phối hợp không trả lời."}};
    const auto finish = [&] { return act("head", record, "finish", arguments); };
    EXPECT_THAT(finish(), Refused(409, "records.steps_open")) << "a reason alone is no consent";
    arguments["despite_open"] = "yes";
    EXPECT_THAT(finish(), Refused(422, "records.not_a_consent"));
    arguments["despite_open"] = false;
    EXPECT_THAT(finish(), Refused(409, "records.steps_open"));
    arguments["despite_open"] = true;
    EXPECT_EQ(finish().string("/state/code"), "done");
    EXPECT_EQ(as("roads_head").get("/api/inbox?box=support").size("/items"), 0u);
    const Answer steps = as("leader").get(at(record, "/steps"));
    EXPECT_EQ(steps.string("/1/outcome"), "Kết thúc theo chủ trì");
    EXPECT_EQ(steps.string("/1/reason"), "Nơi phối hợp không trả lời.");
}

TEST_P(Incoming, AnotherLeadsWorkIsNotEndedByConsent) {
    Answer record = act("clerk", receive(), "register");
    ASSERT_THAT(
        assign("leader", record,
               {{"instruction", "Báo cáo."}, {"mass", true}, {"lead", {post_of("head"), post_of("roads_head")}}}),
        Status(200));
    record = as("leader").get(at(record));
    EXPECT_THAT(act("head", record, "finish", {{"reason", "Đã đủ."}, {"despite_open", true}}),
                Refused(409, "records.steps_of_others"));
    EXPECT_EQ(as("roads_head").get("/api/inbox").size("/items"), 1u);
    EXPECT_THAT(act("clerk", receive("311/TTr-BTC"), "register", {{"despite_open", true}}),
                Refused(422, "records.unknown_argument"))
        << "registering ends no work";
}

TEST_P(Incoming, AProposalIsMadeOnceAndForADayToCome) {
    const Answer record = act("clerk", receive(), "register");
    boost::json::object asked{{"to", post_of("leader")}, {"text", "Kính trình."}, {"due", "2026-08-24"}};
    const auto propose = [&] { return as("chief").post(at(record, "/proposal"), asked); };
    EXPECT_THAT(propose(), Refused(422, "documents.due_before_today"));
    asked["due"] = "2026-08-25";
    const Answer first = propose();
    ASSERT_THAT(first, Status(200));
    const Answer again = propose();
    EXPECT_THAT(again, Refused(409, "documents.proposed_already"));
    EXPECT_THAT(again.text, HasSubstr("Bộ trưởng"));
    EXPECT_EQ(as("leader").get("/api/inbox").size("/items"), 1u);
    asked["to"] = post_of("deputy");
    EXPECT_THAT(propose(), Status(200)) << "another leader may be asked as well";
    ASSERT_THAT(as("chief").put("/api/steps/" + std::to_string(first.number("/0/id")) + "/taking-back", {}),
                Status(200));
    asked["to"] = post_of("leader");
    EXPECT_THAT(propose(), Status(200)) << "what was taken back is proposed anew";
}

TEST_P(Incoming, TheDecisionAskedForIsAnsweredByAssigning) {
    Answer record = act("clerk", receive(), "register");
    const Answer proposed =
        as("chief").post(at(record, "/proposal"), {{"to", post_of("leader")}, {"text", "Kính trình."}});
    ASSERT_THAT(proposed, Status(200));
    const std::int64_t waiting = proposed.number("/0/id");
    record = as("leader").get(at(record));
    boost::json::object order{{"step", waiting}, {"instruction", "Chủ trì."}, {"lead", {post_of("head")}}};
    EXPECT_THAT(assign("deputy", record, order), Refused(403, "steps.not_yours"));
    const Answer steps = assign("leader", record, order);
    ASSERT_THAT(steps, Status(200));
    ASSERT_EQ(steps.size(), 2u) << "given from the document, not under the question";
    EXPECT_EQ(steps.string("/0/state"), "done");
    EXPECT_EQ(as("leader").get(at(record)).string("/state/code"), "in_progress");
    EXPECT_EQ(as("leader").get("/api/inbox").size("/items"), 0u);
    EXPECT_EQ(as("head").get("/api/inbox").size("/items"), 1u);
    EXPECT_THAT(assign("leader", as("leader").get(at(record)), order), Refused(409, "steps.closed"));
}

TEST_P(Incoming, AnOpinionOrANoticeIsNotSplit) {
    Answer record = act("clerk", receive(), "register");
    ASSERT_THAT(assign("leader", record,
                       {{"instruction", "Chủ trì."}, {"lead", {post_of("head")}}, {"inform", {post_of("legal")}}}),
                Status(200));
    record = as("leader").get(at(record));
    ASSERT_THAT(as("head").post(at(record, "/opinions"), {{"to", {post_of("roads_head")}}, {"text", "Xin ý kiến."}}),
                Status(200));
    const std::int64_t asked = as("roads_head").get("/api/inbox").number("/items/0/step");
    const std::int64_t told = as("legal").get("/api/inbox?box=inform").number("/items/0/step");
    for (const auto& [who, step] : {std::pair("roads_head", asked), std::pair("legal", told)}) {
        const Answer split = assign(who, record, {{"step", step}, {"lead", {post_of("roads_handler")}}});
        EXPECT_THAT(split, Refused(409, "documents.not_split")) << who;
        EXPECT_EQ(split.string("/error/field"), "step");
    }
    EXPECT_EQ(as("roads_handler").get("/api/inbox").size("/items"), 0u);
}

TEST_P(Incoming, NumberOfALivingDocumentIsNotCancelled) {
    Answer record = act("clerk", receive(), "register");
    ASSERT_EQ(record.string("/values/arrival_number"), "01");
    const std::string book =
        std::to_string(as("clerk").get("/api/registers/incoming/books?year=2026").number("/0/book"));
    const auto cancel = [&] {
        return as("clerk").post("/api/registers/incoming/books/" + book + "/cancellations",
                                {{"number", 1}, {"reason", "Vào nhầm sổ"}});
    };
    EXPECT_THAT(cancel(), Refused(409, "records.number_in_use"));
    ASSERT_THAT(act("clerk", record, "return", {{"reason", "Gửi nhầm"}}), Status(200));
    EXPECT_THAT(cancel(), Status(201));
    EXPECT_THAT(cancel(), Refused(409, "numbering.cancelled_already"));
}

TEST_P(Incoming, BulkGivesAResultForEach) {
    const Answer first = receive("1/CV"), second = receive("2/CV");
    const Answer answer = as("clerk").post(
        "/api/registers/incoming/bulk",
        {{"action", "register"},
         {"records", {{{"id", first.number("/id")}, {"version", 1}}, {{"id", second.number("/id")}, {"version", 7}}}}});
    ASSERT_THAT(answer, Status(200));
    EXPECT_TRUE(answer.at("/0/done").as_bool());
    EXPECT_FALSE(answer.at("/1/done").as_bool());
    EXPECT_EQ(as("clerk").get(at(second)).string("/state/code"), "received");
    // What the register does not declare for many is done one by one.
    EXPECT_THAT(
        as("clerk").post("/api/registers/incoming/bulk", {{"action", "return"},
                                                          {"records", {{{"id", second.number("/id")}, {"version", 1}}}},
                                                          {"arguments", {{"reason", "nhầm nơi nhận"}}}}),
        Refused(422, "registry.not_in_bulk"));
    EXPECT_EQ(as("clerk").get(at(second)).string("/state/code"), "received");
}

}  // namespace
