#pragma once
#include "base/result.h"

namespace files {

/// Are the bytes of a content gone or damaged on the disk? What was derived can then be made anew from the original.
inline bool is_lost(const Error& error) {
    return error.message == "files.damaged" || error.message == "files.missing";
}

}  // namespace files
