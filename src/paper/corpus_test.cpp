#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "base/described.h"
#include "paper/detect.h"
#include "paper/helpers.h"
#include "paper/samples_test.h"

namespace paper {
namespace {

/// Public test files, many broken on purpose, that lie beside the repository and not in it.
std::filesystem::path shared_data() {
    const char* named = std::getenv("CONGVU_SHARED_DATA");
    return named != nullptr ? std::filesystem::path(named) : samples::root().parent_path() / "shared" / "data";
}

std::vector<std::filesystem::path> files_under(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

TEST(SharedPdfs, EachGivesTextAndPictureOrAReason) {
    const std::filesystem::path directory = shared_data() / "pdf";
    if (!std::filesystem::is_directory(directory)) GTEST_SKIP() << "no " << directory << ": set CONGVU_SHARED_DATA";
    HelperSettings settings = samples::settings();
    settings.limits.wall_milliseconds = 20'000;
    const Helpers helpers(settings);
    std::map<std::string, int> count;
    for (const auto& file : files_under(directory)) {
        if (file.extension() != ".pdf") continue;
        const auto text = helpers.extract_text(Source::file(file), FileType::pdf);
        const auto picture = helpers.page_picture(Source::file(file), 1, {.pixel_width = 200});
        EXPECT_TRUE(text || reason_of(text.error())) << file << ": " << text.error().message;
        EXPECT_TRUE(picture || reason_of(picture.error())) << file << ": " << picture.error().message;
        ++count[text ? "text" : text.error().message];
        ++count[picture ? "picture" : "no picture: " + picture.error().message];
        if (!text && reason_of(text.error()) != Reason::damaged && reason_of(text.error()) != Reason::encrypted)
            std::cout << file.filename() << ": " << text.error().message << ", " << text.error().detail << "\n";
    }
    for (const auto& [what, times] : count) std::cout << times << " " << what << "\n";
    EXPECT_GT(count["text"], 200);
    EXPECT_TRUE(helpers.extract_text(Source::memory("sau"), FileType::txt));
}

TEST(SharedPdfs, EachCanBeStampedOrSaysWhyNot) {
    const std::filesystem::path directory = shared_data() / "pdf";
    if (!std::filesystem::is_directory(directory)) GTEST_SKIP() << "no " << directory << ": set CONGVU_SHARED_DATA";
    HelperSettings settings = samples::settings();
    settings.limits.wall_milliseconds = 20'000;
    const Helpers helpers(settings);
    std::map<std::string, int> count;
    for (const auto& file : files_under(directory)) {
        if (file.extension() != ".pdf") continue;
        const std::string copy = samples::scratch("stamped.pdf");
        const auto stamped =
            helpers.stamped_copy(Source::file(file), {.agency = "UBND XÃ", .number = "07"}, {}, {copy});
        ++count[stamped ? "stamped" : stamped.error().message];
        if (!stamped) {
            if (reason_of(stamped.error()) == Reason::damaged || reason_of(stamped.error()) == Reason::unsupported)
                std::cout << file.filename() << ": " << stamped.error().detail << "\n";
            EXPECT_TRUE(reason_of(stamped.error()) || stamped.error().message == "paper.stamp_too_big")
                << stamped.error().message;
            EXPECT_FALSE(std::filesystem::exists(copy)) << "what failed leaves no file";
            continue;
        }
        const auto before = helpers.page_count(Source::file(file));
        const auto after = helpers.page_count(Source::file(copy));
        if (before) {
            EXPECT_TRUE(after && *after == *before) << file;
        }
        const auto text = helpers.extract_text(Source::file(copy), FileType::pdf);
        EXPECT_TRUE(!before || (text && text->text.find("ĐẾN") != std::string::npos)) << file;
    }
    for (const auto& [what, times] : count) std::cout << times << " " << what << "\n";
}

TEST(SharedTexts, LawsAreReadAsTheyAre) {
    const std::filesystem::path directory = shared_data() / "laws";
    if (!std::filesystem::is_directory(directory)) GTEST_SKIP() << "no " << directory << ": set CONGVU_SHARED_DATA";
    const Helpers helpers(samples::settings());
    for (const auto& file : files_under(directory)) {
        if (file.extension() != ".txt") continue;
        EXPECT_EQ(detect(samples::read_file(file)), FileType::txt) << file;
        const auto text = helpers.extract_text(Source::file(file), FileType::txt);
        ASSERT_TRUE(text) << file;
        EXPECT_EQ(std::ranges::count(text->text, '\xEF'), 0) << file;
    }
}

}  // namespace
}  // namespace paper
