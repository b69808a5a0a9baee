#include "base/text.h"

#include <memory>
#include <optional>

#include <unicode/brkiter.h>
#include <unicode/casemap.h>
#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/stringoptions.h>
#include <unicode/utext.h>

#include "base/letters.h"
#include "base/utf8.h"

namespace {

using letters::Letter;
using letters::Table;

icu::StringPiece piece(std::string_view text) {
    return {text.data(), static_cast<int32_t>(text.size())};
}

/// ICU counts in 32 bits.
bool fits_icu(std::string_view text) {
    return text.size() < 0x7FFFFFFF;
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9, 2).
bool turns_direction(char32_t value) {
    return value == 0x061C || value == 0x200E || value == 0x200F || (value >= 0x202A && value <= 0x202E) ||
           (value >= 0x2066 && value <= 0x2069);
}

/// Text without carriage returns and marks of direction, or nothing when it is not UTF-8 or holds what no text holds.
std::optional<std::string> without_returns(std::string_view raw) {
    std::string text;
    text.reserve(raw.size());
    for (std::size_t at = 0; at < raw.size();) {
        const utf8::CodePoint point = utf8::at(raw, at);
        if (point.value == utf8::invalid) return {};
        if (point.value == U'\r') {
            if (at + 1 >= raw.size() || raw[at + 1] != '\n') text.push_back('\n');
        } else if (point.value < 0x20 && point.value != U'\n' && point.value != U'\t') {
            return {};
        } else if ((point.value >= 0x7F && point.value < 0xA0) || (point.value & 0xFFFE) == 0xFFFE) {
            return {};  // C1 controls and non-characters
        } else if (!turns_direction(point.value)) {
            text += raw.substr(at, point.size);
        }
        at += point.size;
    }
    return text;
}

bool is_composed(std::string_view text) {
    const Table& table = Table::get();
    for (std::size_t at = utf8::ascii_prefix(text); at < text.size();) {
        const utf8::CodePoint point = utf8::at(text, at);
        const Letter* letter = table.find(point.value);
        if (letter == nullptr || !letter->is(letters::plain)) return false;
        at += point.size;
    }
    return true;
}

std::string composed(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(error);
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    normalizer->normalizeUTF8(0, piece(text), sink, nullptr, error);
    return out;
}

bool cut_off_at_ends(char32_t value) {
    if (value == utf8::invalid) return false;
    const Letter* letter = Table::get().find(value);
    return ((letter != nullptr ? letter->flags : letters::flags_of(value)) & letters::space) != 0;
}

/// Where the text's first `most` characters end, and how many there are up to there.
struct Stretch {
    std::size_t characters = 0;
    std::size_t bytes = 0;
};

/// Counts by the rules of Unicode, for text whose characters may be made of several code points.
Stretch stretch_by_icu(std::string_view text, std::size_t most) {
    UErrorCode error = U_ZERO_ERROR;
    thread_local const std::unique_ptr<icu::BreakIterator> iterator(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
    UText source = UTEXT_INITIALIZER;
    utext_openUTF8(&source, text.data(), static_cast<std::int64_t>(text.size()), &error);
    iterator->setText(&source, error);
    Stretch stretch;
    iterator->first();
    while (stretch.characters < most) {
        const int32_t end = iterator->next();
        if (end == icu::BreakIterator::DONE) break;
        ++stretch.characters;
        stretch.bytes = static_cast<std::size_t>(end);
    }
    utext_close(&source);
    return stretch;
}

Stretch stretch_of(std::string_view text, std::size_t most) {
    const Table& table = Table::get();
    Stretch stretch;
    bool after_return = false;
    while (stretch.bytes < text.size()) {
        const utf8::CodePoint point = utf8::at(text, stretch.bytes);
        const Letter* letter = table.find(point.value);
        if (letter == nullptr || !letter->is(letters::alone)) return stretch_by_icu(text, most);
        if (!(after_return && point.value == U'\n')) {
            if (stretch.characters == most) return stretch;
            ++stretch.characters;
        }
        after_return = point.value == U'\r';
        stretch.bytes += point.size;
    }
    return stretch;
}

template <class Convert>
std::string convert_case(std::string_view text, Convert convert) {
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
    UErrorCode error = U_ZERO_ERROR;
    convert(sink, error);
    return out;
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = utf8::ascii_prefix(text); at < text.size();) {
        const utf8::CodePoint point = utf8::at(text, at);
        if (point.value == utf8::invalid) return false;
        at += point.size;
    }
    return true;
}

std::string valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const utf8::CodePoint point = utf8::at(text, at);
        out += point.value == utf8::invalid ? "\uFFFD" : text.substr(at, point.size);
        at += point.size;
    }
    return out;
}

Result<std::string> clean_text(std::string_view raw) {
    auto text = without_returns(raw);
    if (!text || !fits_icu(raw)) return fail(ErrorCode::invalid, "base.bad_text");
    const std::string_view kept = trim(*text);
    if (!is_composed(kept)) return composed(kept);
    return std::string(kept);
}

std::size_t length(std::string_view text) {
    return stretch_of(text, std::string_view::npos).characters;
}

std::string shorten(std::string_view text, std::size_t characters) {
    const Stretch kept = stretch_of(text, characters);
    if (kept.bytes == text.size()) return std::string(text);
    return std::string(text.substr(0, kept.bytes)) + "…";
}

std::string collation_key(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    thread_local const std::unique_ptr<icu::Collator> collator = [&] {
        std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale("vi"), error));
        made->setAttribute(UCOL_NORMALIZATION_MODE, UCOL_ON, error);
        return made;
    }();
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(piece(text));
    std::string key(text.size() * 3 + 16, '\0');
    int32_t needed =
        collator->getSortKey(wide, reinterpret_cast<std::uint8_t*>(key.data()), static_cast<int32_t>(key.size()));
    if (static_cast<std::size_t>(needed) > key.size()) {
        key.resize(static_cast<std::size_t>(needed));
        needed = collator->getSortKey(wide, reinterpret_cast<std::uint8_t*>(key.data()), needed);
    }
    key.resize(static_cast<std::size_t>(needed) - 1);  // without the closing 0
    return key;
}

std::string lower(std::string_view text) {
    if (utf8::ascii_prefix(text) == text.size()) {
        std::string out(text);
        for (char& c : out)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
        return out;
    }
    return convert_case(text, [&](icu::ByteSink& sink, UErrorCode& error) {
        icu::CaseMap::utf8ToLower("", 0, piece(text), sink, nullptr, error);
    });
}

std::string upper(std::string_view text) {
    return convert_case(text, [&](icu::ByteSink& sink, UErrorCode& error) {
        icu::CaseMap::utf8ToUpper("", 0, piece(text), sink, nullptr, error);
    });
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    if (text.empty()) return parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    for (const std::string& part : parts) {
        if (&part != &parts.front()) out += separator;
        out += part;
    }
    return out;
}

std::string_view trim(std::string_view text) {
    while (!text.empty()) {
        const utf8::CodePoint first = utf8::at(text, 0);
        if (!cut_off_at_ends(first.value)) break;
        text.remove_prefix(first.size);
    }
    while (!text.empty()) {
        std::size_t last = text.size() - 1;
        while (last > 0 && text.size() - last < 4 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
        const utf8::CodePoint point = utf8::at(text, last);
        if (point.size != text.size() - last || !cut_off_at_ends(point.value)) break;
        text.remove_suffix(point.size);
    }
    return text;
}
