#pragma once
#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t milliseconds = 0;
    auto operator<=>(const Instant&) const = default;
    Instant operator+(std::chrono::milliseconds d) const { return {milliseconds + d.count()}; }
    Instant operator-(std::chrono::milliseconds d) const { return {milliseconds - d.count()}; }
};

/// A day of the Gregorian calendar, as the law counts days in Asia/Ho_Chi_Minh. Days since 1970-01-01.
struct LocalDate {
    std::int32_t days = 0;
    auto operator<=>(const LocalDate&) const = default;
    LocalDate operator+(int count) const { return {days + count}; }
    LocalDate operator-(int count) const { return {days - count}; }
    /// The day of that calendar date; one that does not exist (31 April) is counted on into the next month.
    static LocalDate of(int year, unsigned month, unsigned day);
    int year() const;
    unsigned month() const;
    unsigned day() const;
    /// 1 is Monday, 7 is Sunday (ISO 8601).
    unsigned weekday() const;
};

/// The hour of the day, in minutes since midnight in Asia/Ho_Chi_Minh.
struct LocalTime {
    std::int32_t minutes = 0;
    auto operator<=>(const LocalTime&) const = default;
};

/// "2026-08-25", years 0001 to 9999; errors: invalid "base.bad_date" (shape, or a day that does not exist).
Result<LocalDate> parse_date(std::string_view iso);
/// "2026-08-25"
std::string to_string(LocalDate);
/// "25/08/2026", as people here write it.
std::string to_vietnamese(LocalDate);
/// "25/08/2026", "25/8/2026" or "25-8-2026", as people here type it; errors as parse_date.
Result<LocalDate> parse_vietnamese_date(std::string_view text);
/// "2026-08-25T02:30:00.000Z" (RFC 3339); errors: invalid "base.bad_instant". Any offset is accepted, what is finer
/// than a millisecond is cut off.
Result<Instant> parse_instant(std::string_view iso);
std::string to_string(Instant);
/// "09:30"; errors: invalid "base.bad_time".
Result<LocalTime> parse_time(std::string_view text);
std::string to_string(LocalTime);

/// The day and hour on the wall in Hà Nội at that moment (UTC+7, no daylight saving since 1975).
LocalDate local_date(Instant);
LocalTime local_time(Instant);
/// The moment that day and hour begin.
Instant instant_of(LocalDate, LocalTime = {});

/// Where the time comes from; tests hold one still.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
  public:
    Instant now() const override;
};

/// A clock a test sets; safe to read and set from several threads.
class FixedClock final : public Clock {
  public:
    explicit FixedClock(Instant at);
    Instant now() const override;
    void set(Instant at);

  private:
    std::atomic<std::int64_t> milliseconds_;
};
