#include <algorithm>

#include "base/text.h"
#include "core/expression/node.h"

namespace expression {
namespace {

using LookUp = std::function<Result<Value>(const Expression&)>;

bool is_null(const Value& value) {
    return std::holds_alternative<std::monostate>(value);
}

bool fits(const Value& value, Type type) {
    switch (type) {
        case Type::boolean:
            return std::holds_alternative<bool>(value);
        case Type::integer:
        case Type::decimal:
            return std::holds_alternative<Decimal>(value);
        case Type::text:
            return std::holds_alternative<std::string>(value);
        case Type::date:
            return std::holds_alternative<LocalDate>(value);
        case Type::instant:
            return std::holds_alternative<Instant>(value);
        case Type::list_of_text:
            return std::holds_alternative<std::vector<std::string>>(value);
        case Type::null:
            return false;
    }
    return false;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Value date_or_null(std::int64_t days) {
    if (days < first_day || days > last_day) return {};
    return LocalDate{static_cast<std::int32_t>(days)};
}

class Evaluator {
  public:
    Evaluator(const Values& values, const LookUp& look_up) : values_(values), look_up_(look_up) {}

    Result<Value> value(const Expression& node) {
        switch (node.operation) {
            case Operation::constant:
            case Operation::list:
                return node.constant;
            case Operation::name:
                return name(node);
            case Operation::both:
            case Operation::either:
                return logical(node);
            case Operation::negate:
                return !truth(TRY(value(*node.parts[0])));
            case Operation::choose:
                return value(truth(TRY(value(*node.parts[0]))) ? *node.parts[1] : *node.parts[2]);
            case Operation::coalesce:
                return first_known(node);
            case Operation::exists:
            case Operation::count:
            case Operation::sum:
                if (!look_up_) return fail_internal("expression: nobody answers " + node.register_code);
                return look_up_(node);
            default:
                break;
        }
        std::vector<Value> parts;
        for (const Pointer& part : node.parts) parts.push_back(TRY(value(*part)));
        switch (node.operation) {
            case Operation::equal:
                return equal(node, parts);
            case Operation::differs:
                return !equal(node, parts);
            case Operation::less:
            case Operation::at_most:
            case Operation::in:
                return compared(node, parts);
            default:
                break;
        }
        if (std::ranges::any_of(parts, is_null)) return node.type == Type::boolean ? Value(false) : Value();
        if (is_number(node.type)) return number(node, parts);
        return other(node, parts);
    }

  private:
    Result<Value> name(const Expression& node) {
        auto found = values_.find(node.name);
        if (found == values_.end()) found = values_.find("this." + node.name);
        if (found == values_.end()) {
            // A field that isn't given is empty; a name of the record's own row or of the context is forgotten.
            if (!node.place.column.empty() && !node.place.column.starts_with("record.")) return Value();
            return fail_internal("expression: no value for " + node.name);
        }
        const Value& value = found->second;
        if (is_null(value)) return value;
        if (!fits(value, node.type)) return fail_internal("expression: a value of another type for " + node.name);
        if (!is_number(node.type)) return value;
        return Value(TRY(rescale(std::get<Decimal>(value), node.scale)));
    }

    Result<Value> logical(const Expression& node) {
        const bool decides = node.operation == Operation::either;
        for (const Pointer& part : node.parts)
            if (truth(TRY(value(*part))) == decides) return decides;
        return !decides;
    }

    Result<Value> first_known(const Expression& node) {
        for (const Pointer& part : node.parts) {
            Value found = TRY(value(*part));
            if (!is_null(found)) return found;
        }
        return Value();
    }

    static std::int64_t units(const Value& value) { return std::get<Decimal>(value).units; }
    static const std::string& text(const Value& value) { return std::get<std::string>(value); }

    static bool equal(const Expression& node, const std::vector<Value>& parts) {
        if (is_null(parts[0]) || is_null(parts[1])) return is_null(parts[0]) && is_null(parts[1]);
        if (is_number(node.parts[0]->type)) return units(parts[0]) == units(parts[1]);
        if (node.keyed) return collation_key(text(parts[0])) == collation_key(text(parts[1]));
        return parts[0] == parts[1];
    }

    static bool compared(const Expression& node, const std::vector<Value>& parts) {
        if (is_null(parts[0]) || is_null(parts[1])) return false;
        if (node.operation == Operation::in) return is_in(node, parts);
        int order = 0;
        if (is_number(node.parts[0]->type))
            order = units(parts[0]) < units(parts[1]) ? -1 : units(parts[0]) > units(parts[1]);
        else if (node.keyed)
            order = collation_key(text(parts[0])).compare(collation_key(text(parts[1])));
        else
            order = parts[0] < parts[1] ? -1 : parts[1] < parts[0];
        return node.operation == Operation::less ? order < 0 : order <= 0;
    }

    static bool is_in(const Expression& node, const std::vector<Value>& parts) {
        const auto& list = std::get<std::vector<std::string>>(parts[1]);
        return std::ranges::any_of(list, [&](const std::string& each) {
            return node.keyed ? collation_key(each) == collation_key(text(parts[0])) : each == text(parts[0]);
        });
    }

    static Value of_units(const Expression& node, std::optional<std::int64_t> units) {
        if (!units) return {};
        return Decimal{*units, node.scale};
    }

    static Value number(const Expression& node, const std::vector<Value>& parts) {
        const auto of = [&](std::size_t at) { return Wide{units(parts[at])}; };
        switch (node.operation) {
            case Operation::add:
                return of_units(node, checked(of(0) + of(1)));
            case Operation::subtract:
                return of_units(node, checked(of(0) - of(1)));
            case Operation::multiply:
                return of_units(node, checked(of(0) * of(1)));
            case Operation::divide:
                return of_units(node, quotient(units(parts[0]), units(parts[1])));
            case Operation::upscale:
                return of_units(node, up(units(parts[0]), node.scale - node.parts[0]->scale));
            case Operation::round:
                return of_units(node, down(units(parts[0]), node.parts[0]->scale - node.scale));
            case Operation::absolute:
                return of_units(node, std::abs(units(parts[0])));
            case Operation::minimum:
                return of_units(node, std::min(units(parts[0]), units(parts[1])));
            case Operation::maximum:
                return of_units(node, std::max(units(parts[0]), units(parts[1])));
            case Operation::length:
                return of_units(node, static_cast<std::int64_t>(code_points(text(parts[0]))));
            case Operation::days_between:
                return of_units(node,
                                std::int64_t{std::get<LocalDate>(parts[0]).days} - std::get<LocalDate>(parts[1]).days);
            case Operation::year:
                return of_units(node, std::get<LocalDate>(parts[0]).year());
            case Operation::month:
                return of_units(node, std::get<LocalDate>(parts[0]).month());
            case Operation::day:
                return of_units(node, std::get<LocalDate>(parts[0]).day());
            default:
                return {};
        }
    }

    static Value other(const Expression& node, const std::vector<Value>& parts) {
        switch (node.operation) {
            case Operation::join:
                return text(parts[0]) + text(parts[1]);
            case Operation::lower:
                return ::lower(text(parts[0]));
            case Operation::alike:
                return alike_form(text(parts[0])) == alike_form(text(parts[1]));
            case Operation::contains:
                return folded_form(text(parts[0])).contains(folded_form(text(parts[1])));
            case Operation::starts_with:
                return folded_form(text(parts[0])).starts_with(folded_form(text(parts[1])));
            case Operation::ends_with:
                return folded_form(text(parts[0])).ends_with(folded_form(text(parts[1])));
            case Operation::add_days:
                return date_or_null(std::get<LocalDate>(parts[0]).days + units(parts[1]));
            case Operation::date_of_instant:
                return local_date(std::get<Instant>(parts[0]));
            case Operation::minimum:
                return std::min(std::get<LocalDate>(parts[0]), std::get<LocalDate>(parts[1]));
            case Operation::maximum:
                return std::max(std::get<LocalDate>(parts[0]), std::get<LocalDate>(parts[1]));
            default:
                return {};
        }
    }

    const Values& values_;
    const LookUp& look_up_;
};

}  // namespace

Result<Value> evaluate(const Expression& expression, const Values& values, const LookUp& look_up) {
    return Evaluator(values, look_up).value(expression);
}

bool truth(const Value& value) {
    const bool* held = std::get_if<bool>(&value);
    return held != nullptr && *held;
}

}  // namespace expression
