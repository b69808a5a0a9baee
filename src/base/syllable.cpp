#include "base/syllable.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace {

constexpr std::u16string_view first_consonants[] = {u"",   u"b",  u"c", u"ch", u"d",  u"đ",  u"g",   u"gh", u"h",
                                                    u"k",  u"kh", u"l", u"m",  u"n",  u"ng", u"ngh", u"nh", u"p",
                                                    u"ph", u"r",  u"s", u"t",  u"th", u"tr", u"v",   u"x"};
constexpr std::u16string_view last_consonants[] = {u"", u"c", u"ch", u"m", u"n", u"ng", u"nh", u"p", u"t"};

bool contains(std::span<const std::u16string_view> list, std::u16string_view wanted) {
    return std::ranges::find(list, wanted) != list.end();
}

bool has_hat_or_horn(char16_t bare) {
    return std::u16string_view(u"ăâêôơư").find(bare) != std::u16string_view::npos;
}

/// Index of the vowel that carries the tone. `vowels` has one to three.
std::size_t tone_place(std::u16string_view vowels, bool ends_the_syllable) {
    for (std::size_t i = vowels.size(); i > 0; --i)
        if (has_hat_or_horn(vowels[i - 1])) return i - 1;
    if (vowels.size() == 3) return 1;
    return ends_the_syllable ? 0 : vowels.size() - 1;
}

}  // namespace

std::optional<std::u16string> Syllable::place() const {
    std::u16string bare;
    for (std::size_t i = 0; i < size_; ++i) bare.push_back(letters_[i]->bare);
    const auto is_vowel = [&](std::size_t i) { return i < size_ && letters_[i]->vowel != 0; };

    std::size_t begin = 0;
    while (begin < size_ && !is_vowel(begin)) ++begin;
    const std::u16string_view start = std::u16string_view(bare).substr(0, 2);
    if ((start == u"qu" || start == u"gi") && is_vowel(2))
        begin = 2;
    else if (!contains(first_consonants, std::u16string_view(bare).substr(0, begin)))
        return {};

    std::size_t end = begin;
    while (is_vowel(end)) ++end;
    if (end == begin || end - begin > 3) return {};
    if (!contains(last_consonants, std::u16string_view(bare).substr(end))) return {};

    const std::size_t target = begin + tone_place(std::u16string_view(bare).substr(begin, end - begin), end == size_);
    if (target == tone_at_) return {};
    bare[target] = letters::with_tone(letters_[target]->vowel, letters_[tone_at_]->tone);
    return bare;
}
