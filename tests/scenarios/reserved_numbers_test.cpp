#include <thread>

#include "tests/scenarios/whole_office.h"

// Numbers set aside in a book find their documents: chosen where the number is given, once, and told in the journal.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Client;
using congvu::test::Refused;
using congvu::test::Status;
using testing::HasSubstr;

class ReservedNumbers : public congvu::test::WholeOfficeTest {
  protected:
    void SetUp() override {
        WholeOfficeTest::SetUp();
        if (IsSkipped()) return;
        add_desk("second_clerk", unit("office"), "Văn thư thứ hai", {"clerk"}, "Quách Thị Hai");
        add_desk("steering", unit("office"), "Thường trực Ban Chỉ đạo", {"steering"}, "Ban Chỉ Đạo");
    }
    Answer receive(std::string_view notation, std::string_view book = "ordinary") {
        return as("clerk").post(
            "/api/registers/incoming/records",
            {{"values",
              {{"sender", "Bộ Tài chính Mẫu"}, {"notation", notation}, {"subject", "V/v dự toán"}, {"book", book}}}});
    }
    static Answer enter(const Client& who, const Answer& record, boost::json::value number = nullptr) {
        return who.post(at(record, "/actions/register"),
                        {{"version", record.number("/version")}, {"arguments", {{"number", std::move(number)}}}});
    }
    /// The book with that label, and what it holds.
    boost::json::value book(std::string_view label, std::string_view of = "incoming") {
        const Answer books = as("clerk").get("/api/registers/" + std::string(of) + "/books");
        for (const auto& each : books.json.as_array())
            if (each.at("label").as_string() == label) return each;
        ADD_FAILURE() << label << " is not in " << books.text;
        return object{{"book", 0}};
    }
    void reserve(std::string_view label, int count, std::string_view reason, const std::string& of = "incoming") {
        const std::string path = "/api/registers/" + of + "/books/" +
                                 std::to_string(book(label, of).at("book").as_int64()) + "/reservations";
        ASSERT_THAT(as("clerk").post(path, {{"count", count}, {"reason", reason}}), Status(201));
    }
};
CONGVU_BOTH_ENGINES(ReservedNumbers);

constexpr std::string_view ordinary = "Văn bản đến – Văn bản đến";

TEST_P(ReservedNumbers, OneIsChosenWhereTheNumberIsGiven) {
    ASSERT_EQ(enter(as("clerk"), receive("1/CV")).string("/values/arrival_number"), "01");
    ASSERT_NO_FATAL_FAILURE(reserve(ordinary, 2, "Văn bản giấy nhận đêm 24/8"));
    const Answer letter = receive("2/CV");

    const auto check = [&](object values) {
        return as("clerk").post("/api/registers/incoming/check", {{"id", letter.number("/id")}, {"values", values}});
    };
    const Answer offered = check({});
    EXPECT_EQ(offered.string("/next_number"), "04");
    ASSERT_EQ(offered.size("/reserved"), 2u);
    EXPECT_EQ(offered.number("/reserved/0/number"), 2);
    EXPECT_EQ(offered.string("/reserved/0/shown"), "02");
    EXPECT_EQ(offered.string("/reserved/0/reason"), "Văn bản giấy nhận đêm 24/8");
    EXPECT_EQ(check({{"book", "petitions"}}).size("/reserved"), 0u) << "another book has its own";

    EXPECT_THAT(enter(as("clerk"), letter, 1), Refused(409, "numbering.not_reserved"));
    EXPECT_THAT(enter(as("clerk"), letter, 77), Refused(409, "numbering.not_reserved"));
    const Answer wrong = enter(as("clerk"), letter, "hai");
    EXPECT_THAT(wrong, Refused(422, "records.not_a_reserved_number"));
    EXPECT_EQ(wrong.string("/error/field"), "number");
    EXPECT_EQ(as("clerk").get(at(letter)).string("/state/code"), "received") << "nothing was done";

    const Answer entered = enter(as("clerk"), letter, 3);
    ASSERT_THAT(entered, Status(200));
    EXPECT_EQ(entered.string("/values/arrival_number"), "03");
    EXPECT_EQ(enter(as("clerk"), receive("3/CV")).string("/values/arrival_number"), "04") << "the series goes on";
    EXPECT_THAT(as("clerk").get(at(letter, "/history")).text, HasSubstr("Lấy số giữ trước"));
    EXPECT_EQ(journalled("number.used"), 1);

    const boost::json::value now = book(ordinary);
    EXPECT_EQ(now.at("reserved").as_array().size(), 1u);
    EXPECT_EQ(now.at("gaps").as_array().size(), 0u);
    EXPECT_EQ(now.at("last"), 4);
}

