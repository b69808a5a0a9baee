#include <boost/json.hpp>

#include "base/text.h"
#include "core/expression/look_up.h"
#include "core/journal/journal.h"
#include "core/records/outsiders.h"
#include "core/records/row.h"
#include "core/records/store.h"
#include "core/steps/steps.h"

namespace records {

using registers::Action;
using registers::Field;

namespace {

/// `needs` names arguments ("reason") and fields that must hold something by now.
std::vector<Error> missing(const Record& record, const Action& action, const boost::json::object& arguments) {
    std::vector<Error> errors;
    for (const std::string& need : action.needs) {
        if (const Field* field = record.declaration->field(need)) {
            if (record.value(need).is_null())
                errors.push_back({ErrorCode::invalid, "records.required", need, named(*field)});
            continue;
        }
        const auto* argument = arguments.if_contains(need);
        const bool given = argument && argument->is_string() && !trim(argument->as_string()).empty();
        if (given) continue;
        std::vector<MessageArgument> called;
        messages::add_text(called, "argument", "registers.argument." + need);
        errors.push_back({ErrorCode::invalid, "records.argument_required", need, std::move(called)});
    }
    return errors;
}

/// What an action may be told in words: a reason, and what else it needs beside the record's fields; cleaned. Anything
/// else would go into the journal unseen. A module's handler reads its arguments by itself. Faults are gathered.
Result<boost::json::object> understood(const Record& record, const Action& action, const boost::json::object& arguments,
                                       std::vector<Error>& errors) {
    if (!action.handled_by.empty()) return arguments;
    boost::json::object clean;
    for (const auto& [name, sent] : arguments) {
        const std::string_view code = name;
        if (code == "number" || (code == "despite_open" && action.closes_steps)) continue;
        const bool needed =
            std::ranges::find(action.needs, code) != action.needs.end() && !record.declaration->field(code);
        if (!needed && code != "reason") {
            errors.push_back({ErrorCode::invalid,
                              "records.unknown_argument",
                              std::string(code),
                              {{"argument", shorten(code, 100)}}});
            continue;
        }
        if (needed && !sent.is_string()) continue;  // missing() names it
        std::vector<MessageArgument> called{{"limit", std::to_string(steps::longest_text)}};
        messages::add_text(called, "argument", "registers.argument." + std::string(code));
        if (sent.is_null()) continue;
        const auto text = sent.is_string() ? clean_text(sent.as_string()) : fail(ErrorCode::invalid, {});
        if (!text)
            errors.push_back({ErrorCode::invalid, "records.wrong_argument", std::string(code), std::move(called)});
        else if (length(*text) > steps::longest_text)
            errors.push_back({ErrorCode::invalid, "records.argument_too_long", std::string(code), std::move(called)});
        else if (!text->empty())
            clean[code] = *text;
    }
    return clean;
}

/// The reserved number somebody asks for, where the action gives one.
Result<std::optional<std::int64_t>> reserved_number(const Action& action, const boost::json::object& arguments) {
    const auto* asked = arguments.if_contains("number");
    if (!asked || asked->is_null()) return std::optional<std::int64_t>();
    if (!action.number) return fail(ErrorCode::invalid, "records.gives_no_number", "number");
    if (!asked->is_int64()) return fail(ErrorCode::invalid, "records.not_a_reserved_number", "number");
    return std::optional(asked->as_int64());
}

/// Whether who acts would end it over what supports it.
Result<steps::Despite> consent(const Action& action, const boost::json::object& arguments) {
    const auto* said = arguments.if_contains("despite_open");
    if (!action.closes_steps || !said || said->is_null()) return steps::Despite::nothing;
    if (!said->is_bool()) return fail(ErrorCode::invalid, "records.not_a_consent", "despite_open");
    return said->as_bool() ? steps::Despite::open_support : steps::Despite::nothing;
}

/// A text for a field goes the way of one typed into it: its length, its lines, its choices.
Result<db::Value> checked(db::Reader& reader, const Field& field, db::Value value, const std::string& said_as,
                          LocalDate today) {
    const std::string* text = value.text();
    if (!text || (field.type != registers::FieldType::text && field.type != registers::FieldType::long_text))
        return value;
    Result<db::Value> column = to_column(reader, field, boost::json::value(*text), today);
    if (!column) column.error().field = said_as;
    return column;
}

/// Evaluates the action's `sets` over the record and the arguments the action needs; no argument takes the place of a
/// name of the record. Faults are gathered, an argument's at the argument.
Result<std::vector<Error>> set_fields(const Scope& scope, db::Reader& reader, Record& record, const Action& action,
                                      const boost::json::object& arguments) {
    std::vector<Error> errors;
    auto names = record.names(scope);
    std::set<std::string, std::less<>> said;
    for (const std::string& need : action.needs) {
        if (record.declaration->field(need) || names.contains(need)) continue;
        const auto* argument = arguments.if_contains(need);
        names[need] = argument && argument->is_string() ? expression::Value(std::string(argument->as_string()))
                                                        : expression::Value();
        said.insert(need);
    }
    for (const auto& [code, text] : action.sets) {
        const Field* field = record.declaration->field(code);
        if (!field) return fail_internal("an action sets a field that is not there: " + code);
        const auto parsed = TRY(expression::parse(text, record.declaration->environment(action)));
        db::Value value = TRY(from_expression(*field, TRY(expression::evaluate(*parsed, names))));
        const std::string& at = said.contains(text) ? text : code;
        auto column = checked(reader, *field, std::move(value), at, scope.today);
        if (column && *column != record.value(code) && TRY(names_outsider(scope, reader, record, *field, *column)))
            errors.push_back({ErrorCode::invalid, "records.of_another_agency", at, named(*field)});
        else if (column)
            record.columns[code] = std::move(*column);
        else if (column.error().code == ErrorCode::invalid)
            errors.push_back(std::move(column).error());
        else
            return std::unexpected(std::move(column).error());
    }
    return errors;
}

/// The text arguments, kept with the journal entry as values: a reason can name people. One called as a field is, the
/// day by which a step is due, is no value of the record: what became of the field stands among its changes.
void add_arguments(std::vector<journal::Change>& changes, const Record& record, const boost::json::object& arguments) {
    for (const auto& [name, value] : arguments)
        if (value.is_string() && !value.as_string().empty() && !record.declaration->field(name))
            changes.push_back({std::string(name), nullptr, value});
}

Result<const Action*> allowed(const Scope& scope, db::Reader& reader, const Record& record, std::string_view code) {
    const Action* action = record.declaration->action(code);
    if (!action) return fail(ErrorCode::not_found, "records.no_action", {}, {{"action", std::string(code)}});
    if (!TRY(is_one_of(scope, reader, record, action->by)))
        return fail(ErrorCode::forbidden, "records.may_not_act", {}, {{"action", action->label.in(scope.language)}});
    if (!in_state(record, action->from)) {
        const registers::State* state = record.declaration->state(record.state);
        return fail(ErrorCode::conflict, "records.not_in_state", {},
                    {{"action", action->label.in(scope.language)},
                     {"state", state ? state->label.in(scope.language) : record.state}});
    }
    TRY(require_guard(scope, record, *action));
    return action;
}

}  // namespace

Result<void> require_guard(const Scope& scope, const Record& record, const Action& action) {
    if (TRY(condition_holds(scope, record, action.when))) return {};
    if (!action.refused.vi.empty())
        return fail(ErrorCode::conflict, "records.declared", {}, {{"text", action.refused.in(scope.language)}});
    return fail(ErrorCode::conflict, "records.guard_refused", {}, {{"action", action.label.in(scope.language)}});
}

Result<Record> act(const Scope& scope, db::Transaction& tx, const Engine& engine, RecordId id, const Act& asked) {
    const Record before = TRY(open(scope, tx, engine, id));
    if (before.version != asked.seen_version) return fail(ErrorCode::conflict, "records.changed_meanwhile");
    const Action& action = *TRY(allowed(scope, tx, before, asked.action));

    Record after = before;
    for (const std::string_view text : {"instruction", "opinion"})
        if (const auto* given = asked.arguments.if_contains(text); given && given->is_string())
            TRY(refuse_text(engine, before, text, given->as_string()));
    std::vector<Error> errors;
    const boost::json::object arguments = TRY(understood(before, action, asked.arguments, errors));
    const Taking taking = TRY(may_edit(scope, tx, before)) ? Taking::by_hand : Taking::needed_only;
    for (Error& each : TRY(take_values(scope, tx, after, asked.values, taking, &action)))
        errors.push_back(std::move(each));
    for (Error& each : TRY(set_fields(scope, tx, after, action, arguments))) errors.push_back(std::move(each));
    for (Error& each : missing(after, action, arguments)) errors.push_back(std::move(each));
    if (!errors.empty()) return refuse(std::move(errors));

    if (!action.to.empty()) after.state = action.to;
    if (!action.handled_by.empty()) {
        const Handler* handler = engine.handler(action.handled_by);
        if (!handler) return fail_internal("no handler named " + action.handled_by);
        TRY((*handler)(scope, tx, engine, after, arguments));
    }
    TRY(derive(scope, after));
    add_faults(errors, TRY(faults(scope, tx, engine, after)));
    if (!errors.empty()) return refuse(std::move(errors));

    if (action.closes_steps) {
        const steps::Despite despite = TRY(consent(action, asked.arguments));
        TRY(may_close_steps(scope, tx, before, action, despite));
        const auto* reason = arguments.if_contains("reason");
        if (despite == steps::Despite::open_support)
            TRY(finish_over_support(scope, tx, before,
                                    reason && reason->is_string() ? std::string_view(reason->as_string()) : ""));
    }
    TRY(close_steps(scope, tx, after, action));
    TRY(move_steps(scope, tx, after, action));
    TRY(open_steps(scope, tx, engine, after, action));
    const auto reserved = TRY(reserved_number(action, asked.arguments));
    const bool numbered = action.number && after.declaration->book;
    if (numbered && after.value(after.declaration->book->field).is_null())
        TRY(take_number(scope, tx, after, reserved));
    else if (reserved)
        return fail(ErrorCode::conflict, "records.numbered_already", "number");
    boost::json::object details{{"action", action.code}};
    if (arguments.contains("reason")) details["reason_given"] = true;
    std::vector<journal::Change> said;
    add_arguments(said, after, arguments);
    TRY(keep(scope, tx, before, after, "record.acted", std::move(details), std::move(said)));
    return after;
}

namespace {

/// The first of the records that the scope may see; those hidden from it don't stand in their way.
Result<std::vector<RecordId>> first_visible(const Scope& scope, db::Reader& reader, std::span<const RecordId> records,
                                            std::size_t most) {
    constexpr std::size_t batch = 100;
    std::vector<RecordId> seen;
    for (std::size_t begin = 0; begin < records.size() && seen.size() < most; begin += batch)
        for (const RecordId each :
             TRY(rights::filter(scope, reader, records.subspan(begin, std::min(batch, records.size() - begin)))))
            if (seen.size() < most) seen.push_back(each);
    return seen;
}

}  // namespace

Result<std::vector<Checked::Warned>> warnings(const Scope& scope, db::Reader& reader, const Record& record) {
    std::vector<Checked::Warned> result;
    const auto names = record.names(scope);
    for (const registers::Warning& warning : record.declaration->warn) {
        const auto parsed = TRY(record.declaration->parsed(warning.when));
        if (!expression::truth(TRY(expression::evaluate(*parsed, names, reader)))) continue;
        const auto found = TRY(expression::found(reader, *parsed, names, Checked::Warned::looked_at));
        std::vector<RecordId> seen = TRY(first_visible(scope, reader, found, Checked::Warned::named));
        // That there are such records at all is not told to who sees none of them.
        if (!found.empty() && seen.empty()) continue;
        result.push_back({warning.label.in(scope.language), std::move(seen)});
    }
    return result;
}

}  // namespace records
