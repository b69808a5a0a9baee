#include "base/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/messages.h"
#include "base/text.h"

using boost::json::array;
using boost::json::object;
using boost::json::value;

Result<value> parse_json(std::string_view text, std::size_t depth) {
    const auto bad = [](std::size_t position, const boost::system::error_code& error) {
        Error told{ErrorCode::corrupt, "base.bad_json", "", {{"position", std::to_string(position)}}};
        told.detail = error.message();
        return std::unexpected(std::move(told));
    };
    boost::json::parse_options options;
    options.max_depth = depth;
    boost::json::stream_parser parser({}, options);
    boost::system::error_code error;
    const std::size_t read = parser.write_some(text.data(), text.size(), error);
    if (error) return bad(read, error);
    if (read < text.size()) return bad(read, boost::json::make_error_code(boost::json::error::extra_data));
    parser.finish(error);
    if (error) return bad(read, error);
    return parser.release();
}

// Errors

namespace {
/// More than a form has; a hostile array must not make a longer answer than question.
constexpr std::size_t most_errors = 100;

/// A code in a person's words where it has some, else as it is.
std::string in_words(Language language, std::string_view kind, std::string_view code) {
    const std::string key = fmt::format("base.{}.{}", kind, code);
    std::string text = messages::text(language, key);
    return text == key ? std::string(code) : text;
}

/// What stands at the path, called as a form calls it: "posts[0].due" by its last member.
std::string label_of(Language language, std::string_view path) {
    if (path.empty()) return messages::text(language, "base.field.whole");
    const std::string_view last = path.substr(path.rfind('.') + 1);
    const std::string label = in_words(language, "field", last);
    return label == last ? std::string(path) : label;
}
}  // namespace

JsonErrors::Step JsonErrors::enter(std::string_view member) {
    const std::size_t before = path_.size();
    if (!path_.empty()) path_.push_back('.');
    path_ += member;
    return {path_, before};
}

JsonErrors::Step JsonErrors::enter(std::size_t element) {
    const std::size_t before = path_.size();
    path_ += fmt::format("[{}]", element);
    return {path_, before};
}

void JsonErrors::add(std::string_view message, std::vector<MessageArgument> arguments) {
    messages::add_in_both(arguments, "field", [&](Language language) { return label_of(language, path_); });
    add(Error{ErrorCode::invalid, std::string(message), {}, std::move(arguments)});
}

void JsonErrors::add(Error error) {
    if (found_.size() >= most_errors) return;
    error.field = path_;
    found_.push_back(std::move(error));
}

void JsonErrors::wrong_type(std::string_view expected) {
    add("base.wrong_type_" + std::string(expected));
}

Error JsonErrors::take() {
    Error first = std::move(found_.front());
    first.also.assign(std::make_move_iterator(found_.begin() + 1), std::make_move_iterator(found_.end()));
    found_.clear();
    return first;
}

std::string schema_name_of(std::string_view cpp_name) {
    std::string name;
    bool begins = true;
    constexpr std::string_view anonymous = "(anonymous namespace)";
    for (std::size_t i = 0; i < cpp_name.size(); ++i) {
        if (cpp_name.substr(i).starts_with(anonymous)) i += anonymous.size();
        if (i >= cpp_name.size()) break;
        const char c = cpp_name[i];
        const bool small = c >= 'a' && c <= 'z';
        if (small || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            name.push_back(small && begins ? static_cast<char>(c - ('a' - 'A')) : c);
            begins = false;
        } else {
            begins = true;
        }
    }
    return name;
}

// Shared by the templates

namespace json_detail {

std::optional<std::int64_t> decode_integer(const value& json, JsonErrors& errors, std::int64_t least,
                                           std::int64_t most) {
    if (json.is_uint64()) {
        errors.add("base.number_too_large");
        return {};
    }
    if (!json.is_int64()) {
        errors.wrong_type("integer");
        return {};
    }
    const std::int64_t number = json.get_int64();
    if (number > most) {
        errors.add("base.number_too_large");
        return {};
    }
    if (number < least) {
        errors.add("base.number_too_small", {{"least", std::to_string(least)}});
        return {};
    }
    return number;
}

object integer_schema(std::size_t bytes, bool negatives) {
    object schema{{"type", "integer"}, {"format", bytes > 4 ? "int64" : "int32"}};
    if (!negatives) schema.emplace("minimum", 0);
    return schema;
}

const object* decode_object(const value& json, JsonErrors& errors) {
    if (!json.is_object()) errors.wrong_type("object");
    return json.if_object();
}

const array* decode_array(const value& json, JsonErrors& errors) {
    if (!json.is_array()) errors.wrong_type("array");
    return json.if_array();
}

void find_unknown(const object& json, const std::vector<std::string_view>& names, JsonErrors& errors) {
    for (const auto& member : json) {
        if (std::ranges::find(names, std::string_view(member.key())) != names.end()) continue;
        const auto step = errors.enter(std::string_view(member.key()));
        errors.add("base.unknown_field");
    }
}

std::optional<std::string> decode_choice(const value& json, JsonErrors& errors,
                                         const std::vector<std::string_view>& names) {
    if (!json.is_string()) {
        errors.wrong_type("string");
        return {};
    }
    const std::string_view chosen = json.get_string();
    if (std::ranges::find(names, chosen) != names.end()) return std::string(chosen);
    std::vector<MessageArgument> arguments;
    messages::add_in_both(arguments, "choices", [&](Language language) {
        std::vector<std::string> words;
        for (const std::string_view name : names) words.push_back(in_words(language, "choice", name));
        return fmt::format("{}", fmt::join(words, ", "));
    });
    errors.add("base.bad_choice", std::move(arguments));
    return {};
}

object choice_schema(const std::vector<std::string_view>& names) {
    array choices;
    for (const std::string_view name : names) choices.emplace_back(name);
    return {{"type", "string"}, {"enum", std::move(choices)}};
}

object array_schema(object items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}
object map_schema(object values) {
    return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}
object reference(std::string_view name) {
    return {{"$ref", fmt::format("#/components/schemas/{}", name)}};
}

object struct_schema(object properties, array required) {
    object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema.emplace("required", std::move(required));
    schema.emplace("additionalProperties", false);
    return schema;
}

}  // namespace json_detail

