#pragma once
#include <string>

#include "base/time.h"

/// A new UUIDv7 (RFC 9562): time first, the rest random. Lower case, 36 characters.
std::string new_uuid(Instant now);
bool is_uuid(std::string_view text);
