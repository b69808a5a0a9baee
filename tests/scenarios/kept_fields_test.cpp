#include "tests/scenarios/whole_office.h"

// What is not for a form to change, and what an action is told: checked as everything that is sent.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;

class KeptFields : public congvu::test::WholeOfficeTest {
  protected:
    Answer make(object more = {}) {
        object values{{"sender", "Bộ Tài chính Mẫu"}, {"subject", "V/v phân bổ dự toán năm 2027"}};
        for (const auto& [name, value] : more) values[name] = value;
        return as("clerk").post("/api/registers/incoming/records", {{"values", values}});
    }
    Answer act(const std::string& who, const Answer& record, std::string_view action, object arguments) {
        return as(who).post(at(record, "/actions/" + std::string(action)),
                            {{"version", record.number("/version")}, {"arguments", std::move(arguments)}});
    }
    Answer edit(const Answer& record, object values) {
        return as("clerk").put(at(record), {{"version", record.number("/version")}, {"values", std::move(values)}});
    }
};
CONGVU_BOTH_ENGINES(KeptFields);

TEST_P(KeptFields, TheBookStaysOnceTheNumberIsGiven) {
    Answer record = make();
    record = edit(record, {{"book", "invitations"}});
    ASSERT_THAT(record, Status(200)) << "before it has a number it may still go to another book";
    record = act("clerk", record, "register", {});
    ASSERT_THAT(record, Status(200));
    EXPECT_THAT(edit(record, {{"book", "ordinary"}}), Refused(422, "records.places_number"));
    EXPECT_THAT(act("clerk", record, "return", {{"reason", "Gửi nhầm"}}), Status(200));
    // The next number of either book is the one nobody else has.
    EXPECT_EQ(act("clerk", make(), "register", {}).string("/values/arrival_number"), "01");
    const Answer second = act("clerk", make({{"book", "invitations"}}), "register", {});
    EXPECT_EQ(second.string("/values/arrival_number"), "02");
}

TEST_P(KeptFields, HowFarTheSecretBookHasComeIsForItsKeeper) {
    add_desk("keeper", unit("office"), "Nhân viên bảo mật", {"security_keeper", "clerk"}, "Ninh Thị Kín");
    const auto asked = [&](const std::string& who, std::string_view book) {
        const object values{{"sender", "Bộ Mẫu"}, {"subject", "V/v x"}, {"book", book}};
        return as(who).post("/api/registers/incoming/check", {{"values", values}}).string("/next_number");
    };
    EXPECT_EQ(asked("clerk", "ordinary"), "01");
    EXPECT_EQ(asked("clerk", "secret"), "");
    EXPECT_EQ(asked("keeper", "secret"), "01");
}

TEST_P(KeptFields, WhatActionsSetIsNotSetByHand) {
    for (const char* field : {"finished_on", "return_reason", "no_reply_reason"}) {
        const bool is_date = std::string_view(field).ends_with("_on");
        const object values{{field, is_date ? "2026-08-20" : "tự ghi"}};
        EXPECT_THAT(make(values), Refused(422, "records.not_changed_here")) << field;
        EXPECT_THAT(edit(make(), values), Refused(422, "records.not_changed_here")) << field;
    }
}

