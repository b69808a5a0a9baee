#include "base/syllable.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "base/utf8.h"

namespace {

/// Every rime of Vietnamese with sắc where congvu puts it, written out by hand.
constexpr std::string_view rimes =
    "á ác ách ái ám án áng ánh áo áp át áu áy ắc ắm ắn ắng ắp ắt ấc ấm ấn ấng ấp ất ấu ấy é éc ém én éng éo ép ét ế "
    "ếch ếm ến "
    "ếnh ếp ết ếu í ích ím ín ính íp ít íu ía iếc iếm iến iếng iếp iết iếu ó óc ói óm ón óng óp ót óa oác oách oái oán "
    "oáng "
    "oánh oáo oáp oát oáy oắc oắm oắn oắng oắt óe oén oéo oét oóc oóng ố ốc ối ốm ốn ống ốp ốt ớ ới ớm ớn ớp ớt ú úc "
    "úi úm "
    "ún úng úp út úa uấn uấng uất uấy uế uếch uếnh uyến uyết uýnh uých uýt uýp uýu uýa uốc uối uốm uốn uống uốt úy uớ "
    "ứ ức ứi "
    "ứng ứt ứu ứa ước ưới ướm ướn ướng ướp ướt ướu ý yếm yến yết yếu";

std::u16string letters_of(std::string_view text) {
    std::u16string units;
    for (std::size_t at = 0; at < text.size();) {
        const utf8::CodePoint point = utf8::at(text, at);
        units.push_back(static_cast<char16_t>(point.value));
        at += point.size;
    }
    return units;
}

std::string text_of(std::u16string_view units) {
    std::string text;
    for (const char16_t unit : units) utf8::append(text, unit);
    return text;
}

const letters::Letter& letter_of(char16_t unit) {
    return *letters::Table::get().find(unit);
}

/// The syllable with `tone` on each of its vowels in turn.
std::vector<std::string> with_tone_everywhere(std::string_view syllable, letters::Tone tone) {
    std::u16string bare;
    for (const char16_t unit : letters_of(syllable)) bare.push_back(letter_of(unit).bare);
    std::vector<std::string> all;
    for (std::size_t i = 0; i < bare.size(); ++i) {
        std::u16string toned = bare;
        if (letter_of(bare[i]).vowel == 0) continue;
        toned[i] = letters::with_tone(letter_of(bare[i]).vowel, tone);
        all.push_back(text_of(toned));
    }
    return all;
}

/// The syllable with its tone changed to another, on the same letter.
std::string with_tone_instead(std::string_view syllable, letters::Tone tone) {
    std::u16string units = letters_of(syllable);
    for (char16_t& unit : units)
        if (letter_of(unit).tone != 0) unit = letters::with_tone(letter_of(unit).vowel, tone);
    return text_of(units);
}

TEST(Syllable, EveryRimeHasItsToneInOnePlace) {
    for (const std::string& rime : split(rimes, ' '))
        for (const std::string onset : {"", "t", "kh", "ngh", "đ", "s", "tr"})
            for (letters::Tone tone = 1; tone <= 5; ++tone) {
                const std::string wanted = with_tone_instead(onset + rime, tone);
                for (const std::string& written : with_tone_everywhere(onset + rime, tone))
                    ASSERT_EQ(exact_form(written), wanted) << written;
            }
}

TEST(Syllable, TheConsonantsQuAndGiCarryNoTone) {
    for (const std::string right :
         {"quá",  "quả",   "quái",  "quáy", "quào",  "què", "quéo",  "quế",  "quý",  "quỵt",   "quýnh", "quỷ",
          "quốc", "quyết", "quạnh", "quắc", "quận",  "quờ", "quỳnh", "già",  "giá",  "giác",   "giải",  "giáo",
          "giầy", "giẻ",   "giếng", "giỏi", "giống", "giờ", "giũa",  "giúp", "giữa", "giường", "gieo"}) {
        EXPECT_EQ(exact_form(right), right);
        letters::Tone tone = 0;
        for (const char16_t unit : letters_of(right)) tone = std::max(tone, letter_of(unit).tone);
        if (tone == 0) continue;
        for (const std::string& written : with_tone_everywhere(right, tone))
            EXPECT_EQ(exact_form(written), right) << written;
    }
    for (const std::string right : {"gì", "gìn", "gỉ", "ghì", "cúi", "gòa"}) EXPECT_EQ(exact_form(right), right);
}

TEST(Syllable, BothHabitsMeet) {
    struct Case {
        const char* one;
        const char* other;
    };
    for (const auto& [one, other] : {Case{"hoà", "hòa"}, Case{"hoè", "hòe"}, Case{"thuỷ", "thủy"}, Case{"khoẻ", "khỏe"},
                                     Case{"thuý", "thúy"}, Case{"xoã", "xõa"}, Case{"Uỷ", "Ủy"}, Case{"NGOẸO", "NGỌEO"},
                                     Case{"quý", "qúy"}, Case{"toàn", "tòan"}, Case{"loè", "lòe"}, Case{"tuỵ", "tụy"}})
        EXPECT_EQ(exact_form(one), exact_form(other)) << one;
    EXPECT_EQ(exact_form("uỷ ban; UỶ BAN, Ủy ban"), "ủy ban; ủy ban, ủy ban");
    EXPECT_EQ(exact_form("hoà2 2hoà x_hoà"), "hòa2 2hòa x_hòa");
}

TEST(Syllable, WhatIsNoSyllableStays) {
    for (const std::string text : {"séoul", "kroà", "wuỷ", "hoàf", "xyzoà", "hoàhoà", "oàoà", "nghiêngoà", "fuỷ",
                                   "hoàà", "qù", "noël", "garçon", "œuvré", "hoaoà"})
        EXPECT_EQ(exact_form(text), text);
}

}  // namespace
