#include "core/org/org.h"

#include <gmock/gmock.h>

#include "core/org/people.h"
#include "core/org/posts.h"
#include "core/org/settings.h"
#include "core/scope/system_scope.h"
#include "tests/support/databases.h"

namespace org {
namespace {

using congvu::test::told;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// The code of a refusal, "" when it was done.
template <class T>
std::string refused(const Result<T>& result) {
    return result ? "" : result.error().message;
}

LocalDate date(std::string_view iso) {
    return *parse_date(iso);
}

/// Bộ Mẫu (an agency) › Văn phòng › Phòng Tổng hợp; Bộ Mẫu › Vụ Pháp chế; Bộ Mẫu › Cục Mẫu (an agency) › Phòng Cục.
class Organisation : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(load_roles(db()));
        ministry = unit("Bộ Mẫu", {}, true);
        office = unit("Văn phòng", ministry);
        general = unit("Phòng Tổng hợp", office);
        legal = unit("Vụ Pháp chế", ministry);
        bureau = unit("Cục Mẫu", ministry, true);
        section = unit("Phòng Cục", bureau);
    }
    template <class F>
    auto write(F change) {
        const Scope scope = system_scope(clock().now());
        return db().write_now([&](db::Transaction& tx) { return change(scope, tx); });
    }
    static NewUnit described(std::string_view name, std::optional<UnitId> parent, LocalDate from,
                             bool is_agency = false) {
        return {.parent = parent,
                .kind = "department",
                .name = std::string(name),
                .short_name = std::string(name),
                .abbreviation = "X",
                .is_agency = is_agency,
                .valid_from = from};
    }
    UnitId unit(std::string_view name, std::optional<UnitId> parent, bool is_agency = false) {
        const auto made = write([&](const Scope& scope, db::Transaction& tx) {
            return add_unit(scope, tx, described(name, parent, begin, is_agency));
        });
        EXPECT_TRUE(made) << told(made);
        return made.value_or(UnitId{});
    }
    Result<void> change(UnitId id, std::string_view name, std::optional<UnitId> parent, std::string_view from) {
        return write([&](const Scope& scope, db::Transaction& tx) {
            return change_unit(scope, tx, id, described(name, parent, date(from)));
        });
    }
    PersonId person(std::string_view name) {
        return write([&](const Scope& scope, db::Transaction& tx) {
                   return add_person(scope, tx, {.full_name = std::string(name)});
               })
            .value();
    }
    PostId post(UnitId where, std::string_view title, std::vector<std::string> roles = {}) {
        return write([&](const Scope& scope, db::Transaction& tx) {
                   return add_post(scope, tx,
                                   {.unit = where, .title = std::string(title), .roles = roles, .valid_from = begin});
               })
            .value();
    }
    Result<void> fill(PostId where, PersonId who, std::string_view from = "2026-01-01",
                      std::optional<LocalDate> to = {}) {
        return write([&](const Scope& scope, db::Transaction& tx) {
            return fill_post(scope, tx, {.post = where, .person = who, .valid_from = date(from), .valid_to = to});
        });
    }
    Result<std::int64_t> act(PostId for_post, PersonId deputy, std::string_view from, std::string_view to) {
        return write([&](const Scope& scope, db::Transaction& tx) {
            return add_acting(
                scope, tx,
                {.post = for_post, .deputy = deputy, .valid_from = date(from), .valid_to = date(to), .basis = "QĐ 1"});
        });
    }
    Result<std::int64_t> sign(PostId who, std::string_view form, std::optional<PostId> for_post) {
        return write([&](const Scope& scope, db::Transaction& tx) {
            return add_signing_authority(scope, tx,
                                         {.post = who,
                                          .form = std::string(form),
                                          .for_post = for_post,
                                          .scope = "Công văn",
                                          .basis = "QĐ 2",
                                          .valid_from = begin});
        });
    }
    std::shared_ptr<const Tree> tree(std::string_view on = "2026-08-25") {
        const auto reader = db().read();
        return Tree::load(**reader, date(on)).value();
    }
    std::size_t may_choose(PersonId who) {
        const auto reader = db().read();
        return posts_to_choose(**reader, who, local_date(clock().now())).value().size();
    }
    Scope scope_of(PersonId who, PostId preferred = {}) {
        const auto reader = db().read();
        return org::scope_of(**reader, who, preferred, clock().now()).value();
    }
    static bool has(const Scope& scope, SubjectId subject) {
        EXPECT_TRUE(std::ranges::is_sorted(scope.subjects));
        return std::ranges::binary_search(scope.subjects, subject);
    }
    std::int64_t role(std::string_view code) {
        const auto reader = db().read();
        return role_number(**reader, code).value();
    }
    static std::vector<std::string> names(const Tree& tree) {
        std::vector<std::string> all;
        for (const Unit& unit : tree.all()) all.push_back(unit.name);
        return all;
    }

