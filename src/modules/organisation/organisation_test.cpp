#include "modules/organisation/organisation.h"

#include "core/org/posts.h"
#include "core/org/settings.h"
#include "core/registers/registers.h"
#include "core/steps/steps.h"
#include "tests/support/office.h"

namespace organisation {
namespace {

using boost::json::array;
using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Organisation : public congvu::test::OfficeTest {
  protected:
    void add_routes(service::Routes& routes) override { organisation::routes(routes); }
    std::size_t may_choose(std::string_view login) {
        return org::posts_to_choose(**db().read(), desk(login).person, local_date(clock().now())).value().size();
    }
    void SetUp() override {
        OfficeTest::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(registers::load_choices(db()));
        // The two-person rule has tests of its own; here every change is done at once.
        for (const AgencyId agency : {desk("admin").agency, desk("other_admin").agency})
            ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
                return org::set_setting(scope, tx, agency, "second_confirmation", "no");
            }));
    }
    object unit_body(std::string_view name, std::optional<std::int64_t> parent) {
        object body{{"kind", "section"}, {"name", name}, {"short_name", name}, {"abbreviation", "M"}};
        if (parent) body["parent"] = *parent;
        return body;
    }
    std::vector<std::string> names(const Answer& answer, std::string_view list, std::string_view name) {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < answer.size(list); ++i)
            all.push_back(answer.string(std::string(list) + "/" + std::to_string(i) + "/" + std::string(name)));
        return all;
    }
};

TEST_P(Organisation, everyone_reads_the_tree_and_nobody_signed_out_does) {
    const Answer tree = as("other_handler").get("/api/units");
    ASSERT_THAT(tree, Status(200));
    EXPECT_THAT(names(tree, "", "name"), ElementsAre("Bộ Mẫu", "Cục Hạ tầng", "Tổng cục Mẫu", "Văn phòng Tổng cục",
                                                     "Văn phòng Bộ", "Vụ Kế hoạch"));
    EXPECT_EQ(tree.at("/0/parent"), nullptr);
    EXPECT_EQ(tree.number("/1/parent"), unit("ministry").value);
    EXPECT_EQ(tree.number("/3/agency"), unit("directorate").value);
    EXPECT_EQ(tree.at("/2/is_agency"), true);
    EXPECT_EQ(as("handler").get("/api/units?on=2019-01-01").size(), 0u);
    EXPECT_THAT(as("handler").get("/api/units?on=gestern"), Status(422));
    for (const char* path :
         {"/api/units", "/api/persons", "/api/roles", "/api/acting", "/api/right-changes", "/api/hand-overs"})
        EXPECT_THAT(nobody().get(path), Status(401)) << path;
}

