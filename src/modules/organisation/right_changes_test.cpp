#include "modules/organisation/right_changes.h"

#include <set>

#include "core/org/posts.h"
#include "core/org/settings.h"
#include "core/steps/inbox.h"
#include "core/steps/notices.h"
#include "tests/support/office.h"

namespace organisation {
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using testing::HasSubstr;

/// The second person is asked for: it is what holds when nobody has set anything.
class RightChanges : public congvu::test::OfficeTest {
  protected:
    void add_routes(service::Routes& routes) override { organisation::routes(routes); }
    std::size_t may_choose(std::string_view login) {
        return org::posts_to_choose(**db().read(), desk(login).person, local_date(clock().now())).value().size();
    }

    Answer propose_roles(const std::string& by, std::string_view of, std::vector<std::string> roles) {
        return as(by).put("/api/posts/" + std::to_string(desk(of).post.value) + "/roles",
                          object{{"roles", boost::json::value_from(roles)}});
    }
    Answer decide(const std::string& by, std::int64_t change, bool confirmed, const char* reason = nullptr) {
        object body{{"confirmed", confirmed}};
        if (reason) body["reason"] = reason;
        return as(by).put("/api/right-changes/" + std::to_string(change) + "/decision", body);
    }
    std::vector<std::string> notices(std::string_view login) {
        std::vector<std::string> texts;
        const auto page = read([&](db::Reader& reader) { return steps::notices(scope_of(login), reader, "", 50); });
        EXPECT_TRUE(page);
        for (const steps::Notice& each : page->notices) texts.push_back(each.text);
        return texts;
    }
    std::vector<std::string> roles(std::string_view login) { return scope_of(login).posts.at(0).roles; }
};

TEST_P(RightChanges, a_change_waits_for_a_second_person) {
    const Answer proposed = propose_roles("admin", "handler", {"handler", "clerk"});
    ASSERT_THAT(proposed, Status(200));
    EXPECT_EQ(proposed.at("/applied"), false);
    const std::int64_t change = proposed.number("/change");
    EXPECT_THAT(roles("handler"), testing::ElementsAre("handler")) << "nothing has changed yet";
    EXPECT_EQ(journalled("right_change.proposed"), 1);

    const Answer list = as("admin").get("/api/right-changes?state=waiting");
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list.string("/0/kind_label"), "Vai trò của chức vụ");
    EXPECT_EQ(list.string("/0/description"),
              "Chuyên viên Vụ Kế hoạch (Vụ Kế hoạch): đặt vai trò thành Chuyên viên, Văn thư cơ quan");
    EXPECT_EQ(list.string("/0/proposed_by"), "Hoàng Gia Khiêm");
    EXPECT_EQ(list.at("/0/may_decide"), false) << "not by who proposed it";
    EXPECT_EQ(as("second_admin").get("/api/right-changes").at("/0/may_decide"), true);
    EXPECT_THAT(notices("second_admin"), testing::ElementsAre(HasSubstr("Hoàng Gia Khiêm đề nghị đổi vai trò")));
    EXPECT_THAT(notices("auditor"), testing::SizeIs(1));
    EXPECT_THAT(notices("admin"), testing::IsEmpty());
    EXPECT_THAT(notices("other_admin"), testing::IsEmpty());

    EXPECT_THAT(decide("admin", change, true), Refused(403, "organisation.second_person"));
    EXPECT_THAT(decide("handler", change, true), Refused(403, "service.may_not"));
    EXPECT_THAT(decide("other_admin", change, true), Refused(404, "organisation.no_change"));
    EXPECT_EQ(as("handler").get("/api/right-changes").text, "[]") << "one's own alone";
    EXPECT_EQ(as("other_admin").get("/api/right-changes").size(), 0u);

