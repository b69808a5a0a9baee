#pragma once
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Why something was refused or failed. A closed list: http maps each to one status, the web to one way of showing it.
enum class ErrorCode {
    invalid,          ///< a value is wrong; `field` names it (422)
    unauthenticated,  ///< nobody is signed in (401)
    forbidden,        ///< signed in, but not allowed, and the thing's existence is no secret (403)
    not_found,        ///< not there, or not to be seen by this scope (404)
    conflict,         ///< the state or version is no longer the one the request saw (409)
    too_large,        ///< over a limit of size, depth, count (413)
    limited,          ///< too many tries; wait (429)
    unavailable,      ///< full, busy or stopping; try again (503)
    corrupt,          ///< bytes that came in can't be read as what they claim to be (422)
    internal,         ///< our fault; the detail is in the log, never in the answer (500)
};

/// One argument of a message: {"limit", "500"} fills "{limit}" in the text.
struct MessageArgument {
    std::string name;
    std::string value;
    bool operator==(const MessageArgument&) const = default;
};

/// A failure to be told to a person. The text stands in messages.json under `message`, in Vietnamese and English.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;     ///< code of the text, as "calendar.not_after_today"
    std::string field = {};  ///< field of the request or form it is about, empty when none
    std::vector<MessageArgument> arguments = {};
    std::string detail = {};       ///< for the log only
    std::vector<Error> also = {};  ///< further wrong fields of the same form
    bool operator==(const Error&) const = default;
};

template <class T = void>
using Result = std::expected<T, Error>;

/// `return fail(ErrorCode::invalid, "records.too_long", "subject", {{"limit", "500"}});`
inline std::unexpected<Error> fail(ErrorCode code, std::string_view message, std::string_view field = {},
                                   std::vector<MessageArgument> arguments = {}) {
    return std::unexpected(Error{code, std::string(message), std::string(field), std::move(arguments)});
}

/// A failure that is our fault: `detail` goes to the log.
inline std::unexpected<Error> fail_internal(std::string_view detail) {
    Error error{ErrorCode::internal, "base.internal"};
    error.detail = detail;
    return std::unexpected(std::move(error));
}

/// Gives the value, or returns the error from the enclosing function. Never inside a coroutine (crashes g++ 12).
#define TRY(expression) TRY_NUMBERED(expression, __COUNTER__)
#define TRY_NUMBERED(expression, number) TRY_NAMED(expression, TRY_JOINED(try_result_, number))
#define TRY_JOINED(name, number) name##number
#define TRY_NAMED(expression, name)                                             \
    ({                                                                          \
        auto&& name = (expression);                                             \
        if (!name) [[unlikely]]                                                 \
            return std::unexpected(std::forward<decltype(name)>(name).error()); \
        *std::forward<decltype(name)>(name);                                    \
    })