TEST_P(Organisation, only_administrators_change_anything) {
    const std::string post = std::to_string(desk("handler").post.value),
                      person = std::to_string(desk("handler").person.value);
    const std::string planning = std::to_string(unit("planning").value),
                      account = std::to_string(desk("handler").account.value);
    for (const char* login : {"handler", "clerk", "leader", "auditor"}) {
        const auto client = as(login);
        EXPECT_THAT(client.post("/api/units", unit_body("Phòng Mới", unit("office").value)),
                    Refused(403, "service.may_not"))
            << login;
        EXPECT_THAT(client.put("/api/units/" + planning, unit_body("Vụ Khác", {})), Status(403)) << login;
        EXPECT_THAT(client.post("/api/units/" + planning + "/successions",
                                object{{"kind", "dissolve"}, {"to", array()}, {"on", "2026-09-01"}}),
                    Status(403))
            << login;
        EXPECT_THAT(client.post("/api/posts", object{{"unit", unit("office").value}, {"title", "Sếp"}}), Status(403))
            << login;
        EXPECT_THAT(client.put("/api/posts/" + post, object{{"title", "Sếp"}}), Status(403)) << login;
        EXPECT_THAT(client.put("/api/posts/" + post + "/roles", object{{"roles", {"administrator"}}}), Status(403))
            << login;
        EXPECT_THAT(client.post("/api/posts/" + post + "/holders", object{{"person", 1}}), Status(403)) << login;
        EXPECT_THAT(client.post("/api/persons", object{{"full_name", "Ai Đó"}}), Status(403)) << login;
        EXPECT_THAT(client.put("/api/persons/" + person, object{{"full_name", "Ai Đó"}}), Status(403)) << login;
        EXPECT_THAT(client.get("/api/accounts"), Status(403)) << login;
        EXPECT_THAT(client.post("/api/accounts", object{{"person", 1}, {"login", "ai.do"}}), Status(403)) << login;
        EXPECT_THAT(client.put("/api/accounts/" + account + "/state", object{{"state", "disabled"}, {"reason", "x"}}),
                    Status(403))
            << login;
        EXPECT_THAT(client.post("/api/accounts/" + account + "/password-reset"), Status(403)) << login;
        EXPECT_THAT(client.post("/api/signing-authorities", object{}), Status(403)) << login;
    }
    EXPECT_THAT(as("admin").without_csrf().post("/api/persons", object{{"full_name", "Ai Đó"}}),
                Refused(403, "service.bad_csrf"));
    EXPECT_THAT(as("admin").without_csrf().post("/api/accounts", object{{"person", 1}, {"login", "ai.do"}}),
                Refused(403, "service.bad_csrf"));
    EXPECT_EQ(journalled("unit.changed") + journalled("post.changed") + journalled("account.password_reset"), 0);
}

TEST_P(Organisation, a_unit_is_added_renamed_moved_and_merged) {
    const auto admin = as("admin");
    const Answer made = admin.post("/api/units", unit_body("Phòng Tổng hợp", unit("office").value));
    ASSERT_THAT(made, Status(201));
    const std::string path = "/api/units/" + std::to_string(made.number("/id"));
    EXPECT_EQ(made.number("/agency"), unit("ministry").value);
    EXPECT_EQ(made.string("/valid_from"), "2026-08-25");

    object renamed = unit_body("Phòng Tổng hợp, Thư ký", unit("planning").value);
    renamed["valid_from"] = "2026-09-01";
    const Answer moved = admin.put(path, renamed);
    ASSERT_THAT(moved, Status(200));
    EXPECT_EQ(moved.number("/parent"), unit("planning").value);
    EXPECT_THAT(names(admin.get("/api/units"), "", "name"), testing::Contains("Phòng Tổng hợp"));
    EXPECT_THAT(names(admin.get("/api/units?on=2026-09-01"), "", "name"), testing::Contains("Phòng Tổng hợp, Thư ký"));

    object agency = unit_body("Phòng Tổng hợp", {});
    agency["is_agency"] = true;
    agency["valid_from"] = "2026-09-02";
    EXPECT_THAT(admin.put(path, agency), Refused(422, "organisation.agency_stays"));
    EXPECT_THAT(
        admin.post(
            path + "/successions",
            object{{"kind", "merge"}, {"to", {unit("planning").value}}, {"on", "2026-10-01"}, {"basis", "QĐ 1"}}),
        Status(204));
    EXPECT_THAT(names(admin.get("/api/units?on=2026-10-01"), "", "name"),
                Not(testing::Contains("Phòng Tổng hợp, Thư ký")));

    EXPECT_THAT(admin.post("/api/units", unit_body("Gốc khác", {})), Refused(422, "organisation.needs_parent"));
    EXPECT_THAT(admin.post("/api/units", unit_body("", unit("office").value)), Refused(422, "org.required"));
    EXPECT_THAT(admin.put("/api/units/999", unit_body("Ma", {})), Refused(404, "org.no_unit"));
    EXPECT_THAT(admin.post("/api/units/" + std::to_string(unit("ministry").value) + "/successions",
                           object{{"kind", "dissolve"}, {"to", array()}, {"on", "2026-10-01"}}),
                Refused(403, "organisation.own_agency"));
}

