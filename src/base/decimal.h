#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

/// A decimal number held exactly: 97.12 is {9712, 2}. Scale is 0 to 9.
struct Decimal {
    std::int64_t units = 0;
    int scale = 0;
};

/// Reads "1.234,50" (Vietnamese) or "1234.50" (plain). Errors: invalid "base.bad_number", "base.number_too_large".
Result<Decimal> parse_decimal(std::string_view text);
/// "1234.50"
std::string to_string(const Decimal&);
/// "1.234,50"
std::string to_vietnamese(const Decimal&);
/// -1, 0, 1 whatever the scales.
int compare(const Decimal&, const Decimal&);
/// Sum, product and quotient; errors: invalid "base.number_too_large", "base.division_by_zero". Halves go away from zero.
Result<Decimal> add(const Decimal&, const Decimal&);
Result<Decimal> subtract(const Decimal&, const Decimal&);
Result<Decimal> multiply(const Decimal&, const Decimal&);
Result<Decimal> divide(const Decimal&, const Decimal&, int scale);
/// The same value at another scale, rounded half away from zero.
Result<Decimal> rescale(const Decimal&, int scale);
