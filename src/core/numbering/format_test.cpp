#include <gtest/gtest.h>

#include "core/numbering/numbering.h"

namespace numbering {
namespace {

const std::map<std::string, std::string, std::less<>> values{
    {"kind.abbreviation", "QĐ"}, {"unit.abbreviation", "TCKT"}, {"agency.abbreviation", "BNV"}, {"empty", ""}};

struct Written {
    const char* pattern;
    std::int64_t n;
    const char* text;
};

class Patterns : public ::testing::TestWithParam<Written> {};

TEST_P(Patterns, are_filled) {
    const auto text = format(GetParam().pattern, GetParam().n, 2026, values);
    ASSERT_TRUE(text) << text.error().message;
    EXPECT_EQ(*text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Notations, Patterns,
    ::testing::Values(Written{"{n}", 7, "7"}, Written{"{n:02}", 7, "07"}, Written{"{n:02}", 123, "123"},
                      Written{"{n:05}", 42, "00042"}, Written{"{n}/{year}", 15, "15/2026"},
                      Written{"{n:02}/{kind.abbreviation}-{agency.abbreviation}", 5, "05/QĐ-BNV"},
                      Written{"Số: {n:02}/{agency.abbreviation}-{unit.abbreviation}", 12, "Số: 12/BNV-TCKT"},
                      Written{"{{{n}}}", 3, "{3}"}, Written{"{year}.{n:04}", 1, "2026.0001"}));

TEST(Patterns, that_are_wrong_say_where) {
    const std::pair<const char*, const char*> wrong[] = {
        {"{n", "1"},        {"n}", "2"},     {"{}", "1"},       {"x{n:2}", "2"},  {"{n:00}", "1"},
        {"{year:02}", "1"}, {"{Kind}", "1"}, {"{n}{a b}", "4"}, {"{n:012}", "1"}, {"{kind.}", "1"}};
    for (const auto& [pattern, position] : wrong) {
        const auto refused = format(pattern, 1, 2026, values);
        ASSERT_FALSE(refused) << pattern;
        EXPECT_EQ(refused.error().message, "numbering.bad_pattern") << pattern;
        EXPECT_EQ(refused.error().arguments.front().value, position) << pattern;
    }
}

TEST(Patterns, want_every_value) {
    for (const auto* pattern : {"{n}/{unknown}", "{n}/{empty}"}) {
        const auto refused = format(pattern, 1, 2026, values);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().message, "numbering.no_value");
    }
}

TEST(Patterns, tell_the_names_they_use) {
    EXPECT_EQ(*names("{n:02}/{kind.abbreviation}-{unit.abbreviation}-{kind.abbreviation}/{year}"),
              (std::vector<std::string>{"kind.abbreviation", "unit.abbreviation"}));
    EXPECT_FALSE(names("{year}/{kind}"));  // a notation without its number
}

}  // namespace
}  // namespace numbering