TEST_P(Organisation, an_administrator_stays_in_their_own_agency) {
    const auto other = as("other_admin");
    const auto id = [](auto each) { return std::to_string(each.value); };
    const std::string post = id(desk("handler").post), person = id(desk("handler").person),
                      account = id(desk("handler").account);
    EXPECT_THAT(other.post("/api/units", unit_body("Phòng Lấn", unit("office").value)), Refused(404, "org.no_unit"));
    EXPECT_THAT(other.put("/api/units/" + id(unit("planning")), unit_body("Vụ Lấn", {})), Refused(404, "org.no_unit"));
    EXPECT_THAT(
        other.put("/api/units/" + id(unit("directorate_office")), unit_body("Văn phòng", unit("ministry").value)),
        Refused(404, "org.no_unit"))
        << "not even out of it";
    EXPECT_THAT(other.post("/api/units/" + id(unit("planning")) + "/successions",
                           object{{"kind", "dissolve"}, {"to", array()}, {"on", "2026-10-01"}}),
                Status(404));
    EXPECT_THAT(other.post("/api/posts",
                           object{{"unit", unit("office").value}, {"title", "Sếp"}, {"roles", {"administrator"}}}),
                Refused(404, "org.no_unit"));
    EXPECT_THAT(other.put("/api/posts/" + post, object{{"title", "Sếp"}}), Refused(404, "org.no_post"));
    EXPECT_THAT(other.put("/api/posts/" + post + "/roles", object{{"roles", {"administrator"}}}),
                Refused(404, "org.no_post"));
    EXPECT_THAT(other.post("/api/posts/" + post + "/holders", object{{"person", desk("other_admin").person.value}}),
                Refused(404, "org.no_post"));
    EXPECT_THAT(other.post("/api/posts/" + id(desk("other_handler").post) + "/holders",
                           object{{"person", desk("handler").person.value}}),
                Refused(404, "org.no_person"));
    EXPECT_THAT(other.put("/api/persons/" + person, object{{"full_name", "Tên Khác"}}), Refused(404, "org.no_person"));
    EXPECT_THAT(other.put("/api/accounts/" + account + "/state", object{{"state", "disabled"}, {"reason", "x"}}),
                Refused(404, "accounts.no_account"));
    EXPECT_THAT(other.post("/api/accounts/" + account + "/password-reset"), Refused(404, "accounts.no_account"));
    const object acting{{"post", desk("leader").post.value},
                        {"deputy", desk("other_admin").person.value},
                        {"valid_from", "2026-08-25"},
                        {"valid_to", "2026-08-30"},
                        {"basis", "QĐ"}};
    EXPECT_THAT(other.post("/api/acting", acting), Refused(404, "org.no_post"));
    const object signing{{"post", desk("other_leader").post.value},
                         {"form", "TL"},
                         {"for_post", desk("leader").post.value},
                         {"scope", "Công văn"},
                         {"basis", "QĐ"},
                         {"valid_from", "2026-08-25"}};
    EXPECT_THAT(other.post("/api/signing-authorities", signing), Refused(404, "org.no_post"));
    const Answer accounts = other.get("/api/accounts");
    EXPECT_THAT(names(accounts, "/items", "login"),
                ElementsAre("other_leader", "other_clerk", "other_handler", "other_admin"));
    EXPECT_EQ(as("admin").get("/api/accounts?limit=200").size("/items"), 18u) << "the one above reaches everybody";
    EXPECT_EQ(journalled("post.roles_set"), 18) << "those of the office being furnished, and no more";

    // The one above may; within the other agency its own administrator may.
    EXPECT_THAT(as("admin").put("/api/posts/" + id(desk("other_handler").post), object{{"title", "Chuyên viên chính"}}),
                Status(200));
    EXPECT_THAT(
        other.put("/api/persons/" + id(desk("other_handler").person), object{{"full_name", "Phan Thị Xuân Hương"}}),
        Status(200));
}

