#pragma once
#include <cstddef>
#include <string>
#include <string_view>

/// Reading and writing single code points of UTF-8 (RFC 3629). For base; others use base/text.h.
namespace utf8 {

constexpr char32_t invalid = 0xFFFFFFFF;

struct CodePoint {
    char32_t value = invalid;  ///< `invalid` when the byte begins no well-formed sequence
    unsigned size = 1;         ///< bytes to go on by
};

/// The code point that begins at byte `at`, which lies inside the text.
inline CodePoint at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t offset) -> char32_t {
        return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0;
    };
    const auto continues = [&](std::size_t offset) { return (byte(offset) & 0xC0) == 0x80; };
    const char32_t first = byte(0);
    if (first < 0x80) return {first, 1};
    if (first >= 0xC2 && first <= 0xDF && continues(1)) return {(first & 0x1F) << 6 | (byte(1) & 0x3F), 2};
    if (first >= 0xE0 && first <= 0xEF && continues(1) && continues(2)) {
        const char32_t value = (first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
        if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) return {value, 3};
    }
    if (first >= 0xF0 && first <= 0xF4 && continues(1) && continues(2) && continues(3)) {
        const char32_t value = (first & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
        if (value >= 0x10000 && value <= 0x10FFFF) return {value, 4};
    }
    return {};
}

/// Appends a code point below U+10000.
inline void append(std::string& text, char16_t value) {
    if (value < 0x80) {
        text.push_back(static_cast<char>(value));
    } else if (value < 0x800) {
        text.push_back(static_cast<char>(0xC0 | value >> 6));
        text.push_back(static_cast<char>(0x80 | (value & 0x3F)));
    } else {
        text.push_back(static_cast<char>(0xE0 | value >> 12));
        text.push_back(static_cast<char>(0x80 | (value >> 6 & 0x3F)));
        text.push_back(static_cast<char>(0x80 | (value & 0x3F)));
    }
}

/// Bytes at the beginning that are ASCII.
inline std::size_t ascii_prefix(std::string_view text) {
    std::size_t count = 0;
    while (count < text.size() && static_cast<unsigned char>(text[count]) < 0x80) ++count;
    return count;
}

}  // namespace utf8
