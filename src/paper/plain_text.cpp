#include "paper/plain_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "paper/tidy.h"

namespace paper {

namespace {

/// windows-1258 from 0x80 on, as Microsoft's best-fit table gives it; 0 where nothing is assigned.
constexpr std::array<char16_t, 128> windows_1258 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0,      0x2039, 0x0152,
    0,      0,      0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0,      0x203A, 0x0153, 0,      0,      0x0178, 0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6,
    0x00A7, 0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF, 0x00B0, 0x00B1, 0x00B2, 0x00B3,
    0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF, 0x00C0,
    0x00C1, 0x00C2, 0x0102, 0x00C4, 0x00C5, 0x00C6, 0x00C7, 0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x0300, 0x00CD,
    0x00CE, 0x00CF, 0x0110, 0x00D1, 0x0309, 0x00D3, 0x00D4, 0x01A0, 0x00D6, 0x00D7, 0x00D8, 0x00D9, 0x00DA,
    0x00DB, 0x00DC, 0x01AF, 0x0303, 0x00DF, 0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
    0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x0301, 0x00ED, 0x00EE, 0x00EF, 0x0111, 0x00F1, 0x0323, 0x00F3, 0x00F4,
    0x01A1, 0x00F6, 0x00F7, 0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x01B0, 0x20AB, 0x00FF};

std::string from_windows_1258(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        if (value < 0x80) {
            text += byte;
            continue;
        }
        const char16_t code = windows_1258[value - 0x80];
        append_utf8(text, code == 0 ? U'\uFFFD' : char32_t{code});
    }
    return text;
}

enum class ByteOrder { little, big };

std::string from_utf16(std::string_view bytes, ByteOrder order) {
    const auto unit = [&](std::size_t at) -> char32_t {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return order == ByteOrder::little ? (second << 8) | first : (first << 8) | second;
    };
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const char32_t code = unit(at);
        const bool high = code >= 0xD800 && code < 0xDC00;
        const char32_t low = high && at + 3 < bytes.size() ? unit(at + 2) : 0;
        if (high && low >= 0xDC00 && low < 0xE000) {
            append_utf8(text, 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00));
            at += 2;
        } else {
            append_utf8(text, code >= 0xD800 && code < 0xE000 ? U'\uFFFD' : code);
        }
    }
    return text;
}

bool has_controls(std::string_view bytes) {
    return std::ranges::any_of(bytes, [](unsigned char byte) {
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != 0x1A;
    });
}

}  // namespace

Result<std::string> decode_text(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), ByteOrder::little);
    if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), ByteOrder::big);
    if (bytes.starts_with("\xEF\xBB\xBF")) return std::string(bytes.substr(3));
    if (has_controls(bytes)) return unreadable(Reason::damaged, "control characters in a text");
    return is_utf8(bytes) ? std::string(bytes) : from_windows_1258(bytes);
}

Result<ExtractedText> plain_text(std::string_view bytes, const Limits& limits) {
    const auto enough = static_cast<std::size_t>(2 * limits.text_bytes);
    const std::string_view part = bytes.substr(0, enough & ~std::size_t{1});
    // A cut in the middle of a letter must not turn UTF-8 into windows-1258.
    const std::string_view whole =
        part.size() < bytes.size() && is_utf8(cut_at(bytes, part.size())) ? cut_at(bytes, part.size()) : part;
    ExtractedText result = tidy_text(TRY(decode_text(whole)), limits);
    result.truncated = result.truncated || whole.size() < bytes.size();
    return result;
}

}  // namespace paper