    const LocalDate begin = date("2020-01-01");
    UnitId ministry, office, general, legal, bureau, section;
};

TEST_P(Organisation, the_tree_is_drawn_from_the_top_and_knows_its_agencies) {
    const auto now = tree();
    EXPECT_THAT(names(*now),
                ElementsAre("Bộ Mẫu", "Cục Mẫu", "Phòng Cục", "Văn phòng", "Phòng Tổng hợp", "Vụ Pháp chế"));
    EXPECT_EQ(now->find(general)->agency, AgencyId{ministry.value});
    EXPECT_EQ(now->find(section)->agency, AgencyId{bureau.value});
    EXPECT_EQ(now->agency_of(section)->id, bureau);
    EXPECT_THAT(now->subtree(office), ElementsAre(office, general));
    EXPECT_THAT(now->subtree(ministry), testing::SizeIs(6));
    EXPECT_THAT(now->line(section), ElementsAre(section, bureau, ministry));
    EXPECT_TRUE(now->is_under(section, ministry));
    EXPECT_TRUE(now->is_under(section, section));
    EXPECT_FALSE(now->is_under(ministry, section));
    EXPECT_THAT(now->subtree({999}), IsEmpty());
    EXPECT_EQ(now->find({999}), nullptr);
    EXPECT_THAT(names(*tree("2019-12-31")), IsEmpty());
}

TEST_P(Organisation, a_paper_of_last_year_shows_the_names_of_last_year) {
    ASSERT_TRUE(change(legal, "Vụ Pháp chế và Cải cách", ministry, "2026-03-01"));
    EXPECT_EQ(tree("2026-02-28")->find(legal)->name, "Vụ Pháp chế");
    EXPECT_EQ(tree("2026-03-01")->find(legal)->name, "Vụ Pháp chế và Cải cách");
    EXPECT_EQ(tree("2026-02-28")->find(legal)->valid_to, date("2026-03-01"));

    // The same day again is a correction, not one more version.
    ASSERT_TRUE(change(legal, "Vụ Pháp chế, Cải cách", ministry, "2026-03-01"));
    EXPECT_EQ(tree("2026-03-01")->find(legal)->name, "Vụ Pháp chế, Cải cách");
    EXPECT_EQ(tree("2026-02-28")->find(legal)->name, "Vụ Pháp chế");

    const auto early = change(legal, "X", ministry, "2026-02-01");
    ASSERT_FALSE(early);
    EXPECT_EQ(refused(early), "org.before_last_change");
}

TEST_P(Organisation, a_unit_never_stands_under_itself_nor_under_nothing) {
    EXPECT_EQ(refused(change(office, "Văn phòng", general, "2026-05-01")), "org.under_itself");
    EXPECT_EQ(refused(change(office, "Văn phòng", office, "2026-05-01")), "org.under_itself");
    EXPECT_EQ(refused(change(office, "Văn phòng", UnitId{999}, "2026-05-01")), "org.no_unit");
    const auto orphan = write([&](const Scope& scope, db::Transaction& tx) {
        return add_unit(scope, tx, described("Phòng Mới", office, date("2019-01-01")));
    });
    EXPECT_EQ(refused(orphan), "org.no_unit") << "its parent begins a year later";
}

