#pragma once
#include "modules/registry/registry.h"

namespace registry {
/// Number books: the last number, held, reserved and cancelled ones with reasons, gaps, the yearly close.
void book_routes(service::Routes&, const records::Engine&);
}  // namespace registry
