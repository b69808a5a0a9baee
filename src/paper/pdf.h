#pragma once
#include <string_view>
#include <vector>

#include "paper/types.h"

/// Reading PDF with poppler. Call these in a helper only; from elsewhere through Helpers.
namespace paper::pdf {

/// Loads what poppler would load on first use; a helper calls it before its walls stand, which let no code in.
void load_converters();

/// Text of the pages in reading order, a blank line between pages. It stops with what it has when three quarters of
/// limits.wall_milliseconds are gone. Errors: corrupt damaged, encrypted, too_large.
Result<ExtractedText> extract_text(std::string_view bytes, const Limits&);

/// Errors: as above.
Result<int> page_count(std::string_view bytes);

/// One page, from 1, on white paper; `pixel_width` or, where it is 0, `dpi` (0 is 150).
/// Errors: as above, not_found "paper.no_such_page", corrupt too_large (over limits.pixels).
Result<Picture> page_picture(std::string_view bytes, int page, int pixel_width, int dpi, const Limits&);

/// Where ink stands on a page as it is shown, by square millimetres from the top left.
struct Ink {
    int width = 0;
    int height = 0;
    std::vector<bool> cells;  ///< row by row
    bool at(int left, int top) const { return cells[static_cast<std::size_t>(top * width + left)]; }
};
/// Errors: as page_picture.
Result<Ink> ink(std::string_view bytes, int page, const Limits&);

}  // namespace paper::pdf
