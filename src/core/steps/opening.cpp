#include <set>

#include "base/messages.h"
#include "base/text.h"
#include "core/calendar/calendar.h"
#include "core/steps/store.h"

namespace steps {
namespace {

constexpr std::size_t most_at_once = 500;

/// What a new step will be like, with the box its addressee finds it in.
struct Prepared {
    Step step;
    int box = box::todo;
};

/// The addressee is there today and belongs to the record's agency: another agency gets its own record, by delivery.
Result<std::vector<UnitId>> check_addressee(db::Reader& reader, SubjectId to, AgencyId agency, LocalDate today) {
    const std::vector<UnitId> units = TRY(store::units_of(reader, to, today));
    for (const UnitId unit : units)
        if (TRY(store::agency_of_unit(reader, unit, today)) == agency) return units;
    const std::string who = TRY(store::name_of(reader, to));
    return fail(ErrorCode::invalid, "steps.bad_addressee", "to", {{"who", who}});
}

Result<Prepared> prepare(const Scope& scope, db::Transaction& tx, const NewStep& wanted, const Opening& opening,
                         AgencyId agency) {
    const std::vector<UnitId> units = TRY(check_addressee(tx, wanted.to, agency, scope.today));
    if (wanted.due && !wanted.due_stands) TRY(calendar::require_possible(scope.today, *wanted.due, "due"));
    Prepared made;
    made.box = box::of(wanted.role);
    if (subject::kind(wanted.to) == subject::Kind::unit && TRY(store::has_clerk(tx, units.front(), scope.today)))
        made.box = box::waiting_book;
    Step& step = made.step;
    step.record = opening.record;
    step.agency = agency;
    step.parent = opening.parent;
    step.role = wanted.role;
    step.to = wanted.to;
    step.waiting_book = made.box == box::waiting_book;
    step.from_person = scope.person;
    step.from_post = scope.post;
    if (scope.on_behalf_of) step.on_behalf_of = *scope.on_behalf_of;
    step.instruction = TRY(clean(wanted.instruction, "instruction"));
    step.due = wanted.due;
    step.opened_at = tx.now();
    return made;
}

Result<StepId> put(const Scope& scope, db::Transaction& tx, Prepared& prepared, int urgency) {
    Step& step = prepared.step;
    step.id = TRY(store::insert(tx, step, prepared.box, urgency));
    TRY(grant(scope, tx, step));
    TRY(write_down(scope, tx, "step.opened", step,
                   {{"instruction", step.instruction}, {"due", step.due ? to_string(*step.due) : std::string()}}));
    return step.id;
}

Result<void> check_leads(db::Reader& reader, const Opening& opening) {
    const auto leads = std::ranges::count(opening.steps, Role::lead, &NewStep::role);
    if (leads == 0 || opening.leads == Leads::each) return {};
    const std::vector<Step> existing = TRY(store::of_record(reader, opening.record));
    const bool another = std::ranges::any_of(existing, [&](const Step& step) {
        return step.role == Role::lead && step.state == State::open && step.parent == opening.parent;
    });
    if (leads > 1 || another) return fail(ErrorCode::conflict, "steps.lead_exists");
    return {};
}

}  // namespace

Result<void> ask_giver_again(const Scope& scope, db::Transaction& tx, const Step& gone, const std::string& reason) {
    // What was split from a step comes back to who still has that step.
    if ((gone.role != Role::lead && gone.role != Role::task) || gone.parent) return {};
    for (const Step& other : TRY(store::of_record(tx, gone.record))) {
        if (other.parent || other.state != State::open) continue;
        if (other.role == Role::approve && other.to == gone.giver()) return {};
        const bool works = other.role == Role::lead || other.role == Role::task;
        if (works && gone.state == State::taken_back) return {};
    }
    const std::string words =
        messages::text(Language::vi, gone.state == State::returned ? "steps.returned_words" : "steps.taken_back_words",
                       {{"reason", reason}});
    NewStep wanted{.role = Role::approve, .to = gone.giver(), .instruction = shorten(words, longest_text)};
    Prepared prepared =
        TRY(prepare(scope, tx, wanted, {.record = gone.record, .steps = {}, .parent = {}}, gone.agency));
    prepared.step.due = gone.due;
    TRY(put(scope, tx, prepared, TRY(store::urgency(tx, gone.record))));
    changed(tx, {gone.giver()});
    return {};
}

SubjectId Step::giver() const {
    if (answers_to) return *answers_to;
    if (from_post) return subject::post(from_post);
    return from_person ? subject::person(from_person) : SubjectId{};
}

Result<std::vector<StepId>> open(const Scope& scope, db::Transaction& tx, const Opening& opening) {
    if (opening.steps.empty() || opening.steps.size() > most_at_once)
        return fail(ErrorCode::invalid, "steps.bad_count", "steps", {{"limit", std::to_string(most_at_once)}});
    std::set<SubjectId> addressees;
    for (const NewStep& wanted : opening.steps) {
        if (addressees.insert(wanted.to).second) continue;
        const std::string who = TRY(store::name_of(tx, wanted.to));
        return fail(ErrorCode::invalid, "steps.same_addressee", "to", {{"who", who}});
    }

    const std::optional<AgencyId> agency = TRY(store::agency_of_record(tx, opening.record));
    if (!agency) return fail(ErrorCode::not_found, "steps.not_found");
    if (opening.parent) {
        const Step parent = TRY(own_working(scope, tx, opening.parent));
        if (parent.record != opening.record) return fail(ErrorCode::not_found, "steps.not_found");
        for (const NewStep& wanted : opening.steps)
            if (wanted.due) TRY(require_within(scope, parent, *wanted.due));
        TRY(store::mark_acted(tx, parent.id));
    }
    TRY(check_leads(tx, opening));

    const int urgency = TRY(store::urgency(tx, opening.record));
    std::vector<StepId> opened;
    for (const NewStep& wanted : opening.steps) {
        Prepared prepared = TRY(prepare(scope, tx, wanted, opening, *agency));
        opened.push_back(TRY(put(scope, tx, prepared, urgency)));
    }
    changed(tx, {addressees.begin(), addressees.end()});
    return opened;
}

Result<void> give_notice(const Scope& scope, db::Transaction& tx, StepId id) {
    const std::optional<Step> step = TRY(store::find(tx, id));
    if (!step) return fail(ErrorCode::not_found, "steps.not_found");
    return tell(scope, tx, step->to, "steps.notice.given", "given", *step, {{"text", step->instruction}});
}

Result<StepId> carry_over(const Scope& scope, db::Transaction& tx, Step step) {
    int where = step.waiting_book ? box::waiting_book : box::of(step.role);
    if (step.state == State::taken_back) where = box::nowhere;
    if (step.state == State::done || step.state == State::returned) where = box::done;
    const int urgency = TRY(store::urgency(tx, step.record));
    step.id = TRY(store::insert(tx, step, where, urgency));
    if (step.state != State::taken_back) TRY(grant(scope, tx, step));
    return step.id;
}

Result<StepId> hand_on(const Scope& scope, db::Transaction& tx, StepId id, SubjectId to, std::string_view instruction) {
    const Step step = TRY(own_working(scope, tx, id));
    if (to == step.to) return fail(ErrorCode::invalid, "steps.handed_to_holder", "to");
    TRY(store::mark_acted(tx, id));
    TRY(store::close(scope, tx, id, {.outcome = "handed_on"}));
    TRY(write_down(scope, tx, "step.handed_on", step));

    NewStep wanted{.role = step.role, .to = to, .instruction = std::string(instruction)};
    if (wanted.instruction.empty()) wanted.instruction = step.instruction;
    Prepared prepared =
        TRY(prepare(scope, tx, wanted, {.record = step.record, .steps = {}, .parent = step.parent}, step.agency));
    prepared.step.due = step.due;  // also when it is past: handing on gives no time
    prepared.step.answers_to = step.giver();
    const int urgency = TRY(store::urgency(tx, step.record));
    const StepId next = TRY(put(scope, tx, prepared, urgency));
    TRY(store::move_children(tx, id, next));
    changed(tx, {step.to, to});
    return next;
}

}  // namespace steps
