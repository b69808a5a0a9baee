#include "base/json_writer.h"

#include <charconv>

void JsonWriter::separate() {
    if (needs_comma_) text_ += ',';
    needs_comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    text_ += bracket;
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    text_ += bracket;
    needs_comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    text_.append("\"").append(name).append("\":");
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
    constexpr std::string_view hex = "0123456789abcdef";
    separate();
    text_ += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto c = static_cast<unsigned char>(value[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        text_.append(value.substr(plain, i - plain));
        plain = i + 1;
        if (c == '"' || c == '\\')
            text_.append("\\").append(1, static_cast<char>(c));
        else if (c == '\n')
            text_ += "\\n";
        else
            text_.append("\\u00").append(1, hex[c >> 4]).append(1, hex[c & 15]);
    }
    text_.append(value.substr(plain)).append("\"");
    return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) {
    separate();
    char digits[24];
    text_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
    separate();
    text_ += value ? "true" : "false";
    return *this;
}
