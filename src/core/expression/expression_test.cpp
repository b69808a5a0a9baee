#include "core/expression/expression.h"

#include <set>

#include <gtest/gtest.h>

#include "base/messages.h"
#include "core/expression/suggestion.h"

namespace expression {
namespace {

Environment letters() {
    static const Source incoming{"r_incoming",
                                 {{{"sender", {Type::text, "r.sender", "r.sender_key"}},
                                   {"issued_on", {Type::date, "r.issued_on"}},
                                   {"today", {Type::date}}},
                                  {}}};
    Environment environment;
    environment.names = {
        {"sender", {Type::text, "r.sender", "r.sender_key", 0, "r.sender_folded"}},
        {"notation", {Type::text, "r.notation"}},
        {"state", {Type::text, "record.state"}},
        {"due", {Type::date, "r.due"}},
        {"issued_on", {Type::date, "r.issued_on"}},
        {"created_at", {Type::instant, "record.created_at"}},
        {"pages", {Type::integer, "r.pages", "", 0, "", 1'000}},
        {"cost", {Type::integer, "r.cost"}},
        {"rate", {Type::decimal, "r.rate", "", 2}},
        {"kept", {Type::boolean, "r.kept"}},
        {"tags", {Type::list_of_text, "r.tags"}},
        {"today", {Type::date}},
        {"reason", {Type::text}},
    };
    environment.source = [](std::string_view code) { return code == "incoming" ? &incoming : nullptr; };
    return environment;
}

const Values& values() {
    static const Values all{{"sender", std::string("Bộ Nội vụ")},
                            {"notation", std::string("15/QĐ-BNV")},
                            {"state", std::string("registered")},
                            {"due", LocalDate::of(2026, 8, 20)},
                            {"issued_on", Value()},
                            {"created_at", instant_of(LocalDate::of(2026, 8, 1), {30})},
                            {"pages", Decimal{12, 0}},
                            {"cost", Value()},
                            {"rate", Decimal{125, 2}},
                            {"kept", Value()},
                            {"tags", std::vector<std::string>{"urgent", "paper"}},
                            {"today", LocalDate::of(2026, 8, 25)},
                            {"reason", std::string("Trùng")}};
    return all;
}

std::string shown(const Value& value) {
    struct Show {
        std::string operator()(std::monostate) const { return "null"; }
        std::string operator()(bool boolean) const { return boolean ? "true" : "false"; }
        std::string operator()(const Decimal& number) const { return to_string(number); }
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(LocalDate date) const { return to_string(date); }
        std::string operator()(Instant instant) const { return to_string(instant); }
        std::string operator()(const std::vector<std::string>& list) const {
            return fmt::format("[{}]", fmt::join(list, ","));
        }
    };
    return std::visit(Show{}, value);
}

struct Case {
    const char* text;
    const char* result;
};

class Evaluates : public ::testing::TestWithParam<Case> {};

TEST_P(Evaluates, ToWhatTheDocumentSays) {
    const auto parsed = parse(GetParam().text, letters());
    ASSERT_TRUE(parsed) << messages::text(Language::vi, parsed.error());
    const auto value = evaluate(**parsed, values());
    ASSERT_TRUE(value);
    EXPECT_EQ(shown(*value), GetParam().result) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Null, Evaluates,
                         ::testing::ValuesIn(std::vector<Case>{{"null == null", "true"},
                                                               {"cost == null", "true"},
                                                               {"cost != null", "false"},
                                                               {"sender == null", "false"},
                                                               {"cost == 5", "false"},
                                                               {"cost != 5", "true"},
                                                               {"cost < 5", "false"},
                                                               {"cost >= 5", "false"},
                                                               {"!(cost < 5)", "true"},
                                                               {"cost + 1", "null"},
                                                               {"cost * 0", "null"},
                                                               {"-cost", "null"},
                                                               {"min(cost, 1)", "null"},
                                                               {"due - issued_on", "null"},
                                                               {"issued_on + 3", "null"},
                                                               {"year(issued_on)", "null"},
                                                               {"issued_on == null", "true"},
                                                               {"issued_on < today", "false"},
                                                               {"kept", "null"},
                                                               {"!kept", "true"},
                                                               {"kept && true", "false"},
                                                               {"kept || true", "true"},
                                                               {"kept == false", "false"},
                                                               {"if(kept, 1, 2)", "2"},
                                                               {"coalesce(cost, pages)", "12"},
                                                               {"coalesce(cost, cost)", "null"}}));

INSTANTIATE_TEST_SUITE_P(Numbers, Evaluates,
                         ::testing::ValuesIn(std::vector<Case>{{"1 + 2 * 3", "7"},
                                                               {"(1 + 2) * 3", "9"},
                                                               {"10 - 2 - 3", "5"},
                                                               {"-3 + 1", "-2"},
                                                               {"- -3", "3"},
                                                               {"1.5 + 1", "2.5"},
                                                               {"1.50 == 1.5", "true"},
                                                               {"7 / 2", "3.5000"},
                                                               {"1 / 3", "0.3333"},
                                                               {"2 / 3", "0.6667"},
                                                               {"-2 / 3", "-0.6667"},
                                                               {"1 / 0", "null"},
                                                               {"0.00 / 0.00", "null"},
                                                               {"rate * pages", "15.00"},
                                                               {"round(2.5)", "3"},
                                                               {"round(-2.5)", "-3"},
                                                               {"round(2.449, 1)", "2.4"},
                                                               {"round(2, 3)", "2.000"},
                                                               {"abs(-2.5)", "2.5"},
                                                               {"min(2, 1.5)", "1.5"},
                                                               {"max(2, 1.5)", "2.0"},
                                                               {"1 < 1.0001", "true"},
                                                               {"999999999999999 * 1000", "999999999999999000"},
                                                               {"999999999999999 * 1001", "null"},
                                                               {"999999999999999 * 1001 == null", "true"},
                                                               {"length(sender)", "9"},
                                                               {"12 == pages", "true"}}));

INSTANTIATE_TEST_SUITE_P(Dates, Evaluates,
                         ::testing::ValuesIn(std::vector<Case>{{"due < today", "true"},
                                                               {"today - due", "5"},
                                                               {"due + 5 == today", "true"},
                                                               {"3 + due", "2026-08-23"},
                                                               {"due - 20", "2026-07-31"},
                                                               {"year(due) * 100 + month(due)", "202608"},
                                                               {"day(date(\"2024-02-28\") + 1)", "29"},
                                                               {"date(created_at)", "2026-08-01"},
                                                               {"min(due, today)", "2026-08-20"},
                                                               {"max(due, today)", "2026-08-25"},
                                                               {"date(\"9999-12-31\") + 1", "null"},
                                                               {"date(\"0001-01-01\") - 1", "null"}}));

INSTANTIATE_TEST_SUITE_P(Texts, Evaluates,
                         ::testing::ValuesIn(std::vector<Case>{{"sender == \"Bộ Nội vụ\"", "true"},
                                                               {"sender == 'bộ nội vụ'", "false"},
                                                               {"lower(sender) == 'bộ nội vụ'", "true"},
                                                               {"contains(sender, \"noi\")", "true"},
                                                               {"contains(sender, \"nọi\")", "true"},
                                                               {"contains(sender, \"tài\")", "false"},
                                                               {"contains(sender, \"\")", "true"},
                                                               {"starts_with(sender, \"bo n\")", "true"},
                                                               {"ends_with(sender, \"NỌI vu\")", "true"},
                                                               {"ends_with(sender, \"\")", "true"},
                                                               {"ends_with(\"vụ\", \"Nội vụ\")", "false"},
                                                               {"ends_with(sender, \"bộ\")", "false"},
                                                               {"alike(sender, \"BỘ  nội vụ\")", "true"},
                                                               {"alike(sender, \"bonoivu\")", "true"},
                                                               {"alike(sender, \"Bộ Nội\")", "false"},
                                                               {"starts_with(sender, \"nội\")", "false"},
                                                               {"notation + \" \" + state", "15/QĐ-BNV registered"},
                                                               {"state in [\"received\", \"registered\"]", "true"},
                                                               {"state in []", "false"},
                                                               {"\"urgent\" in tags", "true"},
                                                               {"'urg' in tags", "false"},
                                                               {"sender < \"Cục\"", "true"},
                                                               {"sender > \"Ban\"", "true"},
                                                               {"\"a\\\"b\" == 'a\"b'", "true"},
                                                               {"this.state == state", "true"},
                                                               {"reason == \"Trùng\"", "true"},
                                                               {"\"Hòa\" < \"Hoa\"", "false"}}));

struct Refused {
    const char* text;
    const char* message;
    int column;
};

class Refuses : public ::testing::TestWithParam<Refused> {};

TEST_P(Refuses, AndSaysWhere) {
    const auto parsed = parse(GetParam().text, letters());
    ASSERT_FALSE(parsed) << GetParam().text;
    const Error& error = parsed.error();
    EXPECT_EQ(error.message, GetParam().message) << GetParam().text;
    ASSERT_GE(error.arguments.size(), 2U);
    EXPECT_EQ(error.arguments[0], (MessageArgument{"line", "1"})) << GetParam().text;
    EXPECT_EQ(error.arguments[1], (MessageArgument{"column", std::to_string(GetParam().column)})) << GetParam().text;
    for (const Language language : {Language::vi, Language::en}) {
        const std::string told = messages::text(language, error);
        EXPECT_EQ(told.find('{'), std::string::npos) << told;
        EXPECT_NE(told, error.message);
        // A Vietnamese message has no word of the other language's.
        if (language == Language::en) continue;
        for (const char* english : {" a ", "value", "boolean", "integer", "list of"}) {
            EXPECT_EQ(told.find(english), std::string::npos) << told;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Everything, Refuses,
                         ::testing::ValuesIn(std::vector<Refused>{
                             {"", "expression.ends_early", 1},
                             {"1 +", "expression.ends_early", 4},
                             {"(1", "expression.ends_early", 3},
                             {"1 2", "expression.syntax", 3},
                             {"1 < 2 < 3", "expression.syntax", 7},
                             {"due = today", "expression.syntax", 5},
                             {"this state", "expression.syntax", 6},
                             {"this.", "expression.ends_early", 6},
                             {"pages ? 1", "expression.bad_character", 7},
                             {"pages % 2", "expression.bad_character", 7},
                             {"tiền", "expression.bad_character", 3},
                             {"\"abc", "expression.open_text", 1},
                             {"\"a\\q\"", "expression.bad_character", 1},
                             {"1234567890123456", "expression.bad_number", 1},
                             {"1.1234567", "expression.bad_number", 1},
                             {"12abc", "expression.bad_number", 1},
                             {"sendr == \"a\"", "expression.unknown_name_near", 1},
                             {"xyzzy", "expression.unknown_name", 1},
                             {"lenght(sender)", "expression.unknown_function_near", 1},
                             {"frobnicate(1)", "expression.unknown_function", 1},
                             {"length(1)", "expression.wrong_arguments", 1},
                             {"if(1, 2, 3)", "expression.wrong_arguments", 1},
                             {"round(1.5, pages)", "expression.wrong_arguments", 1},
                             {"date(\"2026-02-30\")", "expression.wrong_arguments", 1},
                             {"date(sender)", "expression.wrong_arguments", 1},
                             {"coalesce(sender, 1)", "expression.wrong_types", 1},
                             {"sender == 1", "expression.wrong_types", 8},
                             {"sender + 1", "expression.wrong_types", 8},
                             {"sender + null", "expression.wrong_types", 8},
                             {"due + today", "expression.wrong_types", 5},
                             {"due + 1.5", "expression.wrong_types", 5},
                             {"kept < true", "expression.wrong_types", 6},
                             {"tags == tags", "expression.wrong_types", 6},
                             {"created_at == today", "expression.wrong_types", 12},
                             {"!pages", "expression.wrong_type", 1},
                             {"pages && kept", "expression.wrong_type", 7},
                             {"1 in tags", "expression.wrong_type", 3},
                             {"sender in sender", "expression.wrong_type", 8},
                             {"[1, 2]", "expression.bad_list", 1},
                             {"state in [state]", "expression.bad_list", 10},
                             {"notation < \"b\"", "expression.not_sorted", 10},
                             {"contains(notation, \"b\")", "expression.not_searchable", 1},
                             {"contains(sender + \"a\", \"b\")", "expression.not_searchable", 1},
                             {"alike(notation, \"b\")", "expression.not_searchable", 1},
                             {"exists(outgoing)", "expression.unknown_register", 8},
                             {"exists(incoming, count(incoming) > 1)", "expression.nested_aggregate", 18},
                             {"exists(incoming, notation == \"\")", "expression.unknown_name", 18},
                             {"exists(incoming, sender)", "expression.wrong_type", 1},
                             {"sum(incoming, sender)", "expression.wrong_arguments", 1},
                             {"exists(1)", "expression.syntax", 8},
                             {"0.000001 * 0.0001", "expression.too_fine", 10}}));

TEST(Expression, RefusesWhatIsTooLongOrTooDeep) {
    const auto told = [](const std::string& text) {
        const auto parsed = parse(text, letters());
        return parsed ? std::string() : parsed.error().message;
    };
    EXPECT_EQ(told(std::string(4'001, ' ')), "expression.too_long");
    EXPECT_EQ(told(std::string(1'999, '(') + "1" + std::string(1'999, ')')), "expression.too_deep");
    EXPECT_EQ(told(std::string(3'000, '!') + "kept"), "expression.too_deep");
    std::string chain = "kept";
    for (int i = 0; i < 400; ++i) chain += " || kept";
    EXPECT_EQ(told(chain), "") << "a chain of one operator is not deep";
}

TEST(Expression, TellsLineAndColumnInTextsOfSeveralLines) {
    const auto parsed = parse("kept &&\n  sendr == \"Đ\"", letters());
    ASSERT_FALSE(parsed);
    EXPECT_EQ(messages::text(Language::vi, parsed.error()),
              "Dòng 2, cột 3: không có trường hay tên “sendr”. Có phải “sender”?");
}

TEST(Expression, KnowsWhatItStandsOn) {
    const auto parsed = parse(
        "exists(incoming, sender == this.sender && issued_on < today) || kept || lower(notation) == \"a\"", letters());
    ASSERT_TRUE(parsed);
    EXPECT_EQ(names(**parsed), (std::vector<std::string>{"kept", "notation", "sender"}));
    EXPECT_EQ(registers_asked(**parsed), std::vector<std::string>{"incoming"});
    EXPECT_TRUE(asks_other_records(**parsed));
    EXPECT_FALSE(runs_as_sql(**parsed));
    EXPECT_EQ(type(**parsed), Type::boolean);
    db::Query query("test");
    EXPECT_EQ(compile(**parsed, {{"today", LocalDate{}}}, query).error().message, "expression.memory_only");
}

TEST(Expression, BecomesSqlWithoutAnyTextOfItsOwn) {
    const auto sql = [](std::string_view text, const Values& context = {{"today", LocalDate::of(2026, 8, 25)}}) {
        const auto parsed = parse(text, letters());
        EXPECT_TRUE(parsed) << text;
        db::Query query("test");
        const auto compiled = parsed ? compile(**parsed, context, query) : Result<void>();
        EXPECT_TRUE(compiled) << text;
        EXPECT_FALSE(query.poisoned());
        return query.text();
    };
    EXPECT_EQ(sql("state == \"'; drop table record\""), R"(("record"."state" = cast(?1 as text)))");
    EXPECT_EQ(sql("due < today - 2"), R"(("r"."due" < cast(?1 as text)))")
        << "what no column decides is counted before";
    EXPECT_EQ(sql("sender == \"A\""), R"(("r"."sender_key" = ?1))");
    EXPECT_EQ(sql("!(due < today)"), R"((not coalesce(("r"."due" < cast(?1 as text)), false)))");
    EXPECT_EQ(sql("due != null"), R"(("r"."due" is not null))");
    EXPECT_EQ(sql("1 < 2"), "(1 = 1)");
    EXPECT_EQ(sql("pages * 2 > pages + 1").find("case"), std::string::npos) << "small numbers need no guard";
    EXPECT_NE(sql("cost * cost > 1").find("case"), std::string::npos);
}

TEST(Expression, IsNotEvaluatedWithoutWhatTheContextOwes) {
    const auto parsed = parse("due < today", letters());
    ASSERT_TRUE(parsed);
    EXPECT_EQ(evaluate(**parsed, {{"due", LocalDate{}}}).error().message, "base.internal");
    db::Query query("test");
    EXPECT_EQ(compile(**parsed, {}, query).error().message, "base.internal");
    const auto aggregate = parse("exists(incoming)", letters());
    ASSERT_TRUE(aggregate);
    EXPECT_EQ(evaluate(**aggregate, values()).error().message, "base.internal");
}

TEST(NearestWord, FindsTheOneMeant) {
    const std::vector<std::string> words{"required", "search", "unique", "vi", "en"};
    EXPECT_EQ(nearest_word("requird", words), "required");
    EXPECT_EQ(nearest_word("serach", words), "search");
    EXPECT_EQ(nearest_word("uniq", words), "unique");
    EXPECT_EQ(nearest_word("banana", words), "");
    EXPECT_EQ(nearest_word("x", words), "") << "one letter is near to nothing";
}

}  // namespace
}  // namespace expression