TEST_P(Organisation, posts_show_their_holders_and_their_work) {
    const auto admin = as("admin");
    const Answer made = admin.post(
        "/api/posts", object{{"unit", unit("planning").value}, {"title", "Phó Vụ trưởng"}, {"roles", {"handler"}}});
    ASSERT_THAT(made, Status(201));
    EXPECT_EQ(made.string("/roles/0"), "handler");
    EXPECT_EQ(made.at("/change"), nullptr) << "nothing waits";
    const std::string path = "/api/posts/" + std::to_string(made.number("/id"));
    const Answer person = admin.post("/api/persons", object{{"full_name", "  Trương Thị Yến "}, {"phone", "024 1234"}});
    ASSERT_THAT(person, Status(201));
    EXPECT_EQ(person.string("/full_name"), "Trương Thị Yến");
    const Answer filled = admin.post(
        path + "/holders", object{{"person", person.number("/id")}, {"valid_from", "2026-08-25"}, {"basis", "QĐ 5"}});
    ASSERT_THAT(filled, Status(200));
    EXPECT_EQ(filled.at("/applied"), true);

    const Answer posts = as("handler").get("/api/units/" + std::to_string(unit("planning").value) + "/posts");
    EXPECT_THAT(names(posts, "", "title"),
                ElementsAre("Vụ trưởng Vụ Kế hoạch", "Chuyên viên Vụ Kế hoạch", "Phó Vụ trưởng"));
    EXPECT_EQ(posts.string("/2/holders/0/person/full_name"), "Trương Thị Yến");
    EXPECT_EQ(admin.get("/api/units/" + std::to_string(unit("planning").value) + "/posts").at("/2/open_steps"), 0);

    ASSERT_THAT(admin.post(path + "/holders", object{{"valid_from", "2026-08-25"}}), Status(200)) << "vacant";
    EXPECT_EQ(admin.get("/api/units/" + std::to_string(unit("planning").value) + "/posts").size("/2/holders"), 0u);
    ASSERT_THAT(admin.put(path, object{{"title", "Phó Vụ trưởng"}, {"valid_to", "2026-08-26"}}), Status(200));
    EXPECT_THAT(admin.put(path, object{{"title", "Phó Vụ trưởng"}, {"valid_to", "2020-01-01"}}),
                Refused(422, "org.ends_before_it_begins"));
    EXPECT_THAT(admin.put(path + "/roles", object{{"roles", {"emperor"}}}), Refused(422, "org.no_role"));
    EXPECT_THAT(admin.post("/api/posts", object{{"unit", unit("planning").value}, {"title", ""}}),
                Refused(422, "org.required"));
    EXPECT_THAT(admin.post("/api/posts", object{{"unit", unit("planning").value}}), Refused(422, "base.missing_field"));
}

TEST_P(Organisation, a_post_with_open_work_does_not_end) {
    constexpr db::Sql register_row{"test.register", "insert into register (code) values ('r') returning id"};
    constexpr db::Sql record_row{"test.record", R"(
        insert into record (uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
        values ('u1', ?1, ?2, 1, 'new', 'Việc', 1, 1) returning id)"};
    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) -> Result<void> {
        const std::int64_t record = TRY(tx.insert(record_row, TRY(tx.insert(register_row)), desk("handler").agency));
        TRY(steps::open(
            scope, tx,
            {.record = {record}, .steps = {{.role = steps::Role::lead, .to = subject::post(desk("handler").post)}}}));
        return {};
    }));
    const std::string path = "/api/posts/" + std::to_string(desk("handler").post.value);
    // How much waits is for who holds the post, heads the unit, or leads or administers the agency.
    const std::string posts = "/api/units/" + std::to_string(unit("planning").value) + "/posts";
    for (const char* who : {"handler", "head", "leader", "admin"})
        EXPECT_EQ(as(who).get(posts).at("/1/open_steps"), 1) << who;
    EXPECT_EQ(as("handler").get(posts).at("/0/open_steps"), nullptr) << "the head's";
    for (const char* who : {"clerk", "legal", "auditor", "other_admin", "other_handler"})
        EXPECT_THAT(as(who).get(posts).text, Not(HasSubstr("open_steps"))) << who;
    EXPECT_THAT(as("admin").put(path, object{{"title", "Chuyên viên"}, {"valid_to", "2026-09-01"}}),
                Refused(409, "organisation.post_has_work"));
    EXPECT_THAT(as("admin").put(path, object{{"title", "Chuyên viên chính"}}), Status(200));
}

