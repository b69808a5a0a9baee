#pragma once
#include <filesystem>
#include <string>

#include "base/result.h"

namespace db::postgres {

/// Runs `pg_dump -Fc`. The password reaches it by its environment, never by its arguments. Replaces `file` once the
/// copy is whole.
Result<void> back_up(const std::string& address, const std::filesystem::path& file);
/// Runs `pg_restore` of such a copy into an empty database, all of it or nothing; the password goes the same way.
/// Errors: unavailable "db.restore_failed", with what pg_restore wrote as its detail.
Result<void> restore(const std::string& address, const std::filesystem::path& file);

}  // namespace db::postgres