TEST_P(ReservedNumbers, OfTwoClerksOneGetsIt) {
    ASSERT_THAT(enter(as("clerk"), receive("1/CV")), Status(200));
    ASSERT_NO_FATAL_FAILURE(reserve(ordinary, 1, "Ký tay"));
    const Answer first = receive("2/CV"), second = receive("3/CV");
    const Client one = as("clerk"), other = as("second_clerk");
    Answer mine, theirs;
    std::thread at_once([&] { theirs = enter(other, second, 2); });
    mine = enter(one, first, 2);
    at_once.join();
    const Answer &winner = mine.status == 200 ? mine : theirs, &loser = mine.status == 200 ? theirs : mine;
    ASSERT_THAT(winner, Status(200));
    EXPECT_EQ(winner.string("/values/arrival_number"), "02");
    EXPECT_THAT(loser, Refused(409, "numbering.not_reserved"));
    EXPECT_EQ(loser.string("/error/field"), "number");
    EXPECT_THAT(loser.string("/error/message"), HasSubstr("Số 2 "));
    EXPECT_EQ(book(ordinary).at("gaps").as_array().size(), 0u);
}

TEST_P(ReservedNumbers, AlsoWhereTheBookGivesItAtOnceOrIsAUnits) {
    const auto found = [&](object more) {
        object body{{"values", {{"subject", "Chậm số hóa"}, {"source", "KL 12"}, {"owner", unit("planning").value}}}};
        for (auto& [key, value] : more) body[key] = value;
        return as("steering").post("/api/registers/finding/records", body);
    };
    ASSERT_EQ(found({}).string("/values/number"), "TT-001/2026");
    ASSERT_NO_FATAL_FAILURE(reserve("Tồn tại, hạn chế", 1, "Đoàn kiểm tra ghi tay", "finding"));
    EXPECT_EQ(found({{"number", 2}}).string("/values/number"), "TT-002/2026");
    EXPECT_THAT(found({{"number", 2}}), Refused(409, "numbering.not_reserved"));
    EXPECT_EQ(found({}).string("/values/number"), "TT-003/2026");

    // A document has one number, and only where one is given.
    const Answer letter = enter(as("clerk"), receive("1/CV"));
    EXPECT_THAT(as("clerk").post(at(letter, "/actions/submit"),
                                 {{"version", letter.number("/version")}, {"arguments", {{"number", 1}}}}),
                Refused(422, "records.gives_no_number"));

    const auto route = [&](const Answer& record) {
        const Answer steps = as("leader").post(at(record, "/assignments"),
                                               {{"version", record.number("/version")},
                                                {"instruction", "Thực hiện."},
                                                {"lead", {{{"kind", "unit"}, {"id", unit("roads").value}}}}});
        return "/api/steps/" + std::to_string(steps.number("/0/id")) + "/book-entry";
    };
    ASSERT_THAT(as("roads_clerk").put(route(letter), object{}), Status(200));
    ASSERT_NO_FATAL_FAILURE(reserve("Văn bản đến – Cục Hạ tầng", 1, "Công văn fax"));
    const Answer next = enter(as("clerk"), receive("2/CV"));
    const std::string entry = route(next);
    const Answer waiting = as("roads_clerk").get(at(next, "/steps"));
    EXPECT_EQ(waiting.number("/0/unit_book/number"), 3);
    EXPECT_EQ(waiting.string("/0/unit_book/reserved/0/reason"), "Công văn fax");
    EXPECT_THAT(as("roads_clerk").put(entry, object{{"number", 1}}), Refused(409, "numbering.not_reserved"));
    ASSERT_THAT(as("roads_clerk").put(entry, object{{"number", 2}}), Status(200));
    EXPECT_EQ(as("roads_clerk").get(at(next, "/steps")).number("/0/unit_book/number"), 2);
    EXPECT_EQ(book("Văn bản đến – Cục Hạ tầng").at("gaps").as_array().size(), 0u);
}

