#include "core/registers/block.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "core/expression/suggestion.h"

namespace registers {

std::optional<Decimal> plain_number(std::string_view text) {
    Decimal number;
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const std::size_t dot = text.find('.');
    if (dot != std::string_view::npos) number.scale = static_cast<int>(text.size() - dot - 1);
    std::string digits(text.substr(0, dot));
    if (digits.empty()) return std::nullopt;
    if (dot != std::string_view::npos) digits += text.substr(dot + 1);
    if (digits.size() > 15 || number.scale > 6 || (dot != std::string_view::npos && number.scale == 0))
        return std::nullopt;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        number.units = number.units * 10 + (c - '0');
    }
    if (negative) number.units = -number.units;
    return number;
}

bool is_code(std::string_view text, std::size_t longest) {
    if (text.empty() || text.size() > longest || text[0] < 'a' || text[0] > 'z') return false;
    return std::ranges::all_of(text,
                               [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

void add_unknown(Faults& faults, int line, std::string_view message, std::string_view where, std::string_view word,
                 const std::vector<std::string>& known) {
    const std::string near = nearest_word(word, known);
    std::vector<MessageArgument> arguments{{"word", std::string(word)}};
    if (near.empty())
        arguments.push_back({"known", join(known, ", ")});
    else
        arguments.push_back({"suggestion", near});
    faults.add(line, std::string(message) + (near.empty() ? "" : "_near"), where, std::move(arguments));
}

Block::Block(Faults& faults, const yaml::Node& node, std::string path, Keys keys)
    : faults_(faults), node_(node), path_(std::move(path)) {
    if (!node.is_map()) {
        if (node.kind != yaml::Node::Kind::nothing) faults.add(node.line, "registers.not_a_map", path_);
        return;
    }
    const std::vector<std::string> known(keys.begin(), keys.end());
    for (const yaml::Entry& entry : node.entries) {
        if (std::ranges::find(known, entry.key) != known.end()) continue;
        // {vi: Cơ quan, tổ chức} is a text cut in two by its comma.
        const bool cut = !is_code(entry.key, 100) && entry.value.kind == yaml::Node::Kind::nothing;
        if (cut)
            faults.add(entry.line, "registers.comma_in_text", path_, {{"word", entry.key}});
        else
            add_unknown(faults, entry.line, "registers.unknown_key", this->path(entry.key), entry.key, known);
    }
}

const yaml::Node* Block::find(std::string_view key) const {
    return node_.find(key);
}

std::string Block::path(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

int Block::line(std::string_view key) const {
    for (const yaml::Entry& entry : node_.entries)
        if (entry.key == key) return entry.line;
    return node_.line;
}

void Block::fault(std::string_view key, std::string_view message, std::vector<MessageArgument> arguments) const {
    faults_.add(line(key), message, path(key), std::move(arguments));
}

std::string Block::text(std::string_view key, std::size_t longest) const {
    const yaml::Node* value = find(key);
    if (value == nullptr) return {};
    if (!value->is_text()) {
        fault(key, "registers.not_a_text", {{"key", std::string(key)}});
        return {};
    }
    auto cleaned = clean_text(value->text);
    if (!cleaned || cleaned->empty()) {
        fault(key, "registers.bad_text", {{"key", std::string(key)}});
        return {};
    }
    if (length(*cleaned) > longest)
        fault(key, "registers.text_too_long", {{"key", std::string(key)}, {"limit", std::to_string(longest)}});
    return std::move(*cleaned);
}

bool Block::flag(std::string_view key) const {
    const yaml::Node* value = find(key);
    if (value == nullptr) return false;
    const bool yes = value->is_text() && !value->quoted && value->text == "true";
    const bool no = value->is_text() && !value->quoted && value->text == "false";
    if (!yes && !no) fault(key, "registers.not_a_flag", {{"key", std::string(key)}});
    return yes;
}

std::optional<std::int64_t> Block::integer(std::string_view key, std::int64_t least, std::int64_t most) const {
    const yaml::Node* value = find(key);
    if (value == nullptr) return std::nullopt;
    std::int64_t number = 0;
    const std::string& digits = value->text;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole =
        value->is_text() && !value->quoted && problem == std::errc() && end == digits.data() + digits.size();
    if (whole && number >= least && number <= most) return number;
    fault(key, "registers.not_a_number",
          {{"key", std::string(key)}, {"least", std::to_string(least)}, {"most", std::to_string(most)}});
    return std::nullopt;
}

std::optional<Decimal> Block::number(std::string_view key) const {
    const yaml::Node* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (value->is_text() && !value->quoted)
        if (const auto number = plain_number(value->text)) return number;
    fault(key, "registers.not_a_decimal", {{"key", std::string(key)}});
    return std::nullopt;
}

std::vector<std::string> Block::words(std::string_view key) const {
    std::vector<std::string> words;
    if (const yaml::Node* value = find(key))
        for (auto& [word, line] : words_of(faults_, *value, path(key))) words.push_back(std::move(word));
    return words;
}

Label Block::label(const Label& spare) const {
    Label label{text("vi"), text("en")};
    if (label.vi.empty() && !has("vi")) {
        if (spare.vi.empty())
            faults_.add(node_.line, "registers.no_label", path_);
        else
            label = spare;
    }
    return label;
}

Label Block::label_at(std::string_view key) const {
    const yaml::Node* value = find(key);
    if (value == nullptr) return {};
    if (value->is_text()) return {text(key, 1'000), {}};
    const Block block(faults_, *value, path(key), {"vi", "en"});
    Label label{block.text("vi", 1'000), block.text("en", 1'000)};
    if (label.vi.empty()) fault(key, "registers.no_label");
    return label;
}

std::vector<std::pair<std::string, int>> words_of(Faults& faults, const yaml::Node& node, std::string_view path) {
    std::vector<std::pair<std::string, int>> words;
    const auto add = [&](const yaml::Node& word) {
        if (word.is_text() && !word.text.empty())
            words.emplace_back(word.text, word.line);
        else
            faults.add(word.line, "registers.not_a_word", path);
    };
    if (node.is_list())
        for (const yaml::Node& item : node.items) add(item);
    else
        add(node);
    return words;
}

}  // namespace registers
