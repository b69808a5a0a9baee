#pragma once
#include <string_view>
#include <vector>

#include "core/expression/lexer.h"
#include "core/expression/node.h"

/// Makes checked nodes out of checked parts.
namespace expression {

Result<Pointer> make_binary(Position, std::string_view sign, Pointer left, Pointer right);
Result<Pointer> make_unary(Position, std::string_view sign, Pointer part);
Result<Pointer> make_list(Position, const std::vector<Pointer>& items);
/// Every function but exists, count and sum. Errors: "expression.unknown_function", "expression.wrong_arguments".
Result<Pointer> make_call(Position, std::string_view function, std::vector<Pointer> parts);
Pointer make_constant(Type, Value, int scale = 0);
/// Completes depth and stack from the parts. Errors: "expression.too_deep".
Result<Pointer> finish(Position, Expression node, int stack);

/// Brings numbers to one scale and checks that types agree; null goes with anything. Gives the type they have in
/// common.
Result<Type> agree(Position, std::string_view sign, std::vector<Pointer>& parts);
Result<Pointer> rescaled(Position, Pointer number, int scale);
Result<void> require(Position, const Expression&, Type, std::string_view where);
std::vector<std::string> function_names();

}  // namespace expression
