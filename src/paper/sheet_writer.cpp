#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <fmt/format.h>

#include "base/text.h"
#include "paper/descriptor.h"
#include "paper/spreadsheet.h"
#include "paper/tidy.h"

namespace paper {

namespace {

constexpr lxw_row_t last_row = 1'048'575;
constexpr std::size_t longest_cell = 32'767;  // characters of UTF-16
constexpr std::size_t longest_name = 31;
constexpr std::int64_t exact_number = 999'999'999'999'999;  // 15 digits are all a spreadsheet keeps
constexpr int date_of_1970 = 25'569;
constexpr int earliest_date = -25'508;  // 1900-03-01, the first day on which Excel and the calendar agree

std::string mended_name(std::string_view name) {
    std::string mended;
    for (const char letter : name)
        mended += std::string_view("[]:*?/\\'").find(letter) == std::string_view::npos ? letter : ' ';
    mended = std::string(trim(mended));
    while (length(mended) > longest_name) mended = shorten(mended, longest_name - 1);
    return mended.empty() ? "Sheet1" : mended;
}

double width_of(const Column& column) {
    if (column.width > 0) return column.width;
    switch (column.type) {
        case ColumnType::text:
            return std::clamp(static_cast<double>(length(column.title)) + 4, 18.0, 60.0);
        case ColumnType::date:
            return 12;
        case ColumnType::yes_no:
            return 10;
        case ColumnType::integer:
        case ColumnType::decimal:
        case ColumnType::money:
            break;
    }
    return std::max(14.0, static_cast<double>(length(column.title)) + 2);
}

std::string number_format(const Column& column) {
    switch (column.type) {
        case ColumnType::integer:
        case ColumnType::money:
            return "#,##0";
        case ColumnType::decimal:
            return column.scale <= 0 ? "#,##0"
                                     : "#,##0." + std::string(static_cast<std::size_t>(std::min(column.scale, 9)), '0');
        case ColumnType::date:
            return "dd/mm/yyyy";
        case ColumnType::text:
        case ColumnType::yes_no:
            break;
    }
    return "@";
}

}  // namespace

struct SheetWriter::Book {
    std::string path;
    std::string temporary_directory;
    std::vector<Column> columns;
    std::vector<lxw_format*> formats;
    Language language = Language::vi;
    lxw_workbook* workbook = nullptr;
    lxw_worksheet* sheet = nullptr;
    lxw_row_t row = 0;

    Book() = default;
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;
    ~Book() {
        if (workbook == nullptr) return;
        // The library frees its own only on closing, which writes; what was not finished goes.
        ::workbook_close(workbook);
        ::unlink(path.c_str());
    }

    void set_up();
    lxw_error write(lxw_col_t column, const Cell& cell);
    lxw_error write_text(lxw_col_t column, std::string_view text);
    lxw_error write_decimal(lxw_col_t column, const Decimal& number);
};

void SheetWriter::Book::set_up() {
    lxw_format* const title = ::workbook_add_format(workbook);
    ::format_set_bold(title);
    ::format_set_text_wrap(title);
    ::format_set_align(title, LXW_ALIGN_CENTER);
    ::format_set_align(title, LXW_ALIGN_VERTICAL_CENTER);
    ::format_set_bg_color(title, 0xE7EDF5);
    ::format_set_border(title, LXW_BORDER_THIN);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        lxw_format* const format = ::workbook_add_format(workbook);
        ::format_set_num_format(format, number_format(columns[i]).c_str());
        ::format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        if (columns[i].type == ColumnType::text) ::format_set_text_wrap(format);
        if (columns[i].type == ColumnType::date || columns[i].type == ColumnType::yes_no)
            ::format_set_align(format, LXW_ALIGN_CENTER);
        formats.push_back(format);
        const auto column = static_cast<lxw_col_t>(i);
        ::worksheet_set_column(sheet, column, column, width_of(columns[i]), nullptr);
        ::worksheet_write_string(sheet, 0, column, columns[i].title.c_str(), title);
    }
    ::worksheet_freeze_panes(sheet, 1, 0);
    ::worksheet_repeat_rows(sheet, 0, 0);
    ::worksheet_set_landscape(sheet);
    ::worksheet_set_paper(sheet, 9);  // A4
    ::worksheet_fit_to_pages(sheet, 1, 0);
    ::worksheet_set_footer(sheet, "&C&P/&N");
    row = 1;
}

