#include "core/org/settings.h"
#include "core/registers/registers.h"
#include "core/steps/steps.h"
#include "modules/organisation/organisation.h"
#include "tests/support/office.h"

namespace organisation {
namespace {

using boost::json::array;
using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using testing::HasSubstr;

/// Units in time: what is written ahead, what may not end, and what may not move. Today is 2026-08-25.
class Units : public congvu::test::OfficeTest {
  protected:
    void add_routes(service::Routes& routes) override { organisation::routes(routes); }
    void SetUp() override {
        OfficeTest::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(registers::load_choices(db()));
        ask_second_person("no");
    }
    void ask_second_person(std::string_view value) {
        for (const AgencyId agency : {desk("admin").agency, desk("other_admin").agency})
            ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
                return org::set_setting(scope, tx, agency, "second_confirmation", std::string(value));
            }));
    }
    object body(std::string_view name, std::string_view from, std::optional<UnitId> parent = {}) {
        object made{{"kind", "section"}, {"name", name}, {"short_name", name}, {"abbreviation", "M"}};
        if (!from.empty()) made["valid_from"] = from;
        if (parent) made["parent"] = parent->value;
        return made;
    }
    std::string path(UnitId id, std::string_view rest = "") {
        return "/api/units/" + std::to_string(id.value) + std::string(rest);
    }
    UnitId added(std::string_view name, std::string_view from, UnitId parent) {
        const Answer made = as("admin").post("/api/units", body(name, from, parent));
        EXPECT_THAT(made, Status(201));
        return {made.number("/id")};
    }
    /// The unit in the tree of a day; null when it is not there.
    boost::json::value on(std::string_view day, UnitId id) {
        const Answer tree = as("admin").get("/api/units?on=" + std::string(day));
        for (const auto& each : tree.json.as_array())
            if (each.at("id").as_int64() == id.value) return each;
        return nullptr;
    }
    Answer dissolve(UnitId id, std::string_view day) {
        return as("admin").post(path(id, "/successions"),
                                object{{"kind", "dissolve"}, {"to", array()}, {"on", day}, {"basis", "QĐ 9"}});
    }
    std::vector<StepId> give(const std::vector<SubjectId>& to) {
        constexpr db::Sql register_row{"test.register", "insert into register (code) values ('r') returning id"};
        constexpr db::Sql record_row{"test.record", R"(
            insert into record (uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
            values ('u1', ?1, ?2, 1, 'new', 'Việc', 1, 1) returning id)"};
        const auto open = [&](const Scope& scope, db::Transaction& tx) -> Result<std::vector<StepId>> {
            const std::int64_t record = TRY(tx.insert(record_row, TRY(tx.insert(register_row)), desk("admin").agency));
            steps::Opening opening{.record = {record}, .steps = {}};
            for (const SubjectId each : to) opening.steps.push_back({.role = steps::Role::support, .to = each});
            return steps::open(scope, tx, opening);
        };
        const auto made = write(scope_of("leader"), open);
        EXPECT_TRUE(made) << congvu::test::told(made);
        return made.value_or(std::vector<StepId>());
    }
};

TEST_P(Units, with_open_work_one_does_not_end) {
    const UnitId roads = unit("roads");
    // The unit's own step waits for its clerk, who keeps a book there.
    const auto given = give({subject::post(desk("roads_handler").post), subject::post(desk("roads_head").post),
                             subject::unit(roads), subject::post(desk("handler").post)});
    for (const object& how : {object{{"kind", "dissolve"}, {"to", array()}, {"on", "2026-08-26"}},
                              object{{"kind", "merge"}, {"to", {unit("planning").value}}, {"on", "2026-08-26"}}}) {
        const Answer refused = as("admin").post(path(roads, "/successions"), how);
        EXPECT_THAT(refused, Refused(409, "organisation.unit_has_work"));
        EXPECT_THAT(refused.string("/error/message"), HasSubstr("còn 3 việc"));
        EXPECT_THAT(refused.string("/error/message"), HasSubstr("Chuyên viên Cục Hạ tầng Tạ Quang Thái: 1"));
        EXPECT_THAT(refused.string("/error/message"), HasSubstr("gửi chung cho đơn vị: 1"));
    }
    EXPECT_EQ(journalled("unit.succeeded"), 0);
    EXPECT_THAT(as("roads_handler").get("/api/units"), Status(200));

    ASSERT_TRUE(write(scope_of("leader"), [&](const Scope& scope, db::Transaction& tx) -> Result<void> {
        for (std::size_t i = 0; i < 3; ++i) TRY(steps::take_back(scope, tx, given[i]));
        return {};
    }));
    EXPECT_THAT(dissolve(roads, "2026-08-26"), Status(204)) << "the work of other units is none of it";
}