    const Answer confirmed = decide("auditor", change, true);
    ASSERT_THAT(confirmed, Status(200));
    EXPECT_EQ(confirmed.string("/state"), "confirmed");
    EXPECT_EQ(confirmed.string("/decided_by"), "Bùi Thanh Mai");
    EXPECT_EQ(confirmed.at("/may_decide"), false);
    EXPECT_THAT(roles("handler"), testing::UnorderedElementsAre("handler", "clerk"));
    EXPECT_THAT(notices("admin"), testing::ElementsAre(HasSubstr("Bùi Thanh Mai đã xác nhận")));
    EXPECT_EQ(journalled("right_change.confirmed"), 1);
    later(std::chrono::hours(1));
    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) -> Result<void> {
        TRY(org::change_person(scope, tx, desk("auditor").person, {.full_name = "Bùi Thanh Mai Mới"}));
        return org::change_person(scope, tx, desk("admin").person, {.full_name = "Hoàng Gia Khiêm Mới"});
    }));
    const Answer kept = as("second_admin").get("/api/right-changes");
    EXPECT_EQ(kept.string("/0/proposed_by"), "Hoàng Gia Khiêm") << "as they were called then";
    EXPECT_EQ(kept.string("/0/decided_by"), "Bùi Thanh Mai");
    EXPECT_THAT(decide("second_admin", change, false, "muộn"), Refused(409, "organisation.decided_already"));
    EXPECT_EQ(as("admin").get("/api/right-changes?state=waiting").size(), 0u);
}

TEST_P(RightChanges, who_gave_the_password_is_no_second_person_through_it) {
    const std::int64_t change = propose_roles("admin", "handler", {"administrator"}).number("/change");
    const std::string account = "/api/accounts/" + std::to_string(desk("second_admin").account.value);
    const std::string first = as("admin").post(account + "/password-reset").string("/first_password");
    ASSERT_NE(first, "");
    // The proposer knows it, signs in by it, and chooses another: it is still the proposer's.
    forget("second_admin");
    const Scope second = scope_of("second_admin");
    ASSERT_TRUE(accounts::change_password(db(), second, host().policy, first, "mật khẩu của riêng tôi"));
    as("second_admin", "mật khẩu của riêng tôi");
    EXPECT_THAT(decide("second_admin", change, true), Refused(403, "organisation.same_hand"));
    EXPECT_THAT(roles("handler"), testing::ElementsAre("handler"));

    // Given anew by another, or by the server's command line, it may.
    const auto anew = accounts::first_password(host().policy);
    ASSERT_TRUE(anew);
    ASSERT_TRUE(write([&](const Scope& server, db::Transaction& tx) {
        return accounts::reset_password(server, tx, *anew, second.account);
    }));
    ASSERT_TRUE(accounts::change_password(db(), second, host().policy, anew->text, "mật khẩu của riêng tôi"));
    forget("second_admin");
    as("second_admin", "mật khẩu của riêng tôi");
    EXPECT_THAT(decide("second_admin", change, true), Status(200));
}

TEST_P(RightChanges, a_password_is_followed_through_all_the_hands_it_came_through) {
    // As one person does it who has the first password in hand: sign in by it and choose one's own.
    int times = 0;
    const auto choose = [&](const std::string& whose, const std::string& first) {
        const std::string own = "mật khẩu lần thứ " + std::to_string(++times);
        const auto chosen = accounts::change_password(db(), scope_of(whose), host().policy, first, own);
        EXPECT_TRUE(chosen) << whose;
        forget(whose);
        as(whose, own);
    };
    const auto take = [&](const std::string& by, const std::string& whose) {
        const std::string path = "/api/accounts/" + std::to_string(desk(whose).account.value) + "/password-reset";
        choose(whose, as(by).post(path).string("/first_password"));
    };
    const auto server_resets = [&](const std::string& whose) {
        const auto first = accounts::first_password(host().policy);
        ASSERT_TRUE(first);
        ASSERT_TRUE(write([&](const Scope& server, db::Transaction& tx) {
            return accounts::reset_password(server, tx, *first, desk(whose).account);
        }));
        choose(whose, first->text);
    };
    add_desk("third_admin", unit("office"), "Quản trị ba", {"administrator"}, "Đào Thị Ngân");
    const std::int64_t change = propose_roles("admin", "handler", {"administrator"}).number("/change");

    take("admin", "second_admin");
    take("second_admin", "auditor");
    EXPECT_THAT(decide("auditor", change, true), Refused(403, "organisation.same_hand"));
    const Answer list = as("auditor").get("/api/right-changes");
    EXPECT_EQ(list.at("/0/may_decide"), false);
    EXPECT_THAT(list.string("/0/hindered"), HasSubstr("Hoàng Gia Khiêm")) << "it says through whose hands";
    EXPECT_EQ(as("admin").get("/api/right-changes").at("/0/hindered"), nullptr);

    // In a ring the one who gave last is never the proposer.
    take("second_admin", "third_admin");
    take("third_admin", "second_admin");
    EXPECT_THAT(decide("second_admin", change, true), Refused(403, "organisation.same_hand"));
    // What happens to the one in between changes nothing in who knows the last one's.
    server_resets("second_admin");
    EXPECT_THAT(decide("auditor", change, true), Refused(403, "organisation.same_hand"));
    EXPECT_THAT(roles("handler"), testing::ElementsAre("handler"));

    // To propose by the account taken and to confirm by one's own, or by another taken, is the same.
    take("admin", "third_admin");
    const std::int64_t by_taken = propose_roles("third_admin", "handler", {"legal"}).number("/change");
    ASSERT_GT(by_taken, 0);
    EXPECT_THAT(decide("admin", by_taken, true), Refused(403, "organisation.same_hand"));
    EXPECT_THAT(decide("auditor", by_taken, true), Refused(403, "organisation.same_hand"));

    EXPECT_THAT(decide("second_admin", by_taken, true), Status(200));
    take("second_admin", "auditor");
    EXPECT_THAT(decide("auditor", change, true), Status(200)) << "from second_admin's hands alone now";
}

