#include "base/result.h"

#include <memory>

#include <gtest/gtest.h>

namespace {

Result<int> half_of(int number) {
    if (number % 2 != 0) return fail(ErrorCode::invalid, "test.odd", "number", {{"number", std::to_string(number)}});
    return number / 2;
}

Result<void> need_even(int number) {
    TRY(half_of(number));
    return {};
}

Result<std::string> eighth_of(int number) {
    TRY(need_even(number));
    const int eighth = TRY(half_of(TRY(half_of(TRY(half_of(number))))));
    return std::to_string(eighth);
}

Result<std::unique_ptr<int>> boxed(int number) {
    return std::make_unique<int>(TRY(half_of(number)));
}

TEST(Result, TryGivesTheValue) {
    EXPECT_EQ(eighth_of(24), "3");
}

TEST(Result, TryHandsTheErrorOnUnchanged) {
    const auto result = eighth_of(12);
    ASSERT_FALSE(result);
    const Error expected{ErrorCode::invalid, "test.odd", "number", {{"number", "3"}}};
    EXPECT_EQ(result.error(), expected);
}

TEST(Result, TryMovesWhatCantBeCopied) {
    const auto open = [](int number) -> Result<int> {
        const std::unique_ptr<int> box = TRY(boxed(number));
        return *box;
    };
    EXPECT_EQ(open(8), 4);
    EXPECT_FALSE(open(7));
}

TEST(Result, InternalKeepsTheDetailOutOfTheMessage) {
    const Result<void> result = fail_internal("disk /dev/sdb is gone");
    EXPECT_EQ(result.error().code, ErrorCode::internal);
    EXPECT_EQ(result.error().message, "base.internal");
    EXPECT_EQ(result.error().detail, "disk /dev/sdb is gone");
    EXPECT_TRUE(result.error().arguments.empty());
}

}  // namespace
