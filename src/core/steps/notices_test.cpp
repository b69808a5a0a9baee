#include "core/scope/system_scope.h"
#include "core/steps/office_test.h"

namespace steps {
namespace {

class Notices : public Office {
  protected:
    int remind_now(const calendar::Calendar& calendar = {}) {
        const auto told_of = write([&](db::Transaction& tx) { return remind(system_scope(tx.now()), tx, calendar); });
        EXPECT_TRUE(told_of) << told(told_of);
        return told_of.value_or(-1);
    }
    void pass(int days) { clock().set(clock().now() + std::chrono::hours(24 * days)); }
    std::int64_t unseen(std::int64_t person) {
        const Scope scope = as(person);
        return *read([&](db::Reader& reader) { return unseen_notices(scope, reader); });
    }
    Result<PhraseId> phrase(std::int64_t person, std::string_view text, Whose whose = Whose::own) {
        const Scope scope = as(person);
        return write([&](db::Transaction& tx) { return add_phrase(scope, tx, text, whose); });
    }
    std::vector<std::string> phrases_of(std::int64_t person) {
        const Scope scope = as(person);
        const auto all = read([&](db::Reader& reader) { return phrases(scope, reader); });
        std::vector<std::string> texts;
        for (const Phrase& phrase : *all) texts.push_back(phrase.text);
        return texts;
    }
};

// 25/8/2026 is a Tuesday.
TEST_P(Notices, remind_two_working_days_before_on_the_day_and_then_the_superior) {
    const StepId id = give(10, record("Tờ trình về biên chế"),
                           {.role = Role::lead, .to = to_post(11), .due = today() + 7});  // Tuesday 1/9
    give(10, record(), {.role = Role::lead, .to = to_post(11)});
    EXPECT_EQ(remind_now(), 0);
    pass(2);  // Thursday: Friday and Monday lie before
    EXPECT_EQ(remind_now(), 0);
    pass(1);  // Friday
    EXPECT_EQ(remind_now(), 1);
    EXPECT_EQ(remind_now(), 0);  // once
    EXPECT_EQ(told_to(11).at(0).text, "Sắp đến hạn 01/09/2026: Tờ trình về biên chế");
    pass(1);  // Saturday: nobody is reminded
    EXPECT_EQ(remind_now(), 0);
    pass(3);  // Tuesday
    EXPECT_EQ(remind_now(), 1);
    EXPECT_EQ(told_to(11).at(0).text, "Hôm nay là hạn 01/09/2026: Tờ trình về biên chế");
    EXPECT_TRUE(told_to(10).empty());
    pass(1);
    EXPECT_EQ(remind_now(), 1);
    EXPECT_EQ(remind_now(), 0);
    EXPECT_EQ(told_to(11).at(0).kind, "late");
    ASSERT_EQ(told_to(10).size(), 1u);  // who gave it
    EXPECT_EQ(told_to(10)[0].text, "Quá hạn 01/09/2026: Tờ trình về biên chế");
    EXPECT_EQ(entries("step.reminded"), 3);
    EXPECT_EQ(step(id).state, State::open);
}

TEST_P(Notices, a_missed_day_is_made_up_with_what_matters_now) {
    give(10, record(), {.role = Role::lead, .to = to_post(11), .due = today() + 2});
    pass(6);
    EXPECT_EQ(remind_now(), 1);
    EXPECT_EQ(told_to(11).size(), 1u);
    EXPECT_EQ(told_to(11)[0].kind, "late");
}

TEST_P(Notices, more_time_starts_the_reminders_again) {
    const StepId id = give(10, record(), {.role = Role::lead, .to = to_post(11), .due = today()});
    EXPECT_EQ(remind_now(), 1);
    const Scope an = as(11), lan = as(10);
    ASSERT_TRUE(write([&](db::Transaction& tx) { return ask_extension(an, tx, id, today() + 1, "Chờ số liệu"); }));
    ASSERT_TRUE(write([&](db::Transaction& tx) { return decide_extension(lan, tx, id, {.granted = true}); }));
    EXPECT_EQ(remind_now(), 1);
}

TEST_P(Notices, holidays_and_closed_steps_are_left_alone) {
    const StepId id = give(10, record(), {.role = Role::lead, .to = to_post(11), .due = today()});
    calendar::Rules rules;
    rules.days.push_back({today(), calendar::DayKind::holiday, {}});
    EXPECT_EQ(remind_now(calendar::Calendar(rules)), 0);
    ASSERT_TRUE(end(11, id));
    EXPECT_EQ(remind_now(), 0);
}

TEST_P(Notices, what_the_server_gave_goes_to_the_unit_s_head_when_late) {
    const RecordId letter = record();
    const auto opened = write([&](db::Transaction& tx) {
        return open(system_scope(tx.now()), tx,
                    {.record = letter, .steps = {{.role = Role::task, .to = to_post(12), .due = today()}}});
    });
    ASSERT_TRUE(opened) << told(opened);
    pass(1);
    EXPECT_EQ(remind_now(), 1);
    EXPECT_EQ(told_to(12).size(), 1u);
    EXPECT_EQ(unseen(11), 0);  // An does not see the letter, so the notice about it stays hidden
    grant_to(11, letter);
    EXPECT_EQ(told_to(11).size(), 1u);
}

TEST_P(Notices, are_seen_and_paged_and_hidden_with_their_record) {
    const RecordId letter = record(), hidden = record("Mật", 2);
    const auto tell_an = [&](RecordId about, const char* text) {
        ASSERT_TRUE(write([&](db::Transaction& tx) {
            return notify(tx, {.to = to_post(11),
                               .code = "steps.notice.urged",
                               .arguments = {{"who", "Lan"}, {"text", text}},
                               .kind = "urged",
                               .record = about});
        }));
    };
    give(10, letter, {.role = Role::lead, .to = to_post(11)});
    give(10, hidden, {.role = Role::lead, .to = to_post(11)});
    tell_an(letter, "một");
    tell_an(hidden, "hai");
    tell_an({}, "ba");
    EXPECT_EQ(unseen(11), 2);
    EXPECT_EQ(unseen(12), 0);
    const Scope an = as(11);
    NoticePage first = *read([&](db::Reader& reader) { return notices(an, reader, {}, 2); });
    ASSERT_EQ(first.notices.size(), 1u);
    EXPECT_NE(first.notices[0].text.find("ba"), std::string::npos);
    ASSERT_FALSE(first.next.empty());
    NoticePage second = *read([&](db::Reader& reader) { return notices(an, reader, first.next, 2); });
    ASSERT_EQ(second.notices.size(), 1u);
    EXPECT_NE(second.notices[0].text.find("một"), std::string::npos);
    EXPECT_TRUE(second.next.empty());
    ASSERT_TRUE(write([&](db::Transaction& tx) { return see_notices(an, tx); }));
    EXPECT_EQ(unseen(11), 0);
    EXPECT_TRUE(told_to(11)[0].seen);
    EXPECT_REFUSED(read([&](db::Reader& reader) { return notices(an, reader, "x", 2); }), "steps.bad_cursor");
    Scope english = an;
    english.language = Language::en;
    EXPECT_EQ(read([&](db::Reader& reader) { return notices(english, reader, {}, 1); })->notices[0].text,
              "Lan urges: . ba");
}

TEST_P(Notices, phrases_are_one_s_own_or_the_agency_s) {
    const auto own = phrase(11, " Giao chuyên viên tham mưu ");
    ASSERT_TRUE(own) << told(own);
    EXPECT_REFUSED(phrase(11, "GIAO chuyên viên tham mưu"), "steps.phrase_exists");
    EXPECT_REFUSED(phrase(11, ""), "steps.no_text");
    EXPECT_REFUSED(phrase(11, std::string(301, 'x')), "steps.too_long");
    EXPECT_REFUSED(phrase(11, "Kính chuyển lãnh đạo", Whose::agency), "steps.agency_phrases");
    const auto shared = phrase(10, "Kính chuyển Văn phòng", Whose::agency);
    ASSERT_TRUE(shared);
    EXPECT_EQ(phrases_of(11), (std::vector<std::string>{"Giao chuyên viên tham mưu", "Kính chuyển Văn phòng"}));
    EXPECT_EQ(phrases_of(12), (std::vector<std::string>{"Kính chuyển Văn phòng"}));
    EXPECT_TRUE(phrases_of(19).empty());

    const auto remove = [&](std::int64_t person, PhraseId id) {
        const Scope scope = as(person);
        return write([&](db::Transaction& tx) { return remove_phrase(scope, tx, id); });
    };
    EXPECT_REFUSED(remove(12, *own), "steps.not_found");
    EXPECT_REFUSED(remove(12, *shared), "steps.agency_phrases");
    EXPECT_REFUSED(remove(19, *shared), "steps.not_found");
    ASSERT_TRUE(remove(11, *own));
    EXPECT_EQ(phrases_of(11).size(), 1u);
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(phrase(12, "Câu số " + std::to_string(i)));
    EXPECT_REFUSED(phrase(12, "Câu thừa"), "steps.too_many_phrases");
}

CONGVU_BOTH_ENGINES(Notices);

}  // namespace
}  // namespace steps
