#pragma once
#include <string>
#include <string_view>

#include "paper/types.h"

namespace paper {

/// UTF-8 of a text file: by its mark UTF-16 or UTF-8; else UTF-8 when it is well formed; else windows-1258, the 8-bit
/// Vietnamese of old Windows. Not tidied yet. Errors: corrupt damaged (control characters: not a text).
Result<std::string> decode_text(std::string_view bytes);

/// The text of a text file. Errors: as above.
Result<ExtractedText> plain_text(std::string_view bytes, const Limits&);

}  // namespace paper
