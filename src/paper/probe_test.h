#pragma once
#include <string>
#include <string_view>

namespace paper {

constexpr std::string_view probe_word = "paper-probe";

/// Enters the sandbox and tries one forbidden or allowed thing; 0 when it was done, 1 when it was refused.
int probe_main(std::string_view what, const std::string& path);

}  // namespace paper
