#pragma once
#include <map>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/json_codec.h"
#include "base/result.h"

/// JSON for described structs (BOOST_DESCRIBE_STRUCT): reading, writing, and the schema of both.
///
/// | C++                        | JSON                                                       |
/// | bool, integers, double     | boolean, number; integers must fit                         |
/// | std::string                | string, read through clean_text                            |
/// | LocalDate, LocalTime       | "2026-08-25", "09:30"                                      |
/// | Instant                    | "2026-08-25T02:30:00.000Z"                                 |
/// | Decimal                    | "1234.50"; a number is read too                            |
/// | Id<Noun>                   | number, 0 is none                                          |
/// | described enum             | its name in lower case                                     |
/// | described struct           | object; an underscore at the end of a member's name is dropped |
/// | std::optional              | the value, left out when empty; null is read as empty      |
/// | std::vector, std::map      | array, object                                              |
/// | boost::json value, object, array | as it is                                             |
///
/// A type of one's own joins by specialising JsonCodec.

/// The JSON text as a value. Errors: corrupt "base.bad_json" with the byte {position}, for what is no JSON (RFC 8259)
/// or nested deeper than `depth`.
Result<boost::json::value> parse_json(std::string_view text, std::size_t depth = 32);

/// The value as a T. Every member that is not std::optional must be there, and no others.
/// Errors: invalid "base.missing_field", "base.wrong_type_…", "base.unknown_field", "base.bad_choice" and those of the
/// type
/// ("base.bad_date"…). The first wrong field is the error, the others are in `also`; `field` is the path,
/// "posts[2].due".
template <class T>
Result<T> decode(const boost::json::value& json) {
    JsonErrors errors;
    std::optional<T> value = JsonCodec<T>::decode(json, errors);
    if (!errors.empty()) return std::unexpected(errors.take());
    if (!value) return fail_internal("a JSON codec gave neither a value nor an error");
    return std::move(*value);
}

/// The reverse of decode.
template <class T>
boost::json::value encode(const T& value) {
    return JsonCodec<T>::encode(value);
}

/// JSON Schema (2020-12, as in OpenAPI 3.1) of T. Structs inside it are references to #/components/schemas/.
template <class T>
boost::json::object schema() {
    if constexpr (DescribedStruct<T>)
        return described_schema<T>();
    else
        return JsonCodec<T>::schema();
}

/// How another schema refers to T: a $ref for a struct, else the schema itself.
template <class T>
boost::json::object schema_reference() {
    return JsonCodec<T>::schema();
}

/// Adds the schemas of T and of every struct inside it, by schema_name.
template <class T>
void collect_schemas(std::map<std::string, boost::json::object>& schemas) {
    JsonCodec<T>::collect(schemas);
}