TEST_P(Organisation, a_merged_unit_ends_and_says_where_it_went) {
    const auto succeed_with = [&](UnitId from, std::string_view kind, std::vector<UnitId> to, std::string_view on) {
        return write([&](const Scope& scope, db::Transaction& tx) {
            return succeed(scope, tx, from, {.kind = std::string(kind), .to = to, .on = date(on)});
        });
    };
    EXPECT_EQ(refused(succeed_with(office, "dissolve", {}, "2026-06-01")), "org.units_below");
    EXPECT_EQ(refused(succeed_with(legal, "merge", {}, "2026-06-01")), "org.required");
    EXPECT_EQ(refused(succeed_with(legal, "merge", {legal}, "2026-06-01")), "org.into_itself");
    EXPECT_EQ(refused(succeed_with(legal, "swallow", {office}, "2026-06-01")), "org.unknown_succession");
    EXPECT_EQ(refused(succeed_with(legal, "dissolve", {}, "2020-01-01")), "org.before_last_change");
    ASSERT_TRUE(succeed_with(legal, "merge", {office}, "2026-06-01"));
    EXPECT_NE(tree("2026-05-31")->find(legal), nullptr);
    EXPECT_EQ(tree("2026-06-01")->find(legal), nullptr);
    EXPECT_EQ(refused(succeed_with(legal, "dissolve", {}, "2026-07-01")), "org.unit_ended");
    EXPECT_EQ(refused(change(legal, "Vụ Pháp chế", ministry, "2026-07-01")), "org.unit_ended");
    constexpr db::Sql rows{"test.successions",
                           "select kind, from_unit_id, to_unit_id, happened_on from unit_succession"};
    const auto reader = db().read();
    const auto kept = (*reader)->rows(rows).value();
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0].text(0), "merge");
    EXPECT_EQ(kept[0].integer(2), office.value);
}

TEST_P(Organisation, a_scope_names_whatever_a_grant_may_name) {
    const PersonId an = person("Nguyễn Văn An");
    const PostId head = post(office, "Chánh Văn phòng", {"chief_of_office", "leader"});
    ASSERT_TRUE(fill(head, an));
    const Scope scope = scope_of(an);
    EXPECT_EQ(scope.post, head);
    EXPECT_EQ(scope.unit, office);
    EXPECT_EQ(scope.agency, AgencyId{ministry.value});
    EXPECT_FALSE(scope.on_behalf_of);
    EXPECT_EQ(scope.today, date("2026-08-25"));
    EXPECT_THAT(scope.posts.at(0).roles, UnorderedElementsAre("chief_of_office", "leader"));
    EXPECT_THAT(scope.permissions, ElementsAre("assign", "calendar", "saved_filters", "use"));
    const std::int64_t chief = role("chief_of_office"), clerk = role("clerk");
    for (const SubjectId expected :
         {subject::person(an), subject::post(head), subject::unit(office), subject::agency({ministry.value}),
          subject::everyone(), subject::role_in_agency(chief, {ministry.value}), subject::role_in_unit(chief, office),
          subject::role_over_unit(chief, office), subject::role_over_unit(chief, general)})
        EXPECT_TRUE(has(scope, expected)) << expected.value;
    for (const SubjectId other : {subject::person({an.value + 1}), subject::unit(general), subject::unit(ministry),
                                  subject::agency({bureau.value}), subject::role_in_agency(clerk, {ministry.value}),
                                  subject::role_in_unit(chief, general), subject::role_over_unit(chief, legal),
                                  subject::role_over_unit(chief, ministry)})
        EXPECT_FALSE(has(scope, other)) << other.value;
}

TEST_P(Organisation, somebody_without_a_post_is_nobody) {
    const PersonId an = person("Nguyễn Văn An");
    const Scope scope = scope_of(an);
    EXPECT_FALSE(scope.post);
    EXPECT_FALSE(scope.agency);
    EXPECT_THAT(scope.permissions, IsEmpty());
    EXPECT_THAT(scope.subjects, UnorderedElementsAre(subject::person(an), subject::everyone()));
}

TEST_P(Organisation, what_one_may_do_counts_in_the_agency_acted_from) {
    const PersonId an = person("Nguyễn Văn An");
    const PostId handler = post(office, "Chuyên viên", {"handler"});
    const PostId keeper = post(section, "Quản trị Cục", {"administrator"});
    ASSERT_TRUE(fill(handler, an));
    ASSERT_TRUE(fill(keeper, an));
    const Scope here = scope_of(an, handler), there = scope_of(an, keeper);
    EXPECT_FALSE(here.may("administer"));
    EXPECT_EQ(here.agency, AgencyId{ministry.value});
    EXPECT_TRUE(there.may("administer"));
    EXPECT_EQ(there.agency, AgencyId{bureau.value});
    EXPECT_EQ(here.subjects, there.subjects) << "what may be seen does not hang on the post chosen";
    EXPECT_EQ(scope_of(an, {999}).post, handler) << "a post that isn't held is not chosen";
}

