#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/resources.h"
#include "base/text.h"
#include "core/registers/draft.h"
#include "core/registers/files.h"
#include "core/registers/samples.h"

namespace registers {
namespace {

/// The registers beside this one, read without their own neighbours; a faulty one is its own folder's matter.
std::map<std::string, Declaration, std::less<>> read_neighbours(const std::filesystem::path& folder) {
    std::map<std::string, Declaration, std::less<>> found;
    const auto add = [&](std::string_view text) {
        if (auto declaration = read_declaration(text))
            found.insert_or_assign(declaration->code, std::move(*declaration));
    };
    for (const Resource& file : resources::under("registers/"))
        if (file.path.ends_with("/register.yaml")) add(file.bytes);
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(folder.parent_path(), problem))
        if (const auto text = text_of(entry.path() / "register.yaml")) add(*text);
    return found;
}

/// Texts that stand in Vietnamese only, with their places.
class WithoutEnglish {
  public:
    explicit WithoutEnglish(const Declaration& declaration) {
        ask(declaration.title);
        for (const Field& field : declaration.fields) {
            ask(field.label);
            ask(field.help);
            ask(field.pattern_message);
            for (const auto& [code, label] : field.choices) ask(label);
        }
        for (const Section& section : declaration.form) ask(section.label);
        for (const State& state : declaration.states) ask(state.label);
        for (const Action& action : declaration.actions) {
            ask(action.label);
            ask(action.refused);
        }
        for (const Check& check : declaration.checks) ask(check.label);
        for (const Warning& warning : declaration.warn) ask(warning.label);
        if (declaration.sealed) ask(declaration.sealed->label);
        for (const auto& [code, queue] : declaration.queues) ask(queue.label);
        for (const auto& [code, counter] : declaration.counters) ask(counter.first);
    }
    std::vector<std::string> texts() && { return std::move(texts_); }

  private:
    void ask(const Label& label) {
        if (!label.vi.empty() && label.en.empty()) texts_.push_back(label.vi);
    }
    std::vector<std::string> texts_;
};

/// What the web's menu has for `icon:` (web/src/ui/MenuIcon.tsx).
constexpr std::string_view pictures[] = {"alert",   "book",    "calendar", "check", "check-square",
                                         "cluster", "desktop", "file",     "flag",  "folder",
                                         "idcard",  "link",    "mail",     "team",  "tool"};

std::vector<std::string> words_of_pictures() {
    return {std::begin(pictures), std::end(pictures)};
}

std::string line_of(Language language, std::string_view code, std::string_view name, std::size_t count) {
    return messages::text(language, code, {{std::string(name), std::to_string(count)}});
}

}  // namespace

Result<std::vector<std::string>> check_folder(const std::filesystem::path& given, Language language) {
    const std::filesystem::path folder = std::filesystem::absolute(given / "").parent_path();
    const std::string text = TRY(text_of(folder / "register.yaml"));
    const auto neighbours = read_neighbours(folder);
    const Surroundings surroundings{[&](std::string_view code) -> const Declaration* {
                                        const auto found = neighbours.find(code);
                                        return found == neighbours.end() ? nullptr : &found->second;
                                    },
                                    [](std::string_view) { return false; }};
    const Declaration declaration = TRY(read_declaration(text, surroundings));
    const std::size_t samples = TRY(check_beside(declaration, folder));
    std::vector<std::string> says{declaration.title.in(language),
                                  line_of(language, "registers.has_fields", "count", declaration.fields.size()),
                                  line_of(language, "registers.has_states", "count", declaration.states.size()),
                                  line_of(language, "registers.has_actions", "count", declaration.actions.size()),
                                  line_of(language, "registers.has_samples", "count", samples)};
    if (!declaration.icon.empty() && std::ranges::find(pictures, declaration.icon) == std::end(pictures))
        says.push_back(messages::text(language, "registers.no_picture",
                                      {{"word", declaration.icon}, {"known", join(words_of_pictures(), ", ")}}));
    const auto vietnamese = without_english(declaration);
    if (!vietnamese.empty())
        says.push_back(
            messages::text(language, "registers.no_english",
                           {{"count", std::to_string(vietnamese.size())}, {"texts", join(vietnamese, "; ")}}));
    return says;
}

Result<std::size_t> check_beside(const Declaration& declaration, const std::filesystem::path& given) {
    const std::filesystem::path folder = std::filesystem::absolute(given / "").parent_path();
    if (declaration.code != folder.filename())
        return fail(ErrorCode::invalid, "registers.folder_name", "register",
                    {{"line", "1"}, {"word", declaration.code}, {"folder", folder.filename().string()}});
    const auto samples = TRY(read_samples(declaration, TRY(text_of(folder / "samples.yaml"))));
    TRY(text_of(folder / "README.md"));
    return samples.size();
}

std::vector<std::string> without_english(const Declaration& declaration) {
    return WithoutEnglish(declaration).texts();
}

}  // namespace registers
