#include "modules/scheduling/scheduling.h"

#include "core/org/org.h"

namespace scheduling {

namespace {

Result<void> require_top(const Scope& scope, db::Reader& reader) {
    const auto tree = TRY(org::Tree::load(reader, scope.today));
    const org::Unit* own = tree->find({scope.agency.value});
    if (!own || own->parent) return fail(ErrorCode::forbidden, "scheduling.top_agency_only", "everyone");
    return {};
}

}  // namespace

Result<calendar::Day> change_day(const Scope& scope, db::Transaction& tx, records::Engine& engine, LocalDate date,
                                 const DayChange& sent) {
    const bool everyone = sent.everyone.value_or(false);
    if (everyone) TRY(require_top(scope, tx));
    TRY(calendar::set_day(scope, tx, everyone ? calendar::Reach::everyone : calendar::Reach::agency,
                          {.date = date, .kind = sent.kind, .note = sent.note.value_or(""), .basis = sent.basis}));
    const calendar::CalendarPointer fresh = TRY(calendar::Calendar::load(tx));
    tx.after_commit([&engine, fresh] { engine.set_calendar(fresh); });
    return fresh->of(scope.agency).day(date);
}

}  // namespace scheduling
