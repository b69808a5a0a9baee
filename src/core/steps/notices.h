#pragma once
#include <boost/json.hpp>

#include "core/calendar/calendar.h"
#include "core/steps/steps.h"

/// The bell: what a person should know without having to do it.
namespace steps {

struct NewNotice {
    SubjectId to;                        ///< person, post or unit (its head and clerk)
    std::string_view code;               ///< of a text; {title} is filled when it is read
    boost::json::object arguments = {};  ///< texts by name; never what only the record's readers may know
    std::string_view kind;
    RecordId record = {};
    StepId step = {};
};
Result<void> notify(db::Transaction&, const NewNotice&);
/// Those of them who look on are told, once this is durable, that their inbox, bell or menu counts something else.
void changed(db::Transaction&, std::vector<SubjectId>);

struct Notice {
    std::int64_t id = 0;
    Instant at;
    std::string text;  ///< in the scope's language
    std::string kind;
    RecordId record;
    bool seen = false;
};
struct NoticePage {
    std::vector<Notice> notices;
    std::string next;
};
/// Newest first; a notice about a record the scope may no longer see is left out. Errors: invalid "steps.bad_cursor".
Result<NoticePage> notices(const Scope&, db::Reader&, std::string_view after, int limit);
/// Stops at 1,001.
Result<std::int64_t> unseen_notices(const Scope&, db::Reader&);
/// All that have come up to now.
Result<void> see_notices(const Scope&, db::Transaction&);

enum class Stage { soon, today, late };
BOOST_DESCRIBE_ENUM(Stage, soon, today, late)
struct Reminder {
    Step step;
    Stage stage = Stage::soon;
    std::vector<SubjectId> to;  ///< the addressee; when late the superior too: the giver, else the unit's head
};
/// What is to be reminded of on that day and was not yet: two working days before, on the day, after it. At most
/// `limit`. Nothing on an agency's days off.
Result<std::vector<Reminder>> due_reminders(db::Reader&, const calendar::Calendar&, LocalDate today, int limit = 500);
/// Writes their notices, once each. Gives how many steps; call again until none is left.
Result<int> remind(const Scope&, db::Transaction&, const calendar::Calendar&);

struct PassedOn {
    int steps = 0;
    StepId last;  ///< none: there are no more after it
};
/// Open work of units and posts that have ended by the scope's day goes to the unit that took over (merged into,
/// successor), else to the nearest one above that has a head; it and the giver are told. Looks at `limit` steps after
/// this one.
Result<PassedOn> pass_on(const Scope&, db::Transaction&, StepId after = {}, int limit = 200);

}  // namespace steps
