#include "base/messages.h"

#include <array>
#include <gmock/gmock.h>

#include <gtest/gtest.h>

#include "base/resources.h"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Messages, EveryTextOfTheProgramHasBothLanguages) {
    EXPECT_THAT(messages::faults(), IsEmpty());
}

TEST(Messages, GivesTheTextInTheLanguageAskedFor) {
    EXPECT_THAT(messages::text(Language::vi, "base.bad_date"), HasSubstr("25/08/2026"));
    EXPECT_THAT(messages::text(Language::en, "base.bad_date"), HasSubstr("2026-08-25"));
}

TEST(Messages, FillsArguments) {
    const Error error{ErrorCode::corrupt, "base.bad_json", "", {{"position", "17"}}};
    EXPECT_THAT(messages::text(Language::en, error), HasSubstr("at byte 17."));
    EXPECT_THAT(messages::text(Language::vi, error), HasSubstr("byte thứ 17"));
}

TEST(Messages, AnArgumentIsNotReadAsText) {
    const std::string text =
        messages::text(Language::en, "base.bad_choice", {{"field", "{choices}"}, {"choices", "lead, support"}});
    EXPECT_TRUE(text.starts_with("{choices} does not")) << text;
    EXPECT_THAT(text, HasSubstr("one of: lead, support."));
}

TEST(Messages, AWordOfADeclarationIsGivenInItsOwnLanguage) {
    const std::vector<MessageArgument> both{{"field", "Họ và tên"}, {"field.en", "Full name"}};
    EXPECT_THAT(messages::text(Language::vi, "base.missing_field", both), ::testing::HasSubstr("Họ và tên"));
    EXPECT_THAT(messages::text(Language::en, "base.missing_field", both), ::testing::HasSubstr("Full name is missing"));
}

TEST(Messages, WhatIsMissingStaysVisible) {
    EXPECT_EQ(messages::text(Language::vi, "nowhere.known"), "nowhere.known");
    EXPECT_THAT(messages::text(Language::en, "base.bad_json"), HasSubstr("{position}"));
}

TEST(Messages, FaultsAreFound) {
    const std::array files = {
        Resource{"src/a/messages.json",
                 R"({"a.good": {"vi": "Từ {first} đến {last}", "en": "Up to {last} from {first}"},
            "a.one": {"vi": "Một"}, "a.none": "?", "a.arguments": {"vi": "{limit}", "en": "{most}"}})"},
        Resource{"src/b/messages.json", R"({"a.good": {"vi": "Hai", "en": "Two"}})"},
        Resource{"src/c/messages.json", R"({"broken")"},
        Resource{"rules/other.json", "not a message file"},
    };
    EXPECT_THAT(
        messages::faults(files),
        ElementsAre("src/a/messages.json: a.arguments has other arguments in vi than in en",
                    "src/a/messages.json: a.none lacks en", "src/a/messages.json: a.none lacks vi",
                    "src/a/messages.json: a.one lacks en", "src/b/messages.json: a.good is already defined elsewhere",
                    "src/c/messages.json: can't be read as a JSON object"));
}

TEST(Resources, AreFoundByPathAndByPrefix) {
    static const std::array files = {Resource{"zz_test/b.txt", "second"}, Resource{"zz_test/a.txt", "first"},
                                     Resource{"zz_testing/c.txt", "third"}};
    resources::add(files);
    EXPECT_EQ(resources::find("zz_test/a.txt"), "first");
    EXPECT_EQ(resources::find("zz_test/"), std::nullopt);
    std::vector<std::string_view> paths;
    for (const Resource& file : resources::under("zz_test/")) paths.push_back(file.path);
    EXPECT_THAT(paths, ElementsAre("zz_test/a.txt", "zz_test/b.txt"));
    EXPECT_TRUE(resources::find("src/base/messages.json"));
}

}  // namespace
