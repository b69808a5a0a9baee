#pragma once
#include "modules/registry/registry.h"

namespace registry {
/// The list a page shows, whole, as csv, xlsx or a printed book. Reads page by page, so that no snapshot is held long.
Result<http::Response> export_list(const records::Engine&, service::Host&, service::Asking&);
}  // namespace registry
