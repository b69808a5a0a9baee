#include <algorithm>

#include "core/registers/draft.h"

namespace registers {
namespace {

/// The names a default may use: nothing is known of the record yet.
expression::Environment context_only(const Declaration& declaration) {
    expression::Environment environment = declaration.environment();
    std::erase_if(environment.names, [](const auto& name) { return !name.second.column.empty(); });
    environment.source = {};
    return environment;
}

/// A choice's default is written as its bare code; the declaration keeps it as an expression.
std::string default_choice(Draft& draft, const yaml::Node& value, const std::string& path, const Field& field) {
    std::vector<std::string> quoted;
    for (const auto& [code, line] : words_of(draft.faults, value, path)) {
        const bool written_here =
            std::ranges::any_of(field.choices, [&](const auto& choice) { return choice.first == code; });
        if (!is_code(code, 40) || (!field.choices.empty() && !written_here))
            draft.faults.add(line, "registers.unknown_choice", path, {{"word", code}});
        quoted.push_back("\"" + code + "\"");
    }
    if (field.type == FieldType::choices) return fmt::format("[{}]", fmt::join(quoted, ", "));
    if (quoted.size() > 1) draft.faults.add(value.line, "registers.not_a_word", path);
    return quoted.empty() ? "" : quoted.front();
}

/// "Hà Nội" in quotes is meant as it stands, and so is a day; anything else is an expression.
std::string read_default(Draft& draft, const yaml::Node& value, const std::string& path, const Field& field,
                         const expression::Environment& environment) {
    if (field.type == FieldType::choice || field.type == FieldType::choices)
        return default_choice(draft, value, path, field);
    const bool text =
        field.type == FieldType::text || field.type == FieldType::long_text || field.type == FieldType::time;
    if (text && value.is_text() && value.quoted) {
        std::string quoted = "\"";
        for (const char c : value.text) {
            if (c == '"' || c == '\\') quoted += '\\';
            quoted += c;
        }
        yaml::Node literal = value;
        literal.text = quoted + "\"";
        return read_expression(draft, literal, path, environment, wanted_for(field));
    }
    if (field.type == FieldType::date && value.is_text() && parse_date(value.text))
        return fmt::format("date(\"{}\")", value.text);
    return read_expression(draft, value, path, environment, wanted_for(field));
}

/// Computed fields may stand on one another: each is read once those it names are known, and what is left goes round in
/// a circle.
class Computed {
  public:
    Computed(Draft& draft, const yaml::Node& fields) : draft_(draft), fields_(fields) {}

    void read() {
        for (Field& field : draft_.declaration.fields)
            if (field.type == FieldType::computed) waiting_.push_back(&field);
        environment_ = draft_.declaration.environment();
        environment_.source = [](std::string_view) { return nullptr; };
        for (const Field* field : waiting_) environment_.names.erase(field->code);
        while (!waiting_.empty() && read_some()) {
        }
        for (const Field* field : waiting_)
            draft_.faults.add(line_of(*field), "registers.computed_circle", "fields." + field->code,
                              {{"field", field->code}});
    }

  private:
    bool read_some() {
        const std::size_t before = waiting_.size();
        std::erase_if(waiting_, [this](Field* field) { return read_one(*field); });
        return waiting_.size() < before;
    }

    const yaml::Node* node_of(const Field& field) const { return fields_.find(field.code); }
    int line_of(const Field& field) const { return node_of(field)->line; }

    bool stands_on_waiting(const Error& error) const {
        if (!error.message.starts_with("expression.unknown_name")) return false;
        const auto name = std::ranges::find(error.arguments, "name", &MessageArgument::name);
        return name != error.arguments.end() &&
               std::ranges::any_of(waiting_, [&](const Field* field) { return field->code == name->value; });
    }

    bool read_one(Field& field) {
        const std::string path = "fields." + field.code + ".value";
        const yaml::Node* value = node_of(field)->find("value");
        if (value == nullptr || !value->is_text()) {
            draft_.faults.add(line_of(field), "registers.computed_nothing", path);
            return true;
        }
        const auto parsed = expression::parse(value->text, environment_);
        if (!parsed) {
            if (stands_on_waiting(parsed.error())) return false;
            if (parsed.error().message == "expression.unknown_register")
                draft_.faults.add(value->line, "registers.computed_moves", path);
            else
                draft_.faults.add(value->line, parsed.error(), path);
            return true;
        }
        const expression::Type type = expression::type(**parsed);
        if (type == expression::Type::null || type == expression::Type::list_of_text ||
            type == expression::Type::instant)
            draft_.faults.add(value->line, "registers.computed_type", path);
        if (moves(**parsed)) draft_.faults.add(value->line, "registers.computed_moves", path);
        field.computed = value->text;
        field.computed_type = type;
        field.scale = expression::scale(**parsed);
        environment_.names[field.code] = draft_.declaration.environment().names.at(field.code);
        return true;
    }

    Draft& draft_;
    const yaml::Node& fields_;
    expression::Environment environment_;
    std::vector<Field*> waiting_;
};

bool is_text(const Field& field) {
    return field.type == FieldType::text ||
           (field.type == FieldType::computed && field.computed_type == expression::Type::text);
}

void set_keys(Declaration& declaration) {
    for (Field& field : declaration.fields) {
        const bool listed = std::ranges::find(declaration.list, field.code) != declaration.list.end();
        const bool ordered =
            std::ranges::any_of(declaration.order, [&](const auto& each) { return each.first == field.code; });
        if (!is_text(field)) continue;
        if (listed || ordered || field.unique || field.search) field.key_column = field.column + "_key";
        if (field.search) field.folded_column = field.column + "_folded";
    }
}

}  // namespace

Wanted wanted_for(const Field& field) {
    using expression::Type;
    switch (field.type) {
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::time:
        case FieldType::choice:
            return {Type::text};
        case FieldType::choices:
            return {Type::list_of_text};
        case FieldType::decimal:
            return {Type::decimal, field.scale};
        case FieldType::date:
            return {Type::date};
        case FieldType::yes_no:
            return {Type::boolean};
        default:
            return {Type::integer};
    }
}

void finish_fields(Draft& draft, const yaml::Node* node) {
    if (node == nullptr || !node->is_map()) return;
    set_keys(draft.declaration);
    Computed(draft, *node).read();
    set_keys(draft.declaration);
    const expression::Environment defaults = context_only(draft.declaration);
    const expression::Environment whole = draft.declaration.environment();
    for (Field& field : draft.declaration.fields) {
        const yaml::Node* entry = node->find(field.code);
        if (entry == nullptr || !entry->is_map()) continue;
        const std::string path = "fields." + field.code;
        if (const yaml::Node* value = entry->find("default"))
            field.default_value = read_default(draft, *value, path + ".default", field, defaults);
        if (const yaml::Node* when = entry->find("visible_when"))
            field.visible_when = read_expression(draft, *when, path + ".visible_when", whole);
    }
}

}  // namespace registers
