#include "core/expression/typing.h"

#include <algorithm>

#include "base/messages.h"

namespace expression {
namespace {

/// SQLite's parser has a hundred places (YYSTACKDEPTH); 25 are left to the query around. What each operation takes was
/// measured with 3.40, held to by agreement_test.cpp.
constexpr int stack_limit = 75;
constexpr int value_stack = 4;
constexpr int counted_column_stack = 22;

/// A date that stands as text; the others are counted.
bool is_written_date(const Expression& node) {
    if (is_free(node) || node.operation == Operation::name) return true;
    if (node.operation == Operation::coalesce)
        return std::ranges::all_of(node.parts, [](const Pointer& part) { return is_written_date(*part); });
    return node.operation == Operation::choose && is_written_date(*node.parts[1]) && is_written_date(*node.parts[2]);
}

/// What a part takes; a date's column more when it is counted.
int stack_of(const Expression& part, bool counted) {
    if (!counted || part.type != Type::date || is_free(part)) return part.stack;
    if (part.operation == Operation::name) return counted_column_stack;
    return part.stack;
}

/// A text that can be compared by collation key: a column that has one, or a value known before any row.
bool has_key(const Expression& node) {
    if (node.operation == Operation::name) return node.place.column.empty() || !node.place.key_column.empty();
    return is_free(node);
}

bool is_keyed_column(const Expression& node) {
    return node.operation == Operation::name && !node.place.key_column.empty();
}

std::unexpected<Error> wrong_types(Position at, std::string_view sign, Type left, Type right) {
    std::vector<MessageArgument> arguments{{"operation", std::string(sign)}};
    messages::add_text(arguments, "left", text_of(left));
    messages::add_text(arguments, "right", text_of(right));
    return fail_at(at, "expression.wrong_types", std::move(arguments));
}

Result<Pointer> make_logical(Position at, Operation operation, std::string_view sign, Pointer left, Pointer right) {
    TRY(require(at, *left, Type::boolean, sign));
    TRY(require(at, *right, Type::boolean, sign));
    Expression node;
    node.operation = operation;
    node.type = Type::boolean;
    // a && b && c is one node of three parts, so that a long chain isn't deep.
    if (left->operation == operation)
        node.parts = left->parts;
    else
        node.parts.push_back(std::move(left));
    node.parts.push_back(std::move(right));
    return finish(at, std::move(node), 3);
}

Result<Pointer> make_comparison(Position at, Operation operation, std::string_view sign, Pointer left, Pointer right) {
    const bool equality = operation == Operation::equal || operation == Operation::differs;
    std::vector<Pointer> parts{std::move(left), std::move(right)};
    const bool with_null = parts[0]->type == Type::null || parts[1]->type == Type::null;
    const Type common = TRY(agree(at, sign, parts));
    const bool lists = common == Type::list_of_text;
    if ((lists && !with_null) || (!equality && (common == Type::boolean || lists)))
        return wrong_types(at, sign, parts[0]->type, parts[1]->type);
    Expression node;
    node.operation = operation;
    node.type = Type::boolean;
    if (common == Type::text && !with_null) {
        const bool both = has_key(*parts[0]) && has_key(*parts[1]);
        if (!equality && !both) return fail_at(at, "expression.not_sorted", {{"operation", std::string(sign)}});
        node.keyed = !equality || (both && (is_keyed_column(*parts[0]) || is_keyed_column(*parts[1])));
    }
    node.parts = std::move(parts);
    return finish(at, std::move(node), 7);
}

Result<Pointer> make_in(Position at, Pointer left, Pointer right) {
    TRY(require(at, *left, Type::text, "in"));
    TRY(require(at, *right, Type::list_of_text, "in"));
    Expression node;
    node.operation = Operation::in;
    node.type = Type::boolean;
    node.keyed = is_keyed_column(*left) && is_free(*right);
    node.parts = {std::move(left), std::move(right)};
    return finish(at, std::move(node), 10);
}

Result<Pointer> make_arithmetic(Position at, Operation operation, std::string_view sign, Pointer left, Pointer right) {
    const bool numbers = is_number(left->type) && is_number(right->type);
    if (!numbers) return wrong_types(at, sign, left->type, right->type);
    Expression node;
    node.operation = operation;
    if (operation == Operation::multiply) {
        node.scale = left->scale + right->scale;
        if (node.scale > highest_scale)
            return fail_at(at, "expression.too_fine", {{"limit", std::to_string(highest_scale)}});
        node.bound = left->bound * right->bound;
    } else if (operation == Operation::divide) {
        node.scale = std::max(quotient_scale, left->scale);
        left = TRY(rescaled(at, std::move(left), node.scale + right->scale));
        node.bound = left->bound;
    } else {
        node.scale = std::max(left->scale, right->scale);
        left = TRY(rescaled(at, std::move(left), node.scale));
        right = TRY(rescaled(at, std::move(right), node.scale));
        node.bound = left->bound + right->bound;
    }
    node.type = node.scale == 0 ? Type::integer : Type::decimal;
    node.parts = {std::move(left), std::move(right)};
    const bool lets = operation == Operation::divide || node.bound > largest;
    return finish(at, std::move(node), lets ? 20 : 3);
}

Result<Pointer> make_add(Position at, Pointer left, Pointer right) {
    Expression node;
    if (left->type == Type::text && right->type == Type::text) {
        node.operation = Operation::join;
        node.type = Type::text;
        node.parts = {std::move(left), std::move(right)};
        return finish(at, std::move(node), 4);
    }
    if (left->type == Type::date || right->type == Type::date) {
        if (left->type != Type::date) std::swap(left, right);
        if (right->type != Type::integer) return wrong_types(at, "+", left->type, right->type);
        node.operation = Operation::add_days;
        node.type = Type::date;
        node.parts = {std::move(left), std::move(right)};
        return finish(at, std::move(node), 16);
    }
    return make_arithmetic(at, Operation::add, "+", std::move(left), std::move(right));
}

Result<Pointer> make_subtract(Position at, Pointer left, Pointer right) {
    if (left->type != Type::date)
        return make_arithmetic(at, Operation::subtract, "-", std::move(left), std::move(right));
    if (right->type == Type::integer) return make_add(at, std::move(left), TRY(make_unary(at, "-", std::move(right))));
    if (right->type != Type::date) return wrong_types(at, "-", left->type, right->type);
    Expression node;
    node.operation = Operation::days_between;
    node.type = Type::integer;
    node.bound = last_day - first_day;
    node.parts = {std::move(left), std::move(right)};
    return finish(at, std::move(node), 3);
}

}  // namespace

bool is_free(const Expression& node) {
    if (node.operation == Operation::name) return node.place.column.empty();
    if (is_aggregate(node.operation)) return false;
    return std::ranges::all_of(node.parts, [](const Pointer& part) { return is_free(*part); });
}

std::string_view text_of(Type type) {
    switch (type) {
        case Type::boolean:
            return "expression.type_yes_no";
        case Type::integer:
            return "expression.type_integer";
        case Type::decimal:
            return "expression.type_decimal";
        case Type::text:
            return "expression.type_text";
        case Type::date:
            return "expression.type_date";
        case Type::instant:
            return "expression.type_instant";
        case Type::list_of_text:
            return "expression.type_texts";
        case Type::null:
            break;
    }
    return "expression.type_nothing";
}

Result<void> require(Position at, const Expression& node, Type type, std::string_view where) {
    if (node.type == type) return {};
    std::vector<MessageArgument> arguments{{"operation", std::string(where)}};
    messages::add_text(arguments, "expected", text_of(type));
    messages::add_text(arguments, "found", text_of(node.type));
    return fail_at(at, "expression.wrong_type", std::move(arguments));
}

Result<Pointer> finish(Position at, Expression node, int stack) {
    const bool dates = std::ranges::any_of(
        node.parts, [](const Pointer& part) { return part->type == Type::date && !is_written_date(*part); });
    const bool counted = dates || node.operation == Operation::add_days || node.operation == Operation::days_between ||
                         (node.type == Type::date && !node.parts.empty());
    int below = node.parts.empty() ? value_stack : 0;
    for (const Pointer& part : node.parts) {
        node.depth = std::max(node.depth, part->depth + 1);
        below = std::max(below, stack_of(*part, counted));
    }
    // What no column decides is evaluated before and stands as one value.
    node.stack = is_free(node) ? value_stack : below + stack;
    node.guarded = node.bound > largest;
    if (node.guarded) node.bound = largest;
    if (node.depth > deepest || node.stack > stack_limit) return fail_at(at, "expression.too_deep");
    return std::make_shared<const Expression>(std::move(node));
}

Pointer make_constant(Type type, Value value, int scale) {
    Expression node;
    node.type = type;
    node.scale = scale;
    if (const auto* number = std::get_if<Decimal>(&value))
        node.bound = number->units < 0 ? -Wide{number->units} : Wide{number->units};
    node.constant = std::move(value);
    return std::make_shared<const Expression>(std::move(node));
}

Result<Pointer> rescaled(Position at, Pointer number, int scale) {
    if (number->scale >= scale) return number;
    Expression node;
    node.operation = Operation::upscale;
    node.type = Type::decimal;
    node.scale = scale;
    const Wide power = power_of_ten(scale - number->scale);
    node.bound = number->bound * power;
    const bool guarded = node.bound > largest;
    node.parts = {std::move(number)};
    return finish(at, std::move(node), guarded ? 16 : 3);
}

Result<Type> agree(Position at, std::string_view sign, std::vector<Pointer>& parts) {
    Type common = Type::null;
    int scale = 0;
    for (const Pointer& part : parts) {
        if (part->type == Type::null) continue;
        scale = std::max(scale, part->scale);
        if (common == Type::null || (is_number(common) && part->type == Type::decimal))
            common = part->type;
        else if (common != part->type && !(is_number(common) && is_number(part->type)))
            return wrong_types(at, sign, common, part->type);
    }
    for (Pointer& part : parts) {
        if (is_number(part->type)) part = TRY(rescaled(at, part, scale));
    }
    return common;
}

Result<Pointer> make_binary(Position at, std::string_view sign, Pointer left, Pointer right) {
    if (sign == "||") return make_logical(at, Operation::either, sign, std::move(left), std::move(right));
    if (sign == "&&") return make_logical(at, Operation::both, sign, std::move(left), std::move(right));
    if (sign == "==") return make_comparison(at, Operation::equal, sign, std::move(left), std::move(right));
    if (sign == "!=") return make_comparison(at, Operation::differs, sign, std::move(left), std::move(right));
    if (sign == "<") return make_comparison(at, Operation::less, sign, std::move(left), std::move(right));
    if (sign == "<=") return make_comparison(at, Operation::at_most, sign, std::move(left), std::move(right));
    if (sign == ">") return make_comparison(at, Operation::less, sign, std::move(right), std::move(left));
    if (sign == ">=") return make_comparison(at, Operation::at_most, sign, std::move(right), std::move(left));
    if (sign == "in") return make_in(at, std::move(left), std::move(right));
    if (sign == "+") return make_add(at, std::move(left), std::move(right));
    if (sign == "-") return make_subtract(at, std::move(left), std::move(right));
    if (sign == "*") return make_arithmetic(at, Operation::multiply, sign, std::move(left), std::move(right));
    return make_arithmetic(at, Operation::divide, sign, std::move(left), std::move(right));
}

Result<Pointer> make_unary(Position at, std::string_view sign, Pointer part) {
    if (sign == "-") {
        if (part->operation == Operation::constant && std::holds_alternative<Decimal>(part->constant)) {
            Decimal number = std::get<Decimal>(part->constant);
            number.units = -number.units;
            return make_constant(part->type, number, part->scale);
        }
        const Pointer zero = make_constant(Type::integer, Decimal{});
        return make_arithmetic(at, Operation::subtract, sign, zero, std::move(part));
    }
    TRY(require(at, *part, Type::boolean, sign));
    Expression node;
    node.operation = Operation::negate;
    node.type = Type::boolean;
    node.parts = {std::move(part)};
    return finish(at, std::move(node), 6);
}

Result<Pointer> make_list(Position at, const std::vector<Pointer>& items) {
    std::vector<std::string> texts;
    for (const Pointer& item : items) {
        if (item->operation != Operation::constant || item->type != Type::text)
            return fail_at(at, "expression.bad_list");
        texts.push_back(std::get<std::string>(item->constant));
    }
    return make_constant(Type::list_of_text, std::move(texts));
}

}  // namespace expression
