#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"
#include "db/database.h"

namespace db {

/// A numbered file of migrations/ as an engine runs it.
struct Migration {
    std::int64_t number = 0;
    std::string name;  ///< "0007_add_seal"
    std::string hash;
    std::vector<std::string> statements;
};

/// Those of an engine, by number. Errors: internal when a name has no number or a number stands twice.
Result<std::vector<Migration>> migrations_of(Engine engine, std::span<const Resource> files);
/// migrate() with files of one's own.
Result<int> migrate(Database& database, std::span<const Resource> files);
/// FNV-1a of 128 bits, in hex: tells a changed text from an unchanged one, nothing more.
std::string fingerprint(std::string_view text);

}  // namespace db
