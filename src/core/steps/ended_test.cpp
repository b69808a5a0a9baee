#include "core/scope/system_scope.h"
#include "core/steps/office_test.h"

// No work is lost with the place it lay at: what was given to a unit or a post before the day it ends goes on that day.
namespace steps {
namespace {

class Ended : public Office {
  protected:
    void end_unit(int unit, LocalDate on, int into = 0) {
        constexpr db::Sql end{"test.end_unit", "update unit_version set valid_to = ?2 where unit_id = ?1"};
        constexpr db::Sql succession{
            "test.succession",
            "insert into unit_succession (kind, from_unit_id, to_unit_id, happened_on) values (?1, ?2, ?3, ?4)"};
        const auto done = write([&](db::Transaction& tx) -> Result<void> {
            TRY(tx.execute(end, unit, on));
            TRY(tx.execute(succession, into ? "merge" : "dissolve", unit, UnitId{into}, on));
            tx.after_commit(org::touch);
            return {};
        });
        ASSERT_TRUE(done) << told(done);
    }
    void end_post(int post, LocalDate on) {
        constexpr db::Sql end{"test.end_post", "update post set valid_to = ?2 where id = ?1"};
        const auto done = write([&](db::Transaction& tx) -> Result<void> {
            TRY(tx.execute(end, post, on));
            tx.after_commit(org::touch);
            return {};
        });
        ASSERT_TRUE(done) << told(done);
    }
    /// One look of the server at a day: how many steps it passed on.
    int look(LocalDate on, int limit = 200) {
        int steps = 0;
        StepId last;
        do {
            const auto passed = write([&](db::Transaction& tx) {
                Scope server = system_scope(tx.now());
                server.today = on;
                return pass_on(server, tx, last, limit);
            });
            EXPECT_TRUE(passed) << told(passed);
            if (!passed) return steps;
            steps += passed->steps;
            last = passed->last;
        } while (last);
        return steps;
    }
    static SubjectId to_unit(int unit) { return subject::unit({unit}); }
};
CONGVU_BOTH_ENGINES(Ended);

TEST_P(Ended, a_unit_s_work_goes_to_the_one_it_is_merged_into_on_its_day) {
    const RecordId letter = record();
    const StepId of_unit = give(10, letter, {.role = Role::lead, .to = to_unit(2), .due = today() + 40});
    const StepId of_post = give(10, record(), {.role = Role::task, .to = to_post(12)});
    const StepId named = give(10, record(), {.role = Role::task, .to = to_person(13)});
    const StepId elsewhere = give(10, letter, {.role = Role::support, .to = to_post(14)});
    end_unit(2, today() + 30, 4);
    EXPECT_EQ(look(today() + 29), 0) << "until its day it is the unit's";
    EXPECT_TRUE(sees(11, letter));

    EXPECT_EQ(look(today() + 30), 2);
    EXPECT_EQ(step(of_unit).to, to_unit(4));
    EXPECT_EQ(step(of_post).to, to_unit(4));
    EXPECT_EQ(step(of_unit).due, today() + 40);
    EXPECT_EQ(step(named).to, to_person(13)) << "handed over by name";
    EXPECT_EQ(step(elsewhere).to, to_post(14));
    EXPECT_EQ(rows(16, Box::todo).size(), 2u);
    EXPECT_TRUE(sees(16, letter));
    EXPECT_FALSE(sees(11, letter)) << "what it showed went with it";
    EXPECT_EQ(entries("step.passed_on"), 2);
    EXPECT_EQ(told_to(16).at(0).text,
              "“Báo cáo kết quả cải cách hành chính”: Bình – Vụ Tổ chức đã kết thúc, việc chuyển về Văn phòng.");
    EXPECT_EQ(told_to(10).size(), 2u) << "who gave it hears of it";
    EXPECT_EQ(look(today() + 31), 0) << "once";
}

TEST_P(Ended, without_a_successor_it_goes_to_the_head_above) {
    const StepId kept = give(10, record(), {.role = Role::lead, .to = to_unit(3)});
    EXPECT_TRUE(step(kept).waiting_book) << "that unit has a clerk";
    end_unit(3, today() + 1);
    EXPECT_EQ(look(today() + 1), 1);
    EXPECT_EQ(step(kept).to, to_unit(1));
    EXPECT_FALSE(step(kept).waiting_book) << "no clerk of the agency's own unit would enter it";
    EXPECT_EQ(rows(10, Box::todo).size(), 1u);
}

TEST_P(Ended, a_post_s_work_stays_in_its_unit_while_that_has_a_head) {
    const StepId one = give(10, record(), {.role = Role::task, .to = to_post(12)});
    const StepId other = give(10, record(), {.role = Role::task, .to = to_post(13)});
    end_post(12, today() + 1);
    EXPECT_EQ(look(today() + 1), 1);
    EXPECT_EQ(step(one).to, to_unit(2));
    EXPECT_EQ(rows(11, Box::todo).size(), 1u);
    end_post(13, today() + 2);
    end_post(11, today() + 2);
    EXPECT_EQ(look(today() + 2), 1);
    EXPECT_EQ(step(other).to, to_unit(1)) << "nobody heads the unit any more";
}

TEST_P(Ended, many_go_a_few_at_a_time) {
    for (int i = 0; i < 7; ++i) give(10, record(), {.role = Role::task, .to = to_post(12)});
    end_post(12, today());
    EXPECT_EQ(look(today(), 3), 7);
    EXPECT_EQ(rows(11, Box::todo).size(), 7u);
}

}  // namespace
}  // namespace steps