TEST_P(RightChanges, whoever_it_waits_for_is_told_when_it_comes_and_when_another_has_decided) {
    std::set<std::int64_t> told;
    steps::on_inbox_change([&](const std::vector<SubjectId>& subjects) {
        for (const SubjectId each : subjects) told.insert(each.value);
    });
    const auto hears = [&](std::string_view login) { return told.contains(subject::post(desk(login).post).value); };
    const std::int64_t first = propose_roles("admin", "handler", {"clerk"}).number("/change");
    EXPECT_TRUE(hears("second_admin"));
    EXPECT_TRUE(hears("auditor"));
    EXPECT_FALSE(hears("admin"));
    EXPECT_FALSE(hears("other_admin"));
    told.clear();
    ASSERT_THAT(decide("auditor", first, false, "chưa đủ căn cứ"), Status(200));
    EXPECT_TRUE(hears("second_admin"));
    EXPECT_TRUE(told.contains(subject::person(desk("admin").person).value)) << "who proposed it has a notice";
    EXPECT_FALSE(hears("other_admin"));
    const std::int64_t second = propose_roles("admin", "handler", {"clerk"}).number("/change");
    told.clear();
    ASSERT_THAT(as("admin").del("/api/right-changes/" + std::to_string(second)), Status(204));
    EXPECT_TRUE(hears("second_admin"));
    EXPECT_TRUE(hears("auditor"));
    steps::on_inbox_change({});
}

TEST_P(RightChanges, a_refusal_gives_its_reason_and_changes_nothing) {
    const std::int64_t change = propose_roles("admin", "handler", {"administrator"}).number("/change");
    EXPECT_THAT(decide("second_admin", change, false), Refused(422, "organisation.needs_reason"));
    EXPECT_THAT(decide("second_admin", change, false, "  "), Refused(422, "organisation.needs_reason"));
    ASSERT_THAT(decide("second_admin", change, false, "Không đúng người"), Status(200));
    EXPECT_THAT(roles("handler"), testing::ElementsAre("handler"));
    EXPECT_THAT(notices("admin"), testing::ElementsAre(HasSubstr("Không đúng người")));
    EXPECT_EQ(as("admin").get("/api/right-changes?state=refused").string("/0/reason"), "Không đúng người");
    EXPECT_THAT(decide("auditor", change, true), Refused(409, "organisation.decided_already"));
    EXPECT_EQ(journalled("right_change.refused"), 1);
    EXPECT_EQ(journalled("right_change.confirmed"), 0);
}

