#pragma once
#include <string_view>

#include "base/result.h"

namespace db::sqlite {

/// What the engine's (extended) result code means. `name` is the statement's; `message` is the engine's, its values
/// removed.
Error translate(int code, std::string_view name, std::string_view message);
/// The same while opening a file.
Error translate_opening(int code, std::string_view path, std::string_view message);

}  // namespace db::sqlite