TEST_P(Organisation, people_are_found_by_name_in_pages) {
    const Answer all = as("handler").get("/api/persons?limit=5");
    ASSERT_EQ(all.size("/items"), 5u);
    EXPECT_EQ(all.string("/items/0/full_name"), "Trần Quốc Bình");
    const Answer next = as("handler").get("/api/persons?limit=5&after=" + all.string("/next"));
    EXPECT_EQ(next.size("/items"), 5u);
    EXPECT_NE(next.number("/items/0/id"), all.number("/items/4/id"));
    const Answer found = as("handler").get("/api/persons?q=ly%20phuc");
    ASSERT_EQ(found.size("/items"), 1u);
    EXPECT_EQ(found.string("/items/0/posts/0/title"), "Chuyên viên Vụ Kế hoạch");
    EXPECT_EQ(found.string("/items/0/posts/0/unit/name"), "Vụ Kế hoạch");
    EXPECT_EQ(found.at("/items/0/account"), nullptr) << "a login is the administrator's to see";
    EXPECT_EQ(as("admin").get("/api/persons?q=ly%20phuc").string("/items/0/account/login"), "handler");
    EXPECT_EQ(as("other_admin").get("/api/persons?q=ly%20phuc").at("/items/0/account"), nullptr);
    EXPECT_EQ(as("handler").get("/api/persons?unit=" + std::to_string(unit("roads").value)).size("/items"), 3u);
    EXPECT_EQ(as("handler").get("/api/persons?limit=200&unit=" + std::to_string(unit("ministry").value)).size("/items"),
              18u);
}

TEST_P(Organisation, a_first_password_is_told_once_and_kept_nowhere) {
    const auto admin = as("admin");
    const std::int64_t person = admin.post("/api/persons", object{{"full_name", "Trương Thị Yến"}}).number("/id");
    const Answer made = admin.post("/api/accounts", object{{"person", person}, {"login", "truong.yen"}}, "key-1");
    ASSERT_THAT(made, Status(201));
    const std::string first = made.string("/first_password");
    ASSERT_GE(first.size(), 12u);
    EXPECT_EQ(made.headers.value("Cache-Control"), "no-store");
    EXPECT_THAT(admin.post("/api/accounts", object{{"person", person}, {"login", "truong.yen"}}, "key-1"),
                Refused(409, "accounts.has_one"));
    constexpr db::Sql answers{"test.answers", "select count(*) from idempotency where answer like '%first_password%'"};
    EXPECT_EQ(read([&](db::Reader& reader) { return reader.row(answers); }).value()->integer(0), 0);

    // Whoever signs in with it can only change it.
    EXPECT_THAT(as("truong.yen", first).get("/api/units"), Refused(403, "service.change_password_first"));
    EXPECT_THAT(admin.post("/api/accounts", object{{"person", 999}, {"login", "ma"}}), Refused(404, "org.no_person"));
    EXPECT_THAT(admin.post("/api/accounts", object{{"person", person}}), Refused(422, "base.missing_field"));

    const Answer reset =
        admin.post("/api/accounts/" + std::to_string(desk("handler").account.value) + "/password-reset");
    ASSERT_THAT(reset, Status(200));
    EXPECT_NE(reset.string("/first_password"), first);
    EXPECT_EQ(journalled("account.password_reset"), 1);
    EXPECT_THAT(as("handler", reset.string("/first_password")).get("/api/units"),
                Refused(403, "service.change_password_first"));
    EXPECT_THAT(admin.post("/api/accounts/999/password-reset"), Refused(404, "accounts.no_account"));
}

