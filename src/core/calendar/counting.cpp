#include <algorithm>

#include "core/calendar/calendar.h"

namespace calendar {
namespace {

constexpr int horizon = 400 * 366;  ///< days looked at before giving up: a calendar without a working day is a mistake

Instant at(LocalDate day, LocalTime time) {
    return instant_of(day, time);
}

}  // namespace

Calendar::Calendar(Rules rules) : rules_(std::move(rules)) {
    std::ranges::stable_sort(rules_.days, {}, &Day::date);
    for (const unsigned weekday : rules_.week)
        if (weekday >= 1 && weekday <= 7) week_[weekday] = true;
}

const Calendar& Calendar::of(AgencyId agency) const {
    const auto found = agencies_.find(agency.value);
    return found == agencies_.end() ? *this : *found->second;
}

void Calendar::set_agency(AgencyId agency, Calendar own) {
    agencies_[agency.value] = std::make_shared<const Calendar>(std::move(own));
}

const Day* Calendar::exception(LocalDate date) const {
    const auto found = std::ranges::lower_bound(rules_.days, date, {}, &Day::date);
    return found != rules_.days.end() && found->date == date ? &*found : nullptr;
}

DayKind Calendar::kind(LocalDate date) const {
    if (const Day* found = exception(date)) return found->kind;
    return week_[date.weekday()] ? DayKind::working : DayKind::weekend;
}

Day Calendar::day(LocalDate date) const {
    if (const Day* found = exception(date)) return *found;
    return {date, kind(date), {}};
}

LocalDate Calendar::next_working(LocalDate date) const {
    for (int i = 0; i < horizon && !is_working(date); ++i) date = date + 1;
    return date;
}

LocalDate Calendar::previous_working(LocalDate date) const {
    for (int i = 0; i < horizon && !is_working(date); ++i) date = date - 1;
    return date;
}

LocalDate Calendar::add_working_days(LocalDate from, int n) const {
    if (n == 0) return next_working(from);
    for (; n > 0; --n) from = next_working(from + 1);
    for (; n < 0; ++n) from = previous_working(from - 1);
    return from;
}

int Calendar::working_days_between(LocalDate from, LocalDate to) const {
    if (to < from) return -working_days_between(to, from);
    int count = 0;
    for (LocalDate day = from + 1; day <= to; day = day + 1) count += is_working(day) ? 1 : 0;
    return count;
}

LocalDate Calendar::add_months(LocalDate from, int months) const {
    const int index = from.year() * 12 + static_cast<int>(from.month()) - 1 + months;
    const int year = index / 12;
    const unsigned month = static_cast<unsigned>(index % 12) + 1;
    const LocalDate first_of_next = month == 12 ? LocalDate::of(year + 1, 1, 1) : LocalDate::of(year, month + 1, 1);
    const LocalDate last = first_of_next - 1;
    return next_working(std::min(LocalDate::of(year, month, 1) + static_cast<int>(from.day()) - 1, last));
}

bool Calendar::is_open(Instant moment) const {
    if (!is_working(local_date(moment))) return false;
    const LocalTime time = local_time(moment);
    return std::ranges::any_of(rules_.sessions, [&](const Session& s) { return s.begin <= time && time < s.end; });
}

Instant Calendar::counted_from(Instant arrived) const {
    if (is_open(arrived)) return arrived;
    const LocalDate day = local_date(arrived);
    if (is_working(day))
        for (const Session& session : rules_.sessions)
            if (arrived < at(day, session.begin)) return at(day, session.begin);
    return at(next_working(day + 1), rules_.sessions.front().begin);
}

LocalDate Calendar::due_on(Instant arrived, int working_days) const {
    return add_working_days(local_date(counted_from(arrived)), working_days);
}

Instant Calendar::due_at(Instant arrived, int working_days) const {
    return closes_at(due_on(arrived, working_days));
}

Instant Calendar::closes_at(LocalDate day) const {
    return at(day, rules_.sessions.back().end);
}

Instant Calendar::add_working_time(Instant arrived, std::chrono::minutes amount) const {
    Instant from = counted_from(arrived);
    std::int64_t left = std::chrono::milliseconds(amount).count();
    for (;;) {
        const LocalDate day = local_date(from);
        const LocalTime time = local_time(from);
        const auto session =
            std::ranges::find_if(rules_.sessions, [&](const Session& s) { return s.begin <= time && time < s.end; });
        if (session == rules_.sessions.end()) return from;
        const std::int64_t room = at(day, session->end).milliseconds - from.milliseconds;
        if (left <= room) return from + std::chrono::milliseconds(left);
        left -= room;
        from = counted_from(at(day, session->end));
    }
}

}  // namespace calendar
