#pragma once
#include "modules/registry/registry.h"

namespace registry {
/// The list a page shows, whole, as csv, xlsx or a printed book. Reads page by page, so that no snapshot is held long.
Result<http::Response> export_list(const records::Engine&, service::Host&, service::Asking&);
/// Every code is a column of the register's list that the scope may read. Errors: invalid "registry.unknown_column".
Result<void> require_columns(const Scope&, const registers::Declaration&, const std::vector<std::string>& codes);
}  // namespace registry
