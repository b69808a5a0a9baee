#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/registers/declaration.h"
#include "core/scope/scope.h"
#include "db/database.h"

/// The one access predicate (design, idea 2): who may see a record is a rule of its register, kept as materialised
/// grants. Every path reads through here: list, form, file, search, count, report, export, history, API, notice.
namespace rights {

/// Adds to `query` the condition that the record row aliased `record` is visible to the scope:
/// a grant names one of its subjects, and its label is not above its clearance. Begins with no "and".
void visible(const Scope&, db::Query& query, db::Literal record_alias);

/// Is this record visible? A record that isn't there is not.
Result<bool> can_see(const Scope&, db::Reader&, RecordId);
/// Those of `records` that are visible, in the order given.
Result<std::vector<RecordId>> filter(const Scope&, db::Reader&, std::span<const RecordId> records);
/// The scope's records of all registers when they are few, at most `limit`; nullopt when there are more (then a list is
/// driven by its own order and tests each row).
Result<std::optional<std::vector<RecordId>>> few(const Scope&, db::Reader&, std::size_t limit);

/// Where a grant comes from: a `see` rule of the declaration by its place in it, a step, a hand-over by their numbers.
struct Rule {
    enum class Kind : std::int64_t { see = 0, step = 1, hand_over = 2 };
    Kind kind{};
    std::int64_t number = 0;
    auto operator<=>(const Rule&) const = default;
};
/// Kept as one small number: two bits of kind below the number.
constexpr std::int64_t number_of(Rule rule) {
    return rule.number << 2 | static_cast<std::int64_t>(rule.kind);
}
constexpr Rule rule_of(std::int64_t number) {
    return {static_cast<Rule::Kind>(number & 3), number >> 2};
}

/// Grants a subject a record by a rule. The same grant twice is one.
Result<void> grant(const Scope&, db::Transaction&, RecordId, SubjectId, Rule);
Result<void> revoke(const Scope&, db::Transaction&, RecordId, SubjectId, Rule);

/// What a record's row gives to its `see` rules.
struct Placed {
    RecordId record;
    AgencyId agency;
    UnitId unit;
    PostId creator_post;
    PersonId creator;
    expression::Values values;  ///< fields by code; people, posts and units as numbers; and who asks
};
/// What a condition may say of the one asking: today, now, me, my_post, my_unit, my_agency.
void add_asker(const Scope&, expression::Values&);
/// The subjects the declaration's `see` rules name for this record, each with its rule.
Result<std::vector<std::pair<SubjectId, Rule>>> subjects_of(db::Reader&, const registers::Declaration&, const Placed&);
/// Makes the grants that come from `see` anew; grants of steps and links stay.
Result<void> place(const Scope&, db::Transaction&, const registers::Declaration&, const Placed&);

/// Does the actor depend on the record's values (`when`, `field:…`)? Else they may be left out of Placed.
bool asks_values(const registers::Actor&);
/// Does the scope count as this actor on this record? A participant is who has, or had, a step on it; the roles of
/// single steps (lead, support, holder …) are asked of core/steps by core/records.
Result<bool> is_actor(const Scope&, db::Reader&, const registers::Declaration&, const registers::Actor&, const Placed&);
/// For `create`: the roles alone, no record yet.
Result<bool> may_create(const Scope&, db::Reader&, const registers::Declaration&);

/// "Why can this person see this?": each grant that names one of the person's subjects today, with the rule in words.
struct Reason {
    SubjectId subject;
    Rule rule;
    std::string text;  ///< in the scope's language
};
Result<std::vector<Reason>> why(const Scope&, db::Reader&, const registers::Declaration&, RecordId,
                                const std::vector<SubjectId>& subjects);
/// Every grant on the record, for "who can see this?".
Result<std::vector<Reason>> grants(const Scope&, db::Reader&, const registers::Declaration&, RecordId);

}  // namespace rights
