#include "core/steps/steps.h"

#include "core/org/org.h"
#include "core/records/row.h"
#include "core/records/store.h"
#include "core/scope/subject.h"
#include "core/steps/inbox.h"

namespace records {

namespace {

const std::map<std::string, steps::Role, std::less<>>& step_roles() {
    static const std::map<std::string, steps::Role, std::less<>> roles{
        {"lead", steps::Role::lead},       {"support", steps::Role::support}, {"inform", steps::Role::inform},
        {"consult", steps::Role::consult}, {"initial", steps::Role::initial}, {"approve", steps::Role::approve},
        {"sign", steps::Role::sign},       {"task", steps::Role::task}};
    return roles;
}

/// The post a role stands for: in the record's unit, the nearest above it, or the agency; the first by order.
Result<std::optional<SubjectId>> post_with_role(const Scope& scope, db::Reader& reader, const Record& record,
                                                const registers::Actor& actor) {
    using Place = registers::Actor::Place;
    if (actor.place != Place::agency && record.unit) {
        const auto tree = TRY(org::Tree::load(reader, scope.today));
        for (const UnitId unit : tree->line(record.unit)) {
            if (const auto row = TRY(reader.row(store::post_with_role_in_unit, actor.role, unit, scope.today)))
                return std::optional(subject::post({row->integer(0)}));
            if (actor.place == Place::unit) break;
        }
        return std::optional<SubjectId>();
    }
    const auto tree = TRY(org::Tree::load(reader, scope.today));
    for (const UnitId unit : tree->subtree({record.agency.value})) {
        const org::Unit* place = tree->find(unit);
        if (!place || place->agency != record.agency) continue;
        if (const auto row = TRY(reader.row(store::post_with_role_in_unit, actor.role, unit, scope.today)))
            return std::optional(subject::post({row->integer(0)}));
    }
    return std::optional<SubjectId>();
}

Result<std::optional<SubjectId>> addressee(const Scope& scope, db::Reader& reader, const Record& record,
                                           const registers::Actor& actor) {
    if (actor.role == "creator") {
        if (record.created_by_post) return std::optional(subject::post(record.created_by_post));
        return record.created_by ? std::optional(subject::person(record.created_by)) : std::nullopt;
    }
    if (actor.role == "unit") return record.unit ? std::optional(subject::unit(record.unit)) : std::nullopt;
    if (actor.role == "field") {
        const registers::Field* field = record.declaration->field(actor.field);
        const std::int64_t id = record.number(actor.field);
        if (!field || id == 0) return std::optional<SubjectId>();
        if (field->type == registers::FieldType::person) return std::optional(subject::person({id}));
        if (field->type == registers::FieldType::post) return std::optional(subject::post({id}));
        return std::optional(subject::unit({id}));
    }
    return post_with_role(scope, reader, record, actor);
}

}  // namespace

bool is_step_role(std::string_view role) {
    return role == "holder" || step_roles().contains(role);
}

Result<bool> holds_step(const Scope& scope, db::Reader& reader, RecordId record, std::string_view role) {
    const auto found = step_roles().find(role);
    return steps::takes_part(scope, reader, record,
                             found == step_roles().end() ? std::nullopt : std::optional(found->second),
                             steps::Which::open);
}

Result<void> may_close_steps(const Scope& scope, db::Reader& reader, const Record& record,
                             const registers::Action& action, steps::Despite despite) {
    std::vector<registers::Actor> by_right;
    for (const registers::Actor& actor : action.by)
        if (!is_step_role(actor.role)) by_right.push_back(actor);
    if (TRY(is_one_of(scope, reader, record, by_right))) return {};
    bool leads = false;
    std::int64_t beside = 0, helping = 0;
    std::set<StepId> under;  // what was split from another's work is that one's to end
    for (const steps::Step& step : TRY(steps::tree(scope, reader, record.id))) {
        const bool own = steps::is_addressee(scope, step);
        const bool helps = step.role == steps::Role::support || step.role == steps::Role::consult;
        if (under.contains(step.parent) || (!step.parent && !own && !helps)) under.insert(step.id);
        if (step.state != steps::State::open || step.role == steps::Role::inform) continue;
        leads = leads || (own && !step.parent);
        if (!own) ++(under.contains(step.id) ? beside : helping);
    }
    if (!leads) return fail(ErrorCode::forbidden, "records.only_lead_ends");
    if (beside > 0)
        return fail(ErrorCode::conflict, "records.steps_of_others", {}, {{"count", std::to_string(beside)}});
    if (helping > 0 && despite == steps::Despite::nothing)
        return fail(ErrorCode::conflict, "records.steps_open", {}, {{"count", std::to_string(helping)}});
    return {};
}

Result<void> finish_over_support(const Scope& scope, db::Transaction& tx, const Record& record,
                                 std::string_view reason) {
    const steps::Finish how{"done", {}, std::string(reason), steps::Despite::open_support};
    for (const steps::Step& step : TRY(steps::tree(scope, tx, record.id)))
        if (step.state == steps::State::open && step.role == steps::Role::lead && !step.parent &&
            steps::is_addressee(scope, step))
            TRY(steps::finish(scope, tx, step.id, how));
    return {};
}

Result<void> open_steps(const Scope& scope, db::Transaction& tx, const Engine& engine, const Record& record,
                        const registers::Action& action) {
    if (action.opens.empty()) return {};
    steps::Opening opening{record.id, {}, {}, steps::Leads::each};
    std::vector<bool> told;
    for (const registers::OpenedStep& each : action.opens) {
        if (!TRY(condition_holds(scope, record, each.when))) continue;
        const auto to = TRY(addressee(scope, tx, record, each.to));
        if (!to) return fail(ErrorCode::conflict, "records.nobody_to_ask", {}, {{"who", each.to.written}});
        steps::NewStep step{step_roles().at(each.role), *to,
                            each.instruction.empty() ? action.label.vi : each.instruction, std::nullopt};
        if (each.working_days) step.due = engine.calendar()->of(record.agency).due_on(tx.now(), *each.working_days);
        if (const auto day = parse_date(record.text(each.due_field))) {
            step.due = *day;
            step.due_stands = true;
        }
        opening.steps.push_back(std::move(step));
        told.push_back(each.notice);
    }
    if (opening.steps.empty()) return {};
    const std::vector<StepId> opened = TRY(steps::open(scope, tx, opening));
    for (std::size_t i = 0; i < opened.size(); ++i)
        if (told[i]) TRY(steps::give_notice(scope, tx, opened[i]));
    return {};
}

Result<void> close_steps(const Scope& scope, db::Transaction& tx, const Record& record,
                         const registers::Action& action) {
    if (!action.closes_steps && action.closes_roles.empty()) return {};
    std::vector<steps::Role> roles;
    for (const std::string& role : action.closes_roles) roles.push_back(step_roles().at(role));
    TRY(steps::close_all(scope, tx, record.id, action.closes_steps ? "done" : "closed", roles));
    return {};
}

Result<void> move_steps(const Scope& scope, db::Transaction& tx, const Record& record,
                        const registers::Action& action) {
    for (const registers::MovedSteps& each : action.moves) {
        const auto day = parse_date(record.text(each.due_field));
        TRY(steps::move_due(scope, tx, record.id, step_roles().at(each.role),
                            day ? std::optional(*day) : std::nullopt));
    }
    return {};
}

Result<void> move_deadline(const Scope& scope, db::Transaction& tx, const Engine& engine, RecordId id,
                           std::string_view role, LocalDate granted) {
    Record record = TRY(read_row(tx, engine, id));
    const auto& deadline = record.declaration->deadline;
    if (!deadline || deadline->follows != role) return {};
    auto now = parse_date(record.text(deadline->field));
    if (!now && !deadline->otherwise.empty()) now = parse_date(record.text(deadline->otherwise));
    // Without a deadline of its own the record is asked for by its steps' alone.
    if (!now || *now >= granted) return {};
    return set(scope, tx, record, {{deadline->field, db::Value(to_string(granted))}}, {}, "record.deadline_moved");
}

Result<void> show_in_inbox(db::Transaction& tx, const Record& record) {
    static const std::map<std::string, int, std::less<>> urgencies{{"urgent", 1}, {"very_urgent", 2}, {"express", 3}};
    steps::Shown shown;
    if (const auto urgency = urgencies.find(record.text("urgency")); urgency != urgencies.end())
        shown.urgency = urgency->second;
    shown.notation = record.text("notation");
    shown.author = record.text("sender");
    if (shown.urgency == 0 && shown.notation.empty() && shown.author.empty()) return {};
    return steps::show(tx, record.id, shown);
}

}  // namespace records
