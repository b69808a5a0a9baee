#include <algorithm>

#include "base/text.h"
#include "core/registers/draft.h"

namespace registers {
namespace {

struct PlaceWords {
    std::string_view words;
    Actor::Place place;
};

constexpr PlaceWords places[] = {
    {"in agency", Actor::Place::agency},
    {"in unit", Actor::Place::unit},
    {"over unit", Actor::Place::over_unit},
    {"in subtree", Actor::Place::over_unit},  // said from below and from above, the same people
};

/// People known by what they have to do with the record, not by a role.
const std::vector<std::string> relations = {"creator", "participant", "holder",   "lead",   "support",
                                            "inform",  "approve",     "everyone", "agency", "unit"};

bool is_relation(std::string_view word) {
    return std::ranges::find(relations, word) != relations.end();
}

bool can_name_someone(FieldType type) {
    return type == FieldType::person || type == FieldType::post || type == FieldType::unit || type == FieldType::agency;
}

std::string one_space(std::string_view text) {
    std::vector<std::string> words;
    for (std::string& word : split(text, ' '))
        if (!word.empty()) words.push_back(std::move(word));
    return join(words, " ");
}

std::optional<Actor> of_field(Draft& draft, std::string_view code, int line, const std::string& path, Actor actor) {
    const Field* field = require_field(draft, code, line, path);
    if (field == nullptr) return std::nullopt;
    if (!can_name_someone(field->type)) {
        draft.faults.add(line, "registers.field_names_nobody", path, {{"field", field->code}});
        return std::nullopt;
    }
    actor.role = "field";
    actor.field = code;
    actor.place = Actor::Place::none;
    return actor;
}

std::optional<Actor> read_who(Draft& draft, std::string_view text, int line, const std::string& path) {
    Actor actor;
    actor.written = one_space(text);
    const std::size_t space = actor.written.find(' ');
    const std::string first = actor.written.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : actor.written.substr(space + 1);
    if (first == "field") return of_field(draft, rest, line, path, std::move(actor));
    actor.role = first;
    if (is_relation(first)) {
        actor.place = Actor::Place::none;
        if (!rest.empty()) draft.faults.add(line, "registers.actor_has_no_place", path, {{"word", first}});
        return actor;
    }
    if (!is_role(first)) {
        std::vector<std::string> known = roles();
        known.insert(known.end(), relations.begin(), relations.end());
        add_unknown(draft.faults, line, "registers.unknown_role", path, first, known);
        return std::nullopt;
    }
    if (rest.empty()) return actor;
    const auto found = std::ranges::find(places, rest, &PlaceWords::words);
    if (found == std::end(places)) {
        draft.faults.add(line, "registers.unknown_place", path, {{"word", rest}});
        return std::nullopt;
    }
    actor.place = found->place;
    return actor;
}

}  // namespace

bool Actor::is_role() const {
    return role != "field" && !is_relation(role);
}

const std::vector<std::string>& roles() {
    static const std::vector<std::string> all = {
        "clerk",     "unit_clerk",      "chief_of_office", "leader",        "head_of_section", "handler", "legal",
        "secretary", "security_keeper", "register_keeper", "administrator", "auditor",         "steering"};
    return all;
}

bool is_role(std::string_view word) {
    return std::ranges::find(roles(), word) != roles().end();
}

const std::vector<std::string>& step_roles() {
    static const std::vector<std::string> all = {"lead", "support", "inform", "consult", "initial", "approve", "sign"};
    return all;
}

std::optional<Actor> read_actor(Draft& draft, const yaml::Node& node, const std::string& path,
                                const expression::Environment& environment, Wanted::Use use) {
    if (node.is_text()) return read_who(draft, node.text, node.line, path);
    if (!node.is_map()) {
        draft.faults.add(node.line, "registers.not_an_actor", path);
        return std::nullopt;
    }
    const Block block(draft.faults, node, path, {"who", "when"});
    if (!block.has("who")) draft.faults.add(node.line, "registers.not_an_actor", path);
    const std::string who = block.text("who", 100);
    auto actor = who.empty() ? std::nullopt : read_who(draft, who, block.line("who"), block.path("who"));
    const std::string when = read_expression(draft, block, "when", environment, {expression::Type::boolean, 0, use});
    if (actor) actor->when = when;
    return actor;
}

std::vector<Actor> read_actors(Draft& draft, const yaml::Node* node, const std::string& path,
                               const expression::Environment& environment, Wanted::Use use) {
    std::vector<Actor> actors;
    if (node == nullptr) return actors;
    const auto add = [&](const yaml::Node& item) {
        if (auto actor = read_actor(draft, item, path, environment, use)) actors.push_back(std::move(*actor));
    };
    if (node->is_list())
        for (const yaml::Node& item : node->items) add(item);
    else
        add(*node);
    return actors;
}

}  // namespace registers
