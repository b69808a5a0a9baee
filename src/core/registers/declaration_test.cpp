#include "core/registers/declaration.h"

#include <gtest/gtest.h>

#include "core/registers/faults.h"
#include "core/registers/sample_text_test.h"

namespace registers {
namespace {

/// "registers.unknown_key_near 7 fields.a.requird" for each fault, in the order of lines.
std::vector<std::string> told(const Result<Declaration>& read) {
    std::vector<std::string> lines;
    if (read) return lines;
    const auto add = [&](const Error& error) {
        const std::string line = error.arguments.empty() ? "" : error.arguments[0].value;
        lines.push_back(fmt::format("{} {} {}", error.message, line, error.field));
        for (const Language language : {Language::vi, Language::en}) {
            const std::string text = messages::text(language, error);
            EXPECT_EQ(text.find('{'), std::string::npos) << text;
            EXPECT_NE(text, error.message);
        }
    };
    add(read.error());
    for (const Error& other : read.error().also) add(other);
    return lines;
}

TEST(Declaration, ReadsEveryKey) {
    const auto read = read_declaration(test::whole);
    ASSERT_EQ(told(read), std::vector<std::string>{});
    const Declaration& task = *read;
    EXPECT_EQ(task.table, "r_task");
    EXPECT_EQ(task.title.in(Language::en), "Tasks");
    EXPECT_EQ(task.group, "steering");
    EXPECT_EQ(task.keep_years, 10);

    const Field& name = *task.field("name");
    EXPECT_TRUE(name.required && name.search && name.unique && name.locked);
    EXPECT_EQ(name.max_length, 200);
    EXPECT_EQ(name.key_column, "name_key");
    EXPECT_EQ(name.folded_column, "name_folded");
    EXPECT_EQ(name.pattern, "[^0-9].*");
    EXPECT_EQ(name.pattern_message.en, "Begin with a letter.");
    EXPECT_EQ(name.help.vi, "Tên ngắn gọn.");
    EXPECT_EQ(task.field("weight")->minimum, (Decimal{50, 2}));
    EXPECT_EQ(task.field("weight")->scale, 2);
    EXPECT_EQ(task.field("cost")->maximum->units, unbounded);
    EXPECT_EQ(task.field("urgency")->choices_of, "urgencies");
    EXPECT_EQ(task.field("urgency")->default_value, "\"normal\"");
    EXPECT_EQ(task.field("tags")->default_value, "[\"a\", \"b\"]");
    EXPECT_EQ(task.field("tags")->choices[1].second.vi, "Bê");
    EXPECT_EQ(task.field("source")->record_of, "task");
    EXPECT_EQ(task.field("score")->computed_type, expression::Type::decimal);
    EXPECT_EQ(task.field("score")->scale, 2);
    EXPECT_EQ(task.field("twice")->computed_type, expression::Type::decimal);
    EXPECT_EQ(task.field("reward")->visible_when, "weight > 1");
    EXPECT_EQ(task.field("reward")->visible_to, (std::vector<std::string>{"leader", "auditor"}));
    EXPECT_EQ(task.field("begun")->default_value, "today");

    ASSERT_TRUE(task.book);
    EXPECT_EQ(task.book->pattern, "{n:02}/{year}-{urgency.abbreviation}");
    EXPECT_EQ(task.book->per, (std::vector<std::string>{"agency", "year", "urgency"}));
    EXPECT_FALSE(task.book->at_create);
    EXPECT_EQ(task.book->secrecy_of("urgency=express"), Secrecy::secret);
    EXPECT_EQ(task.book->secrecy_of("unit=17,urgency=urgent"), Secrecy::ordinary);
    EXPECT_EQ(task.book->secrecy_of("urgency=secret"), Secrecy::ordinary) << "a code alone marks nothing";

    ASSERT_EQ(task.form.size(), 2U);
    EXPECT_EQ(task.form[0].columns, 3);
    EXPECT_EQ(task.form[1].code, "more") << "what stands in no section comes last";
    EXPECT_EQ(task.form[1].label.vi, "Thông tin khác");

    EXPECT_EQ(task.initial_state().code, "draft");
    EXPECT_TRUE(task.initial_state().draft);
    EXPECT_EQ(task.state("open")->label.vi, "Đang làm");
    EXPECT_EQ(task.state("done")->kind, State::Kind::final);
    EXPECT_EQ(task.state("done")->colour, "green");

    const Action& start = *task.action("start");
    EXPECT_EQ(start.from, std::vector<std::string>{"draft"});
    EXPECT_EQ(start.by.size(), 3U);
    EXPECT_EQ(start.within, 1);
    EXPECT_TRUE(start.number && start.primary && start.bulk);
    EXPECT_EQ(start.refused.vi, "Chưa có người chịu trách nhiệm.");
    ASSERT_EQ(start.opens.size(), 1U);
    EXPECT_EQ(start.opens[0].to.field, "owner");
    EXPECT_EQ(start.opens[0].working_days, 5);
    const Action& finish = *task.action("finish");
    EXPECT_EQ(finish.from.size(), 0U) << "any state that is not final";
    EXPECT_EQ(finish.sets[0], (std::pair<std::string, std::string>{"result", "reason"}));
    EXPECT_TRUE(finish.closes_steps);
    EXPECT_EQ(finish.label.vi, "Hoàn thành") << "the word every register uses";
    EXPECT_EQ(task.action("reopen")->handled_by, "tasks.reopen");

    EXPECT_EQ(task.list, (std::vector<std::string>{"number", "name", "state"}));
    EXPECT_EQ(task.order[0], (std::pair<std::string, bool>{"begun", true}));
    EXPECT_EQ(task.title_expression, "name + \" (\" + coalesce(number, \"\") + \")\"");
    EXPECT_EQ(task.queues[0].second.when, "owner == me && state == \"open\"");
    EXPECT_EQ(task.counters[0].first, "late");
    EXPECT_EQ(task.checks[0].field, "due");
    EXPECT_EQ(task.edit[1].second, (std::vector<std::string>{"open"}));
    EXPECT_EQ(task.print, std::vector<std::string>{"task_sheet"});
}

TEST(Declaration, ReadsWhatAnActionDoesToSteps) {
    std::string text(test::small);
    text += "sealed: {when: owner == null, field: owner, vi: Chưa giao}\n";
    text += "deadline: {field: due, follows: support}\n";
    text.replace(text.find("type: person,"), 13, "type: person, changed_in: [],");
    text.replace(text.find("type: text, required: true"), 26, "type: text, required: true, search: true, index: alike");
    text +=
        "actions:\n  go: {vi: Đi, from: any, by: clerk, closes_steps: approve, moves: [{role: lead, due: due}], "
        "opens: [{role: inform, to: field owner, when: owner != null, notice: true}]}\n";
    const auto read = read_declaration(text);
    ASSERT_EQ(told(read), std::vector<std::string>{});
    const Action& go = *read->action("go");
    EXPECT_FALSE(go.closes_steps);
    EXPECT_EQ(go.closes_roles, std::vector<std::string>{"approve"});
    ASSERT_EQ(go.moves.size(), 1U);
    EXPECT_EQ(go.moves[0].role, "lead");
    EXPECT_EQ(go.moves[0].due_field, "due");
    EXPECT_EQ(go.opens[0].when, "owner != null");
    ASSERT_TRUE(read->deadline);
    EXPECT_EQ(read->deadline->field, "due");
    EXPECT_EQ(read->deadline->otherwise, "");
    EXPECT_EQ(read->deadline->follows, "support");
    EXPECT_TRUE(go.opens[0].notice);
    EXPECT_EQ(read->field("owner")->changed_in, std::vector<std::string>{}) << "only actions";
    EXPECT_EQ(read->field("due")->changed_in, std::nullopt);
    EXPECT_TRUE(read->field("name")->indexed && read->field("name")->indexed_alike);
    EXPECT_EQ(read->sealed->field, "owner");
}

TEST(Declaration, ReadsWhoInEachWayItIsWritten) {
    struct Case {
        const char* written;
        const char* role;
        Actor::Place place;
    };
    const std::vector<Case> cases = {{"clerk", "clerk", Actor::Place::agency},
                                     {"clerk in agency", "clerk", Actor::Place::agency},
                                     {"handler  in  unit", "handler", Actor::Place::unit},
                                     {"leader over unit", "leader", Actor::Place::over_unit},
                                     {"leader in subtree", "leader", Actor::Place::over_unit},
                                     {"creator", "creator", Actor::Place::none},
                                     {"participant", "participant", Actor::Place::none},
                                     {"everyone", "everyone", Actor::Place::none},
                                     {"field owner", "field", Actor::Place::none},
                                     {"{who: auditor, when: state == \"open\"}", "auditor", Actor::Place::agency}};
    for (const Case& each : cases) {
        const auto read =
            read_declaration(test::with(test::small, "see: everyone", fmt::format("see: [{}]", each.written)));
        ASSERT_EQ(told(read), std::vector<std::string>{}) << each.written;
        const Actor& actor = read->see.at(0);
        EXPECT_EQ(actor.role, each.role);
        EXPECT_EQ(actor.place, each.place) << each.written;
        EXPECT_EQ(actor.field, actor.role == "field" ? "owner" : "");
        EXPECT_EQ(actor.when.empty(), actor.role != "auditor");
    }
}

TEST(Declaration, TakesQuotedDefaultsAsTheyStand) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"{type: text, default: \"Hà Nội\", vi: A}", "\"Hà Nội\""},
        {"{type: text, default: 'a \"b\" \\', vi: A}", "\"a \\\"b\\\" \\\\\""},
        {"{type: text, default: lower('A'), vi: A}", "lower('A')"},
        {"{type: time, default: \"07:30\", vi: A}", "\"07:30\""},
        {"{type: date, default: 2026-01-01, vi: A}", "date(\"2026-01-01\")"},
        {"{type: date, default: today + 5, vi: A}", "today + 5"},
    };
    for (const auto& [written, kept] : cases) {
        const auto read = read_declaration(test::with(test::small, "{type: person, vi: Người giữ}", written));
        ASSERT_EQ(told(read), std::vector<std::string>{}) << written;
        EXPECT_EQ(read->field("owner")->default_value, kept);
    }
}

