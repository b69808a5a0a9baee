#include <array>

#include "base/text.h"
#include "core/files/files.h"

namespace files {
namespace {

constexpr std::size_t longest = 255;

// Marks that turn the direction of reading: "báo cáo<RLO>fdp.exe" would show as "báo cáoexe.pdf".
bool has_direction_marks(std::string_view name) {
    constexpr std::string_view marks[] = {"\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d",
                                          "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"};
    return std::ranges::any_of(marks, [&](std::string_view mark) { return name.contains(mark); });
}

// CON, NUL, COM1 … with any extension are devices on Windows.
bool is_device(std::string_view name) {
    const std::string stem = upper(trim(name.substr(0, name.find('.'))));
    if (stem == "CON" || stem == "PRN" || stem == "AUX" || stem == "NUL") return true;
    return stem.size() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")) && stem[3] >= '0' && stem[3] <= '9';
}

}  // namespace

Result<std::string> clean_name(std::string_view raw) {
    const auto bad = fail(ErrorCode::invalid, "files.bad_name", "name");
    raw.remove_prefix(raw.find_last_of("/\\") + 1);  // npos + 1 is 0
    const auto cleaned = clean_text(raw);
    if (!cleaned || cleaned->find_first_of("\n\t") != std::string::npos || has_direction_marks(raw)) return bad;
    std::string name = *cleaned;
    for (char& c : name)
        if (std::string_view("<>:\"|?*").contains(c)) c = '_';
    while (name.ends_with('.') || name.ends_with(' ')) name.pop_back();
    if (name.empty() || length(name) > longest || name.size() > 4 * longest || is_device(name)) return bad;
    return name;
}

}  // namespace files
