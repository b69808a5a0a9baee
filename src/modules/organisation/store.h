#pragma once
#include "core/org/org.h"

/// Inside the module: the rows of right_change and hand_over, and what is counted beside posts.
namespace organisation::store {

/// Open steps addressed to a post.
Result<std::int64_t> open_steps(db::Reader&, PostId);
struct Waiting {
    SubjectId at;  ///< the unit or one of its posts
    std::int64_t steps = 0;
};
/// Open steps addressed to a unit and to its posts, also those in its clerk's book; where there are none is left out.
Result<std::vector<Waiting>> open_steps(db::Reader&, UnitId);

/// Has the unit ever had a post, or a record in it?
Result<bool> holds_anything(db::Reader&, UnitId);

struct Change {
    std::int64_t id = 0;
    AgencyId agency;
    std::string kind;
    std::string content;  ///< JSON
    AccountId proposed_by;
    PersonId proposer;
    Instant proposed_at;
    std::string state;  ///< waiting, confirmed, refused
    PersonId decider;
    std::optional<Instant> decided_at;
    std::string reason;
};
Result<std::int64_t> insert_change(db::Transaction&, AgencyId, std::string_view kind, std::string_view content,
                                   AccountId by);
Result<std::optional<Change>> change(db::Reader&, std::int64_t id);
/// Those of the agencies, newest first. An empty state means all, no account: whoever proposed them.
Result<std::vector<Change>> changes(db::Reader&, const std::vector<AgencyId>&, std::string_view state, AccountId by,
                                    int limit);
/// Rows changed: none when somebody else decided first.
Result<std::int64_t> decide_change(db::Transaction&, std::int64_t id, std::string_view state, AccountId by,
                                   std::string_view reason);

struct HandOver {
    std::int64_t id = 0;
    PersonId from;
    PersonId to;
    std::string content;  ///< JSON
    Instant created_at;
    std::optional<Instant> given_at;
    std::optional<Instant> taken_at;
};
Result<std::int64_t> insert_hand_over(db::Transaction&, PersonId from, PersonId to, std::string_view content);
Result<std::optional<HandOver>> hand_over(db::Reader&, std::int64_t id);
/// Newest first.
Result<std::vector<HandOver>> hand_overs(db::Reader&, int limit);
/// Those of one person, given or taken.
Result<std::vector<HandOver>> hand_overs_of(db::Reader&, PersonId, int limit);
Result<void> set_given(db::Transaction&, std::int64_t id);
Result<void> set_taken(db::Transaction&, std::int64_t id);
Result<void> set_content(db::Transaction&, std::int64_t id, std::string_view content);
Result<void> remove_hand_over(db::Transaction&, std::int64_t id);

/// Errors: not_found "accounts.no_account".
Result<PersonId> person_of_account(db::Reader&, AccountId);

}  // namespace organisation::store