TEST_P(Organisation, a_deputy_gets_the_work_of_the_post_for_its_days) {
    const PersonId an = person("Nguyễn Văn An"), binh = person("Lê Thị Bình");
    const PostId head = post(office, "Chánh Văn phòng", {"chief_of_office"});
    const PostId desk = post(general, "Chuyên viên", {"handler"});
    ASSERT_TRUE(fill(head, an));
    ASSERT_TRUE(fill(desk, binh));
    const auto acting = act(head, binh, "2026-08-25", "2026-08-26");
    ASSERT_TRUE(acting) << told(acting);

    const Scope own = scope_of(binh);
    EXPECT_EQ(own.post, desk) << "nobody acts for another without choosing to";
    EXPECT_FALSE(own.on_behalf_of);
    EXPECT_EQ(own.posts.size(), 1u);
    const std::int64_t chief = role("chief_of_office");
    const SubjectId of_head[] = {subject::post(head), subject::unit(office), subject::role_in_unit(chief, office),
                                 subject::role_in_agency(chief, {ministry.value}),
                                 subject::role_over_unit(chief, office)};
    for (const SubjectId each : of_head) EXPECT_FALSE(has(own, each)) << each.value;
    EXPECT_FALSE(own.has_role("chief_of_office"));
    EXPECT_FALSE(own.may("assign"));
    const Scope for_an = scope_of(binh, head);
    EXPECT_EQ(for_an.post, head);
    EXPECT_EQ(for_an.on_behalf_of, an);
    for (const SubjectId each : of_head) EXPECT_TRUE(has(for_an, each)) << each.value;
    EXPECT_TRUE(for_an.has_role("chief_of_office"));
    EXPECT_TRUE(for_an.may("assign"));
    // What is done for another isn't done by rights of one's own.
    EXPECT_FALSE(has(for_an, subject::post(desk)));
    EXPECT_FALSE(for_an.has_role("handler"));
    EXPECT_TRUE(has(for_an, subject::person(binh)));

    const Instant day = clock().now();
    for (const auto& [offset, posts] : {std::pair{-24, 1u}, std::pair{0, 2u}, std::pair{24, 2u}, std::pair{48, 1u}}) {
        clock().set(day + std::chrono::hours(offset));
        EXPECT_EQ(may_choose(binh), posts) << offset;
    }
    clock().set(day);
    const auto end = [&] {
        return write([&](const Scope& s, db::Transaction& tx) { return end_acting(s, tx, *acting); });
    };
    ASSERT_TRUE(end());
    EXPECT_EQ(scope_of(binh, head).post, desk);
    EXPECT_EQ(refused(end()), "org.no_acting");

    EXPECT_EQ(refused(act(head, an, "2026-08-25", "2026-08-26")), "org.acts_for_oneself");
    EXPECT_EQ(refused(act(head, binh, "2026-08-26", "2026-08-25")), "org.ends_before_it_begins");
    EXPECT_EQ(refused(act({999}, binh, "2026-08-25", "2026-08-26")), "org.no_post");
}

TEST_P(Organisation, a_moved_unit_changes_scopes_and_no_grant) {
    const PersonId an = person("Nguyễn Văn An"), binh = person("Lê Thị Bình"), chi = person("Phạm Chi");
    ASSERT_TRUE(fill(post(office, "Chánh Văn phòng", {"leader"}), an));
    ASSERT_TRUE(fill(post(bureau, "Cục trưởng", {"leader"}), binh));
    ASSERT_TRUE(fill(post(general, "Chuyên viên", {"handler"}), chi));
    const SubjectId over_general = subject::role_over_unit(role("leader"), general);
    EXPECT_TRUE(has(scope_of(an), over_general));
    EXPECT_FALSE(has(scope_of(binh), over_general));
    EXPECT_EQ(scope_of(chi).agency, AgencyId{ministry.value});

    const std::int64_t before = epoch();
    ASSERT_TRUE(change(general, "Phòng Tổng hợp", bureau, "2026-08-25"));
    EXPECT_GT(epoch(), before) << "scopes kept in memory are stale";
    EXPECT_FALSE(has(scope_of(an), over_general));
    EXPECT_TRUE(has(scope_of(binh), over_general));
    EXPECT_EQ(scope_of(chi).agency, AgencyId{bureau.value});
    EXPECT_FALSE(has(scope_of(chi), subject::agency({ministry.value})));
}

