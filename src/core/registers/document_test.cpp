#include <filesystem>

#include <gtest/gtest.h>

#include "core/registers/choices.h"
#include "core/registers/declaration.h"
#include "core/registers/files.h"
#include "core/registers/samples.h"

/// The examples of docs/protocols/register.md are right. Tests that run outside of the source tree skip this.
namespace registers {
namespace {

std::optional<std::string> document() {
    for (std::filesystem::path folder = std::filesystem::current_path(); folder.has_relative_path();
         folder = folder.parent_path())
        if (auto text = text_of(folder / "docs/protocols/register.md")) return std::move(*text);
    return std::nullopt;
}

std::vector<std::string> examples(const std::string& text) {
    std::vector<std::string> found;
    constexpr std::string_view fence = "```yaml\n";
    for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at + 1)) {
        const std::size_t begin = at + fence.size();
        found.push_back(text.substr(begin, text.find("```", begin) - begin));
    }
    return found;
}

TEST(Document, ShowsWhatIsRead) {
    const auto text = document();
    if (!text) GTEST_SKIP() << "docs/ is not above the current folder";
    const auto all = examples(*text);
    ASSERT_EQ(all.size(), 3U);
    const auto declaration = read_declaration(all[0]);
    ASSERT_TRUE(declaration) << messages::text(Language::en, declaration.error());
    const auto samples = read_samples(*declaration, all[1]);
    EXPECT_TRUE(samples) << messages::text(Language::en, samples.error());
    const auto choices = read_choices(all[2]);
    EXPECT_TRUE(choices) << messages::text(Language::en, choices.error());
}

}  // namespace
}  // namespace registers
