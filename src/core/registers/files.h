#pragma once
#include <filesystem>
#include <string>

#include "base/result.h"

namespace registers {

/// The whole of a small file. Errors: not_found "registers.no_file", too_large "registers.file_too_large".
Result<std::string> text_of(const std::filesystem::path& file);

}  // namespace registers