TEST_P(Organisation, a_post_that_ended_or_was_left_gives_nothing) {
    const PersonId an = person("Nguyễn Văn An"), binh = person("Lê Thị Bình");
    const PostId desk = post(office, "Chuyên viên", {"handler"});
    ASSERT_TRUE(fill(desk, an));
    ASSERT_TRUE(fill(desk, binh, "2026-08-25"));
    EXPECT_FALSE(scope_of(an).post) << "left on the day the other came";
    EXPECT_EQ(scope_of(binh).post, desk);
    ASSERT_TRUE(fill(post(office, "Phó", {"leader"}), an, "2026-08-26"));
    EXPECT_FALSE(scope_of(an).post) << "only from tomorrow";

    ASSERT_TRUE(act(desk, an, "2026-08-25", "2026-12-31"));
    EXPECT_EQ(scope_of(an).post, desk);
    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
        return change_post(scope, tx, desk, {.title = "Chuyên viên", .valid_to = date("2026-08-25")});
    }));
    EXPECT_FALSE(scope_of(binh).post);
    EXPECT_FALSE(scope_of(an).post);
    const auto late = fill(desk, an, "2026-09-01");
    EXPECT_EQ(refused(late), "org.post_ended");

    const PostId other = post(office, "Văn thư", {"clerk"});
    ASSERT_TRUE(fill(other, binh));
    ASSERT_TRUE(
        write([&](const Scope& s, db::Transaction& tx) { return vacate_post(s, tx, other, date("2026-08-25")); }));
    EXPECT_FALSE(scope_of(binh).post);
}

TEST_P(Organisation, a_unit_that_ended_takes_its_posts_with_it) {
    const PersonId an = person("Nguyễn Văn An");
    ASSERT_TRUE(fill(post(legal, "Vụ trưởng", {"leader"}), an));
    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
        return succeed(scope, tx, legal, {.kind = "dissolve", .to = {}, .on = date("2026-08-25")});
    }));
    EXPECT_THAT(scope_of(an).posts, IsEmpty());
}

TEST_P(Organisation, roles_are_set_whole_and_known_by_code) {
    const PersonId an = person("Nguyễn Văn An");
    const PostId desk = post(office, "Chuyên viên", {"handler"});
    ASSERT_TRUE(fill(desk, an));
    const auto set = [&](std::vector<std::string> codes) {
        return write([&](const Scope& scope, db::Transaction& tx) { return set_roles(scope, tx, desk, codes); });
    };
    ASSERT_TRUE(set({"clerk", "clerk", "legal"}));
    EXPECT_THAT(scope_of(an).posts.at(0).roles, UnorderedElementsAre("clerk", "legal"));
    const auto unknown = set({"emperor"});
    EXPECT_EQ(refused(unknown), "org.no_role");
    EXPECT_THAT(scope_of(an).posts.at(0).roles, UnorderedElementsAre("clerk", "legal"));
}

TEST_P(Organisation, what_was_given_by_tuq_is_never_passed_on) {
    const PostId minister = post(ministry, "Bộ trưởng"), deputy = post(ministry, "Thứ trưởng"),
                 chief = post(office, "Chánh Văn phòng"), head = post(general, "Trưởng phòng");
    ASSERT_TRUE(sign(deputy, "KT", minister));
    ASSERT_TRUE(sign(chief, "TUQ", minister));
    EXPECT_EQ(refused(sign(head, "TUQ", chief)), "org.tuq_not_passed_on");
    ASSERT_TRUE(sign(head, "TL", chief)) << "by order is not by authorisation";
    for (const char* form : {"KT", "TL", "TUQ"}) EXPECT_EQ(refused(sign(head, form, {})), "org.for_whom") << form;
    EXPECT_EQ(refused(sign(head, "KT", head)), "org.for_itself");
    EXPECT_EQ(refused(sign(head, "KT", PostId{999})), "org.no_post");
    EXPECT_EQ(refused(sign(head, "PP", {})), "org.unknown_signing_form");
    EXPECT_EQ(refused(sign(head, ".", {})), "org.unknown_signing_form");
    ASSERT_TRUE(sign(minister, "TM.", {})) << "as it is written before a signature";
    EXPECT_EQ(refused(sign(head, "TUQ.", chief)), "org.tuq_not_passed_on");
    ASSERT_TRUE(sign(minister, "", {}));

    const auto reader = db().read();
    const auto list = signing_list(**reader, date("2026-08-25"), Time::now_and_later).value();
    EXPECT_EQ(list.size(), 5u);
    EXPECT_EQ(std::ranges::count_if(list, [](const SigningRow& row) { return row.authority.form == "TM"; }), 1)
        << "kept without its stop";
    EXPECT_EQ(list.front().agency, AgencyId{ministry.value});
}

