#include "base/decimal.h"

#include <algorithm>
#include <limits>
#include <optional>

#include <fmt/format.h>

namespace {

using Wide = __int128;

constexpr int most_places = 9;
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

Wide power_of_ten(int exponent) {
    Wide power = 1;
    for (; exponent > 0; --exponent) power *= 10;
    return power;
}

std::unexpected<Error> too_large() {
    return fail(ErrorCode::invalid, "base.number_too_large");
}
std::unexpected<Error> bad_number() {
    return fail(ErrorCode::invalid, "base.bad_number");
}

Result<Decimal> fit(Wide units, int scale) {
    if (units > largest || units < smallest) return too_large();
    return Decimal{static_cast<std::int64_t>(units), scale};
}

/// Halves go away from zero. The divisor is not 0.
Wide divide_rounded(Wide dividend, Wide divisor) {
    const bool negative = (dividend < 0) != (divisor < 0);
    if (dividend < 0) dividend = -dividend;
    if (divisor < 0) divisor = -divisor;
    Wide quotient = dividend / divisor;
    if (dividend % divisor >= divisor - dividend % divisor) ++quotient;
    return negative ? -quotient : quotient;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "1.234.567" without its dots, or nothing when they don't group by three.
std::optional<std::string> ungrouped(std::string_view text) {
    std::string digits;
    const std::size_t first = text.find('.');
    if (first == std::string_view::npos) return std::string(text);
    if (first == 0 || first > 3) return {};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dot_due = i >= first && (i - first) % 4 == 0;
        if (dot_due != (text[i] == '.')) return {};
        if (!dot_due) digits.push_back(text[i]);
    }
    if ((text.size() - first) % 4 != 0) return {};
    return digits;
}

Result<Decimal> from_digits(bool negative, std::string_view whole, std::string_view places) {
    if (whole.empty() || places.size() > most_places) return bad_number();
    Wide units = 0;
    for (const std::string_view part : {whole, places})
        for (const char c : part) {
            if (!is_digit(c)) return bad_number();
            if (units <= largest) units = units * 10 + (c - '0');
        }
    return fit(negative ? -units : units, static_cast<int>(places.size()));
}

struct Signed {
    bool negative = false;
    std::string_view rest;
};

Signed take_sign(std::string_view text) {
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) return {text.front() == '-', text.substr(1)};
    return {false, text};
}

/// Whole part and decimals as texts of digits, without the sign.
struct Parts {
    std::string whole;
    std::string places;
};

Parts parts_of(const Decimal& number) {
    const auto magnitude =
        number.units < 0 ? 0 - static_cast<std::uint64_t>(number.units) : static_cast<std::uint64_t>(number.units);
    std::string digits = fmt::format("{:0{}}", magnitude, number.scale + 1);
    const std::size_t whole = digits.size() - static_cast<std::size_t>(number.scale);
    return {digits.substr(0, whole), digits.substr(whole)};
}

}  // namespace

Result<Decimal> parse_decimal(std::string_view text) {
    const Signed number = take_sign(text);
    const std::size_t dot = number.rest.find('.');
    const bool single_dot = dot != std::string_view::npos && number.rest.find('.', dot + 1) == std::string_view::npos;
    if (single_dot && number.rest.find(',') == std::string_view::npos) {
        if (dot + 1 == number.rest.size()) return bad_number();
        return from_digits(number.negative, number.rest.substr(0, dot), number.rest.substr(dot + 1));
    }
    return parse_vietnamese_decimal(text);
}

Result<Decimal> parse_vietnamese_decimal(std::string_view text) {
    const Signed number = take_sign(text);
    const std::size_t comma = number.rest.find(',');
    const auto whole = ungrouped(number.rest.substr(0, comma));
    if (!whole) return bad_number();
    if (comma == std::string_view::npos) return from_digits(number.negative, *whole, {});
    if (comma + 1 == number.rest.size()) return bad_number();
    return from_digits(number.negative, *whole, number.rest.substr(comma + 1));
}

std::string to_string(const Decimal& number) {
    const Parts parts = parts_of(number);
    return fmt::format("{}{}{}{}", number.units < 0 ? "-" : "", parts.whole, number.scale > 0 ? "." : "", parts.places);
}

std::string to_vietnamese(const Decimal& number) {
    const Parts parts = parts_of(number);
    std::string text = number.units < 0 ? "-" : "";
    for (std::size_t i = 0; i < parts.whole.size(); ++i) {
        if (i > 0 && (parts.whole.size() - i) % 3 == 0) text.push_back('.');
        text.push_back(parts.whole[i]);
    }
    if (number.scale > 0) text += "," + parts.places;
    return text;
}

int compare(const Decimal& a, const Decimal& b) {
    const int scale = std::max(a.scale, b.scale);
    const Wide left = a.units * power_of_ten(scale - a.scale);
    const Wide right = b.units * power_of_ten(scale - b.scale);
    return left < right ? -1 : left > right ? 1 : 0;
}

Result<Decimal> add(const Decimal& a, const Decimal& b) {
    const int scale = std::max(a.scale, b.scale);
    return fit(a.units * power_of_ten(scale - a.scale) + b.units * power_of_ten(scale - b.scale), scale);
}

Result<Decimal> subtract(const Decimal& a, const Decimal& b) {
    const int scale = std::max(a.scale, b.scale);
    return fit(a.units * power_of_ten(scale - a.scale) - b.units * power_of_ten(scale - b.scale), scale);
}

Result<Decimal> multiply(const Decimal& a, const Decimal& b) {
    const Wide product = static_cast<Wide>(a.units) * b.units;
    const int scale = a.scale + b.scale;
    if (scale <= most_places) return fit(product, scale);
    return fit(divide_rounded(product, power_of_ten(scale - most_places)), most_places);
}

Result<Decimal> divide(const Decimal& a, const Decimal& b, int scale) {
    if (b.units == 0) return fail(ErrorCode::invalid, "base.division_by_zero");
    if (scale < 0 || scale > most_places) return fail_internal("divide: scale out of 0 to 9");
    const int shift = scale + b.scale - a.scale;
    const Wide dividend = shift > 0 ? a.units * power_of_ten(shift) : a.units;
    const Wide divisor = shift < 0 ? b.units * power_of_ten(-shift) : b.units;
    return fit(divide_rounded(dividend, divisor), scale);
}

Result<Decimal> rescale(const Decimal& number, int scale) {
    if (scale < 0 || scale > most_places) return fail_internal("rescale: scale out of 0 to 9");
    if (scale >= number.scale) return fit(number.units * power_of_ten(scale - number.scale), scale);
    return fit(divide_rounded(number.units, power_of_ten(number.scale - scale)), scale);
}
