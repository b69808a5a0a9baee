// The forms a search compares: exact_form, folded_form, words. They run over every title and every long file, so text
// made of the table's letters alone never reaches ICU.
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "base/letters.h"
#include "base/syllable.h"
#include "base/text.h"
#include "base/utf8.h"

namespace {

using letters::Letter;
using letters::Table;

const icu::Normalizer2& composer() {
    UErrorCode error = U_ZERO_ERROR;
    return *icu::Normalizer2::getNFCInstance(error);
}

icu::UnicodeString composed(const icu::UnicodeString& text) {
    UErrorCode error = U_ZERO_ERROR;
    return composer().normalize(text, error);
}

icu::UnicodeString lowered(std::string_view text) {
    icu::UnicodeString wide = composed(icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}));
    return composed(wide.toLower(icu::Locale::getRoot()));
}

std::string narrow(const icu::UnicodeString& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

bool is_diacritic(char16_t unit) {
    return (unit >= 0x0300 && unit <= 0x036F) || (unit >= 0x1AB0 && unit <= 0x1AFF) ||
           (unit >= 0x1DC0 && unit <= 0x1DFF) || (unit >= 0x20D0 && unit <= 0x20FF) ||
           (unit >= 0xFE20 && unit <= 0xFE2F);
}

/// Takes the diacritics off, but not the vowel signs of Lao, Khmer or Thai, which are letters to their readers.
icu::UnicodeString without_diacritics(const icu::UnicodeString& text) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::UnicodeString parts = icu::Normalizer2::getNFDInstance(error)->normalize(text, error);
    icu::UnicodeString kept;
    for (int32_t i = 0; i < parts.length(); ++i)
        if (!is_diacritic(parts[i])) kept.append(parts[i]);
    return composed(kept);
}

bool is_plain(const Table& table, std::string_view text) {
    for (std::size_t at = utf8::ascii_prefix(text); at < text.size();) {
        const utf8::CodePoint point = utf8::at(text, at);
        const Letter* letter = table.find(point.value);
        if (letter == nullptr || !letter->is(letters::plain)) return false;
        at += point.size;
    }
    return true;
}

std::uint8_t flags_at(const Table& table, const utf8::CodePoint& point) {
    if (const Letter* letter = table.find(point.value)) return letter->flags;
    return point.value == utf8::invalid ? 0 : letters::flags_of(point.value);
}

/// Of text that is plain, or lower and NFC already.
std::string exact_of_prepared(const Table& table, std::string_view text) {
    std::string out;
    out.reserve(text.size());
    Syllable syllable;
    std::size_t begin = 0;  // of the syllable, in `out`
    const auto finish = [&] {
        if (const auto replaced = syllable.replaced()) [[unlikely]] {
            out.resize(begin);
            for (const char16_t unit : *replaced) utf8::append(out, unit);
        }
        syllable.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const utf8::CodePoint point = utf8::at(text, at);
        const Letter* letter = table.find(point.value);
        const bool plain = letter != nullptr && letter->is(letters::plain);
        const bool in_syllable = plain && letter->is(letters::letter);
        const bool combines = !plain && (flags_at(table, point) & letters::mark) != 0;
        if (combines) syllable.spoil();
        if (!in_syllable && !combines) finish();
        if (in_syllable) syllable.push(*letter);
        if (plain)
            utf8::append(out, letter->lower);
        else
            out += text.substr(at, point.size);
        if (!in_syllable && !combines) begin = out.size();
        at += point.size;
    }
    finish();
    return out;
}

std::string folded_of_prepared(const Table& table, std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const utf8::CodePoint point = utf8::at(text, at);
        const Letter* letter = table.find(point.value);
        if (letter == nullptr || !letter->is(letters::plain))
            out += text.substr(at, point.size);
        else
            utf8::append(out, letter->folded);
        at += point.size;
    }
    return out;
}

}  // namespace

std::string exact_form(std::string_view text) {
    const Table& table = Table::get();
    if (is_plain(table, text)) return exact_of_prepared(table, text);
    return exact_of_prepared(table, narrow(lowered(text)));
}

std::string folded_form(std::string_view text) {
    const Table& table = Table::get();
    if (is_plain(table, text)) return folded_of_prepared(table, text);
    return folded_of_prepared(table, narrow(without_diacritics(lowered(text))));
}

const Word* WordReader::next() {
    const Table& table = Table::get();
    while (at_ < text_.size()) {
        const utf8::CodePoint point = utf8::at(text_, at_);
        if (flags_at(table, point) & letters::word) break;
        at_ += point.size;
    }
    if (at_ >= text_.size()) return nullptr;

    word_.begin = at_;
    bool plain = true;
    while (at_ < text_.size()) {
        const utf8::CodePoint point = utf8::at(text_, at_);
        const std::uint8_t flags = flags_at(table, point);
        if (!(flags & (letters::word | letters::mark))) break;
        if (!(flags & letters::plain)) plain = false;
        at_ += point.size;
    }
    word_.end = at_;
    const std::string_view original = text_.substr(word_.begin, word_.end - word_.begin);
    word_.exact = plain ? exact_of_prepared(table, original) : exact_form(original);
    word_.folded = plain ? folded_of_prepared(table, original) : folded_form(original);
    return &word_;
}

std::vector<Word> words(std::string_view text) {
    std::vector<Word> all;
    WordReader reader(text);
    while (const Word* word = reader.next()) all.push_back(*word);
    return all;
}
