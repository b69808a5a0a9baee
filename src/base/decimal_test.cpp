#include "base/decimal.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

// The slow second implementation: numbers of unlimited length as texts of digits, worked as at school.

struct Big {
    bool negative = false;
    std::string digits;  // the last digit first, no zeros at the end

    bool is_zero() const { return digits.empty(); }
};

Big tidy(Big number) {
    while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
    if (number.digits.empty()) number.negative = false;
    return number;
}

Big big(std::int64_t value) {
    std::string digits = std::to_string(value);
    const bool negative = digits.front() == '-';
    if (negative) digits.erase(0, 1);
    std::ranges::reverse(digits);
    return tidy({negative, digits});
}

Big shifted(Big number, int places) {
    number.digits.insert(0, static_cast<std::size_t>(places), '0');
    return tidy(number);
}

int digit(const std::string& digits, std::size_t at) {
    return at < digits.size() ? digits[at] - '0' : 0;
}

int compare_magnitude(const Big& a, const Big& b) {
    for (std::size_t i = std::max(a.digits.size(), b.digits.size()); i > 0; --i)
        if (digit(a.digits, i - 1) != digit(b.digits, i - 1))
            return digit(a.digits, i - 1) < digit(b.digits, i - 1) ? -1 : 1;
    return 0;
}

Big sum(Big a, Big b) {
    Big result;
    if (a.negative == b.negative) {
        result.negative = a.negative;
        for (std::size_t i = 0, carry = 0; i <= std::max(a.digits.size(), b.digits.size()); ++i) {
            const auto total = static_cast<std::size_t>(digit(a.digits, i) + digit(b.digits, i)) + carry;
            result.digits.push_back(static_cast<char>('0' + total % 10));
            carry = total / 10;
        }
        return tidy(result);
    }
    if (compare_magnitude(a, b) < 0) std::swap(a, b);
    result.negative = a.negative;
    for (std::size_t i = 0, borrow = 0; i < a.digits.size(); ++i) {
        int left = digit(a.digits, i) - digit(b.digits, i) - static_cast<int>(borrow);
        borrow = left < 0 ? 1 : 0;
        if (left < 0) left += 10;
        result.digits.push_back(static_cast<char>('0' + left));
    }
    return tidy(result);
}

Big product(const Big& a, const Big& b) {
    Big result;
    for (std::size_t i = 0; i < a.digits.size(); ++i)
        for (int times = digit(a.digits, i); times > 0; --times)
            result = sum(result, shifted({false, b.digits}, static_cast<int>(i)));
    result.negative = a.negative != b.negative;
    return tidy(result);
}

/// Long division of magnitudes, then a half or more goes away from zero.
Big quotient(const Big& a, const Big& b) {
    Big result;
    Big rest;
    const Big divisor{false, b.digits};
    for (std::size_t i = a.digits.size(); i > 0; --i) {
        rest.digits.insert(rest.digits.begin(), a.digits[i - 1]);
        rest = tidy(rest);
        int count = 0;
        for (; compare_magnitude(rest, divisor) >= 0; ++count) rest = sum(rest, {true, divisor.digits});
        result.digits.insert(result.digits.begin(), static_cast<char>('0' + count));
    }
    result = tidy(result);
    if (compare_magnitude(sum(rest, rest), divisor) >= 0) result = sum(result, big(1));
    result.negative = a.negative != b.negative;
    return tidy(result);
}

std::optional<std::int64_t> narrow(const Big& number) {
    if (number.negative ? compare_magnitude(number, big(smallest)) > 0 : compare_magnitude(number, big(largest)) > 0)
        return {};
    std::uint64_t magnitude = 0;
    for (std::size_t i = number.digits.size(); i > 0; --i)
        magnitude = magnitude * 10 + static_cast<std::uint64_t>(digit(number.digits, i - 1));
    return static_cast<std::int64_t>(number.negative ? 0 - magnitude : magnitude);
}

Big at_scale(const Decimal& number, int scale) {
    return shifted(big(number.units), scale - number.scale);
}

// Random numbers of every length, the ends among them.

