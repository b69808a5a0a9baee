#pragma once
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/described.h"
#include "base/time.h"
#include "core/scope/scope.h"
#include "db/database.h"

/// Working days and office hours. Terms are counted as Bộ luật Dân sự 2015, Điều 144-148 says: the first day does not
/// count, a term that ends on a day off ends on the next working day. Days off: Bộ luật Lao động 2019, Điều 111-112,
/// and what the Prime Minister fixes each year.
namespace calendar {

enum class DayKind { working, weekend, holiday, swapped_off, swapped_working };
BOOST_DESCRIBE_ENUM(DayKind, working, weekend, holiday, swapped_off, swapped_working)

inline bool works(DayKind kind) {
    return kind == DayKind::working || kind == DayKind::swapped_working;
}

struct Day {
    LocalDate date;
    DayKind kind = DayKind::working;
    std::string note;  ///< "Quốc khánh"; empty for a usual day
};
BOOST_DESCRIBE_STRUCT(Day, (), (date, kind, note))

/// A part of the day in which the office works: from `begin`, until just before `end`.
struct Session {
    LocalTime begin;
    LocalTime end;
    bool operator==(const Session&) const = default;
};
/// "07:30-11:30 13:00-17:00", one to four sessions in order. Errors: invalid "calendar.bad_office_hours".
Result<std::vector<Session>> parse_office_hours(std::string_view text);
/// "12345": the weekdays worked, 1 is Monday. Errors: invalid "calendar.bad_working_week".
Result<std::vector<unsigned>> parse_working_week(std::string_view text);

/// How an agency's days differ from what the week says.
struct Rules {
    std::vector<unsigned> week{1, 2, 3, 4, 5};
    std::vector<Session> sessions{{{7 * 60 + 30}, {11 * 60 + 30}}, {{13 * 60}, {17 * 60}}};
    std::vector<Day> days;  ///< only those that differ
};

/// The calendar of the server as it was when loaded. Immutable; shared between requests.
class Calendar {
  public:
    Calendar() : Calendar(Rules{}) {}
    explicit Calendar(Rules);
    /// `as_of`: as the calendar stood at that moment, to count an old figure again; now when absent.
    static Result<std::shared_ptr<const Calendar>> load(db::Reader&, std::optional<Instant> as_of = {});
    /// The agency's own calendar; this one when the agency has none.
    const Calendar& of(AgencyId) const;
    void set_agency(AgencyId, Calendar);

    Day day(LocalDate) const;
    bool is_working(LocalDate date) const { return works(kind(date)); }
    /// The day itself when it is a working day, else the first one after it.
    LocalDate next_working(LocalDate) const;
    LocalDate previous_working(LocalDate) const;
    /// The n-th working day after `from`, which does not count. n = 0 is next_working(from); below 0 counts back.
    LocalDate add_working_days(LocalDate from, int n) const;
    /// Working days after `from` up to and with `to`; negative when `to` is earlier.
    int working_days_between(LocalDate from, LocalDate to) const;

    /// Terms by the calendar (Điều 146-148): the same-numbered day or the month's last one, moved to a working day.
    LocalDate add_months(LocalDate from, int months) const;
    LocalDate add_years(LocalDate from, int years) const { return add_months(from, 12 * years); }
    /// Days, weeks (7) counted through, the last one moved to a working day.
    LocalDate add_days(LocalDate from, int days) const { return next_working(from + days); }

    /// Is the office open at that moment?
    bool is_open(Instant) const;
    /// The moment itself in office hours, else the beginning of the next session: what arrives out of hours counts from
    /// there.
    Instant counted_from(Instant arrived) const;
    /// The day a term of n working days ends for what arrived then.
    LocalDate due_on(Instant arrived, int working_days) const;
    /// The moment it ends: the last session of that day closes.
    Instant due_at(Instant arrived, int working_days) const;
    Instant closes_at(LocalDate) const;
    /// Counts only time in sessions; for what is due within hours.
    Instant add_working_time(Instant arrived, std::chrono::minutes) const;

    const std::vector<Session>& sessions() const { return rules_.sessions; }

  private:
    DayKind kind(LocalDate) const;
    const Day* exception(LocalDate) const;

    Rules rules_;  ///< days by date
    bool week_[8] = {};
    std::unordered_map<std::int64_t, std::shared_ptr<const Calendar>> agencies_;
};
using CalendarPointer = std::shared_ptr<const Calendar>;

/// The calendar, loaded anew only when it was changed. Safe from several threads.
class Shelf {
  public:
    Result<CalendarPointer> get(db::Reader&);

  private:
    std::mutex mutex_;
    std::pair<std::int64_t, std::int64_t> version_{-1, -1};
    CalendarPointer calendar_;
};

/// Refuses a day that is not after today. Errors: invalid "calendar.not_after_today" at `field`.
Result<void> require_after(LocalDate today, LocalDate due, std::string_view field);
/// Refuses a day no work can be due on: one before today, or more than ten years off. Errors: invalid
/// "calendar.before_today", "calendar.due_too_far" with {latest}, at `field`.
Result<void> require_possible(LocalDate today, LocalDate due, std::string_view field);

enum class DueState { none, ok, soon, late };
BOOST_DESCRIBE_ENUM(DueState, none, ok, soon, late)
/// The last day that is near: two working days after today.
LocalDate soon(const Calendar&, LocalDate today);
/// late: the day is past; soon: it is near.
DueState due_state(const Calendar&, LocalDate today, const std::optional<LocalDate>& due);

/// A day as the administrator changes it.
struct DayChange {
    LocalDate date;
    DayKind kind = DayKind::working;
    std::string note;
    std::string basis;
};
BOOST_DESCRIBE_STRUCT(DayChange, (), (date, kind, note, basis))

enum class Reach { agency, everyone };

/// Changes a day for the scope's agency or for everyone; what stood there is kept with its time.
/// Errors: forbidden "calendar.may_not_change", invalid "calendar.no_basis", "calendar.kind_of_weekday" (a weekend that
/// is no weekend, a swapped working day that was one already), "calendar.too_far".
Result<void> set_day(const Scope&, db::Transaction&, Reach, const DayChange&);

/// Every day of the year as the scope's agency has it.
Result<std::vector<Day>> year(const Scope&, db::Reader&, int year);

/// Fills in the days of rules/calendars/*.json, for everyone. What a person has edited stays. Gives how many rows were
/// written.
Result<int> load_shipped(db::Database&);

}  // namespace calendar
