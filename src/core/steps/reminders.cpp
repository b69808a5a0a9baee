#include "core/org/org.h"
#include "core/steps/store.h"

namespace steps {
namespace {

constexpr int furthest = 21;  ///< days: two working days never lie further off, even over Tết
constexpr int bit_soon = 1, bit_today = 2, bit_late = 4;

/// The superior: who gave it; when the server did, the head of the unit.
Result<SubjectId> superior(db::Reader& reader, const Step& step, LocalDate today) {
    if (step.giver()) return step.giver();
    const std::vector<UnitId> units = TRY(store::units_of(reader, step.to, today));
    return units.empty() ? SubjectId{} : subject::unit(units.front());
}

std::string_view code_of(Stage stage) {
    switch (stage) {
        case Stage::soon:
            return "steps.notice.due_soon";
        case Stage::today:
            return "steps.notice.due_today";
        case Stage::late:
            return "steps.notice.late";
    }
    return {};
}

/// With the earlier ones, which have passed.
int bits_of(Stage stage) {
    switch (stage) {
        case Stage::soon:
            return bit_soon;
        case Stage::today:
            return bit_soon | bit_today;
        case Stage::late:
            return bit_soon | bit_today | bit_late;
    }
    return 0;
}

}  // namespace

Result<std::vector<Reminder>> due_reminders(db::Reader& reader, const calendar::Calendar& calendar, LocalDate today,
                                            int limit) {
    std::vector<Reminder> all;
    for (Step& step : TRY(store::due_until(reader, today, today + furthest, limit * 4))) {
        const calendar::Calendar& own = calendar.of(step.agency);
        if (!own.is_working(today) || !step.due) continue;
        if (calendar::due_state(own, today, step.due) == calendar::DueState::ok) continue;
        const Stage stage = *step.due < today ? Stage::late : *step.due == today ? Stage::today : Stage::soon;
        Reminder reminder{.stage = stage, .to = {step.to}};
        if (stage == Stage::late)
            if (const SubjectId above = TRY(superior(reader, step, today)); above && above != step.to)
                reminder.to.push_back(above);
        reminder.step = std::move(step);
        all.push_back(std::move(reminder));
        if (all.size() == static_cast<std::size_t>(limit)) break;
    }
    return all;
}

Result<int> remind(const Scope& scope, db::Transaction& tx, const calendar::Calendar& calendar) {
    const std::vector<Reminder> due = TRY(due_reminders(tx, calendar, scope.today));
    for (const Reminder& reminder : due) {
        const Step& step = reminder.step;
        for (const SubjectId to : reminder.to)
            TRY(notify(tx, {.to = to,
                            .code = code_of(reminder.stage),
                            .arguments = {{"due", to_vietnamese(*step.due)}},
                            .kind = reminder.stage == Stage::late ? "late" : "reminder",
                            .record = step.record,
                            .step = step.id}));
        TRY(store::set_reminded(tx, step.id, bits_of(reminder.stage)));
        TRY(write_down(scope, tx, "step.reminded", step, {{"stage", std::string(enum_name(reminder.stage))}}));
    }
    return static_cast<int>(due.size());
}

}  // namespace steps
