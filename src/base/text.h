#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Text as it is kept: valid UTF-8, NFC, no NUL and no control character but line feed and tab, ends trimmed.
/// Errors: invalid "base.bad_text".
Result<std::string> clean_text(std::string_view raw);

/// Number of characters a person would count (grapheme clusters).
std::size_t length(std::string_view text);

/// Lower case, NFC, with the tone mark moved to its modern place: "Hoà" and "Hòa" both give "hòa", "thuỷ" gives "thủy".
std::string exact_form(std::string_view text);

/// exact_form without any mark, đ made d: "Đường" gives "duong". What a search folds to.
std::string folded_form(std::string_view text);

/// A word of a text: its exact and folded forms and where it stands in the original, in bytes.
struct Word {
    std::string exact;
    std::string folded;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The words of a text in order: runs of letters and digits. "123/QĐ-UBND" gives three words.
std::vector<Word> words(std::string_view text);

/// ICU key that sorts as Vietnamese dictionaries do; compare the bytes.
std::string collation_key(std::string_view text);

/// The first `characters` characters, with "…" when something was cut off.
std::string shorten(std::string_view text, std::size_t characters);

std::string lower(std::string_view text);
std::string upper(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string_view trim(std::string_view text);
