#pragma once
#include "core/journal/journal.h"
#include "core/numbering/numbering.h"
#include "core/records/records.h"
#include "core/steps/steps.h"

/// Inside the folder: what reading and writing share.
namespace records {

/// What a message calls a field, in both languages.
std::vector<MessageArgument> named(const registers::Field&);

/// The record whoever asks; only for a scope that has been asked already.
Result<Record> read_row(db::Reader&, const Engine&, RecordId);

Result<bool> condition_holds(const Scope&, const Record&, const std::string& condition);
Result<bool> is_one_of(const Scope&, db::Reader&, const Record&, const std::vector<registers::Actor>&);

/// lead, support, inform, consult, initial, approve, sign, holder: asked of the record's steps.
bool is_step_role(std::string_view role);
Result<bool> holds_step(const Scope&, db::Reader&, RecordId, std::string_view role);

/// Computes the computed fields and the title, and sets the secrecy from the field of that name.
Result<void> derive(const Scope&, Record&);
/// The text the title index keeps: the title and every field marked for search.
std::string index_text(const Record&);
/// Every fault of the record as it would be kept: required fields, checks, uniqueness, content above the ceiling.
Result<std::vector<Error>> faults(const Scope&, db::Reader&, const Engine&, const Record&);
/// How sent values come into a record: as they were kept elsewhere; as whoever may edit it changes them; or those
/// fields alone that an action needs, by whoever may do it and not edit.
enum class Taking { import, by_hand, needed_only };
/// Reads sent values into the record's columns; gives the faults. A field that may not be changed in the record's
/// state is taken when the action needs it. What is sent as it stands changes nothing.
Result<std::vector<Error>> take_values(const Scope&, db::Reader&, Record&, const boost::json::object& values, Taking,
                                       const registers::Action* = nullptr);
/// Adds faults of the record; one whose value was refused is not also called missing.
void add_faults(std::vector<Error>& errors, std::vector<Error> more);
/// One error of several: the first carries the others.
std::unexpected<Error> refuse(std::vector<Error>);

/// Writes the changed columns, the head, the grants, the index and the journal entry.
Result<void> keep(const Scope&, db::Transaction&, const Record& before, Record& after, std::string_view action,
                  boost::json::object details, std::vector<journal::Change> said = {});

/// Takes the next number of the record's book into its field, or the reserved one that is named.
Result<void> take_number(const Scope&, db::Transaction&, Record&, std::optional<std::int64_t> reserved = {});
numbering::BookKey book_key(const Scope&, const Record&);

/// Who acts by a step alone ends only what was given from the record to itself, and not over others' open work; what
/// supports it only when `despite` says so. Errors: forbidden "records.only_lead_ends", conflict
/// "records.steps_of_others" and "records.steps_open" with {count}.
Result<void> may_close_steps(const Scope&, db::Reader&, const Record&, const registers::Action&,
                             steps::Despite despite = steps::Despite::nothing);
/// Ends the asker's own steps given from the record over what supports them; who did is told the reason.
/// Errors: those of steps::finish.
Result<void> finish_over_support(const Scope&, db::Transaction&, const Record&, std::string_view reason);
/// What a declared action opens and closes in the inbox.
Result<void> open_steps(const Scope&, db::Transaction&, const Engine&, const Record&, const registers::Action&);
/// Urgency, notation and author stand in the inbox beside the title.
Result<void> show_in_inbox(db::Transaction&, const Record&);
Result<void> close_steps(const Scope&, db::Transaction&, const Record&, const registers::Action&);
/// Deadlines of open steps that follow a day of the record.
Result<void> move_steps(const Scope&, db::Transaction&, const Record&, const registers::Action&);

}  // namespace records
