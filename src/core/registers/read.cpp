#include <algorithm>
#include <array>

#include "base/text.h"
#include "core/registers/draft.h"

namespace registers {
namespace {

const std::vector<std::string> groups = {"documents", "law", "people", "equipment", "network", "steering"};

void read_keep(Draft& draft, const yaml::Node* node) {
    if (node == nullptr) return;
    const Block block(draft.faults, *node, "keep", {"class", "years"});
    draft.declaration.keep_class = block.text("class", 60);
    const yaml::Node* years = block.find("years");
    if (years != nullptr && years->text == "forever") return;
    draft.declaration.keep_years = static_cast<int>(block.integer("years", 1, 100).value_or(0));
}

void read_head(Draft& draft, const Block& top) {
    Declaration& declaration = draft.declaration;
    declaration.code = top.text("register", 60);
    if (!top.has("register"))
        draft.faults.add(top.line(), "registers.no_code", "register");
    else if (!is_code(declaration.code, 24))
        top.fault("register", "registers.bad_code", {{"word", declaration.code}, {"limit", "24"}});
    declaration.table = "r_" + declaration.code;
    declaration.title = top.label_at("title");
    if (!top.has("title")) draft.faults.add(top.line(), "registers.no_label", "title");
    declaration.basis = top.label_at("basis");
    declaration.icon = top.text("icon", 40);
    declaration.group = top.text("group", 40);
    if (!top.has("group"))
        draft.faults.add(top.line(), "registers.no_group", "group", {{"known", join(groups, ", ")}});
    else if (std::ranges::find(groups, declaration.group) == groups.end())
        add_unknown(draft.faults, top.line("group"), "registers.unknown_group", "group", declaration.group, groups);
    read_keep(draft, top.find("keep"));
    for (const std::string& form : top.words("print")) {
        if (!is_code(form, 60)) top.fault("print", "registers.bad_code", {{"word", form}, {"limit", "60"}});
        declaration.print.push_back(form);
    }
}

void read_title(Draft& draft, const Block& top) {
    Declaration& declaration = draft.declaration;
    if (top.has("called")) {
        declaration.title_expression =
            read_expression(draft, top, "called", declaration.environment(), {expression::Type::text});
        return;
    }
    const auto text_field = [](bool required) {
        return
            [required](const Field& field) { return field.type == FieldType::text && (field.required || !required); };
    };
    auto found = std::ranges::find_if(declaration.fields, text_field(true));
    if (found == declaration.fields.end()) found = std::ranges::find_if(declaration.fields, text_field(false));
    if (found != declaration.fields.end())
        declaration.title_expression = found->code;
    else
        draft.faults.add(top.line(), "registers.no_title", "called");
}

/// exists() and count() may look at this register, and at those around it.
void set_sources(Draft& draft) {
    auto sources = std::make_shared<std::map<std::string, expression::Source, std::less<>>>();
    expression::Environment own = draft.declaration.environment();
    own.source = {};
    (*sources)[draft.declaration.code] = {draft.declaration.table, std::move(own)};
    draft.declaration.sources = std::move(sources);
}

}  // namespace

Result<Declaration> read_declaration(std::string_view text, const Surroundings& surroundings) {
    const yaml::Node root = TRY(yaml::read(text));
    Draft draft{{}, {}, surroundings};
    if (!root.is_map()) {
        draft.faults.add(root.line, "registers.not_a_map", "");
        TRY(draft.faults.result());
    }
    const Block top(draft.faults, root, "",
                    {"register", "title",  "basis",   "group",  "icon",     "called", "fields", "form",
                     "book",     "states", "actions", "create", "edit",     "see",    "checks", "warn",
                     "sealed",   "list",   "order",   "queues", "counters", "print",  "keep",   "deadline"});
    read_head(draft, top);
    read_fields(draft, top.find("fields"));
    read_list(draft, top.find("list"));
    read_order(draft, top.find("order"));
    read_book(draft, top.find("book"));
    read_states(draft, top.find("states"));
    finish_fields(draft, top.find("fields"));
    set_sources(draft);
    read_title(draft, top);
    read_form(draft, top.find("form"));
    read_actions(draft, top.find("actions"));
    check_reachable(draft, top.find("states"));
    read_access(draft, top);
    read_checks(draft, top.find("checks"));
    read_warnings(draft, top.find("warn"));
    read_sealed(draft, top.find("sealed"));
    read_deadline(draft, top.find("deadline"));
    check_changed_in(draft, top.find("fields"));
    read_queues(draft, top.find("queues"));
    read_counters(draft, top.find("counters"));
    TRY(draft.faults.result());
    return std::move(draft.declaration);
}

}  // namespace registers
