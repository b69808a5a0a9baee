#pragma once
#include "core/records/records.h"
#include "core/steps/steps.h"
#include "service/routes.h"

/// Direction of documents and tasks (office.md, "Documents in"): propose, bút phê and assign, split further, opinions,
/// finish only with a product or a reason. Works on any register whose declaration has `assign` handled by this module.
namespace documents {

/// A post, unit or person named in a request.
struct PartyRef {
    std::string kind;  ///< post, unit, person
    std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(PartyRef, (), (kind, id))

/// Errors: invalid "documents.bad_party".
Result<SubjectId> subject_of(const PartyRef&, std::string_view field);

struct Assignment {
    std::optional<std::int64_t> version;     ///< of the record; needed when no step is split
    std::optional<StepId> step;              ///< the asker's own step that is split further
    std::optional<std::string> instruction;  ///< bút phê, up to 2,000 characters
    std::optional<LocalDate> due;
    std::optional<std::int64_t> working_days;
    std::optional<std::vector<PartyRef>> lead;
    std::optional<std::vector<PartyRef>> support;
    std::optional<std::vector<PartyRef>> inform;
    std::optional<bool> mass;  ///< a lead step for each unit
};
BOOST_DESCRIBE_STRUCT(Assignment, (), (version, step, instruction, due, working_days, lead, support, inform, mass))

/// Opens the steps and, from the record itself, does its `assign` action; the assigner's own waiting steps end with it.
/// Errors: not_found, forbidden, conflict (state, version, steps.lead_exists), invalid.
Result<void> assign(const Scope&, db::Transaction&, const records::Engine&, RecordId, const Assignment&);

struct Proposal {
    PartyRef to;                      ///< the leader who decides
    std::optional<std::string> text;  ///< none above the server's ceiling, where it would be content
    std::optional<std::vector<PartyRef>> lead, support, inform;
    std::optional<LocalDate> due;
};
BOOST_DESCRIBE_STRUCT(Proposal, (), (to, text, lead, support, inform, due))
/// The chief of office proposes whom it goes to: an approve step for the leader, with the proposal kept beside it.
Result<void> propose(const Scope&, db::Transaction&, const records::Engine&, RecordId, const Proposal&);

struct Consultation {
    std::vector<PartyRef> to;
    std::string text;
    std::optional<LocalDate> due;
};
BOOST_DESCRIBE_STRUCT(Consultation, (), (to, text, due))
Result<void> consult(const Scope&, db::Transaction&, const records::Engine&, RecordId, const Consultation&);

struct Finish {
    std::string outcome;             ///< product, no_reply, result, done
    std::optional<RecordId> record;  ///< the product
    std::optional<FileId> file;      ///< the result, attached as evidence
    std::optional<std::string> reason;
    std::optional<bool> despite_open;  ///< close what support still has open, with a reason
};
BOOST_DESCRIBE_STRUCT(Finish, (), (outcome, record, file, reason, despite_open))
/// The register's action that ends such a step, with its fields and checks, in the record's state: the step alone does
/// not end it. Null where there is none, and where the register is one whose work is assigned.
Result<const registers::Action*> ending_action(const Scope&, db::Reader&, const records::Record&, const steps::Step&);
/// Ends a step; a lead needs a product, a result or a reason. When the last lead from the record itself is done, the
/// record is. Errors: conflict "documents.finish_by_action" with {action} (see ending_action), invalid
/// "documents.needs_product", "documents.needs_reason", "documents.needs_file"; those of steps::finish.
Result<void> finish(const Scope&, db::Transaction&, const records::Engine&, StepId, const Finish&);

/// Decides about more time for a step one gave; what is granted from the record itself moves the record's own deadline
/// along. Errors: those of steps::decide_extension.
Result<void> decide_extension(const Scope&, db::Transaction&, const records::Engine&, StepId, const steps::Decision&);

/// The book of a unit that has a clerk of its own: its numbers, gap-free by year, beside those of the agency.
struct UnitBook {
    std::string label;
    std::int64_t number = 0;               ///< taken, or the next one while it waits
    std::vector<numbering::Row> reserved;  ///< while it waits: what is set aside in the unit's book
};
/// The unit's clerk enters the document in the unit's book, under the next number or a reserved one; what came to the
/// unit before keeps its number. Errors: those of steps::enter_in_book; conflict "numbering.year_closed",
/// "numbering.not_reserved", "records.numbered_already".
Result<void> enter_in_book(const Scope&, db::Transaction&, const records::Engine&, StepId,
                           std::optional<std::int64_t> reserved);
/// What the unit's book says of a step: the number given, or the next one where it waits; nothing when it has none.
Result<std::optional<UnitBook>> unit_book(const Scope&, db::Reader&, const records::Engine&, const steps::Step&);

/// The module's parts in declared actions.
void handlers(records::Engine&);
void routes(service::Routes&, const records::Engine&);

}  // namespace documents
