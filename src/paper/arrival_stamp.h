#pragma once
#include <string>

#include <boost/describe.hpp>

#include "base/result.h"

namespace paper {

struct FontSettings;

/// What stands in a "ĐẾN" stamp (NĐ 30/2020/NĐ-CP, Phụ lục IV). An empty entry leaves its dotted line to be filled by
/// hand.
struct StampText {
    std::string agency;         ///< name of the agency that received, printed in capitals as given
    std::string number;         ///< số đến
    std::string date;           ///< ngày đến, "25/08/2026"
    std::string forward_to;     ///< chuyển: unit or person
    std::string file_notation;  ///< số và ký hiệu hồ sơ
};
BOOST_DESCRIBE_STRUCT(StampText, (), (agency, number, date, forward_to, file_notation))

constexpr double stamp_width_millimetres = 50;
constexpr double stamp_height_millimetres = 35;

/// The stamp alone, red on nothing, as a PDF of one page of 50 x 35 mm.
/// Errors: unavailable "paper.no_fonts".
Result<std::string> arrival_stamp(const StampText&, const FontSettings&);

}  // namespace paper
