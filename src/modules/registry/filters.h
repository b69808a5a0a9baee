#pragma once
#include "modules/registry/registry.h"

namespace registry {
/// Saved filters: named queues with counts, one's own or the agency's.
void filter_routes(service::Routes&, const records::Engine&);
}  // namespace registry
