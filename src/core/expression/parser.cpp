#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/messages.h"
#include "core/expression/typing.h"

namespace expression {
namespace {

struct Level {
    std::array<std::string_view, 7> signs;
    bool chained;
};

/// From the loosest to the tightest. Comparisons don't chain: a < b < c is refused.
constexpr std::array<Level, 5> levels = {{
    {{"||"}, true},
    {{"&&"}, true},
    {{"==", "!=", "<", "<=", ">", ">=", "in"}, false},
    {{"+", "-"}, true},
    {{"*", "/"}, true},
}};

class Parser {
  public:
    Parser(std::vector<Token> tokens, const Environment& environment)
        : tokens_(std::move(tokens)), environment_(environment) {}

    Result<Pointer> read() {
        Pointer whole = TRY(binary(0));
        if (token().kind != Token::Kind::end) return unexpected_word("&&");
        return whole;
    }

  private:
    Result<Pointer> binary(std::size_t level) {
        if (level == levels.size()) return unary();
        Pointer left = TRY(binary(level + 1));
        for (;;) {
            const Position at = token().position;
            const std::string sign = token().text;
            if (!is_sign_of(levels[level])) return left;
            ++at_;
            Pointer right = TRY(binary(level + 1));
            left = TRY(make_binary(at, sign, std::move(left), std::move(right)));
            if (!levels[level].chained && is_sign_of(levels[level])) return unexpected_word("&&");
        }
    }

    bool is_sign_of(const Level& level) const {
        const Token& word = token();
        if (word.kind != Token::Kind::sign && !(word.kind == Token::Kind::name && word.text == "in")) return false;
        return std::ranges::any_of(level.signs,
                                   [&](std::string_view sign) { return !sign.empty() && sign == word.text; });
    }

    Result<Pointer> unary() {
        const Position at = token().position;
        // Signs and brackets are the only ways to nest without end.
        if (++nested_ > deepest) return fail_at(at, "expression.too_deep");
        Result<Pointer> made = is_sign("!") || is_sign("-") ? signed_part(at) : primary();
        --nested_;
        return made;
    }

    Result<Pointer> signed_part(Position at) {
        const std::string sign = tokens_[at_++].text;
        Pointer part = TRY(unary());
        return make_unary(at, sign, std::move(part));
    }

    Result<Pointer> primary() {
        const Token& word = token();
        switch (word.kind) {
            case Token::Kind::number:
                ++at_;
                return make_constant(word.number.scale == 0 ? Type::integer : Type::decimal, word.number,
                                     word.number.scale);
            case Token::Kind::text:
                ++at_;
                return make_constant(Type::text, word.text);
            case Token::Kind::name:
                return name_or_call();
            default:
                break;
        }
        if (is_sign("(")) {
            ++at_;
            Pointer inside = TRY(binary(0));
            TRY(expect(")"));
            return inside;
        }
        if (is_sign("[")) {
            const Position at = word.position;
            ++at_;
            return make_list(at, TRY(arguments("]")));
        }
        return unexpected_thing("expression.a_value");
    }

    Result<Pointer> name_or_call() {
        const Token word = tokens_[at_++];
        if (word.text == "true") return make_constant(Type::boolean, true);
        if (word.text == "false") return make_constant(Type::boolean, false);
        if (word.text == "null") return make_constant(Type::null, Value());
        if (is_sign("(")) {
            ++at_;
            if (word.text == "exists" || word.text == "count" || word.text == "sum") return aggregate(word);
            std::vector<Pointer> parts = TRY(arguments(")"));
            return make_call(word.position, word.text, std::move(parts));
        }
        if (word.text != "this")
            return name(word, inner_ == nullptr ? environment_ : inner_->environment, inner_ != nullptr);
        TRY(expect("."));
        if (token().kind != Token::Kind::name) return unexpected_thing("expression.a_field");
        const Token field = tokens_[at_++];
        return name(field, environment_, false);
    }

    Result<Pointer> name(const Token& word, const Environment& environment, bool inner) {
        const auto found = environment.names.find(word.text);
        if (found == environment.names.end()) {
            std::vector<std::string> known;
            for (const auto& [each, unused] : environment.names) known.push_back(each);
            return fail_unknown(word.position, "expression.unknown_name", "name", word.text, known);
        }
        Expression node;
        node.operation = Operation::name;
        node.place = found->second;
        node.type = node.place.type;
        node.scale = node.type == Type::decimal ? node.place.scale : 0;
        node.bound = is_number(node.type) ? Wide{node.place.bound} : 0;
        node.name = word.text;
        node.inner = inner;
        if (inner && node.place.column.starts_with("record.")) reads_record_ = true;
        return finish(word.position, std::move(node), 0);
    }

    /// exists(register[, condition]), count(register[, condition]), sum(register, number[, condition])
    Result<Pointer> aggregate(const Token& function) {
        if (inner_ != nullptr) return fail_at(function.position, "expression.nested_aggregate");
        if (token().kind != Token::Kind::name) return unexpected_thing("expression.a_register");
        const Token code = tokens_[at_++];
        inner_ = environment_.source ? environment_.source(code.text) : nullptr;
        if (inner_ == nullptr) return fail_at(code.position, "expression.unknown_register", {{"register", code.text}});
        reads_record_ = false;
        auto made = aggregate_over(function, code.text);
        inner_ = nullptr;
        return made;
    }