class Numbers {
  public:
    explicit Numbers(unsigned seed) : random_(seed) {}
    int scale() { return static_cast<int>(random_() % 10); }
    Decimal next() {
        switch (random_() % 16) {
            case 0:
                return {largest, scale()};
            case 1:
                return {smallest, scale()};
            case 2:
                return {0, scale()};
            default:
                return {static_cast<std::int64_t>(random_()) >> (random_() % 64), scale()};
        }
    }

  private:
    std::mt19937_64 random_;
};

void expect_same(const Result<Decimal>& got, const Big& wanted, int scale, const Decimal& a, const Decimal& b) {
    const auto units = narrow(wanted);
    ASSERT_EQ(got.has_value(), units.has_value()) << to_string(a) << " with " << to_string(b);
    if (!units) {
        ASSERT_EQ(got.error().message, "base.number_too_large");
        return;
    }
    ASSERT_EQ(got->units, *units) << to_string(a) << " with " << to_string(b);
    ASSERT_EQ(got->scale, scale);
}

TEST(Decimal, AgreesWithSchoolArithmetic) {
    Numbers numbers(1);
    for (int i = 0; i < 3'000; ++i) {
        const Decimal a = numbers.next();
        const Decimal b = numbers.next();
        const int scale = std::max(a.scale, b.scale);
        const Big left = at_scale(a, scale);
        Big right = at_scale(b, scale);
        const int order = left.negative != right.negative ? (left.negative ? -1 : 1)
                          : left.negative                 ? -compare_magnitude(left, right)
                                                          : compare_magnitude(left, right);
        ASSERT_EQ(compare(a, b), order) << to_string(a) << " with " << to_string(b);
        expect_same(add(a, b), sum(left, right), scale, a, b);
        right.negative = !right.negative;
        expect_same(subtract(a, b), sum(left, tidy(right)), scale, a, b);

        const int places = a.scale + b.scale;
        const Big exact = product(big(a.units), big(b.units));
        const Big rounded = places <= 9 ? exact : quotient(exact, shifted(big(1), places - 9));
        expect_same(multiply(a, b), rounded, std::min(places, 9), a, b);

        const int wanted = numbers.scale();
        if (b.units != 0) {
            const Big dividend = shifted(big(a.units), wanted + b.scale);
            const Big divisor = shifted(big(b.units), a.scale);
            expect_same(divide(a, b, wanted), quotient(dividend, divisor), wanted, a, b);
        }
        const Big moved = quotient(shifted(big(a.units), wanted), shifted(big(1), a.scale));
        expect_same(rescale(a, wanted), moved, wanted, a, a);
    }
}

TEST(Decimal, WhatIsWrittenIsReadBack) {
    Numbers numbers(2);
    for (int i = 0; i < 20'000; ++i) {
        const Decimal number = numbers.next();
        const auto plain = parse_decimal(to_string(number));
        ASSERT_TRUE(plain) << to_string(number);
        ASSERT_EQ(plain->units, number.units);
        ASSERT_EQ(plain->scale, number.scale);
        const auto typed = parse_vietnamese_decimal(to_vietnamese(number));
        ASSERT_TRUE(typed) << to_vietnamese(number);
        ASSERT_EQ(typed->units, number.units);
        ASSERT_EQ(typed->scale, number.scale);
    }
}

struct Reading {
    const char* text;
    const char* plain;       ///< parse_decimal, "" when refused
    const char* vietnamese;  ///< parse_vietnamese_decimal, "" when refused
};

