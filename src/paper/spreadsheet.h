#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/messages.h"
#include "base/result.h"
#include "base/time.h"

namespace paper {

enum class ColumnType { text, integer, decimal, money, date, yes_no };

struct Column {
    std::string title;
    ColumnType type = ColumnType::text;
    double width = 0;  ///< in characters; 0: by type
    int scale = 2;     ///< places shown of a decimal
};

/// A cell of any column may be empty; else it holds what its column's type says: string, int64, Decimal, date or bool.
/// A text is taken in a column of any type and written as text; money is whole đồng.
using Cell = std::variant<std::monostate, std::string, std::int64_t, Decimal, LocalDate, bool>;

struct SheetSettings {
    std::string name = "Sheet1";           ///< at most 31 characters, without []:*?/\ ; mended where it is not so
    Language language = Language::vi;      ///< of "Có" and "Không"
    std::string temporary_directory = {};  ///< empty: /tmp; holds as much as the sheet, unpacked
};

/// Writes rows to an XLSX file as they come, in memory that does not grow with their number. The header is frozen and
/// repeated on paper, the columns can be filtered. Text is never a formula.
class SheetWriter {
  public:
    /// Errors: internal (the file can't be made); invalid "paper.no_columns".
    static Result<SheetWriter> create(const std::string& path, std::vector<Column>, const SheetSettings& = {});
    SheetWriter(SheetWriter&&) noexcept;
    SheetWriter& operator=(SheetWriter&&) noexcept;
    /// One not finished leaves no file.
    ~SheetWriter();

    /// Errors: too_large "paper.sheet_full" after 1,048,575 rows.
    Result<void> add(std::span<const Cell> row);
    /// Writes the file. Errors: internal.
    Result<void> finish();

  private:
    struct Book;
    explicit SheetWriter(std::unique_ptr<Book>);
    std::unique_ptr<Book> book_;
};

/// Lines of a CSV file (RFC 4180, UTF-8 with its mark so that Excel sees it). The caller puts them where they belong.
/// Numbers are plain ("1234.50"), dates "25/08/2026". A text that a spreadsheet would take for a formula (it begins
/// with = + - @ tab or carriage return) gets an apostrophe before it; read_csv takes that away again.
class CsvWriter {
  public:
    explicit CsvWriter(std::vector<Column> columns, Language language = Language::vi);
    /// The mark and the titles.
    std::string header() const;
    std::string line(std::span<const Cell> row) const;

  private:
    std::vector<Column> columns_;
    Language language_;
};

/// The apostrophe of CsvWriter, put and taken.
std::string guarded(std::string_view text);
std::string_view unguarded(std::string_view text);

/// "Có", "Không", "Yes", "No".
std::string_view yes_no(bool value, Language);

}  // namespace paper
