#pragma once
#include <vector>

#include "core/scope/scope.h"
#include "db/database.h"

namespace org {

/// Every post one may act from that day: one's own first, then those one acts for. A scope holds those that count
/// together: from a post of one's own all one's own and no acted one, from an acted post that one alone.
Result<std::vector<HeldPost>> posts_to_choose(db::Reader&, PersonId, LocalDate today);

}  // namespace org
