#include "tests/scenarios/whole_office.h"

// A unit with a clerk of its own keeps a book of its own: what is routed to it is entered there, numbered without a
// gap, before it reaches the unit's head (NĐ 30/2020/NĐ-CP).
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using testing::HasSubstr;

class UnitBook : public congvu::test::WholeOfficeTest {
  protected:
    static std::string at(std::int64_t record, std::string_view rest = "") {
        return "/api/records/" + std::to_string(record) + std::string(rest);
    }
    /// A registered letter that the leader has given to units; gives the record.
    std::int64_t route(std::string_view notation, std::vector<std::string> leads,
                       std::vector<std::string> support = {}) {
        const Answer made = as("clerk").post(
            "/api/registers/incoming/records",
            {{"values", {{"sender", "Bộ Tài chính Mẫu"}, {"notation", notation}, {"subject", "V/v dự toán"}}}});
        const Answer done = as("clerk").post(at(made.number("/id"), "/actions/register"), {{"version", 1}});
        object body{{"version", done.number("/version")}, {"instruction", "Thực hiện."}};
        body["lead"] = parties(leads);
        body["support"] = parties(support);
        if (leads.size() > 1) body["mass"] = true;
        const Answer assigned = as("leader").post(at(made.number("/id"), "/assignments"), body);
        EXPECT_THAT(assigned, Status(200));
        return made.number("/id");
    }
    boost::json::array parties(const std::vector<std::string>& units) {
        boost::json::array list;
        for (const std::string& each : units) list.push_back(object{{"kind", "unit"}, {"id", unit(each).value}});
        return list;
    }
    /// The step of a record that is addressed to the unit.
    boost::json::value step_of(const std::string& who, std::int64_t record, const std::string& unit_code) {
        const Answer steps = as(who).get(at(record, "/steps"));
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (steps.number("/" + std::to_string(i) + "/to/id") == unit(unit_code).value)
                return steps.at("/" + std::to_string(i));
        return nullptr;
    }
    Answer enter(const std::string& who, std::int64_t record, const std::string& unit_code = "roads") {
        const boost::json::value step = step_of("leader", record, unit_code);
        return as(who).put("/api/steps/" + std::to_string(step.at("id").as_int64()) + "/book-entry", object{});
    }
    std::int64_t number_of(std::int64_t record, const std::string& unit_code = "roads") {
        const boost::json::value step = step_of("leader", record, unit_code);
        return step.as_object().contains("unit_book") ? step.at("unit_book").at("number").as_int64() : 0;
    }
};
CONGVU_BOTH_ENGINES(UnitBook);

TEST_P(UnitBook, NumbersWhatTheUnitReceives) {
    const std::int64_t first = route("1/CV", {"roads"}), second = route("2/CV", {"roads"}),
                       third = route("3/CV", {"roads"});
    EXPECT_EQ(as("roads_head").get("/api/inbox").size("/items"), 0u) << "it waits at the unit's clerk";
    ASSERT_EQ(as("roads_clerk").get("/api/inbox").size("/items"), 3u);
    const boost::json::value waiting = step_of("roads_clerk", first, "roads");
    EXPECT_EQ(waiting.at("unit_book").at("label"), "Văn bản đến – Cục Hạ tầng");
    EXPECT_EQ(waiting.at("unit_book").at("number"), 1);
    EXPECT_EQ(waiting.at("unit_book").at("waiting"), true);
    EXPECT_THAT(boost::json::serialize(waiting.at("may")), HasSubstr("enter_in_book"));

    EXPECT_THAT(enter("roads_head", second), Status(404)) << "the head has nothing of it yet";
    ASSERT_THAT(enter("roads_clerk", second), Status(200));
    EXPECT_THAT(enter("roads_clerk", second), Refused(409, "steps.not_waiting_book"));
    ASSERT_THAT(enter("roads_clerk", first), Status(200));
    ASSERT_THAT(enter("roads_clerk", third), Status(200));
    EXPECT_EQ(number_of(second), 1) << "in the order they are entered, not in which they came";
    EXPECT_EQ(number_of(first), 2);
    EXPECT_EQ(number_of(third), 3);
    EXPECT_EQ(as("roads_head").get("/api/inbox").size("/items"), 3u);
    EXPECT_EQ(as("clerk").get(at(first)).string("/values/arrival_number"), "01") << "the agency's own number stays";
    EXPECT_EQ(journalled("document.entered_in_unit_book"), 3);
    EXPECT_THAT(as("roads_clerk").get(at(first, "/history")).text, HasSubstr("Vào sổ của đơn vị"));

    const Answer books = as("clerk").get("/api/registers/incoming/books");
    bool found = false;
    for (std::size_t i = 0; i < books.size(); ++i) {
        const std::string book = "/" + std::to_string(i);
        EXPECT_EQ(books.size(book + "/gaps"), 0u) << books.string(book + "/label");
        if (books.string(book + "/label") != "Văn bản đến – Cục Hạ tầng") continue;
        found = true;
        EXPECT_EQ(books.number(book + "/last"), 3);
    }
    EXPECT_TRUE(found);
}

TEST_P(UnitBook, IsOfItsUnitAndItsYear) {
    add_desk("planning_clerk", unit("planning"), "Văn thư Vụ Kế hoạch", {"unit_clerk"}, "Thái Thị Sổ");
    const std::int64_t both = route("1/CV", {"roads", "planning"}), one = route("2/CV", {"planning"});
    EXPECT_THAT(enter("roads_clerk", both, "planning"), testing::Not(Status(200))) << "not another unit's book";
    ASSERT_THAT(enter("planning_clerk", one, "planning"), Status(200));
    ASSERT_THAT(enter("planning_clerk", both, "planning"), Status(200));
    ASSERT_THAT(enter("roads_clerk", both, "roads"), Status(200));
    EXPECT_EQ(number_of(one, "planning"), 1);
    EXPECT_EQ(number_of(both, "planning"), 2);
    EXPECT_EQ(number_of(both, "roads"), 1);

    const std::int64_t late = route("3/CV", {"roads"});
    later(std::chrono::hours(24 * 150));
    for (const char* who : {"leader", "roads_clerk"}) forget(who);
    ASSERT_THAT(enter("roads_clerk", late), Status(200));
    EXPECT_EQ(number_of(late), 1) << "a new year begins at one";
    EXPECT_EQ(number_of(both, "roads"), 1) << "last year's number is still shown";
}

TEST_P(UnitBook, ARefusedEntryTakesNoNumber) {
    const std::int64_t first = route("1/CV", {"roads"}), second = route("2/CV", {"roads"});
    EXPECT_THAT(enter("roads_handler", first), testing::Not(Status(200)));
    EXPECT_THAT(enter("other_clerk", first), Status(404));
    ASSERT_THAT(enter("roads_clerk", second), Status(200));
    EXPECT_EQ(number_of(second), 1);
}

}  // namespace
