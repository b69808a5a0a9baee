#include <algorithm>

#include "base/text.h"
#include "core/registers/draft.h"

namespace registers {
namespace {

/// Texts an action may ask for that are no fields of the record.
const std::vector<std::string> argument_names = {"reason", "instruction", "opinion"};

std::vector<std::string> state_codes(const Declaration& declaration) {
    std::vector<std::string> codes;
    for (const State& state : declaration.states) codes.push_back(state.code);
    return codes;
}

void require_state(Draft& draft, const std::string& code, int line, const std::string& path) {
    if (draft.declaration.state(code) == nullptr)
        add_unknown(draft.faults, line, "registers.unknown_state", path, code, state_codes(draft.declaration));
}

void read_from(Draft& draft, const Block& block, Action& action) {
    const yaml::Node* from = block.find("from");
    if (from == nullptr) return draft.faults.add(block.line(), "registers.no_from", block.path("from"));
    if (from->is_text() && from->text == "any") return;
    for (auto& [state, line] : words_of(draft.faults, *from, block.path("from"))) {
        require_state(draft, state, line, block.path("from"));
        action.from.push_back(std::move(state));
    }
}

void read_needs(Draft& draft, const Block& block, Action& action) {
    const yaml::Node* needs = block.find("needs");
    if (needs == nullptr) return;
    for (auto& [need, line] : words_of(draft.faults, *needs, block.path("needs"))) {
        const bool argument = std::ranges::find(argument_names, need) != argument_names.end();
        if (!argument && draft.declaration.field(need) == nullptr) {
            std::vector<std::string> known = field_codes(draft.declaration);
            known.insert(known.end(), argument_names.begin(), argument_names.end());
            add_unknown(draft.faults, line, "registers.unknown_field", block.path("needs"), need, known);
        }
        action.needs.push_back(std::move(need));
    }
}

void read_sets(Draft& draft, const Block& block, Action& action, const expression::Environment& environment) {
    const yaml::Node* sets = block.find("sets");
    if (sets == nullptr) return;
    if (!sets->is_map()) return block.fault("sets", "registers.not_a_map");
    for (const yaml::Entry& entry : sets->entries) {
        const std::string path = block.path("sets") + "." + entry.key;
        const Field* field = require_field(draft, entry.key, entry.line, path);
        if (field == nullptr) continue;
        if (field->type == FieldType::computed)
            draft.faults.add(entry.line, "registers.computed_is_set", path, {{"field", entry.key}});
        else
            action.sets.emplace_back(entry.key,
                                     read_expression(draft, entry.value, path, environment, wanted_for(*field)));
    }
}

void require_step_role(Draft& draft, const std::string& role, int line, const std::string& path) {
    if (std::ranges::find(step_roles(), role) == step_roles().end())
        add_unknown(draft.faults, line, "registers.unknown_step_role", path, role, step_roles());
}

/// The date field named there; empty when none is.
std::string read_date(Draft& draft, const Block& block, std::string_view key) {
    std::string code = block.text(key, 30);
    if (code.empty()) return code;
    const Field* date = require_field(draft, code, block.line(key), block.path(key));
    if (date != nullptr && date->type != FieldType::date)
        block.fault(key, "registers.due_is_no_date", {{"field", code}});
    return code;
}

OpenedStep read_step(Draft& draft, const yaml::Node& node, const std::string& path,
                     const expression::Environment& environment) {
    const Block block(draft.faults, node, path, {"role", "to", "instruction", "days", "due", "when", "notice"});
    OpenedStep step;
    step.role = block.text("role", 20);
    require_step_role(draft, step.role, block.line("role"), block.path("role"));
    if (const yaml::Node* to = block.find("to"))
        step.to = read_actor(draft, *to, block.path("to"), environment).value_or(Actor{});
    else
        draft.faults.add(node.line, "registers.not_an_actor", block.path("to"));
    step.instruction = block.text("instruction", 500);
    if (const auto days = block.integer("days", 0, 1'000)) step.working_days = static_cast<int>(*days);
    step.when = read_expression(draft, block, "when", environment);
    step.notice = block.flag("notice");
    step.due_field = read_date(draft, block, "due");
    return step;
}

MovedSteps read_moved(Draft& draft, const yaml::Node& node, const std::string& path) {
    const Block block(draft.faults, node, path, {"role", "due"});
    MovedSteps moved;
    moved.role = block.text("role", 20);
    require_step_role(draft, moved.role, block.line("role"), block.path("role"));
    moved.due_field = read_date(draft, block, "due");
    if (!block.has("due")) draft.faults.add(node.line, "registers.moved_to_nothing", block.path("due"));
    return moved;
}

/// closes_steps: true, or the roles whose steps it closes.
void read_closing(Draft& draft, const Block& block, Action& action) {
    const yaml::Node* closes = block.find("closes_steps");
    if (closes == nullptr) return;
    if (closes->is_text() && (closes->text == "true" || closes->text == "false")) {
        action.closes_steps = block.flag("closes_steps");
        return;
    }
    for (auto& [role, line] : words_of(draft.faults, *closes, block.path("closes_steps"))) {
        require_step_role(draft, role, line, block.path("closes_steps"));
        action.closes_roles.push_back(std::move(role));
    }
}

void read_within(const Block& block, Action& action) {
    const yaml::Node* within = block.find("within");
    if (within == nullptr) return;
    if (within->text == "same_day")
        action.within = 0;
    else if (within->text == "next_day")
        action.within = 1;
    else if (const auto days = block.integer("within", 0, 1'000))
        action.within = static_cast<int>(*days);
}

Action read_action(Draft& draft, const yaml::Entry& entry) {
    const std::string path = "actions." + entry.key;
    Action action;
    action.code = entry.key;
    if (!is_code(entry.key, 30))
        draft.faults.add(entry.line, "registers.bad_code", path, {{"word", entry.key}, {"limit", "30"}});
    const Block block(draft.faults, entry.value, path,
                      {"vi", "en", "from", "to", "by", "when", "refused", "needs", "sets", "opens", "number", "within",
                       "closes_steps", "moves", "primary", "bulk", "danger", "handled_by"});
    action.label = block.label(usual_label("action", action.code));
    read_from(draft, block, action);
    action.to = block.text("to", 30);
    if (!action.to.empty()) require_state(draft, action.to, block.line("to"), block.path("to"));
    read_needs(draft, block, action);
    const expression::Environment environment = draft.declaration.environment(action);
    action.by = read_actors(draft, block.find("by"), block.path("by"), environment);
    if (!block.has("by")) draft.faults.add(entry.line, "registers.nobody_may", path, {{"action", action.code}});
    action.when = read_expression(draft, block, "when", environment);
    action.refused = block.label_at("refused");
    if (block.has("when") != block.has("refused")) block.fault("when", "registers.when_needs_refused");
    read_sets(draft, block, action, environment);
    if (const yaml::Node* opens = block.find("opens")) {
        if (!opens->is_list()) block.fault("opens", "registers.not_a_list");
        for (const yaml::Node& step : opens->items)
            action.opens.push_back(read_step(draft, step, block.path("opens"), environment));
    }
    action.number = block.flag("number");
    if (action.number && (!draft.declaration.book || draft.declaration.book->at_create))
        block.fault("number", "registers.no_book");
    read_within(block, action);
    read_closing(draft, block, action);
    if (const yaml::Node* moves = block.find("moves")) {
        if (!moves->is_list()) block.fault("moves", "registers.not_a_list");
        for (const yaml::Node& moved : moves->items)
            action.moves.push_back(read_moved(draft, moved, block.path("moves")));
    }
    action.primary = block.flag("primary");
    action.bulk = block.flag("bulk");
    action.danger = block.flag("danger");
    action.handled_by = block.text("handled_by", 60);
    return action;
}

}  // namespace

void read_deadline(Draft& draft, const yaml::Node* node) {
    if (node == nullptr) return;
    const Block block(draft.faults, *node, "deadline", {"field", "otherwise", "follows"});
    Deadline& deadline = draft.declaration.deadline.emplace();
    deadline.field = read_date(draft, block, "field");
    if (!block.has("field")) draft.faults.add(node->line, "registers.deadline_of_nothing", block.path("field"));
    deadline.otherwise = read_date(draft, block, "otherwise");
    deadline.follows = block.has("follows") ? block.text("follows", 20) : "lead";
    require_step_role(draft, deadline.follows, block.has("follows") ? block.line("follows") : node->line,
                      block.path("follows"));
}

void read_actions(Draft& draft, const yaml::Node* node) {
    if (node == nullptr) return;
    if (!node->is_map()) return draft.faults.add(node->line, "registers.not_a_map", "actions");
    for (const yaml::Entry& entry : node->entries) draft.declaration.actions.push_back(read_action(draft, entry));
    const std::optional<Book>& book = draft.declaration.book;
    const bool numbered = std::ranges::any_of(draft.declaration.actions, &Action::number);
    const bool by_code =
        std::ranges::any_of(draft.declaration.actions, [](const Action& action) { return !action.handled_by.empty(); });
    if (book && !book->at_create && !numbered && !by_code)
        draft.faults.add(node->line, "registers.nothing_numbers", "book");
}

}  // namespace registers
