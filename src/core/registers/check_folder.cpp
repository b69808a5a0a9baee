#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/resources.h"
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

/// A shipped text stands in both languages; what an office adds for itself may be in its own only.
void require_english(Faults& faults, const Declaration& declaration) {
    const auto ask = [&](const Label& label, std::string_view where) {
        if (!label.vi.empty() && label.en.empty()) faults.add(1, "registers.no_english", where, {{"text", label.vi}});
    };
    ask(declaration.title, "title");
    for (const Field& field : declaration.fields) {
        ask(field.label, "fields." + field.code);
        ask(field.help, "fields." + field.code + ".help");
        ask(field.pattern_message, "fields." + field.code + ".pattern_says");
        for (const auto& [code, label] : field.choices) ask(label, "fields." + field.code + ".choices." + code);
    }
    for (const Section& section : declaration.form) ask(section.label, "form." + section.code);
    for (const State& state : declaration.states) ask(state.label, "states." + state.code);
    for (const Action& action : declaration.actions) {
        ask(action.label, "actions." + action.code);
        ask(action.refused, "actions." + action.code + ".refused");
    }
    for (const Check& check : declaration.checks) ask(check.label, "checks");
    for (const Warning& warning : declaration.warn) ask(warning.label, "warn");
    if (declaration.sealed) ask(declaration.sealed->label, "sealed");
    for (const auto& [code, queue] : declaration.queues) ask(queue.first, "queues." + code);
    for (const auto& [code, counter] : declaration.counters) ask(counter.first, "counters." + code);
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
    Faults faults;
    require_english(faults, declaration);
    if (declaration.code != folder.filename())
        faults.add(1, "registers.folder_name", "register", {{"word", declaration.code}});
    TRY(faults.result());
    const auto samples = TRY(read_samples(declaration, TRY(text_of(folder / "samples.yaml"))));
    TRY(text_of(folder / "README.md"));
    return std::vector<std::string>{declaration.title.in(language),
                                    line_of(language, "registers.has_fields", "count", declaration.fields.size()),
                                    line_of(language, "registers.has_states", "count", declaration.states.size()),
                                    line_of(language, "registers.has_actions", "count", declaration.actions.size()),
                                    line_of(language, "registers.has_samples", "count", samples.size())};
}

}  // namespace registers