TEST(Declaration, MakesWhatIsNotWritten) {
    const auto read = read_declaration(test::small);
    ASSERT_EQ(told(read), std::vector<std::string>{});
    EXPECT_EQ(read->form.size(), 1U);
    EXPECT_EQ(read->form[0].fields, (std::vector<std::string>{"name", "owner", "due"}));
    EXPECT_EQ(read->title_expression, "name");
    ASSERT_EQ(read->states.size(), 1U);
    EXPECT_EQ(read->states[0].label.vi, "Hiện hành");
    EXPECT_EQ(read->field("name")->max_length, 500);
    EXPECT_EQ(read->field("name")->key_column, "");
}

struct Wrong {
    std::string from, to;
    std::vector<std::string> faults;
};

/// Each takes the small declaration (sample_text_test.h) and changes one thing in it.
const std::vector<Wrong>& wrong_ones() {
    static const std::vector<Wrong> all = {
        {"group: people", "gruop: people", {"registers.no_group 1 group", "registers.unknown_key_near 3 gruop"}},
        {"group: people", "group: peple", {"registers.unknown_group_near 3 group"}},
        {"register: small", "register: Small", {"registers.bad_code 1 register"}},
        {"register: small", "register: a_register_with_a_long_name", {"registers.bad_code 1 register"}},
        {"title: {vi: Nhỏ, en: Small}", "title: {en: Small}", {"registers.no_label 2 title"}},
        {"title: {vi: Nhỏ, en: Small}", "title: {vi: Nhỏ, gọn, en: Small}", {"registers.comma_in_text 2 title"}},
        {"title: {vi: Nhỏ, en: Small}", "title: [Nhỏ]", {"registers.not_a_map 2 title", "registers.no_label 2 title"}},
        {"see: everyone", "", {"registers.nobody_named 1 see"}},
        {"see: everyone", "see: lader", {"registers.unknown_role_near 9 see"}},
        {"see: everyone", "see: leader under unit", {"registers.unknown_place 9 see"}},
        {"see: everyone", "see: creator in unit", {"registers.actor_has_no_place 9 see"}},
        {"see: everyone", "see: field owners", {"registers.unknown_field_near 9 see"}},
        {"see: everyone", "see: field name", {"registers.field_names_nobody 9 see"}},
        {"see: everyone", "see: {who: clerk, when: nam == \"\"}", {"expression.unknown_name_near 9 see.when"}},
        {"see: everyone", "see: {who: clerk, when: name}", {"registers.wrong_type 9 see.when"}},
        {"see: everyone", "see: {who: clerk, when: due < today}", {"registers.see_moves 9 see.when"}},
        {"see: everyone", "see: {when: true}", {"registers.not_an_actor 9 see"}},
        {"see: everyone", "see: [[clerk]]", {"registers.not_an_actor 9 see"}},
        {"type: text, required", "type: text, requird", {"registers.unknown_key_near 5 fields.name.requird"}},
        {"type: text, required: true", "type: txt", {"registers.unknown_type_near 5 fields.name.type"}},
        {"type: text, required: true", "required: true", {"registers.no_type 5 fields.name"}},
        {"required: true", "required: maybe", {"registers.not_a_flag 5 fields.name.required"}},
        {"required: true", "required: \"true\"", {"registers.not_a_flag 5 fields.name.required"}},
        {"required: true", "max: 0", {"registers.not_a_number 5 fields.name.max"}},
        {"required: true", "max: 5000", {"registers.not_a_number 5 fields.name.max"}},
        {"required: true", "max: 1.5", {"registers.not_a_number 5 fields.name.max"}},
        {"required: true", "min: 1", {"registers.key_not_for_type 5 fields.name.min"}},
        {"required: true", "pattern: \"[\", pattern_says: Sai", {"registers.bad_pattern 5 fields.name.pattern"}},
        {"required: true", "pattern: a", {"registers.pattern_says_nothing 5 fields.name.pattern"}},
        {"required: true", "default: name", {"expression.unknown_name 5 fields.name.default"}},
        {"required: true", "default: 5", {"registers.wrong_type 5 fields.name.default"}},
        {"required: true", "visible_to: leaders", {"registers.unknown_role_near 5 fields.name.visible_to"}},
        {"required: true", "visible_when: name ==", {"expression.ends_early 5 fields.name.visible_when"}},
        {"  name: {", "  title: {", {"registers.reserved_code 5 fields.title"}},
        {"  name: {", "  name_key: {", {"registers.reserved_code 5 fields.name_key"}},
        {"  name: {", "  name_v2: {", {"registers.reserved_code 5 fields.name_v2"}},
        {"  name: {", "  Tên: {", {"registers.bad_code 5 fields.Tên"}},
        {"type: person", "type: choice", {"registers.choices_once 6 fields.owner.of"}},
        {"type: person",
         "type: choice, of: urgencies, choices: {a: {vi: A}}",
         {"registers.choices_once 6 fields.owner.of"}},
        {"type: person", "type: choice, choices: {A: {vi: A}}", {"registers.bad_code 6 fields.owner.choices.A"}},
        {"type: person", "type: choice, choices: {a: {en: A}}", {"registers.no_label 6 fields.owner.choices.a"}},
        {"type: person",
         "type: choice, choices: {a: A}, default: b",
         {"registers.unknown_choice 6 fields.owner.default"}},
        {"type: person", "type: record", {"registers.link_of_nothing 6 fields.owner.of"}},
        {"type: person", "type: integer, min: 5, max: 2", {"registers.min_above_max 6 fields.owner.min"}},
        {"type: person", "type: integer, max: 2.5", {"registers.limit_too_fine 6 fields.owner.max"}},
        {"type: person", "type: decimal, scale: 9", {"registers.not_a_number 6 fields.owner.scale"}},
        {"type: person", "type: integer, default: 1.5", {"registers.wrong_type 6 fields.owner.default"}},
        {"type: person", "type: computed", {"registers.computed_nothing 6 fields.owner.value"}},
        {"type: person", "type: computed, value: owner + 1", {"registers.computed_circle 6 fields.owner"}},
        {"type: person", "type: computed, value: today - due", {"registers.computed_moves 6 fields.owner.value"}},
        {"type: person", "type: computed, value: count(small)", {"registers.computed_moves 6 fields.owner.value"}},
        {"type: person", "type: computed, value: \"null\"", {"registers.computed_type 6 fields.owner.value"}},
        {"type: person", "type: computed, value: nam", {"expression.unknown_name_near 6 fields.owner.value"}},
        {"type: person",
         "type: computed, value: due, required: true",
         {"registers.key_not_for_type 6 fields.owner.required"}},
        {"see: everyone", "see: everyone\nlist: [name, nme]", {"registers.unknown_field_near 10 list"}},
        {"see: everyone", "see: everyone\nlist: [name, name]", {"registers.field_twice 10 list"}},
        {"see: everyone", "see: everyone\norder: -nme", {"registers.unknown_field_near 10 order"}},
        {"see: everyone",
         "see: everyone\nform: {a: {vi: A, fields: [name, x, name]}}",
         {"registers.unknown_field 10 form.a.fields", "registers.field_twice 10 form.a.fields"}},
        {"see: everyone", "see: everyone\nform: {a: {vi: A}}", {"registers.no_fields 10 form.a"}},
        {"see: everyone", "see: everyone\nbook: {field: due, at: create}", {"registers.book_is_no_text 10 book.field"}},
        {"see: everyone",
         "see: everyone\nbook: {field: number, at: create}",
         {"registers.unknown_field 10 book.field"}},
        {"see: everyone", "see: everyone\nbook: {at: create}", {"registers.book_of_nothing 10 book.field"}},
        {"see: everyone",
         "see: everyone\nbook: {field: name, pattern: \"{year}\", at: create}",
         {"registers.book_without_number 10 book.pattern"}},
        {"see: everyone",
         "see: everyone\nbook: {field: name, pattern: \"{n}-{nonsense}\", at: create}",
         {"registers.bad_book_pattern 10 book.pattern"}},
        {"see: everyone",
         "see: everyone\nbook: {field: name, pattern: \"{n\", at: create}",
         {"registers.bad_book_pattern 10 book.pattern"}},
        {"see: everyone",
         "see: everyone\nbook: {field: name, per: [year, name], at: create}",
         {"registers.book_part 10 book.per"}},
        {"see: everyone",
         "see: everyone\nbook: {field: name, at: create, secrecy: {kin: confidental}}",
         {"registers.secrecy_of_no_part 10 book.secrecy.kin", "registers.unknown_secrecy_near 10 book.secrecy.kin"}},
        {"see: everyone",
         "see: everyone\nbook: {field: name, at: creation}",
         {"registers.unknown_moment_near 10 book.at"}},
        {"see: everyone", "see: everyone\nstates: {open: {vi: Mở}}", {"registers.one_initial_state 10 states"}},
        {"see: everyone",
         "see: everyone\nstates: {open: {vi: Mở, kind: initial}, shut: {vi: Đóng, kind: finl}}",
         {"registers.unknown_kind_near 10 states.shut.kind", "registers.unreachable_state 10 states.shut"}},
        {"see: everyone",
         "see: everyone\nstates: {open: initial, shut: {vi: Đóng, colour: blu}}",
         {"registers.no_label 10 states.open", "registers.unknown_colour_near 10 states.shut.colour",
          "registers.unreachable_state 10 states.shut"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, to: gone, by: clerk}}",
         {"registers.unknown_state 10 actions.go.to"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: curent, by: clerk}}",
         {"registers.unknown_state_near 10 actions.go.from"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, by: clerk}}",
         {"registers.no_from 10 actions.go.from"}},
        {"see: everyone", "see: everyone\nactions: {go: {vi: Đi, from: any}}", {"registers.nobody_may 10 actions.go"}},
        {"see: everyone", "see: everyone\nactions: {go: {from: any, by: clerk}}", {"registers.no_label 10 actions.go"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, when: due < today}}",
         {"registers.when_needs_refused 10 actions.go.when"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, needs: [reson]}}",
         {"registers.unknown_field_near 10 actions.go.needs"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, sets: {name: reason}}}",
         {"expression.unknown_name 10 actions.go.sets.name"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, sets: {name: due}}}",
         {"registers.wrong_type 10 actions.go.sets.name"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, number: true}}",
         {"registers.no_book 10 actions.go.number"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, opens: [{role: leed, to: clerk}]}}",
         {"registers.unknown_step_role_near 10 actions.go.opens.role"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, opens: [{role: lead}]}}",
         {"registers.not_an_actor 10 actions.go.opens.to"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, opens: [{role: lead, to: clerk, due: name}]}}",
         {"registers.due_is_no_date 10 actions.go.opens.due"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, opens: [{role: lead, to: clerk, when: due}]}}",
         {"registers.wrong_type 10 actions.go.opens.when"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, closes_steps: [lead, aprove]}}",
         {"registers.unknown_step_role_near 10 actions.go.closes_steps"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, moves: [{role: lead, due: name}]}}",
         {"registers.due_is_no_date 10 actions.go.moves.due"}},
        {"see: everyone",
         "see: everyone\ndeadline: {otherwise: name, follows: leed}",
         {"registers.deadline_of_nothing 10 deadline.field", "registers.due_is_no_date 10 deadline.otherwise",
          "registers.unknown_step_role_near 10 deadline.follows"}},
        {"see: everyone",
         "see: everyone\nactions: {go: {vi: Đi, from: any, by: clerk, moves: [{role: leed}]}}",
         {"registers.unknown_step_role_near 10 actions.go.moves.role",
          "registers.moved_to_nothing 10 actions.go.moves.due"}},
        {"type: person", "type: person, changed_in: [opn]", {"registers.unknown_state 6 fields.owner.changed_in"}},
        {"type: text, required: true",
         "type: text, required: true, index: alike",
         {"registers.alike_needs_search 5 fields.name.index"}},
        {"see: everyone",
         "see: everyone\nsealed: {when: due, vi: Kín}",
         {"registers.wrong_type 10 sealed.when", "registers.unknown_field 10 sealed.field"}},
        {"see: everyone",
         "see: everyone\nbook: {field: name}\nactions: {go: {vi: Đi, from: any, by: clerk}}",
         {"registers.nothing_numbers 11 book"}},
        {"see: everyone",
         "see: everyone\nqueues: {a: {vi: A, when: lower(name) == \"a\"}}",
         {"registers.not_a_filter 10 queues.a.when"}},
        {"see: everyone", "see: everyone\nqueues: {a: {vi: A}}", {"registers.not_an_expression 10 queues.a"}},
        {"see: everyone",
         "see: everyone\nqueues: {a: {vi: A, when: created_at > now, with_step: leed, menu: [lader]}}",
         {"registers.unknown_step_role_near 10 queues.a.with_step", "registers.unknown_role_near 10 queues.a.menu"}},
        {"see: everyone", "see: everyone\nqueues: {a: {vi: A, when: date(created_at) <= soon}}", {}},
        {"see: everyone",
         "see: everyone\nwarn: [{when: 'exists(small, nme == this.name)', vi: A}]",
         {"expression.unknown_name_near 10 warn.when"}},
        {"see: everyone",
         "see: everyone\nchecks: [{must: due != null, field: deu, vi: A}]",
         {"registers.unknown_field_near 10 checks.field"}},
        {"see: everyone", "see: everyone\nedit: [{who: clerk, in: [open]}]", {"registers.unknown_state 10 edit.in"}},
        {"see: everyone", "see: everyone\nkeep: {years: 0}", {"registers.not_a_number 10 keep.years"}},
        {"see: everyone", "see: everyone\nsee: creator", {"registers.repeated_key 10 see"}},
        {"see: everyone", "see: &a everyone\nedit: *a", {"registers.yaml_extra 9 "}},
        {"see: everyone", "see: !!str everyone", {"registers.yaml_extra 9 "}},
        {"see: everyone", "see: everyone\n---\nsee: creator", {"registers.yaml_extra 11 "}},
        {"see: everyone", "see: [everyone", {"registers.bad_yaml 10 "}},
        {"see: everyone", "see: [[[[[[[[[[[[[[[[clerk]]]]]]]]]]]]]]]]", {"registers.yaml_too_deep 9 "}},
    };
    return all;
}

