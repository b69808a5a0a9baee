#include "db/postgres/types.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace db::postgres {
namespace {

// Numbers of pg_type that never change.
constexpr Oid type_bool = 16;
constexpr Oid type_bytea = 17;
constexpr Oid type_name = 19;
constexpr Oid type_int8 = 20;
constexpr Oid type_int2 = 21;
constexpr Oid type_int4 = 23;
constexpr Oid type_text = 25;
constexpr Oid type_float4 = 700;
constexpr Oid type_float8 = 701;
constexpr Oid type_bpchar = 1042;
constexpr Oid type_varchar = 1043;
constexpr Oid type_numeric = 1700;

bool is_text(Oid type) {
    return type == type_text || type == type_varchar || type == type_bpchar || type == type_name;
}
bool is_whole(Oid type) {
    return type == type_int8 || type == type_int4 || type == type_int2;
}

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t bits = 0;
    for (const char byte : bytes) bits = bits << 8 | static_cast<unsigned char>(byte);
    return bits;
}

std::int64_t whole(std::string_view bytes) {
    switch (bytes.size()) {
        case 2:
            return static_cast<std::int16_t>(big_endian(bytes));
        case 4:
            return static_cast<std::int32_t>(big_endian(bytes));
        default:
            return static_cast<std::int64_t>(big_endian(bytes));
    }
}

Blob blob_of(std::string_view bytes) {
    const auto* begin = reinterpret_cast<const std::byte*>(bytes.data());
    return {begin, begin + bytes.size()};
}

int hex_digit(char c) {
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

/// "\x00ff"
Blob blob_of_hex(std::string_view text) {
    Blob blob;
    for (std::size_t at = 2; at + 1 < text.size(); at += 2)
        blob.push_back(static_cast<std::byte>(hex_digit(text[at]) << 4 | hex_digit(text[at + 1])));
    return blob;
}

Value real_of(std::string_view text) {
    if (text == "Infinity") return Value(std::numeric_limits<double>::infinity());
    if (text == "-Infinity") return Value(-std::numeric_limits<double>::infinity());
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return Value(number);
}

/// A whole number where it is one, as sum() of whole numbers: SQLite has it so.
Value numeric_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed == std::errc() && end == text.data() + text.size()) return Value(number);
    return real_of(text);
}

}  // namespace

Oid own_type(const Value& value) {
    if (value.integer()) return type_int8;
    if (value.real()) return type_float8;
    if (value.text()) return type_text;
    return value.blob() ? type_bytea : 0;
}

bool reads_binary(Oid type) {
    return is_text(type) || is_whole(type) || type == type_bytea || type == type_float8 || type == type_float4 ||
           type == type_bool;
}

Value decode(Oid type, bool binary, std::string_view bytes) {
    if (is_text(type)) return Value(bytes);
    if (type == type_bytea) return Value(binary ? blob_of(bytes) : blob_of_hex(bytes));
    if (is_whole(type)) return binary ? Value(whole(bytes)) : numeric_of(bytes);
    if (type == type_bool) return Value(binary ? bytes == std::string_view("\1", 1) : bytes == "t");
    if (type == type_float8) return binary ? Value(std::bit_cast<double>(big_endian(bytes))) : real_of(bytes);
    if (type == type_float4) {
        if (!binary) return real_of(bytes);
        return Value(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(big_endian(bytes)))));
    }
    if (type == type_numeric) return numeric_of(bytes);
    return Value(bytes);
}

bool Parameters::set(const Value* values, std::size_t count, const std::vector<Oid>& types) {
    *this = {};
    kept_.reserve(count);  // pointers into it must hold
    for (std::size_t at = 0; at < count; ++at) {
        if (!add(values[at], at < types.size() ? types[at] : 0)) return false;
    }
    return true;
}

bool Parameters::add(const Value& value, Oid type) {
    if (const auto* number = value.integer()) return add_integer(*number, type);
    if (const auto* number = value.real()) return add_real(*number, type);
    if (const auto* text = value.text()) {
        if (type == type_bytea) return false;
        add_bytes(text->c_str(), text->size(), 0);
        return true;
    }
    if (const auto* blob = value.blob()) {
        if (type != type_bytea) return false;
        // A null pointer would mean null.
        add_bytes(blob->empty() ? "" : reinterpret_cast<const char*>(blob->data()), blob->size(), 1);
        return true;
    }
    add_bytes(nullptr, 0, 0);
    return true;
}

bool Parameters::add_integer(std::int64_t number, Oid type) {
    const auto fits = [&](auto limit) {
        return number >= std::numeric_limits<decltype(limit)>::min() &&
               number <= std::numeric_limits<decltype(limit)>::max();
    };
    const auto bits = static_cast<std::uint64_t>(number);
    switch (type) {
        case type_int8:
            add_number(bits, 8);
            return true;
        case type_int4:
            add_number(bits, 4);
            return fits(std::int32_t{});
        case type_int2:
            add_number(bits, 2);
            return fits(std::int16_t{});
        case type_bool:
            add_number(number != 0 ? 1 : 0, 1);
            return true;
        case type_float8:
            add_number(std::bit_cast<std::uint64_t>(static_cast<double>(number)), 8);
            return true;
        default:
            add_written(fmt::format("{}", number));
            return !is_text(type) && type != type_bytea;
    }
}

bool Parameters::add_real(double number, Oid type) {
    if (type == type_float8) {
        add_number(std::bit_cast<std::uint64_t>(number), 8);
        return true;
    }
    add_written(std::isinf(number) ? (number > 0 ? "Infinity" : "-Infinity") : fmt::format("{}", number));
    return !is_whole(type) && !is_text(type) && type != type_bytea && type != type_bool;
}

void Parameters::add_bytes(const char* bytes, std::size_t size, int format) {
    pointers_.push_back(bytes);
    lengths_.push_back(static_cast<int>(size));
    formats_.push_back(format);
}

void Parameters::add_number(std::uint64_t bits, int size) {
    std::string bytes;
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) bytes += static_cast<char>(bits >> shift & 0xFF);
    kept_.push_back(std::move(bytes));
    add_bytes(kept_.back().data(), kept_.back().size(), 1);
}

void Parameters::add_written(std::string text) {
    kept_.push_back(std::move(text));
    add_bytes(kept_.back().c_str(), kept_.back().size(), 0);
}

}  // namespace db::postgres
