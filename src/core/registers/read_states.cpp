#include <algorithm>
#include <set>

#include "base/text.h"
#include "core/registers/draft.h"

namespace registers {
namespace {

const std::vector<std::string> kinds = {"initial", "middle", "final"};
const std::vector<std::string> colours = {"blue", "cyan",   "purple", "green", "volcano",
                                          "red",  "orange", "gold",   "grey"};

std::string usual_colour(State::Kind kind) {
    switch (kind) {
        case State::Kind::initial:
            return "blue";
        case State::Kind::middle:
            return "cyan";
        case State::Kind::final:
            return "green";
    }
    return {};
}

void read_kind(Draft& draft, State& state, std::string_view word, int line, const std::string& path) {
    const auto found = std::ranges::find(kinds, word);
    if (found == kinds.end())
        add_unknown(draft.faults, line, "registers.unknown_kind", path, word, kinds);
    else
        state.kind = static_cast<State::Kind>(found - kinds.begin());
}

State read_state(Draft& draft, const yaml::Entry& entry) {
    const std::string path = "states." + entry.key;
    State state;
    state.code = entry.key;
    if (!is_code(entry.key, 30))
        draft.faults.add(entry.line, "registers.bad_code", path, {{"word", entry.key}, {"limit", "30"}});
    const Label usual = usual_label("state", state.code);
    if (entry.value.is_text()) {
        read_kind(draft, state, entry.value.text, entry.value.line, path);
        state.label = usual;
        if (usual.vi.empty()) draft.faults.add(entry.line, "registers.no_label", path);
    } else {
        const Block block(draft.faults, entry.value, path, {"kind", "vi", "en", "colour", "draft", "withdrawn"});
        if (block.has("kind")) read_kind(draft, state, block.text("kind", 20), block.line("kind"), block.path("kind"));
        state.label = block.label(usual);
        state.draft = block.flag("draft");
        state.withdrawn = block.flag("withdrawn");
        state.colour = block.text("colour", 20);
        if (block.has("colour") && std::ranges::find(colours, state.colour) == colours.end())
            add_unknown(draft.faults, block.line("colour"), "registers.unknown_colour", block.path("colour"),
                        state.colour, colours);
    }
    if (state.colour.empty()) state.colour = usual_colour(state.kind);
    return state;
}

}  // namespace

void read_states(Draft& draft, const yaml::Node* node) {
    std::vector<State>& states = draft.declaration.states;
    if (node == nullptr) {
        // A list that is only kept (people, equipment) needs no states.
        states.push_back({"current", usual_label("state", "current"), State::Kind::initial, false, "grey"});
        return;
    }
    if (!node->is_map() || node->entries.empty()) return draft.faults.add(node->line, "registers.not_a_map", "states");
    for (const yaml::Entry& entry : node->entries) states.push_back(read_state(draft, entry));
    const auto initial = std::ranges::count(states, State::Kind::initial, &State::kind);
    if (initial != 1)
        draft.faults.add(node->line, "registers.one_initial_state", "states", {{"count", std::to_string(initial)}});
}

void check_changed_in(Draft& draft, const yaml::Node* fields) {
    std::vector<std::string> known;
    for (const State& state : draft.declaration.states) known.push_back(state.code);
    for (const Field& field : draft.declaration.fields) {
        if (!field.changed_in) continue;
        const int line = fields->find(field.code)->find("changed_in")->line;
        for (const std::string& code : *field.changed_in)
            if (draft.declaration.state(code) == nullptr)
                add_unknown(draft.faults, line, "registers.unknown_state", "fields." + field.code + ".changed_in", code,
                            known);
    }
}

void check_reachable(Draft& draft, const yaml::Node* node) {
    if (node == nullptr || draft.declaration.states.empty()) return;
    const Declaration& declaration = draft.declaration;
    std::set<std::string> reached{declaration.initial_state().code};
    const auto starts = [&](const Action& action) {
        if (!action.from.empty())
            return std::ranges::any_of(action.from, [&](const std::string& from) { return reached.contains(from); });
        return std::ranges::any_of(
            reached, [&](const std::string& code) { return declaration.state(code)->kind != State::Kind::final; });
    };
    for (bool grew = true; grew;) {
        grew = false;
        for (const Action& action : declaration.actions)
            if (!action.to.empty() && declaration.state(action.to) != nullptr && starts(action))
                grew |= reached.insert(action.to).second;
    }
    for (const yaml::Entry& entry : node->entries)
        if (!reached.contains(entry.key))
            draft.faults.add(entry.line, "registers.unreachable_state", "states." + entry.key, {{"state", entry.key}});
}

}  // namespace registers
