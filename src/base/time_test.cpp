#include "base/time.h"

#include <random>
#include <thread>

#include <gtest/gtest.h>

namespace {

bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

unsigned days_in(int year, unsigned month) {
    constexpr unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

TEST(LocalDate, EveryDayOfFourHundredYearsComesAfterTheOneBefore) {
    LocalDate date = LocalDate::of(1800, 1, 1);
    unsigned weekday = 3;  // it was a Wednesday
    for (int year = 1800; year < 2200; ++year)
        for (unsigned month = 1; month <= 12; ++month)
            for (unsigned day = 1; day <= days_in(year, month); ++day) {
                ASSERT_EQ(date, LocalDate::of(year, month, day));
                ASSERT_EQ(date.year(), year);
                ASSERT_EQ(date.month(), month);
                ASSERT_EQ(date.day(), day);
                ASSERT_EQ(date.weekday(), weekday);
                ASSERT_EQ(parse_date(to_string(date)), date);
                ASSERT_EQ(parse_vietnamese_date(to_vietnamese(date)), date);
                date = date + 1;
                weekday = weekday % 7 + 1;
            }
}

TEST(LocalDate, KnownDays) {
    EXPECT_EQ(LocalDate::of(1970, 1, 1).days, 0);
    EXPECT_EQ(LocalDate::of(2026, 8, 25).days, 20690);
    EXPECT_EQ(LocalDate::of(2026, 8, 25).weekday(), 2u);
    EXPECT_EQ(to_string(LocalDate::of(2026, 8, 5)), "2026-08-05");
    EXPECT_EQ(to_vietnamese(LocalDate::of(2026, 8, 5)), "05/08/2026");
    EXPECT_EQ(LocalDate::of(2026, 2, 31), LocalDate::of(2026, 3, 3));
}

TEST(LocalDate, BadDatesAreRefused) {
    for (const char* text : {"", "2026", "2026-8-25", "2026-08-25 ", " 2026-08-25", "2026-13-01", "2026-00-10",
                             "2026-02-29", "2026-04-31", "2026-08-00", "0000-01-01", "25/08/2026", "2026/08/25",
                             "2026-08-25T00:00:00Z", "+2026-08-25", "-026-08-25", "20260825", "2026-08-2５"}) {
        const auto date = parse_date(text);
        ASSERT_FALSE(date) << text;
        EXPECT_EQ(date.error().code, ErrorCode::invalid);
        EXPECT_EQ(date.error().message, "base.bad_date");
    }
    EXPECT_TRUE(parse_date("2024-02-29"));
    EXPECT_TRUE(parse_date("0001-01-01"));
    EXPECT_TRUE(parse_date("9999-12-31"));
}

TEST(LocalDate, AsPeopleTypeIt) {
    for (const char* text : {"25/08/2026", "25/8/2026", "25-8-2026", "25.08.2026"})
        EXPECT_EQ(parse_vietnamese_date(text), LocalDate::of(2026, 8, 25)) << text;
    for (const char* text :
         {"8/25/2026", "25/8/26", "2026/8/25", "25 8 2026", "025/8/2026", "29/2/2026", "25/8/2026x", ""})
        EXPECT_FALSE(parse_vietnamese_date(text)) << text;
}

TEST(Instant, ReadsAnyOffset) {
    struct Case {
        const char* text;
        const char* in_utc;
    };
    for (const auto& [text, in_utc] : {
             Case{"1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"},
             Case{"2026-08-25T09:30:00+07:00", "2026-08-25T02:30:00.000Z"},
             Case{"2026-08-24T22:00:00.5-04:30", "2026-08-25T02:30:00.500Z"},
             Case{"2026-08-25t02:30:00.123456789z", "2026-08-25T02:30:00.123Z"},
             Case{"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
             Case{"2026-08-25T00:00:00+00:00", "2026-08-25T00:00:00.000Z"},
         }) {
        const auto instant = parse_instant(text);
        ASSERT_TRUE(instant) << text;
        EXPECT_EQ(to_string(*instant), in_utc);
    }
}

TEST(Instant, BadMomentsAreRefused) {
    for (const char* text :
         {"", "2026-08-25", "2026-08-25T02:30:00", "2026-08-25 02:30:00Z", "2026-08-25T24:00:00Z",
          "2026-08-25T02:60:00Z", "2026-08-25T02:30:60Z", "2026-08-25T02:30Z", "2026-08-25T02:30:00.Z",
          "2026-08-25T02:30:00+0700", "2026-08-25T02:30:00+24:00", "2026-08-25T02:30:00+07:60", "2026-02-30T02:30:00Z",
          "2026-08-25T02:30:00ZZ", "2026-08-25T02:30:00,5Z", "2026-08-25T02:30:00.1234567890123Z",
          "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"}) {
        const auto instant = parse_instant(text);
        ASSERT_FALSE(instant) << text;
        EXPECT_EQ(instant.error().message, "base.bad_instant");
    }
}

TEST(Instant, WhatIsWrittenIsReadBack) {
    std::mt19937_64 random(1);
    std::uniform_int_distribution<std::int64_t> any(-62135596800000, 253402300799999);  // the years 0001 to 9999
    for (int i = 0; i < 20'000; ++i) {
        const Instant instant{any(random)};
        ASSERT_EQ(parse_instant(to_string(instant)), instant) << instant.milliseconds;
    }
}

TEST(LocalTime, ReadsAndWrites) {
    for (int minutes = 0; minutes < 24 * 60; ++minutes) {
        const LocalTime time{minutes};
        ASSERT_EQ(parse_time(to_string(time)), time);
    }
    EXPECT_EQ(to_string(LocalTime{570}), "09:30");
    for (const char* text : {"", "9:30", "24:00", "09:60", "09:30:00", "0930", "09h30", "-9:30"}) {
        const auto time = parse_time(text);
        ASSERT_FALSE(time) << text;
        EXPECT_EQ(time.error().message, "base.bad_time");
    }
}

TEST(Wall, ADayInHaNoiBeginsSeventeenHoursIntoTheDayBefore) {
    const Instant last = *parse_instant("2026-08-24T16:59:59.999Z");
    EXPECT_EQ(local_date(last), LocalDate::of(2026, 8, 24));
    EXPECT_EQ(to_string(local_time(last)), "23:59");
    const Instant first = *parse_instant("2026-08-24T17:00:00Z");
    EXPECT_EQ(local_date(first), LocalDate::of(2026, 8, 25));
    EXPECT_EQ(to_string(local_time(first)), "00:00");
    EXPECT_EQ(instant_of(LocalDate::of(2026, 8, 25)), first);
    // Before 1970 as well.
    EXPECT_EQ(local_date(*parse_instant("1945-09-01T20:00:00Z")), LocalDate::of(1945, 9, 2));
}

TEST(Wall, GoesThereAndBack) {
    std::mt19937_64 random(2);
    std::uniform_int_distribution<std::int32_t> days(-40'000, 40'000);
    std::uniform_int_distribution<std::int32_t> minutes(0, 24 * 60 - 1);
    for (int i = 0; i < 20'000; ++i) {
        const LocalDate date{days(random)};
        const LocalTime time{minutes(random)};
        const Instant instant = instant_of(date, time);
        ASSERT_EQ(local_date(instant), date);
        ASSERT_EQ(local_time(instant), time);
        ASSERT_EQ(local_date(instant + std::chrono::milliseconds(59'999)), date);
    }
}

TEST(Clock, AFixedOneStandsUntilItIsSet) {
    FixedClock clock(Instant{1000});
    EXPECT_EQ(clock.now(), Instant{1000});
    std::thread([&] { clock.set(Instant{2000}); }).join();
    EXPECT_EQ(clock.now(), Instant{2000});
}

TEST(Clock, TheSystemOneIsInThisCentury) {
    const int year = local_date(SystemClock().now()).year();
    EXPECT_GE(year, 2024);
    EXPECT_LT(year, 2100);
}

}  // namespace
