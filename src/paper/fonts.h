#pragma once
#include <memory>
#include <string>

#include <boost/describe.hpp>

#include "base/result.h"

struct _FcConfig;

namespace paper {

/// The printed family: metrics of Times New Roman, which NĐ 30/2020/NĐ-CP asks for, with every Vietnamese letter.
constexpr const char* font_family = "Liberation Serif";

/// Where the four files LiberationSerif-{Regular,Bold,Italic,BoldItalic}.ttf lie. Empty: /usr/share/congvu/fonts and
/// the places of Debian's packages are tried.
struct FontSettings {
    std::string directory;
};
BOOST_DESCRIBE_STRUCT(FontSettings, (), (directory))

/// A font configuration of the family's four files and nothing else of this machine, read once for each directory.
/// Errors: unavailable "paper.no_fonts" (a file is not there, or is the old version that lacks Vietnamese letters).
Result<std::shared_ptr<_FcConfig>> font_configuration(const FontSettings&);

}  // namespace paper
