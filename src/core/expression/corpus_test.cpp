#include <gtest/gtest.h>

#include "core/expression/expression_fuzz.cpp"
#include "core/expression/random_expression.h"

/// What the fuzzer does, for a moment: right expressions with bytes changed, cut and doubled.
namespace expression {
namespace {

TEST(Expression, SurvivesDamage) {
    RandomExpression random(7);
    for (int round = 0; round < 3'000; ++round) {
        std::string text = random.boolean(3);
        for (const auto& [from, to] : {std::pair{"sorted", "t"},
                                       {"small", "a"},
                                       {"begun", "d"},
                                       {"tags", "l"},
                                       {"flag", "f"},
                                       {"fine", "b"},
                                       {"other", "o"}})
            for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
                text.replace(at, std::string_view(from).size(), to);
        const auto place = [&] { return static_cast<std::size_t>(random.below(static_cast<int>(text.size()))); };
        if (random.below(3) > 0) text[place()] = "()[],.=!<>&|+-*/\"'0a \xC3"[random.below(23)];
        if (random.below(3) == 0) text.erase(place(), 1);
        EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()), 0);
    }
}

}  // namespace
}  // namespace expression
