#pragma once
#include <cstdint>
#include <string_view>

#include <boost/describe.hpp>

#include "base/result.h"

namespace paper {

namespace pdf {
struct Ink;
}

/// Where the stamp goes on page 1, seen as the page is shown (NĐ 30/2020/NĐ-CP, Điều 22 and Phụ lục IV).
/// Under the number or the date it is moved to the nearest empty paper of the upper half, or to where it hides the
/// least.
enum class StampPlace {
    below_number,  ///< left, under the number and notation or the subject of a letter
    below_date,    ///< right, under the place and date
    top_left,
    top_right,
    chosen,  ///< at StampPosition's millimetres
};
BOOST_DESCRIBE_ENUM(StampPlace, below_number, below_date, top_left, top_right, chosen)

/// Which box of the page is its sheet.
enum class PageBox { crop, media };
BOOST_DESCRIBE_ENUM(PageBox, crop, media)

/// Millimetres are from the shown page's left and top edges to the stamp's left and top edges; used when `chosen`.
struct StampPosition {
    StampPlace place = StampPlace::below_number;
    PageBox box = PageBox::crop;
    double left = 0;
    double top = 0;
};
BOOST_DESCRIBE_STRUCT(StampPosition, (), (place, box, left, top))

/// Writes a copy of the PDF `original` with `stamp` (a PDF of one page) over page 1 to the open file `output`.
/// `ink` is what stands on page 1, for finding empty paper; empty when it isn't known. The same input gives the same
/// bytes. Signatures of the original don't hold for the copy and are plain pictures there. A stamp that would leave the
/// page is moved inside. Runs in the helper: see Helpers::stamped_copy.
/// Errors: corrupt "paper.unreadable_*", invalid "paper.stamp_too_big", internal (not written).
Result<void> write_stamped_copy(std::string_view original, std::string_view stamp, const StampPosition&,
                                const pdf::Ink& ink, int output);

}  // namespace paper
