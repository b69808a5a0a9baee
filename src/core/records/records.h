#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "core/calendar/calendar.h"
#include "core/numbering/numbering.h"
#include "core/records/fields.h"
#include "core/registers/registers.h"
#include "core/rights/rights.h"
#include "core/scope/scope.h"
#include "db/database.h"

/// The records of every register: made, changed, acted on, listed. The only way to them.
namespace records {

class Engine;

/// A record opened by a scope that may see it.
struct Record {
    RecordId id;
    std::string uuid;
    registers::DeclarationPointer declaration;  ///< the version of its form
    std::string state;
    std::string title;
    Secrecy secrecy = Secrecy::ordinary;
    AgencyId agency;
    UnitId unit;
    Instant created_at;
    PersonId created_by;
    PostId created_by_post;
    Instant updated_at;
    std::int64_t version = 0;
    Columns columns;  ///< by field code

    const db::Value& value(std::string_view field) const;
    std::string text(std::string_view field) const;
    std::int64_t number(std::string_view field) const;
    rights::Placed placed() const;
    /// The same without the values of its fields.
    rights::Placed bare() const;
    /// What expressions see: fields by code, state, title, created_at, updated_at, today, me.
    std::map<std::string, expression::Value, std::less<>> names(const Scope&) const;
};

/// A module's part in an action (`handled_by: documents.assign`): runs inside the action, before the state changes.
using Handler = std::function<Result<void>(const Scope&, db::Transaction&, const Engine&, Record&,
                                           const boost::json::object& arguments)>;

/// What the engine stands on, made once at start and shared: the registers, the calendar, the modules' handlers.
class Engine {
  public:
    registers::Catalogue catalogue;
    Secrecy ceiling = Secrecy::ordinary;  ///< above it only plain fields are registered, never content
    void handle(std::string name, Handler handler) { handlers_[std::move(name)] = std::move(handler); }
    const Handler* handler(std::string_view name) const;
    /// The calendar as it is now; changed by set_calendar after an edit.
    std::shared_ptr<const calendar::Calendar> calendar() const;
    void set_calendar(std::shared_ptr<const calendar::Calendar>);