TEST_P(Organisation, an_account_is_disabled_but_not_ones_own) {
    const auto admin = as("admin"), handler = as("handler");
    ASSERT_THAT(handler.get("/api/units"), Status(200));
    const std::string path = "/api/accounts/" + std::to_string(desk("handler").account.value) + "/state";
    EXPECT_THAT(admin.put(path, object{{"state", "disabled"}, {"reason", ""}}), Refused(422, "accounts.no_reason"));
    EXPECT_THAT(admin.put(path, object{{"state", "asleep"}, {"reason", "x"}}), Refused(422, "accounts.unknown_state"));
    ASSERT_THAT(admin.put(path, object{{"state", "disabled"}, {"reason", "Nghỉ hưu"}}), Status(200));
    EXPECT_THAT(handler.get("/api/units"), Status(401)) << "out at once";
    const Answer list = admin.get("/api/accounts?q=phuc");
    EXPECT_EQ(list.string("/items/0/state"), "disabled");
    EXPECT_EQ(list.string("/items/0/state_label"), "Ngừng dùng");
    EXPECT_THAT(admin.put("/api/accounts/" + std::to_string(desk("admin").account.value) + "/state",
                          object{{"state", "disabled"}, {"reason", "x"}}),
                Refused(403, "organisation.own_account"));
}

TEST_P(Organisation, a_deputy_is_named_by_who_holds_the_post_or_by_an_administrator) {
    const auto body = [&](std::string_view post, std::string_view deputy) {
        return object{{"post", desk(post).post.value},
                      {"deputy", desk(deputy).person.value},
                      {"valid_from", "2026-08-25"},
                      {"valid_to", "2026-08-28"},
                      {"basis", "QĐ 88"}};
    };
    ASSERT_THAT(as("leader").post("/api/acting", body("leader", "deputy")), Status(200));
    ASSERT_THAT(as("admin").post("/api/acting", body("chief", "clerk")), Status(200));
    EXPECT_THAT(as("handler").post("/api/acting", body("leader", "handler")),
                Refused(403, "organisation.not_your_post"));
    EXPECT_THAT(as("leader").post("/api/acting", body("chief", "deputy")), Refused(403, "organisation.not_your_post"));
    EXPECT_THAT(as("other_leader").post("/api/acting", body("other_leader", "handler")), Refused(404, "org.no_person"))
        << "a deputy of one's own house";
    EXPECT_THAT(as("leader").post("/api/acting", body("leader", "leader")), Refused(422, "org.acts_for_oneself"));

    const Answer list = as("handler").get("/api/acting");
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list.string("/1/post/label"), "Bộ trưởng");
    EXPECT_EQ(list.string("/1/post/detail"), "Bộ Mẫu");
    EXPECT_EQ(list.string("/1/deputy/label"), "Lê Minh Châu");
    EXPECT_EQ(as("other_handler").get("/api/acting").size(), 0u);

    // The deputy acts for the leader and can't pass that on.
    forget("deputy");
    EXPECT_EQ(may_choose("deputy"), 2u);
    EXPECT_THAT(as("deputy").post("/api/acting", body("leader", "clerk")), Refused(403, "organisation.not_your_post"));
    EXPECT_THAT(as("handler").del("/api/acting/" + std::to_string(list.number("/1/id"))),
                Refused(403, "organisation.not_your_post"));
    EXPECT_THAT(as("other_admin").del("/api/acting/" + std::to_string(list.number("/1/id"))),
                Refused(404, "org.no_acting"));
    ASSERT_THAT(as("leader").del("/api/acting/" + std::to_string(list.number("/1/id"))), Status(204));
    EXPECT_EQ(may_choose("deputy"), 1u);
    EXPECT_EQ(as("handler").get("/api/acting").size(), 1u);
    EXPECT_EQ(as("handler").get("/api/acting?all=1").size(), 2u);
    EXPECT_THAT(as("admin").del("/api/acting/999"), Refused(404, "org.no_acting"));
}

