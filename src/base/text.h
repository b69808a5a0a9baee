#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

bool is_utf8(std::string_view text);
/// The text with U+FFFD in place of each byte that is no UTF-8.
std::string valid_utf8(std::string_view text);

/// Text as it is kept: valid UTF-8, NFC, no NUL and no control character but line feed and tab, ends trimmed.
/// A carriage return, alone or before a line feed, becomes a line feed. Marks that turn the direction of reading are
/// left out: nobody sees them, Vietnamese needs none, and "báo cáo<RLO>fdp.exe" would be shown as "báo cáoexe.pdf".
/// Errors: invalid "base.bad_text".
Result<std::string> clean_text(std::string_view raw);

/// Number of characters a person would count (grapheme clusters).
std::size_t length(std::string_view text);

/// Lower case, NFC, with the tone mark moved to one of its two usual places: "Hoà" and "Hòa" both give "hòa", "thuỷ"
/// gives "thủy". Ð of legacy keyboards becomes đ. What is no UTF-8 becomes U+FFFD.
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

/// The same, one after the other, for texts too long to hold all their words. The text must outlive it.
class WordReader {
  public:
    explicit WordReader(std::string_view text) : text_(text) {}
    /// Null at the end; valid until the next call.
    const Word* next();

  private:
    std::string_view text_;
    std::size_t at_ = 0;
    Word word_;
};

/// ICU key that sorts as Vietnamese dictionaries do; compare the bytes.
std::string collation_key(std::string_view text);

/// The first `characters` characters, with "…" when something was cut off.
std::string shorten(std::string_view text, std::size_t characters);

std::string lower(std::string_view text);
std::string upper(std::string_view text);
/// "a,,b" gives three parts, an empty text none.
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
/// Without white space (that of Unicode, and what has no width) at both ends.
std::string_view trim(std::string_view text);
