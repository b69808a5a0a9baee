#include "paper/tables.h"

#include <algorithm>

#include <fmt/format.h>

#include "paper/office.h"
#include "paper/plain_text.h"
#include "paper/tidy.h"
#include "paper/workbook.h"

namespace paper {

namespace {

/// Fills a table and keeps its whole size within the answer.
class Filler {
  public:
    Filler(Table table, const Limits& limits) : table_(std::move(table)), left_(limits.answer_bytes / 2) {}
    Result<void> add(int number, Workbook::Row row) {
        for (const std::string& cell : row) left_ -= static_cast<std::int64_t>(cell.size()) + 4;
        if (left_ < 0) return unreadable(Reason::too_large, "a table of too many characters");
        table_.rows.push_back(std::move(row));
        table_.row_numbers.push_back(number);
        return {};
    }
    Table take() { return std::move(table_); }

  private:
    Table table_;
    std::int64_t left_;
};

}  // namespace

Result<Table> read_table(std::string_view bytes, FileType type, std::string_view sheet, const Limits& limits) {
    if (type == FileType::xlsx) return read_xlsx(bytes, sheet, limits);
    if (type == FileType::txt) return read_csv(bytes, limits);
    if (type == FileType::doc) return std::unexpected(office::ole_text(bytes).error());
    return unreadable(Reason::unsupported, "no table is read out of this type");
}

Result<Table> read_xlsx(std::string_view bytes, std::string_view wanted, const Limits& limits) {
    Workbook book = TRY(Workbook::open(bytes, limits));
    Table table;
    for (const Workbook::Sheet& sheet : book.sheets()) table.sheets.push_back(sheet.name);
    const auto& sheets = book.sheets();
    const auto found = std::ranges::find_if(sheets, [&](const Workbook::Sheet& sheet) {
        return wanted.empty() ? sheet.shown == Workbook::Shown::yes : sheet.name == wanted;
    });
    if (found == sheets.end() && !wanted.empty())
        return fail(ErrorCode::not_found, "paper.no_such_sheet", "sheet", {{"sheet", std::string(wanted)}});
    if (found == sheets.end()) return unreadable(Reason::damaged, "a workbook without a sheet");
    table.sheet = found->name;
    Filler filler(std::move(table), limits);
    TRY(book.read(*found, [&](int number, Workbook::Row row) { return filler.add(number, std::move(row)); }));
    return filler.take();
}

namespace office {

Result<ExtractedText> xlsx_text(std::string_view bytes, const Limits& limits) {
    Workbook book = TRY(Workbook::open(bytes, limits));
    std::string raw;
    const auto is_full = [&] { return static_cast<std::int64_t>(raw.size()) > 2 * limits.text_bytes; };
    for (const Workbook::Sheet& sheet : book.sheets()) {
        if (is_full()) break;
        raw += sheet.name + '\n';
        TRY(book.read(sheet, [&](int, Workbook::Row row) -> Result<void> {
            for (const std::string& cell : row) {
                if (is_full()) return {};
                raw += cell;
                raw += '\t';
            }
            raw += '\n';
            return {};
        }));
        raw += '\n';
    }
    return tidy_text(raw, limits);
}

}  // namespace office

}  // namespace paper
