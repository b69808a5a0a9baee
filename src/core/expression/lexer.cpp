#include "core/expression/lexer.h"

#include <array>

#include "base/text.h"
#include "core/expression/expression.h"
#include "core/expression/suggestion.h"

namespace expression {
namespace {

constexpr std::array<std::string_view, 20> signs = {"||", "&&", "==", "!=", "<=", ">=", "!", "<", ">", "+",
                                                    "-",  "*",  "/",  "(",  ")",  "[",  "]", ",", ".", "="};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Result<std::vector<Token>> read() {
        std::vector<Token> found;
        for (;;) {
            skip_white();
            Token token;
            token.position = position_;
            if (at_ == text_.size()) {
                found.push_back(std::move(token));
                return found;
            }
            TRY(read_one(token));
            found.push_back(std::move(token));
        }
    }

  private:
    Result<void> read_one(Token& token) {
        const char c = text_[at_];
        if (c == '"' || c == '\'') return read_text(token, c);
        if (is_digit(c)) return read_number(token);
        if (starts_name(c)) {
            token.kind = Token::Kind::name;
            while (at_ < text_.size() && (starts_name(text_[at_]) || is_digit(text_[at_]))) token.text += take();
            return {};
        }
        for (const std::string_view sign : signs) {
            if (!text_.substr(at_).starts_with(sign)) continue;
            token.kind = Token::Kind::sign;
            token.text = sign;
            for (std::size_t i = 0; i < sign.size(); ++i) take();
            return {};
        }
        std::string character(1, take());
        while (at_ < text_.size() && is_continuation(text_[at_])) character += take();
        return fail_at(token.position, "expression.bad_character", {{"found", character}});
    }

    Result<void> read_text(Token& token, char quote) {
        token.kind = Token::Kind::text;
        take();
        while (at_ < text_.size() && text_[at_] != quote) {
            char c = take();
            if (c == '\\') {
                if (at_ == text_.size()) break;
                c = take();
                if (c == 'n')
                    c = '\n';
                else if (c != '\\' && c != '"' && c != '\'')
                    return fail_at(token.position, "expression.bad_character", {{"found", std::string("\\") + c}});
            }
            token.text += c;
        }
        if (at_ == text_.size()) return fail_at(token.position, "expression.open_text");
        take();
        // Texts of records are kept clean, so a text compared with them is too; the spaces around it are meant.
        const std::string_view inner = trim(token.text);
        auto cleaned = clean_text(inner);
        if (!cleaned) return fail_at(token.position, "expression.bad_character", {{"found", "\"…\""}});
        if (!inner.empty()) {
            const std::size_t begin = static_cast<std::size_t>(inner.data() - token.text.data());
            token.text.replace(begin, inner.size(), *cleaned);
        }
        return {};
    }

    Result<void> read_number(Token& token) {
        token.kind = Token::Kind::number;
        std::string digits;
        while (at_ < text_.size() && is_digit(text_[at_])) digits += take();
        if (at_ + 1 < text_.size() && text_[at_] == '.' && is_digit(text_[at_ + 1])) {
            take();
            while (at_ < text_.size() && is_digit(text_[at_])) {
                digits += take();
                ++token.number.scale;
            }
        }
        const bool glued = at_ < text_.size() && starts_name(text_[at_]);
        if (digits.size() > 15 || token.number.scale > 6 || glued)
            return fail_at(token.position, "expression.bad_number", {{"found", digits}});
        for (const char digit : digits) token.number.units = token.number.units * 10 + (digit - '0');
        return {};
    }

    void skip_white() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
            take();
    }

    char take() {
        const char c = text_[at_++];
        if (c == '\n') {
            ++position_.line;
            position_.column = 1;
        } else if (!is_continuation(c)) {
            ++position_.column;
        }
        return c;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Position position_;
};

}  // namespace

std::unexpected<Error> fail_at(Position position, std::string_view message, std::vector<MessageArgument> arguments) {
    arguments.insert(arguments.begin(),
                     {{"line", std::to_string(position.line)}, {"column", std::to_string(position.column)}});
    return fail(ErrorCode::invalid, message, {}, std::move(arguments));
}

std::unexpected<Error> fail_unknown(Position position, std::string message, std::string argument, std::string_view word,
                                    const std::vector<std::string>& known) {
    std::vector<MessageArgument> arguments{{std::move(argument), std::string(word)}};
    std::string near = nearest_word(word, known);
    if (!near.empty()) {
        message += "_near";
        arguments.push_back({"suggestion", std::move(near)});
    }
    return fail_at(position, message, std::move(arguments));
}

Result<std::vector<Token>> tokens(std::string_view text) {
    if (text.size() > longest)
        return fail(ErrorCode::too_large, "expression.too_long", {}, {{"limit", std::to_string(longest)}});
    return Lexer(text).read();
}

}  // namespace expression
