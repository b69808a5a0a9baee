#include "modules/settings/settings.h"

#include "core/org/settings.h"
#include "tests/support/office.h"

namespace settings {
namespace {

using boost::json::array;
using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;

class Settings : public congvu::test::OfficeTest {
  protected:
    void add_routes(service::Routes& routes) override {
        settings::routes(
            routes, engine(),
            [this](const Scope&, db::Transaction&, std::string_view code, std::string_view value) -> Result<bool> {
                if (code == "second_confirmation") asked.push_back(std::string(value));
                return code == "second_confirmation" && value == "no" && waits;
            });
    }
    boost::json::value value(const Answer& answer, std::string_view code, std::string_view member = "value") {
        for (std::size_t i = 0; i < answer.size(); ++i)
            if (answer.string("/" + std::to_string(i) + "/code") == code)
                return answer.at("/" + std::to_string(i) + "/" + std::string(member));
        return "absent";
    }
    std::vector<std::string> asked;
    bool waits = true;
};

TEST_P(Settings, what_nobody_has_set_holds_as_the_server_has_it) {
    const Answer list = as("admin").get("/api/settings");
    ASSERT_THAT(list, Status(200));
    EXPECT_EQ(list.size(), 5u);
    EXPECT_EQ(value(list, "second_confirmation"), true);
    EXPECT_EQ(value(list, "session_minutes"), 720);
    EXPECT_EQ(value(list, "office_hours"), "07:30-11:30 13:00-17:00");
    EXPECT_EQ(value(list, "working_week"), "12345");
    EXPECT_EQ(value(list, "agency_place"), "");
    EXPECT_EQ(value(list, "agency_place", "own"), false);
    EXPECT_EQ(value(list, "session_minutes", "kind"), "integer");
    for (std::size_t i = 0; i < list.size(); ++i)
        for (const char* text : {"label", "help"}) {
            const std::string shown = list.string("/" + std::to_string(i) + "/" + text);
            EXPECT_FALSE(shown.empty() || shown.starts_with("settings.")) << shown;
        }
    EXPECT_EQ(value(as("admin").in_english().get("/api/settings"), "agency_place", "label"), "Place");
    EXPECT_THAT(as("handler").get("/api/settings"), Refused(403, "service.may_not"));
    EXPECT_THAT(as("auditor").put("/api/settings", object{{"agency_place", "Hà Nội"}}),
                Refused(403, "service.may_not"));
}

TEST_P(Settings, an_agency_sets_its_own_and_no_others) {
    const Answer changed =
        as("admin").put("/api/settings", object{{"agency_place", " Hà Nội "}, {"session_minutes", 45}});
    ASSERT_THAT(changed, Status(200));
    EXPECT_EQ(value(changed, "agency_place"), "Hà Nội");
    EXPECT_EQ(value(changed, "agency_place", "own"), true);
    EXPECT_EQ(value(changed, "session_minutes"), 45);
    EXPECT_EQ(value(as("other_admin").get("/api/settings"), "agency_place"), "");
    EXPECT_EQ(journalled("setting.changed"), 2);
    const Answer again = as("admin").put("/api/settings", array{object{{"code", "agency_place"}, {"value", "Hà Nội"}},
                                                                object{{"code", "session_minutes"}, {"value", "60"}}});
    ASSERT_THAT(again, Status(200)) << "as a list too";
    EXPECT_EQ(value(again, "session_minutes"), 60);
    EXPECT_EQ(journalled("setting.changed"), 3) << "what stays as it is is not written down";
    ASSERT_THAT(as("admin").put("/api/settings", object{{"session_minutes", nullptr}}), Status(200));
    EXPECT_EQ(value(as("admin").get("/api/settings"), "session_minutes"), 720);
    EXPECT_EQ(value(as("admin").get("/api/settings"), "session_minutes", "own"), false);
}

TEST_P(Settings, office_hours_count_at_once) {
    const AgencyId agency = desk("admin").agency;
    const Instant evening = instant_of(*parse_date("2026-08-25"), {18 * 60});
    EXPECT_FALSE(engine().calendar()->of(agency).is_open(evening));
    ASSERT_THAT(as("admin").put("/api/settings",
                                object{{"office_hours", "08:00-12:00, 13:30-19:00"}, {"working_week", "123456"}}),
                Status(200));
    EXPECT_TRUE(engine().calendar()->of(agency).is_open(evening));
    EXPECT_TRUE(engine().calendar()->of(agency).is_working(*parse_date("2026-08-29")));
    EXPECT_FALSE(engine().calendar()->of(desk("other_admin").agency).is_open(evening));
}

TEST_P(Settings, a_bad_value_is_refused_and_nothing_is_set) {
    const std::tuple<object, const char*> bad[] = {{{{"office_hours", "ca ngày"}}, "calendar.bad_office_hours"},
                                                   {{{"office_hours", ""}}, "calendar.bad_office_hours"},
                                                   {{{"office_hours", 7}}, "settings.bad_text"},
                                                   {{{"working_week", "54321"}}, "calendar.bad_working_week"},
                                                   {{{"session_minutes", 5}}, "settings.bad_integer"},
                                                   {{{"session_minutes", 721}}, "settings.bad_integer"},
                                                   {{{"session_minutes", "lâu"}}, "settings.bad_integer"},
                                                   {{{"session_minutes", 60.5}}, "settings.bad_integer"},
                                                   {{{"second_confirmation", "maybe"}}, "settings.bad_yes_no"},
                                                   {{{"agency_place", std::string(61, 'x')}}, "settings.bad_text"},
                                                   {{{"colour", "red"}}, "settings.unknown"}};
    for (auto [body, code] : bad) {
        body["agency_place"] = body.contains("agency_place") ? body["agency_place"] : "Huế";
        EXPECT_THAT(as("admin").put("/api/settings", body), Refused(422, code)) << body;
    }
    EXPECT_THAT(as("admin").put("/api/settings", "x"), Refused(422, "settings.bad_body"));
    EXPECT_THAT(as("admin").put("/api/settings", array{1}), Refused(422, "settings.bad_body"));
    EXPECT_EQ(value(as("admin").get("/api/settings"), "agency_place"), "") << "all or none";
    EXPECT_EQ(journalled("setting.changed"), 0);
}

TEST_P(Settings, a_protection_is_taken_away_only_as_it_may_be) {
    const Answer waiting =
        as("admin").put("/api/settings", object{{"second_confirmation", false}, {"agency_place", "Huế"}});
    ASSERT_THAT(waiting, Status(200));
    EXPECT_EQ(value(waiting, "second_confirmation"), true);
    EXPECT_EQ(value(waiting, "second_confirmation", "waiting"), true);
    EXPECT_EQ(value(waiting, "agency_place"), "Huế") << "the others are set";
    EXPECT_EQ(asked, (std::vector<std::string>{"no"}));
    waits = false;
    ASSERT_THAT(as("admin").put("/api/settings", object{{"second_confirmation", "no"}}), Status(200));
    EXPECT_EQ(value(as("admin").get("/api/settings"), "second_confirmation"), false);
    ASSERT_THAT(as("admin").put("/api/settings", object{{"second_confirmation", true}}), Status(200));
    EXPECT_EQ(value(as("admin").get("/api/settings"), "second_confirmation"), true);

    // Falling back to a server that asks for no second person is the same.
    waits = true;
    asked.clear();
    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
        return org::set_setting(scope, tx, {}, "second_confirmation", "no");
    }));
    EXPECT_EQ(value(as("admin").put("/api/settings", object{{"second_confirmation", nullptr}}), "second_confirmation"),
              true);
    EXPECT_EQ(asked, (std::vector<std::string>{"no"}));
}

CONGVU_BOTH_ENGINES(Settings);

}  // namespace
}  // namespace settings
