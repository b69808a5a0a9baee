#include <set>

#include "tests/scenarios/whole_office.h"

// The left menu by roles: what stands in it and what must not, and that each count is that of the rows behind it.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Client;
using congvu::test::Status;
using Codes = std::set<std::string>;

class Menu : public congvu::test::WholeOfficeTest {
  protected:
    std::vector<object> items(const std::string& who) {
        std::vector<object> all;
        const Answer menu = as(who).get("/api/menu");
        EXPECT_THAT(menu, Status(200));
        if (!menu.json.is_array()) return all;
        for (const auto& group : menu.json.as_array())
            for (const auto& item : group.at("items").as_array()) all.push_back(item.as_object());
        return all;
    }
    Codes codes(const std::string& who) {
        Codes all;
        for (const object& item : items(who)) all.insert(std::string(item.at("code").as_string()));
        return all;
    }
    std::int64_t count(const std::string& who, std::string_view code) {
        for (const object& item : items(who))
            if (item.at("code").as_string() == code) return item.at("count").at("number").as_int64();
        ADD_FAILURE() << who << " has no " << code;
        return -1;
    }
    /// The address the web asks for the rows of an entry.
    static std::string rows_of(std::string path) {
        path = path.substr(0, path.find('#'));
        if (path.starts_with("/inbox"))
            return "/api/inbox" + path.substr(6) + (path.contains('?') ? "&" : "?") + "limit=200";
        const std::size_t question = path.find('?');
        return "/api" + path.substr(0, question) + "/records" + path.substr(question) + "&limit=200";
    }
    /// Every count of the menu is the number of rows its address has.
    void expect_counted(const std::string& who) {
        for (const object& item : items(who)) {
            if (!item.contains("count") || item.at("path").as_string().starts_with("/jobs") ||
                item.at("code") == "right_changes")
                continue;
            const std::string path(item.at("path").as_string());
            const Answer rows = as(who).get(rows_of(path));
            ASSERT_THAT(rows, Status(200)) << who << " " << path;
            EXPECT_EQ(item.at("count").at("number").as_int64(), static_cast<std::int64_t>(rows.size("/items")))
                << who << " " << path;
            EXPECT_EQ(rows.number("/count/number"), static_cast<std::int64_t>(rows.size("/items"))) << who << path;
        }
    }
    void expect_everyone_counted() {
        for (const char* who : {"leader", "deputy", "chief", "clerk", "secretary", "legal", "head", "handler",
                                "roads_head", "roads_clerk", "roads_handler", "admin", "auditor", "other_clerk"})
            expect_counted(who);
    }
    Answer made(object more = {}) {
        object values{{"sender", "Bộ Tài chính Mẫu"}, {"subject", "V/v dự toán"}};
        for (const auto& [name, value] : more) values[name] = value;
        return as("clerk").post("/api/registers/incoming/records", {{"values", values}});
    }
    Answer act(const std::string& who, const Answer& record, const std::string& action, object arguments = {}) {
        const Answer now = as(who).get(at(record));
        return as(who).post(at(record, "/actions/" + action),
                            {{"version", now.number("/version")}, {"arguments", std::move(arguments)}});
    }
    Answer registered(object more = {}) {
        Answer record = made(std::move(more));
        EXPECT_THAT(act("clerk", record, "register"), Status(200));
        return record;
    }
    Answer assign(const std::string& who, const Answer& record, object assignment) {
        assignment["version"] = as(who).get(at(record)).number("/version");
        return as(who).post(at(record, "/assignments"), assignment);
    }
    std::int64_t first_step(const std::string& who, std::string_view query = "") {
        return as(who).get("/api/inbox" + std::string(query)).number("/items/0/step");
    }
};
CONGVU_BOTH_ENGINES(Menu);

TEST_P(Menu, EachRoleFindsItsOwnEntriesAndNoOthers) {
    using testing::IsSupersetOf;
    registered();  // a register is in the menu of whoever sees something in it
    const Codes of_all{"todo", "late", "support", "inform", "done", "search", "calendar", "acting", "hand_overs"};
    for (const char* who : {"leader", "chief", "clerk", "head", "handler", "roads_clerk", "admin", "auditor"})
        EXPECT_THAT(codes(who), IsSupersetOf(of_all)) << who;
    const Codes desk{"desk", "incoming.received", "incoming.waiting", "incoming.registered", "incoming.returned"};
    const Codes deciding{"decide"}, heading{"assign", "unit"}, giving{"watching", "watching_late"};
    const Codes chiefs{"incoming.to_assign", "incoming.to_decide"}, admins{"units", "accounts", "settings"};
    struct Case {
        const char* who;
        std::vector<Codes> has, has_not;
    };
    const Case cases[] = {
        {"clerk",
         {desk, {"books"}},
         {deciding, heading, giving, chiefs, admins, {"lead", "returned", "right_changes"}}},
        {"leader", {deciding, giving, {"incoming.late"}}, {desk, heading, chiefs, admins, {"lead", "books"}}},
        {"chief", {heading, giving, chiefs, {"returned"}}, {desk, deciding, admins, {"lead", "books"}}},
        {"head", {heading, giving, {"returned"}}, {desk, deciding, chiefs, admins, {"lead"}}},
        {"handler", {{"lead", "returned"}}, {desk, deciding, heading, giving, chiefs, admins, {"books"}}},
        {"roads_clerk", {desk, {"unit_book"}}, {deciding, heading, giving, chiefs, admins, {"books"}}},
        {"admin", {admins, {"right_changes", "journal"}}, {desk, deciding, heading, giving, chiefs, {"lead"}}},
        {"auditor", {{"right_changes", "journal"}}, {desk, deciding, heading, admins, {"lead"}}},
    };
    for (const Case& each : cases) {
        const Codes found = codes(each.who);
        for (const Codes& wanted : each.has) EXPECT_THAT(found, IsSupersetOf(wanted)) << each.who;
        for (const Codes& unwanted : each.has_not)
            for (const std::string& code : unwanted) EXPECT_FALSE(found.contains(code)) << each.who << " " << code;
    }
}

