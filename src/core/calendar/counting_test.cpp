#include <random>
#include <set>

#include <gtest/gtest.h>

#include "core/calendar/calendar.h"

namespace calendar {
namespace {

LocalDate date(std::string_view iso) {
    const auto parsed = parse_date(iso);
    EXPECT_TRUE(parsed) << iso;
    return parsed.value_or(LocalDate{});
}

Instant moment(std::string_view iso, std::string_view time) {
    return instant_of(date(iso), *parse_time(time));
}

/// The public holidays of 2026 and New Year of 2027, as far as the cases below meet them.
Calendar of_2026() {
    Rules rules;
    const auto add = [&](std::string_view day, DayKind kind) { rules.days.push_back({date(day), kind, {}}); };
    for (const auto* day : {"2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20",
                            "2026-04-27", "2026-04-30", "2026-05-01", "2026-09-01", "2026-09-02", "2027-01-01"})
        add(day, DayKind::holiday);
    add("2026-01-02", DayKind::swapped_off);
    add("2026-01-10", DayKind::swapped_working);
    add("2026-08-22", DayKind::swapped_working);
    add("2026-08-31", DayKind::swapped_off);
    return Calendar(std::move(rules));
}

struct Term {
    const char* received;
    int days;
    const char* due;
};

class WorkingDays : public ::testing::TestWithParam<Term> {};

TEST_P(WorkingDays, ends_on) {
    const Term& term = GetParam();
    EXPECT_EQ(to_string(of_2026().add_working_days(date(term.received), term.days)), term.due);
}

// Bộ luật Dân sự 2015, Điều 147-148: the first day does not count.
INSTANTIATE_TEST_SUITE_P(Terms, WorkingDays,
                         ::testing::Values(Term{"2026-01-05", 10, "2026-01-16"},  // Saturday 10/1 is worked
                                           Term{"2025-12-31", 1, "2026-01-05"},   // 02/01 is swapped off
                                           Term{"2026-02-13", 5, "2026-02-27"},   // over Tết
                                           Term{"2026-04-29", 1, "2026-05-04"},   // over 30/4 and 01/5
                                           Term{"2026-08-21", 3, "2026-08-25"},   // Saturday 22/8 is worked
                                           Term{"2026-08-28", 1, "2026-09-03"},   // 31/8 is swapped off
                                           Term{"2026-12-30", 2, "2027-01-04"},   // 31/12, then 01/01 is off
                                           Term{"2026-12-30", 3, "2027-01-05"},   //
                                           Term{"2026-08-22", 1, "2026-08-24"},   // received on a worked Saturday
                                           Term{"2026-08-29", 1, "2026-09-03"},   // received on a day off
                                           Term{"2026-08-21", 0, "2026-08-21"},   //
                                           Term{"2026-08-23", 0, "2026-08-24"},   // no days: the next worked one
                                           Term{"2026-08-25", -3, "2026-08-21"},  // counted back
                                           Term{"2026-01-05", -1, "2025-12-31"}));

struct MonthTerm {
    const char* from;
    int months;
    const char* due;
};

class Months : public ::testing::TestWithParam<MonthTerm> {};

TEST_P(Months, ends_on) {
    const MonthTerm& term = GetParam();
    EXPECT_EQ(to_string(of_2026().add_months(date(term.from), term.months)), term.due);
}

INSTANTIATE_TEST_SUITE_P(Terms, Months,
                         ::testing::Values(MonthTerm{"2026-01-31", 1, "2026-03-02"},  // 28/02 is a Saturday
                                           MonthTerm{"2026-01-15", 1, "2026-02-23"},  // 15/02 is in Tết
                                           MonthTerm{"2026-03-31", 1, "2026-05-04"},  // 30/4 is a holiday
                                           MonthTerm{"2026-06-12", 3, "2026-09-14"},  // 12/9 is a Saturday
                                           MonthTerm{"2026-12-01", 1, "2027-01-04"},  // 01/01, then a weekend
                                           MonthTerm{"2026-10-31", 4,
                                                     "2027-03-01"},  // the last day of February is a Sunday
                                           MonthTerm{"2028-02-29", 12, "2029-02-28"},  // leap day
                                           MonthTerm{"2026-05-20", -2, "2026-03-20"}));

TEST(Calendar, terms_in_days_and_years_end_on_a_working_day) {
    const Calendar calendar = of_2026();
    EXPECT_EQ(to_string(calendar.add_days(date("2026-08-20"), 7)), "2026-08-27");
    EXPECT_EQ(to_string(calendar.add_days(date("2026-08-22"), 7)), "2026-09-03");
    EXPECT_EQ(to_string(calendar.add_years(date("2025-09-02"), 1)), "2026-09-03");
}

// A slow second way: walk day by day and ask what each day is.
struct SlowRules {
    std::set<std::int32_t> off;
    std::set<std::int32_t> on;
    bool works(LocalDate day) const {
        if (off.contains(day.days)) return false;
        return on.contains(day.days) || day.weekday() < 6;
    }
};

TEST(Calendar, agrees_with_walking_day_by_day) {
    std::mt19937 random(20260825);
    for (int round = 0; round < 40; ++round) {
        SlowRules slow;
        Rules rules;
        const LocalDate begin = date("2026-01-01");
        for (int i = 0; i < 60; ++i) {
            const LocalDate day = begin + static_cast<int>(random() % 500);
            if (slow.off.contains(day.days) || slow.on.contains(day.days)) continue;
            const DayKind kind = day.weekday() < 6 ? DayKind::holiday : DayKind::swapped_working;
            (kind == DayKind::holiday ? slow.off : slow.on).insert(day.days);
            rules.days.push_back({day, kind, {}});
        }
        const Calendar calendar(rules);
        for (int i = 0; i < 50; ++i) {
            const LocalDate from = begin + static_cast<int>(random() % 400);
            const int n = static_cast<int>(random() % 30) + 1;
            LocalDate expected = from;
            for (int left = n; left > 0;) {
                expected = expected + 1;
                if (slow.works(expected)) --left;
            }
            ASSERT_EQ(calendar.add_working_days(from, n), expected) << to_string(from) << " + " << n;
            ASSERT_EQ(calendar.working_days_between(from, expected), n);
            ASSERT_EQ(calendar.working_days_between(expected, from), -n);
            ASSERT_TRUE(calendar.is_working(expected));
            LocalDate back = expected;
            for (int left = n; left > 0;) {
                back = back - 1;
                if (slow.works(back)) --left;
            }
            ASSERT_EQ(calendar.add_working_days(expected, -n), back);
        }
    }
}

struct Arrival {
    const char* day;
    const char* time;
    const char* counted_day;
    const char* counted_time;
};

class OfficeHours : public ::testing::TestWithParam<Arrival> {};

TEST_P(OfficeHours, count_from_the_next_session) {
    const Arrival& arrival = GetParam();
    const Instant counted = of_2026().counted_from(moment(arrival.day, arrival.time));
    EXPECT_EQ(to_string(local_date(counted)) + " " + to_string(local_time(counted)),
              std::string(arrival.counted_day) + " " + arrival.counted_time);
}

INSTANTIATE_TEST_SUITE_P(
    Arrivals, OfficeHours,
    ::testing::Values(Arrival{"2026-08-21", "09:15", "2026-08-21", "09:15"},  //
                      Arrival{"2026-08-21", "06:00", "2026-08-21", "07:30"},  //
                      Arrival{"2026-08-21", "11:29", "2026-08-21", "11:29"},  //
                      Arrival{"2026-08-21", "11:30", "2026-08-21", "13:00"},  // the morning has ended
                      Arrival{"2026-08-21", "17:00", "2026-08-22", "07:30"},  // the Saturday is worked
                      Arrival{"2026-08-28", "20:00", "2026-09-03", "07:30"},  //
                      Arrival{"2026-08-30", "10:00", "2026-09-03", "07:30"}));

TEST(Calendar, what_comes_after_hours_is_counted_from_the_next_morning) {
    const Calendar calendar = of_2026();
    EXPECT_EQ(to_string(calendar.due_on(moment("2026-08-20", "16:59"), 1)), "2026-08-21");
    EXPECT_EQ(to_string(calendar.due_on(moment("2026-08-20", "17:00"), 1)), "2026-08-22");
    EXPECT_EQ(calendar.due_at(moment("2026-08-20", "16:59"), 1), moment("2026-08-21", "17:00"));
}

TEST(Calendar, working_time_passes_in_sessions_only) {
    const Calendar calendar = of_2026();
    // Minute by minute, the obvious way.
    const auto slow = [&](Instant from, int minutes) {
        Instant at = calendar.counted_from(from);
        for (int left = minutes; left > 0;) {
            if (calendar.is_open(at)) --left;
            at = at + std::chrono::minutes(1);
        }
        return at;
    };
    std::mt19937 random(7);
    for (int i = 0; i < 60; ++i) {
        const Instant from = moment("2026-08-20", "00:00") + std::chrono::minutes(random() % (16 * 24 * 60));
        const int minutes = static_cast<int>(random() % 2000) + 1;
        ASSERT_EQ(calendar.add_working_time(from, std::chrono::minutes(minutes)), slow(from, minutes))
            << to_string(from) << " + " << minutes;
    }
    EXPECT_EQ(calendar.add_working_time(moment("2026-08-28", "16:00"), std::chrono::hours(2)),
              moment("2026-09-03", "08:30"));
}

TEST(Calendar, an_agency_may_work_otherwise) {
    Calendar all = of_2026();
    Rules own;
    own.week = {1, 2, 3, 4, 5, 6};
    all.set_agency({7}, Calendar(own));
    EXPECT_FALSE(all.is_working(date("2026-08-15")));
    EXPECT_TRUE(all.of({7}).is_working(date("2026-08-15")));
    EXPECT_EQ(&all.of({8}), &all);
}

TEST(Calendar, says_how_due_a_day_is) {
    const Calendar calendar = of_2026();
    const LocalDate friday = date("2026-08-21");
    EXPECT_EQ(due_state(calendar, friday, std::nullopt), DueState::none);
    EXPECT_EQ(due_state(calendar, friday, date("2026-08-20")), DueState::late);
    EXPECT_EQ(due_state(calendar, friday, friday), DueState::soon);
    EXPECT_EQ(due_state(calendar, friday, date("2026-08-24")), DueState::soon);
    EXPECT_EQ(due_state(calendar, friday, date("2026-08-25")), DueState::ok);
}

TEST(Calendar, refuses_days_that_are_too_early) {
    const LocalDate today = date("2026-08-21");
    EXPECT_TRUE(require_after(today, today + 1, "due"));
    const auto refused = require_after(today, today, "due");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "calendar.not_after_today");
    EXPECT_EQ(refused.error().field, "due");
    EXPECT_TRUE(require_possible(today, today, "due"));
    EXPECT_FALSE(require_possible(today, today - 1, "due"));
    EXPECT_TRUE(require_possible(today, today + 3'652, "due"));
    EXPECT_FALSE(require_possible(today, today + 3'653, "due"));
}

TEST(OfficeHours, are_read_from_text) {
    const auto sessions = parse_office_hours("08:00-12:00  13:30-17:30");
    ASSERT_TRUE(sessions);
    EXPECT_EQ(*sessions, (std::vector<Session>{{{480}, {720}}, {{810}, {1050}}}));
    for (const auto* bad : {"", "08:00", "08:00-08:00", "12:00-08:00", "08:00-12:00 11:00-13:00", "8-12", "25:00-26:00",
                            "01:00-02:00 03:00-04:00 05:00-06:00 07:00-08:00 09:00-10:00"})
        EXPECT_FALSE(parse_office_hours(bad)) << bad;
    EXPECT_EQ(*parse_working_week("123456"), (std::vector<unsigned>{1, 2, 3, 4, 5, 6}));
    for (const auto* bad : {"", "0", "8", "11", "54321", "1-5"}) EXPECT_FALSE(parse_working_week(bad)) << bad;
}

}  // namespace
}  // namespace calendar
