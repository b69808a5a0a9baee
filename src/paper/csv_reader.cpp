#include <algorithm>

#include <fmt/format.h>

#include "paper/plain_text.h"
#include "paper/spreadsheet.h"
#include "paper/tables.h"
#include "paper/tidy.h"

namespace paper {

namespace {

/// The separator that stands most often in the first line outside quotes; no text has tabs by chance; else a comma.
char guess_separator(std::string_view text) {
    std::size_t commas = 0;
    std::size_t semicolons = 0;
    std::size_t tabs = 0;
    char quoted = 0;
    for (const char letter : text) {
        if (letter == '"') quoted ^= 1;
        if (quoted != 0) continue;
        if (letter == '\n' || letter == '\r') break;
        commas += letter == ',' ? 1 : 0;
        semicolons += letter == ';' ? 1 : 0;
        tabs += letter == '\t' ? 1 : 0;
    }
    if (tabs > 0 && tabs >= commas && tabs >= semicolons) return '\t';
    return semicolons > commas ? ';' : ',';
}

/// Reads record after record. A quote inside an unquoted cell is a letter, as every spreadsheet reads it.
class Reader {
  public:
    Reader(std::string_view text, const Limits& limits)
        : text_(text), limits_(limits), left_(limits.answer_bytes / 2) {}

    Result<Table> read() {
        skip_separator_line();
        separator_ = separator_ == 0 ? guess_separator(text_.substr(at_)) : separator_;
        while (at_ < text_.size()) TRY(record());
        return std::move(table_);
    }

  private:
    /// "sep=;" alone in the first line is Excel's word to itself.
    void skip_separator_line() {
        if (!text_.starts_with("sep=") || text_.size() < 6) return;
        const std::size_t end = text_.find_first_of("\r\n");
        if (end != 5) return;
        separator_ = text_[4];
        at_ = end;
        line_end();
    }

    void line_end() {
        if (at_ < text_.size() && text_[at_] == '\r') ++at_;
        if (at_ < text_.size() && text_[at_] == '\n') ++at_;
        ++line_;
    }

    Result<void> record() {
        constexpr std::size_t far_too_many = 100'000;
        const int first_line = line_;
        std::vector<std::string> row;
        while (true) {
            if (row.size() > far_too_many) return unreadable(Reason::too_large, "a row of too many cells");
            row.push_back(TRY(cell()));
            if (at_ >= text_.size() || text_[at_] != separator_) break;
            ++at_;
        }
        line_end();
        if (std::ranges::all_of(row, [](const std::string& value) { return value.empty(); })) return {};
        while (row.back().empty()) row.pop_back();
        if (static_cast<std::int64_t>(row.size()) > limits_.columns)
            return unreadable(Reason::too_large, fmt::format("over {} columns", limits_.columns));
        if (static_cast<std::int64_t>(table_.rows.size()) >= limits_.rows)
            return unreadable(Reason::too_large, fmt::format("over {} rows", limits_.rows));
        table_.rows.push_back(std::move(row));
        table_.row_numbers.push_back(first_line);
        return {};
    }

    Result<std::string> cell() {
        std::string value = at_ < text_.size() && text_[at_] == '"' ? quoted() : std::string();
        const std::size_t end = std::min(text_.find_first_of(ends(), at_), text_.size());
        value += text_.substr(at_, end - at_);
        at_ = end;
        left_ -= static_cast<std::int64_t>(value.size()) + 4;
        if (left_ < 0) return unreadable(Reason::too_large, "a table of too many characters");
        return std::string(unguarded(tidy(value)));
    }

    std::string quoted() {
        std::string value;
        ++at_;
        while (at_ < text_.size()) {
            const char letter = text_[at_++];
            if (letter == '"') {
                if (at_ >= text_.size() || text_[at_] != '"') break;
                ++at_;
            }
            if (letter == '\n') ++line_;
            value += letter;
        }
        return value;
    }

    std::string ends() const { return {separator_, '\r', '\n'}; }

    std::string_view text_;
    const Limits& limits_;
    std::int64_t left_;
    std::size_t at_ = 0;
    int line_ = 1;
    char separator_ = 0;
    Table table_;
};

}  // namespace

Result<Table> read_csv(std::string_view bytes, const Limits& limits) {
    if (static_cast<std::int64_t>(bytes.size()) > limits.unpacked_bytes)
        return unreadable(Reason::too_large, fmt::format("{} bytes", bytes.size()));
    const std::string text = TRY(decode_text(bytes));
    return Reader(text, limits).read();
}

}  // namespace paper
