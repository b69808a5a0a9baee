#include "modules/organisation/hand_overs.h"

#include "core/org/settings.h"
#include "core/rights/rights.h"
#include "tests/support/office.h"

namespace organisation {
namespace {

using boost::json::array;
using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;

class HandOvers : public congvu::test::OfficeTest {
  protected:
    void add_routes(service::Routes& routes) override { organisation::routes(routes); }

    void SetUp() override {
        OfficeTest::SetUp();
        if (IsSkipped()) return;
        plan = record("Kế hoạch năm 2027");
        report = record("Báo cáo quý III");
        first = given(plan, steps::Role::lead, subject::person(desk("handler").person));
        second = given(report, steps::Role::support, subject::person(desk("handler").person));
        of_post = given(report, steps::Role::consult, subject::post(desk("handler").post));
    }
    RecordId record(std::string_view title) {
        constexpr db::Sql register_row{"test.register",
                                       "insert into register (code) values (?1) on conflict (code) do update set code "
                                       "= excluded.code returning id"};
        constexpr db::Sql record_row{"test.record", R"(
            insert into record (uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
            values (?1, ?2, ?3, 1, 'new', ?1, 1, 1) returning id)"};
        const auto made = write([&](const Scope&, db::Transaction& tx) -> Result<std::int64_t> {
            return tx.insert(record_row, title, TRY(tx.insert(register_row, "r")), desk("handler").agency);
        });
        EXPECT_TRUE(made) << congvu::test::told(made);
        return {made.value_or(0)};
    }
    StepId given(RecordId on, steps::Role role, SubjectId to) {
        const auto made = write(scope_of("head"), [&](const Scope& scope, db::Transaction& tx) {
            return steps::open(
                scope, tx,
                {.record = on, .steps = {{.role = role, .to = to, .instruction = "Làm sớm", .due = scope.today + 7}}});
        });
        EXPECT_TRUE(made) << congvu::test::told(made);
        return made ? made->front() : StepId{};
    }
    object body(std::string_view from, std::string_view to) {
        return {{"from", desk(from).person.value}, {"to", desk(to).person.value}, {"steps", "all"}};
    }
    std::string path(const Answer& made, std::string_view rest = "") {
        return "/api/hand-overs/" + std::to_string(made.number("/id")) + std::string(rest);
    }
    bool sees(std::string_view login, RecordId which) {
        return read([&](db::Reader& reader) { return rights::can_see(scope_of(login), reader, which); }).value();
    }
    std::size_t named(std::string_view login) {
        return read([&](db::Reader& reader) { return steps::named_steps(reader, desk(login).person); }).value().size();
    }

    RecordId plan, report;
    StepId first, second, of_post;
};

TEST_P(HandOvers, both_confirm_and_the_named_work_goes_over) {
    EXPECT_FALSE(sees("legal", plan));
    const Answer made = as("handler").post("/api/hand-overs", body("handler", "legal"));
    ASSERT_THAT(made, Status(201));
    EXPECT_EQ(made.number("/steps"), 2) << "what is given to the post stays with the post";
    EXPECT_NE(made.at("/given_at"), nullptr) << "the giver's own act is the giver's confirmation";
    EXPECT_EQ(made.at("/taken_at"), nullptr);
    EXPECT_EQ(made.string("/state"), "waiting");
    EXPECT_EQ(made.at("/may_confirm"), false);
    EXPECT_EQ(made.string("/from/label"), "Lý Gia Phúc");
    EXPECT_EQ(named("handler"), 2u) << "nothing has moved yet";

    const Answer seen = as("legal").get(path(made));
    ASSERT_THAT(seen, Status(200));
    EXPECT_EQ(seen.at("/may_confirm"), true);
    EXPECT_EQ(seen.string("/work/0/title"), "Kế hoạch năm 2027") << "one sees what one is to take";
    EXPECT_EQ(seen.string("/work/0/role_label"), "Chủ trì");
    EXPECT_EQ(seen.string("/work/0/due"), "2026-09-01");
    EXPECT_EQ(as("legal").get("/api/notices").status, 404) << "the inbox is another room's";
    EXPECT_THAT(as("handler").put(path(made, "/confirmation")), Refused(409, "organisation.confirmed_already"));
    EXPECT_THAT(as("clerk").put(path(made, "/confirmation")), Refused(404, "organisation.no_hand_over"));
    EXPECT_THAT(as("admin").put(path(made, "/confirmation")), Refused(403, "organisation.not_in_it"));

    const Answer done = as("legal").put(path(made, "/confirmation"));
    ASSERT_THAT(done, Status(200));
    EXPECT_EQ(done.string("/state"), "done");
    EXPECT_EQ(done.at("/work/0/moved"), true);
    EXPECT_EQ(named("handler"), 0u);
    EXPECT_EQ(named("legal"), 2u);
    EXPECT_TRUE(sees("legal", plan));
    EXPECT_FALSE(sees("handler", plan)) << "with the work goes the right to see it";
    EXPECT_TRUE(sees("handler", report)) << "the post still has a step on it";
    constexpr db::Sql preview{"test.preview", "select count(*) from record_grant where (rule & 3) = 2"};
    EXPECT_EQ(read([&](db::Reader& reader) { return reader.row(preview); }).value()->integer(0), 0);
    later(std::chrono::hours(1));
    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
        return org::change_person(scope, tx, desk("handler").person, {.full_name = "Lý Gia Phúc Mới"});
    }));
    EXPECT_EQ(as("legal").get(path(made)).string("/from/label"), "Lý Gia Phúc") << "what is done keeps its names";
    EXPECT_THAT(as("legal").put(path(made, "/confirmation")), Refused(409, "organisation.confirmed_already"));
    EXPECT_THAT(as("handler").del(path(made)), Refused(409, "organisation.handed_over"));
    for (const char* action : {"hand_over.proposed", "hand_over.given", "hand_over.taken", "hand_over.done"})
        EXPECT_EQ(journalled(action), 1) << action;
}

