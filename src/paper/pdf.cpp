#include "paper/pdf.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iconv.h>
#include <limits>
#include <memory>

#include <cairo.h>
#include <fmt/format.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include "paper/tidy.h"

namespace paper::pdf {

namespace {

std::string utf8(const poppler::ustring& text) {
    const poppler::byte_array bytes = text.to_utf8();
    return {bytes.begin(), bytes.end()};
}

Result<std::unique_ptr<poppler::document>> open(std::string_view bytes) {
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return unreadable(Reason::too_large, "a PDF over 2 GB");
    // What poppler has to say about a file is not for the log: it may quote the file.
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (!document) return unreadable(Reason::damaged, "poppler finds no document in it");
    if (document->is_locked()) return unreadable(Reason::encrypted, "it asks for a password");
    if (document->pages() <= 0) return unreadable(Reason::damaged, "it has no page");
    return document;
}

cairo_status_t append(void* to, const unsigned char* data, unsigned int size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
}

Result<Picture> as_png(poppler::image image) {
    const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
        cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(image.data()), CAIRO_FORMAT_RGB24,
                                            image.width(), image.height(), image.bytes_per_row()),
        &cairo_surface_destroy);
    Picture picture{{}, image.width(), image.height()};
    const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), &append, &picture.png);
    if (status != CAIRO_STATUS_SUCCESS) return fail_internal(std::string("png: ") + cairo_status_to_string(status));
    return picture;
}

}  // namespace

void load_converters() {
    // poppler turns every text from UTF-8 to UTF-16 and back by iconv, whose converters are libraries of their own.
    // An open pair keeps them loaded.
    static const iconv_t there = ::iconv_open("UTF-16", "UTF-8");
    static const iconv_t back = ::iconv_open("UTF-8", "UTF-16");
    static_cast<void>(there);
    static_cast<void>(back);
}

Result<ExtractedText> extract_text(std::string_view bytes, const Limits& limits) {
    const auto start = std::chrono::steady_clock::now();
    const auto patience = std::chrono::milliseconds(limits.wall_milliseconds * 3 / 4);
    const auto document = TRY(open(bytes));
    const int pages = document->pages();
    std::string raw;
    bool stopped = false;
    for (int number = 0; number < pages && !stopped; ++number) {
        const std::unique_ptr<poppler::page> page(document->create_page(number));
        if (!page) continue;
        raw += utf8(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout));
        raw += "\n\n";
        const bool more = number + 1 < pages;
        stopped = more && (std::chrono::steady_clock::now() - start > patience ||
                           static_cast<std::int64_t>(raw.size()) > 2 * limits.text_bytes);
    }
    ExtractedText result = tidy_text(raw, limits);
    result.pages = pages;
    result.truncated = result.truncated || stopped;
    result.title = tidy(utf8(document->get_title()));
    return result;
}

Result<int> page_count(std::string_view bytes) {
    return TRY(open(bytes))->pages();
}

namespace {

struct Drawn {
    poppler::image image;
    double resolution = 0;
};

/// A page drawn at the resolution that gives `pixel_width` or, where it is 0, at `dpi`.
Result<Drawn> draw(std::string_view bytes, int page, int pixel_width, int dpi, const Limits& limits) {
    const auto document = TRY(open(bytes));
    if (page < 1 || page > document->pages())
        return fail(ErrorCode::not_found, "paper.no_such_page", "page",
                    {{"page", std::to_string(page)}, {"pages", std::to_string(document->pages())}});
    const std::unique_ptr<poppler::page> sheet(document->create_page(page - 1));
    if (!sheet) return unreadable(Reason::damaged, "the page can't be read");

    const poppler::rectf rect = sheet->page_rect();
    const bool turned =
        sheet->orientation() == poppler::page::landscape || sheet->orientation() == poppler::page::seascape;
    const double width = turned ? rect.height() : rect.width();
    const double height = turned ? rect.width() : rect.height();
    if (!(width > 0) || !(height > 0) || !std::isfinite(width * height))
        return unreadable(Reason::damaged, "the page has no size");
    const double resolution = pixel_width > 0 ? pixel_width * 72.0 / width : dpi;
    const double scale = resolution / 72.0;
    if (width * scale * height * scale > static_cast<double>(limits.pixels))
        return unreadable(Reason::too_large,
                          fmt::format("a page of {:.0f} x {:.0f} pixels", width * scale, height * scale));

    poppler::page_renderer renderer;
    renderer.set_render_hints(poppler::page_renderer::antialiasing | poppler::page_renderer::text_antialiasing);
    renderer.set_image_format(poppler::image::format_argb32);
    renderer.set_paper_color(0xFFFFFFFF);
    const poppler::image image = renderer.render_page(sheet.get(), resolution, resolution);
    if (!image.is_valid() || image.width() <= 0) return unreadable(Reason::damaged, "the page can't be drawn");
    return Drawn{image, resolution};
}

}  // namespace

Result<Picture> page_picture(std::string_view bytes, int page, int pixel_width, int dpi, const Limits& limits) {
    constexpr int usual_dpi = 150;
    return as_png(TRY(draw(bytes, page, pixel_width, dpi > 0 ? dpi : usual_dpi, limits)).image);
}

Result<Ink> ink(std::string_view bytes, int page, const Limits& limits) {
    constexpr int dots = 72;
    constexpr int dark = 170;  // of 255: thin letters are grey at this resolution, the paper of a scan is lighter
    const Drawn drawn = TRY(draw(bytes, page, 0, dots, limits));
    const double millimetre = drawn.resolution / 25.4;
    Ink ink;
    ink.width = std::max(1, static_cast<int>(std::lround(drawn.image.width() / millimetre)));
    ink.height = std::max(1, static_cast<int>(std::lround(drawn.image.height() / millimetre)));
    ink.cells.resize(static_cast<std::size_t>(ink.width) * static_cast<std::size_t>(ink.height));
    const auto* const pixels = reinterpret_cast<const unsigned char*>(drawn.image.const_data());
    for (int y = 0; y < drawn.image.height(); ++y) {
        const unsigned char* const row = pixels + static_cast<std::ptrdiff_t>(y) * drawn.image.bytes_per_row();
        const int line = std::min(static_cast<int>(y / millimetre), ink.height - 1) * ink.width;
        for (int x = 0; x < drawn.image.width(); ++x) {
            const int cell = line + std::min(static_cast<int>(x / millimetre), ink.width - 1);
            if (*std::min_element(row + x * 4, row + x * 4 + 3) < dark)
                ink.cells[static_cast<std::size_t>(cell)] = true;
        }
    }
    return ink;
}

}  // namespace paper::pdf