lxw_error SheetWriter::Book::write_text(lxw_col_t column, std::string_view text) {
    const std::string clean = tidy(text);
    const std::string fitting = clean.size() > longest_cell ? shorten(clean, longest_cell / 2 - 1) : clean;
    return ::worksheet_write_string(sheet, row, column, fitting.c_str(), formats[column]);
}

lxw_error SheetWriter::Book::write_decimal(lxw_col_t column, const Decimal& number) {
    if (std::abs(number.units) > exact_number) return write_text(column, to_string(number));
    const double value = static_cast<double>(number.units) / std::pow(10.0, number.scale);
    return ::worksheet_write_number(sheet, row, column, value, formats[column]);
}

lxw_error SheetWriter::Book::write(lxw_col_t column, const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return write_text(column, *text);
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return write_decimal(column, {*number, 0});
    if (const auto* number = std::get_if<Decimal>(&cell)) return write_decimal(column, *number);
    if (const auto* value = std::get_if<bool>(&cell)) return write_text(column, yes_no(*value, language));
    if (const auto* date = std::get_if<LocalDate>(&cell)) {
        if (date->days < earliest_date) return write_text(column, to_vietnamese(*date));
        return ::worksheet_write_number(sheet, row, column, date->days + date_of_1970, formats[column]);
    }
    return LXW_NO_ERROR;
}

SheetWriter::SheetWriter(std::unique_ptr<Book> book) : book_(std::move(book)) {}
SheetWriter::SheetWriter(SheetWriter&&) noexcept = default;
SheetWriter& SheetWriter::operator=(SheetWriter&&) noexcept = default;
SheetWriter::~SheetWriter() = default;

Result<SheetWriter> SheetWriter::create(const std::string& path, std::vector<Column> columns,
                                        const SheetSettings& settings) {
    if (columns.empty()) return fail(ErrorCode::invalid, "paper.no_columns", "columns");
    // The library would find out at the end, and tell it to standard error.
    if (!Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640)))
        return fail_internal(fmt::format("{}: {}", path, std::strerror(errno)));
    auto book = std::make_unique<Book>();
    book->path = path;
    book->columns = std::move(columns);
    book->language = settings.language;
    book->temporary_directory = settings.temporary_directory.empty() ? "/tmp" : settings.temporary_directory;
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = book->temporary_directory.data();
    options.use_zip64 = LXW_FALSE;
    book->workbook = ::workbook_new_opt(path.c_str(), &options);
    if (book->workbook == nullptr) return fail_internal("workbook_new_opt: " + path);
    book->sheet = ::workbook_add_worksheet(book->workbook, mended_name(settings.name).c_str());
    if (book->sheet == nullptr) return fail_internal("workbook_add_worksheet: " + path);
    book->set_up();
    return SheetWriter(std::move(book));
}

Result<void> SheetWriter::add(std::span<const Cell> row) {
    Book& book = *book_;
    if (book.row > last_row)
        return fail(ErrorCode::too_large, "paper.sheet_full", {}, {{"limit", std::to_string(last_row)}});
    const std::size_t count = std::min(row.size(), book.columns.size());
    for (std::size_t i = 0; i < count; ++i) {
        const lxw_error failure = book.write(static_cast<lxw_col_t>(i), row[i]);
        if (failure != LXW_NO_ERROR) return fail_internal(std::string("xlsx cell: ") + ::lxw_strerror(failure));
    }
    ++book.row;
    return {};
}

Result<void> SheetWriter::finish() {
    Book& book = *book_;
    if (book.workbook == nullptr) return fail_internal("a sheet is finished once");
    ::worksheet_autofilter(book.sheet, 0, 0, std::max<lxw_row_t>(book.row, 2) - 1,
                           static_cast<lxw_col_t>(book.columns.size() - 1));
    const lxw_error failure = ::workbook_close(std::exchange(book.workbook, nullptr));
    if (failure == LXW_NO_ERROR) return {};
    ::unlink(book.path.c_str());
    return fail_internal(fmt::format("{}: {}", book.path, ::lxw_strerror(failure)));
}

}  // namespace paper
