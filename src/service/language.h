#pragma once
#include "service/host.h"

namespace service {

/// The language in which a request is refused: that of the account whose session it comes with, else what it prefers.
Language language_of(Host&, const http::Request&);

}  // namespace service