TEST_P(HandOvers, some_steps_may_be_chosen_and_only_ones_own) {
    object one = body("handler", "legal");
    one["steps"] = array{second.value};
    const Answer made = as("handler").post("/api/hand-overs", one);
    ASSERT_THAT(made, Status(201));
    EXPECT_EQ(made.number("/steps"), 1);
    ASSERT_THAT(as("legal").put(path(made, "/confirmation")), Status(200));
    EXPECT_EQ(named("handler"), 1u);
    for (const array& wrong : {array{of_post.value}, array{999}, array{second.value}}) {
        one["steps"] = wrong;
        EXPECT_THAT(as("handler").post("/api/hand-overs", one), Refused(422, "organisation.not_their_step")) << wrong;
    }
    one["steps"] = array();
    EXPECT_THAT(as("handler").post("/api/hand-overs", one), Refused(409, "organisation.nothing_to_hand_over"));
    one.erase("steps");
    EXPECT_THAT(as("handler").post("/api/hand-overs", one), Status(422));
    one["all"] = true;
    EXPECT_THAT(as("handler").post("/api/hand-overs", one), Status(201));
}

TEST_P(HandOvers, work_goes_to_a_colleague_only) {
    EXPECT_THAT(as("handler").post("/api/hand-overs", body("handler", "other_handler")),
                Refused(422, "organisation.other_agency"));
    EXPECT_THAT(as("handler").post("/api/hand-overs", body("handler", "handler")),
                Refused(422, "organisation.hand_over_to_oneself"));
    EXPECT_THAT(as("clerk").post("/api/hand-overs", body("handler", "clerk")), Refused(403, "organisation.not_in_it"));
    EXPECT_THAT(as("other_admin").post("/api/hand-overs", body("handler", "other_handler")),
                Refused(404, "org.no_person"));
    EXPECT_THAT(as("clerk").post("/api/hand-overs", body("clerk", "legal")),
                Refused(409, "organisation.nothing_to_hand_over"));
    EXPECT_EQ(named("handler"), 2u);
    EXPECT_EQ(journalled("hand_over.proposed"), 0);
}

TEST_P(HandOvers, an_administrators_waits_for_both) {
    const Answer made = as("admin").post("/api/hand-overs", body("handler", "legal"));
    ASSERT_THAT(made, Status(201));
    EXPECT_EQ(made.at("/given_at"), nullptr);
    EXPECT_EQ(made.at("/may_confirm"), false);
    EXPECT_NE(made.string("/work/0/title"), "Kế hoạch năm 2027") << "an administrator sees no records by that";
    EXPECT_FALSE(sees("legal", plan)) << "not before the giver has agreed";
    ASSERT_THAT(as("legal").put(path(made, "/confirmation")), Status(200)) << "in any order";
    EXPECT_EQ(named("handler"), 2u);
    ASSERT_THAT(as("handler").put(path(made, "/confirmation")), Status(200));
    EXPECT_EQ(named("legal"), 2u);
}

TEST_P(HandOvers, for_who_has_gone_an_administrator_confirms) {
    const Answer made = as("admin").post("/api/hand-overs", body("handler", "legal"));
    ASSERT_THAT(made, Status(201));
    ASSERT_THAT(as("legal").put(path(made, "/confirmation")), Status(200));
    EXPECT_THAT(as("admin").put(path(made, "/confirmation")), Refused(403, "organisation.not_in_it"))
        << "who holds a post confirms in person";

    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
        return org::vacate_post(scope, tx, desk("handler").post, scope.today);
    }));
    EXPECT_THAT(as("handler").put(path(made, "/confirmation")), Status(403)) << "without a post one may do nothing";
    EXPECT_THAT(as("clerk").put(path(made, "/confirmation")), Refused(404, "organisation.no_hand_over"));
    EXPECT_EQ(as("admin").get(path(made)).at("/in_stead"), true);
    EXPECT_EQ(as("admin").get(path(made)).at("/may_confirm"), true);
    const Answer done = as("admin").put(path(made, "/confirmation"));
    ASSERT_THAT(done, Status(200));
    EXPECT_EQ(done.string("/state"), "done");
    EXPECT_EQ(done.string("/given_by/label"), "Hoàng Gia Khiêm");
    EXPECT_EQ(named("legal"), 2u);
    EXPECT_EQ(journalled("hand_over.given_in_stead"), 1);
    EXPECT_EQ(journalled("hand_over.given"), 0);
    EXPECT_THAT(as("admin").get(path(made, "/minutes")), Status(200));
}