TEST(Declaration, RefusesEachFaultAtItsLine) {
    ASSERT_EQ(told(read_declaration(test::small)), std::vector<std::string>{});
    for (const Wrong& each : wrong_ones())
        EXPECT_EQ(told(read_declaration(test::with(test::small, each.from, each.to))), each.faults) << each.to;
}

TEST(Declaration, TellsEveryFaultAtOnce) {
    const auto read =
        read_declaration("register: X\ngroup: none\nfields:\n  a: {type: text}\n  b: {vi: B}\nunknown: 1\n");
    EXPECT_EQ(told(read),
              (std::vector<std::string>{"registers.bad_code 1 register", "registers.no_label 1 title",
                                        "registers.nobody_named 1 create", "registers.nobody_named 1 see",
                                        "registers.unknown_group 2 group", "registers.no_label 4 fields.a",
                                        "registers.no_type 5 fields.b", "registers.unknown_key 6 unknown"}));
    EXPECT_EQ(messages::text(Language::vi, read_declaration(test::with(test::small, "required", "requird")).error()),
              "Dòng 5: không có khóa “requird” ở đây. Có phải “required”?");
}

TEST(Declaration, RefusesWhatIsNoDeclarationAtAll) {
    EXPECT_EQ(told(read_declaration("")), std::vector<std::string>{"registers.not_a_map 1 "});
    EXPECT_EQ(told(read_declaration("- a\n- b")), std::vector<std::string>{"registers.not_a_map 1 "});
    EXPECT_EQ(read_declaration(std::string(1024 * 1024 + 1, ' ')).error().message, "registers.file_too_large");
    std::string many(test::small);
    for (int i = 0; i < 201; ++i) many.insert(many.find("create:"), fmt::format("  f{}: {{type: text, vi: A}}\n", i));
    EXPECT_EQ(read_declaration(many).error().message, "registers.too_many_fields");
}