TEST_P(KeptFields, AReasonIsCheckedLikeAField) {
    const Answer record = act("clerk", make(), "register", {});
    ASSERT_THAT(record, Status(200));
    const auto returned = [&](object arguments) { return act("clerk", record, "return", std::move(arguments)); };
    for (const object& none : {object{}, object{{"reason", nullptr}}, object{{"reason", "  "}}, object{{"reason", 5}},
                               object{{"reason", {"Gửi nhầm"}}}})
        EXPECT_THAT(returned(none), Refused(422, "records.argument_required"));
    const Answer too_long = returned({{"reason", std::string(501, 'x')}});
    EXPECT_THAT(too_long, Refused(422, "records.too_long"));
    EXPECT_EQ(too_long.string("/error/field"), "reason") << too_long.text;
    EXPECT_THAT(returned({{"reason", "một\nhai"}}), Refused(422, "records.one_line"));
    EXPECT_EQ(as("clerk").get(at(record)).string("/state/code"), "registered");

    // An argument is no name of the record or of the day.
    EXPECT_THAT(act("leader", record, "finish", {{"reason", "Để biết"}, {"today", "1999-01-01"}}),
                Refused(422, "records.unknown_argument"));
    const Answer done = act("leader", record, "finish", {{"reason", "Để biết"}});
    ASSERT_THAT(done, Status(200));
    EXPECT_EQ(done.string("/values/finished_on"), to_string(local_date(clock().now())));
    EXPECT_EQ(done.string("/values/no_reply_reason"), "Để biết");
}

TEST_P(KeptFields, AnActionIsToldWhatItNeedsAndNothingElse) {
    const Answer record = make();
    const auto registered = [&](object arguments) { return act("clerk", record, "register", std::move(arguments)); };
    for (const auto& [name, value] :
         object{{"noidung", "x"}, {"bất kỳ", "x"}, {"x y", "x"}, {"instruction", "x"}, {"outcome", "x"}})
        EXPECT_THAT(registered({{name, value}}), Refused(422, "records.unknown_argument")) << name;
    EXPECT_THAT(registered({{std::string(300, 'a'), "x"}}), Refused(422, "records.unknown_argument"));
    EXPECT_THAT(registered({{"reason", std::string(2'001, 'y')}}), Refused(422, "records.argument_too_long"));
    EXPECT_THAT(registered({{"reason", 5}}), Refused(422, "records.wrong_argument"));
    EXPECT_EQ(as("clerk").get(at(record)).string("/state/code"), "received");
    EXPECT_THAT(registered({{"reason", std::string(2'000, 'y')}}), Status(200));
}

TEST_P(KeptFields, AnActionIsNoWayRoundTheRightToEdit) {
    const Answer record = act("clerk", make(), "register", {});
    ASSERT_THAT(record, Status(200));
    const Answer assigned = as("leader").post(at(record, "/assignments"),
                                              {{"version", record.number("/version")},
                                               {"lead", {{{"kind", "post"}, {"id", desk("handler").post.value}}}},
                                               {"instruction", "Nghiên cứu"}});
    ASSERT_THAT(assigned, Status(200));
    const Answer now = as("handler").get(at(record));
    ASSERT_EQ(now.at("/may/edit"), false);
    const auto finished = [&](object values) {
        return as("handler").post(at(record, "/actions/finish"), {{"version", now.number("/version")},
                                                                  {"arguments", {{"reason", "Để biết"}}},
                                                                  {"values", std::move(values)}});
    };
    for (const object& values : {object{{"sender", "Giả mạo"}}, object{{"subject", "V/v khác"}}, object{{"note", "x"}},
                                 object{{"due", "2027-01-01"}}, object{{"page_count", 9}}})
        EXPECT_THAT(finished(values), Refused(422, "records.needed_only")) << boost::json::serialize(values);
    EXPECT_EQ(as("clerk").get(at(record)).string("/values/sender"), "Bộ Tài chính Mẫu");
    EXPECT_THAT(finished({{"sender", "Bộ Tài chính Mẫu"}}), Status(200)) << "what is sent as it stands changes nothing";
}

TEST_P(KeptFields, ARecordBelongsToAUnitOfItsAgency) {
    const auto made_in = [&](std::int64_t where) {
        return as("clerk").post("/api/registers/incoming/records",
                                {{"values", {{"sender", "Bộ Mẫu"}, {"subject", "V/v x"}}}, {"unit", where}});
    };
    EXPECT_THAT(made_in(unit("planning").value), Status(201));
    EXPECT_THAT(made_in(unit("directorate_office").value), Refused(422, "records.no_unit"));
    EXPECT_THAT(made_in(99999), Refused(422, "records.no_unit"));
}

}  // namespace
