#pragma once
#include "http/router.h"

namespace service {

/// Serves the web built into the program (web/dist): every path without a file is the one page, hashed assets are kept
/// by the browser for ever, and what was compressed at build time is sent compressed.
void serve_pages(http::Router&);

}  // namespace service