TEST(Declaration, KnowsItsNeighboursWhereItIsToldOfThem) {
    const std::string text = test::with(test::small, "see: everyone",
                                        "see: everyone\nwarn: [{when: 'exists(other, nme == this.name)', vi: A}]");
    EXPECT_EQ(told(read_declaration(text)), std::vector<std::string>{})
        << "nobody can say what the other register holds";
    const auto other = read_declaration(test::with(test::small, "register: small", "register: other"));
    ASSERT_TRUE(other);
    const Surroundings alone{[](std::string_view) -> const Declaration* { return nullptr; },
                             [](std::string_view) { return false; }};
    const Surroundings both{[&](std::string_view code) { return code == "other" ? &*other : nullptr; },
                            [](std::string_view) { return false; }};
    EXPECT_EQ(told(read_declaration(text, alone)),
              std::vector<std::string>{"expression.unknown_register 10 warn.when"});
    EXPECT_EQ(told(read_declaration(text, both)),
              std::vector<std::string>{"expression.unknown_name_near 10 warn.when"});
    const std::string listed = test::with(test::small, "type: person", "type: choice, of: fruits");
    EXPECT_EQ(told(read_declaration(listed)), std::vector<std::string>{});
    EXPECT_EQ(told(read_declaration(listed, alone)),
              std::vector<std::string>{"registers.unknown_choices 6 fields.owner.of"});
    const std::string linked = test::with(test::small, "type: person", "type: record, of: nowhere");
    EXPECT_EQ(told(read_declaration(linked, alone)),
              std::vector<std::string>{"registers.unknown_register 6 fields.owner.of"});
}

TEST(Faults, StandInTheOrderOfLines) {
    Faults faults;
    faults.add(9, "b");
    faults.add(2, "a", "x");
    faults.add(7, Error{ErrorCode::invalid, "c", {}, {{"line", "2"}, {"column", "4"}}}, "y");
    const auto result = faults.result();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message, "a");
    ASSERT_EQ(result.error().also.size(), 2U);
    EXPECT_EQ(result.error().also[0].arguments[0].value, "8") << "an expression's second line is a line further down";
    EXPECT_EQ(result.error().also[0].field, "y");
}

}  // namespace
}  // namespace registers