TEST(Decimal, ReadsPlainAndVietnamese) {
    for (const auto& [text, plain, vietnamese] : {
             Reading{"0", "0", "0"},
             Reading{"1.234,50", "1234.50", "1234.50"},
             Reading{"1234.50", "1234.50", ""},
             Reading{"1234,5", "1234.5", "1234.5"},
             Reading{"1.234", "1.234", "1234"},
             Reading{"1.234.567", "1234567", "1234567"},
             Reading{"-12.345,6", "-12345.6", "-12345.6"},
             Reading{"+7", "7", "7"},
             Reading{"007", "7", "7"},
             Reading{"2.34", "2.34", ""},
             Reading{"0,123456789", "0.123456789", "0.123456789"},
             Reading{"0,1234567890", "", ""},
             Reading{"9223372036854775807", "9223372036854775807", "9223372036854775807"},
             Reading{"-9223372036854775808", "-9223372036854775808", "-9223372036854775808"},
             Reading{"9223372036854775808", "", ""},
             Reading{"99999999999999999999999999999999999999999999999999", "", ""},
             Reading{"9223372036854775,8080", "", ""},
             Reading{"", "", ""},
             Reading{"-", "", ""},
             Reading{".", "", ""},
             Reading{",5", "", ""},
             Reading{".5", "", ""},
             Reading{"5.", "", ""},
             Reading{"5,", "", ""},
             Reading{"1,2,3", "", ""},
             Reading{"1,234.5", "", ""},
             Reading{"1.23.456", "", ""},
             Reading{"1234.567,8", "", ""},
             Reading{"1..234", "", ""},
             Reading{"1.234.", "", ""},
             Reading{"1.2345", "1.2345", ""},
             Reading{"12 345", "", ""},
             Reading{" 1", "", ""},
             Reading{"1e5", "", ""},
             Reading{"--1", "", ""},
             Reading{"một", "", ""},
         }) {
        const auto as_plain = parse_decimal(text);
        const auto as_vietnamese = parse_vietnamese_decimal(text);
        EXPECT_EQ(as_plain ? to_string(*as_plain) : "", plain) << text;
        EXPECT_EQ(as_vietnamese ? to_string(*as_vietnamese) : "", vietnamese) << text;
    }
    EXPECT_EQ(parse_decimal("x").error().message, "base.bad_number");
    EXPECT_EQ(parse_decimal("9223372036854775808").error().message, "base.number_too_large");
    EXPECT_EQ(parse_decimal("9223372036854775808").error().code, ErrorCode::invalid);
}

TEST(Decimal, IsWrittenInBothWays) {
    EXPECT_EQ(to_string({123450, 2}), "1234.50");
    EXPECT_EQ(to_vietnamese({123450, 2}), "1.234,50");
    EXPECT_EQ(to_string({-5, 3}), "-0.005");
    EXPECT_EQ(to_vietnamese({-5, 3}), "-0,005");
    EXPECT_EQ(to_vietnamese({2340000, 0}), "2.340.000");
    EXPECT_EQ(to_vietnamese({999, 0}), "999");
    EXPECT_EQ(to_string({smallest, 9}), "-9223372036.854775808");
}

TEST(Decimal, HalvesGoAwayFromZero) {
    EXPECT_EQ(rescale({25, 1}, 0)->units, 3);
    EXPECT_EQ(rescale({-25, 1}, 0)->units, -3);
    EXPECT_EQ(rescale({24, 1}, 0)->units, 2);
    EXPECT_EQ(divide({1, 0}, {8, 0}, 2)->units, 13);
    EXPECT_EQ(divide({-1, 0}, {8, 0}, 2)->units, -13);
    EXPECT_EQ(divide({2, 0}, {3, 0}, 4)->units, 6667);
    EXPECT_EQ(multiply({1, 9}, {5, 1})->units, 1);
}

TEST(Decimal, ComparesByValue) {
    EXPECT_EQ((Decimal{150, 2}), (Decimal{15, 1}));
    EXPECT_LT((Decimal{-1, 0}), (Decimal{1, 9}));
    EXPECT_GT((Decimal{largest, 0}), (Decimal{largest, 9}));
}

TEST(Decimal, NothingIsDividedByZero) {
    const auto result = divide({1, 0}, {0, 5}, 2);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message, "base.division_by_zero");
}

TEST(Decimal, AScaleOutOfRangeIsOurFault) {
    EXPECT_EQ(rescale({1, 0}, 10).error().code, ErrorCode::internal);
    EXPECT_EQ(divide({1, 0}, {1, 0}, -1).error().code, ErrorCode::internal);
}

}  // namespace
