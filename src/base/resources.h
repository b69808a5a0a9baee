#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// A file built into the program: migrations/, registers/, rules/, messages, the web pages.
struct Resource {
    std::string_view path;  ///< as in the source tree, "migrations/0001_organisation.sql"
    std::string_view bytes;
};

namespace resources {
/// Adds a table of files; the generated sources call it before main.
void add(std::span<const Resource> files);
std::optional<std::string_view> find(std::string_view path);
/// Those whose path begins with `prefix`, by path.
std::vector<Resource> under(std::string_view prefix);
}  // namespace resources