TEST_P(Units, nothing_outlives_the_unit_it_stands_in) {
    const UnitId roads = unit("roads"), team = added("Đội", "2026-08-25", unit("office"));
    // From October on it is to stand under the one that is to end in September.
    ASSERT_THAT(as("admin").put(path(team), body("Đội", "2026-10-01", roads)), Status(200));
    EXPECT_THAT(dissolve(roads, "2026-09-01"), Refused(409, "org.units_below"));
    ASSERT_THAT(as("admin").del(path(team, "/coming")), Status(204));
    ASSERT_THAT(dissolve(roads, "2026-09-01"), Status(204));
    EXPECT_THAT(as("admin").post("/api/units", body("Đội hai", "", roads)), Refused(409, "org.unit_ends"));
    EXPECT_THAT(as("admin").put(path(team), body("Đội", "", roads)), Refused(409, "org.unit_ends"));
    EXPECT_THAT(as("admin").post("/api/posts", object{{"unit", roads.value}, {"title", "Đội trưởng"}}),
                Refused(409, "org.unit_ends"));
    // A new name meanwhile does not take the end away.
    ASSERT_THAT(as("admin").put(path(roads), body("Cục Cầu đường", "2026-08-27", unit("ministry"))), Status(200));
    EXPECT_EQ(on("2026-08-28", roads).at("name").as_string(), "Cục Cầu đường");
    EXPECT_TRUE(on("2026-09-01", roads).is_null());
}

TEST_P(Units, a_kind_is_one_of_the_list) {
    const auto admin = as("admin");
    object wrong = body("Phòng", "", unit("office"));
    wrong["kind"] = "zz";
    const Answer refused = admin.post("/api/units", wrong);
    EXPECT_THAT(refused, Refused(422, "organisation.no_kind"));
    EXPECT_EQ(refused.string("/error/field"), "kind");
    EXPECT_THAT(admin.put(path(unit("planning")), wrong), Refused(422, "organisation.no_kind"));
    // The directorate's kind is none of the list either, but it stands there.
    object kept = body("Tổng cục Mới", "2026-09-01");
    kept["kind"] = "directorate";
    EXPECT_THAT(admin.put(path(unit("directorate")), kept), Status(200));
}

TEST_P(Units, no_text_is_longer_than_its_place) {
    const auto admin = as("admin");
    const std::string endless(400, 'x');
    for (const char* field : {"rank", "phone", "email"}) {
        const Answer refused = admin.post("/api/persons", object{{"full_name", "Ai Đó"}, {field, endless}});
        EXPECT_THAT(refused, Refused(422, "org.too_long")) << field;
        EXPECT_EQ(refused.string("/error/field"), field);
    }
    object unit_body = body("Phòng", "", unit("office"));
    unit_body["basis"] = endless;
    EXPECT_THAT(admin.post("/api/units", unit_body), Refused(422, "org.too_long"));
    EXPECT_THAT(
        admin.post(path(unit("planning"), "/successions"),
                   object{{"kind", "split"}, {"to", {unit("office").value}}, {"on", "2026-08-26"}, {"basis", endless}}),
        Refused(422, "org.too_long"));
    EXPECT_THAT(admin.post("/api/posts/" + std::to_string(desk("handler").post.value) + "/holders",
                           object{{"person", desk("legal").person.value}, {"basis", endless}}),
                Refused(422, "org.too_long"));
    EXPECT_EQ(admin.post("/api/units", body("  Phòng Gọn ", "", unit("office"))).string("/name"), "Phòng Gọn");
}

