#include "paper/print.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace paper {

namespace {

constexpr double page_width = 297;
constexpr double page_height = 210;
constexpr double left_edge = 20;  // the side it is bound on
constexpr double right_edge = left_edge + print_width_millimetres;
constexpr double top_edge = 12;
constexpr double foot_top = page_height - 12;
constexpr double bottom_edge = page_height - 15;
constexpr double cell_side = 1.2;
constexpr double cell_top = 0.8;
constexpr double thin = 0.2;
constexpr double narrowest_column = 8;
constexpr Colour title_ground{0.94, 0.94, 0.94};
constexpr Colour black{};

/// A text in its place.
struct Item {
    std::string text;
    TextStyle style;
    Box box;
};

/// A part of a row that stands on a page: all its lines, or some when the row is longer than a page.
struct Piece {
    std::size_t row = 0;
    int first_line = 0;
    int lines = 0;
};

class Printer {
  public:
    Printer(const TableSheet& sheet, Canvas canvas) : sheet_(sheet), canvas_(std::move(canvas)) {
        const TextStyle style{.points = sheet_.points};
        line_height_ = canvas_.measure("Ậg\nẬg", style, 0).height - canvas_.measure("Ậg", style, 0).height;
    }
    Result<PrintedTable> print();

  private:
    struct Page {
        std::vector<Piece> pieces;
        double top = 0;  ///< of the table
    };

    TextStyle cell_style(std::size_t column, std::string_view text) const;
    TextStyle slanted() const { return {.points = sheet_.points, .slant = Slant::italic, .align = Align::centre}; }
    TextStyle title_style() const { return {.points = sheet_.points, .weight = Weight::bold, .align = Align::centre}; }
    Box cell_box(std::size_t column, double top) const;
    std::string label(std::string_view code, std::vector<MessageArgument> arguments = {}) const {
        return messages::text(sheet_.language, code, arguments);
    }

    Result<void> share_widths();
    void measure_titles();
    void set_heading();
    double set(const std::string& text, const TextStyle& style, double left, double top, double width);
    int lines_of(const std::vector<std::string>& row) const;
    double height_of(int lines) const { return lines * line_height_ + 2 * cell_top; }
    void divide();
    void draw_page(std::size_t number);
    void draw_titles(double top);
    void draw_piece(const Piece& piece, double top);
    void draw_verticals(double top, double bottom);
    void draw_foot(std::size_t number);
    void draw_closing(double top);
    void draw_cover();