TEST_P(Menu, ARegisterWithNothingToSeeOrMakeIsHidden) {
    EXPECT_FALSE(codes("handler").contains("incoming"));
    EXPECT_FALSE(codes("handler").contains("equipment"));
    EXPECT_FALSE(codes("auditor").contains("task"));
    EXPECT_TRUE(codes("clerk").contains("incoming")) << "who makes them sees an empty one";
    const Answer record = registered();
    EXPECT_FALSE(codes("handler").contains("incoming"));
    ASSERT_THAT(assign("leader", record, {{"lead", {post_of("handler")}}}), Status(200));
    EXPECT_TRUE(codes("handler").contains("incoming"));
    EXPECT_FALSE(codes("roads_handler").contains("incoming"));
    EXPECT_FALSE(codes("other_handler").contains("incoming"));
}

TEST_P(Menu, WhatCameWaitsToBeAcceptedThenToBeRegistered) {
    const Answer one = made(), other = made();
    EXPECT_EQ(count("clerk", "incoming.received"), 2);
    EXPECT_EQ(count("clerk", "incoming.waiting"), 0);
    EXPECT_THAT(as("chief").post(at(one, "/actions/accept"), {{"version", one.number("/version")}}), Status(403));
    ASSERT_THAT(act("clerk", one, "accept"), Status(200));
    EXPECT_EQ(count("clerk", "incoming.received"), 1);
    EXPECT_EQ(count("clerk", "incoming.waiting"), 1);
    ASSERT_THAT(act("clerk", one, "register"), Status(200));
    ASSERT_THAT(act("clerk", other, "register"), Status(200)) << "accepted and registered in one";
    EXPECT_EQ(count("clerk", "incoming.registered"), 2);
    ASSERT_THAT(act("clerk", other, "return", {{"reason", "Gửi nhầm"}}), Status(200));
    EXPECT_EQ(count("clerk", "incoming.returned"), 1);
    expect_everyone_counted();
}

TEST_P(Menu, ToBeAssignedHoldsOnlyWhatLiesWithNobody) {
    const Answer alone = registered(), submitted = registered(), given = registered();
    const Answer sealed = registered({{"named_person", desk("handler").person.value}});
    ASSERT_THAT(act("clerk", submitted, "submit"), Status(200));
    ASSERT_THAT(assign("leader", given, {{"lead", {post_of("head")}}, {"support", {post_of("roads_head")}}}),
                Status(200));
    EXPECT_EQ(count("chief", "incoming.to_assign"), 1);
    EXPECT_EQ(count("chief", "incoming.to_decide"), 1);
    EXPECT_EQ(count("leader", "decide"), 1);
    EXPECT_EQ(as("chief").get("/api/registers/incoming/records?queue=to_assign").number("/items/0/id"),
              alone.number("/id"));
    EXPECT_EQ(as("chief").get("/api/registers/incoming/records?queue=to_decide").number("/items/0/id"),
              submitted.number("/id"));
    expect_everyone_counted();
}

TEST_P(Menu, AHeadAssignsWhatNobodyBeneathHas) {
    const Answer record = registered();
    ASSERT_THAT(assign("leader", record, {{"lead", {post_of("head")}}}), Status(200));
    EXPECT_EQ(count("head", "assign"), 1);
    EXPECT_EQ(count("head", "unit"), 1);
    EXPECT_EQ(count("leader", "watching"), 1);
    const std::int64_t mine = first_step("head");
    ASSERT_THAT(assign("head", record, {{"step", mine}, {"lead", {post_of("handler")}}}), Status(200));
    EXPECT_EQ(count("head", "assign"), 0);
    EXPECT_EQ(count("head", "unit"), 2) << "the head's own step and the handler's";
    EXPECT_EQ(count("roads_head", "unit"), 0);
    EXPECT_EQ(count("handler", "lead"), 1);
    expect_everyone_counted();
    // Given back, it waits for the head again.
    const std::int64_t inner = first_step("handler");
    ASSERT_THAT(
        as("handler").put("/api/steps/" + std::to_string(inner) + "/return", {{"reason", "Không thuộc phần việc"}}),
        Status(200));
    EXPECT_EQ(count("head", "assign"), 1);
    EXPECT_EQ(count("head", "returned"), 1);
    EXPECT_EQ(count("handler", "lead"), 0);
    expect_everyone_counted();
    ASSERT_THAT(assign("head", record, {{"step", mine}, {"lead", {post_of("handler")}}}), Status(200));
    EXPECT_EQ(count("head", "returned"), 0);
}

