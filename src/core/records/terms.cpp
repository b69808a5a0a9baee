#include "core/records/terms.h"

#include "core/journal/history.h"
#include "core/records/row.h"

namespace records {

namespace {

using registers::Action;
using registers::State;

bool is_final(const Record& record, std::string_view code) {
    const State* state = record.declaration->any_state(code);
    return state && state->kind == State::Kind::final;
}

bool starts_from(const Record& record, const Action& action, std::string_view code) {
    if (action.from.empty()) return !is_final(record, code);
    return std::ranges::find(action.from, code) != action.from.end();
}

/// When the record came from outside into the states it has been in since.
template <class Inside>
Instant inside_since(const std::vector<journal::Turn>& turns, const Record& record, const Inside& inside) {
    for (const journal::Turn& turn : turns)
        if (turn.state_changed && !(turn.state_before && inside(*turn.state_before))) return turn.at;
    return record.created_at;
}

}  // namespace

Result<std::vector<Awaited>> awaited(const Scope& scope, db::Reader& reader, const Engine& engine,
                                     const Record& record) {
    std::vector<Awaited> list;
    std::vector<journal::Turn> turns;
    for (const Action& action : record.declaration->actions) {
        if (!action.within || !starts_from(record, action, record.state)) continue;
        if (!TRY(condition_holds(scope, record, action.when))) continue;
        if (turns.empty()) turns = TRY(journal::turns(reader, record.id));
        const Instant since =
            inside_since(turns, record, [&](std::string_view code) { return starts_from(record, action, code); });
        const auto done = [&](const journal::Turn& turn) { return turn.act == action.code && turn.at >= since; };
        if (std::ranges::any_of(turns, done)) continue;
        const auto calendar = engine.calendar();
        list.push_back({&action, calendar->of(record.agency).due_on(since, *action.within)});
    }
    return list;
}

Result<std::optional<int>> kept_until(db::Reader& reader, const Record& record) {
    const int years = record.declaration->keep_years;
    if (years == 0 || !is_final(record, record.state)) return std::optional<int>();
    const auto turns = TRY(journal::turns(reader, record.id));
    const Instant ended = inside_since(turns, record, [&](std::string_view code) { return is_final(record, code); });
    return std::optional(local_date(ended).year() + years);
}

}  // namespace records
