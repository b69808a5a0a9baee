#pragma once
#include <string>
#include <string_view>
#include <vector>

/// The candidate nearest to a mistyped word, when it is near enough to be meant; else empty. "requird" gives
/// "required".
std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates);