TEST_P(Units, a_mistyped_year_is_refused) {
    const auto admin = as("admin");
    const UnitId planning = unit("planning");
    const std::string post = "/api/posts/" + std::to_string(desk("handler").post.value);
    for (const char* day : {"2099-01-01", "2027-08-27", "0206-08-25"}) {
        EXPECT_THAT(admin.put(path(planning), body("Vụ Kế hoạch", day)), Refused(422, "org.far_date")) << day;
        EXPECT_THAT(admin.post("/api/units", body("Phòng", day, planning)), Refused(422, "org.far_date")) << day;
        EXPECT_THAT(admin.post("/api/posts", object{{"unit", planning.value}, {"title", "Phó"}, {"valid_from", day}}),
                    Refused(422, "org.far_date"))
            << day;
        EXPECT_THAT(admin.post(post + "/holders", object{{"person", desk("legal").person.value}, {"valid_from", day}}),
                    Refused(422, "org.far_date"))
            << day;
        EXPECT_THAT(admin.post(post + "/holders", object{{"valid_from", day}}), Refused(422, "org.far_date")) << day;
    }
    EXPECT_THAT(dissolve(planning, "2099-01-01"), Refused(422, "org.far_date"));
    EXPECT_THAT(admin.put(post, object{{"title", "Chuyên viên"}, {"valid_to", "2099-01-01"}}),
                Refused(422, "org.far_date"));
    EXPECT_THAT(admin.put(path(planning), body("Vụ Kế hoạch", "2027-08-26")), Status(200)) << "a year ahead";
}

TEST_P(Units, what_has_not_come_yet_is_withdrawn) {
    const auto admin = as("admin");
    const UnitId planning = unit("planning");
    EXPECT_THAT(admin.del(path(planning, "/coming")), Refused(409, "org.nothing_coming"));
    ASSERT_THAT(admin.put(path(planning), body("Vụ Nhầm", "2027-01-01")), Status(200));
    const auto shown = on("2026-08-25", planning);
    EXPECT_EQ(shown.at("name").as_string(), "Vụ Kế hoạch");
    EXPECT_EQ(shown.at("coming").at("on").as_string(), "2027-01-01");
    EXPECT_EQ(shown.at("coming").at("name").as_string(), "Vụ Nhầm");
    EXPECT_THAT(admin.put(path(planning), body("Vụ Đúng", "2026-09-01")), Refused(422, "org.before_coming"));

    EXPECT_THAT(as("handler").del(path(planning, "/coming")), Status(403));
    EXPECT_THAT(as("other_admin").del(path(planning, "/coming")), Refused(404, "org.no_unit"));
    ASSERT_THAT(admin.del(path(planning, "/coming")), Status(204));
    EXPECT_EQ(journalled("unit.withdrawn"), 1);
    EXPECT_EQ(on("2027-01-02", planning).at("name").as_string(), "Vụ Kế hoạch");
    EXPECT_FALSE(on("2026-08-25", planning).as_object().contains("coming"));
    ASSERT_THAT(admin.put(path(planning), body("Vụ Đúng", "2026-09-01")), Status(200));
    EXPECT_EQ(on("2026-09-01", planning).at("name").as_string(), "Vụ Đúng");

    // Its end, and with it what became of it.
    ASSERT_THAT(admin.del(path(planning, "/coming")), Status(204));
    ASSERT_THAT(dissolve(planning, "2026-12-01"), Status(204));
    EXPECT_FALSE(on("2026-08-25", planning).at("coming").as_object().contains("name")) << "it ends";
    ASSERT_THAT(admin.del(path(planning, "/coming")), Status(204));
    EXPECT_FALSE(on("2026-12-01", planning).is_null());
    constexpr db::Sql successions{"test.successions", "select count(*) from unit_succession"};
    EXPECT_EQ(read([&](db::Reader& reader) { return reader.row(successions); }).value()->integer(0), 0);

    // What holds already stays.
    ASSERT_THAT(admin.put(path(planning), body("Vụ Hôm nay", "2026-08-25")), Status(200));
    EXPECT_THAT(admin.del(path(planning, "/coming")), Refused(409, "org.nothing_coming"));
}

