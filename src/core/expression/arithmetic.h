#pragma once
#include <cstdint>
#include <optional>

namespace expression {

using Wide = __int128;

/// A result beyond this many units is null, on both engines and in memory.
inline constexpr std::int64_t largest = 1'000'000'000'000'000'000;
/// Days since 1970-01-01 of 0001-01-01 and 9999-12-31; a date outside is null.
inline constexpr std::int64_t first_day = -719'162;
inline constexpr std::int64_t last_day = 2'932'896;
inline constexpr int highest_scale = 9;
inline constexpr int quotient_scale = 4;

std::int64_t power_of_ten(int exponent);
std::optional<std::int64_t> checked(Wide value);
std::optional<std::int64_t> up(std::int64_t units, int digits);
/// Halves go away from zero.
std::int64_t down(std::int64_t units, int digits);
/// Null by zero.
std::optional<std::int64_t> quotient(std::int64_t units, std::int64_t by);

}  // namespace expression