TEST_P(Organisation, signing_for_another_is_a_table_of_its_own) {
    const auto admin = as("admin");
    const auto body = [&](std::string_view post, const char* form, std::string_view for_post) {
        return object{{"post", desk(post).post.value}, {"form", form},       {"for_post", desk(for_post).post.value},
                      {"scope", "Công văn"},           {"basis", "Quy chế"}, {"valid_from", "2026-08-25"}};
    };
    ASSERT_THAT(admin.post("/api/signing-authorities", body("chief", "TUQ", "leader")), Status(200));
    EXPECT_THAT(admin.post("/api/signing-authorities", body("head", "TUQ", "chief")),
                Refused(422, "org.tuq_not_passed_on"));
    const Answer list = as("handler").get("/api/signing-authorities");
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list.string("/0/for_post/label"), "Bộ trưởng");
    EXPECT_EQ(list.string("/0/form"), "TUQ");
    const std::string path = "/api/signing-authorities/" + std::to_string(list.number("/0/id"));
    EXPECT_THAT(as("other_admin").del(path), Refused(404, "org.no_signing_authority"));
    ASSERT_THAT(admin.del(path), Status(204));
    EXPECT_EQ(as("handler").get("/api/signing-authorities").size(), 0u);
}

TEST_P(Organisation, what_is_signed_by_tuq_is_not_passed_on_on_any_day) {
    const auto admin = as("admin");
    const auto give = [&](std::string_view to, std::string_view from, const char* first, const char* last) {
        object body{{"post", desk(to).post.value}, {"form", "TUQ"},      {"for_post", desk(from).post.value},
                    {"scope", "Công văn"},         {"basis", "Quy chế"}, {"valid_from", first}};
        if (last) body["valid_to"] = last;
        return admin.post("/api/signing-authorities", body);
    };
    ASSERT_THAT(give("chief", "leader", "2026-09-01", "2026-09-30"), Status(200));
    for (const auto& [first, last] : {std::pair{"2026-08-31", "2026-09-01"}, std::pair{"2026-09-30", "2026-10-31"},
                                      std::pair{"2026-08-25", "2026-12-31"}, std::pair{"2026-09-10", "2026-09-11"},
                                      std::pair{"2026-08-25", (const char*)nullptr}}) {
        EXPECT_THAT(give("head", "chief", first, last), Refused(422, "org.tuq_not_passed_on")) << first;
        EXPECT_THAT(give("leader", "deputy", first, last), Refused(422, "org.tuq_given_already")) << first;
    }
    EXPECT_THAT(give("head", "chief", "2026-08-25", "2026-08-31"), Status(200)) << "before";
    EXPECT_THAT(give("leader", "deputy", "2026-10-01", nullptr), Status(200)) << "after";
    EXPECT_EQ(admin.get("/api/signing-authorities").size(), 3u);
}

TEST_P(Organisation, roles_are_named_in_both_languages) {
    const Answer vi = as("handler").get("/api/roles"), en = as("handler").in_english().get("/api/roles");
    EXPECT_EQ(vi.string("/0/code"), "clerk");
    EXPECT_EQ(vi.string("/0/title"), "Văn thư cơ quan");
    EXPECT_EQ(en.string("/0/title"), "Agency clerk");
    EXPECT_THAT(boost::json::serialize(vi.at("/0/permissions")), HasSubstr("receive"));
}

CONGVU_BOTH_ENGINES(Organisation);

}  // namespace
}  // namespace organisation
