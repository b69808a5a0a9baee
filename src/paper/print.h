#pragma once
#include <string>
#include <vector>

#include "base/messages.h"
#include "base/result.h"
#include "paper/canvas.h"
#include "paper/fonts.h"

namespace paper {

struct PrintColumn {
    std::string title;
    double width = 0;  ///< millimetres; 0 shares what the others leave
    Align align = Align::left;
};

/// The first leaf of a register book (NĐ 30/2020/NĐ-CP, Phụ lục IV): agency, title and these lines, as "Năm: 2026",
/// "Từ số 01 đến số 120", "Quyển số: 02".
struct Cover {
    std::vector<std::string> lines;
};

/// A table as it is printed, landscape on A4: a register book of a period, or any list.
struct TableSheet {
    std::string superior;  ///< cơ quan, tổ chức chủ quản; may be empty
    std::string agency;    ///< cơ quan, tổ chức
    std::string title;     ///< "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"
    std::string period;    ///< "Từ ngày 01/08/2026 đến ngày 31/08/2026"
    std::string note;      ///< at the foot of every page: when, by whom and from what it was printed
    std::vector<PrintColumn> columns;
    std::vector<std::vector<std::string>> rows;
    std::optional<Cover> cover = {};
    std::vector<std::string> closing = {};  ///< after the last row: totals, place for signatures
    int first_page = 1;  ///< number of the first page, so that a book goes on where the last print ended
    double points = 11;
    Language language = Language::vi;
};

struct PrintedTable {
    std::string pdf;
    int pages = 0;                       ///< without the cover
    std::vector<int> first_row_of_page;  ///< index into rows, for the book's frozen page numbers
};

/// Draws the table: titles and column numbers again on each page, cells wrapped, a row on one page unless it is longer
/// than a page, page numbers, exact widths.
/// Errors: invalid "paper.no_columns", "paper.columns_too_wide"; unavailable "paper.no_fonts".
Result<PrintedTable> print_table(const TableSheet&, const FontSettings& = {});

/// Width the columns share on the sheet, millimetres.
constexpr double print_width_millimetres = 267;

}  // namespace paper