// The types

namespace {

/// A type written as a string: `read` gives its Result.
template <class Read>
auto decode_text(const value& json, JsonErrors& errors, Read read)
    -> std::optional<typename decltype(read(""))::value_type> {
    if (!json.is_string()) {
        errors.wrong_type("string");
        return {};
    }
    auto result = read(std::string_view(json.get_string()));
    if (result) return std::move(*result);
    errors.add(std::move(result.error()));
    return {};
}

value text_value(std::string_view text) {
    return boost::json::string(text);
}

}  // namespace

std::optional<bool> JsonCodec<bool>::decode(const value& json, JsonErrors& errors) {
    if (json.is_bool()) return json.get_bool();
    errors.wrong_type("boolean");
    return {};
}
object JsonCodec<bool>::schema() {
    return {{"type", "boolean"}};
}

std::optional<double> JsonCodec<double>::decode(const value& json, JsonErrors& errors) {
    if (!json.is_number()) {
        errors.wrong_type("number");
        return {};
    }
    const auto number = json.to_number<double>();
    if (std::isfinite(number)) return number;
    errors.add("base.number_too_large");
    return {};
}
// JSON has no infinity.
value JsonCodec<double>::encode(const double& number) {
    return std::isfinite(number) ? value(number) : value();
}
object JsonCodec<double>::schema() {
    return {{"type", "number"}};
}

std::optional<std::string> JsonCodec<std::string>::decode(const value& json, JsonErrors& errors) {
    return decode_text(json, errors, clean_text);
}
value JsonCodec<std::string>::encode(const std::string& text) {
    return text_value(text);
}
object JsonCodec<std::string>::schema() {
    return {{"type", "string"}};
}

std::optional<LocalDate> JsonCodec<LocalDate>::decode(const value& json, JsonErrors& errors) {
    return decode_text(json, errors, parse_date);
}
value JsonCodec<LocalDate>::encode(const LocalDate& date) {
    return text_value(to_string(date));
}
object JsonCodec<LocalDate>::schema() {
    return {{"type", "string"}, {"format", "date"}};
}

std::optional<LocalTime> JsonCodec<LocalTime>::decode(const value& json, JsonErrors& errors) {
    return decode_text(json, errors, parse_time);
}
value JsonCodec<LocalTime>::encode(const LocalTime& time) {
    return text_value(to_string(time));
}
object JsonCodec<LocalTime>::schema() {
    // The format "time" of JSON Schema would want seconds and an offset.
    return {{"type", "string"}, {"pattern", "^([01][0-9]|2[0-3]):[0-5][0-9]$"}};
}

std::optional<Instant> JsonCodec<Instant>::decode(const value& json, JsonErrors& errors) {
    return decode_text(json, errors, parse_instant);
}
value JsonCodec<Instant>::encode(const Instant& instant) {
    return text_value(to_string(instant));
}
object JsonCodec<Instant>::schema() {
    return {{"type", "string"}, {"format", "date-time"}};
}

std::optional<Decimal> JsonCodec<Decimal>::decode(const value& json, JsonErrors& errors) {
    if (json.is_int64()) return Decimal{json.get_int64(), 0};
    if (!json.is_double()) return decode_text(json, errors, parse_decimal);
    // The shortest digits that mean this double are the ones that were sent, unless there were too many.
    std::array<char, 512> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), json.get_double(), std::chars_format::fixed);
    auto number = parse_decimal({digits.data(), end.ptr});
    if (number) return *number;
    errors.add(std::move(number.error()));
    return {};
}
value JsonCodec<Decimal>::encode(const Decimal& number) {
    return text_value(to_string(number));
}
object JsonCodec<Decimal>::schema() {
    return {{"type", "string"}, {"format", "decimal"}, {"pattern", "^-?[0-9]+(\\.[0-9]{1,9})?$"}};
}

std::optional<value> JsonCodec<value>::decode(const value& json, JsonErrors&) {
    return json;
}
value JsonCodec<value>::encode(const value& json) {
    return json;
}
object JsonCodec<value>::schema() {
    return {};
}

std::optional<object> JsonCodec<object>::decode(const value& json, JsonErrors& errors) {
    const object* found = json_detail::decode_object(json, errors);
    return found == nullptr ? std::nullopt : std::optional(*found);
}
value JsonCodec<object>::encode(const object& json) {
    return json;
}
object JsonCodec<object>::schema() {
    return {{"type", "object"}};
}

std::optional<array> JsonCodec<array>::decode(const value& json, JsonErrors& errors) {
    const array* found = json_detail::decode_array(json, errors);
    return found == nullptr ? std::nullopt : std::optional(*found);
}
value JsonCodec<array>::encode(const array& json) {
    return json;
}
object JsonCodec<array>::schema() {
    return {{"type", "array"}, {"items", object{}}};
}
