#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "paper/types.h"

/// Text from strangers' files made fit to keep.
namespace paper {

/// True for well-formed UTF-8 (no overlong form, no surrogate, nothing over U+10FFFF).
bool is_utf8(std::string_view bytes);

/// The longest beginning of `text` within `bytes` that cuts no character in two.
std::string_view cut_at(std::string_view text, std::size_t bytes);

void append_utf8(std::string& text, char32_t character);

/// Well-formed UTF-8, NFC, with U+FFFD for what can't be read, no control character but line feed and tab,
/// line ends as line feeds, no blank at the end of a line, at most one empty line in a row, ends trimmed.
std::string tidy(std::string_view raw);

/// `tidy`, cut at limits.text_bytes.
ExtractedText tidy_text(std::string_view raw, const Limits&);

}  // namespace paper
