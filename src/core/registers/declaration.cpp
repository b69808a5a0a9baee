#include "core/registers/declaration.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "core/expression/arithmetic.h"

namespace registers {
namespace {

constexpr std::array<std::pair<std::string_view, FieldType>, 17> type_names = {{
    {"text", FieldType::text},
    {"long_text", FieldType::long_text},
    {"integer", FieldType::integer},
    {"decimal", FieldType::decimal},
    {"money", FieldType::money},
    {"date", FieldType::date},
    {"time", FieldType::time},
    {"yes_no", FieldType::yes_no},
    {"choice", FieldType::choice},
    {"choices", FieldType::choices},
    {"person", FieldType::person},
    {"post", FieldType::post},
    {"unit", FieldType::unit},
    {"agency", FieldType::agency},
    {"record", FieldType::record},
    {"file", FieldType::file},
    {"computed", FieldType::computed},
}};

template <class Item>
const Item* find_code(const std::vector<Item>& items, std::string_view code) {
    const auto found = std::ranges::find(items, code, &Item::code);
    return found == items.end() ? nullptr : &*found;
}

expression::Type type_of(const Field& field) {
    using expression::Type;
    switch (field.type) {
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::time:
        case FieldType::choice:
            return Type::text;
        case FieldType::choices:
            return Type::list_of_text;
        case FieldType::decimal:
            return Type::decimal;
        case FieldType::date:
            return Type::date;
        case FieldType::yes_no:
            return Type::boolean;
        case FieldType::computed:
            return field.computed_type;
        default:
            return Type::integer;
    }
}

std::int64_t bound_of(const Field& field) {
    if (field.type == FieldType::computed) return expression::largest;
    if (!field.minimum || !field.maximum) return unbounded;
    return std::max(std::abs(field.minimum->units), std::abs(field.maximum->units));
}

expression::Name name_of_field(const Field& field) {
    expression::Name name;
    name.type = type_of(field);
    name.column = "r." + field.column;
    if (!field.key_column.empty()) name.key_column = "r." + field.key_column;
    if (!field.folded_column.empty()) name.folded_column = "r." + field.folded_column;
    name.scale = field.scale;
    name.bound = bound_of(field);
    return name;
}

}  // namespace

std::string_view name_of(FieldType type) {
    return std::ranges::find(type_names, type, &std::pair<std::string_view, FieldType>::second)->first;
}

std::optional<FieldType> field_type(std::string_view name) {
    const auto found = std::ranges::find(type_names, name, &std::pair<std::string_view, FieldType>::first);
    if (found == type_names.end()) return std::nullopt;
    return found->second;
}

bool is_number(FieldType type) {
    return type == FieldType::integer || type == FieldType::decimal || type == FieldType::money;
}

Secrecy Book::secrecy_of(std::string_view part) const {
    Secrecy highest = Secrecy::ordinary;
    for (const std::string& each : split(part, ','))
        for (const auto& [choice, label] : secrecy)
            if (std::string_view(each).substr(each.find('=') + 1) == choice) highest = std::max(highest, label);
    return highest;
}

FieldType kept_as(const Field& field) {
    if (field.type != FieldType::computed) return field.type;
    switch (field.computed_type) {
        case expression::Type::boolean:
            return FieldType::yes_no;
        case expression::Type::integer:
            return FieldType::integer;
        case expression::Type::decimal:
            return FieldType::decimal;
        case expression::Type::date:
            return FieldType::date;
        case expression::Type::list_of_text:
            return FieldType::choices;
        default:
            return FieldType::text;
    }
}

const Field* Declaration::field(std::string_view wanted) const {
    return find_code(fields, wanted);
}
const State* Declaration::state(std::string_view wanted) const {
    return find_code(states, wanted);
}
const State* Declaration::any_state(std::string_view wanted) const {
    const State* now = state(wanted);
    return now ? now : find_code(former_states, wanted);
}
const Action* Declaration::action(std::string_view wanted) const {
    return find_code(actions, wanted);
}

const State& Declaration::initial_state() const {
    const auto found = std::ranges::find(states, State::Kind::initial, &State::kind);
    return found == states.end() ? states.front() : *found;
}

expression::Environment Declaration::environment() const {
    using expression::Type;
    expression::Environment environment;
    auto& names = environment.names;
    names["id"] = {Type::integer, "record.id"};
    names["state"] = {Type::text, "record.state"};
    names["title"] = {Type::text, "record.title"};
    names["agency"] = {Type::integer, "record.agency_id"};
    names["unit"] = {Type::integer, "record.unit_id"};
    names["creator"] = {Type::integer, "record.created_by_person_id"};
    names["created_at"] = {Type::instant, "record.created_at"};
    names["updated_at"] = {Type::instant, "record.updated_at"};
    names["today"] = {Type::date};
    names["now"] = {Type::instant};
    for (const std::string_view mine : {"me", "my_post", "my_unit", "my_agency"})
        names[std::string(mine)] = {Type::integer};
    for (const Field& field : fields) names[field.code] = name_of_field(field);
    environment.source = [known = sources](std::string_view register_code) -> const expression::Source* {
        if (!known) return nullptr;
        const auto found = known->find(register_code);
        return found == known->end() ? nullptr : &found->second;
    };
    return environment;
}

expression::Environment Declaration::queue_environment() const {
    expression::Environment environment = this->environment();
    environment.names.try_emplace("soon", expression::Name{expression::Type::date});
    return environment;
}

expression::Environment Declaration::environment(const Action& action) const {
    expression::Environment whole = environment();
    for (const std::string& need : action.needs)
        if (!whole.names.contains(need)) whole.names[need] = {expression::Type::text};
    return whole;
}

}  // namespace registers
