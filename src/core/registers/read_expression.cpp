#include <algorithm>

#include "base/messages.h"
#include "core/registers/draft.h"

namespace registers {
namespace {

/// The environment with the registers around it, which this declaration does not hold.
expression::Environment with_neighbours(const Draft& draft, expression::Environment environment,
                                        std::map<std::string, expression::Source, std::less<>>& met) {
    environment.source = [&draft, &met, own = environment.source](std::string_view code) -> const expression::Source* {
        if (const expression::Source* source = own ? own(code) : nullptr) return source;
        if (const auto found = met.find(code); found != met.end()) return &found->second;
        const Declaration* other = draft.surroundings.find_register ? draft.surroundings.find_register(code) : nullptr;
        if (other == nullptr) return nullptr;
        return &met.emplace(std::string(code), expression::Source{other->table, other->environment()}).first->second;
    };
    return environment;
}

bool suits(const expression::Expression& parsed, const Wanted& wanted) {
    using expression::Type;
    const Type found = expression::type(parsed);
    if (found == Type::null) return wanted.type != Type::boolean;
    if (wanted.type == Type::decimal)
        return found == Type::integer || (found == Type::decimal && expression::scale(parsed) <= wanted.scale);
    return found == wanted.type;
}

}  // namespace

bool moves(const expression::Expression& parsed) {
    static const std::vector<std::string> moving = {"today",   "now",       "me",        "my_post",
                                                    "my_unit", "my_agency", "updated_at"};
    if (expression::asks_other_records(parsed)) return true;
    return std::ranges::any_of(expression::names(parsed),
                               [](const std::string& name) { return std::ranges::find(moving, name) != moving.end(); });
}

std::string read_expression(Draft& draft, const yaml::Node& node, const std::string& path,
                            const expression::Environment& environment, Wanted wanted) {
    if (!node.is_text() || node.text.empty()) {
        draft.faults.add(node.line, "registers.not_an_expression", path);
        return {};
    }
    std::map<std::string, expression::Source, std::less<>> met;
    const auto parsed = expression::parse(node.text, with_neighbours(draft, environment, met));
    if (!parsed) {
        // Without neighbours nobody can say whether the other register is there; publishing will.
        const bool unknown =
            parsed.error().message == "expression.unknown_register" && !draft.surroundings.find_register;
        if (!unknown) draft.faults.add(node.line, parsed.error(), path);
        return node.text;
    }
    if (!suits(**parsed, wanted)) {
        std::vector<MessageArgument> types;
        messages::add_text(types, "expected", expression::text_of(wanted.type));
        messages::add_text(types, "found", expression::text_of(expression::type(**parsed)));
        draft.faults.add(node.line, "registers.wrong_type", path, std::move(types));
    }
    if (wanted.use == Wanted::Use::filter && !expression::runs_as_sql(**parsed))
        draft.faults.add(node.line, "registers.not_a_filter", path);
    if (wanted.use == Wanted::Use::kept && moves(**parsed)) draft.faults.add(node.line, "registers.see_moves", path);
    return node.text;
}

std::string read_expression(Draft& draft, const Block& block, std::string_view key,
                            const expression::Environment& environment, Wanted wanted) {
    const yaml::Node* node = block.find(key);
    return node == nullptr ? std::string() : read_expression(draft, *node, block.path(key), environment, wanted);
}

std::vector<std::string> field_codes(const Declaration& declaration) {
    std::vector<std::string> codes;
    for (const Field& field : declaration.fields) codes.push_back(field.code);
    return codes;
}

const Field* require_field(Draft& draft, std::string_view code, int line, std::string_view path) {
    const Field* field = draft.declaration.field(code);
    if (field == nullptr)
        add_unknown(draft.faults, line, "registers.unknown_field", path, code, field_codes(draft.declaration));
    return field;
}

Label usual_label(std::string_view kind, std::string_view code) {
    const std::string message = fmt::format("registers.{}.{}", kind, code);
    Label label{messages::text(Language::vi, message), messages::text(Language::en, message)};
    return label.vi == message ? Label{} : label;
}

}  // namespace registers
