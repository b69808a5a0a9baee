#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace db {

using Blob = std::vector<std::byte>;

/// What a column can hold on both engines. Booleans are 0 and 1, instants milliseconds, dates ISO text.
class Value {
  public:
    Value() = default;
    Value(std::nullptr_t) {}
    Value(bool v) : held_(static_cast<std::int64_t>(v)) {}
    Value(int v) : held_(static_cast<std::int64_t>(v)) {}
    Value(std::int64_t v) : held_(v) {}
    Value(std::uint32_t v) : held_(static_cast<std::int64_t>(v)) {}
    Value(double v) : held_(v) {}
    Value(const char* v) : held_(std::string(v)) {}
    Value(std::string v) : held_(std::move(v)) {}
    Value(std::string_view v) : held_(std::string(v)) {}
    Value(Blob v) : held_(std::move(v)) {}
    Value(Instant v) : held_(v.milliseconds) {}
    Value(LocalDate v) : held_(to_string(v)) {}
    template <class Noun>
    Value(Id<Noun> id) {
        if (id) held_ = id.value;  // 0 is "none": null
    }
    template <class T>
    Value(const std::optional<T>& v) {
        if (v) *this = Value(*v);
    }

    bool is_null() const { return std::holds_alternative<std::monostate>(held_); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&held_); }
    const double* real() const { return std::get_if<double>(&held_); }
    const std::string* text() const { return std::get_if<std::string>(&held_); }
    const Blob* blob() const { return std::get_if<Blob>(&held_); }
    bool operator==(const Value&) const = default;

  private:
    std::variant<std::monostate, std::int64_t, double, std::string, Blob> held_;
};

/// One row of an answer, columns counted from 0. A column read as another type gives that type's zero; null gives zero
/// too.
class Row {
  public:
    explicit Row(std::vector<Value> columns) : columns_(std::move(columns)) {}
    std::size_t size() const { return columns_.size(); }
    const Value& operator[](std::size_t column) const { return columns_[column]; }
    bool is_null(std::size_t column) const { return columns_[column].is_null(); }
    std::int64_t integer(std::size_t column) const {
        return columns_[column].integer() ? *columns_[column].integer() : 0;
    }
    bool boolean(std::size_t column) const { return integer(column) != 0; }
    double real(std::size_t column) const {
        if (columns_[column].real()) return *columns_[column].real();
        return static_cast<double>(integer(column));
    }
    const std::string& text(std::size_t column) const {
        static const std::string empty;
        return columns_[column].text() ? *columns_[column].text() : empty;
    }
    const Blob& blob(std::size_t column) const {
        static const Blob empty;
        return columns_[column].blob() ? *columns_[column].blob() : empty;
    }
    Instant instant(std::size_t column) const { return {integer(column)}; }
    std::optional<LocalDate> date(std::size_t column) const {
        auto day = parse_date(text(column));
        return day ? std::optional(*day) : std::nullopt;
    }
    template <class Noun>
    Id<Noun> id(std::size_t column) const {
        return {integer(column)};
    }

  private:
    std::vector<Value> columns_;
};

using Rows = std::vector<Row>;

}  // namespace db
