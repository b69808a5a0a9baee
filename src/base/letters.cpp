#include "base/letters.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace letters {

namespace {

constexpr std::u16string_view toned_vowels =
    u"aàáảãạ"
    u"ăằắẳẵặ"
    u"âầấẩẫậ"
    u"eèéẻẽẹ"
    u"êềếểễệ"
    u"iìíỉĩị"
    u"oòóỏõọ"
    u"ôồốổỗộ"
    u"ơờớởỡợ"
    u"uùúủũụ"
    u"ưừứửữự"
    u"yỳýỷỹỵ";
constexpr std::size_t tones = 6;

/// Legacy fonts and keyboards wrote Ð (eth) or Ɖ for Đ; they look the same.
bool looks_like_d_with_stroke(char16_t lower) {
    return lower == u'đ' || lower == u'ð' || lower == u'ɖ';
}

bool cut_off_at_ends(char32_t value) {
    return u_isUWhiteSpace(static_cast<UChar32>(value)) || value == 0x180E || (value >= 0x200B && value <= 0x200D) ||
           value == 0x2060 || value == 0xFEFF;
}

bool is_mark(UChar32 value) {
    return (U_GET_GC_MASK(value) & U_GC_M_MASK) != 0;
}

char16_t without_marks(char16_t lower, const icu::Normalizer2& composer) {
    if (looks_like_d_with_stroke(lower)) return u'd';
    UChar32 base = lower;
    for (icu::UnicodeString parts; composer.getDecomposition(base, parts);) base = parts.char32At(0);
    return static_cast<char16_t>(base);
}

Letter describe(char16_t value, const icu::Normalizer2& composer) {
    Letter letter;
    const auto lower = static_cast<char16_t>(u_tolower(value));
    letter.lower = looks_like_d_with_stroke(lower) ? u'đ' : lower;
    letter.folded = without_marks(lower, composer);
    letter.bare = letter.lower;
    if (const std::size_t at = toned_vowels.find(letter.lower); at != std::u16string_view::npos) {
        letter.vowel = static_cast<Vowel>(at / tones + 1);
        letter.tone = static_cast<Tone>(at % tones);
        letter.bare = toned_vowels[at - at % tones];
    }

    icu::UnicodeString lowered{value};
    lowered.toLower(icu::Locale::getRoot());
    UErrorCode error = U_ZERO_ERROR;
    const bool composed = composer.quickCheck(icu::UnicodeString{value}, error) == UNORM_YES;
    const bool starter = u_getCombiningClass(value) == 0;
    const auto breaks = u_getIntPropertyValue(value, UCHAR_GRAPHEME_CLUSTER_BREAK);
    const bool is_control = u_charType(value) == U_CONTROL_CHAR;

    const auto set = [&](bool holds, Flag flag) {
        if (holds) letter.flags |= flag;
    };
    set(u_isalpha(value), Flag::letter);
    set(u_isalnum(value), Flag::word);
    set(is_mark(value), Flag::mark);
    set(composed && starter && lowered.length() == 1 && !is_mark(value), Flag::plain);
    set(breaks == U_GCB_OTHER || breaks == U_GCB_CONTROL || breaks == U_GCB_CR || breaks == U_GCB_LF, Flag::alone);
    set(is_control && value != u'\n' && value != u'\t', Flag::control);
    set(cut_off_at_ends(value), Flag::space);
    return letter;
}

}  // namespace

Table::Table() {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2& composer = *icu::Normalizer2::getNFCInstance(error);
    pages_.fill(none);
    std::uint8_t slot = 0;
    for (const std::uint8_t page : {0x00, 0x01, 0x02, 0x1E, 0x20}) {
        pages_[page] = slot;
        for (unsigned low = 0; low < 256; ++low)
            letters_[slot * 256U + low] = describe(static_cast<char16_t>(page * 256U + low), composer);
        ++slot;
    }
}

const Table& Table::get() {
    static const Table table;
    return table;
}

char16_t with_tone(Vowel vowel, Tone tone) {
    return toned_vowels[(vowel - 1U) * tones + tone];
}

std::uint8_t flags_of(char32_t value) {
    const auto character = static_cast<UChar32>(value);
    std::uint8_t flags = 0;
    if (u_isalnum(character)) flags |= Flag::word;
    if (is_mark(character)) flags |= Flag::mark;
    if (cut_off_at_ends(value)) flags |= Flag::space;
    return flags;
}

}  // namespace letters
