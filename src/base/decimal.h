#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

/// A decimal number held exactly: 97.12 is {9712, 2}. Scale is 0 to 9.
struct Decimal {
    std::int64_t units = 0;
    int scale = 0;
};

/// Reads "1.234,50" (Vietnamese) or "1234.50" (plain), up to nine places. A single dot without a comma is the plain
/// decimal point, so that to_string is always read back: "1.234" is one and a bit. What people type goes through
/// parse_vietnamese_decimal. Errors: invalid "base.bad_number", "base.number_too_large".
Result<Decimal> parse_decimal(std::string_view text);
/// Reads a number as people here type it: the dot groups thousands ("1.234" is 1234), the comma begins the decimals.
/// A dot that groups nothing ("2.34") is refused, as it could be meant either way. Errors as above.
Result<Decimal> parse_vietnamese_decimal(std::string_view text);
/// "1234.50"
std::string to_string(const Decimal&);
/// "1.234,50"
std::string to_vietnamese(const Decimal&);
/// -1, 0, 1 whatever the scales.
int compare(const Decimal&, const Decimal&);
/// By value: 1.50 equals 1.5.
inline bool operator==(const Decimal& a, const Decimal& b) {
    return compare(a, b) == 0;
}
inline std::weak_ordering operator<=>(const Decimal& a, const Decimal& b) {
    return compare(a, b) <=> 0;
}

/// Sum, product and quotient; errors: invalid "base.number_too_large", "base.division_by_zero". Halves go away from
/// zero. A sum has the larger scale, a product the sum of the scales but nine at most (rounded), a quotient the one
/// asked for.
Result<Decimal> add(const Decimal&, const Decimal&);
Result<Decimal> subtract(const Decimal&, const Decimal&);
Result<Decimal> multiply(const Decimal&, const Decimal&);
Result<Decimal> divide(const Decimal&, const Decimal&, int scale);
/// The same value at another scale, rounded half away from zero.
Result<Decimal> rescale(const Decimal&, int scale);
