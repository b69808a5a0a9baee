#include "modules/documents/documents.h"

#include "base/json.h"
#include "base/text.h"
#include "core/files/files.h"
#include "core/journal/journal.h"
#include "modules/documents/step_json.h"

namespace documents {

namespace {

using records::Engine;
using records::Record;

constexpr std::size_t most_addressees = 500;

constexpr db::Sql is_proposal{"documents.is_proposal", R"(select 1 from document_proposal where step_id = ?1)"};
constexpr db::Sql keep_proposal{"documents.keep_proposal", R"(
    insert into document_proposal (step_id, content, created_at) values (?1, ?2, ?3))"};

Result<void> add_steps(const std::optional<std::vector<PartyRef>>& parties, std::string_view field, steps::Role role,
                       const std::string& instruction, const std::optional<LocalDate>& due,
                       std::vector<steps::NewStep>& into) {
    if (!parties) return {};
    if (parties->size() > most_addressees)
        return fail(ErrorCode::too_large, "documents.too_many", field, {{"limit", std::to_string(most_addressees)}});
    for (const PartyRef& party : *parties) {
        // To be informed has no deadline: reading it is all that is asked.
        into.push_back(
            {role, TRY(subject_of(party, field)), instruction, role == steps::Role::inform ? std::nullopt : due});
    }
    return {};
}

Result<steps::Opening> opening_of(const Scope& scope, const Engine& engine, const Record& record,
                                  const Assignment& asked) {
    steps::Opening opening{record.id,
                           {},
                           asked.step.value_or(StepId{}),
                           asked.mass.value_or(false) ? steps::Leads::each : steps::Leads::one};
    const std::string instruction = asked.instruction.value_or("");
    std::optional<LocalDate> due = asked.due;
    if (!due && asked.working_days) {
        if (*asked.working_days < 1 || *asked.working_days > 1'000)
            return fail(ErrorCode::invalid, "documents.bad_working_days", "working_days");
        due = engine.calendar()->of(scope.agency).due_on(scope.now, static_cast<int>(*asked.working_days));
    }
    TRY(add_steps(asked.lead, "lead", steps::Role::lead, instruction, due, opening.steps));
    TRY(add_steps(asked.support, "support", steps::Role::support, instruction, due, opening.steps));
    TRY(add_steps(asked.inform, "inform", steps::Role::inform, instruction, due, opening.steps));
    if (opening.steps.empty()) return fail(ErrorCode::invalid, "documents.nobody_named", "lead");
    return opening;
}

/// Nobody supports, informs or consults oneself, and a step is not split to the one who has it.
/// Errors: invalid "documents.to_oneself".
Result<void> refuse_oneself(const Scope& scope, const steps::Opening& opening, std::optional<SubjectId> holder) {
    for (const steps::NewStep& wanted : opening.steps) {
        steps::Step mine;
        mine.to = wanted.to;
        const bool aside = wanted.role == steps::Role::support || wanted.role == steps::Role::inform ||
                           wanted.role == steps::Role::consult;
        if (wanted.to == holder || (aside && steps::is_addressee(scope, mine)))
            return fail(ErrorCode::invalid, "documents.to_oneself", enum_name(wanted.role));
    }
    return {};
}

/// Routing waits while what is declared for assigning does not hold: a letter that is still sealed goes nowhere.
Result<void> require_assignable(const Scope& scope, const Record& record) {
    const registers::Action* assigning = record.declaration->action("assign");
    return assigning ? records::require_guard(scope, record, *assigning) : Result<void>();
}

bool names(const std::optional<std::vector<PartyRef>>& parties) {
    return parties && !parties->empty();
}

Result<bool> leads_now(const Scope& scope, db::Reader& reader, RecordId record) {
    const auto steps = TRY(steps::tree(scope, reader, record));
    return std::ranges::any_of(steps, [](const steps::Step& step) {
        return step.role == steps::Role::lead && !step.parent && step.state == steps::State::open;
    });
}

/// What waited for this scope's decision on the record is answered by assigning.
Result<void> end_waiting(const Scope& scope, db::Transaction& tx, RecordId record) {
    for (const steps::Step& step : TRY(steps::tree(scope, tx, record))) {
        const bool decides = step.role == steps::Role::approve || step.role == steps::Role::task;
        if (step.state == steps::State::open && decides && steps::is_addressee(scope, step))
            TRY(steps::finish(scope, tx, step.id, {.outcome = "assigned"}));
    }
    return {};
}

/// Errors: conflict "documents.proposed_already" with {who}.
Result<void> require_not_proposed(const Scope& scope, db::Transaction& tx, RecordId record, SubjectId to) {
    for (const steps::Step& step : TRY(steps::tree(scope, tx, record))) {
        if (step.state != steps::State::open || step.to != to || !TRY(tx.row(is_proposal, step.id))) continue;
        records::Shown shown(scope, tx);
        const boost::json::object who = TRY(party_json(shown, to, {}));
        return fail(ErrorCode::conflict, "documents.proposed_already", "to",
                    {{"who", std::string(who.at("label").as_string())}});
    }
    return {};
}

}  // namespace

Result<SubjectId> subject_of(const PartyRef& party, std::string_view field) {
    if (party.id > 0) {
        if (party.kind == "post") return subject::post({party.id});
        if (party.kind == "unit") return subject::unit({party.id});
        if (party.kind == "person") return subject::person({party.id});
    }
    return fail(ErrorCode::invalid, "documents.bad_party", field);
}

namespace {

Result<void> act_assign(const Scope& scope, db::Transaction& tx, const Engine& engine, RecordId id,
                        std::int64_t version, const Assignment& asked) {
    boost::json::value arguments = encode(asked);
    TRY(records::act(scope, tx, engine, id, {"assign", version, std::move(arguments.as_object()), {}}));
    return {};
}

/// Errors: forbidden "steps.not_yours", conflict "steps.closed", "documents.not_split" with {role}.
Result<void> split(const Scope& scope, db::Transaction& tx, const Engine& engine, RecordId id, StepId from,
                   const Assignment& asked) {
    const Record record = TRY(records::open(scope, tx, engine, id));
    const steps::Step step = TRY(steps::find(scope, tx, from));
    if (step.record != id) return fail(ErrorCode::not_found, "steps.not_found", "step");
    if (!steps::is_addressee(scope, step)) return fail(ErrorCode::forbidden, "steps.not_yours", "step");
    if (step.state != steps::State::open) return fail(ErrorCode::conflict, "steps.closed", "step");
    // A decision that is asked for is about the whole document: the answer is to assign that.
    if (step.role == steps::Role::approve && record.declaration->action("assign"))
        return act_assign(scope, tx, engine, id, asked.version.value_or(record.version), asked);
    const bool works =
        step.role == steps::Role::lead || step.role == steps::Role::support || step.role == steps::Role::task;
    if (!works)
        return fail(ErrorCode::conflict, "documents.not_split", "step",
                    {{"role", messages::text(scope.language, "documents.role_" + std::string(enum_name(step.role)))}});
    TRY(require_assignable(scope, record));
    TRY(records::refuse_text(engine, record, "instruction", asked.instruction.value_or("")));
    const steps::Opening opening = TRY(opening_of(scope, engine, record, asked));
    TRY(refuse_oneself(scope, opening, step.to));
    TRY(steps::open(scope, tx, opening));
    return {};
}

}  // namespace

Result<void> assign(const Scope& scope, db::Transaction& tx, const Engine& engine, RecordId id,
                    const Assignment& asked) {
    if (asked.step && *asked.step) return split(scope, tx, engine, id, *asked.step, asked);
    if (!asked.version) return fail(ErrorCode::invalid, "base.missing_field", "version");
    return act_assign(scope, tx, engine, id, *asked.version, asked);
}

Result<void> propose(const Scope& scope, db::Transaction& tx, const Engine& engine, RecordId id,
                     const Proposal& asked) {
    const Record record = TRY(records::open(scope, tx, engine, id));
    TRY(require_assignable(scope, record));
    if (!TRY(records::may_propose(scope, tx, record))) return fail(ErrorCode::forbidden, "documents.may_not_route");
    const std::string text = asked.text.value_or("");
    TRY(records::refuse_text(engine, record, "text", text));
    if (record.secrecy <= engine.ceiling && trim(text).empty())
        return fail(ErrorCode::invalid, "documents.needs_text", "text");
    if (asked.due && *asked.due < scope.today)
        return fail(ErrorCode::invalid, "documents.due_before_today", "due", {{"today", to_vietnamese(scope.today)}});
    const SubjectId to = TRY(subject_of(asked.to, "to"));
    TRY(require_not_proposed(scope, tx, id, to));
    TRY(end_waiting(scope, tx, id));
    const auto opened =
        TRY(steps::open(scope, tx, {id, {{steps::Role::approve, to, text, {}}}, {}, steps::Leads::one}));
    TRY(tx.execute(keep_proposal, opened.front(), boost::json::serialize(encode(asked)), tx.now()));
    TRY(journal::write(scope, tx,
                       {.action = "document.proposed",
                        .record = id,
                        .register_id = record.declaration->id,
                        .details = {{"step", opened.front().value}}}));
    return {};
}

Result<void> consult(const Scope& scope, db::Transaction& tx, const Engine& engine, RecordId id,
                     const Consultation& asked) {
    const Record record = TRY(records::open(scope, tx, engine, id));
    TRY(require_assignable(scope, record));
    if (!TRY(records::may_consult(scope, tx, record))) return fail(ErrorCode::forbidden, "documents.may_not_route");
    TRY(records::refuse_text(engine, record, "text", asked.text));
    // Above the ceiling an opinion could not be given here either.
    if (record.secrecy > engine.ceiling) return fail(ErrorCode::forbidden, "records.text_above_ceiling", "text");
    if (asked.to.empty() || asked.to.size() > 50) return fail(ErrorCode::invalid, "documents.nobody_named", "to");
    if (trim(asked.text).empty()) return fail(ErrorCode::invalid, "documents.needs_text", "text");
    steps::Opening opening{id, {}, {}, steps::Leads::one};
    // Whoever has a step asks beneath it, so that the opinions come back to that step.
    for (const steps::Step& step : TRY(steps::tree(scope, tx, id)))
        if (step.state == steps::State::open && step.role != steps::Role::inform && steps::is_addressee(scope, step))
            opening.parent = step.id;
    for (const PartyRef& party : asked.to)
        opening.steps.push_back({steps::Role::consult, TRY(subject_of(party, "to")), asked.text, asked.due});
    TRY(refuse_oneself(scope, opening, {}));
    TRY(steps::open(scope, tx, opening));
    return {};
}

namespace {

bool is_assigned(const Record& record) {
    return std::ranges::any_of(record.declaration->actions,
                               [](const registers::Action& action) { return action.handled_by == "documents.assign"; });
}

bool is_by(const registers::Action& action, std::string_view role) {
    return std::ranges::find(action.by, role, &registers::Actor::role) != action.by.end();
}

}  // namespace

Result<const registers::Action*> ending_action(const Scope& scope, db::Reader& reader, const Record& record,
                                               const steps::Step& step) {
    const registers::Action* none = nullptr;
    const bool decides = step.role == steps::Role::approve;
    if ((step.role != steps::Role::lead && !decides) || step.parent || is_assigned(record)) return none;
    const std::string role(enum_name(step.role));
    for (const registers::Action& action : record.declaration->actions)
        if (is_by(action, role) && records::in_state(record, action.from) && !action.to.empty()) return &action;
    if (!decides) return none;
    // Others decide by who they are: what closes the waiting answers it, for whoever may do it.
    for (const registers::Action* action : TRY(records::actions_of(scope, reader, record)))
        if (std::ranges::find(action->closes_roles, role) != action->closes_roles.end()) return action;
    return none;
}

namespace {

/// The record is done with the last lead given from it, unless what another gave back still waits for a decision. What
/// an action would have written down stands in it as well. Errors: conflict "documents.nobody_leads": who only ends
/// such a waiting leaves the work with nobody.
Result<void> end_work(const Scope& scope, db::Transaction& tx, Record& record, const steps::Step& ended,
                      const steps::Finish& closing) {
    const registers::State* now = record.declaration->state(record.state);
    if (!now || now->kind == registers::State::Kind::final || !record.declaration->state("done")) return {};
    if (ended.role != steps::Role::lead && ended.role != steps::Role::approve) return {};
    bool was_led = false, was_done = false;
    for (const steps::Step& other : TRY(steps::tree(scope, tx, record.id))) {
        if (other.parent) continue;
        const bool decides = other.role == steps::Role::approve;
        if ((decides || other.role == steps::Role::lead) && other.state == steps::State::open) return {};
        was_led = was_led || other.role == steps::Role::lead;
        was_done = was_done || (other.role == steps::Role::lead && other.state == steps::State::done &&
                                other.outcome.value_or("") != "handed_on");
    }
    if (!was_led) return {};
    if (!was_done) return fail(ErrorCode::conflict, "documents.nobody_leads");
    std::map<std::string, db::Value> columns;
    if (record.declaration->field("finished_on")) columns["finished_on"] = scope.today;
    if (ended.role == steps::Role::lead && closing.outcome == "no_reply") {
        if (record.declaration->field("no_reply_reason"))
            columns["no_reply_reason"] = shorten(closing.reason, 500);
        else if (const registers::Field* result = record.declaration->field("result");
                 result && result->type == registers::FieldType::long_text && record.value("result").is_null())
            columns["result"] = closing.reason;
    }
    return records::set(scope, tx, record, columns, "done", "document.finished");
}

}  // namespace

Result<void> finish(const Scope& scope, db::Transaction& tx, const Engine& engine, StepId id, const Finish& asked) {
    const steps::Step step = TRY(steps::find(scope, tx, id));
    Record record = TRY(records::open(scope, tx, engine, step.record));
    if (!steps::is_addressee(scope, step)) return fail(ErrorCode::forbidden, "steps.not_yours");
    steps::Finish closing{asked.outcome, {}, std::string(trim(asked.reason.value_or("")))};
    if (const registers::Action* action = TRY(ending_action(scope, tx, record, step)))
        return fail(ErrorCode::conflict, "documents.finish_by_action", {},
                    {{"action", action->label.in(scope.language)}});
    if (step.role == steps::Role::lead) {
        if (asked.outcome == "product") {
            if (!asked.record || *asked.record == record.id)
                return fail(ErrorCode::invalid, "documents.needs_product", "record");
            TRY(records::open(scope, tx, engine, *asked.record));
            closing.result = *asked.record;
            const auto linked = records::link(scope, tx, engine, *asked.record, record.id, "answers");
            if (!linked && linked.error().message != "records.linked_already") return std::unexpected(linked.error());
        } else if (asked.outcome == "result") {
            if (!asked.file) return fail(ErrorCode::invalid, "documents.needs_file", "file");
            if (record.secrecy > engine.ceiling) return fail(ErrorCode::forbidden, "documents.above_ceiling", "file");
            TRY(records::refuse_sealed(scope, record));
            files::Attachment as;
            as.role = "result";
            TRY(files::attach(scope, tx, record.id, *asked.file, as));
        } else if (asked.outcome == "no_reply") {
            if (closing.reason.empty()) return fail(ErrorCode::invalid, "documents.needs_reason", "reason");
        } else {
            return fail(ErrorCode::invalid, "documents.needs_product", "outcome");
        }
    } else if (asked.outcome.empty()) {
        closing.outcome = "done";
    }
    if (asked.despite_open.value_or(false)) closing.despite = steps::Despite::open_support;
    TRY(steps::finish(scope, tx, id, closing));
    if (is_assigned(record) && !step.parent) TRY(end_work(scope, tx, record, step, closing));
    return {};
}

Result<void> decide_extension(const Scope& scope, db::Transaction& tx, const Engine& engine, StepId id,
                              const steps::Decision& decision) {
    TRY(steps::decide_extension(scope, tx, id, decision));
    const steps::Step step = TRY(steps::find(scope, tx, id));
    if (!decision.granted || step.parent || !step.due) return {};
    return records::move_deadline(scope, tx, engine, step.record, enum_name(step.role), *step.due);
}

void handlers(Engine& engine) {
    engine.handle("documents.assign",
                  [](const Scope& scope, db::Transaction& tx, const Engine& with, Record& record,
                     const boost::json::object& arguments) -> Result<void> {
                      Assignment asked = TRY(decode<Assignment>(arguments));
                      asked.step.reset();
                      const steps::Opening opening = TRY(opening_of(scope, with, record, asked));
                      TRY(refuse_oneself(scope, opening, {}));
                      const bool is_led = names(asked.lead) || TRY(leads_now(scope, tx, record.id));
                      if (!is_led && names(asked.support))
                          return fail(ErrorCode::invalid, "documents.needs_lead", "lead");
                      // To be informed is no work: the record stays where it is, and whoever decides on it still has
                      // to.
                      if (!is_led) record.state = TRY(records::open(scope, tx, with, record.id)).state;
                      TRY(steps::open(scope, tx, opening));
                      if (is_led) TRY(end_waiting(scope, tx, record.id));
                      const auto& deadline = record.declaration->deadline;
                      const auto lead = std::ranges::find(opening.steps, steps::Role::lead, &steps::NewStep::role);
                      if (deadline && lead != opening.steps.end() && lead->due)
                          record.columns[deadline->field] = *lead->due;
                      return {};
                  });
}

}  // namespace documents
