#include "core/search/terms.h"

#include <map>

#include <fmt/format.h>

namespace search {
namespace {

constexpr std::size_t most_terms = 16;
constexpr std::size_t most_vector_bytes = 900'000;  ///< PostgreSQL takes 1,048,575
constexpr std::size_t most_positions = 200;         ///< of one lexeme; PostgreSQL keeps 255
constexpr std::size_t last_position = 16'383;

const std::string& form_of(const Word& word, Form form) {
    return form == Form::exact ? word.exact : word.folded;
}

/// Terms one by one, joined by `joint`; each by `write`.
template <class Write>
std::string joined(const std::vector<Term>& terms, std::string_view joint, Write write) {
    std::string text;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        if (i > 0) text += joint;
        text += write(terms[i], i + 1 == terms.size());
    }
    return text;
}

std::string fts5_words(const std::vector<Term>& terms, Form form) {
    return joined(terms, " AND ", [&](const Term& term, bool last) {
        std::string text = "\"";
        for (std::size_t i = 0; i < term.size(); ++i) text += (i > 0 ? " " : "") + form_of(term[i], form);
        return text + (last && form == Form::prefix ? "\" *" : "\"");
    });
}

std::string tsquery_words(const std::vector<Term>& terms, Form form) {
    return joined(terms, " & ", [&](const Term& term, bool last) {
        std::string text = "(";
        for (std::size_t i = 0; i < term.size(); ++i) text += (i > 0 ? " <-> '" : "'") + form_of(term[i], form) + "'";
        return text + (last && form == Form::prefix ? ":*)" : ")");
    });
}

}  // namespace

std::vector<Term> parse_terms(std::string_view text) {
    std::vector<Term> terms;
    const auto add = [&](std::string_view part) {
        Term term = words(part);
        if (!term.empty() && terms.size() < most_terms) terms.push_back(std::move(term));
    };
    // A quotation mark opens or closes a phrase; outside, blanks part the terms, and what is written together stays
    // together.
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const bool end = i == text.size();
        const bool mark = !end && text[i] == '"';
        const bool blank = !end && !quoted && (text[i] == ' ' || text[i] == '\t' || text[i] == '\n');
        if (!end && !mark && !blank) continue;
        add(text.substr(begin, i - begin));
        begin = i + 1;
        if (mark) quoted = !quoted;
    }
    return terms;
}

bool has_marks(const std::vector<Term>& terms) {
    for (const Term& term : terms)
        for (const Word& word : term)
            if (word.exact != word.folded) return true;
    return false;
}

bool may_be_prefix(const std::vector<Term>& terms) {
    return !terms.empty() && length(terms.back().back().folded) >= 2;
}

std::string fts5_tags(RegisterId register_id, AgencyId agency) {
    return fmt::format("r{} a{}", register_id.value, agency.value);
}

std::string fts5_expression(const std::vector<Term>& terms, Form form, RegisterId register_id, AgencyId agency) {
    std::string text =
        form == Form::other_marks
            ? fmt::format("words : (({}) NOT ({}))", fts5_words(terms, Form::folded), fts5_words(terms, Form::exact))
            : fmt::format("words : ({})", fts5_words(terms, form));
    if (register_id) text += fmt::format(" AND tags : \"r{}\"", register_id.value);
    if (agency) text += fmt::format(" AND tags : \"a{}\"", agency.value);
    return text;
}

std::string tsquery(const std::vector<Term>& terms, Form form, RegisterId register_id, AgencyId agency) {
    std::string text = form == Form::other_marks ? fmt::format("({}) & !({})", tsquery_words(terms, Form::folded),
                                                               tsquery_words(terms, Form::exact))
                                                 : tsquery_words(terms, form);
    if (register_id) text += fmt::format(" & 'r:{}'", register_id.value);
    if (agency) text += fmt::format(" & 'a:{}'", agency.value);
    return text;
}

std::string tsvector(std::string_view text, RegisterId register_id, AgencyId agency) {
    std::map<std::string, std::vector<std::size_t>, std::less<>> lexemes;
    std::size_t bytes = 0;
    std::size_t position = 0;
    const auto add = [&](const std::string& form) {
        auto [lexeme, is_new] = lexemes.try_emplace(form);
        if (is_new) bytes += form.size() + 16;
        if (lexeme->second.size() < most_positions) {
            lexeme->second.push_back(std::min(position, last_position));
            bytes += 2;
        }
    };
    for (const Word& word : words(text)) {
        ++position;
        if (word.exact.size() > 1000) continue;
        add(word.exact);
        if (word.folded != word.exact) add(word.folded);
        if (bytes > most_vector_bytes) break;
    }
    std::string made;
    for (const auto& [lexeme, positions] : lexemes) made += fmt::format("'{}':{} ", lexeme, fmt::join(positions, ","));
    if (register_id) made += fmt::format("'r:{}' ", register_id.value);
    if (agency) made += fmt::format("'a:{}'", agency.value);
    return made;
}

}  // namespace search
