#include "core/steps/office_test.h"

namespace steps {
namespace {

class OpeningSteps : public Office {};

TEST_P(OpeningSteps, a_records_own_day_stands_though_it_has_passed) {
    const StepId lead =
        give(10, record(), {.role = Role::lead, .to = to_post(11), .due = today() - 2, .due_stands = true});
    EXPECT_EQ(step(lead).due, today() - 2);
}

TEST_P(OpeningSteps, gives_the_addressee_the_work_and_the_right_to_see_it) {
    const RecordId letter = record();
    EXPECT_FALSE(sees(11, letter));
    const StepId lead = give(
        10, letter, {.role = Role::lead, .to = to_post(11), .instruction = " Chủ trì tham mưu ", .due = today() + 3});
    EXPECT_TRUE(sees(11, letter));
    EXPECT_FALSE(sees(12, letter));
    const Step opened = step(lead);
    EXPECT_EQ(opened.instruction, "Chủ trì tham mưu");
    EXPECT_EQ(opened.from_post, PostId{10});
    EXPECT_EQ(opened.agency, AgencyId{1});
    EXPECT_EQ(opened.due, today() + 3);
    EXPECT_FALSE(opened.seen_at);
    EXPECT_EQ(entries("step.opened"), 1);

    const auto todo = rows(11, Box::todo);
    ASSERT_EQ(todo.size(), 1u);
    EXPECT_EQ(todo[0].asked, "Chủ trì tham mưu");
    EXPECT_EQ(todo[0].title, "Báo cáo kết quả cải cách hành chính");
    EXPECT_TRUE(rows(12, Box::todo).empty());
    EXPECT_EQ(rows(10, Box::watching).size(), 1u);
}

TEST_P(OpeningSteps, all_or_none) {
    const RecordId letter = record();
    struct Case {
        const char* message;
        Opening opening;
    };
    const std::string long_text(2001, 'x');
    const Case cases[] = {
        {"steps.bad_count", {letter, {}}},
        {"steps.same_addressee", {letter, {{Role::lead, to_post(11)}, {Role::inform, to_post(11)}}}},
        {"steps.lead_exists", {letter, {{Role::lead, to_post(11)}, {Role::lead, to_post(14)}}}},
        {"steps.bad_addressee", {letter, {{Role::lead, to_post(11)}, {Role::inform, to_post(19)}}}},  // another agency
        {"steps.bad_addressee", {letter, {{Role::lead, to_unit(9)}}}},
        {"steps.bad_addressee", {letter, {{Role::lead, to_person(99)}}}},
        {"steps.bad_addressee", {letter, {{Role::lead, subject::everyone()}}}},
        {"calendar.before_today", {letter, {{Role::lead, to_post(11), "", today() - 1}}}},
        {"steps.too_long", {letter, {{Role::lead, to_post(11), long_text}}}},
        {"steps.not_found", {{999}, {{Role::lead, to_post(11)}}}},
        {"steps.not_found", {letter, {{Role::lead, to_post(11)}}, StepId{999}}},
    };
    for (const Case& wrong : cases) EXPECT_REFUSED(try_give(10, wrong.opening), wrong.message);
    EXPECT_TRUE(rows(11, Box::todo).empty());
    EXPECT_FALSE(sees(11, letter));
    EXPECT_EQ(entries("step.opened"), 0);
}

TEST_P(OpeningSteps, one_lead_unless_many_units_are_charged_at_once) {
    const RecordId directive = record("Chỉ thị về kỷ luật, kỷ cương hành chính");
    const auto mass = try_give(
        10,
        {directive, {{Role::lead, to_unit(2)}, {Role::lead, to_unit(3)}, {Role::lead, to_unit(4)}}, {}, Leads::each});
    ASSERT_TRUE(mass) << told(mass);
    EXPECT_EQ(mass->size(), 3u);
    EXPECT_REFUSED(try_give(10, {directive, {{Role::lead, to_post(12)}}}), "steps.lead_exists");
    EXPECT_EQ(rows(11, Box::todo).size(), 1u);
    EXPECT_TRUE(rows(12, Box::todo).empty());  // a unit's work is its head's until given further
    EXPECT_FALSE(sees(12, directive));
    EXPECT_EQ(rows(10, Box::watching).size(), 3u);
}

TEST_P(OpeningSteps, a_unit_with_its_own_clerk_receives_there_first) {
    const RecordId letter = record();
    const StepId id = give(10, letter, {.role = Role::lead, .to = to_unit(3), .due = today() + 5});
    EXPECT_TRUE(step(id).waiting_book);
    EXPECT_TRUE(sees(15, letter));
    EXPECT_FALSE(sees(14, letter));
    const auto waiting = rows(15, Box::todo);
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_TRUE(waiting[0].waiting_book);
    EXPECT_TRUE(rows(14, Box::todo).empty());
    EXPECT_REFUSED(end(15, id), "steps.waiting_book");
    EXPECT_REFUSED(end(14, id), "steps.not_found");

    const auto book = [&](std::int64_t person) {
        const Scope scope = as(person);
        return write([&](db::Transaction& tx) { return enter_in_book(scope, tx, id); });
    };
    EXPECT_REFUSED(book(12), "steps.not_found");
    const auto booked = book(15);
    ASSERT_TRUE(booked) << told(booked);
    EXPECT_FALSE(step(id).waiting_book);
    EXPECT_TRUE(sees(14, letter));
    EXPECT_EQ(rows(14, Box::todo).size(), 1u);
    EXPECT_TRUE(rows(15, Box::todo).empty());
    EXPECT_EQ(entries("step.booked"), 1);
    EXPECT_REFUSED(book(15), "steps.not_waiting_book");
    ASSERT_TRUE(end(14, id));
}

TEST_P(OpeningSteps, a_head_splits_further_and_has_then_acted) {
    const RecordId letter = record();
    const StepId lead = give(10, letter, {.role = Role::lead, .to = to_post(11)});
    const StepId child = give(11, letter, {.role = Role::lead, .to = to_post(12)}, lead);
    const StepId inform = give(11, letter, {.role = Role::inform, .to = to_person(13)}, lead);
    EXPECT_TRUE(step(lead).acted_at);
    EXPECT_EQ(step(child).parent, lead);
    EXPECT_REFUSED(try_give(12, {letter, {{Role::lead, to_post(13)}}, lead}), "steps.not_yours");
    const RecordId other = record();
    EXPECT_REFUSED(try_give(11, {other, {{Role::lead, to_post(13)}}, lead}), "steps.not_found");

    const Scope scope = as(10);
    const auto all = read([&](db::Reader& reader) { return tree(scope, reader, letter); });
    ASSERT_TRUE(all) << told(all);
    ASSERT_EQ(all->size(), 3u);
    EXPECT_EQ((*all)[0].id, lead);
    EXPECT_EQ((*all)[1].id, child);
    EXPECT_EQ((*all)[2].id, inform);
    const Scope outsider = as(19);
    EXPECT_REFUSED(read([&](db::Reader& reader) { return tree(outsider, reader, letter); }), "steps.not_found");
}

TEST_P(OpeningSteps, handing_on_passes_role_due_day_and_what_hangs_below) {
    const RecordId letter = record();
    const StepId lead =
        give(10, letter, {.role = Role::lead, .to = to_post(11), .instruction = "Chủ trì", .due = today() + 3});
    const StepId child = give(11, letter, {.role = Role::support, .to = to_post(13)}, lead);
    const Scope an = as(11);
    const auto next = write([&](db::Transaction& tx) { return hand_on(an, tx, lead, to_post(12), ""); });
    ASSERT_TRUE(next) << told(next);
    EXPECT_EQ(step(lead).state, State::done);
    EXPECT_EQ(step(lead).outcome, "handed_on");
    EXPECT_EQ(step(*next).role, Role::lead);
    EXPECT_EQ(step(*next).due, today() + 3);
    EXPECT_EQ(step(*next).instruction, "Chủ trì");
    EXPECT_EQ(step(*next).from_post, PostId{11});
    EXPECT_EQ(step(child).parent, *next);
    EXPECT_EQ(rows(12, Box::todo).size(), 1u);
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return hand_on(an, tx, lead, to_post(13), ""); }), "steps.closed");
}

TEST_P(OpeningSteps, the_acting_deputy_works_for_the_post) {
    constexpr db::Sql acting{"test.acting", R"(
        insert into acting (post_id, deputy_person_id, valid_from, valid_to, basis) values (11, 12, '2026-08-01', '2026-09-01', 'QĐ'))"};
    ASSERT_TRUE(write([&](db::Transaction& tx) { return tx.execute(acting); }));
    const RecordId letter = record();
    const StepId id = give(10, letter, {.role = Role::lead, .to = to_post(11)});
    EXPECT_EQ(rows(12, Box::todo).size(), 0u) << "from a post of one's own";
    EXPECT_FALSE(sees(12, letter));
    EXPECT_REFUSED(end(12, id), "steps.not_found");
    chosen_[12] = {11};
    EXPECT_EQ(rows(12, Box::todo).size(), 1u);
    EXPECT_TRUE(sees(12, letter));
    ASSERT_TRUE(end(12, id));
    EXPECT_EQ(step(id).closed_by, PersonId{12});
}

CONGVU_BOTH_ENGINES(OpeningSteps);

}  // namespace
}  // namespace steps