TEST_P(Units, a_unit_to_come_may_begin_sooner) {
    const UnitId team = added("Đội", "2027-03-01", unit("planning"));
    EXPECT_THAT(as("admin").del(path(team, "/coming")), Refused(409, "org.nothing_coming")) << "it is all there is";
    ASSERT_THAT(as("admin").put(path(team), body("Đội", "2026-09-01", unit("planning"))), Status(200));
    EXPECT_TRUE(on("2026-08-31", team).is_null());
    EXPECT_FALSE(on("2026-09-01", team).is_null());
}

TEST_P(Units, no_ring_is_made_on_any_day) {
    const UnitId first = added("Một", "2026-08-25", unit("office")),
                 second = added("Hai", "2026-08-25", unit("office"));
    ASSERT_THAT(as("admin").put(path(second), body("Hai", "2026-10-01", first)), Status(200));
    EXPECT_THAT(as("admin").put(path(first), body("Một", "2026-09-01", second)), Refused(422, "org.under_itself"));
    EXPECT_FALSE(on("2026-10-01", first).is_null());
    EXPECT_FALSE(on("2026-10-01", second).is_null());
}

TEST_P(Units, another_place_waits_for_a_second_person) {
    ask_second_person("yes");
    const UnitId planning = unit("planning"), office = unit("office");
    const Answer asked = as("admin").put(path(planning), body("Vụ Kế hoạch", "2026-08-26", office));
    ASSERT_THAT(asked, Status(200));
    ASSERT_GT(asked.number("/change"), 0);
    EXPECT_EQ(asked.number("/parent"), unit("ministry").value);
    EXPECT_EQ(on("2026-08-26", planning).at("parent").as_int64(), unit("ministry").value) << "nothing has moved yet";
    EXPECT_EQ(as("auditor").get("/api/right-changes").string("/0/description"),
              "Vụ Kế hoạch: chuyển về trực thuộc Văn phòng Bộ từ ngày 26/08/2026");
    const std::string decision = "/api/right-changes/" + std::to_string(asked.number("/change")) + "/decision";
    EXPECT_THAT(as("admin").put(decision, object{{"confirmed", true}}), Refused(403, "organisation.second_person"));
    ASSERT_THAT(as("auditor").put(decision, object{{"confirmed", true}}), Status(200));
    EXPECT_EQ(on("2026-08-26", planning).at("parent").as_int64(), office.value);
    // A new name alone is no change of rights.
    const Answer renamed = as("admin").put(path(office), body("Văn phòng Mới", "2026-08-27"));
    EXPECT_EQ(renamed.string("/name"), "Văn phòng Mới");
    EXPECT_EQ(renamed.at("/change"), nullptr);
}

TEST_P(Units, what_an_agency_holds_stays_in_it) {
    const auto admin = as("admin");
    const UnitId directorate = unit("directorate"), team = added("Đội", "2026-08-25", unit("planning"));
    const Answer refused = admin.put(path(unit("planning")), body("Vụ Kế hoạch", "2026-08-26", directorate));
    EXPECT_THAT(refused, Refused(409, "organisation.unit_of_agency"));
    EXPECT_THAT(refused.string("/error/message"), HasSubstr("Vụ Kế hoạch"));
    // Proposed while it is empty, and not confirmed once it is not.
    ask_second_person("yes");
    const Answer asked = admin.put(path(team), body("Đội", "2026-08-26", directorate));
    ASSERT_GT(asked.number("/change"), 0);
    ASSERT_THAT(admin.post("/api/posts", object{{"unit", team.value}, {"title", "Đội trưởng"}}), Status(201));
    const std::string decision = "/api/right-changes/" + std::to_string(asked.number("/change")) + "/decision";
    EXPECT_THAT(as("auditor").put(decision, object{{"confirmed", true}}), Refused(409, "organisation.unit_of_agency"));
    ask_second_person("no");
    const UnitId empty = added("Tổ", "2026-08-25", unit("planning"));
    EXPECT_THAT(admin.put(path(empty), body("Tổ", "2026-08-26", directorate)), Status(200));
    EXPECT_EQ(on("2026-08-26", empty).at("agency").as_int64(), directorate.value);
}

CONGVU_BOTH_ENGINES(Units);

}  // namespace
}  // namespace organisation
