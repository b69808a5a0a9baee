#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.h"

/// Small files that hold a secret: readable by their owner only, never overwritten.
namespace crypto {

/// Nothing when there is no such file. Errors: forbidden "crypto.key_file_open" (others may read or write it),
/// unavailable "crypto.key_file_unreadable", too_large "crypto.bad_key_file" (over 64 KiB).
Result<std::optional<std::string>> read_key_file(const std::filesystem::path&);

/// Durable when it returns; makes the folder (0700) when it is missing. A file of that name is kept as it is:
/// conflict "crypto.key_file_exists". Other errors: unavailable "crypto.key_file_unwritable".
Result<void> create_key_file(const std::filesystem::path&, std::string_view content);

/// 32 secret bytes in hexadecimal on one line. Made when there is no such file.
/// Errors: those of the two above, corrupt "crypto.bad_key_file".
Result<Secret<32>> load_or_create_secret(const std::filesystem::path&);

}  // namespace crypto
