#include "base/text.h"
#include "core/journal/journal.h"
#include "core/org/org.h"
#include "core/rights/rights.h"
#include "core/steps/store.h"

namespace steps {
namespace {

constexpr std::array<std::string_view, 3> head_roles = {"head_of_section", "leader", "chief_of_office"};
constexpr std::array<std::string_view, 2> clerk_roles = {"unit_clerk", "clerk"};

bool carries(const HeldPost& held, std::span<const std::string_view> roles) {
    return std::ranges::any_of(held.roles,
                               [&](const std::string& code) { return std::ranges::find(roles, code) != roles.end(); });
}

bool contains(const std::vector<SubjectId>& subjects, SubjectId subject) {
    return std::ranges::find(subjects, subject) != subjects.end();
}

void add(std::vector<SubjectId>& subjects, SubjectId subject) {
    if (!contains(subjects, subject)) subjects.push_back(subject);
}

/// Who reads the record because of the step: the clerk of a unit first, its head once it is in the unit's book.
Result<std::vector<SubjectId>> readers(db::Reader& reader, const Step& step) {
    if (subject::kind(step.to) != subject::Kind::unit) return std::vector{step.to};
    const UnitId unit{subject::id(step.to)};
    std::vector<std::string_view> codes(clerk_roles.begin(), clerk_roles.end());
    if (!step.waiting_book) codes.insert(codes.end(), head_roles.begin(), head_roles.end());
    std::vector<SubjectId> all;
    for (const std::string_view code : codes)
        if (const std::int64_t role = TRY(org::role_number(reader, code)))
            all.push_back(subject::role_in_unit(role, unit));
    return all;
}

rights::Rule rule_of(const Step& step) {
    return {rights::Rule::Kind::step, step.id.value};
}

std::mutex listener_mutex;
std::function<void(const std::vector<SubjectId>&)> listener;

Result<Step> find_any(const Scope& scope, db::Reader& reader, StepId id, bool (*mine)(const Scope&, const Step&),
                      std::string_view refused) {
    std::optional<Step> step = TRY(store::find(reader, id));
    if (!step) return fail(ErrorCode::not_found, "steps.not_found");
    if (!mine(scope, *step)) {
        if (!TRY(rights::can_see(scope, reader, step->record))) return fail(ErrorCode::not_found, "steps.not_found");
        return fail(ErrorCode::forbidden, refused);
    }
    if (step->state != State::open) return fail(ErrorCode::conflict, "steps.closed");
    return *std::move(step);
}

}  // namespace

int box::of(Role role) {
    if (role == Role::support) return support;
    return role == Role::inform ? inform : todo;
}

Addressees addressees(const Scope& scope) {
    Addressees all;
    if (scope.person) all.own.push_back(subject::person(scope.person));
    for (const HeldPost& held : scope.posts) {
        add(all.own, subject::post(held.post));
        if (carries(held, head_roles)) add(all.headed, subject::unit(held.unit));
        if (carries(held, clerk_roles)) add(all.kept, subject::unit(held.unit));
    }
    return all;
}

bool is_addressee(const Scope& scope, const Step& step) {
    const Addressees mine = addressees(scope);
    if (subject::kind(step.to) != subject::Kind::unit) return contains(mine.own, step.to);
    return contains(step.waiting_book ? mine.kept : mine.headed, step.to);
}

bool is_giver(const Scope& scope, const Step& step) {
    const SubjectId giver = step.giver();
    if (!giver) return scope.agency == step.agency && scope.may("assign");
    if (subject::kind(giver) == subject::Kind::post)
        return std::ranges::any_of(scope.posts,
                                   [&](const HeldPost& held) { return subject::post(held.post) == giver; });
    return giver == subject::person(scope.person);
}

Result<Step> own_open(const Scope& scope, db::Reader& reader, StepId id) {
    return find_any(scope, reader, id, &is_addressee, "steps.not_yours");
}

Result<Step> own_working(const Scope& scope, db::Reader& reader, StepId id) {
    Step step = TRY(own_open(scope, reader, id));
    if (step.waiting_book) return fail(ErrorCode::conflict, "steps.waiting_book");
    return step;
}

Result<Step> given_open(const Scope& scope, db::Reader& reader, StepId id) {
    return find_any(scope, reader, id, &is_giver, "steps.not_given_by_you");
}

Result<std::string> clean(std::string_view text, std::string_view field) {
    std::string cleaned = TRY(clean_text(text));
    if (length(cleaned) > longest_text)
        return fail(ErrorCode::invalid, "steps.too_long", field, {{"limit", std::to_string(longest_text)}});
    return cleaned;
}

Result<std::string> clean_needed(std::string_view text, std::string_view field, std::string_view missing) {
    std::string cleaned = TRY(clean(text, field));
    if (cleaned.empty()) return fail(ErrorCode::invalid, missing, field);
    return cleaned;
}

Result<void> require_within(const Scope& scope, const Step& parent, LocalDate due) {
    if (!parent.due || due <= std::max(*parent.due, scope.today)) return {};
    return fail(ErrorCode::invalid, "steps.after_own_due", "due", {{"due", to_vietnamese(*parent.due)}});
}

Result<void> grant(const Scope& scope, db::Transaction& tx, const Step& step) {
    for (const SubjectId reader : TRY(readers(tx, step)))
        TRY(rights::grant(scope, tx, step.record, reader, rule_of(step)));
    return {};
}

Result<void> revoke(const Scope& scope, db::Transaction& tx, const Step& step) {
    for (const SubjectId reader : TRY(readers(tx, step)))
        TRY(rights::revoke(scope, tx, step.record, reader, rule_of(step)));
    return {};
}

Result<void> write_down(const Scope& scope, db::Transaction& tx, std::string_view action, const Step& step,
                        std::vector<std::pair<std::string, std::string>> texts) {
    journal::Entry entry{.action = action, .record = step.record};
    for (auto& [field, text] : texts)
        if (!text.empty()) entry.changes.push_back({field, nullptr, boost::json::string(text)});
    entry.details["step"] = step.id.value;
    entry.details["role"] = enum_name(step.role);
    entry.details["to"] = step.to.value;
    TRY(journal::write(scope, tx, entry));
    return {};
}

Result<void> tell(const Scope& scope, db::Transaction& tx, SubjectId to, std::string_view code, std::string_view kind,
                  const Step& step, boost::json::object arguments) {
    if (!to || contains(addressees(scope).own, to)) return {};
    arguments["who"] = TRY(store::person_name(tx, scope.person));
    return notify(tx, {.to = to,
                       .code = code,
                       .arguments = std::move(arguments),
                       .kind = kind,
                       .record = step.record,
                       .step = step.id});
}

void changed(db::Transaction& tx, std::vector<SubjectId> subjects) {
    tx.after_commit([subjects = std::move(subjects)] {
        const std::lock_guard lock(listener_mutex);
        if (listener) listener(subjects);
    });
}

void on_inbox_change(std::function<void(const std::vector<SubjectId>&)> told) {
    const std::lock_guard lock(listener_mutex);
    listener = std::move(told);
}

}  // namespace steps
