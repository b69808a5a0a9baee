#pragma once
#include <string_view>

namespace paper {

/// The hidden first argument by which an executable becomes a helper.
constexpr std::string_view helper_word = "paper-helper";

/// Serves requests on open file 3 until the other side closes it. `main` calls this, before anything else:
/// `if (argc > 1 && argv[1] == paper::helper_word) return paper::helper_main();`
int helper_main();

}  // namespace paper
