#include "base/json.h"
#include "base/resources.h"
#include "core/calendar/store.h"
#include "core/journal/journal.h"
#include "core/scope/system_scope.h"

// rules/calendars/<year>.json: the days off and the swaps of a year, each with the text it comes from.
namespace calendar {
namespace {

struct ShippedDay {
    LocalDate date;
    DayKind kind = DayKind::holiday;
    std::string note;
    std::string basis;
};
BOOST_DESCRIBE_STRUCT(ShippedDay, (), (date, kind, note, basis))

struct ShippedYear {
    int year = 0;
    std::vector<ShippedDay> days;
    std::vector<std::string> awaited;  ///< what the Prime Minister has not fixed yet
};
BOOST_DESCRIBE_STRUCT(ShippedYear, (), (year, days, awaited))

Result<std::vector<ShippedYear>> shipped_years() {
    std::vector<ShippedYear> years;
    for (const Resource& file : resources::under("rules/calendars/")) {
        if (!file.path.ends_with(".json")) continue;
        years.push_back(TRY(decode<ShippedYear>(TRY(parse_json(file.bytes)))));
    }
    return years;
}

Result<int> write_year(db::Transaction& tx, const ShippedYear& year) {
    int written = 0;
    for (const ShippedDay& day : year.days) {
        if (day.date.year() != year.year)
            return fail_internal("a day of another year in rules/calendars: " + to_string(day.date));
        const std::optional<store::KeptDay> before = TRY(store::current(tx, {}, day.date));
        if (before && !before->shipped) continue;
        if (before && before->day.kind == day.kind && before->day.note == day.note && before->basis == day.basis)
            continue;
        const store::KeptDay after{.day = {day.date, day.kind, day.note}, .basis = day.basis, .shipped = true};
        TRY(store::replace(tx, before ? &*before : nullptr, after, {}));
        ++written;
    }
    return written;
}

}  // namespace

Result<int> load_shipped(db::Database& database) {
    const std::vector<ShippedYear> years = TRY(shipped_years());
    return database.write_now([&](db::Transaction& tx) -> Result<int> {
        int written = 0;
        for (const ShippedYear& year : years) written += TRY(write_year(tx, year));
        if (written > 0)
            TRY(journal::write(system_scope(tx.now()), tx,
                               {.action = "calendar.loaded", .details = {{"days", written}}}));
        return written;
    });
}

}  // namespace calendar
