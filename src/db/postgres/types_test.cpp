#include "db/postgres/types.h"

#include <limits>

#include <gtest/gtest.h>

namespace {

using db::Value;
using db::postgres::decode;
using db::postgres::Parameters;
using namespace std::string_view_literals;

TEST(PostgresTypes, ReadsWhatTheServerSends) {
    const double infinity = std::numeric_limits<double>::infinity();
    struct Case {
        unsigned type;
        bool binary;
        std::string_view bytes;
        Value value;
    };
    const Case cases[] = {
        {20, true, "\x80\0\0\0\0\0\0\0"sv, std::numeric_limits<std::int64_t>::min()},
        {20, true, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFE"sv, -2},
        {20, false, "-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
        {23, true, "\xFF\xFF\xFF\xFF"sv, -1},
        {21, true, "\x7F\xFF"sv, 32767},
        {21, false, "-5", -5},
        {16, true, "\1"sv, 1},
        {16, true, "\0"sv, 0},
        {16, false, "t", 1},
        {16, false, "f", 0},
        {25, true, "văn bản", "văn bản"},
        {25, false, "", ""},
        {17, true, "\0\xFF"sv, db::Blob{std::byte{0}, std::byte{0xFF}}},
        {17, false, "\\x00fF", db::Blob{std::byte{0}, std::byte{0xFF}}},
        {17, false, "\\x", db::Blob{}},
        {701, true, "\x3F\xF8\0\0\0\0\0\0"sv, 1.5},
        {701, false, "1.5", 1.5},
        {701, false, "-Infinity", -infinity},
        {700, true, "\x3F\xC0\0\0"sv, 1.5},
        {1700, false, "12", 12},
        {1700, false, "12.50", 12.5},
        {1700, false, "99999999999999999999", 1e20},
        {114, false, "{}", "{}"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(decode(each.type, each.binary, each.bytes), each.value) << each.type << " " << each.bytes;
}

TEST(PostgresTypes, TellsWhichValuesDoNotFit) {
    struct Case {
        Value value;
        unsigned type;
        bool fits;
    };
    const Case cases[] = {
        {5, 20, true},       {5, 23, true},          {std::int64_t{1} << 40, 23, false},
        {40'000, 21, false}, {5, 701, true},         {5, 1700, true},
        {5, 25, false},      {5, 17, false},         {1, 16, true},
        {1.5, 701, true},    {1.5, 20, false},       {1.5, 25, false},
        {1.5, 1700, true},   {"a", 25, true},        {"5", 20, true},
        {"a", 17, false},    {db::Blob{}, 17, true}, {db::Blob{}, 25, false},
        {nullptr, 17, true},
    };
    for (const Case& each : cases) {
        Parameters parameters;
        EXPECT_EQ(parameters.set(&each.value, 1, {each.type}), each.fits) << each.type;
        if (each.fits && !each.value.is_null()) {
            ASSERT_EQ(parameters.count(), 1);
            EXPECT_NE(parameters.pointers()[0], nullptr);
        }
    }
}

}  // namespace
