#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace db {

/// An error of this folder. `detail` goes to the log: constraint, columns, the statement's name, never a value.
inline Error error_of(ErrorCode code, std::string_view message, std::string detail = {}) {
    return Error{.code = code, .message = std::string(message), .detail = std::move(detail)};
}

/// "opinions.insert: no such table: opinion"
inline std::string named(std::string_view name, std::string_view message) {
    return std::string(name) + ": " + std::string(message);
}

/// The whole store is in trouble, not this statement: nothing is gained by running the neighbours again.
inline bool is_storage_error(const Error& error) {
    return error.message == "db.disk_full" || error.message == "db.io" || error.message == "db.busy" ||
           error.message == "db.damaged";
}

}  // namespace db