TEST_P(RightChanges, what_could_not_be_done_is_refused_when_proposed) {
    EXPECT_THAT(propose_roles("admin", "handler", {"emperor"}), Refused(422, "org.no_role"));
    const object acting{{"post", desk("leader").post.value},
                        {"deputy", desk("leader").person.value},
                        {"valid_from", "2026-08-25"},
                        {"valid_to", "2026-08-30"},
                        {"basis", "QĐ"}};
    EXPECT_THAT(as("leader").post("/api/acting", acting), Refused(422, "org.acts_for_oneself"));
    EXPECT_EQ(as("admin").get("/api/right-changes").size(), 0u);
    EXPECT_EQ(journalled("right_change.proposed"), 0);
    const std::int64_t before = journalled("post.roles_set");
    ASSERT_THAT(propose_roles("admin", "handler", {"clerk"}), Status(200));
    EXPECT_EQ(journalled("post.roles_set"), before) << "the try leaves no trace";
}

TEST_P(RightChanges, every_kind_is_done_only_when_confirmed) {
    const auto admin = as("admin");
    const auto waits = [&](const Answer& answer) {
        EXPECT_THAT(answer, testing::AnyOf(Status(200), Status(201)));
        EXPECT_GT(answer.number("/change"), 0);
        return answer.number("/change");
    };
    const std::int64_t person = admin.post("/api/persons", object{{"full_name", "Trương Thị Yến"}}).number("/id");
    const Answer post = admin.post(
        "/api/posts", object{{"unit", unit("planning").value}, {"title", "Phó Vụ trưởng"}, {"roles", {"handler"}}});
    EXPECT_EQ(post.size("/roles"), 0u) << "a post begins without its roles";
    const std::string path = "/api/posts/" + std::to_string(post.number("/id"));
    const std::int64_t with_roles = waits(post);
    const std::int64_t filled =
        waits(admin.post(path + "/holders", object{{"person", person}, {"valid_to", "2026-12-31"}, {"basis", "QĐ 5"}}));
    const std::int64_t acting = waits(as("leader").post("/api/acting", object{{"post", desk("leader").post.value},
                                                                              {"deputy", desk("deputy").person.value},
                                                                              {"valid_from", "2026-08-25"},
                                                                              {"valid_to", "2026-08-30"},
                                                                              {"basis", "QĐ 6"}}));
    const std::int64_t signing =
        waits(admin.post("/api/signing-authorities", object{{"post", desk("deputy").post.value},
                                                            {"form", "KT"},
                                                            {"for_post", desk("leader").post.value},
                                                            {"scope", "Công văn"},
                                                            {"basis", "QĐ 7"},
                                                            {"valid_from", "2026-08-25"}}));
    const std::int64_t disabled =
        waits(admin.put("/api/accounts/" + std::to_string(desk("handler").account.value) + "/state",
                        object{{"state", "disabled"}, {"reason", "Nghỉ hưu"}}));
    const std::int64_t vacated =
        waits(admin.post("/api/posts/" + std::to_string(desk("roads_handler").post.value) + "/holders", object{}));

    EXPECT_EQ(may_choose("deputy"), 1u);
    EXPECT_EQ(admin.get("/api/signing-authorities").size(), 0u);
    EXPECT_THAT(as("handler").get("/api/units"), Status(200));
    EXPECT_EQ(scope_of("roads_handler").posts.size(), 1u);
    const Answer list = admin.get("/api/right-changes");
    ASSERT_EQ(list.size(), 6u);
    EXPECT_EQ(list.string("/0/description"), "Chuyên viên Cục Hạ tầng (Cục Hạ tầng): để trống từ ngày 25/08/2026");
    EXPECT_EQ(list.string("/1/description"), "Ngừng tài khoản handler của Lý Gia Phúc: Nghỉ hưu");
    EXPECT_EQ(list.string("/2/description"),
              "Thứ trưởng (Bộ Mẫu) được ký KT. Bộ trưởng (Bộ Mẫu) từ ngày 25/08/2026: Công văn (QĐ 7)");
    EXPECT_EQ(list.string("/3/description"),
              "Lê Minh Châu xử lý thay Bộ trưởng (Bộ Mẫu) từ ngày 25/08/2026 đến hết ngày 30/08/2026 (QĐ 6)");
    EXPECT_EQ(list.string("/4/description"),
              "Trương Thị Yến giữ chức vụ Phó Vụ trưởng (Vụ Kế hoạch) từ ngày 25/08/2026 đến hết ngày 30/12/2026");

    for (const char* who : {"leader", "admin", "auditor"}) {
        const Answer shown = as(who).get("/api/acting");
        ASSERT_EQ(shown.size(), 1u) << who;
        EXPECT_EQ(shown.number("/0/change"), acting) << who;
        EXPECT_EQ(shown.number("/0/id"), 0) << who;
    }
    for (const char* who : {"handler", "other_admin"}) EXPECT_EQ(as(who).get("/api/acting").size(), 0u) << who;
    for (const std::int64_t change : {with_roles, filled, acting, signing, disabled, vacated})
        EXPECT_THAT(decide("second_admin", change, true), Status(200)) << change;
    const Answer posts = admin.get("/api/units/" + std::to_string(unit("planning").value) + "/posts");
    EXPECT_EQ(posts.string("/2/roles/0"), "handler");
    EXPECT_EQ(posts.string("/2/holders/0/person/full_name"), "Trương Thị Yến");
    EXPECT_EQ(may_choose("deputy"), 2u);
    EXPECT_EQ(admin.get("/api/signing-authorities").size(), 1u);
    EXPECT_THAT(as("handler").get("/api/units"), Status(401));
    EXPECT_EQ(scope_of("roads_handler").posts.size(), 0u);
}

