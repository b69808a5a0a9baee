#pragma once
#include <functional>

#include "core/calendar/calendar.h"
#include "core/steps/steps.h"

/// The inbox: questions to the steps of a scope's person, posts and the units it heads or keeps the book of.
namespace steps {

/// unit: what the units headed by the scope, their posts and people have in hand, of what the scope may see.
enum class Box { todo, support, inform, watching, done, unit };
BOOST_DESCRIBE_ENUM(Box, todo, support, inform, watching, done, unit)

/// A part of what is to do. lead: what one leads; decide: what asks for one's decision or opinion; assign: what one has
/// to give to somebody, because nobody beneath has it; returned: what one gave and got back; book: what waits for the
/// unit's clerk.
enum class Part { all, lead, decide, assign, returned, book };
BOOST_DESCRIBE_ENUM(Part, all, lead, decide, assign, returned, book)

/// What the inbox shows of a record beside its title. Urgency: 0 ordinary, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc, 4 hỏa tốc
/// hẹn giờ.
struct Shown {
    int urgency = 0;
    std::string notation = {};
    std::string author = {};
};
/// Sets it. The lists show the record as it stands then: to be called whenever its title, state or label changed.
Result<void> show(db::Transaction&, RecordId, const Shown&);

enum class Lateness { any, late };
struct InboxQuery {
    Box box = Box::todo;
    Lateness lateness = Lateness::any;
    std::optional<Role> role = {};
    Part part = Part::all;  ///< of Box::todo alone
    std::string text = {};  ///< words of title, notation or author, marks or not
    std::string after = {};
    int limit = 50;  ///< 1 to 200
};
struct InboxRow {
    StepId step;
    RecordId record;
    RegisterId register_id;
    std::string record_state;
    Role role = Role::task;
    State state = State::open;
    bool waiting_book = false;
    int urgency = 0;
    std::string notation;
    std::string title;
    std::string author;
    std::string asked;  ///< the instruction
    SubjectId to;
    PersonId from_person;
    PostId from_post;
    PersonId on_behalf_of;
    Instant opened_at;
    std::optional<LocalDate> due;
    bool seen = false;
    std::optional<Instant> closed_at;
    std::optional<std::string> outcome;
};
struct InboxPage {
    std::vector<InboxRow> rows;
    std::string next;  ///< empty on the last page
};
/// By urgency, then due day (what is late comes first), then age; done ones newest first. Only records the scope may
/// see. Errors: invalid "steps.bad_cursor", "steps.bad_limit", "steps.part_of_todo".
Result<InboxPage> inbox(const Scope&, db::Reader&, const InboxQuery&);

/// Each stops at 1,001, which means "1,000+".
struct InboxCounts {
    std::int64_t todo = 0, support = 0, inform = 0, watching = 0, done = 0, late = 0;
};
Result<InboxCounts> inbox_counts(const Scope&, db::Reader&);
/// One of them, or a part of it, or of one role (waiting for signature, for initials).
Result<std::int64_t> inbox_count(const Scope&, db::Reader&, Box, Lateness = Lateness::any, std::optional<Role> = {},
                                 Part = Part::all);
/// Does the scope head a unit below the leaders', so that Box::unit has something to show?
bool heads_unit(const Scope&);
/// The units it heads with all beneath them, each within its agency.
Result<std::set<UnitId>> headed_units(const Scope&, db::Reader&);
/// Does it keep a unit's own book?
bool keeps_unit_book(const Scope&);

/// Adds the condition that the record of that id waits in an open step of one of the roles. Begins with no "and".
void add_waiting_in(db::Query&, db::Literal record_id, const std::vector<std::string>& roles);

/// Who has a record in hand now and until when, for lists: the open lead, else the most pressing open step.
struct Holding {
    RecordId record;
    SubjectId to;
    std::optional<LocalDate> due;
};
Result<std::vector<Holding>> holders(db::Reader&, const std::vector<RecordId>&);

/// Told, once it is durable, whose inboxes changed. One listener for the process, set at start.
void on_inbox_change(std::function<void(const std::vector<SubjectId>&)>);

}  // namespace steps
