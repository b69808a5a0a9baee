#include "paper/arrival_stamp.h"

#include "paper/canvas.h"

namespace paper {

namespace {

constexpr Colour ink{0.80, 0.07, 0.12};
constexpr double side = 2.8;  // from the frame to the text
constexpr double right_edge = stamp_width_millimetres - side;
constexpr double word_edge = 19.5;  // right of "ĐẾN"
constexpr double name_bottom = 9.2;
constexpr double word_bottom = 21.6;

/// From the top of a line to its baseline, in Liberation Serif.
double ascent(const TextStyle& style) {
    return style.points * 0.891 * 25.4 / 72;
}

/// A label and what stands after it; where that is empty, dots to write on.
class Lines {
  public:
    explicit Lines(Canvas& canvas) : canvas_(canvas) {}

    /// The value takes one line on `base`, or two smaller ones around it.
    void write(const char* label, const std::string& value, double left, double base) {
        constexpr TextStyle label_style{.points = 9.5};
        canvas_.text(label, label_style, {left, base - ascent(label_style), 0, 0});
        const double from = left + canvas_.measure(label, label_style, 0).width + 1.0;
        if (value.empty()) return canvas_.dotted_line(from, right_edge, base);
        const Box room{from, base, right_edge - from, 0};
        for (double points = 10.5; points >= 8; points -= 0.5) {
            const TextStyle style{.points = points, .weight = Weight::bold};
            if (canvas_.measure(value, style, 0).width > room.width) continue;
            canvas_.text(value, style, {from, base - ascent(style), 0, 0});
            return;
        }
        two_lines(value, room);
    }

  private:
    void two_lines(const std::string& value, const Box& room) {
        TextStyle style{.points = 8.5, .weight = Weight::bold, .line_spacing = 0.9};
        while (style.points > 6.5 && canvas_.measure(value, style, room.width).lines > 2) style.points -= 0.5;
        style.most_lines = 2;
        const TextSize size = canvas_.measure(value, style, room.width);
        canvas_.text(value, style, {room.left, room.top - ascent(style) - size.height / 4, room.width, 0});
    }

    Canvas& canvas_;
};

void write_agency(Canvas& canvas, const std::string& agency) {
    constexpr Box room{side, 1.2, stamp_width_millimetres - 2 * side, name_bottom - 1.8};
    TextStyle style{.points = 10.5, .weight = Weight::bold, .align = Align::centre, .line_spacing = 0.9};
    style = canvas.fitted(agency, style, room, 6);
    style.most_lines = 3;
    Box box = canvas.balanced(agency, style, room);
    box.top += (room.height - canvas.measure(agency, style, box.width).height) / 2;
    canvas.text(agency, style, box);
}

}  // namespace

Result<std::string> arrival_stamp(const StampText& text, const FontSettings& fonts) {
    Canvas canvas = TRY(Canvas::pdf(stamp_width_millimetres, stamp_height_millimetres, fonts));
    constexpr double pen = 0.45;
    canvas.colour(ink);
    canvas.frame({pen / 2, pen / 2, stamp_width_millimetres - pen, stamp_height_millimetres - pen}, pen);
    write_agency(canvas, text.agency);
    canvas.line(0, name_bottom, stamp_width_millimetres, name_bottom, 0.25);

    constexpr TextStyle word{.points = 18, .weight = Weight::bold, .align = Align::centre};
    const double word_height = canvas.measure("ĐẾN", word, word_edge).height;
    canvas.text("ĐẾN", word, {0.5, (name_bottom + word_bottom - word_height) / 2 + 0.4, word_edge - 0.5, 0});

    Lines lines(canvas);
    lines.write("Số:", text.number, word_edge, 14.5);
    lines.write("Ngày:", text.date, word_edge, 20.3);
    lines.write("Chuyển:", text.forward_to, side, 26.4);
    lines.write("Số và ký hiệu HS:", text.file_notation, side, 32.0);
    return canvas.finish();
}

}  // namespace paper
