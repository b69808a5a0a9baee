#pragma once
#include <optional>
#include <string>

#include "core/steps/inbox.h"
#include "core/steps/store.h"

/// Inside the folder: the questions behind a page of the inbox and its counts.
namespace steps::pages {

/// Where a page ends: urgency, due day and id; of done ones the moment and id.
struct Cursor {
    std::int64_t urgency = 0;
    std::string due;
    std::int64_t closed_at = 0;
    std::int64_t id = 0;
};
/// Errors: invalid "steps.bad_cursor".
Result<std::optional<Cursor>> read_cursor(const InboxQuery&);
std::string write_cursor(const Cursor&, Box);
Cursor cursor_at(const db::Row&, Box);

/// Columns of a row: urgency, due, step, role, record, register, the record's state, notation, title, author, asked,
/// from person, from post, on behalf of, opened at, seen, to, box; of steps given and done also closed at, visible,
/// state, outcome.
constexpr std::size_t shown = 18;
inline constexpr db::Literal inbox_columns =
    "urgency, due, step_id, role, record_id, register_id, record_state, notation, title, author, asked, "
    "from_person_id, from_post_id, "
    "on_behalf_of_person_id, opened_at, seen, to_subject, box";
/// Goes on behind a page's last row, in the order of a list by urgency and due day.
void add_after(db::Query&, const Cursor&, db::Literal id);

/// The next rows of the box in the order of the list; nothing for a scope without addressees.
Result<std::optional<db::Rows>> page(const Scope&, db::Reader&, const InboxQuery&, const std::optional<Cursor>& after,
                                     int rows);

/// A scalar: how many, stopping at the limit. Of done and given steps it counts those of the scope's own without asking
/// for the right to each record; the list does ask.
void add_count(const Scope&, db::Query&, Box, Lateness, std::optional<Role>, Part, std::int64_t limit);

/// The same for Box::unit, as a question of its own: over what the scope may see.
Result<db::Rows> unit_page(const Scope&, db::Reader&, const InboxQuery&, const std::optional<Cursor>& after, int rows);
Result<std::int64_t> unit_count(const Scope&, db::Reader&, Lateness, std::int64_t limit);

}  // namespace steps::pages
