#include "base/text.h"

#include <gmock/gmock.h>
#include <memory>
#include <random>

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace {

using testing::ElementsAre;

std::string decomposed(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const auto wide = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
    std::string out;
    return icu::Normalizer2::getNFDInstance(error)->normalize(wide, error).toUTF8String(out);
}

std::size_t characters_by_icu(const std::string& text) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> iterator(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
    const auto wide = icu::UnicodeString::fromUTF8(text);
    iterator->setText(wide);
    std::size_t count = 0;
    while (iterator->next() != icu::BreakIterator::DONE) ++count;
    return count;
}

/// Texts of up to `most` pieces drawn from `alphabet`.
std::vector<std::string> random_texts(const std::vector<std::string>& alphabet, std::size_t count, std::size_t most) {
    std::mt19937 random(7);
    std::vector<std::string> texts(count);
    for (std::string& text : texts)
        for (std::size_t left = random() % (most + 1); left > 0; --left) text += alphabet[random() % alphabet.size()];
    return texts;
}

const std::vector<std::string> mixed_alphabet = {
    "a",      "Z",      "o",  "u",  "y", "à", "Ế",  "ợ", "ữ",  "đ", "Đ",      "Ð", "q",      "g",  "i",  "é",
    " ",      "-",      "\n", "\r", "7", "–", "“",  "İ", "ß",  "ñ", "Ж",      "Σ", "ς",      "字", "한", "\u0301",
    "\u0323", "\u200D", "👨", "👧", "🇻", "🇳", "กำ", "ຂໍ້", "\t", "K", "\u2003", "ﬁ", "\u00A0", "½"};

TEST(CleanText, KeepsWhatATextMayHold) {
    struct Case {
        std::string raw;
        std::string kept;
    };
    for (const auto& [raw, kept] : {
             Case{"", ""},
             Case{"  Về việc hòa giải \n", "Về việc hòa giải"},
             Case{"một\r\nhai\rba\n", "một\nhai\nba"},
             Case{"cột\tcột", "cột\tcột"},
             Case{decomposed("Quyết định"), "Quyết định"},
             Case{"\u00A0\u3000\uFEFFtên\u200B\u2003", "tên"},
             Case{"e\u0323\u0302", "ệ"},
             Case{"hoà", "hoà"},
             Case{"😀 字", "😀 字"},
             Case{"báo cáo\u202Efdp.exe", "báo cáofdp.exe"},
             Case{"\u202AC:\\Công văn\u202C", "C:\\Công văn"},
             Case{"a\u200E\u200F\u061Cb\u202B\u202Dc\u2066\u2067\u2068\u2069d", "abcd"},
             Case{"o\u202E\u0302", "ô"},
             Case{" \u202E ", ""},
         }) {
        EXPECT_EQ(clean_text(raw), kept) << raw;
    }
}

TEST(CleanText, RefusesWhatNoTextHolds) {
    using namespace std::string_literals;
    for (const std::string& raw :
         {"a\0b"s, "\x01"s, "a\x1B[0m"s, "\x7F"s, "\u0085x"s, "\u009F"s, "\xFF"s, "\xC0\x80"s, "\xE1\xBB"s,
          "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s, "\xC3("s, "\uFFFE"s, "\U0001FFFF"s}) {
        const auto text = clean_text(raw);
        ASSERT_FALSE(text) << testing::PrintToString(raw);
        EXPECT_EQ(text.error().code, ErrorCode::invalid);
        EXPECT_EQ(text.error().message, "base.bad_text");
    }
}

TEST(Utf8, IsKnownAndMended) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("Việt 😀"));
    EXPECT_FALSE(is_utf8("Vi\xE1\xBB"));
    EXPECT_EQ(valid_utf8("Vi\xE1\xBBx"), "Vi\uFFFD\uFFFDx");
    EXPECT_EQ(valid_utf8("Việt"), "Việt");
}

TEST(Length, CountsWhatAReaderCounts) {
    struct Case {
        std::string text;
        std::size_t length;
    };
    for (const auto& [text, wanted] :
         {Case{"", 0}, Case{"Việt Nam", 8}, Case{decomposed("Việt Nam"), 8}, Case{"a\r\nb", 3},
          Case{"👨‍👩‍👧", 1}, Case{"🇻🇳", 1}, Case{"“Đ”…", 4}, Case{"e\u0301", 1}})
        EXPECT_EQ(length(text), wanted) << text;
}

TEST(Length, AgreesWithIcu) {
    for (const std::string& text : random_texts(mixed_alphabet, 5'000, 12))
        ASSERT_EQ(length(text), characters_by_icu(text)) << testing::PrintToString(text);
}

TEST(Shorten, CutsBetweenCharacters) {
    EXPECT_EQ(shorten("Quyết định", 5), "Quyết…");
    EXPECT_EQ(shorten("Quyết", 5), "Quyết");
    EXPECT_EQ(shorten("Quyết", 0), "…");
    EXPECT_EQ(shorten("", 0), "");
    EXPECT_EQ(shorten("👨‍👩‍👧👧", 1), "👨‍👩‍👧…");
    for (const std::string& text : random_texts(mixed_alphabet, 2'000, 12))
        for (std::size_t most = 0; most < 6; ++most) {
            const std::string shortened = shorten(text, most);
            if (length(text) <= most) {
                ASSERT_EQ(shortened, text);
            } else {
                ASSERT_TRUE(shortened.ends_with("…"));
                const std::string kept = shortened.substr(0, shortened.size() - std::string_view("…").size());
                ASSERT_TRUE(text.starts_with(kept));
                ASSERT_EQ(characters_by_icu(kept), most) << testing::PrintToString(text);
            }
        }
}

TEST(ExactForm, IsLowerComposedAndOfOneTonePlacement) {
    struct Case {
        std::string text;
        std::string exact;
        std::string folded;
    };
    for (const auto& [text, exact, folded] : {
             Case{"Hoà", "hòa", "hoa"},
             Case{"Hòa", "hòa", "hoa"},
             Case{"HOÀ BÌNH", "hòa bình", "hoa binh"},
             Case{decomposed("Hoà"), "hòa", "hoa"},
             Case{"thuỷ", "thủy", "thuy"},
             Case{"Đường", "đường", "duong"},
             Case{"Ðường", "đường", "duong"},  // U+00D0, as legacy keyboards write it
             Case{"123/QĐ-UBND", "123/qđ-ubnd", "123/qd-ubnd"},
             Case{"café Noël naïve", "café noël naïve", "cafe noel naive"},
             Case{"ÀÉÎÕÜ Ñ Ç", "àéîõü ñ ç", "aeiou n c"},
             Case{"Ἀθῆναι", "ἀθῆναι", "αθηναι"},
             Case{"Ёлка", "ёлка", "елка"},
             Case{"ກໍາ", "ກໍາ", "ກໍາ"},
             Case{"한국", "한국", "한국"},
             Case{"a\xFFz", "a\uFFFDz", "a\uFFFDz"},
             Case{"", "", ""},
         }) {
        EXPECT_EQ(exact_form(text), exact) << text;
        EXPECT_EQ(folded_form(text), folded) << text;
    }
}

TEST(Forms, HoldForAnyText) {
    for (const std::string& text : random_texts(mixed_alphabet, 10'000, 10)) {
        const std::string exact = exact_form(text);
        const std::string folded = folded_form(text);
        ASSERT_EQ(exact_form(exact), exact) << testing::PrintToString(text);
        ASSERT_EQ(folded_form(folded), folded) << testing::PrintToString(text);
        ASSERT_EQ(folded_form(exact), folded) << testing::PrintToString(text);
        // The way through ICU gives what the tables give.
        ASSERT_EQ(exact_form(decomposed(text)), exact) << testing::PrintToString(text);
        ASSERT_EQ(folded_form(decomposed(text)), folded) << testing::PrintToString(text);
    }
}

TEST(Forms, StandWhateverTheBytes) {
    std::mt19937 random(11);
    for (int i = 0; i < 5'000; ++i) {
        std::string bytes(random() % 12, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random() % 3 == 0 ? random() : 0xC0 | (random() & 0x3F));
        ASSERT_TRUE(is_utf8(exact_form(bytes)));
        ASSERT_TRUE(is_utf8(folded_form(bytes)));
        ASSERT_TRUE(is_utf8(valid_utf8(bytes)));
        length(bytes);
        shorten(bytes, 2);
        collation_key(bytes);
        std::size_t end = 0;
        for (const Word& word : words(bytes)) {
            ASSERT_LE(end, word.begin);
            ASSERT_LT(word.begin, word.end);
            end = word.end;
        }
        ASSERT_LE(end, bytes.size());
        ASSERT_NE(bytes.find(trim(bytes)), std::string::npos);
    }
}

TEST(Words, AreRunsOfLettersAndDigits) {
    const auto exact = [](std::string_view text) {
        std::vector<std::string> all;
        for (const Word& word : words(text)) all.push_back(word.exact);
        return all;
    };
    EXPECT_THAT(exact("123/QĐ-UBND"), ElementsAre("123", "qđ", "ubnd"));
    EXPECT_THAT(exact("Về việc “hoà giải”, 5.000đ…"), ElementsAre("về", "việc", "hòa", "giải", "5", "000đ"));
    EXPECT_THAT(exact("Буква, 字典; ກໍາ"), ElementsAre("буква", "字典", "ກໍາ"));
    EXPECT_THAT(exact(""), ElementsAre());
    EXPECT_THAT(exact(" –/* \u0301"), ElementsAre());
}

TEST(Words, StandWhereTheyStoodInTheOriginal) {
    for (const std::string& text : {std::string("Số 12: Hoà-Đường"), decomposed("Số 12: Hoà-Đường")}) {
        const std::vector<Word> all = words(text);
        ASSERT_EQ(all.size(), 4u);
        for (const Word& word : all) {
            const std::string original = text.substr(word.begin, word.end - word.begin);
            EXPECT_EQ(exact_form(original), word.exact);
            EXPECT_EQ(folded_form(original), word.folded);
        }
        EXPECT_EQ(all[0].begin, 0u);
        EXPECT_EQ(all[2].exact, "hòa");
        EXPECT_EQ(all[3].folded, "duong");
        EXPECT_EQ(all[3].end, text.size());
    }
}

TEST(Collation, SortsAsADictionary) {
    const std::vector<std::string> in_order = {
        "an", "án",   "ăn", "ân", "ba",        "ca", "cà", "cả",   "cã", "cá", "cạ", "cách", "căn",  "cân",
        "da", "dũng", "đa", "đà", "Đỗ Văn An", "em", "êm", "oanh", "ôn", "ơn", "tu", "từ",   "Xuân", "yên"};
    for (std::size_t i = 1; i < in_order.size(); ++i)
        EXPECT_LT(collation_key(in_order[i - 1]), collation_key(in_order[i])) << in_order[i - 1] << " " << in_order[i];
    EXPECT_EQ(collation_key("Hòa"), collation_key(decomposed("Hòa")));
    EXPECT_NE(collation_key("hòa"), collation_key("Hòa"));
    EXPECT_LT(collation_key(""), collation_key("a"));
    EXPECT_EQ(collation_key("hòa").find('\0'), std::string::npos);
    const std::string long_text(5'000, 'x');
    EXPECT_LT(collation_key(long_text), collation_key(long_text + "x"));
}

TEST(Case, CoversVietnamese) {
    EXPECT_EQ(lower("ỦY BAN Nhân Dân"), "ủy ban nhân dân");
    EXPECT_EQ(upper("Ủy ban nhân dân đường"), "ỦY BAN NHÂN DÂN ĐƯỜNG");
    EXPECT_EQ(lower("ABC-12"), "abc-12");
    EXPECT_EQ(upper("straße"), "STRASSE");
    EXPECT_EQ(lower(""), "");
}

TEST(Parts, SplitAndJoin) {
    EXPECT_THAT(split("a,,b", ','), ElementsAre("a", "", "b"));
    EXPECT_THAT(split(",", ','), ElementsAre("", ""));
    EXPECT_THAT(split("", ','), ElementsAre());
    EXPECT_EQ(join({"a", "", "b"}, ", "), "a, , b");
    EXPECT_EQ(join({}, ", "), "");
}

TEST(Trim, TakesEverySpaceOffTheEnds) {
    EXPECT_EQ(trim(" \t\r\n a b \n"), "a b");
    EXPECT_EQ(trim("\u00A0\u2003x\u3000\uFEFF"), "x");
    EXPECT_EQ(trim(" \u200B "), "");
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim("\x80 "), "\x80");
}

}  // namespace
