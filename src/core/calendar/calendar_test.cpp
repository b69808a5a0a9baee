#include "core/calendar/calendar.h"

#include <gtest/gtest.h>

#include "core/scope/system_scope.h"
#include "tests/support/databases.h"

namespace calendar {
namespace {

using congvu::test::told;

LocalDate date(std::string_view iso) {
    return *parse_date(iso);
}

class Days : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        const auto loaded = load_shipped(db());
        ASSERT_TRUE(loaded) << told(loaded);
        ASSERT_GT(*loaded, 25);
    }
    Scope keeper() {
        Scope scope = system_scope(clock().now());
        scope.permissions.insert("calendar");
        scope.agency = {7};
        return scope;
    }
    Result<void> change(const Scope& scope, Reach reach, const DayChange& day) {
        return db().write_now([&](db::Transaction& tx) { return set_day(scope, tx, reach, day); });
    }
    CalendarPointer load(std::optional<Instant> as_of = {}) {
        auto reader = db().read();
        auto loaded = Calendar::load(**reader, as_of);
        EXPECT_TRUE(loaded) << told(loaded);
        return loaded ? *loaded : std::make_shared<const Calendar>();
    }
    std::int64_t count(std::string_view action) {
        constexpr db::Sql entries{"test.entries", "select count(*) from journal_entry where action = ?1"};
        auto reader = db().read();
        return (*(*reader)->row(entries, action))->integer(0);
    }
    void set(std::int64_t agency, std::string_view code, std::string_view value) {
        constexpr db::Sql put{"test.setting",
                              R"(insert into setting (agency_id, code, value, changed_at) values (?1, ?2, ?3, ?4)
            on conflict (agency_id, code) do update set value = excluded.value, changed_at = excluded.changed_at)"};
        const auto done =
            db().write_now([&](db::Transaction& tx) { return tx.execute(put, agency, code, value, tx.now()); });
        ASSERT_TRUE(done) << told(done);
    }
};

TEST_P(Days, the_shipped_years_hold_their_terms) {
    const CalendarPointer calendar = load();
    const std::tuple<const char*, int, const char*> terms[] = {
        {"2025-12-31", 1, "2026-01-05"}, {"2026-01-05", 10, "2026-01-16"}, {"2026-02-13", 5, "2026-02-27"},
        {"2026-04-29", 1, "2026-05-04"}, {"2026-08-21", 3, "2026-08-25"},  {"2026-12-30", 2, "2027-01-04"},
        {"2025-04-25", 1, "2025-04-26"}, {"2025-04-29", 1, "2025-05-05"}};
    for (const auto& [from, days, due] : terms)
        EXPECT_EQ(to_string(calendar->add_working_days(date(from), days)), due) << from;
    EXPECT_EQ(calendar->day(date("2026-09-02")).kind, DayKind::holiday);
    EXPECT_EQ(calendar->day(date("2026-09-02")).note, "Quốc khánh");
    EXPECT_EQ(calendar->day(date("2026-08-22")).kind, DayKind::swapped_working);
    EXPECT_EQ(calendar->day(date("2026-01-02")).kind, DayKind::swapped_off);
    EXPECT_EQ(calendar->day(date("2026-01-10")).kind, DayKind::swapped_working);
    EXPECT_EQ(calendar->day(date("2026-08-31")).kind, DayKind::swapped_off);
    EXPECT_EQ(calendar->day(date("2026-08-29")).kind, DayKind::weekend);
    EXPECT_EQ(calendar->day(date("2026-08-28")).kind, DayKind::working);
}

TEST_P(Days, loading_again_writes_nothing) {
    const auto again = load_shipped(db());
    ASSERT_TRUE(again) << told(again);
    EXPECT_EQ(*again, 0);
    EXPECT_EQ(count("calendar.loaded"), 1);
}

TEST_P(Days, a_person_s_change_is_kept_over_an_update_and_journalled) {
    const DayChange storm{date("2026-08-27"), DayKind::swapped_off, "Nghỉ tránh bão", "Công điện 12/CĐ-UBND"};
    const auto changed = change(keeper(), Reach::everyone, storm);
    ASSERT_TRUE(changed) << told(changed);
    EXPECT_EQ(count("calendar.changed"), 1);
    EXPECT_FALSE(load()->is_working(storm.date));

    const DayChange back{date("2026-09-01"), DayKind::working, "", "Thông báo 3/TB"};
    ASSERT_TRUE(change(keeper(), Reach::everyone, back));
    ASSERT_TRUE(load_shipped(db()));
    EXPECT_TRUE(load()->is_working(back.date));
}