TEST_P(ReservedNumbers, ABookIsOpenedBeforeItsFirstNumber) {
    const std::string books = "/api/registers/incoming/books";
    const auto unopened = [&](const char* who) {
        const Answer answer = as(who).get(books + "/unopened");
        EXPECT_THAT(answer, Status(200));
        std::map<std::string, std::string> labels;
        for (const auto& each : answer.json.as_array())
            labels.emplace(each.at("part").as_string(), each.at("label").as_string());
        return labels;
    };
    const auto offered = unopened("clerk");
    ASSERT_TRUE(offered.contains("book=ordinary"));
    EXPECT_EQ(offered.at("book=ordinary"), ordinary);
    EXPECT_FALSE(offered.contains("book=secret")) << "for who is cleared";
    EXPECT_THAT(as("clerk").post(books, {{"part", "book=secret"}}), Refused(404, "numbering.not_found"));
    EXPECT_THAT(as("clerk").post(books, {{"part", "book=none"}}), Refused(404, "numbering.not_found"));
    EXPECT_THAT(as("clerk").post(books, {{"part", "book=ordinary"}, {"first", 0}}),
                Refused(422, "numbering.bad_first"));
    for (const char* who : {"handler", "auditor"}) {
        EXPECT_THAT(as(who).get(books + "/unopened"), Status(403)) << who;
        EXPECT_THAT(as(who).post(books, {{"part", "book=ordinary"}}), Status(403)) << who;
    }

    const Answer opened = as("clerk").post(books, {{"part", "book=ordinary"}, {"first", 57}});
    ASSERT_THAT(opened, Status(201));
    EXPECT_EQ(opened.number("/first"), 57);
    EXPECT_EQ(opened.number("/last"), 0);
    EXPECT_FALSE(unopened("clerk").contains("book=ordinary"));
    EXPECT_TRUE(unopened("other_clerk").contains("book=ordinary")) << "another agency has its own";
    ASSERT_NO_FATAL_FAILURE(reserve(ordinary, 2, "Văn bản giấy đầu năm"));
    EXPECT_EQ(book(ordinary).at_pointer("/reserved/0/number"), 57);
    EXPECT_EQ(enter(as("clerk"), receive("1/CV")).string("/values/arrival_number"), "59");
    EXPECT_EQ(book(ordinary).at("gaps").as_array().size(), 0u);
    EXPECT_THAT(as("clerk").post(books, {{"part", "book=ordinary"}}), Refused(409, "numbering.begun"));
    // A register without choices in its numbers has one book.
    const Answer findings = as("clerk").get("/api/registers/finding/books/unopened");
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings.string("/0/part"), "");
    EXPECT_EQ(as("clerk").get("/api/registers/computer/books/unopened").size(), 0u);
}

TEST_P(ReservedNumbers, ABookIsOfItsRegisterAndItsReaders) {
    Answer letter = enter(as("clerk"), receive("1/CV"));
    ASSERT_THAT(letter, Status(200));
    const std::string id = std::to_string(book(ordinary).at("book").as_int64());
    const object two{{"count", 2}, {"reason", "Ký tay"}};
    for (const char* of : {"equipment", "finding", "no_such"})
        EXPECT_THAT(as("clerk").post("/api/registers/" + std::string(of) + "/books/" + id + "/reservations", two),
                    Status(404))
            << of;
    EXPECT_EQ(book(ordinary).at("last"), 1);
    const std::string path = "/api/registers/incoming/books/" + id;
    const Answer reserved = as("clerk").post(path + "/reservations", two);
    ASSERT_THAT(reserved, Status(201));
    EXPECT_EQ(reserved.size("/reserved"), 2u) << "as it is now";
    EXPECT_EQ(reserved.number("/last"), 3);
    const Answer cancelled = as("clerk").post(path + "/cancellations", {{"number", 2}, {"reason", "Không ký"}});
    ASSERT_THAT(cancelled, Status(201));
    EXPECT_EQ(cancelled.size("/reserved"), 1u);
    EXPECT_EQ(cancelled.string("/cancelled/0/reason"), "Không ký");

    const std::string list = "/api/registers/incoming/books";
    for (const char* who : {"handler", "legal", "secretary", "head"})
        EXPECT_THAT(as(who).get(list), Refused(403, "registry.may_not_see_books")) << who;
    for (const char* who : {"clerk", "roads_clerk", "chief", "admin", "auditor"})
        EXPECT_EQ(as(who).get(list).size(), 1u) << who;
    EXPECT_EQ(as("other_clerk").get(list).size(), 0u);

    // Of a withdrawn document's number the book says why, and names the document to who may see it.
    letter = as("clerk").post(at(letter, "/actions/return"),
                              {{"version", letter.number("/version")}, {"arguments", {{"reason", "Gửi nhầm"}}}});
    ASSERT_THAT(letter, Status(200));
    ASSERT_THAT(as("clerk").post(path + "/cancellations", {{"number", 1}, {"reason", "Gửi nhầm"}}), Status(201));
    EXPECT_EQ(as("clerk").get(list).number("/0/cancelled/0/record"), letter.number("/id"));
    EXPECT_EQ(as("auditor").get(list).number("/0/cancelled/0/number"), 1);
    EXPECT_THAT(as("auditor").get(list).text, testing::Not(HasSubstr("\"record\"")));
}

