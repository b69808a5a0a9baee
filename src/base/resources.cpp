#include "base/resources.h"

#include <map>

namespace {

using Table = std::map<std::string_view, std::string_view>;

/// Filled before main by the generated sources, whose order is unknown; only read afterwards.
Table& table() {
    static Table files;
    return files;
}

}  // namespace

namespace resources {

void add(std::span<const Resource> files) {
    for (const Resource& file : files) table().emplace(file.path, file.bytes);
}

std::optional<std::string_view> find(std::string_view path) {
    const auto found = table().find(path);
    if (found == table().end()) return {};
    return found->second;
}

std::vector<Resource> under(std::string_view prefix) {
    std::vector<Resource> files;
    for (auto at = table().lower_bound(prefix); at != table().end() && at->first.starts_with(prefix); ++at)
        files.push_back({at->first, at->second});
    return files;
}

}  // namespace resources
