#include <algorithm>

#include "core/registers/draft.h"

namespace registers {
namespace {

void read_edit(Draft& draft, const yaml::Node* node, const expression::Environment& environment) {
    if (node == nullptr) return;
    const auto add = [&](const yaml::Node& item) {
        const bool with_states = item.is_map() && item.find("in") != nullptr;
        if (!with_states) {
            if (auto actor = read_actor(draft, item, "edit", environment))
                draft.declaration.edit.emplace_back(std::move(*actor), std::vector<std::string>{});
            return;
        }
        yaml::Node who = item;
        std::erase_if(who.entries, [](const yaml::Entry& entry) { return entry.key == "in"; });
        auto actor = read_actor(draft, who, "edit", environment);
        std::vector<std::string> states, known;
        for (const State& state : draft.declaration.states) known.push_back(state.code);
        for (auto& [state, line] : words_of(draft.faults, *item.find("in"), "edit.in")) {
            if (draft.declaration.state(state) == nullptr)
                add_unknown(draft.faults, line, "registers.unknown_state", "edit.in", state, known);
            states.push_back(std::move(state));
        }
        if (actor) draft.declaration.edit.emplace_back(std::move(*actor), std::move(states));
    };
    if (node->is_list())
        for (const yaml::Node& item : node->items) add(item);
    else
        add(*node);
}

template <class Visit>
void each_block(Draft& draft, const yaml::Node* node, std::string_view path, Block::Keys keys, const Visit& visit) {
    if (node == nullptr) return;
    if (!node->is_list()) return draft.faults.add(node->line, "registers.not_a_list", path);
    for (const yaml::Node& item : node->items) {
        if (item.is_map())
            visit(Block(draft.faults, item, std::string(path), keys));
        else
            draft.faults.add(item.line, "registers.not_a_map", path);
    }
}

}  // namespace

void read_access(Draft& draft, const Block& top) {
    const expression::Environment environment = draft.declaration.environment();
    draft.declaration.create = read_actors(draft, top.find("create"), "create", environment);
    read_edit(draft, top.find("edit"), environment);
    draft.declaration.see = read_actors(draft, top.find("see"), "see", environment, Wanted::Use::kept);
    // Silence here would be read as "nobody" by the program and as "everybody" by people.
    for (const std::string_view key : {"create", "see"})
        if (!top.has(key)) draft.faults.add(top.line(), "registers.nobody_named", key, {{"key", std::string(key)}});
}

void read_checks(Draft& draft, const yaml::Node* node) {
    const expression::Environment environment = draft.declaration.environment();
    each_block(draft, node, "checks", {"must", "field", "vi", "en"}, [&](const Block& block) {
        Check check;
        if (!block.has("must")) draft.faults.add(block.line(), "registers.not_an_expression", block.path("must"));
        check.when_not = read_expression(draft, block, "must", environment);
        check.field = block.text("field", 30);
        if (block.has("field")) require_field(draft, check.field, block.line("field"), block.path("field"));
        check.label = block.label();
        draft.declaration.checks.push_back(std::move(check));
    });
}

void read_warnings(Draft& draft, const yaml::Node* node) {
    const expression::Environment environment = draft.declaration.environment();
    each_block(draft, node, "warn", {"when", "vi", "en"}, [&](const Block& block) {
        Warning warning;
        if (!block.has("when")) draft.faults.add(block.line(), "registers.not_an_expression", block.path("when"));
        warning.when = read_expression(draft, block, "when", environment);
        warning.label = block.label();
        draft.declaration.warn.push_back(std::move(warning));
    });
}

void read_sealed(Draft& draft, const yaml::Node* node) {
    if (node == nullptr) return;
    const Block block(draft.faults, *node, "sealed", {"when", "field", "vi", "en"});
    Sealed& sealed = draft.declaration.sealed.emplace();
    if (!block.has("when")) draft.faults.add(node->line, "registers.not_an_expression", "sealed.when");
    sealed.when = read_expression(draft, block, "when", draft.declaration.environment());
    sealed.field = block.text("field", 30);
    require_field(draft, sealed.field, block.has("field") ? block.line("field") : node->line, "sealed.field");
    sealed.label = block.label();
}

namespace {

struct Counted {
    Label label;
    std::string when;
};

Counted read_condition(Draft& draft, const Block& block, const expression::Environment& environment) {
    Label label = block.label();
    std::string when =
        read_expression(draft, block, "when", environment, {expression::Type::boolean, 0, Wanted::Use::filter});
    return {std::move(label), std::move(when)};
}

/// Words that must be among those known.
std::vector<std::string> read_known(Draft& draft, const Block& block, std::string_view key,
                                    const std::vector<std::string>& known, std::string_view unknown) {
    std::vector<std::string> words;
    const yaml::Node* node = block.find(key);
    if (node == nullptr) return words;
    for (auto& [word, line] : words_of(draft.faults, *node, block.path(key))) {
        if (std::ranges::find(known, word) == known.end())
            add_unknown(draft.faults, line, unknown, block.path(key), word, known);
        words.push_back(std::move(word));
    }
    return words;
}

template <class Visit>
void each_counted(Draft& draft, const yaml::Node* node, std::string_view key, Block::Keys keys, const Visit& visit) {
    if (node == nullptr) return;
    if (!node->is_map()) return draft.faults.add(node->line, "registers.not_a_map", key);
    for (const yaml::Entry& entry : node->entries) {
        const std::string path = std::string(key) + "." + entry.key;
        if (!is_code(entry.key, 30))
            draft.faults.add(entry.line, "registers.bad_code", path, {{"word", entry.key}, {"limit", "30"}});
        const Block block(draft.faults, entry.value, path, keys);
        if (!block.has("when")) draft.faults.add(entry.line, "registers.not_an_expression", path);
        visit(entry.key, block);
    }
}

}  // namespace

void read_queues(Draft& draft, const yaml::Node* node) {
    const expression::Environment environment = draft.declaration.queue_environment();
    each_counted(
        draft, node, "queues", {"vi", "en", "when", "with_step", "without_step", "menu"},
        [&](const std::string& code, const Block& block) {
            auto [label, when] = read_condition(draft, block, environment);
            Queue queue{std::move(label), std::move(when), {}, {}, {}};
            queue.with_step = read_known(draft, block, "with_step", step_roles(), "registers.unknown_step_role");
            queue.without_step = read_known(draft, block, "without_step", step_roles(), "registers.unknown_step_role");
            queue.menu = read_known(draft, block, "menu", roles(), "registers.unknown_role");
            draft.declaration.queues.emplace_back(code, std::move(queue));
        });
}

void read_counters(Draft& draft, const yaml::Node* node) {
    const expression::Environment environment = draft.declaration.environment();
    each_counted(draft, node, "counters", {"vi", "en", "when"}, [&](const std::string& code, const Block& block) {
        auto [label, when] = read_condition(draft, block, environment);
        draft.declaration.counters.emplace_back(code, std::pair(std::move(label), std::move(when)));
    });
}

}  // namespace registers
