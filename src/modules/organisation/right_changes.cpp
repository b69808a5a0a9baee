#include "modules/organisation/right_changes.h"

#include "base/text.h"
#include "core/accounts/accounts.h"
#include "core/journal/journal.h"
#include "core/org/settings.h"
#include "core/records/fields.h"
#include "core/steps/notices.h"
#include "modules/organisation/describe.h"
#include "modules/organisation/store.h"
#include "modules/organisation/units.h"

namespace organisation {

namespace {

constexpr int most_listed = 200;
constexpr std::size_t longest_reason = 500;
constexpr std::string_view waiting = "waiting";
constexpr std::string_view only_tried = "organisation.only_tried";  ///< never leaves this file

/// Does what a change says.
Result<void> apply(const Scope& scope, db::Transaction& tx, Kind kind, const boost::json::object& content) {
    const auto number = [&](std::string_view name) { return content.at(name).as_int64(); };
    const auto text = [&](std::string_view name) { return std::string(content.at(name).as_string()); };
    switch (kind) {
        case Kind::post_roles: {
            const auto roles = TRY(decode<std::vector<std::string>>(content.at("roles")));
            return org::set_roles(scope, tx, {number("post")}, roles);
        }
        case Kind::post_holder: {
            const auto holding = TRY(decode<org::Holding>(content));
            if (!holding.person) return org::vacate_post(scope, tx, holding.post, holding.valid_from);
            return org::fill_post(scope, tx, holding);
        }
        case Kind::acting:
            TRY(org::add_acting(scope, tx, TRY(decode<org::Acting>(content))));
            return {};
        case Kind::signing_authority:
            TRY(org::add_signing_authority(scope, tx, TRY(decode<org::SigningAuthority>(content))));
            return {};
        case Kind::account_state:
            return accounts::set_state(scope, tx, {number("account")}, text("state"), text("reason"));
        case Kind::setting:
            return org::set_setting(scope, tx, {number("agency")}, text("code"), text("value"));
        case Kind::unit_place:
            return place_unit(scope, tx, {number("unit")}, TRY(decode<org::NewUnit>(content.at("version"))));
    }
    return fail_internal("a right change of no kind");
}

struct Confirmers {
    std::vector<PostId> own;    ///< in the agency itself
    std::vector<PostId> above;  ///< in agencies over it
};

/// Who could confirm a change somebody proposes in an agency.
Result<Confirmers> confirmers(const Scope& scope, db::Reader& reader, AgencyId agency) {
    const auto tree = TRY(org::Tree::load(reader, scope.today));
    Confirmers found;
    for (const org::Permitted& each : TRY(org::permitted(reader, "confirm_rights", scope.today))) {
        const org::Unit* unit = tree->find(each.unit);
        if (!unit || each.person == scope.person) continue;
        const auto account = TRY(accounts::of_person(scope, reader, each.person));
        if (!account || account->state == "disabled") continue;
        if (unit->agency == agency) {
            found.own.push_back(each.post);
        } else if (tree->is_under({agency.value}, {unit->agency.value})) {
            found.above.push_back(each.post);
        }
    }
    return found;
}

/// Those whose confirmation a change waits for: above only where an agency has nobody of its own.
Result<std::vector<PostId>> asked_of(const Scope& scope, db::Reader& reader, AgencyId agency) {
    Confirmers found = TRY(confirmers(scope, reader, agency));
    return found.own.empty() ? std::move(found.above) : std::move(found.own);
}

/// It waits for them no more.
Result<void> release_confirmers(const Scope& scope, db::Transaction& tx, AgencyId agency) {
    const std::vector<PostId> posts = TRY(asked_of(scope, tx, agency));
    std::vector<SubjectId> subjects;
    for (const PostId post : posts) subjects.push_back(subject::post(post));
    steps::changed(tx, std::move(subjects));
    return {};
}

Result<void> tell_confirmers(const Scope& scope, db::Transaction& tx, AgencyId agency, Kind kind) {
    const std::vector<PostId> posts = TRY(asked_of(scope, tx, agency));
    const std::string by = TRY(person_name(tx, scope.person));
    const std::string code = "organisation.notice." + std::string(enum_name(kind));
    for (const PostId post : posts)
        TRY(steps::notify(
            tx, {.to = subject::post(post), .code = code, .arguments = {{"by", by}}, .kind = "right_change"}));
    return {};
}

Result<std::int64_t> write_down(const Scope& scope, db::Transaction& tx, AgencyId agency, Kind kind,
                                const boost::json::object& content) {
    const std::int64_t id =
        TRY(store::insert_change(tx, agency, enum_name(kind), boost::json::serialize(content), scope.account));
    TRY(journal::write(scope, tx,
                       {.action = "right_change.proposed",
                        .details = {{"change", id}, {"kind", enum_name(kind)}, {"agency", agency.value}}}));
    TRY(tell_confirmers(scope, tx, agency, kind));
    return id;
}

Result<boost::json::object> content_of(const store::Change& change) {
    boost::json::value content = TRY(parse_json(change.content));
    if (!content.is_object()) return fail_internal("a right change that is no object");
    return std::move(content.as_object());
}

/// Whoever gave a password can sign in by it, and change it, and would be the second person to himself.
Result<void> require_another(db::Reader& reader, AccountId proposer, AccountId confirmer) {
    const AccountId hand = TRY(accounts::common_hand(reader, proposer, confirmer));
    if (!hand) return {};
    const std::string who = TRY(person_name(reader, TRY(store::person_of_account(reader, hand))));
    return fail(ErrorCode::forbidden, "organisation.same_hand", {}, {{"who", who}});
}

/// What waited when the agency gave up the second person is decided by any one who confirms, its proposer as well.
Result<void> require_second(db::Reader& reader, const store::Change& change, AccountId confirmer) {
    if (!TRY(org::needs_second_person(reader, change.agency))) return {};
    if (change.proposed_by == confirmer) return fail(ErrorCode::forbidden, "organisation.second_person");
    return require_another(reader, change.proposed_by, confirmer);
}

/// The agencies whose changes the scope may look at: its own and those beneath it.
std::vector<AgencyId> agencies_below(const Scope& scope, const org::Tree& tree) {
    std::vector<AgencyId> agencies;
    for (const UnitId each : tree.subtree({scope.agency.value}))
        if (const org::Unit* unit = tree.find(each); unit->is_agency) agencies.push_back({each.value});
    return agencies;
}

Result<RightChange> shown(const Scope& scope, db::Reader& reader, const org::Tree& tree, const store::Change& change) {
    RightChange json;
    json.id = change.id;
    json.kind = change.kind;
    json.kind_label = messages::text(scope.language, "organisation.kind." + change.kind);
    const auto kind = enum_value<Kind>(change.kind);
    if (kind) json.description = TRY(describe(scope, reader, tree, *kind, TRY(content_of(change))));
    records::Shown names(scope, reader);
    json.proposed_by = TRY(names.person(change.proposer.value, change.proposed_at));
    json.proposed_at = change.proposed_at;
    json.state = change.state;
    json.state_label = messages::text(scope.language, "organisation.state." + change.state);
    json.may_withdraw = change.state == waiting && change.proposed_by == scope.account;
    if (change.decider) json.decided_by = TRY(names.person(change.decider.value, change.decided_at));
    if (!change.reason.empty()) json.reason = change.reason;
    if (change.state == waiting && scope.may("confirm_rights")) {
        const auto another = require_second(reader, change, scope.account);
        json.may_decide = another.has_value();
        if (!another && another.error().code != ErrorCode::forbidden) return std::unexpected(another.error());
        if (!another && !json.may_withdraw) json.hindered = messages::text(scope.language, another.error());
    }
    return json;
}

}  // namespace

Result<Proposed> change_rights(const Scope& scope, db::Transaction& tx, AgencyId agency, Kind kind,
                               const boost::json::object& content) {
    if (!TRY(org::needs_second_person(tx, agency))) {
        TRY(apply(scope, tx, kind, content));
        return Proposed{true, std::nullopt};
    }
    // Tried and undone: what can't be done is refused now, not when the second person looks at it.
    const auto tried = tx.attempt([&]() -> Result<void> {
        TRY(apply(scope, tx, kind, content));
        return fail(ErrorCode::conflict, only_tried);
    });
    if (tried.error().message != only_tried) return std::unexpected(tried.error());
    return Proposed{false, TRY(write_down(scope, tx, agency, kind, content))};
}

Result<bool> propose_setting(const Scope& scope, db::Transaction& tx, std::string_view code, std::string_view value) {
    if (code != "second_confirmation" || value != "no") return false;
    if (!TRY(org::needs_second_person(tx, scope.agency))) return false;
    // Where nobody else could confirm anything, waiting would be for ever: that is the small agency the switch is for.
    const Confirmers found = TRY(confirmers(scope, tx, scope.agency));
    if (found.own.empty() && found.above.empty()) return false;
    TRY(write_down(scope, tx, scope.agency, Kind::setting,
                   {{"agency", scope.agency.value}, {"code", code}, {"value", value}}));
    return true;
}

Result<std::vector<RightChange>> right_changes(const Scope& scope, db::Reader& reader, std::string_view state) {
    const bool all = scope.may("administer") || scope.may("confirm_rights");
    const auto tree = TRY(org::Tree::load(reader, scope.today));
    const AccountId by = all ? AccountId{} : scope.account;
    std::vector<RightChange> list;
    for (const store::Change& each : TRY(store::changes(reader, agencies_below(scope, *tree), state, by, most_listed)))
        list.push_back(TRY(shown(scope, reader, *tree, each)));
    return list;
}

Result<std::vector<WaitingChange>> waiting_changes(const Scope& scope, db::Reader& reader, Kind kind) {
    const auto tree = TRY(org::Tree::load(reader, scope.today));
    std::vector<WaitingChange> list;
    for (const store::Change& each :
         TRY(store::changes(reader, agencies_below(scope, *tree), waiting, {}, most_listed)))
        if (each.kind == enum_name(kind)) {
            list.push_back({.id = each.id, .content = {}});
            list.back().content = TRY(content_of(each));
        }
    return list;
}

Result<std::int64_t> changes_to_decide(const Scope& scope, db::Reader& reader) {
    const auto listed = TRY(right_changes(scope, reader, waiting));
    return std::ranges::count_if(listed, &RightChange::may_decide);
}

Result<RightChange> decide(const Scope& scope, db::Transaction& tx, std::int64_t id, const Decision& decision) {
    const auto change = TRY(store::change(tx, id));
    const auto tree = TRY(org::Tree::load(tx, scope.today));
    if (!change || !tree->is_under({change->agency.value}, {scope.agency.value}))
        return fail(ErrorCode::not_found, "organisation.no_change");
    if (change->state != waiting) return fail(ErrorCode::conflict, "organisation.decided_already");
    if (decision.confirmed || change->proposed_by == scope.account) TRY(require_second(tx, *change, scope.account));
    const std::string reason = TRY(clean_text(decision.reason.value_or("")));
    if (!decision.confirmed && reason.empty()) return fail(ErrorCode::invalid, "organisation.needs_reason", "reason");
    if (length(reason) > longest_reason)
        return fail(ErrorCode::invalid, "org.too_long", "reason", {{"limit", std::to_string(longest_reason)}});

    const std::string_view state = decision.confirmed ? "confirmed" : "refused";
    if (TRY(store::decide_change(tx, id, state, scope.account, reason)) == 0)
        return fail(ErrorCode::conflict, "organisation.decided_already");
    journal::Entry entry{
        .action = decision.confirmed ? "right_change.confirmed" : "right_change.refused",
        .details = {{"change", id}, {"kind", change->kind}, {"proposed_by", change->proposed_by.value}}};
    if (!reason.empty()) entry.changes.push_back({"reason", nullptr, boost::json::string(reason)});
    TRY(journal::write(scope, tx, entry));
    const auto kind = enum_value<Kind>(change->kind);
    if (decision.confirmed) {
        if (!kind) return fail_internal("a right change of an unknown kind");
        TRY(apply(scope, tx, *kind, TRY(content_of(*change))));
    }
    TRY(release_confirmers(scope, tx, change->agency));
    if (change->proposed_by == scope.account) return shown(scope, tx, *tree, *TRY(store::change(tx, id)));
    TRY(steps::notify(tx, {.to = subject::person(change->proposer),
                           .code = decision.confirmed ? "organisation.notice.confirmed" : "organisation.notice.refused",
                           .arguments = {{"by", TRY(person_name(tx, scope.person))}, {"reason", reason}},
                           .kind = "right_change"}));
    return shown(scope, tx, *tree, *TRY(store::change(tx, id)));
}

Result<void> withdraw(const Scope& scope, db::Transaction& tx, std::int64_t id) {
    const auto change = TRY(store::change(tx, id));
    if (!change || change->proposed_by != scope.account) return fail(ErrorCode::not_found, "organisation.no_change");
    if (change->state != waiting || TRY(store::decide_change(tx, id, "withdrawn", scope.account, {})) == 0)
        return fail(ErrorCode::conflict, "organisation.decided_already");
    TRY(journal::write(scope, tx,
                       {.action = "right_change.withdrawn",
                        .details = {{"change", id}, {"kind", change->kind}, {"agency", change->agency.value}}}));
    return release_confirmers(scope, tx, change->agency);
}

}  // namespace organisation