TEST_P(Days, an_agency_has_its_own_and_others_do_not) {
    ASSERT_TRUE(change(keeper(), Reach::agency,
                       {date("2026-08-26"), DayKind::holiday, "Ngày truyền thống", "Quyết định 5/QĐ"}));
    const CalendarPointer calendar = load();
    EXPECT_FALSE(calendar->of({7}).is_working(date("2026-08-26")));
    EXPECT_TRUE(calendar->of({8}).is_working(date("2026-08-26")));
    EXPECT_FALSE(calendar->of({7}).is_working(date("2026-09-02")));  // what holds for everyone holds there too

    const auto days = [&] {
        auto reader = db().read();
        return year(keeper(), **reader, 2026);
    }();
    ASSERT_TRUE(days) << told(days);
    ASSERT_EQ(days->size(), 365u);
    EXPECT_EQ((*days)[static_cast<std::size_t>(date("2026-08-26").days - date("2026-01-01").days)].note,
              "Ngày truyền thống");
}

TEST_P(Days, the_calendar_of_then_can_be_asked_again) {
    const Instant before = clock().now();
    clock().set(before + std::chrono::hours(24));
    ASSERT_TRUE(change(keeper(), Reach::everyone, {date("2026-08-28"), DayKind::holiday, "", "Thông báo 9/TB"}));
    clock().set(before + std::chrono::hours(48));
    ASSERT_TRUE(change(keeper(), Reach::everyone, {date("2026-08-28"), DayKind::swapped_off, "", "Thông báo 10/TB"}));
    EXPECT_EQ(load(before)->day(date("2026-08-28")).kind, DayKind::working);
    EXPECT_EQ(load(before + std::chrono::hours(25))->day(date("2026-08-28")).kind, DayKind::holiday);
    EXPECT_EQ(load()->day(date("2026-08-28")).kind, DayKind::swapped_off);
}

TEST_P(Days, what_may_not_be_changed) {
    const LocalDate wednesday = date("2026-08-26");
    Scope nobody = keeper();
    nobody.permissions.clear();
    struct Case {
        Scope scope;
        DayChange day;
        const char* message;
    };
    const Case cases[] = {{nobody, {wednesday, DayKind::holiday, "", "x"}, "calendar.may_not_change"},
                          {keeper(), {wednesday, DayKind::holiday, "", " "}, "calendar.no_basis"},
                          {keeper(), {wednesday, DayKind::weekend, "", "x"}, "calendar.kind_of_weekday"},
                          {keeper(), {wednesday, DayKind::swapped_working, "", "x"}, "calendar.kind_of_weekday"},
                          {keeper(), {date("2096-08-26"), DayKind::holiday, "", "x"}, "calendar.too_far"}};
    for (const Case& wrong : cases) {
        const auto refused = change(wrong.scope, Reach::everyone, wrong.day);
        ASSERT_FALSE(refused) << wrong.message;
        EXPECT_EQ(refused.error().message, wrong.message);
    }
    EXPECT_EQ(count("calendar.changed"), 0);
}

TEST_P(Days, settings_change_hours_and_week) {
    Shelf shelf;
    const auto get = [&] {
        auto reader = db().read();
        auto calendar = shelf.get(**reader);
        EXPECT_TRUE(calendar) << told(calendar);
        return *calendar;
    };
    const CalendarPointer first = get();
    EXPECT_EQ(get(), first);
    clock().set(clock().now() + std::chrono::seconds(1));
    set(0, "office_hours", "08:00-12:00 13:30-17:30");
    set(7, "working_week", "123456");
    const CalendarPointer second = get();
    EXPECT_NE(second, first);
    EXPECT_EQ(second->sessions().front().begin, (LocalTime{480}));
    EXPECT_TRUE(second->of({7}).is_working(date("2026-08-15")));
    EXPECT_EQ(second->of({7}).sessions().front().begin, (LocalTime{480}));
    EXPECT_FALSE(second->is_working(date("2026-08-15")));
    ASSERT_TRUE(change(keeper(), Reach::everyone, {date("2026-08-27"), DayKind::holiday, "", "x"}));
    EXPECT_FALSE(get()->is_working(date("2026-08-27")));
}

CONGVU_BOTH_ENGINES(Days);

}  // namespace
}  // namespace calendar