TEST_P(Organisation, an_authority_ends_and_then_may_be_given_anew) {
    const PostId minister = post(ministry, "Bộ trưởng"), chief = post(office, "Chánh Văn phòng"),
                 head = post(general, "Trưởng phòng");
    const auto given = sign(chief, "TUQ", minister);
    const auto end = [&](std::string_view from) {
        return write(
            [&](const Scope& s, db::Transaction& tx) { return end_signing_authority(s, tx, *given, date(from)); });
    };
    ASSERT_TRUE(end("2019-01-01")) << "never holds";
    EXPECT_EQ(refused(end("2026-08-25")), "org.no_signing_authority");
    EXPECT_TRUE(sign(head, "TUQ", chief));
    const auto reader = db().read();
    EXPECT_EQ(signing_list(**reader, date("2026-08-25"), Time::now_and_later).value().size(), 1u);
    EXPECT_EQ(signing_list(**reader, date("2026-08-25"), Time::ever).value().size(), 2u);
}

TEST_P(Organisation, people_are_listed_by_given_name_and_found_without_marks) {
    const PersonId an = person("Nguyễn Văn An"), dung = person("Đỗ Thị Dung"), binh = person("Lê Bình");
    const PostId desk = post(general, "Chuyên viên", {"handler"});
    ASSERT_TRUE(fill(desk, dung));
    const auto reader = db().read();
    const auto found = [&](const PersonQuery& query) {
        std::vector<PersonId> ids;
        const auto persons = find_persons(**reader, query, date("2026-08-25")).value();
        for (const Person& each : persons) ids.push_back(each.id);
        return ids;
    };
    EXPECT_THAT(found({}), ElementsAre(an, binh, dung));
    EXPECT_THAT(found({.text = "do du"}), ElementsAre(dung));
    EXPECT_THAT(found({.text = "ung"}), IsEmpty());
    EXPECT_THAT(found({.text = {}, .limit = 2}), ElementsAre(an, binh));
    EXPECT_THAT(found({.text = {}, .after = binh}), ElementsAre(dung));
    EXPECT_THAT(found({.text = {}, .units = std::vector{office, general}}), ElementsAre(dung));
    EXPECT_THAT(found({.text = {}, .units = std::vector{office}}), IsEmpty());
    const auto one = find_person(**reader, dung, date("2026-08-25")).value();
    ASSERT_TRUE(one);
    ASSERT_EQ(one->places.size(), 1u);
    EXPECT_EQ(one->places[0].title, "Chuyên viên");
    EXPECT_FALSE(find_person(**reader, {999}, date("2026-08-25")).value());
    const auto posts = posts_of(**reader, general, date("2026-08-25")).value();
    ASSERT_EQ(posts.size(), 1u);
    EXPECT_THAT(posts[0].roles, ElementsAre("handler"));
    EXPECT_EQ(posts[0].holders.at(0).full_name, "Đỗ Thị Dung");
}

