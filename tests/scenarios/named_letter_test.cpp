#include "core/files/files.h"
#include "tests/scenarios/whole_office.h"

// A letter to a named person is registered by its cover only; the person is told, takes it, or hands it back to be
// registered as any document.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using congvu::test::told;
using testing::HasSubstr;

class NamedLetter : public congvu::test::WholeOfficeTest {
  protected:
    object cover() const {
        return {{"sender", "Nguyễn Văn Thư"},
                {"subject", "Thư gửi đích danh"},
                {"named_person", desk("head").person.value}};
    }
    Answer receive(object body) { return as("clerk").post("/api/registers/incoming/records", body); }
    Answer act(const std::string& who, const Answer& record, std::string_view action, object values = {},
               object arguments = {}) {
        return as(who).post(
            at(record, "/actions/" + std::string(action)),
            {{"version", record.number("/version")}, {"values", values}, {"arguments", std::move(arguments)}});
    }
    FileId upload() {
        const auto kept = vault_->keep_bytes("nội dung thư");
        const auto made = write(scope_of("clerk"), [&](const Scope& scope, db::Transaction& tx) {
            return files::add(scope, tx, *kept, "thu.pdf", "application/pdf");
        });
        EXPECT_TRUE(made) << told(made);
        return made.value_or(FileId{});
    }
    Answer attach(const Answer& record) { return as("clerk").post(at(record, "/files"), {{"file", upload().value}}); }
};
CONGVU_BOTH_ENGINES(NamedLetter);

TEST_P(NamedLetter, StaysClosedUntilItIsHandedBack) {
    Answer letter = receive({{"values", cover()}});
    ASSERT_THAT(letter, Status(201));
    EXPECT_FALSE(letter.at("/may/attach").as_bool());
    const Answer opened = attach(letter);
    EXPECT_THAT(opened, Refused(409, "records.sealed"));
    EXPECT_THAT(opened.string("/error/message"), HasSubstr("đích danh"));
    const Answer with_file =
        receive({{"values", cover()}, {"files", boost::json::array{object{{"file", upload().value}}}}});
    EXPECT_THAT(with_file, Refused(409, "records.sealed"));

    letter = act("clerk", letter, "register");
    ASSERT_THAT(letter, Status(200));
    EXPECT_EQ(letter.string("/values/arrival_number"), "01");
    EXPECT_THAT(attach(letter), Refused(409, "records.sealed"));
    // Neither the clerk nor the chief of office sends it round meanwhile.
    EXPECT_THAT(act("clerk", letter, "submit"), Refused(409, "records.declared"));
    EXPECT_THAT(
        as("chief").post(at(letter, "/proposal"),
                         {{"to", {{"kind", "post"}, {"id", desk("leader").post.value}}}, {"text", "Kính trình"}}),
        Refused(409, "records.declared"));
    EXPECT_THAT(as("leader").post(at(letter, "/assignments"),
                                  {{"version", letter.number("/version")},
                                   {"lead", {{{"kind", "post"}, {"id", desk("roads_head").post.value}}}}}),
                Refused(409, "records.declared"));
    // Nor does the clerk make it a common one by blanking the name.
    const Answer blanked =
        as("clerk").put(at(letter), {{"version", letter.number("/version")}, {"values", {{"named_person", nullptr}}}});
    EXPECT_THAT(blanked, Refused(422, "records.not_changed_here"));
    EXPECT_EQ(blanked.string("/error/field"), "named_person");
    EXPECT_THAT(as("clerk").put(at(letter), {{"version", letter.number("/version")},
                                             {"values", {{"handed_back_on", "2026-08-25"}}}}),
                Refused(422, "records.not_changed_here"));
    EXPECT_THAT(act("clerk", letter, "hand_back"), Refused(403, "records.may_not_act"));

    // The person has it in the inbox and under the bell.
    EXPECT_EQ(as("head").get("/api/inbox?box=inform").size("/items"), 1u);
    EXPECT_THAT(as("head").get("/api/notices").text, HasSubstr("Thư gửi đích danh"));
    EXPECT_THAT(as("handler").get(at(letter)), Status(404));

    const Answer back = act("head", letter, "hand_back");
    ASSERT_THAT(back, Status(200));
    EXPECT_EQ(back.string("/state/code"), "received");
    EXPECT_EQ(back.string("/values/handed_back_on"), "2026-08-25");
    EXPECT_EQ(as("head").get("/api/inbox?box=inform").size("/items"), 0u);
    ASSERT_THAT(attach(back), Status(200));
    const Answer entered = act("clerk", as("clerk").get(at(letter)), "register", {{"subject", "V/v góp ý dự thảo"}});
    ASSERT_THAT(entered, Status(200));
    EXPECT_EQ(entered.string("/values/arrival_number"), "01") << "it keeps its number";
    EXPECT_EQ(entered.size("/files"), 1u);
    EXPECT_EQ(as("head").get("/api/inbox?box=inform").size("/items"), 0u) << "it is delivered once";
    EXPECT_THAT(act("clerk", entered, "submit"), Status(200));
    EXPECT_THAT(as("clerk").get(at(letter, "/history")).text, HasSubstr("Giao lại văn thư"));
}

