#include <algorithm>

#include "base/text.h"
#include "core/expression/compiler.h"

namespace expression {
namespace {

db::Blob blob_of(std::string_view bytes) {
    const auto* begin = reinterpret_cast<const std::byte*>(bytes.data());
    return {begin, begin + bytes.size()};
}

}  // namespace

const Value* Compiler::find(const Expression& name) const {
    if (name.inner && !name.place.column.empty()) return nullptr;
    auto found = context_.find(name.name);
    if (found == context_.end()) found = context_.find("this." + name.name);
    return found == context_.end() ? nullptr : &found->second;
}

bool Compiler::is_known(const Expression& node) const {
    if (node.operation == Operation::name) return find(node) != nullptr;
    if (is_aggregate(node.operation)) return false;
    return std::ranges::all_of(node.parts, [this](const Pointer& part) { return is_known(*part); });
}

void Compiler::integer(std::int64_t number) {
    into_.add("cast(").value(number).add(" as bigint)");
}

void Compiler::column(std::string_view place, bool inner) {
    const std::size_t dot = place.find('.');
    if (dot != std::string_view::npos) {
        into_.identifier(inner ? "in_" + std::string(place.substr(0, dot)) : std::string(place.substr(0, dot)));
        into_.add(".");
        place.remove_prefix(dot + 1);
    }
    into_.identifier(place);
}

Result<void> Compiler::known(const Expression& node, Shape shape) {
    const Value value = TRY(evaluate(node, context_));
    if (shape == Shape::days) {
        const auto* date = std::get_if<LocalDate>(&value);
        if (date == nullptr)
            into_.add("cast(null as bigint)");
        else
            integer(date->days);
        return {};
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (shape == Shape::key)
            into_.value(blob_of(collation_key(*text)));
        else if (shape == Shape::alike)
            // As the indexed side: a cast would give it an affinity, and SQLite would leave the index alone.
            into_.add("replace(cast(").value(alike_form(*text)).add(" as text), ' ', '')");
        else
            into_.add("cast(").value(shape == Shape::folded ? folded_form(*text) : *text).add(" as text)");
    } else if (const auto* number = std::get_if<Decimal>(&value)) {
        integer(number->units);
    } else if (const auto* boolean = std::get_if<bool>(&value)) {
        integer(*boolean ? 1 : 0);
    } else if (const auto* date = std::get_if<LocalDate>(&value)) {
        into_.add("cast(").value(to_string(*date)).add(" as text)");
    } else if (const auto* instant = std::get_if<Instant>(&value)) {
        integer(instant->milliseconds);
    } else if (shape == Shape::key || node.type == Type::null) {
        into_.add("null");
    } else if (node.type == Type::text || node.type == Type::date) {
        into_.add("cast(null as text)");
    } else {
        into_.add("cast(null as bigint)");
    }
    return {};
}

Result<void> Compiler::name(const Expression& node, Shape shape) {
    if (node.place.column.empty()) return fail_internal("expression: no value for " + node.name);
    if (shape == Shape::days) return days_of_column(node);
    if (shape == Shape::alike) {
        // As the index of a field with index: alike has it.
        into_.add("replace(");
        column(node.place.folded_column, node.inner);
        into_.add(", ' ', '')");
        return {};
    }
    column(shape == Shape::key      ? node.place.key_column
           : shape == Shape::folded ? node.place.folded_column
                                    : node.place.column,
           node.inner);
    return {};
}

Result<void> Compiler::value(const Expression& node, Shape shape) {
    if (is_known(node)) return known(node, shape);
    switch (node.operation) {
        case Operation::name:
            return name(node, shape);
        case Operation::coalesce:
            return list("coalesce(", node, shape);
        case Operation::choose:
            return choose(node, shape);
        case Operation::count:
        case Operation::sum:
            return aggregate(node);
        case Operation::join:
            return between(node, "(", " || ", ")");
        case Operation::length:
            into_.add("length(");
            TRY(value(*node.parts[0]));
            into_.add(")");
            return {};
        case Operation::lower:
            return fail(ErrorCode::invalid, "expression.memory_only", {}, {{"function", "lower"}});
        default:
            break;
    }
    if (node.type == Type::boolean) {
        into_.add("case when ");
        TRY(condition(node, Nulls::matter));
        into_.add(" then 1 else 0 end");
        return {};
    }
    if (is_calendar_part(node)) return calendar_part(node);
    if (node.type != Type::date) return numbers(node);
    // A counted date has no text in SQL; conditions compare it as a number of days.
    if (shape != Shape::days)
        return fail(ErrorCode::invalid, "expression.memory_only", {}, {{"function", "date + days"}});
    return days(node);
}

Result<void> Compiler::list(db::Literal open, const Expression& node, Shape shape) {
    into_.add(open);
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        if (i > 0) into_.add(", ");
        TRY(value(*node.parts[i], shape));
    }
    into_.add(")");
    return {};
}

