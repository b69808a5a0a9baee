#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "core/registers/draft.h"

namespace registers {
namespace {

const std::vector<std::string> own_columns = {"state", "title",  "created_at", "updated_at", "creator",
                                              "unit",  "agency", "holder",     "due"};

/// Fields that stand in no section come last, under a heading of their own; all of them when there is no form.
void add_the_rest(Declaration& declaration, const std::set<std::string>& placed) {
    Section rest;
    rest.code = declaration.form.empty() ? "main" : "more";
    rest.label = usual_label("section", rest.code);
    for (const Field& field : declaration.fields)
        if (!placed.contains(field.code)) rest.fields.push_back(field.code);
    if (!rest.fields.empty()) declaration.form.push_back(std::move(rest));
}

void read_pattern(Draft& draft, const Block& block) {
    const std::string& pattern = draft.declaration.book->pattern;
    bool has_number = false;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '}')
            return block.fault("pattern", "registers.bad_book_pattern", {{"word", pattern.substr(0, at)}});
        if (pattern[at] != '{') continue;
        const std::size_t close = pattern.find('}', at);
        const std::string inside = close == std::string::npos ? "" : pattern.substr(at + 1, close - at - 1);
        const std::string name = inside.substr(0, inside.find(':'));
        const std::string base = name.substr(0, name.find('.'));
        const Field* field = draft.declaration.field(base);
        const bool named = (base == "unit" || base == "agency") && name == base + ".abbreviation";
        const bool chosen = field != nullptr && (field->type == FieldType::choice || field->type == FieldType::unit) &&
                            name == base + ".abbreviation";
        const bool plain =
            field != nullptr && (field->type == FieldType::choice || field->type == FieldType::text) && name == base;
        if (name != "n" && name != "year" && !named && !chosen && !plain)
            return block.fault("pattern", "registers.bad_book_pattern",
                               {{"word", close == std::string::npos ? pattern.substr(at + 1) : inside}});
        has_number |= name == "n";
        at = close;
    }
    if (!has_number) block.fault("pattern", "registers.book_without_number");
}

}  // namespace

void read_form(Draft& draft, const yaml::Node* node) {
    Declaration& declaration = draft.declaration;
    std::set<std::string> placed;
    if (node != nullptr && !node->is_map()) draft.faults.add(node->line, "registers.not_a_map", "form");
    for (const yaml::Entry& entry : node == nullptr ? std::vector<yaml::Entry>{} : node->entries) {
        const std::string path = "form." + entry.key;
        const Block block(draft.faults, entry.value, path, {"vi", "en", "columns", "fields"});
        if (!is_code(entry.key, 30))
            draft.faults.add(entry.line, "registers.bad_code", path, {{"word", entry.key}, {"limit", "30"}});
        Section section;
        section.code = entry.key;
        section.label = block.label(usual_label("section", entry.key));
        section.columns = static_cast<int>(block.integer("columns", 1, 4).value_or(2));
        const yaml::Node* fields = block.find("fields");
        if (fields == nullptr)
            draft.faults.add(entry.line, "registers.no_fields", path);
        else
            for (auto& [code, line] : words_of(draft.faults, *fields, block.path("fields"))) {
                if (require_field(draft, code, line, block.path("fields")) == nullptr) continue;
                if (!placed.insert(code).second)
                    draft.faults.add(line, "registers.field_twice", block.path("fields"), {{"field", code}});
                section.fields.push_back(std::move(code));
            }
        declaration.form.push_back(std::move(section));
    }
    add_the_rest(declaration, placed);
}

