#include "core/expression/node.h"
#include "tests/scenarios/whole_office.h"

// The duplicate warning: the same author and notation however they are typed, and the records it speaks of.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using testing::HasSubstr;
using testing::Not;

class Twins : public congvu::test::WholeOfficeTest {
  protected:
    Answer receive(object values) {
        return as("clerk").post("/api/registers/incoming/records", {{"values", std::move(values)}});
    }
    Answer check(const std::string& who, object values) {
        return as(who).post("/api/registers/incoming/check", {{"values", std::move(values)}});
    }
    static object letter(std::string_view sender, std::string_view notation, boost::json::value issued_on) {
        return {{"sender", sender}, {"notation", notation}, {"issued_on", std::move(issued_on)}, {"subject", "V/v x"}};
    }
};
CONGVU_BOTH_ENGINES(Twins);

TEST_P(Twins, AreFoundHoweverTheyAreTyped) {
    const Answer first = receive(letter("Bộ Tài chính Mẫu", "310/TTr-BTC", "2026-08-24"));
    ASSERT_THAT(first, Status(201));
    const auto warned = [&](object values) {
        const Answer said = check("clerk", std::move(values));
        const boost::json::value warnings = said.at("/warnings");
        for (const auto& each : warnings.as_array())
            if (each.as_object().contains("records")) return each.at("records").as_array().at(0).as_int64();
        EXPECT_THAT(said.text, Not(HasSubstr("Trùng")));
        return std::int64_t{0};
    };
    const std::int64_t twin = first.number("/id");
    EXPECT_EQ(warned(letter("Bộ Tài chính Mẫu", "310/TTr-BTC", "2026-08-24")), twin);
    EXPECT_EQ(warned(letter("BỘ TÀI CHÍNH MẪU", "310/ttr-btc", "2026-08-24")), twin) << "case";
    EXPECT_EQ(warned(letter("Bộ  Tài chính  Mẫu", "310 / TTr - BTC", "2026-02-01")), twin) << "spaces, same year";
    EXPECT_EQ(warned(letter("Bo Tai chinh Mau", "310/TTr-BTC", nullptr)), twin) << "marks, no day";
    EXPECT_EQ(warned(letter("Bộ Tài chính Mẫu", "310/TTr-BTC", "2025-08-24")), 0) << "another year";
    EXPECT_EQ(warned(letter("Bộ Nội vụ Mẫu", "310/TTr-BTC", "2026-08-24")), 0) << "another author";
    EXPECT_EQ(warned(letter("Bộ Tài chính Mẫu", "311/TTr-BTC", "2026-08-24")), 0) << "another notation";

    const Answer no_day = receive(letter("Bộ Công an Mẫu", "7/CV", nullptr));
    EXPECT_EQ(warned(letter("bộ công an mẫu", "7/cv", "2024-01-05")), no_day.number("/id")) << "the other has no day";
    // Without a notation author, subject and day decide.
    const Answer petition =
        receive({{"sender", "Ông Nguyễn Văn A"}, {"issued_on", "2026-08-20"}, {"subject", "Đơn kiến nghị đất đai"}});
    EXPECT_EQ(
        warned({{"sender", "ông nguyễn văn a"}, {"issued_on", "2026-08-20"}, {"subject", "Đơn  kiến nghị Đất đai"}}),
        petition.number("/id"));
}

TEST_P(Twins, AreNamedOnlyToWhoMaySeeThem) {
    add_desk("keeper", unit("office"), "Nhân viên bảo mật", {"security_keeper", "clerk"}, "Ninh Thị Kín");
    object secret = letter("Bộ Quốc phòng Mẫu", "9/PA", "2026-08-24");
    secret["secrecy"] = "secret";
    secret["book"] = "secret";
    const Answer made = as("keeper").post("/api/registers/incoming/records", {{"values", secret}});
    ASSERT_THAT(made, Status(201));
    const object same = letter("Bộ Quốc phòng Mẫu", "9/PA", "2026-08-24");
    EXPECT_EQ(check("keeper", same).number("/warnings/0/records/0"), made.number("/id"));
    EXPECT_EQ(check("clerk", same).size("/warnings"), 0u) << "nor that there is one";
    // The record's own page says it too.
    const Answer second = as("keeper").post("/api/registers/incoming/records", {{"values", same}});
    EXPECT_EQ(second.number("/warnings/0/records/0"), made.number("/id"));
    const Answer read = as("clerk").get("/api/records/" + std::to_string(second.number("/id")));
    ASSERT_THAT(read, Status(200));
    EXPECT_EQ(read.size("/warnings"), 0u);
}