Result<void> Compiler::choose(const Expression& node, Shape shape) {
    into_.add("case when ");
    TRY(condition(*node.parts[0], Nulls::are_false));
    into_.add(" then ");
    TRY(value(*node.parts[1], shape));
    into_.add(" else ");
    TRY(value(*node.parts[2], shape));
    into_.add(" end");
    return {};
}

Result<void> Compiler::between(const Expression& node, db::Literal open, db::Literal sign, db::Literal close,
                               Shape shape) {
    into_.add(open);
    TRY(value(*node.parts[0], shape));
    into_.add(sign);
    TRY(value(*node.parts[1], shape));
    into_.add(close);
    return {};
}

Result<void> Compiler::condition(const Expression& node, Nulls nulls) {
    if (is_known(node)) {
        into_.add(truth(TRY(evaluate(node, context_))) ? db::Literal("(1 = 1)") : db::Literal("(1 = 0)"));
        return {};
    }
    switch (node.operation) {
        case Operation::both:
            return chain(node, " and ", nulls);
        case Operation::either:
            return chain(node, " or ", nulls);
        case Operation::negate:
            into_.add("(not ");
            TRY(condition(*node.parts[0], Nulls::matter));
            into_.add(")");
            return {};
        case Operation::equal:
        case Operation::differs:
            return equality(node, nulls);
        case Operation::exists:
            return aggregate(node);
        case Operation::name:
        case Operation::choose:
        case Operation::coalesce:
            into_.add("(coalesce(");
            TRY(value(node));
            into_.add(", 0) <> 0)");
            return {};
        default:
            break;
    }
    // What is left may be null where one of its parts is.
    if (nulls == Nulls::matter) into_.add("coalesce(");
    TRY(comparison(node));
    if (nulls == Nulls::matter) into_.add(", false)");
    return {};
}

Result<void> Compiler::chain(const Expression& node, db::Literal sign, Nulls nulls) {
    into_.add("(");
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        if (i > 0) into_.add(sign);
        TRY(condition(*node.parts[i], nulls));
    }
    into_.add(")");
    return {};
}

Compiler::Shape Compiler::shape_of(const Expression& comparison) const {
    if (comparison.keyed) return Shape::key;
    const bool dates = comparison.parts[0]->type == Type::date || comparison.parts[1]->type == Type::date;
    if (!dates) return Shape::plain;
    const bool as_text = is_written(*comparison.parts[0]) && is_written(*comparison.parts[1]);
    return as_text ? Shape::plain : Shape::days;
}

Result<void> Compiler::equality(const Expression& node, Nulls nulls) {
    for (const std::size_t at : {0, 1}) {
        const Expression& other = *node.parts[1 - at];
        if (node.parts[at]->type != Type::null) continue;
        into_.add("(");
        TRY(value(other, other.type == Type::date && !is_written(other) ? Shape::days : Shape::plain));
        into_.add(node.operation == Operation::equal ? db::Literal(" is null)") : db::Literal(" is not null)"));
        return {};
    }
    const bool equal = node.operation == Operation::equal;
    for (const std::size_t at : {0, 1}) {
        if (!is_known(*node.parts[at]) || is_never_null(*node.parts[at])) continue;
        into_.add("(");
        TRY(value(*node.parts[1 - at], shape_of(node)));
        into_.add(equal ? db::Literal(" is null)") : db::Literal(" is not null)"));
        return {};
    }
    const Shape shape = shape_of(node);
    // A plain "=" lets the engines use an index; it is enough where null counts as false and one side is never null.
    if (equal && nulls == Nulls::are_false && (is_never_null(*node.parts[0]) || is_never_null(*node.parts[1])))
        return between(node, "(", " = ", ")", shape);
    return equal ? between(node, "(", " is not distinct from ", ")", shape)
                 : between(node, "(", " is distinct from ", ")", shape);
}

