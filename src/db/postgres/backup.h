#pragma once
#include <filesystem>
#include <string>

#include "base/result.h"

namespace db::postgres {

/// Runs `pg_dump -Fc`. The password reaches it by its environment, never by its arguments. Replaces `file` once the
/// copy is whole.
Result<void> back_up(const std::string& address, const std::filesystem::path& file);

}  // namespace db::postgres
