#pragma once
#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/core/type_name.hpp>
#include <boost/json.hpp>

#include "base/decimal.h"
#include "base/described.h"
#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

/// What is wrong in a JSON document, and where the reader is in it.
class JsonErrors {
  public:
    /// Stands in a member or an element until it goes out of scope.
    class [[nodiscard]] Step {
      public:
        Step(std::string& path, std::size_t length) : path_(path), length_(length) {}
        ~Step() { path_.resize(length_); }
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;

      private:
        std::string& path_;
        std::size_t length_;
    };

    Step enter(std::string_view member);
    Step enter(std::size_t element);

    /// The place is wrong. The texts may use {field}.
    void add(std::string_view message, std::vector<MessageArgument> arguments = {});
    void add(Error error);
    /// The place should hold `expected`, a type of JSON Schema.
    void wrong_type(std::string_view expected);

    bool empty() const { return found_.empty(); }
    /// The first error, with the others in `also`. There is one.
    Error take();

  private:
    std::string path_;
    std::vector<Error> found_;
};

using JsonSchemas = std::map<std::string, boost::json::object>;

/// How a type goes to JSON and back:
///   static std::optional<T> decode(const boost::json::value&, JsonErrors&);   nothing only after an error was added
///   static boost::json::value encode(const T&);
///   static boost::json::object schema();
///   static void collect(JsonSchemas&);   schemas of the structs inside
template <class T>
struct JsonCodec;

/// The name of T among the schemas: opinions::Question is "OpinionsQuestion", a global Question "Question".
std::string schema_name_of(std::string_view cpp_name);
template <class T>
std::string schema_name() {
    return schema_name_of(boost::core::type_name<T>());
}

/// Most types have no structs inside.
struct JsonLeaf {
    static void collect(JsonSchemas&) {}
};

template <>
struct JsonCodec<bool> : JsonLeaf {
    static std::optional<bool> decode(const boost::json::value&, JsonErrors&);
    static boost::json::value encode(bool value) { return value; }
    static boost::json::object schema();
};

namespace json_detail {
std::optional<std::int64_t> decode_integer(const boost::json::value&, JsonErrors&, std::int64_t least,
                                           std::int64_t most);
boost::json::object integer_schema(std::size_t bytes, bool negatives);
const boost::json::object* decode_object(const boost::json::value&, JsonErrors&);
const boost::json::array* decode_array(const boost::json::value&, JsonErrors&);
/// Adds an error for each key that is none of `names`.
void find_unknown(const boost::json::object&, const std::vector<std::string_view>& names, JsonErrors&);
std::optional<std::string> decode_choice(const boost::json::value&, JsonErrors&,
                                         const std::vector<std::string_view>& names);
boost::json::object choice_schema(const std::vector<std::string_view>& names);
boost::json::object array_schema(boost::json::object items);
boost::json::object map_schema(boost::json::object values);
boost::json::object reference(std::string_view name);
boost::json::object struct_schema(boost::json::object properties, boost::json::array required);
template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;
}  // namespace json_detail

template <std::integral I>
    requires(!std::same_as<I, bool> && sizeof(I) <= 8 && (std::is_signed_v<I> || sizeof(I) < 8))
struct JsonCodec<I> : JsonLeaf {
    static std::optional<I> decode(const boost::json::value& json, JsonErrors& errors) {
        const auto value =
            json_detail::decode_integer(json, errors, std::numeric_limits<I>::min(), std::numeric_limits<I>::max());
        if (!value) return {};
        return static_cast<I>(*value);
    }
    static boost::json::value encode(I value) { return static_cast<std::int64_t>(value); }
    static boost::json::object schema() { return json_detail::integer_schema(sizeof(I), std::is_signed_v<I>); }
};

template <class Noun>
struct JsonCodec<Id<Noun>> : JsonLeaf {
    static std::optional<Id<Noun>> decode(const boost::json::value& json, JsonErrors& errors) {
        const auto value = json_detail::decode_integer(json, errors, 0, std::numeric_limits<std::int64_t>::max());
        if (!value) return {};
        return Id<Noun>{*value};
    }
    static boost::json::value encode(Id<Noun> id) { return id.value; }
    static boost::json::object schema() { return json_detail::integer_schema(8, false); }
};

/// Those implemented in json.cpp.
#define CONGVU_JSON_CODEC(T)                                                    \
    template <>                                                                 \
    struct JsonCodec<T> : JsonLeaf {                                            \
        static std::optional<T> decode(const boost::json::value&, JsonErrors&); \
        static boost::json::value encode(const T&);                             \
        static boost::json::object schema();                                    \
    };
CONGVU_JSON_CODEC(double)
CONGVU_JSON_CODEC(std::string)
CONGVU_JSON_CODEC(LocalDate)
CONGVU_JSON_CODEC(LocalTime)
CONGVU_JSON_CODEC(Instant)
CONGVU_JSON_CODEC(Decimal)
CONGVU_JSON_CODEC(boost::json::value)
CONGVU_JSON_CODEC(boost::json::object)
CONGVU_JSON_CODEC(boost::json::array)
#undef CONGVU_JSON_CODEC

