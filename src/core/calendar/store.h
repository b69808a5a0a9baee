#pragma once
#include "core/calendar/calendar.h"

/// Inside the folder: the rows.
namespace calendar::store {

struct KeptDay {
    std::int64_t id = 0;
    AgencyId agency;  ///< none: every agency
    Day day;
    std::string basis;
    bool shipped = false;
};

/// The rows in force now, or at `as_of`.
Result<std::vector<KeptDay>> days(db::Reader&, std::optional<Instant> as_of);
Result<std::optional<KeptDay>> current(db::Reader&, AgencyId, LocalDate);
Result<void> replace(db::Transaction&, const KeptDay* before, const KeptDay& after, PersonId by);
/// Texts of the setting by agency number, 0 for the server's.
Result<std::vector<std::pair<std::int64_t, std::string>>> settings(db::Reader&, std::string_view code);
/// Changes whenever a day or one of the settings does.
Result<std::pair<std::int64_t, std::int64_t>> version(db::Reader&);

}  // namespace calendar::store