TEST_P(Menu, WhatALeaderGaveAndGotBackWaitsForTheLeader) {
    const Answer record = registered();
    ASSERT_THAT(assign("leader", record, {{"lead", {post_of("head")}}}), Status(200));
    const std::int64_t step = first_step("head");
    ASSERT_THAT(as("head").put("/api/steps/" + std::to_string(step) + "/return", {{"reason", "Không thuộc chức năng"}}),
                Status(200));
    EXPECT_EQ(count("leader", "decide"), 1);
    EXPECT_EQ(count("chief", "incoming.to_decide"), 1);
    EXPECT_EQ(as("leader").get("/api/inbox?part=returned").size("/items"), 1u);
    EXPECT_EQ(as("head").get("/api/inbox?part=returned").size("/items"), 0u);
    expect_everyone_counted();
}

TEST_P(Menu, AUnitWithABookReceivesAtItsClerk) {
    const Answer record = registered();
    ASSERT_THAT(
        assign("leader", record, {{"lead", boost::json::array{{{"kind", "unit"}, {"id", unit("roads").value}}}}}),
        Status(200));
    EXPECT_EQ(count("roads_clerk", "unit_book"), 1);
    EXPECT_EQ(count("roads_head", "assign"), 0) << "it is at the clerk's";
    expect_everyone_counted();
    const std::int64_t step = first_step("roads_clerk", "?part=book");
    ASSERT_THAT(as("roads_clerk").put("/api/steps/" + std::to_string(step) + "/book-entry", object{}), Status(200));
    EXPECT_EQ(count("roads_clerk", "unit_book"), 0);
    EXPECT_EQ(count("roads_head", "assign"), 1);
    expect_everyone_counted();
}

TEST_P(Menu, ATaskNobodyHasLiesWithWhoMustAssignIt) {
    const Answer task =
        as("head").post("/api/registers/task/records", {{"values", {{"title_text", "Rà soát biểu mẫu"}}}});
    ASSERT_THAT(task, Status(201));
    EXPECT_EQ(count("head", "task.to_assign"), 1);
    EXPECT_FALSE(codes("handler").contains("task.to_assign"));
    ASSERT_THAT(assign("head", task, {{"lead", {post_of("handler")}}}), Status(200));
    EXPECT_EQ(count("head", "task.to_assign"), 0);
    expect_everyone_counted();
}

TEST_P(Menu, DueSoonCountsWorkingDays) {
    // 25/08/2026 is a Tuesday: two working days on is Thursday; on Friday 28/08, with 31/08 to 02/09 off, it is 04/09.
    registered({{"due", "2026-08-27"}});
    registered({{"due", "2026-08-28"}});
    registered({{"due", "2026-09-04"}});
    EXPECT_EQ(count("chief", "incoming.due_soon"), 1);
    later(std::chrono::hours(24 * 3));
    forget("chief");
    const auto calendar = engine().calendar();
    const LocalDate soon = calendar->of(desk("chief").agency).add_working_days(LocalDate::of(2026, 8, 28), 2);
    EXPECT_GT(soon, LocalDate::of(2026, 8, 30)) << "the weekend does not count";
    EXPECT_EQ(count("chief", "incoming.due_soon"), soon >= LocalDate::of(2026, 9, 4) ? 2 : 1);
    EXPECT_EQ(count("chief", "incoming.late"), 1);
}

TEST_P(Menu, OnlyWhatIsToDoHasParts) {
    EXPECT_THAT(as("head").get("/api/inbox?part=lead&box=support"), congvu::test::Refused(422, "steps.part_of_todo"));
    EXPECT_THAT(as("head").get("/api/inbox?part=nothing"), congvu::test::Refused(422, "inbox.no_part"));
}

TEST_P(Menu, AnOpenStepNobodyLookedAtIsToldApart) {
    const Answer record = registered();
    ASSERT_THAT(assign("leader", record, {{"lead", {post_of("head")}}}), Status(200));
    const auto shown = [&] { return as("leader").get(at(record, "/steps")).string("/0/state_label"); };
    EXPECT_EQ(shown(), "Chờ xử lý");
    ASSERT_THAT(as("head").put("/api/steps/" + std::to_string(first_step("head")) + "/seen"), Status(204));
    EXPECT_EQ(shown(), "Đang xử lý");
}

}  // namespace