TEST_P(Twins, AreFoundBehindManyThatAreHidden) {
    add_desk("keeper", unit("office"), "Nhân viên bảo mật", {"security_keeper", "clerk"}, "Ninh Thị Kín");
    const object same = letter("Bộ Quốc phòng Mẫu", "9/PA", "2026-08-24");
    object secret = same;
    secret["secrecy"] = "secret";
    secret["book"] = "secret";
    for (int i = 0; i < 130; ++i)
        ASSERT_THAT(as("keeper").post("/api/registers/incoming/records", {{"values", secret}}), Status(201));
    EXPECT_EQ(check("clerk", same).size("/warnings"), 0u);
    const Answer seen = receive(same);
    ASSERT_THAT(seen, Status(201));
    const Answer told = check("clerk", same);
    ASSERT_EQ(told.size("/warnings/0/records"), 1u);
    EXPECT_EQ(told.number("/warnings/0/records/0"), seen.number("/id"));
    EXPECT_EQ(check("keeper", same).size("/warnings/0/records"), 20u) << "as many as one can look through";
}

TEST_P(Twins, AreSoughtOnlyForWhoMayKeepARecord) {
    const object values = letter("Bộ Tài chính Mẫu", "310/TTr-BTC", "2026-08-24");
    const Answer made = receive(values);
    ASSERT_THAT(made, Status(201));
    EXPECT_THAT(check("roads_handler", values), Refused(403, "records.may_not_create"));
    const auto again = [&](const std::string& who, const std::string& of) {
        return as(who).post("/api/registers/" + of + "/check",
                            {{"id", made.number("/id")}, {"values", {{"note", "x"}}}});
    };
    EXPECT_THAT(again("clerk", "incoming"), Status(200));
    EXPECT_THAT(again("clerk", "equipment"), Status(404)) << "another register";
    EXPECT_THAT(again("roads_handler", "incoming"), Status(404));
    // Who is only informed reads it, and keeps nothing of it.
    const std::string at = "/api/records/" + std::to_string(made.number("/id"));
    const Answer entered = as("clerk").post(at + "/actions/register", {{"version", made.number("/version")}});
    ASSERT_THAT(as("leader").post(at + "/assignments",
                                  {{"version", entered.number("/version")},
                                   {"instruction", "Chủ trì."},
                                   {"lead", {{{"kind", "post"}, {"id", desk("head").post.value}}}},
                                   {"inform", {{{"kind", "post"}, {"id", desk("roads_handler").post.value}}}}}),
                Status(200));
    EXPECT_THAT(again("roads_handler", "incoming"), Refused(403, "records.may_not_edit"));
    EXPECT_THAT(again("head", "incoming"), Status(200)) << "who may act on it";
}

TEST_P(Twins, AreSoughtByAnIndex) {
    const auto declaration = engine().catalogue.find("incoming");
    const registers::Field* notation = declaration->field("notation");
    const std::string index = "r_incoming_f" + std::to_string(notation->id) + "_alike";
    const auto warning = declaration->parsed(declaration->warn.front().when).value();
    const auto& parts = warning->parts;
    const auto exists = std::ranges::find(parts, expression::Operation::exists,
                                          [](const expression::Pointer& part) { return part->operation; });
    ASSERT_NE(exists, parts.end());
    records::Record asking;
    asking.declaration = declaration;
    asking.agency = desk("clerk").agency;
    asking.columns["notation"] = "310/TTr-BTC";
    asking.columns["sender"] = "Bộ Tài chính Mẫu";
    expression::Values values = asking.names(scope_of("clerk"));
    for (const std::string& name : expression::names(**exists)) values.try_emplace(name);
    values.try_emplace("id");
    values.try_emplace("issued_on");
    const auto plan = write([&](const Scope&, db::Transaction& tx) -> Result<std::string> {
        constexpr db::Sql no_scan{"test.no_scan", "set local enable_seqscan = off"};
        const bool sqlite = tx.engine() == db::Engine::sqlite;
        if (!sqlite) TRY(tx.execute(no_scan));
        db::Query query("test.plan");
        query.add(sqlite ? db::Literal("explain query plan ") : db::Literal("explain "));
        TRY(expression::compile_found(**exists, values, 20, query));
        std::string text;
        for (const db::Row& row : TRY(tx.rows(query))) text += row.text(sqlite ? 3 : 0) + "\n";
        return text;
    });
    ASSERT_TRUE(plan) << congvu::test::told(plan);
    EXPECT_THAT(*plan, HasSubstr(index));
    // Not by the agency alone.
    EXPECT_THAT(*plan, testing::AnyOf(HasSubstr("<expr>=?"), HasSubstr("replace(")));
}

}  // namespace
