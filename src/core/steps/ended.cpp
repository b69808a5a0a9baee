#include <algorithm>

#include "core/steps/store.h"

// Work whose unit or post ended while it was open goes on: to the unit that took over, else to the one above.
namespace steps {
namespace {

constexpr int highest = 64;

// A subject is its number times 16 and its kind: 2 a post, 3 a unit (core/scope/subject.h).
constexpr db::Sql left_behind{"steps.left_behind", R"(
    with ended (unit_id) as (
        select v.unit_id from unit_version v
        where v.valid_to <= ?1 and not exists (
            select 1 from unit_version w where w.unit_id = v.unit_id and (w.valid_to is null or w.valid_to > ?1))),
    gone (subject, unit_id) as (
        select unit_id * 16 + 3, unit_id from ended
        union
        select p.id * 16 + 2, p.unit_id from post p where p.valid_to <= ?1 or p.unit_id in (select unit_id from ended))
    select i.step_id, g.unit_id from gone g join inbox i on i.to_subject = g.subject
    where i.step_id > ?2 order by i.step_id limit ?3)"};

/// Who took over first, then the unit above: one that stands no more is asked in its turn.
constexpr db::Sql next_unit{"steps.next_unit", R"(
    select to_unit_id from (
        select s.to_unit_id as to_unit_id, 0 as place, s.id as number from unit_succession s
        where s.from_unit_id = ?1 and s.kind in ('merge', 'dissolve') and s.to_unit_id is not null and s.happened_on <= ?2
        union all
        select parent_id, 1, -id from unit_version where unit_id = ?1 and parent_id is not null) as ways
    order by place, number limit 1)"};

/// The unit that work of this one lies with today: itself while it stands with a head, else the one that follows.
/// Nothing when none of the agency is left.
Result<std::optional<UnitId>> heir(db::Reader& reader, UnitId unit, AgencyId agency, LocalDate today) {
    std::optional<UnitId> headless;
    for (int depth = 0; depth < highest; ++depth) {
        const auto standing = TRY(store::units_of(reader, subject::unit(unit), today));
        if (!standing.empty() && TRY(store::agency_of_unit(reader, unit, today)) == agency) {
            if (TRY(store::has_head(reader, unit, today))) return std::optional(unit);
            if (!headless) headless = unit;
        }
        const auto next = TRY(reader.row(next_unit, unit, today));
        if (!next) break;
        unit = next->id<struct UnitNoun>(0);
    }
    return headless;
}

Result<void> pass(const Scope& scope, db::Transaction& tx, const Step& step, UnitId to) {
    TRY(revoke(scope, tx, step));
    Step after = step;
    after.to = subject::unit(to);
    after.waiting_book = step.waiting_book && TRY(store::has_clerk(tx, to, scope.today));
    TRY(store::readdress(tx, step.id, after.to));
    if (step.waiting_book && !after.waiting_book) TRY(store::set_box(tx, step.id, box::of(step.role)));
    TRY(grant(scope, tx, after));
    TRY(write_down(scope, tx, "step.passed_on", after));
    const std::string from = TRY(store::name_of(tx, step.to)), now = TRY(store::name_of(tx, after.to));
    for (const SubjectId told : {after.to, step.giver()})
        if (told)
            TRY(notify(tx, {.to = told,
                            .code = "steps.notice.passed_on",
                            .arguments = {{"from", from}, {"to", now}},
                            .kind = "given",
                            .record = step.record,
                            .step = step.id}));
    changed(tx, {step.to, after.to});
    return {};
}

}  // namespace

Result<PassedOn> pass_on(const Scope& scope, db::Transaction& tx, StepId after, int limit) {
    PassedOn done;
    for (const db::Row& row : TRY(tx.rows(left_behind, scope.today, after.value, limit))) {
        done.last = row.id<struct StepNoun>(0);
        const std::optional<Step> step = TRY(store::find(tx, done.last));
        if (!step || step->state != State::open) continue;
        const auto to = TRY(heir(tx, row.id<struct UnitNoun>(1), step->agency, scope.today));
        if (!to || subject::unit(*to) == step->to) continue;
        TRY(pass(scope, tx, *step, *to));
        ++done.steps;
    }
    return done;
}

}  // namespace steps
