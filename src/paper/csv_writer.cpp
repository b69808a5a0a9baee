#include "paper/spreadsheet.h"

namespace paper {

namespace {

constexpr std::string_view formula_beginnings = "=+-@\t\r";

/// Behind apostrophes too, so that what is put can be told from what was there.
bool looks_like_formula(std::string_view text) {
    const std::size_t first = text.find_first_not_of('\'');
    return first != std::string_view::npos && formula_beginnings.find(text[first]) != std::string_view::npos;
}

std::string quoted(std::string_view text) {
    // "sep=" is Excel's word to itself.
    if (text.find_first_of(",;\"\r\n\t") == std::string_view::npos && !text.starts_with("sep="))
        return std::string(text);
    std::string quoted = "\"";
    for (const char letter : text) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

}  // namespace

std::string guarded(std::string_view text) {
    return (looks_like_formula(text) ? "'" : "") + std::string(text);
}

std::string_view unguarded(std::string_view text) {
    return text.starts_with('\'') && looks_like_formula(text) ? text.substr(1) : text;
}

std::string_view yes_no(bool value, Language language) {
    if (language == Language::vi) return value ? "Có" : "Không";
    return value ? "Yes" : "No";
}

CsvWriter::CsvWriter(std::vector<Column> columns, Language language)
    : columns_(std::move(columns)), language_(language) {}

std::string CsvWriter::header() const {
    std::vector<Cell> titles;
    for (const Column& column : columns_) titles.emplace_back(column.title);
    return "\xEF\xBB\xBF" + line(titles);
}

std::string CsvWriter::line(std::span<const Cell> row) const {
    struct Writer {
        Language language;
        std::string operator()(std::monostate) const { return {}; }
        std::string operator()(const std::string& text) const { return quoted(guarded(text)); }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(const Decimal& number) const { return to_string(number); }
        std::string operator()(LocalDate date) const { return to_vietnamese(date); }
        std::string operator()(bool value) const { return std::string(yes_no(value, language)); }
    };
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (i > 0) line += ',';
        if (i < row.size()) line += std::visit(Writer{language_}, row[i]);
    }
    return line + "\r\n";
}

}  // namespace paper
