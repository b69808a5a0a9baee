#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"

namespace expression {

/// Where a word stands in the text, both counted from 1; columns in characters.
struct Position {
    int line = 1;
    int column = 1;
};

struct Token {
    enum class Kind { name, number, text, sign, end } kind = Kind::end;
    std::string text;  ///< name, sign as written, or a text without its quotes
    Decimal number;
    Position position;
};

/// `return fail_at(position, "expression.syntax", {{"found", "…"}});`
std::unexpected<Error> fail_at(Position, std::string_view message, std::vector<MessageArgument> arguments = {});

/// The same with the nearest of the known words as {suggestion}; then the message ends in "_near".
std::unexpected<Error> fail_unknown(Position, std::string message, std::string argument, std::string_view word,
                                    const std::vector<std::string>& known);

/// The words of an expression, the last of kind end. Errors: invalid "expression.bad_character",
/// "expression.open_text", "expression.bad_number", too_large "expression.too_long".
Result<std::vector<Token>> tokens(std::string_view text);

}  // namespace expression
