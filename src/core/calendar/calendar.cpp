#include "core/calendar/calendar.h"

#include <map>

#include <boost/json.hpp>

#include "base/text.h"
#include "core/calendar/store.h"
#include "core/journal/journal.h"

namespace calendar {
namespace {

constexpr int years_ahead = 20;

boost::json::value shown(const Day& day) {
    if (day.note.empty()) return boost::json::string(enum_name(day.kind));
    return boost::json::string(std::string(enum_name(day.kind)) + ": " + day.note);
}

/// A kind that the weekday contradicts is a slip of the hand: swapping in a Tuesday, a weekend on Wednesday.
Result<void> check_kind(const DayChange& change, const Calendar& usual) {
    const bool worked = usual.is_working(change.date);
    const bool wrong = change.kind == DayKind::weekend           ? worked
                       : change.kind == DayKind::swapped_working ? worked
                                                                 : false;
    if (!wrong) return {};
    return fail(ErrorCode::invalid, "calendar.kind_of_weekday", "kind", {{"date", to_vietnamese(change.date)}});
}

}  // namespace

Result<std::vector<Session>> parse_office_hours(std::string_view text) {
    const auto bad = [] { return fail(ErrorCode::invalid, "calendar.bad_office_hours", "office_hours"); };
    std::vector<Session> sessions;
    for (const std::string& part : split(text, ' ')) {
        if (part.empty()) continue;
        const std::vector<std::string> ends = split(part, '-');
        if (ends.size() != 2) return bad();
        const Result<LocalTime> begin = parse_time(ends[0]);
        const Result<LocalTime> end = parse_time(ends[1]);
        if (!begin || !end || *end <= *begin) return bad();
        if (!sessions.empty() && *begin < sessions.back().end) return bad();
        sessions.push_back({*begin, *end});
    }
    if (sessions.empty() || sessions.size() > 4) return bad();
    return sessions;
}

Result<std::vector<unsigned>> parse_working_week(std::string_view text) {
    std::vector<unsigned> week;
    for (const char digit : text) {
        const unsigned weekday = static_cast<unsigned>(digit - '0');
        if (digit < '1' || digit > '7' || (!week.empty() && weekday <= week.back()))
            return fail(ErrorCode::invalid, "calendar.bad_working_week", "working_week");
        week.push_back(weekday);
    }
    if (week.empty()) return fail(ErrorCode::invalid, "calendar.bad_working_week", "working_week");
    return week;
}

Result<std::shared_ptr<const Calendar>> Calendar::load(db::Reader& reader, std::optional<Instant> as_of) {
    std::map<std::int64_t, Rules> agencies;
    agencies[0];
    const std::vector<store::KeptDay> days = TRY(store::days(reader, as_of));
    const auto hours = TRY(store::settings(reader, "office_hours"));
    const auto weeks = TRY(store::settings(reader, "working_week"));
    for (const auto& [agency, text] : hours) agencies[agency];
    for (const auto& [agency, text] : weeks) agencies[agency];
    for (const store::KeptDay& kept : days) agencies[kept.agency.value];

    // What holds for everyone first, then an agency's own over it.
    for (auto& [agency, rules] : agencies) {
        std::map<LocalDate, Day> merged;
        for (const std::int64_t level : {std::int64_t{0}, agency}) {
            for (const auto& [whose, text] : hours)
                if (whose == level) rules.sessions = TRY(parse_office_hours(text));
            for (const auto& [whose, text] : weeks)
                if (whose == level) rules.week = TRY(parse_working_week(text));
            for (const store::KeptDay& kept : days)
                if (kept.agency.value == level) merged[kept.day.date] = kept.day;
        }
        for (auto& [date, day] : merged) rules.days.push_back(std::move(day));
    }
    auto loaded = std::make_shared<Calendar>(std::move(agencies.at(0)));
    for (auto& [agency, rules] : agencies)
        if (agency != 0) loaded->set_agency({agency}, Calendar(std::move(rules)));
    return std::shared_ptr<const Calendar>(std::move(loaded));
}

Result<CalendarPointer> Shelf::get(db::Reader& reader) {
    const auto version = TRY(store::version(reader));
    const std::lock_guard lock(mutex_);
    if (!calendar_ || version != version_) {
        calendar_ = TRY(Calendar::load(reader));
        version_ = version;
    }
    return calendar_;
}

Result<void> require_after(LocalDate today, LocalDate due, std::string_view field) {
    if (due > today) return {};
    return fail(ErrorCode::invalid, "calendar.not_after_today", field, {{"today", to_vietnamese(today)}});
}

Result<void> require_possible(LocalDate today, LocalDate due, std::string_view field) {
    constexpr int furthest = 3'652;  // days in ten years
    if (due > today + furthest)
        return fail(ErrorCode::invalid, "calendar.due_too_far", field, {{"latest", to_vietnamese(today + furthest)}});
    if (due >= today) return {};
    return fail(ErrorCode::invalid, "calendar.before_today", field, {{"today", to_vietnamese(today)}});
}

LocalDate soon(const Calendar& calendar, LocalDate today) {
    return calendar.add_working_days(today, 2);
}

DueState due_state(const Calendar& calendar, LocalDate today, const std::optional<LocalDate>& due) {
    if (!due) return DueState::none;
    if (*due < today) return DueState::late;
    return *due <= soon(calendar, today) ? DueState::soon : DueState::ok;
}

Result<void> set_day(const Scope& scope, db::Transaction& tx, Reach reach, const DayChange& change) {
    if (!scope.may("calendar") || (reach == Reach::agency && !scope.agency))
        return fail(ErrorCode::forbidden, "calendar.may_not_change");
    const std::string basis = TRY(clean_text(change.basis));
    const std::string note = TRY(clean_text(change.note));
    if (basis.empty()) return fail(ErrorCode::invalid, "calendar.no_basis", "basis");
    if (length(basis) > 500) return fail(ErrorCode::invalid, "calendar.too_long", "basis", {{"limit", "500"}});
    if (length(note) > 200) return fail(ErrorCode::invalid, "calendar.too_long", "note", {{"limit", "200"}});
    if (std::abs(change.date.year() - scope.today.year()) > years_ahead)
        return fail(ErrorCode::invalid, "calendar.too_far", "date", {{"years", std::to_string(years_ahead)}});

    const CalendarPointer now = TRY(Calendar::load(tx));
    const AgencyId agency = reach == Reach::agency ? scope.agency : AgencyId{};
    Rules weekly;
    for (const auto& [whose, text] : TRY(store::settings(tx, "working_week")))
        if (whose == 0 || whose == agency.value) weekly.week = TRY(parse_working_week(text));
    TRY(check_kind(change, Calendar(weekly)));

    const std::optional<store::KeptDay> before = TRY(store::current(tx, agency, change.date));
    const Day shown_before = now->of(agency).day(change.date);
    const store::KeptDay after{.agency = agency, .day = {change.date, change.kind, note}, .basis = basis};
    TRY(store::replace(tx, before ? &*before : nullptr, after, scope.person));
    TRY(journal::write(scope, tx,
                       {.action = "calendar.changed",
                        .changes = {{to_string(change.date), shown(shown_before), shown(after.day)}},
                        .details = {{"basis", basis}, {"everyone", reach == Reach::everyone}}}));
    return {};
}

Result<std::vector<Day>> year(const Scope& scope, db::Reader& reader, int year) {
    if (year < 1900 || year > 2200) return fail(ErrorCode::invalid, "calendar.bad_year", "year");
    const CalendarPointer loaded = TRY(Calendar::load(reader));
    const Calendar& own = loaded->of(scope.agency);
    std::vector<Day> days;
    for (LocalDate day = LocalDate::of(year, 1, 1); day.year() == year; day = day + 1) days.push_back(own.day(day));
    return days;
}

}  // namespace calendar