  private:
    std::map<std::string, Handler, std::less<>> handlers_;
    std::shared_ptr<const calendar::Calendar> calendar_;
    mutable std::mutex mutex_;
};

/// The content of the record stays outside for now (`sealed:` of its declaration).
Result<bool> is_sealed(const Scope&, const Record&);
/// Errors: conflict "records.sealed" with the declared {text}, at `file`.
Result<void> refuse_sealed(const Scope&, const Record&);
/// Above the server's ceiling instructions and opinions are content too: only an empty text passes.
/// Errors: forbidden "records.text_above_ceiling" at `field`.
Result<void> refuse_text(const Engine&, const Record&, std::string_view field, std::string_view text);
/// What stands in the journal of a text that was refused so: text.refused, never the text itself.
Result<void> journal_refused_text(const Scope&, db::Transaction&, RecordId, std::string_view field);
/// Errors: conflict with the declared text, when the action's condition does not hold of the record.
Result<void> require_guard(const Scope&, const Record&, const registers::Action&);

/// Opens a record. Errors: not_found for whoever may not see it.
Result<Record> open(const Scope&, db::Reader&, const Engine&, RecordId);

struct NewRecord {
    boost::json::object values;
    std::optional<UnitId> unit;               ///< where it belongs; the scope's unit when absent
    bool import = false;                      ///< values of read-only fields are taken as given (samples, migration)
    std::string state;                        ///< for import: the state it is in; else the initial one
    std::optional<std::int64_t> number = {};  ///< a reserved number, where the book gives its numbers at once
};
/// Makes a record. Errors: not_found (register), forbidden "records.may_not_create", invalid with every wrong field in
/// `also`.
Result<Record> create(const Scope&, db::Transaction&, const Engine&, std::string_view register_code, const NewRecord&);

/// Changes fields. Errors: not_found, forbidden "records.may_not_edit", conflict "records.changed_meanwhile", invalid.
Result<Record> edit(const Scope&, db::Transaction&, const Engine&, RecordId, std::int64_t seen_version,
                    const boost::json::object& values);

struct Act {
    std::string action;
    std::int64_t seen_version = 0;
    boost::json::object arguments = {};  ///< texts by name; `number`: a reserved number to take instead of the next
    boost::json::object values = {};
};
/// Does a declared action. Errors: not_found, forbidden "records.may_not_act", conflict (state or version,
/// "numbering.not_reserved"), invalid.
Result<Record> act(const Scope&, db::Transaction&, const Engine&, RecordId, const Act&);

/// The server's own change inside a module's action: no rights asked, journalled like any other.
Result<void> set(const Scope&, db::Transaction&, Record&, const std::map<std::string, db::Value>& columns,
                 std::string_view state, std::string_view action);

/// More time was granted until that day on a step of the role, given from the record itself: the record's own deadline
/// follows where it would pass before (`deadline:` of its declaration). Journal: record.deadline_moved.
Result<void> move_deadline(const Scope&, db::Transaction&, const Engine&, RecordId, std::string_view role,
                           LocalDate granted);

/// Writes a record as another system or a pattern kept it: its agency, unit, state, maker and moments stand as given,
/// the number too when its field has one. No right is asked and nothing is checked; one entry, record.carried_over,
/// tells of it. Gives it a uuid when it has none, its id and its title.
Result<void> carry_over(const Scope&, db::Transaction&, Record&);

/// What a form is told while it is filled: wrong fields, warnings, computed values.
struct Checked {
    std::vector<Error> errors;
    struct Warned {
        static constexpr int looked_at = 1'000;   ///< of the records a condition finds, seen or not
        static constexpr std::size_t named = 20;  ///< of those the scope may see
        std::string message;
        std::vector<RecordId> records;  ///< those it speaks of that the scope may see
    };
    std::vector<Warned> warnings;
    Columns computed;
    std::string next_number;
    struct Reserved {
        std::int64_t number = 0;
        std::string written;  ///< as the record would bear it
        std::string reason;
    };
    std::vector<Reserved> reserved;  ///< numbers of its book that wait for a record
};
Result<Checked> check(const Scope&, db::Reader&, const Engine&, std::string_view register_code, RecordId,
                      const boost::json::object& values);
/// The number the record would get now; for showing while the form is filled.
Result<std::string> next_number(const Scope&, db::Reader&, const Record&);
/// The numbers set aside in the book the record would be numbered in; none in another agency's.
Result<std::vector<Checked::Reserved>> reserved_numbers(const Scope&, db::Reader&, const Record&);
/// The warnings of a record as it is.
Result<std::vector<Checked::Warned>> warnings(const Scope&, db::Reader&, const Record&);

/// Is the record in one of these states; with none named, in any that is not final?
bool in_state(const Record&, const std::vector<std::string>& states);
/// The actions this scope may do now.
Result<std::vector<const registers::Action*>> actions_of(const Scope&, db::Reader&, const Record&);
Result<bool> may_edit(const Scope&, db::Reader&, const Record&);
/// May the scope give the record's work out: assign it, or pass on what it has of it? Who is only informed may not.
Result<bool> may_route(const Scope&, db::Reader&, const Record&);
/// Or prepare it for who may: a leader's secretary proposes, and assigns not.
Result<bool> may_propose(const Scope&, db::Reader&, const Record&);
/// Whoever may edit it, works on it or may route it asks others for their opinion.
Result<bool> may_consult(const Scope&, db::Reader&, const Record&);
/// It has a number of its book or has left its first state: what comes off it now leaves with a reason.
bool is_registered(const Record&);
/// Fields of the declaration this scope may read.
std::vector<const registers::Field*> readable_fields(const Scope&, const registers::Declaration&);

/// Gives every record of a register the grants and the searched words that its newest version says, `before` being the
/// version until now: registers::Reread. As long as it takes, in the transaction given.
Result<void> place_again(db::Transaction&, const registers::Declaration& before);

struct ListQuery {
    std::string register_code;
    std::string queue;                 ///< code of a declared queue
    std::string counter;               ///< code of a declared counter: the records it counts on the day `on`
    std::optional<LocalDate> on = {};  ///< today when silent
    std::string filter;                ///< expression of a saved filter
    std::string text;                  ///< words in the title, folded
    std::vector<std::string> states;
    std::vector<std::pair<std::string, std::string>> equals;  ///< field, value as in JSON
    std::string order;  ///< "arrived_on" or "-arrived_on"; empty: the register's order
    std::string after;
    int limit = 50;
};
struct ListRow {
    RecordId id;
    std::int64_t version = 0;
    std::string state;
    std::string title;
    AgencyId agency;
    Instant created_at;
    Instant updated_at;
    Columns columns;
};
struct Page {
    std::vector<ListRow> rows;
    std::string next;  ///< empty on the last page
};
Result<Page> list(const Scope&, db::Reader&, const Engine&, const ListQuery&);
/// How many, stopping at 1,000: 1,001 means more.
Result<std::int64_t> count(const Scope&, db::Reader&, const Engine&, const ListQuery&);

/// The registers in which the scope may see something. `few`: what rights::few answers; with more than that the newest
/// records of each register are looked through, and a register whose first 20,000 are all another's counts as seen.
Result<std::set<RegisterId>> registers_seen(const Scope&, db::Reader&, const Engine&,
                                            const std::optional<std::vector<RecordId>>& few);

struct Counter {
    std::string code;
    registers::Label label;
    bool today_only = false;            ///< it stands on what is known only as it is now: the state, other records
    std::optional<std::int64_t> value;  ///< none when it is of today only and another day is asked
};
/// The register's declared figures as they were, or will be, on a day: whole, over what the scope may see. Those that
/// stand on a field the scope may not read are left out. Errors: not_found (register).
Result<std::vector<Counter>> counters(const Scope&, db::Reader&, const Engine&, std::string_view register_code,
                                      LocalDate on);

/// What a book is called in the scope's language: in Vietnamese as it was when it was opened.
Result<std::string> book_label(const Scope&, db::Reader&, const Engine&, const numbering::BookKey&);
/// The label of the documents a book is for (`secrecy:` of the register's book, as it is declared now).
Secrecy secrecy_of_book(const Engine&, const numbering::BookKey&);
/// Cancels a number, with the reason that is printed; that of a record only once its state says that it is withdrawn.
/// Errors: conflict "records.number_in_use" and those of numbering::cancel.
Result<void> cancel_number(const Scope&, db::Transaction&, const Engine&, numbering::Number, std::string_view reason);

struct Link {
    std::int64_t id = 0;
    std::string kind;
    RecordId other;
    bool outgoing = true;
    bool removable = false;  ///< by the scope: it made the link, or may edit the record
};
/// Whoever may edit or make records here, or works or worked on this one; to be informed of it is not enough.
Result<bool> may_link(const Scope&, db::Reader&, const Record&);
/// Errors: not_found (either record), forbidden "records.may_not_link", conflict "records.linked_already", invalid
/// "records.link_to_itself".
Result<std::int64_t> link(const Scope&, db::Transaction&, const Engine&, RecordId from, RecordId to,
                          std::string_view kind);
/// Errors: not_found "records.no_link", forbidden "records.not_your_link".
Result<void> unlink(const Scope&, db::Transaction&, const Engine&, RecordId record, std::int64_t link);
/// Links whose other end the scope may see.
Result<std::vector<Link>> links(const Scope&, db::Reader&, const Record&);

}  // namespace records
