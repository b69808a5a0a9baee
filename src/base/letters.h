#pragma once
#include <array>
#include <cstdint>
#include <string_view>

/// What the fast paths of base/text.h know of a code point of the Latin blocks (U+0000 to U+02FF, U+1E00 to U+1EFF) and
/// of general punctuation (U+2000 to U+20FF). Made once, with ICU.
namespace letters {

enum Flag : std::uint8_t {
    letter = 1,
    word = 2,      ///< a letter or a digit
    mark = 4,      ///< combines with what stands before
    plain = 8,     ///< NFC wherever it stands, with one code point as its lower case
    alone = 16,    ///< a character of its own to a reader, whatever stands beside it (except CR LF)
    control = 32,  ///< a control character other than line feed and tab
    space = 64,    ///< white or without width: cut off at the ends of a text
};

/// The vowels that carry tones, 1 to 12 in the order a ă â e ê i o ô ơ u ư y; 0 is none of them.
using Vowel = std::uint8_t;
/// 1 to 5: huyền, sắc, hỏi, ngã, nặng; 0 is none.
using Tone = std::uint8_t;

struct Letter {
    char16_t lower = 0;   ///< lower case; the Icelandic and African look-alikes of đ become đ
    char16_t folded = 0;  ///< lower case without any mark, đ as d
    char16_t bare = 0;    ///< lower case without its tone: ầ is â
    Vowel vowel = 0;
    Tone tone = 0;
    std::uint8_t flags = 0;
    bool is(Flag flag) const { return (flags & flag) != 0; }
};

class Table {
  public:
    static const Table& get();
    /// Null for a code point outside the table's blocks.
    const Letter* find(char32_t value) const {
        const std::size_t page = value >> 8;
        if (page >= pages_.size() || pages_[page] == none) return nullptr;
        return &letters_[pages_[page] * 256 + (value & 0xFF)];
    }

  private:
    Table();
    static constexpr std::uint8_t none = 255;
    std::array<std::uint8_t, 0x21> pages_{};
    std::array<Letter, 5 * 256> letters_{};
};

/// `vowel` 1 to 12 with a tone.
char16_t with_tone(Vowel vowel, Tone tone);

/// The same flags of a code point outside the table: word, mark and space only.
std::uint8_t flags_of(char32_t value);

}  // namespace letters
