#include "core/calendar/calendar.h"
#include "core/rights/rights.h"
#include "core/steps/store.h"

namespace steps {
namespace {

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 40 &&
           std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

bool is_under(const std::vector<Step>& steps, const Step& step, StepId ancestor) {
    StepId above = step.parent;
    for (std::size_t depth = 0; above && depth < steps.size(); ++depth) {
        if (above == ancestor) return true;
        const auto found = std::ranges::find(steps, above, &Step::id);
        above = found == steps.end() ? StepId{} : found->parent;
    }
    return false;
}

/// What others still have to do for this one: all that was split from it, and for a lead what supports it, unless
/// another lead beside it goes on. Who is only informed holds nobody up.
std::vector<Step> open_support(const std::vector<Step>& steps, const Step& done) {
    const auto beside = [&](const Step& step) { return step.id != done.id && step.parent == done.parent; };
    const bool another_lead = std::ranges::any_of(
        steps, [&](const Step& step) { return beside(step) && step.role == Role::lead && step.state == State::open; });
    std::vector<Step> open;
    for (const Step& step : steps) {
        if (step.state != State::open || step.role == Role::inform) continue;
        const bool supports = done.role == Role::lead && !another_lead && beside(step) &&
                              (step.role == Role::support || step.role == Role::consult);
        if (supports || is_under(steps, step, done.id)) open.push_back(step);
    }
    return open;
}

Result<void> close_with_lead(const Scope& scope, db::Transaction& tx, const Step& step, const std::string& reason) {
    TRY(store::close(scope, tx, step.id, {.outcome = "closed_with_lead", .reason = reason}));
    TRY(write_down(scope, tx, "step.closed_with_lead", step, {{"reason", reason}}));
    TRY(tell(scope, tx, step.to, "steps.notice.closed_with_lead", "closed", step, {{"reason", reason}}));
    changed(tx, {step.to});
    return {};
}

Result<void> end(const Scope& scope, db::Transaction& tx, const Step& step, const store::Closing& closing,
                 std::string_view action) {
    TRY(store::mark_acted(tx, step.id));
    TRY(store::close(scope, tx, step.id, closing));
    TRY(write_down(scope, tx, action, step, {{"outcome", closing.outcome}, {"reason", closing.reason}}));
    changed(tx, {step.to, step.giver()});
    return {};
}

}  // namespace

Result<void> seen(const Scope& scope, db::Transaction& tx, StepId id) {
    const std::optional<Step> step = TRY(store::find(tx, id));
    if (step && step->state != State::open && is_addressee(scope, *step)) return {};  // opened again later
    const Step mine = TRY(own_open(scope, tx, id));
    const bool first = !mine.seen_at;
    if (first) TRY(store::mark_seen(tx, id));
    if (mine.role == Role::inform && !mine.waiting_book) return end(scope, tx, mine, {.outcome = "seen"}, "step.done");
    if (first) TRY(write_down(scope, tx, "step.seen", mine));
    return {};
}

Result<void> enter_in_book(const Scope& scope, db::Transaction& tx, StepId id) {
    std::optional<Step> found = TRY(store::find(tx, id));
    if (found && !found->waiting_book && TRY(rights::can_see(scope, tx, found->record)))
        return fail(ErrorCode::conflict, "steps.not_waiting_book");
    Step step = TRY(own_open(scope, tx, id));
    TRY(store::set_box(tx, id, box::of(step.role)));
    step.waiting_book = false;
    TRY(grant(scope, tx, step));
    TRY(write_down(scope, tx, "step.booked", step));
    changed(tx, {step.to});
    return {};
}

Result<void> finish(const Scope& scope, db::Transaction& tx, StepId id, const Finish& asked) {
    const Step step = TRY(own_working(scope, tx, id));
    if (!is_code(asked.outcome)) return fail(ErrorCode::invalid, "steps.bad_outcome", "outcome");
    const std::string reason = TRY(clean(asked.reason, "reason"));
    if (step.role == Role::consult) return fail(ErrorCode::conflict, "steps.needs_opinion");

    const std::vector<Step> steps = TRY(store::of_record(tx, step.record));
    const std::vector<Step> support = open_support(steps, step);
    if (!support.empty()) {
        if (asked.despite == Despite::nothing)
            return fail(ErrorCode::conflict, "steps.support_open", {}, {{"count", std::to_string(support.size())}});
        if (reason.empty()) return fail(ErrorCode::invalid, "steps.no_reason", "reason");
    }
    for (const Step& open : support) TRY(close_with_lead(scope, tx, open, reason));
    TRY(end(scope, tx, step, {.outcome = asked.outcome, .reason = reason, .result = asked.result}, "step.done"));
    if (step.role == Role::lead || step.role == Role::task)
        TRY(tell(scope, tx, step.giver(), "steps.notice.done", "closed", step));
    return {};
}

Result<void> give_opinion(const Scope& scope, db::Transaction& tx, StepId id, std::string_view raw) {
    const std::optional<Step> before = TRY(store::find(tx, id));
    if (before && before->opinion && is_addressee(scope, *before))
        return fail(ErrorCode::conflict, "steps.opinion_given");
    const Step step = TRY(own_working(scope, tx, id));
    if (step.role != Role::consult && step.role != Role::support)
        return fail(ErrorCode::conflict, "steps.no_opinion_asked");
    const std::string text = TRY(clean_needed(raw, "text", "steps.no_text"));
    TRY(store::set_opinion(tx, id, text));
    TRY(store::mark_acted(tx, id));
    TRY(store::close(scope, tx, id, {.outcome = "opinion"}));
    TRY(write_down(scope, tx, "step.opinion_given", step, {{"opinion", text}}));
    TRY(tell(scope, tx, step.giver(), "steps.notice.opinion", "opinion", step));
    changed(tx, {step.to, step.giver()});
    return {};
}

Result<void> return_to_giver(const Scope& scope, db::Transaction& tx, StepId id, std::string_view raw) {
    const Step step = TRY(own_open(scope, tx, id));
    const std::string reason = TRY(clean_needed(raw, "reason", "steps.no_reason"));
    if (!step.giver()) return fail(ErrorCode::conflict, "steps.no_giver");
    const std::vector<Step> steps = TRY(store::of_record(tx, step.record));
    for (const Step& other : steps)
        if (other.parent == id && other.state == State::open) return fail(ErrorCode::conflict, "steps.children_open");
    TRY(end(scope, tx, step, {.state = State::returned, .reason = reason}, "step.returned"));
    Step gone = step;
    gone.state = State::returned;
    TRY(ask_giver_again(scope, tx, gone, reason));
    return tell(scope, tx, step.giver(), "steps.notice.returned", "returned", step, {{"reason", reason}});
}

Result<void> take_back(const Scope& scope, db::Transaction& tx, StepId id) {
    const Step step = TRY(given_open(scope, tx, id));
    if (step.acted_at) return fail(ErrorCode::conflict, "steps.acted_on");
    TRY(store::close(scope, tx, id, {.state = State::taken_back}));
    TRY(revoke(scope, tx, step));
    TRY(write_down(scope, tx, "step.taken_back", step));
    changed(tx, {step.to, step.giver()});
    Step gone = step;
    gone.state = State::taken_back;
    return step.giver() ? ask_giver_again(scope, tx, gone, {}) : Result<void>();
}

Result<int> close_all(const Scope& scope, db::Transaction& tx, RecordId record, std::string_view outcome,
                      const std::vector<Role>& roles) {
    int closed = 0;
    for (const Step& step : TRY(store::of_record(tx, record))) {
        if (step.state != State::open) continue;
        if (!roles.empty() && std::ranges::find(roles, step.role) == roles.end()) continue;
        TRY(store::close(scope, tx, step.id, {.outcome = std::string(outcome)}));
        TRY(write_down(scope, tx, "step.done", step, {{"outcome", std::string(outcome)}}));
        changed(tx, {step.to, step.giver()});
        ++closed;
    }
    return closed;
}

Result<int> move_due(const Scope& scope, db::Transaction& tx, RecordId record, Role role,
                     std::optional<LocalDate> due) {
    int moved = 0;
    for (const Step& step : TRY(store::of_record(tx, record))) {
        if (step.state != State::open || step.role != role || step.parent || step.due == due) continue;
        if (due) TRY(calendar::require_possible(scope.today, *due, "due"));
        TRY(store::set_due(tx, step.id, due));
        const std::string day = due ? to_vietnamese(*due) : "–";
        TRY(write_down(scope, tx, "step.due_moved", step, {{"due", due ? to_string(*due) : day}}));
        TRY(tell(scope, tx, step.to, "steps.notice.due_moved", "extension", step, {{"due", day}}));
        changed(tx, {step.to, step.giver()});
        ++moved;
    }
    return moved;
}

Result<int> hand_over(const Scope& scope, db::Transaction& tx, PersonId from, PersonId to,
                      const std::vector<StepId>& ids) {
    if (from == to) return fail(ErrorCode::invalid, "steps.handed_to_holder", "to");
    int moved = 0;
    for (const StepId id : ids) {
        const std::optional<Step> step = TRY(store::find(tx, id));
        if (!step || step->state != State::open || step->to != subject::person(from)) continue;
        TRY(revoke(scope, tx, *step));
        Step after = *step;
        after.to = subject::person(to);
        TRY(store::readdress(tx, id, after.to));
        TRY(grant(scope, tx, after));
        TRY(write_down(scope, tx, "step.handed_over", after));
        changed(tx, {step->to, after.to});
        ++moved;
    }
    return moved;
}

Result<std::vector<Step>> named_steps(db::Reader& reader, PersonId person) {
    return store::named(reader, person);
}

}  // namespace steps
