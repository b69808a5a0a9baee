#include "core/rights/rights.h"
#include "core/steps/store.h"

namespace steps {
namespace {

void add_under(const std::vector<Step>& steps, StepId parent, std::vector<Step>& ordered, std::size_t depth) {
    if (depth > 64) return;
    for (const Step& step : steps) {
        if (step.parent != parent) continue;
        ordered.push_back(step);
        add_under(steps, step.id, ordered, depth + 1);
    }
}

bool stands_for(const Addressees& mine, SubjectId to) {
    for (const auto* subjects : {&mine.own, &mine.headed, &mine.kept})
        if (std::ranges::find(*subjects, to) != subjects->end()) return true;
    return false;
}

}  // namespace

Result<Step> find(const Scope& scope, db::Reader& reader, StepId id) {
    std::optional<Step> step = TRY(store::find(reader, id));
    if (!step || !TRY(rights::can_see(scope, reader, step->record)))
        return fail(ErrorCode::not_found, "steps.not_found");
    return *std::move(step);
}

Result<std::vector<Step>> tree(const Scope& scope, db::Reader& reader, RecordId record) {
    if (!TRY(rights::can_see(scope, reader, record))) return fail(ErrorCode::not_found, "steps.not_found");
    const std::vector<Step> steps = TRY(store::of_record(reader, record));
    std::vector<Step> ordered;
    ordered.reserve(steps.size());
    add_under(steps, {}, ordered, 0);
    return ordered;
}

std::vector<std::string_view> may(const Scope& scope, const Step& step) {
    std::vector<std::string_view> acts;
    if (step.state != State::open) return acts;
    const bool asked = step.extension && step.extension->state == "waiting";
    if (is_addressee(scope, step)) {
        const bool works = step.role == Role::lead || step.role == Role::support || step.role == Role::task;
        if (step.waiting_book) {
            acts.push_back("enter_in_book");
        } else {
            if (step.role != Role::consult) acts.push_back("finish");
            if (step.role == Role::consult || step.role == Role::support) acts.push_back("opinion");
            if (works) acts.push_back("assign");
            acts.push_back("hand_on");
            if (step.due && !asked) acts.push_back("extend");
        }
        if (step.giver()) acts.push_back("return");
    }
    if (is_giver(scope, step)) {
        if (!step.acted_at) acts.push_back("take_back");
        acts.push_back("urge");
        if (asked) acts.push_back("decide_extension");
    }
    return acts;
}

namespace {

template <class Counts>
Result<bool> has_part(const Scope& scope, db::Reader& reader, RecordId record, Which which, Counts counts) {
    const Addressees mine = addressees(scope);
    for (const store::Part& part : TRY(store::parts(reader, record))) {
        if (!counts(part.role)) continue;
        if (part.state == State::taken_back || (which == Which::open && part.state != State::open)) continue;
        if (stands_for(mine, part.to)) return true;
    }
    return false;
}

}  // namespace

Result<bool> takes_part(const Scope& scope, db::Reader& reader, RecordId record, std::optional<Role> role,
                        Which which) {
    return has_part(scope, reader, record, which, [&](Role each) { return !role || each == *role; });
}

Result<bool> works_on(const Scope& scope, db::Reader& reader, RecordId record, Which which) {
    return has_part(scope, reader, record, which, [](Role each) { return each != Role::inform; });
}

}  // namespace steps