namespace {

/// secrecy: {choice: label}, of the choices that part the book.
void read_secrecy(Draft& draft, const Block& block, Book& book) {
    const yaml::Node* marks = block.find("secrecy");
    if (marks == nullptr) return;
    if (!marks->is_map()) return block.fault("secrecy", "registers.not_a_map");
    std::vector<std::string> labels;
    for (const auto& [name, label] : enum_names<Secrecy>()) labels.push_back(name);
    std::vector<const Field*> parts;
    for (const std::string& part : book.per)
        if (const Field* field = draft.declaration.field(part); field && field->type == FieldType::choice)
            parts.push_back(field);
    for (const yaml::Entry& mark : marks->entries) {
        const std::string path = block.path("secrecy") + "." + mark.key;
        const bool is_choice = std::ranges::any_of(parts, [&](const Field* part) {
            return !part->choices_of.empty() ||
                   std::ranges::any_of(part->choices, [&](const auto& choice) { return choice.first == mark.key; });
        });
        if (!is_choice) draft.faults.add(mark.line, "registers.secrecy_of_no_part", path, {{"word", mark.key}});
        const auto label = enum_value<Secrecy>(mark.value.text);
        if (!label) add_unknown(draft.faults, mark.line, "registers.unknown_secrecy", path, mark.value.text, labels);
        book.secrecy.emplace_back(mark.key, label.value_or(Secrecy::top_secret));
    }
}

}  // namespace

void read_book(Draft& draft, const yaml::Node* node) {
    if (node == nullptr) return;
    const Block block(draft.faults, *node, "book", {"field", "pattern", "per", "at", "secrecy"});
    Book& book = draft.declaration.book.emplace();
    book.field = block.text("field", 30);
    if (!block.has("field"))
        draft.faults.add(node->line, "registers.book_of_nothing", "book.field");
    else if (const Field* field = require_field(draft, book.field, block.line("field"), "book.field");
             field && field->type != FieldType::text)
        block.fault("field", "registers.book_is_no_text", {{"field", book.field}});
    if (block.has("pattern")) book.pattern = block.text("pattern", 100);
    read_pattern(draft, block);
    book.per = block.words("per");
    for (const std::string& part : book.per) {
        if (part == "agency" || part == "unit" || part == "year") continue;
        const Field* field = require_field(draft, part, block.line("per"), "book.per");
        if (field != nullptr && field->type != FieldType::choice && field->type != FieldType::unit)
            block.fault("per", "registers.book_part", {{"field", part}});
    }
    if (!block.has("per")) book.per = {"agency", "year"};
    read_secrecy(draft, block, book);
    const std::string at = block.has("at") ? block.text("at", 20) : "action";
    book.at_create = at == "create";
    if (at != "create" && at != "action")
        add_unknown(draft.faults, block.line("at"), "registers.unknown_moment", "book.at", at, {"create", "action"});
}

void read_list(Draft& draft, const yaml::Node* node) {
    if (node == nullptr) return;
    std::vector<std::string> known = field_codes(draft.declaration);
    known.insert(known.end(), own_columns.begin(), own_columns.end());
    for (auto& [code, line] : words_of(draft.faults, *node, "list")) {
        const Field* field = draft.declaration.field(code);
        const bool own = std::ranges::find(own_columns, code) != own_columns.end();
        if (field == nullptr && !own) add_unknown(draft.faults, line, "registers.unknown_field", "list", code, known);
        if (field != nullptr && field->type == FieldType::file)
            draft.faults.add(line, "registers.file_in_list", "list", {{"field", code}});
        if (std::ranges::find(draft.declaration.list, code) != draft.declaration.list.end())
            draft.faults.add(line, "registers.field_twice", "list", {{"field", code}});
        draft.declaration.list.push_back(std::move(code));
    }
}

void read_order(Draft& draft, const yaml::Node* node) {
    if (node == nullptr) return;
    for (const auto& [word, line] : words_of(draft.faults, *node, "order")) {
        const bool descending = word.starts_with('-');
        const std::string code = descending ? word.substr(1) : word;
        const bool own = code == "created_at" || code == "updated_at" || code == "id";
        const Field* field = own ? nullptr : require_field(draft, code, line, "order");
        const bool unordered =
            field != nullptr && (field->type == FieldType::long_text || field->type == FieldType::choices ||
                                 field->type == FieldType::file);
        if (unordered) draft.faults.add(line, "registers.cannot_order", "order", {{"field", code}});
        draft.declaration.order.emplace_back(code, descending);
    }
}

}  // namespace registers
