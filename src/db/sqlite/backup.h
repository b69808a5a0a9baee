#pragma once
#include <filesystem>

#include "db/sqlite/connection.h"

namespace db::sqlite {

/// Copies the store as it is at this moment, while others read and write. Replaces `file` once the copy is whole and
/// durable.
Result<void> back_up(const Options& source, const std::filesystem::path& file);

}  // namespace db::sqlite
