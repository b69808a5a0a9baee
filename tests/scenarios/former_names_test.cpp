#include "tests/scenarios/whole_office.h"

// What was done is shown with the names of then: of the unit, the post and the person.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Status;
using testing::HasSubstr;

class FormerNames : public congvu::test::WholeOfficeTest {
  protected:
    /// The history's newest entry with that label.
    static boost::json::value entry(const Answer& history, std::string_view label) {
        const boost::json::value items = history.at("/items");
        for (const auto& each : items.as_array())
            if (each.at("action_label").as_string() == label) return each;
        return nullptr;
    }
    void rename_all() {
        const auto renamed = write([&](const Scope& scope, db::Transaction& tx) -> Result<void> {
            TRY(org::change_person(scope, tx, desk("clerk").person, {.full_name = "Phạm Thu Giang Mới"}));
            TRY(org::change_post(scope, tx, desk("clerk").post, {.title = "Văn thư chính"}));
            TRY(org::change_unit(scope, tx, unit("office"),
                                 {.parent = unit("ministry"),
                                  .kind = "office",
                                  .name = "Văn phòng Mới",
                                  .short_name = "VP Mới",
                                  .abbreviation = "VPM",
                                  .valid_from = scope.today}));
            return {};
        });
        ASSERT_TRUE(renamed) << congvu::test::told(renamed);
    }
};
CONGVU_BOTH_ENGINES(FormerNames);

TEST_P(FormerNames, WhatWasDoneBeforeKeepsThem) {
    const Answer made =
        as("clerk").post("/api/registers/incoming/records",
                         object{{"values", object{{"sender", "Bộ Tài chính Mẫu"}, {"subject", "V/v dự toán"}}}});
    ASSERT_THAT(made, Status(201));
    const std::string path = "/api/records/" + std::to_string(made.number("/id"));
    ASSERT_THAT(as("clerk").post(path + "/actions/register", object{{"version", made.number("/version")}}),
                Status(200));
    const object head{{"kind", "post"}, {"id", desk("head").post.value}};
    ASSERT_THAT(as("chief").post(path + "/assignments",
                                 object{{"version", as("chief").get(path).number("/version")}, {"lead", {head}}}),
                Status(200));
    const std::string before = as("clerk").get(path).string("/created_by");
    EXPECT_EQ(before, "Phạm Thu Giang");
    ASSERT_THAT(as("head").get("/api/inbox"), Status(200));

    later(std::chrono::hours(24));
    rename_all();
    for (const char* login : {"clerk", "chief", "head"}) forget(login);
    const Answer record = as("clerk").get(path);
    ASSERT_THAT(record, Status(200));
    EXPECT_EQ(record.string("/created_by"), "Phạm Thu Giang");
    EXPECT_EQ(record.string("/unit/name"), "Văn phòng Bộ");

    const Answer history = as("clerk").get(path + "/history");
    const auto created = entry(history, "Tạo mới");
    ASSERT_TRUE(created.is_object()) << history.text;
    EXPECT_EQ(created.at("person").as_string(), "Phạm Thu Giang");
    EXPECT_EQ(created.at("post").as_string(), "Văn thư Bộ – Văn phòng Bộ");

    const Answer steps = as("head").get(path + "/steps");
    EXPECT_EQ(steps.string("/0/from/label"), "Chánh Văn phòng") << steps.text;
    EXPECT_EQ(steps.string("/0/from/detail"), "Văn phòng Bộ");
    EXPECT_EQ(as("head").get("/api/inbox").string("/items/0/from/label"), "Chánh Văn phòng – Văn phòng Bộ");

    // What is done from now on has the new ones; two changes in a day keep the one in between.
    later(std::chrono::hours(1));
    const Answer note =
        as("clerk").post("/api/registers/incoming/records",
                         object{{"values", object{{"sender", "Bộ Tài chính Mẫu"}, {"subject", "V/v quyết toán"}}}});
    ASSERT_THAT(note, Status(201));
    later(std::chrono::hours(1));
    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
        return org::change_person(scope, tx, desk("clerk").person, {.full_name = "Phạm Thu Giang Ba"});
    }));
    const std::string newer = "/api/records/" + std::to_string(note.number("/id"));
    EXPECT_EQ(as("clerk").get(newer).string("/created_by"), "Phạm Thu Giang Mới");
    EXPECT_EQ(as("clerk").get(newer).string("/unit/name"), "Văn phòng Mới");
    const auto newest = entry(as("clerk").get(newer + "/history"), "Tạo mới");
    EXPECT_EQ(newest.at("post").as_string(), "Văn thư chính – VP Mới");
    EXPECT_EQ(entry(as("clerk").get(path + "/history"), "Tạo mới").at("person").as_string(), "Phạm Thu Giang");
}

}  // namespace
