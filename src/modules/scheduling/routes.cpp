#include "base/json.h"
#include "modules/scheduling/scheduling.h"

namespace scheduling {

namespace {

using service::Asking;
using service::Changing;

constexpr std::int64_t longest_term = 1000;

Result<std::vector<calendar::Day>> year(Asking& asking) {
    const std::string place = asking.place("year");
    int number = 0;
    const auto [end, error] = std::from_chars(place.data(), place.data() + place.size(), number);
    if (error != std::errc() || end != place.data() + place.size()) return fail(ErrorCode::not_found, "http.not_found");
    return calendar::year(asking.scope, asking.reader, number);
}

Result<Due> due(const records::Engine& engine, Asking& asking) {
    const auto from = TRY(asking.date("from"));
    const std::int64_t days = TRY(asking.number("working_days", 0, 0, longest_term));
    const auto calendar = engine.calendar();
    const auto& own = calendar->of(asking.scope.agency);
    const int term = static_cast<int>(days);
    // From now on as an assignment counts it: what comes out of office hours counts from the next session.
    const LocalDate end = from ? own.add_working_days(*from, term) : own.due_on(asking.scope.now, term);
    return Due{from.value_or(asking.scope.today), days, end};
}

}  // namespace

void routes(service::Routes& routes, records::Engine& engine) {
    constexpr auto use = service::may("use");
    routes.get<std::vector<calendar::Day>>("/api/calendar/{year}", use, year,
                                           "Every day of a year as the agency has it");
    routes.get<Due>(
        "/api/calendar/due", use, [&engine](Asking& a) { return due(engine, a); },
        "The day a term of working days ends");
    routes.asks("/api/calendar/due", {service::query::day("from", "Counted from this day; from now when silent"),
                                      service::query::number("working_days", "The term", 0)});
    routes.put<DayChange, calendar::Day>(
        "/api/calendar/days/{date}", service::may("calendar"),
        [&engine](Changing& c, const DayChange& sent) -> Result<calendar::Day> {
            const auto date = parse_date(c.place("date"));
            if (!date) return fail(ErrorCode::not_found, "http.not_found");
            return change_day(c.scope, c.tx, engine, *date, sent);
        },
        "Make a day off or a working day, with the text that says so");
}

}  // namespace scheduling
