#include "core/expression/arithmetic.h"

namespace expression {

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

std::optional<std::int64_t> checked(Wide value) {
    if (value > largest || value < -Wide{largest}) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

std::optional<std::int64_t> up(std::int64_t units, int digits) {
    return checked(Wide{units} * power_of_ten(digits));
}

std::int64_t down(std::int64_t units, int digits) {
    return *quotient(units, power_of_ten(digits));
}

std::optional<std::int64_t> quotient(std::int64_t units, std::int64_t by) {
    if (by == 0) return std::nullopt;
    const Wide numerator = units < 0 ? -Wide{units} : Wide{units};
    const Wide denominator = by < 0 ? -Wide{by} : Wide{by};
    const Wide rounded = (numerator * 2 + denominator) / (denominator * 2);
    return static_cast<std::int64_t>((units < 0) == (by < 0) ? rounded : -rounded);
}

}  // namespace expression
