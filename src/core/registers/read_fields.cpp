#include <algorithm>
#include <array>
#include <regex>

#include "base/resources.h"
#include "base/text.h"
#include "core/registers/draft.h"

namespace registers {
namespace {

constexpr std::size_t most_fields = 200;

/// Names that mean something else in an expression or a column of every register's table.
const std::vector<std::string> reserved = {"id",         "state",      "agency",   "unit", "creator", "title",
                                           "created_at", "updated_at", "today",    "now",  "me",      "my_post",
                                           "my_unit",    "my_agency",  "this",     "true", "false",   "null",
                                           "in",         "record_id",  "agency_id"};

struct Special {
    std::string_view key;
    std::vector<FieldType> types;
};

/// Keys that only some types have.
const std::vector<Special>& specials() {
    using enum FieldType;
    static const std::vector<Special> all = {
        {"max", {text, long_text, integer, decimal, money}},
        {"min", {integer, decimal, money}},
        {"scale", {decimal}},
        {"pattern", {text}},
        {"pattern_says", {text}},
        {"search", {text, long_text}},
        {"changed_in",
         {text, long_text, integer, decimal, money, date, time, yes_no, choice, choices, person, post, unit, agency,
          record, file}},
        {"index", {text, integer, date, choice, person, post, unit, agency, record}},
        {"unique", {text, integer, date, choice, person, post, unit, agency, record}},
        {"of", {choice, choices, record}},
        {"choices", {choice, choices, computed}},
        {"value", {computed}},
        {"default",
         {text, long_text, integer, decimal, money, date, time, yes_no, choice, choices, person, post, unit, agency}},
        {"required",
         {text, long_text, integer, decimal, money, date, time, yes_no, choice, choices, person, post, unit, agency,
          record, file}},
    };
    return all;
}

bool ends_like_a_helper(std::string_view code) {
    if (code.ends_with("_key") || code.ends_with("_folded")) return true;
    const std::size_t version = code.rfind("_v");
    return version != std::string_view::npos && version + 2 < code.size() &&
           std::ranges::all_of(code.substr(version + 2), [](char c) { return c >= '0' && c <= '9'; });
}

void check_code(Draft& draft, const yaml::Entry& entry, const std::string& path) {
    if (!is_code(entry.key, 30))
        draft.faults.add(entry.line, "registers.bad_code", path, {{"word", entry.key}, {"limit", "30"}});
    else if (std::ranges::find(reserved, entry.key) != reserved.end() || ends_like_a_helper(entry.key))
        draft.faults.add(entry.line, "registers.reserved_code", path, {{"word", entry.key}});
}

void check_keys_of_type(const Block& block, FieldType type) {
    for (const Special& special : specials())
        if (block.has(special.key) && std::ranges::find(special.types, type) == special.types.end())
            block.fault(special.key, "registers.key_not_for_type",
                        {{"key", std::string(special.key)}, {"type", std::string(name_of(type))}});
}

void read_numbers(const Block& block, Field& field) {
    field.scale = field.type == FieldType::decimal ? static_cast<int>(block.integer("scale", 1, 6).value_or(2)) : 0;
    field.minimum = Decimal{-unbounded, field.scale};
    field.maximum = Decimal{unbounded, field.scale};
    for (const std::string_view key : {"min", "max"}) {
        const auto written = block.number(key);
        if (!written) continue;
        const auto exact = rescale(*written, field.scale);
        if (!exact || compare(*exact, *written) != 0 || std::abs(exact->units) > unbounded)
            block.fault(key, "registers.limit_too_fine",
                        {{"key", std::string(key)}, {"scale", std::to_string(field.scale)}});
        else
            (key == "min" ? field.minimum : field.maximum) = *exact;
    }
    if (compare(*field.minimum, *field.maximum) > 0) block.fault("min", "registers.min_above_max");
}

void read_text_limits(const Block& block, Field& field) {
    const bool is_long = field.type == FieldType::long_text;
    field.max_length =
        static_cast<int>(block.integer("max", 1, is_long ? 100'000 : 2'000).value_or(is_long ? 20'000 : 500));
    if (!block.has("pattern")) return;
    const std::string pattern = block.text("pattern", 200);
    try {
        const std::regex compiled(pattern, std::regex::ECMAScript);
        field.pattern = pattern;
    } catch (const std::regex_error& problem) {
        block.fault("pattern", "registers.bad_pattern", {{"detail", problem.what()}});
    }
    field.pattern_message = block.label_at("pattern_says");
    if (field.pattern_message.vi.empty()) block.fault("pattern", "registers.pattern_says_nothing");
}

bool is_shipped_list(const std::string& list) {
    return resources::find("rules/choices/" + list + ".yaml").has_value();
}

void read_choices(Draft& draft, const Block& block, Field& field) {
    // The texts of a computed code are a help: without them it is shown as it is.
    if (field.type == FieldType::computed && !block.has("choices")) return;
    if (block.has("of") == block.has("choices")) {
        draft.faults.add(block.line(), "registers.choices_once", block.path("of"));
        return;
    }
    if (block.has("of")) {
        field.choices_of = block.text("of", 60);
        if (draft.surroundings.has_choices && !draft.surroundings.has_choices(field.choices_of) &&
            !is_shipped_list(field.choices_of))
            block.fault("of", "registers.unknown_choices", {{"word", field.choices_of}});
        return;
    }
    const yaml::Node& choices = *block.find("choices");
    if (!choices.is_map() || choices.entries.empty()) return block.fault("choices", "registers.not_a_map");
    for (const yaml::Entry& entry : choices.entries) {
        const std::string path = block.path("choices") + "." + entry.key;
        if (!is_code(entry.key, 40))
            draft.faults.add(entry.line, "registers.bad_code", path, {{"word", entry.key}, {"limit", "40"}});
        if (entry.value.is_text()) {
            field.choices.emplace_back(entry.key, Label{entry.value.text, {}});
            continue;
        }
        const Block choice(draft.faults, entry.value, path, {"vi", "en"});
        field.choices.emplace_back(entry.key, choice.label());
    }
}

void read_link(Draft& draft, const Block& block, Field& field) {
    field.record_of = block.text("of", 60);
    if (!block.has("of")) draft.faults.add(block.line(), "registers.link_of_nothing", block.path("of"));
    const bool self = field.record_of == draft.declaration.code;
    if (!self && draft.surroundings.find_register && draft.surroundings.find_register(field.record_of) == nullptr)
        block.fault("of", "registers.unknown_register", {{"word", field.record_of}});
}

Field read_field(Draft& draft, const yaml::Entry& entry) {
    const std::string path = "fields." + entry.key;
    check_code(draft, entry, path);
    const Block block(draft.faults, entry.value, path,
                      {"type",  "vi",      "en",      "help",  "required",     "locked",     "unique",
                       "index", "search",  "max",     "min",   "scale",        "pattern",    "pattern_says",
                       "of",    "choices", "default", "value", "visible_when", "visible_to", "changed_in"});
    Field field;
    field.code = field.column = entry.key;
    field.label = block.label();
    field.help = block.label_at("help");
    const std::string type = block.text("type", 20);
    const auto known = field_type(type);
    if (!known) {
        std::vector<std::string> names;
        for (int i = 0; i <= static_cast<int>(FieldType::computed); ++i)
            names.emplace_back(name_of(static_cast<FieldType>(i)));
        if (block.has("type"))
            add_unknown(draft.faults, block.line("type"), "registers.unknown_type", block.path("type"), type, names);
        else
            draft.faults.add(entry.line, "registers.no_type", path, {{"known", join(names, ", ")}});
        return field;
    }
    field.type = *known;
    check_keys_of_type(block, field.type);
    field.required = block.flag("required");
    field.locked = block.flag("locked");
    field.unique = block.flag("unique");
    field.search = block.flag("search");
    const yaml::Node* index = block.find("index");
    field.indexed_alike = index != nullptr && index->is_text() && index->text == "alike";
    field.indexed = field.indexed_alike || block.flag("index");
    if (field.indexed_alike && !field.search) block.fault("index", "registers.alike_needs_search");
    if (block.has("changed_in")) field.changed_in = block.words("changed_in");
    if (is_number(field.type)) read_numbers(block, field);
    if (field.type == FieldType::text || field.type == FieldType::long_text) read_text_limits(block, field);
    if (field.type == FieldType::choice || field.type == FieldType::choices || field.type == FieldType::computed)
        read_choices(draft, block, field);
    if (field.type == FieldType::record) read_link(draft, block, field);
    for (const std::string& role : block.words("visible_to")) {
        if (!is_role(role))
            add_unknown(draft.faults, block.line("visible_to"), "registers.unknown_role", block.path("visible_to"),
                        role, roles());
        field.visible_to.push_back(role);
    }
    return field;
}

}  // namespace

void read_fields(Draft& draft, const yaml::Node* node) {
    if (node == nullptr || !node->is_map() || node->entries.empty()) {
        draft.faults.add(node == nullptr ? 1 : node->line, "registers.no_fields", "fields");
        return;
    }
    if (node->entries.size() > most_fields)
        draft.faults.add(node->line, "registers.too_many_fields", "fields", {{"limit", std::to_string(most_fields)}});
    for (const yaml::Entry& entry : node->entries) {
        if (draft.declaration.fields.size() == most_fields) return;
        draft.declaration.fields.push_back(read_field(draft, entry));
    }
}

}  // namespace registers