TEST_P(RightChanges, the_agency_above_confirms_where_an_agency_has_nobody_else) {
    const Answer proposed = propose_roles("other_admin", "other_handler", {"clerk"});
    const std::int64_t change = proposed.number("/change");
    ASSERT_GT(change, 0);
    EXPECT_THAT(notices("second_admin"), testing::SizeIs(1)) << "there is no second person in the directorate";
    EXPECT_THAT(decide("second_admin", change, true), Status(200));
    EXPECT_THAT(roles("other_handler"), testing::ElementsAre("clerk"));

    // What the ministry's administrator changes in the directorate is confirmed there.
    const std::int64_t from_above = propose_roles("admin", "other_handler", {"legal"}).number("/change");
    EXPECT_THAT(notices("other_admin"), testing::SizeIs(2)) << "confirmed before, and now asked";
    EXPECT_THAT(decide("other_admin", from_above, true), Status(200));
}

TEST_P(RightChanges, a_change_that_can_no_longer_be_done_stays_waiting) {
    const std::int64_t change = as("admin")
                                    .post("/api/posts/" + std::to_string(desk("handler").post.value) + "/holders",
                                          object{{"person", desk("legal").person.value}, {"valid_from", "2026-10-01"}})
                                    .number("/change");
    ASSERT_GT(change, 0);
    ASSERT_THAT(as("admin").put("/api/posts/" + std::to_string(desk("handler").post.value),
                                object{{"title", "Chuyên viên"}, {"valid_to", "2026-09-01"}}),
                Status(200));
    EXPECT_THAT(decide("auditor", change, true), Refused(409, "org.post_ended"));
    EXPECT_EQ(as("admin").get("/api/right-changes").string("/0/state"), "waiting");
    EXPECT_THAT(decide("auditor", change, false, "Vị trí đã thôi"), Status(200));
}

TEST_P(RightChanges, two_signing_authorities_that_exclude_each_other_are_not_both_confirmed) {
    const auto propose = [&](std::string_view to, std::string_view from) {
        return as("admin")
            .post("/api/signing-authorities", object{{"post", desk(to).post.value},
                                                     {"form", "TUQ"},
                                                     {"for_post", desk(from).post.value},
                                                     {"scope", "Công văn"},
                                                     {"basis", "QĐ 7"},
                                                     {"valid_from", "2026-08-25"}})
            .number("/change");
    };
    const std::int64_t down = propose("head", "chief"), from_above = propose("chief", "leader");
    ASSERT_GT(from_above, 0) << "neither holds yet";
    ASSERT_THAT(decide("auditor", down, true), Status(200));
    EXPECT_THAT(decide("auditor", from_above, true), Refused(422, "org.tuq_given_already"));
    EXPECT_EQ(as("admin").get("/api/signing-authorities").size(), 1u);
}

TEST_P(RightChanges, a_request_sent_twice_proposes_once) {
    const auto send = [&] {
        return as("admin").post("/api/posts/" + std::to_string(desk("roads_handler").post.value) + "/holders", object{},
                                "key-9");
    };
    const Answer first = send(), again = send();
    EXPECT_EQ(first.number("/change"), again.number("/change"));
    EXPECT_EQ(as("admin").get("/api/right-changes").size(), 1u);
}