    Result<Pointer> aggregate_over(const Token& function, const std::string& code) {
        Expression node;
        node.register_code = code;
        node.table = inner_->table;
        node.operation = function.text == "exists"  ? Operation::exists
                         : function.text == "count" ? Operation::count
                                                    : Operation::sum;
        node.type = node.operation == Operation::exists ? Type::boolean : Type::integer;
        node.bound = node.operation == Operation::count ? Wide{1'000'000'000'000} : 0;
        if (is_sign(",")) {
            ++at_;
            node.parts = TRY(arguments(")"));
        } else {
            TRY(expect(")"));
        }
        const bool sum = node.operation == Operation::sum;
        const std::string usage = sum ? "sum(register, number, condition)" : function.text + "(register, condition)";
        const std::size_t limit = sum ? 2 : 1;
        const bool counted_right = sum ? !node.parts.empty() && is_number(node.parts[0]->type) : true;
        if (node.parts.size() > limit || !counted_right)
            return fail_at(function.position, "expression.wrong_arguments",
                           {{"function", function.text}, {"usage", usage}});
        if (sum) {
            node.type = node.parts[0]->type;
            node.scale = node.parts[0]->scale;
            node.bound = Wide{largest} + 1;  // a sum may lead beyond: it is guarded
        }
        if (node.parts.size() == limit)
            TRY(require(function.position, *node.parts.back(), Type::boolean, function.text));
        node.joins_record = reads_record_;
        node.asking_agency = TRY(asking("agency"));
        node.asking_id = TRY(asking("id"));
        return finish(function.position, std::move(node), sum ? 30 : 14);
    }

    /// What the record that asks is called by; none where the environment doesn't say.
    Result<Pointer> asking(std::string_view code) {
        if (!environment_.names.contains(code)) return Pointer();
        Token word;
        word.text = code;
        return name(word, environment_, false);
    }

    Result<std::vector<Pointer>> arguments(std::string_view close) {
        std::vector<Pointer> parts;
        if (is_sign(close)) {
            ++at_;
            return parts;
        }
        for (;;) {
            parts.push_back(TRY(binary(0)));
            if (is_sign(close)) {
                ++at_;
                return parts;
            }
            TRY(expect(","));
        }
    }

    const Token& token() const { return tokens_[at_]; }
    bool is_sign(std::string_view sign) const { return token().kind == Token::Kind::sign && token().text == sign; }

    Result<void> expect(std::string_view sign) {
        if (!is_sign(sign)) return unexpected_word(sign);
        ++at_;
        return {};
    }

    /// A sign was needed, which is the same in every language.
    std::unexpected<Error> unexpected_word(std::string_view sign) const {
        return unexpected({{"expected", fmt::format("“{}”", sign)}});
    }
    /// Something that has a name in each language was needed: the code of its text.
    std::unexpected<Error> unexpected_thing(std::string_view code) const {
        std::vector<MessageArgument> arguments;
        messages::add_text(arguments, "expected", code);
        return unexpected(std::move(arguments));
    }
    std::unexpected<Error> unexpected(std::vector<MessageArgument> arguments) const {
        if (token().kind == Token::Kind::end)
            return fail_at(token().position, "expression.ends_early", std::move(arguments));
        arguments.push_back({"found", token().text});
        return fail_at(token().position, "expression.syntax", std::move(arguments));
    }

    std::vector<Token> tokens_;
    const Environment& environment_;
    const Source* inner_ = nullptr;  ///< where the aggregate being read looks
    std::size_t at_ = 0;
    int nested_ = 0;
    bool reads_record_ = false;
};

void collect(const Expression& node, std::vector<std::string>& names, std::vector<std::string>& registers) {
    if (node.operation == Operation::name && !node.inner) names.push_back(node.name);
    if (is_aggregate(node.operation)) registers.push_back(node.register_code);
    for (const Pointer& part : node.parts) collect(*part, names, registers);
}

std::vector<std::string> once(std::vector<std::string> words) {
    std::ranges::sort(words);
    const auto repeated = std::ranges::unique(words);
    words.erase(repeated.begin(), repeated.end());
    return words;
}

}  // namespace

Result<Pointer> parse(std::string_view text, const Environment& environment) {
    return Parser(TRY(tokens(text)), environment).read();
}

std::vector<std::string> names(const Expression& expression) {
    std::vector<std::string> found, registers;
    collect(expression, found, registers);
    return once(std::move(found));
}

std::vector<std::string> registers_asked(const Expression& expression) {
    std::vector<std::string> found, registers;
    collect(expression, found, registers);
    return once(std::move(registers));
}

bool asks_other_records(const Expression& expression) {
    if (is_aggregate(expression.operation)) return true;
    return std::ranges::any_of(expression.parts, [](const Pointer& part) { return asks_other_records(*part); });
}

bool runs_as_sql(const Expression& expression) {
    if (expression.operation == Operation::lower && !is_free(expression)) return false;
    return std::ranges::all_of(expression.parts, [](const Pointer& part) { return runs_as_sql(*part); });
}

Type type(const Expression& expression) {
    return expression.type;
}
int scale(const Expression& expression) {
    return expression.scale;
}

}  // namespace expression
