#include "core/expression/compiler.h"

// SQL has no names for intermediate results, so a part needed twice is selected from once: (select … from (select X as
// n) v). A sum of two guarded numbers fits 64 bits; a product is looked at before it is made, because PostgreSQL
// refuses what overflows and SQLite turns it into a float.
namespace expression {

Result<void> Compiler::numbers(const Expression& node) {
    switch (node.operation) {
        case Operation::add:
            return node.guarded ? guarded(node, " + ") : between(node, "(", " + ", ")");
        case Operation::subtract:
            return node.guarded ? guarded(node, " - ") : between(node, "(", " - ", ")");
        case Operation::multiply:
            return node.guarded ? multiply(node) : between(node, "(", " * ", ")");
        case Operation::divide:
            return divide(node);
        case Operation::upscale:
            return upscale(node);
        case Operation::round:
            return round(node);
        case Operation::minimum:
        case Operation::maximum:
            return extreme(node, Shape::plain);
        case Operation::absolute:
            into_.add("abs(");
            TRY(value(*node.parts[0]));
            into_.add(")");
            return {};
        default:
            return fail_internal("expression: no number");
    }
}

Result<void> Compiler::guarded(const Expression& node, db::Literal sign) {
    into_.add("(select case when v.n between ");
    integer(-largest);
    into_.add(" and ");
    integer(largest);
    into_.add(" then v.n end from (select ");
    TRY(between(node, "", sign, ""));
    into_.add(" as n) v)");
    return {};
}

Result<void> Compiler::multiply(const Expression& node) {
    into_.add("(select case when v.b = 0 then v.a * 0 when abs(v.a) <= ");
    integer(largest);
    into_.add(" / abs(v.b) then v.a * v.b end from (select ");
    TRY(between(node, "", " as a, ", " as b) v)"));
    return {};
}

Result<void> Compiler::divide(const Expression& node) {
    into_.add(
        "(select v.a / v.b + case when abs(v.a % v.b) >= abs(v.b) - abs(v.a % v.b)"
        " then case when (v.a < 0) = (v.b < 0) then 1 else -1 end else 0 end from (select ");
    TRY(value(*node.parts[0]));
    into_.add(" as a, nullif(");
    TRY(value(*node.parts[1]));
    into_.add(", 0) as b) v)");
    return {};
}

Result<void> Compiler::upscale(const Expression& node) {
    const std::int64_t power = power_of_ten(node.scale - node.parts[0]->scale);
    if (!node.guarded) {
        into_.add("(");
        TRY(value(*node.parts[0]));
        into_.add(" * ");
        integer(power);
        into_.add(")");
        return {};
    }
    into_.add("(select case when v.n between ");
    integer(-(largest / power));
    into_.add(" and ");
    integer(largest / power);
    into_.add(" then v.n * ");
    integer(power);
    into_.add(" end from (select ");
    TRY(value(*node.parts[0]));
    into_.add(" as n) v)");
    return {};
}

Result<void> Compiler::round(const Expression& node) {
    const std::int64_t power = power_of_ten(node.parts[0]->scale - node.scale);
    into_.add("(select (v.n + case when v.n < 0 then ");
    integer(-(power / 2));
    into_.add(" else ");
    integer(power / 2);
    into_.add(" end) / ");
    integer(power);
    into_.add(" from (select ");
    TRY(value(*node.parts[0]));
    into_.add(" as n) v)");
    return {};
}

Result<void> Compiler::extreme(const Expression& node, Shape shape) {
    if (node.operation == Operation::minimum)
        into_.add("(select case when v.a <= v.b then v.a when v.b < v.a then v.b end from (select ");
    else
        into_.add("(select case when v.a >= v.b then v.a when v.b > v.a then v.b end from (select ");
    return between(node, "", " as a, ", " as b) v)", shape);
}

}  // namespace expression
