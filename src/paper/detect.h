#pragma once
#include <string_view>

#include "paper/types.h"

namespace paper {

/// The type of a file by its whole content; its name is not asked. Reads a few hundred bytes at the beginning, and of a
/// ZIP the list at its end, bounds checked and without unpacking anything, so it needs no helper.
/// A text file is one of valid UTF-8, UTF-16 with its mark, or an 8-bit text without control characters.
FileType detect(std::string_view bytes);

/// The same of a file on disk. Errors: not_found "paper.no_such_file".
Result<FileType> detect_file(const std::string& path);

/// "application/pdf"; "application/octet-stream" for what is unknown.
std::string_view media_type(FileType);

}  // namespace paper
