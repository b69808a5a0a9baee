#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace db {

/// A piece of SQL. Pieces follow each other without a gap: joined they give the text again.
struct Token {
    enum class Kind {
        space,
        comment,
        word,       ///< a name, keyword or number
        quoted,     ///< '…', "…" or $tag$…$tag$
        parameter,  ///< ?12
        symbol,     ///< any other single character
    };
    Kind kind = Kind::symbol;
    std::string_view text;
    bool is(std::string_view lower) const;  ///< the same word, whatever its case
    bool blank() const { return kind == Kind::space || kind == Kind::comment; }
};

std::vector<Token> tokens(std::string_view sql);

/// "?3" as "$3", outside of quotes and comments.
std::string dollar_parameters(std::string_view sql);
/// Every "?n" as "?(n+offset)".
std::string shift_parameters(std::string_view sql, std::size_t offset);
/// True when the text has a '?' that would be read as a parameter.
bool has_parameters(std::string_view sql);
/// The statements of a script, each without its last semicolon. A trigger's body stays in one piece.
std::vector<std::string> statements(std::string_view script);
/// The text with all that stands in quotes replaced by "…": an engine's message may repeat a value there.
std::string without_quoted(std::string_view message);

}  // namespace db
