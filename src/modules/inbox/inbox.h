#pragma once
#include "core/records/records.h"
#include "core/steps/inbox.h"
#include "service/routes.h"

/// What waits for whom: the inbox, its counts, notices, quick phrases; the left menu and the pickers beside them.
namespace inbox {

struct Count {
    std::int64_t number = 0;
    bool more = false;
};
BOOST_DESCRIBE_STRUCT(Count, (), (number, more))
Count capped(std::int64_t counted);

struct Counts {
    Count todo, support, inform, watching, done, late;
    std::optional<Count> unit;  ///< of whoever heads a unit
};
BOOST_DESCRIBE_STRUCT(Counts, (), (todo, support, inform, watching, done, late, unit))

/// How many changes of rights wait for the scope to confirm them: another module's figure in the menu.
using WaitingChanges = std::function<Result<std::int64_t>(const Scope&, db::Reader&)>;

/// Posts, units and people whose name holds the folded words, at most 20.
Result<std::vector<boost::json::object>> directory(const Scope&, db::Reader&, std::string_view text,
                                                   const std::vector<std::string>& kinds, AgencyId within);

void routes(service::Routes&, const records::Engine&, WaitingChanges);

}  // namespace inbox
