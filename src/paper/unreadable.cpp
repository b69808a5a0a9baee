#include "base/described.h"
#include "paper/types.h"

namespace paper {

namespace {
constexpr std::string_view prefix = "paper.unreadable_";
}

std::string_view name_of(Reason reason) {
    return enum_name(reason);
}

std::unexpected<Error> unreadable(Reason reason, std::string_view detail) {
    Error error{ErrorCode::corrupt, std::string(prefix) + std::string(name_of(reason))};
    error.detail = detail;
    return std::unexpected(std::move(error));
}

std::optional<Reason> reason_of(const Error& error) {
    if (!error.message.starts_with(prefix)) return std::nullopt;
    return enum_value<Reason>(std::string_view(error.message).substr(prefix.size()));
}

}  // namespace paper
