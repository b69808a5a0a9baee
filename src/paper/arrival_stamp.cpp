#include "paper/arrival_stamp.h"

#include "paper/canvas.h"

namespace paper {

namespace {

constexpr Colour ink{0.80, 0.07, 0.12};
constexpr double side = 3.0;  // from the frame to the text
constexpr double right_edge = stamp_width_millimetres - side;
constexpr double word_edge = 20.0;  // right of "ĐẾN"

/// A label and what stands after it; where that is empty, dots to write on.
class Lines {
  public:
    explicit Lines(Canvas& canvas) : canvas_(canvas) {}

    void write(const char* label, const std::string& value, double left, double base) {
        constexpr TextStyle label_style{.points = 9};
        const TextSize size = canvas_.measure(label, label_style, 0);
        canvas_.text(label, label_style, {left, base - ascent(label_style), 0, 0});
        const double from = left + size.width + 1.0;
        if (value.empty()) return canvas_.dotted_line(from, right_edge, base);
        fill_in(value, from, base);
    }

  private:
    static double ascent(const TextStyle& style) { return style.points * 0.891 * 0.3528; }

    void fill_in(const std::string& value, double from, double base) {
        TextStyle style{.points = 10, .weight = Weight::bold};
        const double room = right_edge - from;
        while (style.points > 7 && canvas_.measure(value, style, 0).width > room) style.points -= 0.5;
        const TextSize size = canvas_.measure(value, style, room);
        const double line = size.height / size.lines;
        // What is still too wide for its line goes on above it.
        canvas_.text(value, style, {from, base - ascent(style) - line * (size.lines - 1), room, 0});
    }

    Canvas& canvas_;
};

}  // namespace

Result<std::string> arrival_stamp(const StampText& text, const FontSettings& fonts) {
    Canvas canvas = TRY(Canvas::pdf(stamp_width_millimetres, stamp_height_millimetres, fonts));
    constexpr double pen = 0.5;
    canvas.colour(ink);
    canvas.frame({pen / 2, pen / 2, stamp_width_millimetres - pen, stamp_height_millimetres - pen}, pen);

    constexpr Box name_box{side, 1.3, stamp_width_millimetres - 2 * side, 7.0};
    TextStyle name{.points = 10, .weight = Weight::bold, .align = Align::centre, .line_spacing = 0.92};
    name = canvas.fitted(text.agency, name, name_box, 6.5);
    const double name_height = canvas.measure(text.agency, name, name_box.width).height;
    canvas.text(text.agency, name,
                {name_box.left, name_box.top + (name_box.height - name_height) / 2, name_box.width, 0});
    canvas.line(0, 9.0, stamp_width_millimetres, 9.0, 0.25);

    constexpr TextStyle word{.points = 17, .weight = Weight::bold, .align = Align::centre};
    const TextSize word_size = canvas.measure("ĐẾN", word, word_edge);
    canvas.text("ĐẾN", word, {0, 9.0 + (13.0 - word_size.height) / 2, word_edge, 0});

    Lines lines(canvas);
    lines.write("Số:", text.number, word_edge, 14.6);
    lines.write("Ngày:", text.date, word_edge, 20.6);
    lines.write("Chuyển:", text.forward_to, side, 26.6);
    lines.write("Số và ký hiệu HS:", text.file_notation, side, 32.2);
    return canvas.finish();
}

}  // namespace paper
