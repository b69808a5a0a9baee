#include "core/steps/office_test.h"

// Work is always somebody's: what comes back lies with who gave it, and what is handed on still answers to the same
// giver.
namespace steps {
namespace {

class Returned : public Office {
  protected:
    template <class F>
    auto act(std::int64_t person, F&& work) {
        const Scope scope = as(person);
        return write([&](db::Transaction& tx) { return work(scope, tx); });
    }
    Result<void> give_back(std::int64_t person, StepId id) {
        return act(person, [&](const Scope& scope, db::Transaction& tx) {
            return return_to_giver(scope, tx, id, "Không thuộc thẩm quyền");
        });
    }
    Result<void> withdraw(std::int64_t person, StepId id) {
        return act(person, [&](const Scope& scope, db::Transaction& tx) { return take_back(scope, tx, id); });
    }
    StepId pass_on(std::int64_t person, StepId id, std::int64_t to) {
        const auto next = act(person, [&](const Scope& scope, db::Transaction& tx) {
            return hand_on(scope, tx, id, to_post(to), "Đồng chí làm giúp");
        });
        EXPECT_TRUE(next) << told(next);
        return next.value_or(StepId{});
    }
    Result<void> decide(std::int64_t person, StepId id) {
        return act(person, [&](const Scope& scope, db::Transaction& tx) {
            return decide_extension(scope, tx, id, {.granted = true});
        });
    }
    /// The decisions that wait for the person.
    std::vector<StepId> decisions(std::int64_t person) {
        std::vector<StepId> waiting;
        for (const auto& row : rows(person, Box::todo))
            if (step(row.step).role == Role::approve) waiting.push_back(row.step);
        return waiting;
    }
};

TEST_P(Returned, work_lies_with_its_giver_with_its_day) {
    const StepId id = give(10, record(), {.role = Role::lead, .to = to_post(11), .due = today() + 3});
    ASSERT_TRUE(give_back(11, id));
    const auto waiting = decisions(10);
    ASSERT_EQ(waiting.size(), 1u);
    const Step asked = step(waiting[0]);
    EXPECT_EQ(asked.due, today() + 3);
    EXPECT_EQ(asked.instruction, "Bị trả lại, chờ quyết định: Không thuộc thẩm quyền");
    EXPECT_EQ(asked.from_post, PostId{11});
    EXPECT_EQ(entries("step.opened"), 2);
}

TEST_P(Returned, one_of_a_mass_directive_is_decided_on_once) {
    const RecordId letter = record();
    const auto opened = try_give(
        10,
        {letter, {{Role::lead, to_post(11)}, {Role::lead, to_post(14)}, {Role::lead, to_post(16)}}, {}, Leads::each});
    ASSERT_TRUE(opened) << told(opened);
    ASSERT_TRUE(give_back(11, (*opened)[0]));
    ASSERT_TRUE(give_back(14, (*opened)[1]));
    EXPECT_EQ(decisions(10).size(), 1u);
}

TEST_P(Returned, what_was_split_comes_back_to_the_step_it_was_split_from) {
    const RecordId letter = record();
    const StepId lead = give(10, letter, {.role = Role::lead, .to = to_post(11)});
    const StepId part = give(11, letter, {.role = Role::lead, .to = to_post(12)}, lead);
    ASSERT_TRUE(give_back(12, part));
    EXPECT_TRUE(decisions(11).empty());
    EXPECT_EQ(step(lead).state, State::open);
}

TEST_P(Returned, support_leaves_the_work_with_its_lead) {
    const RecordId letter = record();
    const auto opened = try_give(10, {letter, {{Role::lead, to_post(11)}, {Role::support, to_post(14)}}});
    ASSERT_TRUE(give_back(14, (*opened)[1]));
    EXPECT_TRUE(decisions(10).empty());
}

TEST_P(Returned, taken_back_work_waits_for_its_giver_unless_another_leads) {
    const RecordId one = record(), many = record();
    ASSERT_TRUE(withdraw(10, give(10, one, {.role = Role::lead, .to = to_post(11)})));
    ASSERT_EQ(decisions(10).size(), 1u);
    EXPECT_EQ(step(decisions(10)[0]).record, one);
    const auto opened = try_give(10, {many, {{Role::lead, to_post(11)}, {Role::lead, to_post(14)}}, {}, Leads::each});
    ASSERT_TRUE(withdraw(10, (*opened)[0]));
    EXPECT_EQ(decisions(10).size(), 1u);
    const StepId informed = give(10, one, {.role = Role::inform, .to = to_post(16)});
    ASSERT_TRUE(withdraw(10, informed));
    EXPECT_EQ(decisions(10).size(), 1u);
}

TEST_P(Returned, handed_on_work_answers_to_who_gave_it_first) {
    const StepId lead = give(10, record(), {.role = Role::lead, .to = to_post(11), .due = today() + 3});
    const StepId next = pass_on(11, lead, 12);
    EXPECT_EQ(step(next).giver(), to_post(10));
    EXPECT_EQ(step(next).from_post, PostId{11}) << "the words are of who handed it on";
    EXPECT_EQ(rows(10, Box::watching).size(), 1u);
    EXPECT_TRUE(rows(11, Box::watching).empty());

    const Scope binh = as(12);
    ASSERT_TRUE(write([&](db::Transaction& tx) { return ask_extension(binh, tx, next, today() + 30, "Nhiều việc"); }));
    EXPECT_REFUSED(decide(11, next), "steps.not_given_by_you");
    EXPECT_EQ(step(next).due, today() + 3);
    ASSERT_TRUE(decide(10, next));
    EXPECT_EQ(step(next).due, today() + 30);

    const StepId further = pass_on(12, next, 13);
    EXPECT_EQ(step(further).giver(), to_post(10));
    ASSERT_TRUE(give_back(13, further));
    EXPECT_EQ(decisions(10).size(), 1u);
    EXPECT_TRUE(decisions(12).empty());
}

CONGVU_BOTH_ENGINES(Returned);

}  // namespace
}  // namespace steps
