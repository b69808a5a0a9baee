#include <random>

#include <gtest/gtest.h>

#include "core/registers/declaration_fuzz.cpp"
#include "core/registers/sample_text_test.h"

/// What the fuzzer does, for a moment: declarations with bytes changed, cut and doubled.
namespace registers {
namespace {

TEST(Declaration, SurvivesDamage) {
    std::mt19937 random(20'260'825);
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random()) % limit; };
    for (const std::string_view seed : {test::small, test::whole}) {
        for (int round = 0; round < 300; ++round) {
            std::string text(seed);
            for (std::size_t change = 0; change <= below(4); ++change) {
                const std::size_t at = below(text.size());
                switch (below(4)) {
                    case 0:
                        text[at] = static_cast<char>(random());
                        break;
                    case 1:
                        text.erase(at, 1 + below(20));
                        break;
                    case 2:
                        text.insert(at, text.substr(below(text.size()), below(40)));
                        break;
                    default:
                        text.insert(at, 1, "{}[]:,-\"'&*!#\n "[below(15)]);
                        break;
                }
            }
            EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()), 0);
        }
    }
}

}  // namespace
}  // namespace registers
