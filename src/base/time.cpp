#include "base/time.h"

#include <optional>

#include <fmt/format.h>

namespace {

constexpr std::int64_t milliseconds_a_minute = 60'000;
constexpr std::int64_t milliseconds_a_day = 86'400'000;
constexpr std::int64_t wall_offset = 7 * 60 * milliseconds_a_minute;  // UTC+7

using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day calendar(LocalDate date) {
    return sys_days{std::chrono::days{date.days}};
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    const std::int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

/// Reads a text from left to right; after the first thing that is not there, `good` stays false.
struct Reader {
    std::string_view rest;
    bool good = true;

    int digits(std::size_t least, std::size_t most) {
        std::size_t count = 0;
        int value = 0;
        while (count < most && count < rest.size() && rest[count] >= '0' && rest[count] <= '9')
            value = value * 10 + (rest[count++] - '0');
        if (count < least) good = false;
        rest.remove_prefix(count);
        return value;
    }
    int digits(std::size_t count) { return digits(count, count); }

    bool take(std::string_view any_of) {
        if (rest.empty() || any_of.find(rest.front()) == std::string_view::npos) return false;
        rest.remove_prefix(1);
        return true;
    }
    void need(std::string_view any_of) {
        if (!take(any_of)) good = false;
    }
    bool done() const { return good && rest.empty(); }
};

std::optional<LocalDate> existing_day(int year, int month, int day) {
    const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    if (year < 1 || !date.ok()) return {};
    return LocalDate{static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count())};
}

}  // namespace

LocalDate LocalDate::of(int year, unsigned month, unsigned day) {
    const sys_days first{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{1}};
    return {static_cast<std::int32_t>(first.time_since_epoch().count()) + static_cast<std::int32_t>(day) - 1};
}

int LocalDate::year() const {
    return static_cast<int>(calendar(*this).year());
}
unsigned LocalDate::month() const {
    return static_cast<unsigned>(calendar(*this).month());
}
unsigned LocalDate::day() const {
    return static_cast<unsigned>(calendar(*this).day());
}
unsigned LocalDate::weekday() const {
    return std::chrono::weekday{sys_days{std::chrono::days{days}}}.iso_encoding();
}

Result<LocalDate> parse_date(std::string_view iso) {
    Reader reader{iso};
    const int year = reader.digits(4);
    reader.need("-");
    const int month = reader.digits(2);
    reader.need("-");
    const int day = reader.digits(2);
    const auto date = existing_day(year, month, day);
    if (!reader.done() || !date) return fail(ErrorCode::invalid, "base.bad_date");
    return *date;
}

Result<LocalDate> parse_vietnamese_date(std::string_view text) {
    Reader reader{text};
    const int day = reader.digits(1, 2);
    reader.need("/-.");
    const int month = reader.digits(1, 2);
    reader.need("/-.");
    const int year = reader.digits(4);
    const auto date = existing_day(year, month, day);
    if (!reader.done() || !date) return fail(ErrorCode::invalid, "base.bad_date");
    return *date;
}

std::string to_string(LocalDate date) {
    return fmt::format("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
}

std::string to_vietnamese(LocalDate date) {
    return fmt::format("{:02}/{:02}/{:04}", date.day(), date.month(), date.year());
}

Result<Instant> parse_instant(std::string_view iso) {
    Reader reader{iso};
    const int year = reader.digits(4);
    reader.need("-");
    const int month = reader.digits(2);
    reader.need("-");
    const int day = reader.digits(2);
    reader.need("Tt");
    const int hour = reader.digits(2);
    reader.need(":");
    const int minute = reader.digits(2);
    reader.need(":");
    const int second = reader.digits(2);

    int milliseconds = 0;
    if (reader.take(".")) {
        const std::size_t before = reader.rest.size();
        milliseconds = reader.digits(1, 3);
        for (std::size_t read = before - reader.rest.size(); read < 3; ++read) milliseconds *= 10;
        reader.digits(0, 9);
    }

    int offset = 0;
    if (!reader.take("Zz")) {
        const int sign = !reader.rest.empty() && reader.rest.front() == '-' ? -1 : 1;
        reader.need("+-");
        const int offset_hours = reader.digits(2);
        reader.need(":");
        const int offset_minutes = reader.digits(2);
        if (offset_hours > 23 || offset_minutes > 59) reader.good = false;
        offset = sign * (offset_hours * 60 + offset_minutes);
    }

    const auto date = existing_day(year, month, day);
    if (!reader.done() || !date || hour > 23 || minute > 59 || second > 59)
        return fail(ErrorCode::invalid, "base.bad_instant");
    const Instant instant{date->days * milliseconds_a_day + (hour * 60 + minute - offset) * milliseconds_a_minute +
                          second * 1000 + milliseconds};
    // An offset may carry the moment out of the years that can be written back.
    const int year_utc =
        LocalDate{static_cast<std::int32_t>(floor_divide(instant.milliseconds, milliseconds_a_day))}.year();
    if (year_utc < 1 || year_utc > 9999) return fail(ErrorCode::invalid, "base.bad_instant");
    return instant;
}

std::string to_string(Instant instant) {
    const std::int64_t days = floor_divide(instant.milliseconds, milliseconds_a_day);
    const std::int64_t rest = instant.milliseconds - days * milliseconds_a_day;
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", to_string(LocalDate{static_cast<std::int32_t>(days)}),
                       rest / 3'600'000, rest / milliseconds_a_minute % 60, rest / 1000 % 60, rest % 1000);
}

Result<LocalTime> parse_time(std::string_view text) {
    Reader reader{text};
    const int hour = reader.digits(2);
    reader.need(":");
    const int minute = reader.digits(2);
    if (!reader.done() || hour > 23 || minute > 59) return fail(ErrorCode::invalid, "base.bad_time");
    return LocalTime{hour * 60 + minute};
}

std::string to_string(LocalTime time) {
    return fmt::format("{:02}:{:02}", time.minutes / 60, time.minutes % 60);
}

LocalDate local_date(Instant instant) {
    return {static_cast<std::int32_t>(floor_divide(instant.milliseconds + wall_offset, milliseconds_a_day))};
}

LocalTime local_time(Instant instant) {
    const std::int64_t wall = instant.milliseconds + wall_offset;
    const std::int64_t of_day = wall - floor_divide(wall, milliseconds_a_day) * milliseconds_a_day;
    return {static_cast<std::int32_t>(of_day / milliseconds_a_minute)};
}

Instant instant_of(LocalDate date, LocalTime time) {
    return {date.days * milliseconds_a_day + time.minutes * milliseconds_a_minute - wall_offset};
}

Instant SystemClock::now() const {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

FixedClock::FixedClock(Instant at) : milliseconds_(at.milliseconds) {}
Instant FixedClock::now() const {
    return {milliseconds_.load()};
}
void FixedClock::set(Instant at) {
    milliseconds_.store(at.milliseconds);
}
