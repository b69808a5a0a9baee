#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "paper/fonts.h"

namespace paper {

/// Millimetres from the left and top edges of the sheet.
struct Box {
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;
};

struct Colour {
    double red = 0;
    double green = 0;
    double blue = 0;
};

enum class Align { left, centre, right, justify };
enum class Weight { normal, bold };
enum class Slant { upright, italic };

/// How a text is set.
struct TextStyle {
    double points = 13;
    Weight weight = Weight::normal;
    Slant slant = Slant::upright;
    Align align = Align::left;
    double line_spacing = 1.0;  ///< of the font's own line
    int most_lines = 0;         ///< what is over ends in "…"; 0 is no bound
};

struct TextSize {
    double width = 0;   ///< of the widest line, millimetres
    double height = 0;  ///< of all lines, millimetres
    int lines = 0;
};

/// Pages drawn with exact millimetres in one embedded family (fonts.h), kept as PDF. One thread at a time.
class Canvas {
  public:
    /// Errors: unavailable "paper.no_fonts".
    static Result<Canvas> pdf(double width_millimetres, double height_millimetres, const FontSettings&);
    Canvas(Canvas&&) noexcept;
    Canvas& operator=(Canvas&&) noexcept;
    ~Canvas();

    void title(const std::string& text);
    void colour(const Colour&);
    /// The size `text` takes wrapped at `width` millimetres; a width of 0 does not wrap.
    TextSize measure(std::string_view text, const TextStyle&, double width) const;
    /// Sets text with its top left corner in the box, wrapped to its width; it goes on below the box when it is too
    /// long.
    TextSize text(std::string_view text, const TextStyle&, const Box&);
    /// Sets `count` of its lines from line `first` (0 is the first), as if the text were cut there.
    void text_lines(std::string_view text, const TextStyle&, const Box&, int first, int count);
    /// The style with the largest size, from style.points down to `least` points, in which `text` fits the box.
    TextStyle fitted(std::string_view text, TextStyle, const Box&, double least) const;
    /// The box made as narrow as its number of lines allows, around its middle: the lines come out about as long as one
    /// another.
    Box balanced(std::string_view text, const TextStyle&, const Box&) const;
    void line(double from_left, double from_top, double to_left, double to_top, double width_millimetres);
    void dotted_line(double from_left, double to_left, double top);
    void frame(const Box&, double width_millimetres);
    void fill(const Box&, const Colour&);
    void next_page();
    /// The whole PDF. Errors: internal.
    Result<std::string> finish();

  private:
    struct Drawing;
    explicit Canvas(std::unique_ptr<Drawing>);
    std::unique_ptr<Drawing> drawing_;
};

}  // namespace paper
