#include "core/registers/faults.h"

#include <algorithm>
#include <charconv>

namespace registers {
namespace {

/// More than anyone corrects at once.
constexpr std::size_t most_faults = 200;

}  // namespace

void Faults::add(int line, std::string_view message, std::string_view where, std::vector<MessageArgument> arguments) {
    arguments.insert(arguments.begin(), {"line", std::to_string(line)});
    keep(line, Error{ErrorCode::invalid, std::string(message), std::string(where), std::move(arguments)});
}

void Faults::add(int line, Error error, std::string_view where) {
    const auto own = std::ranges::find(error.arguments, "line", &MessageArgument::name);
    if (own == error.arguments.end()) {
        error.arguments.insert(error.arguments.begin(), {"line", std::to_string(line)});
    } else {
        int within = 1;
        std::from_chars(own->value.data(), own->value.data() + own->value.size(), within);
        line += within - 1;
        own->value = std::to_string(line);
    }
    error.field = where;
    keep(line, std::move(error));
}

void Faults::keep(int line, Error error) {
    if (errors_.size() >= most_faults) return;
    const auto after = std::ranges::upper_bound(errors_, line, {}, &std::pair<int, Error>::first);
    errors_.emplace(after, line, std::move(error));
}

Result<void> Faults::result() const {
    if (errors_.empty()) return {};
    Error first = errors_.front().second;
    for (std::size_t i = 1; i < errors_.size(); ++i) first.also.push_back(errors_[i].second);
    return std::unexpected(std::move(first));
}

}  // namespace registers
