#include "core/calendar/calendar.h"
#include "core/steps/store.h"

namespace steps {

Result<void> ask_extension(const Scope& scope, db::Transaction& tx, StepId id, LocalDate due, std::string_view raw) {
    const Step step = TRY(own_working(scope, tx, id));
    if (!step.due) return fail(ErrorCode::conflict, "steps.no_due");
    if (step.extension && step.extension->state == "waiting")
        return fail(ErrorCode::conflict, "steps.extension_waiting");
    const std::string reason = TRY(clean_needed(raw, "reason", "steps.no_reason"));
    if (due <= *step.due)
        return fail(ErrorCode::invalid, "steps.not_later", "due", {{"due", to_vietnamese(*step.due)}});
    TRY(calendar::require_possible(scope.today, due, "due"));
    TRY(store::insert_extension(tx, id, due, reason, scope.person));
    TRY(store::mark_acted(tx, id));
    TRY(write_down(scope, tx, "step.extension_asked", step, {{"due", to_string(due)}, {"reason", reason}}));
    TRY(tell(scope, tx, step.giver(), "steps.notice.extension_asked", "extension", step,
             {{"due", to_vietnamese(due)}, {"reason", reason}}));
    return {};
}

Result<void> decide_extension(const Scope& scope, db::Transaction& tx, StepId id, const Decision& decision) {
    const Step step = TRY(given_open(scope, tx, id));
    if (!step.extension || step.extension->state != "waiting")
        return fail(ErrorCode::conflict, "steps.no_extension_waiting");
    const std::string reason = TRY(clean(decision.reason, "reason"));
    if (!decision.granted) {
        if (reason.empty()) return fail(ErrorCode::invalid, "steps.no_reason", "reason");
        TRY(store::decide_extension(tx, id, "refused", {}, reason, scope.person));
        TRY(write_down(scope, tx, "step.extension_refused", step, {{"reason", reason}}));
        return tell(scope, tx, step.to, "steps.notice.extension_refused", "extension", step, {{"reason", reason}});
    }
    const LocalDate due = decision.due.value_or(step.extension->due);
    if (step.due && due <= *step.due)
        return fail(ErrorCode::invalid, "steps.not_later", "due", {{"due", to_vietnamese(*step.due)}});
    TRY(calendar::require_possible(scope.today, due, "due"));
    if (step.parent)
        if (const std::optional<Step> parent = TRY(store::find(tx, step.parent)))
            TRY(require_within(scope, *parent, due));
    TRY(store::decide_extension(tx, id, "granted", due, reason, scope.person));
    TRY(store::set_due(tx, id, due));
    TRY(write_down(scope, tx, "step.extension_granted", step, {{"due", to_string(due)}, {"reason", reason}}));
    changed(tx, {step.to, step.giver()});
    return tell(scope, tx, step.to, "steps.notice.extension_granted", "extension", step, {{"due", to_vietnamese(due)}});
}

Result<void> urge(const Scope& scope, db::Transaction& tx, StepId id, std::string_view raw) {
    const Step step = TRY(given_open(scope, tx, id));
    const std::string text = TRY(clean_needed(raw, "text", "steps.no_text"));
    TRY(store::insert_urging(tx, id, text, scope.person, scope.post));
    TRY(write_down(scope, tx, "step.urged", step, {{"text", text}}));
    return tell(scope, tx, step.to, "steps.notice.urged", "urged", step, {{"text", text}});
}

Result<std::vector<Urging>> urgings(db::Reader& reader, StepId id) {
    return store::urgings(reader, id);
}

}  // namespace steps
