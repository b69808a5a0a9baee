#pragma once
#include <filesystem>

#include "base/result.h"

namespace db {

/// An empty file only its owner may read, in the place of whatever is there. Errors: unavailable "db.backup_failed".
Result<void> make_private(const std::filesystem::path& file);
/// Puts a finished file under its name so that a crash leaves either the old or the whole new one. Errors:
/// "db.backup_failed".
Result<void> put_in_place(const std::filesystem::path& part, const std::filesystem::path& file);
/// The error of a copy that failed; takes the unfinished file away.
std::unexpected<Error> backup_failed(std::string why, const std::filesystem::path& part);

}  // namespace db
