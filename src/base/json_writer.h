#pragma once
#include <cstdint>
#include <string>
#include <string_view>

/// Writes JSON as text, without a tree of values in between: for the few answers that are asked for thousands of times
/// a second. Whoever writes sees to it that objects have keys and everything opened is closed.
///
///     JsonWriter json;
///     json.open_object().key("id").number(7).key("name").text("Vụ Pháp chế").close_object();
class JsonWriter {
  public:
    JsonWriter() { text_.reserve(4096); }
    JsonWriter& open_object() { return open('{'); }
    JsonWriter& close_object() { return close('}'); }
    JsonWriter& open_array() { return open('['); }
    JsonWriter& close_array() { return close(']'); }
    /// The name of the next value; one of the source, so nothing in it is escaped.
    JsonWriter& key(std::string_view name);
    /// UTF-8, escaped as RFC 8259 asks.
    JsonWriter& text(std::string_view);
    JsonWriter& number(std::int64_t);
    JsonWriter& boolean(bool);

    const std::string& written() const { return text_; }
    std::string take() { return std::move(text_); }

  private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void separate();
    std::string text_;
    bool needs_comma_ = false;
};
