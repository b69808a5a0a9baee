#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "core/scope/scope.h"
#include "http/router.h"

/// What a route's query may hold: for OpenAPI, and for the refusal of what it doesn't know. ?language= goes everywhere.
namespace service::query {

using Parameter = http::QueryParameter;

Parameter text(std::string_view name, std::string_view says);
Parameter number(std::string_view name, std::string_view says, std::int64_t least = 1);
Parameter day(std::string_view name, std::string_view says);
/// 1, or left out.
Parameter flag(std::string_view name, std::string_view says);
Parameter one_of(std::string_view name, std::vector<std::string_view> words, std::string_view says);
/// A text that may stand several times.
Parameter several(std::string_view name, std::string_view says);

/// `after`, from the page before, and `limit`.
std::vector<Parameter> page(std::int64_t usual, std::int64_t most, std::vector<Parameter> with = {});

/// Names beside the listed ones that hang on the request: the fields of the register in the path.
using Others = std::function<std::vector<std::string>(const Scope&, const http::Request&)>;

struct Allowed {
    std::vector<Parameter> listed;
    Others others;
};

/// Errors: invalid "service.unknown_query" at the first name that is not allowed, with those there are.
Result<void> require(const Allowed&, const Scope&, const http::Request&);

}  // namespace service::query