TEST_P(ReservedNumbers, ABookIsCalledInTheLanguageOfWhoeverReads) {
    // The book is opened by a clerk who reads English: what is kept of its name is Vietnamese all the same.
    for (const char* who : {"clerk", "roads_clerk"})
        ASSERT_THAT(as(who).put("/api/account/preferences", {{"language", "en"}}), Status(204));
    const Answer letter = enter(as("clerk"), receive("1/CV"));
    ASSERT_THAT(letter, Status(200));
    const Answer steps =
        as("leader").post(at(letter, "/assignments"), {{"version", letter.number("/version")},
                                                       {"instruction", "Thực hiện."},
                                                       {"lead", {{{"kind", "unit"}, {"id", unit("roads").value}}}}});
    EXPECT_EQ(as("roads_clerk").get(at(letter, "/steps")).string("/0/unit_book/label"),
              "Incoming documents – Cục Hạ tầng");
    ASSERT_THAT(as("roads_clerk").put("/api/steps/" + std::to_string(steps.number("/0/id")) + "/book-entry", object{}),
                Status(200));
    const std::string list = "/api/registers/incoming/books";
    const Answer english = as("clerk").get(list), vietnamese = as("chief").get(list);
    EXPECT_EQ(english.string("/0/label"), "Incoming documents – Cục Hạ tầng");
    EXPECT_EQ(english.string("/1/label"), "Incoming documents – Incoming documents");
    EXPECT_EQ(vietnamese.string("/0/label"), "Văn bản đến – Cục Hạ tầng");
    EXPECT_EQ(vietnamese.string("/1/label"), ordinary);
    EXPECT_THAT(as("clerk").get("/api/registers/incoming").string("/basis"), HasSubstr("Decree 30/2020"));
    EXPECT_THAT(as("chief").get("/api/registers/incoming").string("/basis"), HasSubstr("NĐ 30/2020/NĐ-CP"));
}

TEST_P(ReservedNumbers, TheSecretBookIsForWhoIsCleared) {
    add_desk("keeper", unit("office"), "Nhân viên bảo mật", {"security_keeper", "clerk"}, "Ninh Thị Kín");
    const Answer made = as("keeper").post("/api/registers/incoming/records", {{"values",
                                                                               {{"sender", "Bộ Quốc phòng Mẫu"},
                                                                                {"notation", "9/PA"},
                                                                                {"subject", "V/v x"},
                                                                                {"secrecy", "secret"},
                                                                                {"book", "secret"}}}});
    ASSERT_THAT(made, Status(201));
    ASSERT_THAT(enter(as("keeper"), made), Status(200));
    const Answer seen = as("keeper").get("/api/registers/incoming/books");
    ASSERT_EQ(seen.size(), 1u);
    const std::string path =
        "/api/registers/incoming/books/" + std::to_string(seen.number("/0/book")) + "/reservations";
    ASSERT_THAT(as("keeper").post(path, {{"count", 1}, {"reason", "Phương án A"}}), Status(201));
    for (const char* who : {"clerk", "chief", "auditor"})
        EXPECT_EQ(as(who).get("/api/registers/incoming/books").size(), 0u) << who;
    EXPECT_THAT(as("clerk").post(path, {{"count", 1}, {"reason", "x"}}), Status(404));
}

}  // namespace