bool Compiler::is_never_null(const Expression& node) const {
    if (!is_known(node)) return false;
    const auto value = evaluate(node, context_);
    return value && !std::holds_alternative<std::monostate>(*value);
}

Result<void> Compiler::comparison(const Expression& node) {
    switch (node.operation) {
        case Operation::less:
        case Operation::at_most:
            if (node.parts[0]->type == Type::null || node.parts[1]->type == Type::null) {
                into_.add("(1 = 0)");
                return {};
            }
            return node.operation == Operation::less ? between(node, "(", " < ", ")", shape_of(node))
                                                     : between(node, "(", " <= ", ")", shape_of(node));
        case Operation::in:
            return in(node);
        case Operation::contains:
        case Operation::starts_with:
        case Operation::ends_with:
            return folded(node);
        case Operation::alike:
            return between(node, "(", " = ", ")", Shape::alike);
        default:
            return fail_internal("expression: no condition");
    }
}

Result<void> Compiler::in(const Expression& node) {
    const Expression& item = *node.parts[0];
    const Expression& whole = *node.parts[1];
    if (is_known(whole)) {
        const Value value = TRY(evaluate(whole, context_));
        const auto* items = std::get_if<std::vector<std::string>>(&value);
        std::vector<db::Value> values;
        if (items != nullptr)
            for (const std::string& each : *items)
                values.push_back(node.keyed ? db::Value(blob_of(collation_key(each))) : db::Value(each));
        if (values.empty()) {
            into_.add("(1 = 0)");
            return {};
        }
        into_.add("(");
        TRY(this->value(item, node.keyed ? Shape::key : Shape::plain));
        into_.add(" in ").list(values).add(")");
        return {};
    }
    // A list is kept as compact JSON of codes, ["a","b"]; a text with a quote in it is never one of them.
    if (!is_known(item) && item.operation != Operation::name)
        return fail(ErrorCode::invalid, "expression.memory_only", {}, {{"function", "in"}});
    into_.add("(replace(");
    TRY(this->value(whole));
    into_.add(", '\"' || ");
    TRY(this->value(item));
    into_.add(" || '\"', '') <> ");
    TRY(this->value(whole));
    into_.add(" and replace(");
    TRY(this->value(item));
    into_.add(", '\"', '') = ");
    TRY(this->value(item));
    into_.add(")");
    return {};
}

Result<void> Compiler::folded(const Expression& node) {
    const Expression& text = *node.parts[0];
    const Expression& part = *node.parts[1];
    if (node.operation == Operation::starts_with) {
        into_.add("(substr(");
        TRY(value(text, Shape::folded));
        into_.add(", 1, length(");
        TRY(value(part, Shape::folded));
        into_.add(")) = ");
        TRY(value(part, Shape::folded));
        into_.add(")");
        return {};
    }
    if (node.operation == Operation::ends_with) {
        // Without the first half a place before the text's beginning would be counted from its end by SQLite.
        into_.add("(length(");
        TRY(value(text, Shape::folded));
        into_.add(") >= length(");
        TRY(value(part, Shape::folded));
        into_.add(") and substr(");
        TRY(value(text, Shape::folded));
        into_.add(", length(");
        TRY(value(text, Shape::folded));
        into_.add(") - length(");
        TRY(value(part, Shape::folded));
        into_.add(") + 1) = ");
        TRY(value(part, Shape::folded));
        into_.add(")");
        return {};
    }
    // Every text contains the empty one, and replacing that changes nothing.
    into_.add("(");
    TRY(value(part, Shape::folded));
    into_.add(" = '' and ");
    TRY(value(text, Shape::folded));
    into_.add(" is not null or replace(");
    TRY(value(text, Shape::folded));
    into_.add(", ");
    TRY(value(part, Shape::folded));
    into_.add(", '') <> ");
    TRY(value(text, Shape::folded));
    into_.add(")");
    return {};
}

Result<void> compile(const Expression& expression, const Values& context, db::Query& into) {
    db::Query made("expression");
    Compiler compiler(context, made);
    if (expression.type == Type::boolean)
        TRY(compiler.condition(expression, Compiler::Nulls::are_false));
    else
        TRY(compiler.value(expression));
    into.append(made);
    return {};
}

}  // namespace expression
