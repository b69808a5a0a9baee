#include "paper/canvas.h"

#include <algorithm>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "paper/types.h"

namespace paper {

namespace {

constexpr double unit = points_per_millimetre;

template <class T>
struct Release {
    void operator()(T* object) const { g_object_unref(object); }
};
template <class T>
using Held = std::unique_ptr<T, Release<T>>;

cairo_status_t append(void* to, const unsigned char* data, unsigned int size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
}

PangoAlignment alignment(Align align) {
    if (align == Align::centre) return PANGO_ALIGN_CENTER;
    return align == Align::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

}  // namespace

struct Canvas::Drawing {
    std::string bytes;
    std::shared_ptr<_FcConfig> fonts;
    Held<PangoFontMap> font_map;
    Held<PangoContext> context;
    cairo_surface_t* surface = nullptr;
    cairo_t* pen = nullptr;

    Drawing() = default;
    Drawing(const Drawing&) = delete;
    Drawing& operator=(const Drawing&) = delete;
    ~Drawing() {
        if (pen != nullptr) ::cairo_destroy(pen);
        if (surface != nullptr) ::cairo_surface_destroy(surface);
    }

    void set_up(double width, double height);
    Held<PangoLayout> layout(std::string_view text, const TextStyle& style, double width) const;
};

void Canvas::Drawing::set_up(double width, double height) {
    font_map.reset(::pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    ::pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(font_map.get()), fonts.get());
    ::pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(font_map.get()), 72);
    context.reset(::pango_font_map_create_context(font_map.get()));
    cairo_font_options_t* const options = ::cairo_font_options_create();
    ::cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    ::cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    ::pango_cairo_context_set_font_options(context.get(), options);
    ::cairo_font_options_destroy(options);
    ::pango_context_set_round_glyph_positions(context.get(), FALSE);
    ::pango_context_set_language(context.get(), ::pango_language_from_string("vi"));

    surface = ::cairo_pdf_surface_create_for_stream(&append, &bytes, width * unit, height * unit);
    ::cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    ::cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "congvu");
    pen = ::cairo_create(surface);
}

