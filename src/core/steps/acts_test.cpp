#include "core/steps/office_test.h"

namespace steps {
namespace {

class Acts : public Office {
  protected:
    template <class F>
    auto act(std::int64_t person, F&& work) {
        const Scope scope = as(person);
        return write([&](db::Transaction& tx) { return work(scope, tx); });
    }
    Result<void> give_back(std::int64_t person, StepId id, std::string_view reason = "Không thuộc thẩm quyền") {
        return act(person,
                   [&](const Scope& scope, db::Transaction& tx) { return return_to_giver(scope, tx, id, reason); });
    }
    Result<void> withdraw(std::int64_t person, StepId id) {
        return act(person, [&](const Scope& scope, db::Transaction& tx) { return take_back(scope, tx, id); });
    }
    Result<void> look(std::int64_t person, StepId id) {
        return act(person, [&](const Scope& scope, db::Transaction& tx) { return seen(scope, tx, id); });
    }
    Result<void> opine(std::int64_t person, StepId id, std::string_view text = "Đồng ý") {
        return act(person, [&](const Scope& scope, db::Transaction& tx) { return give_opinion(scope, tx, id, text); });
    }
    std::set<std::string_view> may_do(std::int64_t person, StepId id) {
        const auto all = may(as(person), step(id));
        return {all.begin(), all.end()};
    }
};

TEST_P(Acts, finishing_moves_it_from_todo_to_done) {
    const StepId id = give(10, record(), {.role = Role::lead, .to = to_post(11)});
    EXPECT_REFUSED(end(12, id), "steps.not_found");  // may not even see it
    EXPECT_REFUSED(end(10, id), "steps.not_yours");
    EXPECT_REFUSED(end(11, id, {.outcome = "Đã xong"}), "steps.bad_outcome");
    const RecordId reply = record("Công văn trả lời");
    ASSERT_TRUE(end(11, id, {.outcome = "product", .result = reply}));
    EXPECT_REFUSED(end(11, id), "steps.closed");
    const Step done = step(id);
    EXPECT_EQ(done.state, State::done);
    EXPECT_EQ(done.outcome, "product");
    EXPECT_EQ(done.result, reply);
    EXPECT_EQ(done.closed_by, PersonId{11});
    EXPECT_EQ(done.closed_by_post, PostId{11});
    EXPECT_TRUE(rows(11, Box::todo).empty());
    EXPECT_EQ(rows(11, Box::done).size(), 1u);
    EXPECT_TRUE(rows(10, Box::watching).empty());
    EXPECT_EQ(entries("step.done"), 1);
    ASSERT_EQ(told_to(10).size(), 1u);
    EXPECT_EQ(told_to(10)[0].text, "An đã hoàn thành: Báo cáo kết quả cải cách hành chính");
}

TEST_P(Acts, a_lead_does_not_finish_silently_over_open_support) {
    const RecordId letter = record();
    const auto opened =
        try_give(10, {letter, {{Role::lead, to_post(11)}, {Role::support, to_post(14)}, {Role::inform, to_post(16)}}});
    ASSERT_TRUE(opened) << told(opened);
    const StepId lead = (*opened)[0], support = (*opened)[1], inform = (*opened)[2];
    const StepId deep = give(14, letter, {.role = Role::task, .to = to_post(15)}, support);
    const auto refused = end(11, lead);
    EXPECT_REFUSED(refused, "steps.support_open");
    EXPECT_EQ(refused.error().arguments.front().value, "1");
    EXPECT_EQ(step(lead).state, State::open);
    EXPECT_REFUSED(end(11, lead, {.outcome = "product", .despite = Despite::open_support}), "steps.no_reason");

    ASSERT_TRUE(end(14, support, {.outcome = "result", .reason = "Việc đã xong", .despite = Despite::open_support}));
    EXPECT_EQ(step(deep).outcome, "closed_with_lead");
    EXPECT_EQ(told_to(15).at(0).kind, "closed");
    ASSERT_TRUE(end(11, lead));
    EXPECT_EQ(step(inform).state, State::open);  // who is only informed holds nobody up
}

TEST_P(Acts, with_a_reason_it_closes_what_is_open_and_says_so) {
    const RecordId letter = record();
    const auto opened = try_give(10, {letter, {{Role::lead, to_post(11)}, {Role::support, to_post(14)}}});
    const StepId part = give(11, letter, {.role = Role::lead, .to = to_post(12)}, (*opened)[0]);
    const auto refused = end(11, (*opened)[0]);
    EXPECT_REFUSED(refused, "steps.support_open");
    EXPECT_EQ(refused.error().arguments.front().value, "2");
    ASSERT_TRUE(end(11, (*opened)[0],
                    {.outcome = "no_reply", .reason = "Lưu, không trả lời", .despite = Despite::open_support}));
    for (const StepId closed : {(*opened)[1], part}) {
        EXPECT_EQ(step(closed).state, State::done);
        EXPECT_EQ(step(closed).outcome, "closed_with_lead");
        EXPECT_EQ(step(closed).reason, "Lưu, không trả lời");
    }
    EXPECT_EQ(told_to(12).size(), 1u);
    EXPECT_EQ(told_to(14).size(), 1u);
    EXPECT_EQ(entries("step.closed_with_lead"), 2);
}

TEST_P(Acts, one_of_many_leads_leaves_the_support_to_the_others) {
    const RecordId letter = record();
    const auto opened =
        try_give(10, {letter,
                      {{Role::lead, to_post(11)}, {Role::lead, to_post(14)}, {Role::support, to_post(16)}},
                      {},
                      Leads::each});
    ASSERT_TRUE(opened) << told(opened);
    ASSERT_TRUE(end(11, (*opened)[0]));
    EXPECT_EQ(step((*opened)[2]).state, State::open);
    EXPECT_REFUSED(end(14, (*opened)[1]), "steps.support_open");
}

TEST_P(Acts, an_opinion_is_given_once) {
    const RecordId letter = record();
    const StepId id =
        give(11, letter,
             {.role = Role::consult, .to = to_post(14), .instruction = "Có trái luật không?", .due = today() + 2});
    EXPECT_REFUSED(end(14, id), "steps.needs_opinion");
    EXPECT_REFUSED(opine(14, id, "  "), "steps.no_text");
    ASSERT_TRUE(opine(14, id, "Không trái luật."));
    EXPECT_EQ(step(id).opinion, "Không trái luật.");
    EXPECT_EQ(step(id).state, State::done);
    EXPECT_REFUSED(opine(14, id, "Nghĩ lại thì có."), "steps.opinion_given");
    EXPECT_EQ(step(id).opinion, "Không trái luật.");
    const StepId lead = give(10, letter, {.role = Role::lead, .to = to_post(11)});
    EXPECT_REFUSED(opine(11, lead), "steps.no_opinion_asked");
    EXPECT_EQ(entries("step.opinion_given"), 1);
}

TEST_P(Acts, it_goes_back_with_a_reason) {
    const RecordId letter = record();
    const StepId id = give(10, letter, {.role = Role::lead, .to = to_post(11)});
    const StepId child = give(11, letter, {.role = Role::lead, .to = to_post(12)}, id);
    EXPECT_REFUSED(give_back(11, id), "steps.children_open");
    EXPECT_REFUSED(give_back(12, child, ""), "steps.no_reason");
    ASSERT_TRUE(give_back(12, child));
    ASSERT_TRUE(give_back(11, id));
    EXPECT_EQ(step(id).state, State::returned);
    EXPECT_EQ(step(id).reason, "Không thuộc thẩm quyền");
    EXPECT_EQ(rows(11, Box::done).size(), 1u);
    ASSERT_EQ(told_to(10).size(), 1u);
    EXPECT_EQ(told_to(10)[0].kind, "returned");
    EXPECT_NE(told_to(10)[0].text.find("Không thuộc thẩm quyền"), std::string::npos);
}

TEST_P(Acts, what_nobody_acted_on_is_taken_back) {
    const RecordId letter = record();
    const StepId first = give(10, letter, {.role = Role::lead, .to = to_post(11)});
    ASSERT_TRUE(look(11, first));  // looking is not acting
    EXPECT_REFUSED(withdraw(11, first), "steps.not_given_by_you");
    ASSERT_TRUE(withdraw(10, first));
    EXPECT_EQ(step(first).state, State::taken_back);
    EXPECT_FALSE(sees(11, letter));
    EXPECT_TRUE(rows(11, Box::todo).empty());
    EXPECT_TRUE(rows(11, Box::done).empty());

    const StepId second = give(10, letter, {.role = Role::lead, .to = to_post(11)});
    give(11, letter, {.role = Role::lead, .to = to_post(12)}, second);
    EXPECT_REFUSED(withdraw(10, second), "steps.acted_on");
    EXPECT_TRUE(sees(11, letter));
}

TEST_P(Acts, seeing_is_noted_once_and_ends_what_is_only_information) {
    const RecordId letter = record();
    const auto opened = try_give(10, {letter, {{Role::lead, to_post(11)}, {Role::inform, to_post(16)}}});
    const StepId lead = (*opened)[0], inform = (*opened)[1];
    EXPECT_EQ(rows(16, Box::inform).size(), 1u);
    EXPECT_FALSE(rows(16, Box::inform)[0].seen);
    ASSERT_TRUE(look(16, inform));
    ASSERT_TRUE(look(16, inform));
    EXPECT_EQ(step(inform).outcome, "seen");
    EXPECT_TRUE(rows(16, Box::inform).empty());
    ASSERT_TRUE(look(11, lead));
    const auto at = step(lead).seen_at;
    clock().set(clock().now() + std::chrono::hours(1));
    ASSERT_TRUE(look(11, lead));
    EXPECT_EQ(step(lead).seen_at, at);
    EXPECT_TRUE(rows(11, Box::todo)[0].seen);
    EXPECT_EQ(entries("step.seen"), 1);
}

TEST_P(Acts, more_time_is_asked_for_and_decided) {
    const StepId id = give(10, record(), {.role = Role::lead, .to = to_post(11), .due = today() + 3});
    const auto ask = [&](LocalDate due, std::string_view reason = "Chờ số liệu") {
        return act(11,
                   [&](const Scope& scope, db::Transaction& tx) { return ask_extension(scope, tx, id, due, reason); });
    };
    const auto decide = [&](std::int64_t person, const Decision& decision) {
        return act(person,
                   [&](const Scope& scope, db::Transaction& tx) { return decide_extension(scope, tx, id, decision); });
    };
    EXPECT_REFUSED(ask(today() + 3), "steps.not_later");
    EXPECT_REFUSED(ask(today() + 9, ""), "steps.no_reason");
    EXPECT_REFUSED(decide(10, {.granted = true}), "steps.no_extension_waiting");
    ASSERT_TRUE(ask(today() + 9));
    EXPECT_REFUSED(ask(today() + 10), "steps.extension_waiting");
    EXPECT_EQ(step(id).extension->state, "waiting");
    EXPECT_TRUE(may_do(10, id).contains("decide_extension"));
    EXPECT_REFUSED(decide(11, {.granted = true}), "steps.not_given_by_you");
    EXPECT_REFUSED(decide(10, {.granted = false}), "steps.no_reason");
    ASSERT_TRUE(decide(10, {.granted = false, .reason = "Hạn của Chính phủ"}));
    EXPECT_EQ(step(id).due, today() + 3);
    ASSERT_TRUE(ask(today() + 9));
    ASSERT_TRUE(decide(10, {.granted = true, .due = today() + 7}));
    EXPECT_EQ(step(id).due, today() + 7);
    EXPECT_EQ(step(id).extension->state, "granted");
    EXPECT_EQ(told_to(11).size(), 2u);
    EXPECT_EQ(rows(11, Box::todo)[0].due, today() + 7);
    const StepId free = give(10, record(), {.role = Role::lead, .to = to_post(11)});
    EXPECT_REFUSED(act(11, [&](const Scope& scope,
                               db::Transaction& tx) { return ask_extension(scope, tx, free, today() + 1, "x"); }),
                   "steps.no_due");
}

TEST_P(Acts, urging_is_kept_and_told) {
    const StepId id = give(10, record(), {.role = Role::lead, .to = to_unit(2)});
    const auto push = [&](std::int64_t person, std::string_view text) {
        return act(person, [&](const Scope& scope, db::Transaction& tx) { return urge(scope, tx, id, text); });
    };
    EXPECT_REFUSED(push(11, "Nhanh lên"), "steps.not_given_by_you");
    EXPECT_REFUSED(push(10, ""), "steps.no_text");
    ASSERT_TRUE(push(10, "Báo cáo trước 17 giờ"));
    const auto all = read([&](db::Reader& reader) { return urgings(reader, id); });
    ASSERT_EQ(all->size(), 1u);
    EXPECT_EQ((*all)[0].text, "Báo cáo trước 17 giờ");
    EXPECT_EQ(told_to(11).at(0).text, "Lan đôn đốc: Báo cáo kết quả cải cách hành chính. Báo cáo trước 17 giờ");
    EXPECT_TRUE(told_to(12).empty());
}

TEST_P(Acts, named_work_is_handed_over_and_the_rest_left_alone) {
    const RecordId letter = record(), other = record();
    const StepId named = give(10, letter, {.role = Role::task, .to = to_person(12)});
    const StepId post_s = give(10, other, {.role = Role::task, .to = to_post(12)});
    const StepId done = give(10, other, {.role = Role::task, .to = to_person(12)});
    ASSERT_TRUE(end(12, done));
    EXPECT_EQ(read([&](db::Reader& reader) { return named_steps(reader, {12}); })->size(), 1u);
    const auto moved = act(10, [&](const Scope& scope, db::Transaction& tx) {
        return hand_over(scope, tx, {12}, {13}, {named, post_s, done});
    });
    ASSERT_TRUE(moved) << told(moved);
    EXPECT_EQ(*moved, 1);
    EXPECT_EQ(rows(13, Box::todo).size(), 1u);
    EXPECT_EQ(rows(12, Box::todo).size(), 1u);
    EXPECT_TRUE(sees(13, letter));
    EXPECT_FALSE(sees(12, letter));
    EXPECT_EQ(entries("step.handed_over"), 1);
}

TEST_P(Acts, the_record_s_end_closes_all) {
    const RecordId letter = record();
    const auto opened =
        try_give(10, {letter, {{Role::lead, to_post(11)}, {Role::support, to_post(14)}, {Role::inform, to_post(16)}}});
    ASSERT_TRUE(end(14, (*opened)[1]));
    const auto closed =
        act(10, [&](const Scope& scope, db::Transaction& tx) { return close_all(scope, tx, letter, "recalled"); });
    EXPECT_EQ(*closed, 2);
    EXPECT_EQ(step((*opened)[0]).outcome, "recalled");
    EXPECT_EQ(step((*opened)[1]).outcome, "product");
}

TEST_P(Acts, a_role_s_steps_close_alone) {
    const RecordId letter = record();
    const auto opened = try_give(10, {letter, {{Role::lead, to_post(11)}, {Role::approve, to_post(14)}}});
    ASSERT_TRUE(opened) << told(opened);
    const auto closed = act(10, [&](const Scope& scope, db::Transaction& tx) {
        return close_all(scope, tx, letter, "closed", {Role::approve});
    });
    EXPECT_EQ(*closed, 1);
    EXPECT_EQ(step((*opened)[0]).state, State::open);
    EXPECT_EQ(step((*opened)[1]).outcome, "closed");
}

TEST_P(Acts, a_moved_deadline_moves_what_was_given_from_the_record) {
    const RecordId letter = record();
    const StepId lead = give(10, letter, {.role = Role::lead, .to = to_post(11), .due = today() + 5});
    const StepId inner = give(11, letter, {.role = Role::lead, .to = to_post(12), .due = today() + 4}, lead);
    const auto move = [&](std::optional<LocalDate> due) {
        return act(
            10, [&](const Scope& scope, db::Transaction& tx) { return move_due(scope, tx, letter, Role::lead, due); });
    };
    EXPECT_EQ(*move(today() + 9), 1);
    EXPECT_EQ(step(lead).due, today() + 9);
    EXPECT_EQ(rows(11, Box::todo)[0].due, today() + 9) << "the inbox shows it";
    EXPECT_EQ(step(inner).due, today() + 4) << "what was split keeps its own";
    EXPECT_EQ(told_to(11).size(), 1u);
    EXPECT_EQ(entries("step.due_moved"), 1);
    EXPECT_EQ(*move(today() + 9), 0) << "nothing moves twice";
    EXPECT_REFUSED(move(today() + -1), "calendar.before_today");
    EXPECT_EQ(*move(std::nullopt), 1);
    EXPECT_EQ(step(lead).due, std::nullopt);
}

TEST_P(Acts, what_is_split_is_due_by_one_s_own_day) {
    const RecordId letter = record();
    const StepId lead = give(10, letter, {.role = Role::lead, .to = to_post(11), .due = today() + 3});
    EXPECT_REFUSED(try_give(11, {letter, {{Role::lead, to_post(12), "", today() + 4}}, lead}), "steps.after_own_due");
    EXPECT_FALSE(step(lead).acted_at) << "a refusal leaves it as it was";
    EXPECT_TRUE(try_give(11, {letter, {{Role::lead, to_post(12), "", today() + 3}}, lead}));
}

TEST_P(Acts, what_each_may_do) {
    const RecordId letter = record();
    const StepId id = give(10, letter, {.role = Role::lead, .to = to_post(11), .due = today() + 3});
    using Set = std::set<std::string_view>;
    EXPECT_EQ(may_do(11, id), (Set{"finish", "assign", "hand_on", "extend", "return"}));
    EXPECT_EQ(may_do(10, id), (Set{"take_back", "urge"}));
    EXPECT_EQ(may_do(12, id), Set{});
    give(11, letter, {.role = Role::consult, .to = to_post(14)}, id);
    EXPECT_EQ(may_do(10, id), (Set{"urge"}));
    ASSERT_TRUE(end(11, id, {.outcome = "product", .reason = "Xong", .despite = Despite::open_support}));
    EXPECT_EQ(may_do(11, id), Set{});
    EXPECT_EQ(may_do(10, id), Set{});
}

TEST_P(Acts, taking_part_is_asked_of_open_and_closed_steps) {
    const RecordId letter = record();
    const StepId id = give(10, letter, {.role = Role::lead, .to = to_unit(2)});
    const auto asks = [&](std::int64_t person, std::optional<Role> role, Which which) {
        const Scope scope = as(person);
        return *read([&](db::Reader& reader) { return takes_part(scope, reader, letter, role, which); });
    };
    EXPECT_TRUE(asks(11, Role::lead, Which::open));
    EXPECT_FALSE(asks(11, Role::support, Which::ever));
    EXPECT_FALSE(asks(12, {}, Which::ever));
    ASSERT_TRUE(end(11, id));
    EXPECT_FALSE(asks(11, Role::lead, Which::open));
    EXPECT_TRUE(asks(11, {}, Which::ever));
    const StepId gone = give(10, letter, {.role = Role::support, .to = to_post(14)});
    ASSERT_TRUE(withdraw(10, gone));
    EXPECT_FALSE(asks(14, {}, Which::ever));
}

CONGVU_BOTH_ENGINES(Acts);

}  // namespace
}  // namespace steps