TEST_P(NamedLetter, NamesNobodyOfAnotherAgency) {
    const auto named = [&](const std::string& who) {
        object values = cover();
        values["named_person"] = desk(who).person.value;
        return values;
    };
    for (const char* other : {"other_leader", "other_handler"}) {
        const Answer refused = receive({{"values", named(other)}});
        EXPECT_THAT(refused, Refused(422, "records.of_another_agency")) << other;
        EXPECT_EQ(refused.string("/error/field"), "named_person");
        EXPECT_THAT(refused.string("/error/message"), HasSubstr("“Gửi đích danh” phải là người"));
        const Answer checked = as("clerk").post("/api/registers/incoming/check", {{"values", named(other)}});
        EXPECT_EQ(checked.string("/errors/0/field"), "named_person");
        EXPECT_EQ(as(other).get("/api/registers/incoming/records").size("/items"), 0u);
    }
    EXPECT_EQ(journalled("record.created"), 0);
    // The ministry's people are no more those of the agency beneath it.
    EXPECT_THAT(as("other_clerk").post("/api/registers/incoming/records", {{"values", named("head")}}),
                Refused(422, "records.of_another_agency"));
    EXPECT_THAT(as("other_clerk").post("/api/registers/incoming/records", {{"values", named("other_leader")}}),
                Status(201));
    EXPECT_THAT(receive({{"values", named("roads_handler")}}), Status(201)) << "any unit of the agency";

    Answer letter = receive({{"values", cover()}});
    object other = named("other_leader");
    const Answer edited = as("clerk").put(
        at(letter), {{"version", letter.number("/version")}, {"values", {{"named_person", other["named_person"]}}}});
    EXPECT_THAT(edited, Refused(422, "records.of_another_agency"));
    letter = act("clerk", letter, "register");
    ASSERT_THAT(letter, Status(200));
    EXPECT_THAT(act("clerk", letter, "readdress", {{"named_person", other["named_person"]}}, {{"reason", "Nhầm"}}),
                Refused(422, "records.of_another_agency"));
    // Who acts in the agency for somebody is of it meanwhile; who has left gets no work.
    const auto acts = write([&](const Scope& scope, db::Transaction& tx) {
        return org::add_acting(scope, tx,
                               {.post = desk("head").post,
                                .deputy = desk("other_handler").person,
                                .valid_from = scope.today,
                                .valid_to = scope.today + 5,
                                .basis = "QĐ 1"});
    });
    ASSERT_TRUE(acts) << told(acts);
    EXPECT_THAT(receive({{"values", named("other_handler")}}), Status(201));
    const auto left = write([&](const Scope& scope, db::Transaction& tx) {
        return org::vacate_post(scope, tx, desk("roads_handler").post, scope.today);
    });
    ASSERT_TRUE(left) << told(left);
    EXPECT_THAT(receive({{"values", named("roads_handler")}}), Refused(422, "records.of_another_agency"));
}

TEST_P(NamedLetter, IsTakenByWhomItNames) {
    Answer letter = act("clerk", receive({{"values", cover()}}), "register");
    ASSERT_THAT(letter, Status(200));
    // The cover was read wrongly: the other person is told instead.
    const Answer other = act("clerk", letter, "readdress", {{"named_person", desk("roads_head").person.value}},
                             {{"reason", "Đọc nhầm tên"}});
    ASSERT_THAT(other, Status(200));
    EXPECT_EQ(as("head").get("/api/inbox?box=inform").size("/items"), 0u);
    ASSERT_EQ(as("roads_head").get("/api/inbox?box=inform").size("/items"), 1u);
    EXPECT_THAT(act("head", other, "take_letter"), Refused(403, "records.may_not_act"));

    // Looking at it is not taking it.
    const std::int64_t step = as("roads_head").get("/api/inbox?box=inform").number("/items/0/step");
    ASSERT_THAT(as("roads_head").put("/api/steps/" + std::to_string(step) + "/seen", object{}), Status(204));
    const Answer taken = act("roads_head", other, "take_letter");
    ASSERT_THAT(taken, Status(200));
    EXPECT_EQ(taken.string("/state/code"), "done");
    EXPECT_EQ(taken.string("/values/passed_on"), "2026-08-25");
    EXPECT_THAT(attach(taken), testing::AnyOf(Refused(409, "records.sealed"), Refused(403, "records.may_not_edit")));
    // Read at home, it turns out to be the office's business after all.
    EXPECT_EQ(act("roads_head", taken, "hand_back").string("/state/code"), "received");
}

TEST_P(NamedLetter, ANameIsNotPutOverContentThatIsThere) {
    const Answer letter = receive({{"values", {{"sender", "Nguyễn Văn Thư"}, {"subject", "V/v góp ý"}}}});
    ASSERT_THAT(attach(letter), Status(200));
    const Answer named = as("clerk").put(at(letter), {{"version", letter.number("/version")},
                                                      {"values", {{"named_person", desk("head").person.value}}}});
    EXPECT_THAT(named, Refused(422, "records.sealed"));
    EXPECT_EQ(named.string("/error/field"), "named_person");
}

}  // namespace
