#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/expression/arithmetic.h"
#include "core/expression/expression.h"

namespace expression {

enum class Operation {
    constant,
    name,
    list,
    both,
    either,
    negate,
    equal,
    differs,
    less,
    at_most,
    in,
    add,
    subtract,
    multiply,
    divide,
    upscale,
    round,
    absolute,
    minimum,
    maximum,
    join,
    length,
    lower,
    starts_with,
    ends_with,
    contains,
    alike,
    add_days,
    days_between,
    year,
    month,
    day,
    date_of_text,
    date_of_instant,
    coalesce,
    choose,
    exists,
    count,
    sum,
};

/// One node of a checked expression. Numbers beside each other have been brought to one scale by `upscale` nodes.
class Expression {
  public:
    Operation operation = Operation::constant;
    Type type = Type::null;
    int scale = 0;
    Wide bound = 0;        ///< of a number: |units| never exceeds it
    bool guarded = false;  ///< its parts could lead beyond `largest`: then it is null
    int depth = 1;
    int stack = 4;  ///< what SQLite's parser needs of its hundred places, at the most
    Value constant = {};
    std::string name = {};  ///< without "this."
    Name place = {};
    bool inner = false;              ///< a name of the register an aggregate looks at
    bool keyed = false;              ///< texts compared by collation key
    std::string register_code = {};  ///< of an aggregate
    std::string table = {};
    bool joins_record = false;   ///< of an aggregate: its condition reads the row in `record`
    Pointer asking_agency = {};  ///< of an aggregate: the names "agency" and "id" of the record that asks
    Pointer asking_id = {};
    std::vector<Pointer> parts = {};
};

inline bool is_number(Type type) {
    return type == Type::integer || type == Type::decimal;
}
inline bool is_aggregate(Operation operation) {
    return operation >= Operation::exists;
}
/// What alike() compares: the folded form without its spaces.
std::string alike_form(std::string_view text);
/// No column is read anywhere below: the value is known before any row.
bool is_free(const Expression&);

}  // namespace expression
