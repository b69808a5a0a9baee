#include "db/lexer.h"

#include <charconv>

#include <fmt/format.h>

namespace db {
namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

template <class Test>
std::size_t run_of(std::string_view text, std::size_t from, Test test) {
    while (from < text.size() && test(text[from])) ++from;
    return from;
}

std::size_t end_of_quote(std::string_view text, std::size_t from, char quote, char escape) {
    for (std::size_t at = from + 1; at < text.size(); ++at) {
        if (escape != 0 && text[at] == escape) {
            ++at;
        } else if (text[at] == quote) {
            if (at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
            ++at;
        }
    }
    return text.size();
}

/// The end of what begins at `mark`, or the end of the text.
std::size_t after(std::string_view text, std::size_t from, std::string_view mark) {
    const std::size_t at = text.find(mark, from);
    return at == std::string_view::npos ? text.size() : at + mark.size();
}

/// $tag$ … $tag$ (PostgreSQL); 0 when the dollar opens nothing.
std::size_t end_of_dollar_quote(std::string_view text, std::size_t from) {
    const std::size_t name = run_of(text, from + 1, is_word);
    if (name >= text.size() || text[name] != '$' || (from + 1 < name && is_digit(text[from + 1]))) return 0;
    return after(text, name + 1, text.substr(from, name + 1 - from));
}

Token token_at(std::string_view sql, std::size_t at) {
    using Kind = Token::Kind;
    const auto make = [&](Kind kind, std::size_t end) { return Token{kind, sql.substr(at, end - at)}; };
    const char c = sql[at];
    const char next = at + 1 < sql.size() ? sql[at + 1] : '\0';
    if (is_space(c)) return make(Kind::space, run_of(sql, at, is_space));
    if (c == '-' && next == '-') return make(Kind::comment, std::min(sql.size(), sql.find('\n', at)));
    if (c == '/' && next == '*') return make(Kind::comment, after(sql, at + 2, "*/"));
    if ((c == 'e' || c == 'E') && next == '\'') return make(Kind::quoted, end_of_quote(sql, at + 1, '\'', '\\'));
    if (c == '\'' || c == '"') return make(Kind::quoted, end_of_quote(sql, at, c, '\0'));
    if (c == '$') {
        const std::size_t end = end_of_dollar_quote(sql, at);
        if (end != 0) return make(Kind::quoted, end);
    }
    if (c == '?' && is_digit(next)) return make(Kind::parameter, run_of(sql, at + 1, is_digit));
    if (is_word(c)) return make(Kind::word, run_of(sql, at, is_word));
    return make(Kind::symbol, at + 1);
}

/// Whether a statement so far is a trigger with a body still open: "; end" must come before its last semicolon.
class TriggerBody {
  public:
    void see(const Token& token) {
        if (token.blank()) return;
        if (words_ < 3 && token.is("trigger")) trigger_ = true;
        if (trigger_ && token.is("begin")) open_ = true;
        if (open_ && ended_ && token.text == ";") open_ = false;
        ended_ = semicolon_ && token.is("end");
        semicolon_ = token.text == ";";
        ++words_;
    }
    bool open() const { return open_; }

  private:
    int words_ = 0;
    bool trigger_ = false;
    bool open_ = false;
    bool semicolon_ = false;
    bool ended_ = false;
};

}  // namespace

bool Token::is(std::string_view lower) const {
    if (kind != Kind::word || text.size() != lower.size()) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lower[at]) return false;
    }
    return true;
}

std::vector<Token> tokens(std::string_view sql) {
    std::vector<Token> all;
    for (std::size_t at = 0; at < sql.size();) {
        all.push_back(token_at(sql, at));
        at += all.back().text.size();
    }
    return all;
}

std::string dollar_parameters(std::string_view sql) {
    std::string out;
    out.reserve(sql.size());
    for (const Token& token : tokens(sql)) {
        if (token.kind == Token::Kind::parameter) {
            out.append("$").append(token.text.substr(1));
        } else {
            out.append(token.text);
        }
    }
    return out;
}

std::string shift_parameters(std::string_view sql, std::size_t offset) {
    std::string out;
    for (const Token& token : tokens(sql)) {
        if (token.kind == Token::Kind::parameter) {
            std::size_t number = 0;
            std::from_chars(token.text.data() + 1, token.text.data() + token.text.size(), number);
            out += fmt::format("?{}", number + offset);
        } else {
            out.append(token.text);
        }
    }
    return out;
}

bool has_parameters(std::string_view sql) {
    if (sql.find_first_of("?:@$") == std::string_view::npos) return false;
    for (const Token& token : tokens(sql)) {
        if (token.kind == Token::Kind::parameter || token.text == "?") return true;
    }
    return false;
}

std::vector<std::string> statements(std::string_view script) {
    std::vector<std::string> all;
    std::string current;
    bool something = false;
    TriggerBody body;
    const auto finish = [&] {
        if (something) {
            current.erase(current.find_last_not_of(" \t\r\n") + 1);
            all.push_back(current);
        }
        current.clear();
        something = false;
        body = {};
    };
    for (const Token& token : tokens(script)) {
        body.see(token);
        if (token.kind == Token::Kind::symbol && token.text == ";" && !body.open()) {
            finish();
            continue;
        }
        if (!token.blank()) something = true;
        if (something) current.append(token.text);
    }
    finish();
    return all;
}

std::string without_quoted(std::string_view message) {
    std::string out;
    for (std::size_t at = 0; at < message.size();) {
        const char c = message[at];
        if (c != '"' && c != '\'') {
            out += c;
            ++at;
            continue;
        }
        const std::size_t last = message.rfind(c);
        // An apostrophe alone ends nothing; then the rest of the message goes.
        out += "…";
        at = last == at ? message.size() : last + 1;
    }
    return out;
}

}  // namespace db
