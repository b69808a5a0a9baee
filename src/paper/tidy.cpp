#include "paper/tidy.h"

#include <cstdint>

#include "base/text.h"
#include "base/utf8.h"

namespace paper {

namespace {

/// Characters that show nothing and only break a search: C0 and C1 controls, soft hyphen, zero-width marks, byte order
/// mark.
bool is_dropped(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || (code >= 0x200B && code <= 0x200F) ||
           code == 0x2060 || code == 0xFEFF || (code & 0xFFFE) == 0xFFFE;
}

/// Spaces of every width become the plain one.
bool is_space(char32_t code) {
    return code == ' ' || code == '\t' || code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
           code == 0x3000;
}

bool is_line_end(char32_t code) {
    return code == '\n' || code == '\r' || code == 0x0B || code == 0x0C || code == 0x85 || code == 0x2028 ||
           code == 0x2029;
}

/// Builds the tidy text: line ends wait until a character follows, so that none stand at the end.
class Lines {
  public:
    explicit Lines(std::size_t expected) { text_.reserve(expected); }
    void line_end() {
        while (!text_.empty() && (text_.back() == ' ' || text_.back() == '\t')) text_.pop_back();
        // A line of blanks only is an empty line.
        for (; !text_.empty() && text_.back() == '\n'; text_.pop_back()) ++waiting_;
        ++waiting_;
    }
    void put(char32_t code) {
        if (waiting_ > 0 && !text_.empty()) text_.append(waiting_ > 1 ? "\n\n" : "\n");
        waiting_ = 0;
        append_utf8(text_, code);
    }
    std::string take() {
        line_end();
        return std::move(text_);
    }

  private:
    std::string text_;
    int waiting_ = 0;
};

}  // namespace

bool is_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const utf8::CodePoint point = utf8::at(bytes, at);
        if (point.value == utf8::invalid) return false;
        at += point.size;
    }
    return true;
}

std::string_view cut_at(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return text.substr(0, bytes);
}

void append_utf8(std::string& text, char32_t character) {
    if (character < 0x10000) return utf8::append(text, static_cast<char16_t>(character));
    for (const int shift : {18, 12, 6, 0}) {
        const char32_t part = character >> shift & 0x3F;
        text.push_back(static_cast<char>(static_cast<unsigned char>((shift == 18 ? 0xF0 : 0x80) | part)));
    }
}

std::string tidy(std::string_view raw) {
    Lines lines(raw.size());
    for (std::size_t at = 0; at < raw.size();) {
        const utf8::CodePoint point = utf8::at(raw, at);
        at += point.size;
        const char32_t code = point.value == utf8::invalid ? 0xFFFD : point.value;
        const bool before_line_feed = code == '\r' && at < raw.size() && raw[at] == '\n';
        if (is_line_end(code)) {
            if (!before_line_feed) lines.line_end();
        } else if (is_space(code)) {
            lines.put(code == '\t' ? U'\t' : U' ');
        } else if (!is_dropped(code)) {
            lines.put(code);
        }
    }
    std::string text = lines.take();
    // Only NFC is left to do; what clean_text would refuse has been taken out above.
    Result<std::string> clean = clean_text(text);
    return clean ? std::move(*clean) : text;
}

ExtractedText tidy_text(std::string_view raw, const Limits& limits) {
    const auto longest = static_cast<std::size_t>(limits.text_bytes);
    ExtractedText result;
    // Tidying only shortens; twice the limit leaves room for decomposed letters and blanks.
    const std::string_view enough = cut_at(raw, 2 * longest);
    result.text = tidy(enough);
    result.truncated = enough.size() < raw.size() || result.text.size() > longest;
    if (result.text.size() > longest) result.text.resize(cut_at(result.text, longest).size());
    return result;
}

}  // namespace paper