template <DescribedEnum E>
struct JsonCodec<E> : JsonLeaf {
    static std::vector<std::string_view> names() {
        std::vector<std::string_view> all;
        for (const auto& [name, value] : enum_names<E>()) all.push_back(name);
        return all;
    }
    static std::optional<E> decode(const boost::json::value& json, JsonErrors& errors) {
        const auto name = json_detail::decode_choice(json, errors, names());
        if (!name) return {};
        return enum_value<E>(*name);
    }
    static boost::json::value encode(E value) { return boost::json::string(enum_name(value)); }
    static boost::json::object schema() { return json_detail::choice_schema(names()); }
};

template <class T>
struct JsonCodec<std::optional<T>> {
    static std::optional<std::optional<T>> decode(const boost::json::value& json, JsonErrors& errors) {
        if (json.is_null()) return std::optional<T>{};
        auto value = JsonCodec<T>::decode(json, errors);
        if (!value) return {};
        return std::optional<T>{std::move(*value)};
    }
    static boost::json::value encode(const std::optional<T>& value) {
        return value ? JsonCodec<T>::encode(*value) : boost::json::value{};
    }
    static boost::json::object schema() { return JsonCodec<T>::schema(); }
    static void collect(JsonSchemas& schemas) { JsonCodec<T>::collect(schemas); }
};

template <class T>
struct JsonCodec<std::vector<T>> {
    static std::optional<std::vector<T>> decode(const boost::json::value& json, JsonErrors& errors) {
        const boost::json::array* array = json_detail::decode_array(json, errors);
        if (array == nullptr) return {};
        std::vector<T> values;
        values.reserve(array->size());
        for (std::size_t i = 0; i < array->size(); ++i) {
            const auto step = errors.enter(i);
            if (auto value = JsonCodec<T>::decode((*array)[i], errors)) values.push_back(std::move(*value));
        }
        return values;
    }
    static boost::json::value encode(const std::vector<T>& values) {
        boost::json::array array;
        array.reserve(values.size());
        for (const auto& value : values) array.push_back(JsonCodec<T>::encode(value));
        return array;
    }
    static boost::json::object schema() { return json_detail::array_schema(JsonCodec<T>::schema()); }
    static void collect(JsonSchemas& schemas) { JsonCodec<T>::collect(schemas); }
};

template <class T>
struct JsonCodec<std::map<std::string, T>> {
    using Map = std::map<std::string, T>;
    static std::optional<Map> decode(const boost::json::value& json, JsonErrors& errors) {
        const boost::json::object* object = json_detail::decode_object(json, errors);
        if (object == nullptr) return {};
        Map values;
        for (const auto& [key, member] : *object) {
            const auto step = errors.enter(std::string_view(key));
            if (auto value = JsonCodec<T>::decode(member, errors)) values.emplace(key, std::move(*value));
        }
        return values;
    }
    static boost::json::value encode(const Map& values) {
        boost::json::object object;
        for (const auto& [key, value] : values) object.emplace(key, JsonCodec<T>::encode(value));
        return object;
    }
    static boost::json::object schema() { return json_detail::map_schema(JsonCodec<T>::schema()); }
    static void collect(JsonSchemas& schemas) { JsonCodec<T>::collect(schemas); }
};

template <DescribedStruct T>
boost::json::object described_schema() {
    boost::json::object properties;
    boost::json::array required;
    for_each_member<T>([&](std::string_view name, auto pointer) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>;
        properties.emplace(name, JsonCodec<Member>::schema());
        if (!json_detail::is_optional<Member>) required.emplace_back(name);
    });
    return json_detail::struct_schema(std::move(properties), std::move(required));
}

template <DescribedStruct T>
struct JsonCodec<T> {
    static std::optional<T> decode(const boost::json::value& json, JsonErrors& errors) {
        const boost::json::object* object = json_detail::decode_object(json, errors);
        if (object == nullptr) return {};
        T result{};
        bool good = true;
        std::vector<std::string_view> names;
        for_each_member<T>([&](std::string_view name, auto pointer) {
            using Member = std::remove_cvref_t<decltype(result.*pointer)>;
            names.push_back(name);
            const auto step = errors.enter(name);
            if (const boost::json::value* found = object->if_contains(name)) {
                auto value = JsonCodec<Member>::decode(*found, errors);
                if (value)
                    result.*pointer = std::move(*value);
                else
                    good = false;
            } else if (!json_detail::is_optional<Member>) {
                errors.add("base.missing_field");
                good = false;
            }
        });
        json_detail::find_unknown(*object, names, errors);
        if (!good) return {};
        return result;
    }
    static boost::json::value encode(const T& value) {
        boost::json::object object;
        for_each_member<T>([&](std::string_view name, auto pointer) {
            using Member = std::remove_cvref_t<decltype(value.*pointer)>;
            if constexpr (json_detail::is_optional<Member>)
                if (!(value.*pointer)) return;
            object.emplace(name, JsonCodec<Member>::encode(value.*pointer));
        });
        return object;
    }
    static boost::json::object schema() { return json_detail::reference(schema_name<T>()); }
    static void collect(JsonSchemas& schemas) {
        // The place is taken first, so that a struct that contains itself ends.
        if (!schemas.try_emplace(schema_name<T>()).second) return;
        schemas[schema_name<T>()] = described_schema<T>();
        for_each_member<T>([&](std::string_view, auto pointer) {
            JsonCodec<std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>>::collect(schemas);
        });
    }
};
