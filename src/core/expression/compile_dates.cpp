#include <algorithm>

#include "core/expression/compiler.h"

// Dates are ISO texts, and the engines share no function of dates: a day is counted by the Julian day number, in
// integers.
namespace expression {
namespace {

/// Days counted so that no division meets a negative number: 1,000,000 days before 1970-01-01.
constexpr std::int64_t day_shift = 1'000'000;
constexpr std::int64_t milliseconds_a_day = 86'400'000;
constexpr std::int64_t zone = 7 * 3'600'000;

}  // namespace

bool Compiler::is_written(const Expression& node) const {
    if (is_known(node) || node.operation == Operation::name) return true;
    if (node.operation == Operation::coalesce)
        return std::ranges::all_of(node.parts, [this](const Pointer& part) { return is_written(*part); });
    return node.operation == Operation::choose && is_written(*node.parts[1]) && is_written(*node.parts[2]);
}

bool Compiler::is_calendar_part(const Expression& node) {
    switch (node.operation) {
        case Operation::year:
        case Operation::month:
        case Operation::day:
        case Operation::days_between:
            return true;
        default:
            return false;
    }
}

Result<void> Compiler::days_of_column(const Expression& name) {
    const auto part = [&](db::Literal place) {
        into_.add("cast(substr(");
        column(name.place.column, name.inner);
        into_.add(place).add(" as bigint)");
    };
    into_.add(
        "(select v.d + (153 * v.m + 2) / 5 + 365 * v.y + v.y / 4 - v.y / 100 + v.y / 400 - 2472633 from (select ");
    part(", 1, 4)");
    into_.add(" + 4800 - (14 - ");
    part(", 6, 2)");
    into_.add(") / 12 as y, ");
    part(", 6, 2)");
    into_.add(" + (14 - ");
    part(", 6, 2)");
    into_.add(") / 12 * 12 - 3 as m, ");
    part(", 9, 2)");
    into_.add(" as d) v)");
    return {};
}

Result<void> Compiler::days(const Expression& node) {
    switch (node.operation) {
        case Operation::add_days:
            into_.add("(select case when v.n between ");
            integer(first_day);
            into_.add(" and ");
            integer(last_day);
            into_.add(" then v.n end from (select ");
            TRY(value(*node.parts[0], Shape::days));
            into_.add(" + ");
            TRY(value(*node.parts[1]));
            into_.add(" as n) v)");
            return {};
        case Operation::date_of_instant:
            into_.add("((");
            TRY(value(*node.parts[0]));
            into_.add(" + ");
            integer(zone + day_shift * milliseconds_a_day);
            into_.add(") / ");
            integer(milliseconds_a_day);
            into_.add(" - ");
            integer(day_shift);
            into_.add(")");
            return {};
        case Operation::minimum:
        case Operation::maximum:
            return extreme(node, Shape::days);
        default:
            return fail_internal("expression: no date");
    }
}

Result<void> Compiler::calendar_part(const Expression& node) {
    const Expression& date = *node.parts[0];
    if (node.operation == Operation::days_between) return between(node, "(", " - ", ")", Shape::days);
    if (is_written(date)) {
        into_.add("cast(substr(");
        TRY(value(date));
        into_.add(node.operation == Operation::year    ? db::Literal(", 1, 4) as bigint)")
                  : node.operation == Operation::month ? db::Literal(", 6, 2) as bigint)")
                                                       : db::Literal(", 9, 2) as bigint)"));
        return {};
    }
    // From a Julian day number to the Gregorian calendar (E. G. Richards, Explanatory Supplement to the Astronomical
    // Almanac, 2013).
    switch (node.operation) {
        case Operation::year:
            into_.add("(select v.e / 1461 - 4716 + (13 - ((5 * (v.e % 1461 / 4) + 2) / 153 + 2) % 12) / 12");
            break;
        case Operation::month:
            into_.add("(select ((5 * (v.e % 1461 / 4) + 2) / 153 + 2) % 12 + 1");
            break;
        default:
            into_.add("(select (5 * (v.e % 1461 / 4) + 2) % 153 / 5 + 1");
            break;
    }
    into_.add(
        " from (select 4 * (j.n + 2441951 + (4 * (j.n + 2440588) + 274277) / 146097 * 3 / 4) + 3 as e from (select ");
    TRY(value(date, Shape::days));
    into_.add(" as n) j) v)");
    return {};
}

}  // namespace expression
