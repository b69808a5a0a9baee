#include <fmt/format.h>

#include "base/text.h"
#include "core/numbering/numbering.h"

// Patterns of numbers and notations (NĐ 30/2020, Phụ lục I: a number below 10 is written with a 0 before it).
namespace numbering {
namespace {

/// A piece of a pattern: text as it stands, or a name with the least number of digits.
struct Piece {
    bool is_text = true;
    std::string text;
    std::size_t digits = 1;
};

std::unexpected<Error> bad(std::size_t position) {
    return fail(ErrorCode::invalid, "numbering.bad_pattern", {}, {{"position", std::to_string(position + 1)}});
}

bool is_name(std::string_view text) {
    if (text.empty() || text.front() < 'a' || text.front() > 'z' || text.back() == '.') return false;
    for (const char c : text)
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '.') return false;
    return true;
}

Result<std::vector<Piece>> parse(std::string_view pattern) {
    std::vector<Piece> pieces;
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        const bool doubled = (c == '{' || c == '}') && i + 1 < pattern.size() && pattern[i + 1] == c;
        if (doubled || (c != '{' && c != '}')) {
            text += c;
            if (doubled) ++i;
            continue;
        }
        const std::size_t end = pattern.find('}', i);
        if (c == '}' || end == std::string_view::npos) return bad(i);
        std::string_view name = pattern.substr(i + 1, end - i - 1);
        std::size_t digits = 1;
        if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
            const std::string_view width = name.substr(colon + 1);  // "02": zeros up to two digits
            name = name.substr(0, colon);
            if (name != "n" || width.size() != 2 || width[0] != '0' || width[1] < '1' || width[1] > '9') return bad(i);
            digits = static_cast<std::size_t>(width[1] - '0');
        }
        if (!is_name(name)) return bad(i);
        if (!text.empty()) pieces.push_back({true, std::exchange(text, {})});
        pieces.push_back({false, std::string(name), digits});
        i = end;
    }
    if (!text.empty()) pieces.push_back({true, std::move(text)});
    return pieces;
}

}  // namespace

Result<std::string> format(std::string_view pattern, std::int64_t n, int year,
                           const std::map<std::string, std::string, std::less<>>& values) {
    std::string made;
    for (const Piece& piece : TRY(parse(pattern))) {
        if (piece.is_text) {
            made += piece.text;
        } else if (piece.text == "n") {
            made += fmt::format("{:0{}}", n, piece.digits);
        } else if (piece.text == "year") {
            made += std::to_string(year);
        } else {
            const auto value = values.find(piece.text);
            if (value == values.end() || value->second.empty())
                return fail(ErrorCode::invalid, "numbering.no_value", {}, {{"name", piece.text}});
            made += value->second;
        }
    }
    return made;
}

Result<std::vector<std::string>> names(std::string_view pattern) {
    std::vector<std::string> all;
    bool numbered = false;
    for (const Piece& piece : TRY(parse(pattern))) {
        if (piece.is_text || piece.text == "year") continue;
        if (piece.text == "n")
            numbered = true;
        else if (std::ranges::find(all, piece.text) == all.end())
            all.push_back(piece.text);
    }
    if (!numbered) return bad(0);
    return all;
}

}  // namespace numbering