    const TableSheet& sheet_;
    Canvas canvas_;
    std::vector<double> widths_;
    std::vector<Item> heading_;
    std::vector<Page> pages_;
    double heading_bottom_ = top_edge;
    double agency_rule_ = 0;  ///< half the length of the line under the agency's name
    double agency_bottom_ = 0;
    double titles_height_ = 0;
    double line_height_ = 0;
};

constexpr double agency_width = 95;

Result<void> Printer::share_widths() {
    double given = 0;
    int open = 0;
    for (const PrintColumn& column : sheet_.columns) {
        given += column.width;
        open += column.width <= 0 ? 1 : 0;
    }
    const double rest = print_width_millimetres - given;
    if (rest < -0.001 || (open > 0 && rest / open < narrowest_column))
        return fail(ErrorCode::invalid, "paper.columns_too_wide", "columns",
                    {{"width", fmt::format("{:.0f}", given + open * narrowest_column)},
                     {"limit", fmt::format("{:.0f}", print_width_millimetres)}});
    for (const PrintColumn& column : sheet_.columns) widths_.push_back(column.width > 0 ? column.width : rest / open);
    return {};
}

Box Printer::cell_box(std::size_t column, double top) const {
    double left = left_edge;
    for (std::size_t i = 0; i < column; ++i) left += widths_[i];
    return {left + cell_side, top + cell_top, widths_[column] - 2 * cell_side, bottom_edge - top};
}

/// The longest run of letters that no line can be broken in.
std::string_view longest_word(std::string_view text) {
    std::string_view longest;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \t\n-"), text.size());
        if (end > longest.size()) longest = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return longest;
}

/// A word too long for its column is set smaller rather than broken, as far as that goes.
TextStyle Printer::cell_style(std::size_t column, std::string_view text) const {
    constexpr double least_points = 7.5;
    constexpr double widest_letter = 0.34;  // millimetres for each point of size
    TextStyle style{.points = sheet_.points, .align = sheet_.columns[column].align};
    const double width = cell_box(column, 0).width;
    const std::string_view word = longest_word(text);
    if (static_cast<double>(word.size()) * widest_letter * style.points < width) return style;
    const double needed = canvas_.measure(word, style, 0).width;
    if (needed > width) style.points = std::max(least_points, style.points * width / needed - 0.05);
    return style;
}

void Printer::measure_titles() {
    double height = 0;
    for (std::size_t i = 0; i < widths_.size(); ++i)
        height = std::max(height, canvas_.measure(sheet_.columns[i].title, title_style(), cell_box(i, 0).width).height);
    titles_height_ = height + 2 * cell_top;
}

/// Adds a text of the heading and gives its bottom.
double Printer::set(const std::string& text, const TextStyle& style, double left, double top, double width) {
    if (text.empty()) return top;
    const Box box = canvas_.balanced(text, style, {left, top, width, 0});
    heading_.push_back({text, style, box});
    return top + canvas_.measure(text, style, box.width).height;
}

void Printer::set_heading() {
    constexpr TextStyle superior{.points = 12, .align = Align::centre};
    constexpr TextStyle agency{.points = 12, .weight = Weight::bold, .align = Align::centre};
    constexpr TextStyle title{.points = 15, .weight = Weight::bold, .align = Align::centre};
    constexpr TextStyle period{.points = 12, .slant = Slant::italic, .align = Align::centre};
    double top = set(sheet_.superior, superior, left_edge, top_edge, agency_width);
    top = set(sheet_.agency, agency, left_edge, top, agency_width);
    agency_bottom_ = top + 1;
    // The rule is a third to a half of the text above it (NĐ 30/2020/NĐ-CP, Phụ lục I).
    agency_rule_ =
        sheet_.agency.empty() ? 0 : canvas_.measure(sheet_.agency, agency, heading_.back().box.width).width / 5;
    if (agency_rule_ > 0) top += 3;
    top = set(sheet_.title, title, left_edge, top, print_width_millimetres);
    top = set(sheet_.period, period, left_edge, top + 0.5, print_width_millimetres);
    heading_bottom_ = top + 3;
}

int Printer::lines_of(const std::vector<std::string>& row) const {
    int lines = 1;
    for (std::size_t i = 0; i < std::min(row.size(), widths_.size()); ++i) {
        if (row[i].empty()) continue;
        lines = std::max(lines, canvas_.measure(row[i], cell_style(i, row[i]), cell_box(i, 0).width).lines);
    }
    return lines;
}

/// Gives each row its page.
void Printer::divide() {
    const double head = titles_height_ + height_of(1);
    pages_.push_back({{}, heading_bottom_});
    double top = heading_bottom_ + head;
    const auto turn = [&] {
        pages_.push_back({{}, top_edge});
        top = top_edge + head;
    };
    const auto room = [&] { return static_cast<int>((bottom_edge - top - 2 * cell_top) / line_height_); };
    const int most = static_cast<int>((bottom_edge - top_edge - head - 2 * cell_top) / line_height_);
    for (std::size_t row = 0; row < sheet_.rows.size(); ++row) {
        int left = lines_of(sheet_.rows[row]);
        if (left > room() && (left <= most || room() < 1)) turn();
        for (int first = 0; left > 0;) {
            const int lines = std::min(left, std::max(1, room()));
            pages_.back().pieces.push_back({row, first, lines});
            top += height_of(lines);
            first += lines;
            left -= lines;
            if (left > 0) turn();
        }
    }
}

void Printer::draw_verticals(double top, double bottom) {
    double left = left_edge;
    canvas_.line(left, top, left, bottom, thin);
    for (const double width : widths_) {
        left += width;
        canvas_.line(left, top, left, bottom, thin);
    }
}

/// The titles and, under them, the columns' numbers as the printed forms have them.
void Printer::draw_titles(double top) {
    const double numbers_top = top + titles_height_;
    const double bottom = numbers_top + height_of(1);
    canvas_.fill({left_edge, top, print_width_millimetres, titles_height_}, title_ground);
    for (std::size_t i = 0; i < widths_.size(); ++i) {
        const std::string& title = sheet_.columns[i].title;
        Box box = canvas_.balanced(title, title_style(), cell_box(i, top));
        box.top = top + (titles_height_ - canvas_.measure(title, title_style(), box.width).height) / 2;
        canvas_.text(title, title_style(), box);
        canvas_.text(fmt::format("({})", i + 1), slanted(), cell_box(i, numbers_top));
    }
    for (const double line : {top, numbers_top, bottom}) canvas_.line(left_edge, line, right_edge, line, thin);
    draw_verticals(top, bottom);
}

void Printer::draw_piece(const Piece& piece, double top) {
    const std::vector<std::string>& row = sheet_.rows[piece.row];
    for (std::size_t i = 0; i < std::min(row.size(), widths_.size()); ++i) {
        if (row[i].empty()) continue;
        canvas_.text_lines(row[i], cell_style(i, row[i]), cell_box(i, top), piece.first_line, piece.lines);
    }
    const double bottom = top + height_of(piece.lines);
    canvas_.line(left_edge, bottom, right_edge, bottom, thin);
    draw_verticals(top, bottom);
}

void Printer::draw_foot(std::size_t number) {
    constexpr TextStyle note{.points = 9, .slant = Slant::italic, .most_lines = 1};
    constexpr TextStyle page{.points = 10, .align = Align::right};
    constexpr double page_room = 40;
    const int last = sheet_.first_page + static_cast<int>(pages_.size()) - 1;
    canvas_.text(sheet_.note, note, {left_edge, foot_top, print_width_millimetres - page_room, 0});
    canvas_.text(label("paper.page_of", {{"page", std::to_string(sheet_.first_page + static_cast<int>(number))},
                                         {"pages", std::to_string(last)}}),
                 page, {right_edge - page_room, foot_top, page_room, 0});
}

void Printer::draw_closing(double top) {
    constexpr TextStyle style{.points = 12};
    for (const std::string& line : sheet_.closing) {
        const double height = canvas_.measure(line, style, print_width_millimetres).height;
        canvas_.text(line, style, {left_edge, top, print_width_millimetres, 0});
        top += height + 1;
    }
}

void Printer::draw_page(std::size_t number) {
    const Page& page = pages_[number];
    if (number == 0) {
        for (const Item& item : heading_) canvas_.text(item.text, item.style, item.box);
        const double middle = left_edge + agency_width / 2;
        if (agency_rule_ > 0)
            canvas_.line(middle - agency_rule_, agency_bottom_, middle + agency_rule_, agency_bottom_, 0.25);
    }
    double top = page.top;
    // The page of the closing words alone has no table.
    const bool has_table = !page.pieces.empty() || number == 0;
    if (has_table) {
        draw_titles(top);
        top += titles_height_ + height_of(1);
    }
    for (const Piece& piece : page.pieces) {
        draw_piece(piece, top);
        top += height_of(piece.lines);
    }
    if (sheet_.rows.empty() && number == 0) {
        canvas_.text(label("paper.no_rows"), slanted(), {left_edge, top + cell_top, print_width_millimetres, 0});
        canvas_.frame({left_edge, top, print_width_millimetres, height_of(1)}, thin);
        top += height_of(1);
    }
    if (number + 1 == pages_.size()) draw_closing(top + 4);
    draw_foot(number);
}

void Printer::draw_cover() {
    constexpr TextStyle superior{.points = 14, .align = Align::centre};
    constexpr TextStyle agency{.points = 14, .weight = Weight::bold, .align = Align::centre};
    constexpr TextStyle title{.points = 26, .weight = Weight::bold, .align = Align::centre};
    constexpr TextStyle line{.points = 15, .align = Align::centre};
    constexpr double frame = 6;
    canvas_.frame({left_edge, top_edge, print_width_millimetres, page_height - 2 * top_edge}, 0.8);
    canvas_.frame({left_edge + 1.5, top_edge + 1.5, print_width_millimetres - 3, page_height - 2 * top_edge - 3}, 0.25);
    const double left = left_edge + frame;
    const double width = print_width_millimetres - 2 * frame;
    double top = top_edge + 14;
    if (!sheet_.superior.empty()) top += canvas_.text(sheet_.superior, superior, {left, top, width, 0}).height;
    const TextSize name = canvas_.text(sheet_.agency, agency, {left, top, width, 0});
    const double middle = left + width / 2;
    top += name.height + 1.6;
    if (!sheet_.agency.empty()) canvas_.line(middle - name.width / 5, top, middle + name.width / 5, top, 0.3);

    const Box title_box = canvas_.balanced(sheet_.title, title, {left, page_height / 2 - 22, width, 0});
    top = title_box.top + canvas_.text(sheet_.title, title, title_box).height + 8;
    for (const std::string& text : sheet_.cover->lines)
        top += canvas_.text(text, line, {left, top, width, 0}).height + 2;
    canvas_.next_page();
}

Result<PrintedTable> Printer::print() {
    if (sheet_.columns.empty()) return fail(ErrorCode::invalid, "paper.no_columns", "columns");
    TRY(share_widths());
    canvas_.title(sheet_.title);
    canvas_.colour(black);
    measure_titles();
    set_heading();
    divide();

    double used = pages_.back().top + titles_height_ + height_of(1);
    for (const Piece& piece : pages_.back().pieces) used += height_of(piece.lines);
    double closing = sheet_.closing.empty() ? 0 : 4;
    for (const std::string& line : sheet_.closing)
        closing += canvas_.measure(line, {.points = 12}, print_width_millimetres).height + 1;
    if (used + closing > bottom_edge) pages_.push_back({{}, top_edge});

    PrintedTable printed;
    if (sheet_.cover) draw_cover();
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        if (i > 0) canvas_.next_page();
        draw_page(i);
        const bool has_rows = !pages_[i].pieces.empty();
        printed.first_row_of_page.push_back(
            static_cast<int>(has_rows ? pages_[i].pieces.front().row : sheet_.rows.size()));
    }
    printed.pages = static_cast<int>(pages_.size());
    printed.pdf = TRY(canvas_.finish());
    return printed;
}

}  // namespace

Result<PrintedTable> print_table(const TableSheet& sheet, const FontSettings& fonts) {
    return Printer(sheet, TRY(Canvas::pdf(page_width, page_height, fonts))).print();
}

}  // namespace paper
