#pragma once
#include "core/records/records.h"
#include "service/routes.h"

/// The working calendar: the days of a year, changed by those in charge of it, and the day a term ends.
namespace scheduling {

struct DayChange {
    calendar::DayKind kind = calendar::DayKind::working;
    std::optional<std::string> note;
    std::string basis;             ///< the text that says so
    std::optional<bool> everyone;  ///< for every agency of this server, not the scope's alone
};
BOOST_DESCRIBE_STRUCT(DayChange, (), (kind, note, basis, everyone))

struct Due {
    LocalDate from;
    std::int64_t working_days = 0;
    LocalDate due;
};
BOOST_DESCRIBE_STRUCT(Due, (), (from, working_days, due))

/// Changes a day for the scope's agency, or for everyone where it is the top of the tree; the engine counts by the new
/// calendar once that is durable. Errors: forbidden "scheduling.top_agency_only", those of calendar::set_day.
Result<calendar::Day> change_day(const Scope&, db::Transaction&, records::Engine&, LocalDate, const DayChange&);

void routes(service::Routes&, records::Engine&);

}  // namespace scheduling
