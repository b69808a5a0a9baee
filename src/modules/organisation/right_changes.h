#pragma once
#include "modules/organisation/organisation.h"

/// Changes of rights (NĐ 30/2020/NĐ-CP, Phụ lục VI, 3c): each is done at once, or waits until a second person has
/// confirmed it.
namespace organisation {

enum class Kind { post_roles, post_holder, acting, signing_authority, account_state, setting, unit_place };
BOOST_DESCRIBE_ENUM(Kind, post_roles, post_holder, acting, signing_authority, account_state, setting, unit_place)

/// Does the change, or writes it down and tells those who may confirm it. It is tried first: what could not be done is
/// refused here and not when somebody confirms it. Errors: those of doing it.
Result<Proposed> change_rights(const Scope&, db::Transaction&, AgencyId, Kind, const boost::json::object& content);

struct RightChange {
    std::int64_t id = 0;
    std::string kind;
    std::string kind_label;
    std::string description;  ///< in the scope's language
    std::string proposed_by;
    Instant proposed_at;
    std::string state;
    std::string state_label;
    std::optional<std::string> decided_by;
    std::optional<std::string> reason;
    bool may_decide = false;
    bool may_withdraw = false;            ///< one's own, while it waits
    std::optional<std::string> hindered;  ///< why not, where the scope confirms changes and another proposed this one
};
BOOST_DESCRIBE_STRUCT(RightChange, (),
                      (id, kind, kind_label, description, proposed_by, proposed_at, state, state_label, decided_by,
                       reason, may_decide, may_withdraw, hindered))

struct Decision {
    bool confirmed = false;
    std::optional<std::string> reason;  ///< needed to refuse
};
BOOST_DESCRIBE_STRUCT(Decision, (), (confirmed, reason))

/// Those of the scope's agency and beneath it, newest first, for administrators and those who confirm; to others what
/// they proposed themselves.
Result<std::vector<RightChange>> right_changes(const Scope&, db::Reader&, std::string_view state);
struct WaitingChange {
    std::int64_t id = 0;
    boost::json::object content;
};
/// What of a kind waits for its second person in the scope's agency and beneath it, newest first.
Result<std::vector<WaitingChange>> waiting_changes(const Scope&, db::Reader&, Kind);
/// How many of the waiting ones the scope may confirm or refuse.
Result<std::int64_t> changes_to_decide(const Scope&, db::Reader&);
/// Confirms or refuses; confirming does it in the same transaction. Where the agency asks for no second person any
/// more, the proposer may decide too. Errors: not_found, conflict "organisation.decided_already", forbidden
/// "organisation.second_person" (the proposer), "organisation.same_hand" (one person may be behind both accounts),
/// invalid "organisation.needs_reason", those of doing it.
Result<RightChange> decide(const Scope&, db::Transaction&, std::int64_t id, const Decision&);
/// The proposer takes it back while it waits. Errors: not_found (also another's), conflict
/// "organisation.decided_already".
Result<void> withdraw(const Scope&, db::Transaction&, std::int64_t id);

}  // namespace organisation