TEST_P(RightChanges, switching_the_second_person_off_takes_one) {
    const auto propose = [&](const char* login, const char* code, const char* value) {
        return write(scope_of(login),
                     [&](const Scope& scope, db::Transaction& tx) { return propose_setting(scope, tx, code, value); });
    };
    EXPECT_EQ(propose("admin", "office_hours", "no"), Result<bool>(false));
    EXPECT_EQ(propose("admin", "second_confirmation", "yes"), Result<bool>(false));
    ASSERT_EQ(propose("admin", "second_confirmation", "no"), Result<bool>(true));
    const Answer list = as("auditor").get("/api/right-changes");
    EXPECT_THAT(list.string("/0/description"), HasSubstr("Bỏ yêu cầu người thứ hai"));
    ASSERT_THAT(decide("auditor", list.number("/0/id"), true), Status(200));
    EXPECT_EQ(propose_roles("admin", "handler", {"clerk"}).at("/applied"), true);
    EXPECT_EQ(propose("admin", "second_confirmation", "no"), Result<bool>(false)) << "it is off already";
}

TEST_P(RightChanges, who_proposed_a_change_may_withdraw_it_while_it_waits) {
    const std::int64_t change = propose_roles("admin", "handler", {"clerk"}).number("/change");
    const std::string path = "/api/right-changes/" + std::to_string(change);
    EXPECT_EQ(as("admin").get("/api/right-changes").at("/0/may_withdraw"), true);
    EXPECT_EQ(as("second_admin").get("/api/right-changes").at("/0/may_withdraw"), false);
    EXPECT_THAT(as("second_admin").del(path), Refused(404, "organisation.no_change"));
    ASSERT_THAT(as("admin").del(path), Status(204));
    EXPECT_EQ(journalled("right_change.withdrawn"), 1);
    EXPECT_EQ(as("admin").get("/api/right-changes?state=withdrawn").size(), 1u);
    EXPECT_THAT(as("admin").del(path), Refused(409, "organisation.decided_already"));
    EXPECT_THAT(decide("second_admin", change, true), Refused(409, "organisation.decided_already"));
    EXPECT_THAT(roles("handler"), testing::ElementsAre("handler"));

    // Who administers nothing sees and withdraws what is their own.
    const Answer acting = as("leader").post("/api/acting", object{{"post", desk("leader").post.value},
                                                                  {"deputy", desk("deputy").person.value},
                                                                  {"valid_from", "2026-08-25"},
                                                                  {"valid_to", "2026-08-30"},
                                                                  {"basis", "QĐ 6"}});
    EXPECT_EQ(as("handler").get("/api/right-changes").size(), 0u);
    ASSERT_EQ(as("leader").get("/api/right-changes").size(), 1u);
    EXPECT_THAT(as("leader").del("/api/right-changes/" + std::to_string(acting.number("/change"))), Status(204));
    EXPECT_EQ(may_choose("deputy"), 1u);
}

TEST_P(RightChanges, what_waited_when_the_second_person_was_given_up_is_decided_by_who_is_left) {
    const std::int64_t change = propose_roles("admin", "handler", {"clerk"}).number("/change");
    EXPECT_THAT(decide("admin", change, true), Refused(403, "organisation.second_person"));
    EXPECT_EQ(as("admin").get("/api/right-changes").at("/0/may_decide"), false);
    const auto off = write(scope_of("admin"), [&](const Scope& scope, db::Transaction& tx) {
        return propose_setting(scope, tx, "second_confirmation", "no");
    });
    ASSERT_EQ(off, Result<bool>(true));
    const std::int64_t setting = as("auditor").get("/api/right-changes").number("/0/id");
    EXPECT_THAT(decide("admin", setting, true), Refused(403, "organisation.second_person"));
    ASSERT_THAT(decide("auditor", setting, true), Status(200));

    EXPECT_EQ(as("admin").get("/api/right-changes?state=waiting").at("/0/may_decide"), true);
    ASSERT_THAT(decide("admin", change, true), Status(200));
    EXPECT_THAT(roles("handler"), testing::ElementsAre("clerk"));
    EXPECT_EQ(journalled("right_change.confirmed"), 2);
}

CONGVU_BOTH_ENGINES(RightChanges);

}  // namespace
}  // namespace organisation