TEST_P(HandOvers, who_takes_the_work_does_not_give_it_too) {
    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
        return accounts::set_state(scope, tx, desk("handler").account, "disabled", "Nghỉ hưu");
    }));
    const Answer made = as("admin").post("/api/hand-overs", body("handler", "admin"));
    ASSERT_THAT(made, Status(201));
    EXPECT_EQ(made.at("/in_stead"), false);
    ASSERT_THAT(as("admin").put(path(made, "/confirmation")), Status(200)) << "as the receiver";
    EXPECT_THAT(as("admin").put(path(made, "/confirmation")), Refused(409, "organisation.confirmed_already"));
    EXPECT_EQ(named("admin"), 0u);
    ASSERT_THAT(as("second_admin").put(path(made, "/confirmation")), Status(200));
    EXPECT_EQ(named("admin"), 2u);
}

TEST_P(HandOvers, it_may_be_withdrawn_before_it_is_done) {
    const Answer made = as("handler").post("/api/hand-overs", body("handler", "legal"));
    EXPECT_TRUE(sees("legal", plan));
    EXPECT_THAT(as("admin").del(path(made)), Refused(403, "organisation.not_in_it"));
    ASSERT_THAT(as("legal").del(path(made)), Status(204));
    EXPECT_FALSE(sees("legal", plan));
    EXPECT_THAT(as("legal").get(path(made)), Refused(404, "organisation.no_hand_over"));
    EXPECT_EQ(named("handler"), 2u);
}

TEST_P(HandOvers, what_was_finished_meanwhile_stays_where_it_was) {
    const Answer made = as("handler").post("/api/hand-overs", body("handler", "legal"));
    ASSERT_TRUE(write(scope_of("handler"), [&](const Scope& scope, db::Transaction& tx) {
        return steps::finish(scope, tx, first, {.outcome = "done"});
    }));
    const Answer done = as("legal").put(path(made, "/confirmation"));
    ASSERT_THAT(done, Status(200));
    EXPECT_EQ(done.at("/work/0/moved"), false);
    EXPECT_EQ(done.at("/work/1/moved"), true);
    EXPECT_EQ(named("legal"), 1u);
}

TEST_P(HandOvers, the_list_shows_ones_own_and_an_administrator_the_agencys) {
    ASSERT_THAT(as("handler").post("/api/hand-overs", body("handler", "legal")), Status(201));
    for (const auto& [login, count] : {std::pair{"handler", 1u}, std::pair{"legal", 1u}, std::pair{"clerk", 0u},
                                       std::pair{"admin", 1u}, std::pair{"other_admin", 0u}})
        EXPECT_EQ(as(login).get("/api/hand-overs").size(), count) << login;
    EXPECT_EQ(as("legal").get("/api/hand-overs").at("/0/work"), nullptr);
}

TEST_P(HandOvers, the_minutes_are_a_pdf_for_those_concerned) {
    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
        return org::set_setting(scope, tx, desk("handler").agency, "agency_place", "Hà Nội");
    }));
    for (int i = 0; i < 40; ++i)
        given(record("Văn bản số " + std::to_string(i) +
                     " có trích yếu dài để xuống dòng trong ô của bảng, vì giấy không rộng"),
              steps::Role::task, subject::person(desk("handler").person));
    const Answer made = as("handler").post("/api/hand-overs", body("handler", "legal"));
    for (const char* login : {"handler", "legal", "admin"}) {
        const Answer minutes = as(login).get(path(made, "/minutes"));
        ASSERT_THAT(minutes, Status(200)) << login;
        EXPECT_EQ(minutes.headers.value("Content-Type"), "application/pdf");
        EXPECT_EQ(minutes.text.substr(0, 5), "%PDF-");
        EXPECT_GT(minutes.text.size(), 5'000u);
    }
    EXPECT_THAT(as("clerk").get(path(made, "/minutes")), Refused(404, "organisation.no_hand_over"));
    EXPECT_THAT(as("other_admin").get(path(made, "/minutes")), Refused(404, "organisation.no_hand_over"));
    // A person may look at one with CONGVU_KEEP_PDF=/some/folder.
    if (const char* folder = std::getenv("CONGVU_KEEP_PDF")) {
        as("legal").put(path(made, "/confirmation"));
        std::ofstream(std::string(folder) + "/minutes.pdf", std::ios::binary)
            << as("legal").get(path(made, "/minutes")).text;
    }
}

CONGVU_BOTH_ENGINES(HandOvers);

}  // namespace
}  // namespace organisation
