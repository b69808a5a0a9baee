#pragma once
#include <string_view>

#include "paper/request.h"

namespace paper {

/// Does a request on a file's bytes, in this process. `output` is the open file to write to, or -1.
/// No exception leaves it. Failures are in the answer.
Answer perform(const Request&, const FontSettings&, std::string_view bytes, int output);

/// An answer that tells a failure, and the failure it tells.
Answer answer_of(const Error&);
Error error_of(const Answer&);

}  // namespace paper
