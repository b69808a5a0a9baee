#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "core/scope/scope.h"
#include "core/scope/subject.h"
#include "db/database.h"

/// The one inbox (design, idea 5): a step asks a post, a person or a unit for something about a record. Work belongs to
/// the post. Every act writes its journal entry; the addressee may see the record while the step stands.
namespace steps {

/// Characters of an instruction, an opinion, a reason.
inline constexpr std::size_t longest_text = 2'000;

enum class Role { lead, support, inform, consult, initial, approve, sign, task };
BOOST_DESCRIBE_ENUM(Role, lead, support, inform, consult, initial, approve, sign, task)
enum class State { open, done, returned, taken_back };
BOOST_DESCRIBE_ENUM(State, open, done, returned, taken_back)

struct Extension {
    LocalDate due;  ///< the day asked for
    std::string reason;
    std::string state;  ///< waiting, granted, refused
    std::optional<LocalDate> granted_due;
    std::optional<std::string> decision_reason;
};

struct Step {
    StepId id;
    RecordId record;
    AgencyId agency;
    StepId parent;
    Role role = Role::task;
    State state = State::open;
    SubjectId to;               ///< subject::person, post or unit
    bool waiting_book = false;  ///< at the unit's clerk, who enters it in the unit's book (chờ vào sổ)
    PersonId from_person;       ///< whose words the instruction is; none: the server gave it
    PostId from_post;
    PersonId on_behalf_of;
    std::string instruction;
    Instant opened_at;
    std::optional<LocalDate> due;
    std::optional<Instant> seen_at;
    std::optional<Instant> acted_at;
    std::optional<Instant> closed_at;
    PersonId closed_by;
    PostId closed_by_post;
    std::optional<std::string> outcome;
    std::optional<std::string> reason;
    std::optional<std::string> opinion;
    RecordId result;
    std::optional<Extension> extension;  ///< the last one asked
    /// The giver, where that is not whose words it bears: what was handed on answers to who gave it first. Null: the
    /// same.
    std::optional<SubjectId> answers_to;
    SubjectId giver() const;  ///< whom to tell and who decides on it: a post, else a person; none for the server
};

struct NewStep {
    Role role = Role::task;
    SubjectId to;
    std::string instruction = {};       ///< up to 2,000 characters
    std::optional<LocalDate> due = {};  ///< working days are counted by the caller, with calendar::Calendar
    bool due_stands = false;            ///< the record's own day: it may have passed, and then the work is late
};

/// A mass directive opens one lead step for each unit; else there is one lead among the steps under a parent.
enum class Leads { one, each };

struct Opening {
    RecordId record;
    std::vector<NewStep> steps;  ///< 1 to 500
    StepId parent = {};          ///< the scope's own open step that is split further; none: given from the record
    Leads leads = Leads::one;
};

/// Opens steps, all or none, and grants their addressees the record. The caller has opened the record.
/// A unit with a clerk of its own gets it at the clerk first (waiting_book).
/// Errors: not_found (record, parent, addressee), forbidden "steps.not_yours", conflict "steps.closed",
/// "steps.lead_exists", invalid "steps.bad_count", "steps.same_addressee" and "steps.bad_addressee" with {who},
/// "steps.after_own_due" with {due}, "steps.too_long", "calendar.before_today".
Result<std::vector<StepId>> open(const Scope&, db::Transaction&, const Opening&);

/// Rings the addressee's bell for an open step, with its instruction.
Result<void> give_notice(const Scope&, db::Transaction&, StepId);

/// The receiver opened it. An inform step is done by this. Seeing it again changes nothing.
/// Errors of this and the following: not_found, forbidden "steps.not_yours", conflict "steps.closed".
Result<void> seen(const Scope&, db::Transaction&, StepId);

/// The unit's clerk has entered it in the unit's book: it goes to the unit's head. Errors: conflict
/// "steps.not_waiting_book".
Result<void> enter_in_book(const Scope&, db::Transaction&, StepId);

/// Whether to close what others still have open under it.
enum class Despite { nothing, open_support };
struct Finish {
    std::string outcome;  ///< product, no_reply, result, seen …: [a-z_]{1,40}
    RecordId result = {};
    std::string reason = {};
    Despite despite = Despite::nothing;
};
/// Ends a step. What the outcome needs is the module's rule; here only its shape is checked.
/// Errors: conflict "steps.support_open" with {count} (a lead over open support, unless `despite`, with a reason),
/// "steps.needs_opinion" (a consult step), invalid "steps.bad_outcome", "steps.no_reason", "steps.too_long".
Result<void> finish(const Scope&, db::Transaction&, StepId, const Finish&);

/// Gives the opinion a consult or support step asks for, which ends it. It is given once.
/// Errors: conflict "steps.opinion_given", "steps.no_opinion_asked", invalid "steps.no_text", "steps.too_long".
Result<void> give_opinion(const Scope&, db::Transaction&, StepId, std::string_view text);

/// Gives it back to the giver. When that leaves the record's work with nobody, the giver is asked to decide (a step of
/// the role approve, due the same day). Errors: invalid "steps.no_reason", conflict "steps.children_open",
/// "steps.no_giver".
Result<void> return_to_giver(const Scope&, db::Transaction&, StepId, std::string_view reason);

/// The giver takes back what nobody has acted on, and has to decide on it anew when that leaves the work with nobody.
/// Errors: forbidden "steps.not_given_by_you", conflict "steps.acted_on".
Result<void> take_back(const Scope&, db::Transaction&, StepId);

/// Hands the scope's own step to another: this one is done, a new one of the same role, due day and place is open and
/// answers to the same giver.
/// Errors as open; invalid "steps.same_addressee".
Result<StepId> hand_on(const Scope&, db::Transaction&, StepId, SubjectId to, std::string_view instruction);

/// Asks for more time. Errors: conflict "steps.no_due", "steps.extension_waiting", invalid "steps.not_later",
/// "steps.no_reason".
Result<void> ask_extension(const Scope&, db::Transaction&, StepId, LocalDate due, std::string_view reason);
struct Decision {
    bool granted = false;
    std::optional<LocalDate> due = {};  ///< another day than the one asked for
    std::string reason = {};            ///< needed for a refusal
};
/// The giver decides. Errors: forbidden "steps.not_given_by_you", conflict "steps.no_extension_waiting", invalid
/// "steps.after_own_due".
Result<void> decide_extension(const Scope&, db::Transaction&, StepId, const Decision&);

/// Đôn đốc. Errors: forbidden "steps.not_given_by_you", invalid "steps.no_text".
Result<void> urge(const Scope&, db::Transaction&, StepId, std::string_view text);
struct Urging {
    std::string text;
    Instant at;
    PersonId person;
};
Result<std::vector<Urging>> urgings(db::Reader&, StepId);

/// Closes the open steps of a record because its work ended, or those of the named roles only. Gives how many.
Result<int> close_all(const Scope&, db::Transaction&, RecordId, std::string_view outcome,
                      const std::vector<Role>& roles = {});

/// The open steps of that role given from the record itself are due on that day, or on none; their addressees are told.
/// Gives how many moved. Errors: invalid "calendar.before_today" at `due`.
Result<int> move_due(const Scope&, db::Transaction&, RecordId, Role, std::optional<LocalDate> due);

/// Writes a step as another system or a pattern kept it, open or closed: its readers are granted the record and an open
/// one stands in its inbox. `parent` is an id of this store. Nobody is told; the record's entry in the journal speaks
/// for it. To be called once the record's row stands.
Result<StepId> carry_over(const Scope&, db::Transaction&, Step);

/// Moves open steps given to a person by name to another (bàn giao). Gives how many; those of others are left alone.
Result<int> hand_over(const Scope&, db::Transaction&, PersonId from, PersonId to, const std::vector<StepId>& steps);
/// The open steps given to the person by name.
Result<std::vector<Step>> named_steps(db::Reader&, PersonId);

/// A step whose record the scope may see. Errors: not_found.
Result<Step> find(const Scope&, db::Reader&, StepId);
/// The steps of a record, each after its parent. Errors: not_found (the scope may not see the record).
Result<std::vector<Step>> tree(const Scope&, db::Reader&, RecordId);
/// What the scope may do with it now: return, take_back, finish, extend, decide_extension, urge, opinion, assign,
/// hand_on, enter_in_book.
std::vector<std::string_view> may(const Scope&, const Step&);

bool is_addressee(const Scope&, const Step&);
bool is_giver(const Scope&, const Step&);

/// Has the scope (person, posts, units it heads) a step of this role on the record? No role: any.
enum class Which { open, ever };
Result<bool> takes_part(const Scope&, db::Reader&, RecordId, std::optional<Role>, Which);
/// The same of any role that asks for more than to be informed.
Result<bool> works_on(const Scope&, db::Reader&, RecordId, Which);

}  // namespace steps
