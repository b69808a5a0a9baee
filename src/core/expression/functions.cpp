#include <algorithm>
#include <array>

#include "base/text.h"
#include "core/expression/typing.h"

namespace expression {
namespace {

using Parts = std::vector<Pointer>;

std::unexpected<Error> wrong_arguments(Position at, std::string_view function, std::string_view usage) {
    return fail_at(at, "expression.wrong_arguments",
                   {{"function", std::string(function)}, {"usage", std::string(usage)}});
}

Expression node_of(Operation operation, Type type, Parts parts) {
    Expression node;
    node.operation = operation;
    node.type = type;
    node.parts = std::move(parts);
    return node;
}

Result<Pointer> part_of_date(Position at, Operation operation, int bound, std::string_view function, Parts parts) {
    if (parts.size() != 1 || parts[0]->type != Type::date)
        return wrong_arguments(at, function, fmt::format("{}(date)", function));
    Expression node = node_of(operation, Type::integer, std::move(parts));
    node.bound = bound;
    return finish(at, std::move(node), 21);
}

Result<Pointer> year(Position at, Parts parts) {
    return part_of_date(at, Operation::year, 9999, "year", std::move(parts));
}
Result<Pointer> month(Position at, Parts parts) {
    return part_of_date(at, Operation::month, 12, "month", std::move(parts));
}
Result<Pointer> day(Position at, Parts parts) {
    return part_of_date(at, Operation::day, 31, "day", std::move(parts));
}

Result<Pointer> date(Position at, Parts parts) {
    constexpr std::string_view usage = "date(\"2026-08-25\"), date(created_at)";
    if (parts.size() != 1) return wrong_arguments(at, "date", usage);
    if (parts[0]->type == Type::instant)
        return finish(at, node_of(Operation::date_of_instant, Type::date, std::move(parts)), 4);
    const auto* text = std::get_if<std::string>(&parts[0]->constant);
    if (parts[0]->operation != Operation::constant || text == nullptr) return wrong_arguments(at, "date", usage);
    const auto day_of_text = parse_date(*text);
    if (!day_of_text || day_of_text->days < first_day || day_of_text->days > last_day)
        return wrong_arguments(at, "date", usage);
    return make_constant(Type::date, *day_of_text);
}

Result<Pointer> length(Position at, Parts parts) {
    if (parts.size() != 1 || parts[0]->type != Type::text) return wrong_arguments(at, "length", "length(text)");
    Expression node = node_of(Operation::length, Type::integer, std::move(parts));
    node.bound = 1'000'000'000'000;
    return finish(at, std::move(node), 5);
}

Result<Pointer> lower(Position at, Parts parts) {
    if (parts.size() != 1 || parts[0]->type != Type::text) return wrong_arguments(at, "lower", "lower(text)");
    return finish(at, node_of(Operation::lower, Type::text, std::move(parts)), 5);
}

/// contains, starts_with, ends_with and alike read the stored folded form: neither engine folds as we do.
Result<Pointer> folded(Position at, Operation operation, std::string_view function, Parts parts) {
    if (parts.size() != 2 || parts[0]->type != Type::text || parts[1]->type != Type::text)
        return wrong_arguments(at, function, fmt::format("{}(text, text)", function));
    for (const Pointer& part : parts) {
        const bool has_folded = part->operation == Operation::name && !part->place.folded_column.empty();
        if (!has_folded && !is_free(*part))
            return fail_at(at, "expression.not_searchable",
                           {{"function", std::string(function)}, {"name", part->name}});
    }
    return finish(at, node_of(operation, Type::boolean, std::move(parts)), 8);
}

Result<Pointer> starts_with(Position at, Parts parts) {
    return folded(at, Operation::starts_with, "starts_with", std::move(parts));
}
Result<Pointer> ends_with(Position at, Parts parts) {
    return folded(at, Operation::ends_with, "ends_with", std::move(parts));
}
Result<Pointer> contains(Position at, Parts parts) {
    return folded(at, Operation::contains, "contains", std::move(parts));
}

Result<Pointer> alike(Position at, Parts parts) {
    return folded(at, Operation::alike, "alike", std::move(parts));
}

Result<void> unify(Position at, Expression& node) {
    node.type = TRY(agree(at, ",", node.parts));
    for (const Pointer& part : node.parts) {
        node.scale = std::max(node.scale, part->scale);
        node.bound = std::max(node.bound, part->bound);
    }
    if (node.type == Type::integer && node.scale > 0) node.type = Type::decimal;
    return {};
}

Result<Pointer> coalesce(Position at, Parts parts) {
    if (parts.size() < 2 || parts.size() > 8) return wrong_arguments(at, "coalesce", "coalesce(a, b, …)");
    Expression node = node_of(Operation::coalesce, Type::null, std::move(parts));
    TRY(unify(at, node));
    if (node.type == Type::list_of_text || node.type == Type::null)
        return wrong_arguments(at, "coalesce", "coalesce(a, b, …)");
    return finish(at, std::move(node), 8);
}

Result<Pointer> choose(Position at, Parts parts) {
    constexpr std::string_view usage = "if(condition, a, b)";
    if (parts.size() != 3 || parts[0]->type != Type::boolean) return wrong_arguments(at, "if", usage);
    Expression node = node_of(Operation::choose, Type::null, {parts[1], parts[2]});
    TRY(unify(at, node));
    if (node.type == Type::list_of_text || node.type == Type::null) return wrong_arguments(at, "if", usage);
    node.parts.insert(node.parts.begin(), parts[0]);
    return finish(at, std::move(node), 8);
}

Result<Pointer> extreme(Position at, Operation operation, std::string_view function, Parts parts) {
    const std::string usage = fmt::format("{}(number, number) {}(date, date)", function, function);
    if (parts.size() != 2) return wrong_arguments(at, function, usage);
    Expression node = node_of(operation, Type::null, std::move(parts));
    TRY(unify(at, node));
    if (!is_number(node.type) && node.type != Type::date) return wrong_arguments(at, function, usage);
    for (const Pointer& part : node.parts)
        if (part->type == Type::null) return wrong_arguments(at, function, usage);
    return finish(at, std::move(node), 15);
}

Result<Pointer> minimum(Position at, Parts parts) {
    return extreme(at, Operation::minimum, "min", std::move(parts));
}
Result<Pointer> maximum(Position at, Parts parts) {
    return extreme(at, Operation::maximum, "max", std::move(parts));
}

Result<Pointer> round(Position at, Parts parts) {
    constexpr std::string_view usage = "round(number, 2)";
    if (parts.size() == 1) parts.push_back(make_constant(Type::integer, Decimal{}));
    if (parts.size() != 2 || !is_number(parts[0]->type) || parts[1]->operation != Operation::constant ||
        parts[1]->type != Type::integer)
        return wrong_arguments(at, "round", usage);
    const std::int64_t scale = std::get<Decimal>(parts[1]->constant).units;
    if (scale < 0 || scale > 6) return wrong_arguments(at, "round", usage);
    if (parts[0]->scale <= scale) return rescaled(at, parts[0], static_cast<int>(scale));
    Expression node = node_of(Operation::round, scale == 0 ? Type::integer : Type::decimal, {parts[0]});
    node.scale = static_cast<int>(scale);
    node.bound = parts[0]->bound;
    return finish(at, std::move(node), 16);
}

Result<Pointer> absolute(Position at, Parts parts) {
    if (parts.size() != 1 || !is_number(parts[0]->type)) return wrong_arguments(at, "abs", "abs(number)");
    Expression node = node_of(Operation::absolute, parts[0]->type, parts);
    node.scale = parts[0]->scale;
    node.bound = parts[0]->bound;
    return finish(at, std::move(node), 5);
}

struct Function {
    std::string_view name;
    Result<Pointer> (*make)(Position, Parts);
};

constexpr std::array<Function, 16> functions = {{
    {"abs", absolute},
    {"alike", alike},
    {"coalesce", coalesce},
    {"contains", contains},
    {"date", date},
    {"day", day},
    {"ends_with", ends_with},
    {"if", choose},
    {"length", length},
    {"lower", lower},
    {"max", maximum},
    {"min", minimum},
    {"month", month},
    {"round", round},
    {"starts_with", starts_with},
    {"year", year},
}};

}  // namespace

std::string alike_form(std::string_view text) {
    std::string form = folded_form(text);
    std::erase(form, ' ');
    return form;
}

std::vector<std::string> function_names() {
    std::vector<std::string> names{"exists", "count", "sum"};
    for (const Function& function : functions) names.emplace_back(function.name);
    return names;
}

Result<Pointer> make_call(Position at, std::string_view function, std::vector<Pointer> parts) {
    for (const Function& known : functions)
        if (known.name == function) return known.make(at, std::move(parts));
    return fail_unknown(at, "expression.unknown_function", "function", function, function_names());
}

}  // namespace expression