Held<PangoLayout> Canvas::Drawing::layout(std::string_view text, const TextStyle& style, double width) const {
    Held<PangoLayout> layout(::pango_layout_new(context.get()));
    PangoFontDescription* const font = ::pango_font_description_new();
    ::pango_font_description_set_family_static(font, font_family);
    ::pango_font_description_set_size(font, static_cast<int>(style.points * PANGO_SCALE));
    ::pango_font_description_set_weight(font, style.weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    ::pango_font_description_set_style(font, style.slant == Slant::italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    ::pango_layout_set_font_description(layout.get(), font);
    ::pango_font_description_free(font);
    ::pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    ::pango_layout_set_alignment(layout.get(), alignment(style.align));
    ::pango_layout_set_justify(layout.get(), style.align == Align::justify ? TRUE : FALSE);
    ::pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    ::pango_layout_set_width(layout.get(), width > 0 ? static_cast<int>(width * unit * PANGO_SCALE) : -1);
    if (style.most_lines > 0) {
        ::pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
        ::pango_layout_set_height(layout.get(), -style.most_lines);
    }
    ::pango_layout_set_line_spacing(layout.get(), static_cast<float>(style.line_spacing));
    return layout;
}

namespace {

TextSize size_of(PangoLayout* layout) {
    PangoRectangle logical{};
    ::pango_layout_get_extents(layout, nullptr, &logical);
    constexpr double scale = PANGO_SCALE * unit;
    return {logical.width / scale, logical.height / scale, ::pango_layout_get_line_count(layout)};
}

}  // namespace

Canvas::Canvas(std::unique_ptr<Drawing> drawing) : drawing_(std::move(drawing)) {}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

Result<Canvas> Canvas::pdf(double width_millimetres, double height_millimetres, const FontSettings& fonts) {
    auto drawing = std::make_unique<Drawing>();
    drawing->fonts = TRY(font_configuration(fonts));
    drawing->set_up(width_millimetres, height_millimetres);
    return Canvas(std::move(drawing));
}

void Canvas::title(const std::string& text) {
    ::cairo_pdf_surface_set_metadata(drawing_->surface, CAIRO_PDF_METADATA_TITLE, text.c_str());
}

void Canvas::colour(const Colour& colour) {
    ::cairo_set_source_rgb(drawing_->pen, colour.red, colour.green, colour.blue);
}

TextSize Canvas::measure(std::string_view text, const TextStyle& style, double width) const {
    return size_of(drawing_->layout(text, style, width).get());
}

TextSize Canvas::text(std::string_view text, const TextStyle& style, const Box& box) {
    const Held<PangoLayout> layout = drawing_->layout(text, style, box.width);
    ::cairo_move_to(drawing_->pen, box.left * unit, box.top * unit);
    ::pango_cairo_show_layout(drawing_->pen, layout.get());
    return size_of(layout.get());
}

TextStyle Canvas::fitted(std::string_view text, TextStyle style, const Box& box, double least) const {
    constexpr double step = 0.5;
    while (style.points > least && measure(text, style, box.width).height > box.height)
        style.points = std::max(least, style.points - step);
    return style;
}

void Canvas::text_lines(std::string_view text, const TextStyle& style, const Box& box, int first, int count) {
    const Held<PangoLayout> layout = drawing_->layout(text, style, box.width);
    constexpr double scale = PANGO_SCALE * unit;
    PangoLayoutIter* const line = ::pango_layout_get_iter(layout.get());
    double shift = 0;
    int number = 0;
    do {
        PangoRectangle logical{};
        ::pango_layout_iter_get_line_extents(line, nullptr, &logical);
        if (number == first) shift = logical.y / scale;
        if (number >= first && number < first + count) {
            const double base = box.top + ::pango_layout_iter_get_baseline(line) / scale - shift;
            ::cairo_move_to(drawing_->pen, (box.left + logical.x / scale) * unit, base * unit);
            ::pango_cairo_show_layout_line(drawing_->pen, ::pango_layout_iter_get_line_readonly(line));
        }
        ++number;
    } while (::pango_layout_iter_next_line(line));
    ::pango_layout_iter_free(line);
}

Box Canvas::balanced(std::string_view text, const TextStyle& given, const Box& box) const {
    constexpr double exact = 0.2;
    TextStyle style = given;
    style.most_lines = 0;
    const int lines = measure(text, style, box.width).lines;
    double narrow = 0;
    double wide = box.width;
    while (wide - narrow > exact) {
        const double middle = (narrow + wide) / 2;
        // A word broken in its middle takes no more lines but is no better.
        const bool too_narrow = middle < box.width / (lines + 1) || measure(text, style, middle).lines > lines;
        (too_narrow ? narrow : wide) = middle;
    }
    return {box.left + (box.width - wide) / 2, box.top, wide, box.height};
}

void Canvas::line(double from_left, double from_top, double to_left, double to_top, double width_millimetres) {
    cairo_t* const pen = drawing_->pen;
    ::cairo_set_line_width(pen, width_millimetres * unit);
    ::cairo_move_to(pen, from_left * unit, from_top * unit);
    ::cairo_line_to(pen, to_left * unit, to_top * unit);
    ::cairo_stroke(pen);
}

void Canvas::dotted_line(double from_left, double to_left, double top) {
    constexpr double gaps[] = {0, 0.9 * unit};
    cairo_t* const pen = drawing_->pen;
    ::cairo_save(pen);
    ::cairo_set_line_cap(pen, CAIRO_LINE_CAP_ROUND);
    ::cairo_set_dash(pen, gaps, 2, 0);
    line(from_left, top, to_left, top, 0.28);
    ::cairo_restore(pen);
}

void Canvas::frame(const Box& box, double width_millimetres) {
    cairo_t* const pen = drawing_->pen;
    ::cairo_set_line_width(pen, width_millimetres * unit);
    ::cairo_rectangle(pen, box.left * unit, box.top * unit, box.width * unit, box.height * unit);
    ::cairo_stroke(pen);
}

void Canvas::fill(const Box& box, const Colour& with) {
    cairo_t* const pen = drawing_->pen;
    ::cairo_save(pen);
    colour(with);
    ::cairo_rectangle(pen, box.left * unit, box.top * unit, box.width * unit, box.height * unit);
    ::cairo_fill(pen);
    ::cairo_restore(pen);
}

void Canvas::next_page() {
    ::cairo_show_page(drawing_->pen);
}

Result<std::string> Canvas::finish() {
    ::cairo_surface_finish(drawing_->surface);
    const cairo_status_t status = ::cairo_surface_status(drawing_->surface);
    if (status != CAIRO_STATUS_SUCCESS) return fail_internal(std::string("pdf: ") + ::cairo_status_to_string(status));
    return std::move(drawing_->bytes);
}

}  // namespace paper
