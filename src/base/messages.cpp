#include "base/messages.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace {

constexpr std::array<std::string_view, 2> language_names = {"vi", "en"};

using Texts = std::array<std::string, language_names.size()>;

struct Catalogue {
    std::unordered_map<std::string, Texts> texts;
    std::vector<std::string> faults;
};

std::set<std::string> argument_names(std::string_view text) {
    std::set<std::string> names;
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) break;
        names.emplace(text.substr(open + 1, close - open - 1));
    }
    return names;
}

void read_message(Catalogue& into, std::string_view code, const boost::json::value& value, std::string_view path) {
    Texts texts;
    for (std::size_t i = 0; i < language_names.size(); ++i) {
        const boost::json::value* text =
            value.is_object() ? value.get_object().if_contains(language_names[i]) : nullptr;
        if (text != nullptr && text->is_string() && !text->get_string().empty())
            texts[i] = text->get_string();
        else
            into.faults.push_back(fmt::format("{}: {} lacks {}", path, code, language_names[i]));
    }
    if (argument_names(texts[0]) != argument_names(texts[1]))
        into.faults.push_back(fmt::format("{}: {} has other arguments in vi than in en", path, code));
    if (!into.texts.emplace(code, std::move(texts)).second)
        into.faults.push_back(fmt::format("{}: {} is already defined elsewhere", path, code));
}

Catalogue read_catalogue(std::span<const Resource> files) {
    Catalogue catalogue;
    for (const Resource& file : files) {
        if (!file.path.ends_with("messages.json")) continue;
        boost::system::error_code error;
        const boost::json::value content = boost::json::parse(file.bytes, error);
        if (error || !content.is_object()) {
            catalogue.faults.push_back(fmt::format("{}: can't be read as a JSON object", file.path));
            continue;
        }
        for (const auto& [code, value] : content.get_object()) read_message(catalogue, code, value, file.path);
    }
    std::ranges::sort(catalogue.faults);
    return catalogue;
}

const Catalogue& catalogue() {
    static const Catalogue built_in = read_catalogue(resources::under(""));
    return built_in;
}

/// A word of a declaration comes in both languages: "field", and its English twin "field.en".
const MessageArgument* argument_named(const std::vector<MessageArgument>& arguments, std::string_view name,
                                      Language language) {
    const auto find = [&](std::string_view wanted) {
        const auto found = std::ranges::find(arguments, wanted, &MessageArgument::name);
        return found == arguments.end() ? nullptr : &*found;
    };
    if (language == Language::en)
        if (const MessageArgument* english = find(std::string(name) + ".en")) return english;
    return find(name);
}

std::string filled(std::string_view text, const std::vector<MessageArgument>& arguments, Language language) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos) break;
        out += text.substr(0, open);
        const std::string_view name = text.substr(open + 1, close - open - 1);
        const MessageArgument* argument = argument_named(arguments, name, language);
        out += argument == nullptr ? text.substr(open, close - open + 1) : std::string_view(argument->value);
        text.remove_prefix(close + 1);
    }
    out += text;
    return out;
}

}  // namespace

namespace messages {

std::string text(Language language, std::string_view code, const std::vector<MessageArgument>& arguments) {
    const auto found = catalogue().texts.find(std::string(code));
    if (found == catalogue().texts.end()) return std::string(code);
    const Texts& texts = found->second;
    const std::string& wanted = texts[static_cast<std::size_t>(language)];
    const std::string& shown = wanted.empty() ? texts[0] : wanted;
    return shown.empty() ? std::string(code) : filled(shown, arguments, language);
}

std::string text(Language language, const Error& error) {
    return text(language, error.message, error.arguments);
}

std::vector<std::string> faults() {
    return catalogue().faults;
}

std::vector<std::string> faults(std::span<const Resource> files) {
    return read_catalogue(files).faults;
}

}  // namespace messages
