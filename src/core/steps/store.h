#pragma once
#include "core/steps/inbox.h"
#include "core/steps/notices.h"
#include "core/steps/phrases.h"
#include "core/steps/steps.h"

/// Inside the folder: the rows, and what the files share.
namespace steps {

/// Column `box`: which list of the addressee a step stands in.
namespace box {
constexpr int nowhere = 0, todo = 1, support = 2, inform = 3, done = 4, waiting_book = 5;
int of(Role);
}  // namespace box

/// Whom the scope stands for: itself and its posts; units it heads; units whose book it keeps.
struct Addressees {
    std::vector<SubjectId> own;
    std::vector<SubjectId> headed;
    std::vector<SubjectId> kept;
};
Addressees addressees(const Scope&);

/// The scope's own open step. Errors: not_found, forbidden "steps.not_yours", conflict "steps.closed".
Result<Step> own_open(const Scope&, db::Reader&, StepId);
/// The same, past the unit's clerk. Errors: conflict "steps.waiting_book" too.
Result<Step> own_working(const Scope&, db::Reader&, StepId);
/// An open step the scope gave. Errors: not_found, forbidden "steps.not_given_by_you", conflict "steps.closed".
Result<Step> given_open(const Scope&, db::Reader&, StepId);

/// A text of a person's: cleaned, at most 2,000 characters. Errors: invalid "steps.too_long".
Result<std::string> clean(std::string_view text, std::string_view field);
/// The same, not empty. Errors: invalid `missing`.
Result<std::string> clean_needed(std::string_view text, std::string_view field, std::string_view missing);

/// Lets the addressee see the record, or no longer. A unit's step is its head's and clerk's, not the whole unit's.
Result<void> grant(const Scope&, db::Transaction&, const Step&);
Result<void> revoke(const Scope&, db::Transaction&, const Step&);
Result<void> write_down(const Scope&, db::Transaction&, std::string_view action, const Step&,
                        std::vector<std::pair<std::string, std::string>> texts = {});
/// When a step that went (returned or taken back) leaves what was given from the record with nobody, its giver is asked
/// to decide: a step of the role approve, due the same day, which assigning answers.
Result<void> ask_giver_again(const Scope&, db::Transaction&, const Step& gone, const std::string& reason);
/// What is split from a step is due by its day; from a late one, by today. Errors: invalid "steps.after_own_due".
Result<void> require_within(const Scope&, const Step& parent, LocalDate due);
/// A notice about the step with the name of who did it; nothing when `to` is none or the scope itself.
Result<void> tell(const Scope&, db::Transaction&, SubjectId to, std::string_view code, std::string_view kind,
                  const Step&, boost::json::object arguments = {});

namespace store {

Result<std::optional<AgencyId>> agency_of_record(db::Reader&, RecordId);
/// The unit itself, the post's unit, or the units of the person's posts and acting posts on that day.
Result<std::vector<UnitId>> units_of(db::Reader&, SubjectId, LocalDate);
Result<AgencyId> agency_of_unit(db::Reader&, UnitId, LocalDate);
/// Does somebody fill a post there that units' work goes to?
Result<bool> has_head(db::Reader&, UnitId, LocalDate);
Result<bool> has_clerk(db::Reader&, UnitId, LocalDate);
Result<std::string> person_name(db::Reader&, PersonId);
/// How a person, post or unit is called; its number when nobody knows it.
Result<std::string> name_of(db::Reader&, SubjectId);

/// Writes the step with everything that stands on it; an open one comes into its inbox.
Result<StepId> insert(db::Transaction&, const Step&, int box, int urgency);
Result<std::optional<Step>> find(db::Reader&, StepId);
Result<std::vector<Step>> of_record(db::Reader&, RecordId);
/// The little that says who takes part.
struct Part {
    Role role = Role::task;
    State state = State::open;
    SubjectId to;
};
Result<std::vector<Part>> parts(db::Reader&, RecordId);
Result<std::vector<Step>> named(db::Reader&, PersonId);
Result<std::vector<Step>> due_until(db::Reader&, LocalDate today, LocalDate until, int limit);
Result<int> urgency(db::Reader&, RecordId);

Result<void> mark_seen(db::Transaction&, StepId);
Result<void> mark_acted(db::Transaction&, StepId);
Result<void> set_box(db::Transaction&, StepId, int box);
Result<void> set_due(db::Transaction&, StepId, std::optional<LocalDate>);
Result<void> set_reminded(db::Transaction&, StepId, int bits);
Result<void> set_opinion(db::Transaction&, StepId, std::string_view);
Result<void> move_children(db::Transaction&, StepId from, StepId to);
Result<void> readdress(db::Transaction&, StepId, SubjectId to);
struct Closing {
    State state = State::done;
    std::string outcome = {};
    std::string reason = {};
    RecordId result = {};
};
/// Not when it is closed already: then conflict "steps.closed".
Result<void> close(const Scope&, db::Transaction&, StepId, const Closing&);

Result<void> insert_extension(db::Transaction&, StepId, LocalDate due, std::string_view reason, PersonId);
Result<void> decide_extension(db::Transaction&, StepId, std::string_view state, std::optional<LocalDate> due,
                              std::string_view reason, PersonId);
Result<void> insert_urging(db::Transaction&, StepId, std::string_view text, PersonId, PostId);
Result<std::vector<Urging>> urgings(db::Reader&, StepId);

Result<void> show(db::Transaction&, RecordId, const Shown&);

Result<std::vector<Phrase>> phrases(db::Reader&, AgencyId, PersonId);
struct KeptPhrase {
    AgencyId agency;
    PersonId person;
};
Result<std::optional<KeptPhrase>> find_phrase(db::Reader&, PhraseId);
Result<PhraseId> insert_phrase(db::Transaction&, AgencyId, PersonId, std::string_view text);
Result<void> remove_phrase(db::Transaction&, PhraseId);

}  // namespace store
}  // namespace steps
