#pragma once
#include "core/steps/steps.h"
#include "modules/organisation/organisation.h"

/// Bàn giao: work given to a person by name goes to another in one act that both confirm and that prints minutes. Work
/// given to a post stays with the post.
namespace organisation {

struct NewHandOver {
    PersonId from;
    PersonId to;
    std::optional<boost::json::value> steps;  ///< numbers of steps, or "all"
    std::optional<bool> all;
};
BOOST_DESCRIBE_STRUCT(NewHandOver, (), (from, to, steps, all))

/// A piece of work in it.
struct HandedStep {
    StepId id;
    RecordId record;
    std::string title;  ///< hidden from who may not see the record
    std::string role;
    std::string role_label;
    std::string instruction;
    std::optional<LocalDate> due;
    bool moved = false;
};
BOOST_DESCRIBE_STRUCT(HandedStep, (), (id, record, title, role, role_label, instruction, due, moved))

struct HandOver {
    std::int64_t id = 0;
    Party from;
    Party to;
    std::int64_t steps = 0;
    Instant created_at;
    std::optional<Instant> given_at;
    std::optional<Instant> taken_at;
    std::string state;              ///< waiting, done
    std::optional<Party> given_by;  ///< the administrator who confirmed in the giver's stead
    bool in_stead = false;          ///< the scope may: the giver has no post or account any more
    bool may_confirm = false;
    bool may_withdraw = false;
    std::optional<std::vector<HandedStep>> work;
};
BOOST_DESCRIBE_STRUCT(HandOver, (),
                      (id, from, to, steps, created_at, given_at, taken_at, state, given_by, in_stead, may_confirm,
                       may_withdraw, work))

/// By the giver, whose confirmation it is at once, or by an administrator who reaches both.
/// Errors: not_found, conflict "organisation.nothing_to_hand_over", invalid "organisation.not_their_step",
/// "organisation.other_agency" (the receiver works elsewhere), "organisation.hand_over_to_oneself".
Result<HandOver> add_hand_over(const Scope&, db::Transaction&, const NewHandOver&);
/// One's own, and for an administrator those of the agency; newest first, without their work.
Result<std::vector<HandOver>> hand_overs(const Scope&, db::Reader&);
/// Errors: not_found for whoever is neither of the two nor their administrator.
Result<HandOver> hand_over(const Scope&, db::Reader&, std::int64_t id);
/// The giver's, or, where the giver has no post or account any more, of an administrator who reaches them and is not
/// the receiver: the receiver may see what is to come. The receiver's: it is theirs. Once both have, it is done.
/// Errors: not_found, forbidden "organisation.not_in_it", conflict "organisation.confirmed_already".
Result<HandOver> confirm_hand_over(const Scope&, db::Transaction&, std::int64_t id);
/// Before it is done, by either or who stands in for the giver. Errors: not_found, forbidden "organisation.not_in_it",
/// conflict "organisation.handed_over".
Result<void> withdraw_hand_over(const Scope&, db::Transaction&, std::int64_t id);

/// The minutes as PDF (minutes.cpp). Errors: as hand_over.
Result<std::string> minutes(const Scope&, db::Reader&, std::int64_t id);

}  // namespace organisation