TEST_P(Organisation, an_administrator_reaches_down_and_not_beside) {
    const PersonId above = person("Trên"), below = person("Dưới"), both = person("Hai Nơi"), left = person("Đã Đi"),
                   fresh = person("Mới Đến");
    const PostId up = post(office, "Chuyên viên"), down = post(section, "Chuyên viên"), down_too = post(bureau, "Phó");
    ASSERT_TRUE(fill(up, above));
    ASSERT_TRUE(fill(down, below));
    const PostId up_too = post(legal, "Chuyên viên");
    ASSERT_TRUE(fill(up_too, both));
    ASSERT_TRUE(fill(down_too, both));
    const PostId old = post(office, "Cũ");
    ASSERT_TRUE(fill(old, left, "2025-01-01", date("2025-06-01")));
    const UnitId next = write([&](const Scope& s, db::Transaction& tx) {
                            return add_unit(s, tx, described("Phòng Sang năm", bureau, date("2027-01-01")));
                        }).value();
    Scope scope = system_scope(clock().now());
    const auto reader = db().read();
    scope.agency = {bureau.value};
    const Reach small = Reach::of(scope, **reader).value();
    for (const UnitId inside : {bureau, section, next}) EXPECT_TRUE(small.has(inside).value()) << inside.value;
    for (const UnitId outside : {ministry, office, legal, UnitId{999}})
        EXPECT_FALSE(small.has(outside).value()) << outside.value;
    EXPECT_TRUE(small.has(down).value());
    EXPECT_FALSE(small.has(up).value());
    EXPECT_TRUE(small.has(below).value());
    EXPECT_TRUE(small.has(fresh).value());
    for (const PersonId other : {above, both, left, PersonId{999}})
        EXPECT_FALSE(small.has(other).value()) << other.value;
    EXPECT_EQ(refused(small.require(above, "person")), "org.no_person");
    EXPECT_EQ(small.agency_of(down).value(), AgencyId{bureau.value});
    scope.agency = {ministry.value};
    const Reach whole = Reach::of(scope, **reader).value();
    for (const PersonId each : {above, below, both, left, fresh}) EXPECT_TRUE(whole.has(each).value()) << each.value;
    scope.agency = {};
    EXPECT_FALSE(Reach::of(scope, **reader).value().has(fresh).value());
}

TEST_P(Organisation, a_setting_of_the_agency_wins_over_the_servers) {
    const auto set = [&](AgencyId agency, std::optional<std::string> value) {
        return write(
            [&](const Scope& s, db::Transaction& tx) { return set_setting(s, tx, agency, "office_hours", value); });
    };
    const auto get = [&](AgencyId agency) {
        return setting(**db().read(), agency, "office_hours").value().value_or("-");
    };
    EXPECT_EQ(get({ministry.value}), "-");
    ASSERT_TRUE(set({}, "server"));
    ASSERT_TRUE(set({ministry.value}, "own"));
    EXPECT_EQ(get({ministry.value}), "own");
    EXPECT_EQ(get({bureau.value}), "server");
    ASSERT_TRUE(set({ministry.value}, std::nullopt));
    EXPECT_EQ(get({ministry.value}), "server");
    EXPECT_EQ(refused(set({ministry.value}, std::string(1001, 'x'))), "org.bad_setting");

    EXPECT_TRUE(needs_second_person(**db().read(), {ministry.value}).value());
    ASSERT_TRUE(write([&](const Scope& s, db::Transaction& tx) {
        return set_setting(s, tx, {ministry.value}, "second_confirmation", "no");
    }));
    EXPECT_FALSE(needs_second_person(**db().read(), {ministry.value}).value());
    EXPECT_TRUE(needs_second_person(**db().read(), {bureau.value}).value());
}

TEST_P(Organisation, a_permission_leads_to_those_who_have_it) {
    const PersonId an = person("Nguyễn Văn An"), binh = person("Lê Bình");
    const PostId admin = post(office, "Quản trị", {"administrator", "auditor"}),
                 empty = post(office, "Trống", {"auditor"});
    ASSERT_TRUE(fill(admin, an));
    ASSERT_TRUE(fill(post(office, "Chuyên viên", {"handler"}), binh));
    const auto list = permitted(**db().read(), "confirm_rights", date("2026-08-25")).value();
    ASSERT_EQ(list.size(), 1u) << "once, whatever the number of roles; nobody for an empty post " << empty.value;
    EXPECT_EQ(list[0].person, an);
    EXPECT_EQ(list[0].post, admin);
    const auto all = roles(**db().read()).value();
    const auto found = std::ranges::find(all, "auditor", &RoleInfo::code);
    ASSERT_NE(found, all.end());
    EXPECT_EQ(found->vi, "Kiểm toán");
    EXPECT_THAT(found->permissions, ElementsAre("confirm_rights", "journal", "use"));
}

CONGVU_BOTH_ENGINES(Organisation);

}  // namespace
}  // namespace org
