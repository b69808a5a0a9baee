#include "core/records/records.h"
#include "core/records/row.h"
#include "core/records/store.h"
#include "core/steps/steps.h"

namespace records {

const db::Value& Record::value(std::string_view field) const {
    static const db::Value null;
    const auto found = columns.find(field);
    return found == columns.end() ? null : found->second;
}

std::string Record::text(std::string_view field) const {
    return value(field).text() ? *value(field).text() : std::string();
}
std::int64_t Record::number(std::string_view field) const {
    return value(field).integer() ? *value(field).integer() : 0;
}

rights::Placed Record::bare() const {
    return {id, agency, unit, created_by_post, created_by, {}};
}

rights::Placed Record::placed() const {
    rights::Placed placed = bare();
    // A field that isn't given is empty.
    for (const auto& [code, column] : columns)
        if (const registers::Field* field = column.is_null() ? nullptr : declaration->field(code))
            placed.values[code] = to_expression(*field, column);
    placed.values["state"] = state;
    placed.values["title"] = title;
    if (id) placed.values["id"] = Decimal{id.value, 0};
    placed.values["agency"] = Decimal{agency.value, 0};
    placed.values["unit"] = unit ? expression::Value(Decimal{unit.value, 0}) : expression::Value();
    placed.values["creator"] = created_by ? expression::Value(Decimal{created_by.value, 0}) : expression::Value();
    placed.values["created_at"] = created_at;
    placed.values["updated_at"] = updated_at;
    return placed;
}

std::map<std::string, expression::Value, std::less<>> Record::names(const Scope& scope) const {
    auto names = placed().values;
    rights::add_asker(scope, names);
    return names;
}

const Handler* Engine::handler(std::string_view name) const {
    const auto found = handlers_.find(name);
    return found == handlers_.end() ? nullptr : &found->second;
}

std::shared_ptr<const calendar::Calendar> Engine::calendar() const {
    const std::lock_guard lock(mutex_);
    return calendar_;
}

void Engine::set_calendar(std::shared_ptr<const calendar::Calendar> calendar) {
    const std::lock_guard lock(mutex_);
    calendar_ = std::move(calendar);
}

std::vector<const registers::Field*> readable_fields(const Scope& scope, const registers::Declaration& declaration) {
    std::vector<const registers::Field*> fields;
    for (const registers::Field& field : declaration.fields) {
        const bool open =
            field.visible_to.empty() ||
            std::ranges::any_of(field.visible_to, [&](const std::string& role) { return scope.has_role(role); });
        if (open) fields.push_back(&field);
    }
    return fields;
}

Result<Record> read_row(db::Reader& reader, const Engine& engine, RecordId id) {
    const auto head = TRY(reader.row(store::record_head, id));
    if (!head) return fail(ErrorCode::not_found, "records.not_found");
    Record record;
    record.id = id;
    record.uuid = head->text(0);
    record.declaration = engine.catalogue.find(head->id<struct RegisterNoun>(1), static_cast<int>(head->integer(4)));
    if (!record.declaration) return fail_internal("no declaration for a record's form version");
    record.agency = head->id<struct AgencyNoun>(2);
    record.unit = head->id<struct UnitNoun>(3);
    record.state = head->text(5);
    record.title = head->text(6);
    record.secrecy = static_cast<Secrecy>(head->integer(7));
    record.created_at = head->instant(8);
    record.created_by = head->id<struct PersonNoun>(9);
    record.created_by_post = head->id<struct PostNoun>(10);
    record.updated_at = head->instant(11);
    record.version = head->integer(12);

    db::Query query("records.read_row");
    query.add("select record_id");
    for (const registers::Field& field : record.declaration->fields) query.add(", ").identifier(field.column);
    query.add(" from ").identifier(record.declaration->table).add(" where record_id = ").value(id);
    const auto row = TRY(reader.row(query));
    if (!row) return fail_internal("a record without its row");
    std::size_t column = 1;
    for (const registers::Field& field : record.declaration->fields) {
        if (!(*row)[column].is_null()) record.columns.emplace(field.code, (*row)[column]);
        ++column;
    }
    return record;
}

Result<Record> open(const Scope& scope, db::Reader& reader, const Engine& engine, RecordId id) {
    if (!TRY(rights::can_see(scope, reader, id))) return fail(ErrorCode::not_found, "records.not_found");
    return read_row(reader, engine, id);
}

Result<std::vector<const registers::Action*>> actions_of(const Scope& scope, db::Reader& reader, const Record& record) {
    std::vector<const registers::Action*> actions;
    for (const registers::Action& action : record.declaration->actions) {
        if (!in_state(record, action.from) || !TRY(is_one_of(scope, reader, record, action.by)) ||
            !TRY(condition_holds(scope, record, action.when)))
            continue;
        if (action.closes_steps) {
            // Over others' open work it stays on offer: its refusal says what to do first.
            const auto may_close = may_close_steps(scope, reader, record, action);
            if (!may_close && may_close.error().code == ErrorCode::forbidden) continue;
            if (!may_close && may_close.error().code != ErrorCode::conflict) return std::unexpected(may_close.error());
        }
        actions.push_back(&action);
    }
    return actions;
}

Result<bool> may_edit(const Scope& scope, db::Reader& reader, const Record& record) {
    for (const auto& [actor, states] : record.declaration->edit)
        if (in_state(record, states) && TRY(is_one_of(scope, reader, record, {actor}))) return true;
    return false;
}

bool is_registered(const Record& record) {
    const auto& book = record.declaration->book;
    return record.state != record.declaration->initial_state().code || (book && !record.value(book->field).is_null());
}

Result<bool> may_route(const Scope& scope, db::Reader& reader, const Record& record) {
    if (!scope.may("assign") || !record.declaration->action("assign")) return false;
    for (const registers::Action* action : TRY(actions_of(scope, reader, record)))
        if (action->code == "assign") return true;
    return steps::works_on(scope, reader, record.id, steps::Which::open);
}

Result<bool> may_propose(const Scope& scope, db::Reader& reader, const Record& record) {
    const registers::Action* assigning = record.declaration->action("assign");
    const bool prepares =
        assigning && scope.has_role("secretary") && record.agency == scope.agency && in_state(record, assigning->from);
    return prepares || TRY(may_route(scope, reader, record));
}

Result<bool> may_consult(const Scope& scope, db::Reader& reader, const Record& record) {
    if (TRY(may_edit(scope, reader, record)) || TRY(may_route(scope, reader, record))) return true;
    return steps::works_on(scope, reader, record.id, steps::Which::open);
}

bool in_state(const Record& record, const std::vector<std::string>& states) {
    if (!states.empty()) return std::ranges::find(states, record.state) != states.end();
    const registers::State* state = record.declaration->state(record.state);
    return state && state->kind != registers::State::Kind::final;
}

Result<bool> condition_holds(const Scope& scope, const Record& record, const std::string& condition) {
    if (condition.empty()) return true;
    const auto parsed = TRY(record.declaration->parsed(condition));
    return expression::truth(TRY(expression::evaluate(*parsed, record.names(scope))));
}

Result<bool> is_one_of(const Scope& scope, db::Reader& reader, const Record& record,
                       const std::vector<registers::Actor>& actors) {
    const bool asks_values = std::ranges::any_of(actors, rights::asks_values);
    rights::Placed placed = asks_values ? record.placed() : record.bare();
    if (asks_values) rights::add_asker(scope, placed.values);
    for (const registers::Actor& actor : actors) {
        if (is_step_role(actor.role)) {
            if (TRY(holds_step(scope, reader, record.id, actor.role))) return true;
        } else if (TRY(rights::is_actor(scope, reader, *record.declaration, actor, placed))) {
            return true;
        }
    }
    return false;
}

}  // namespace records
