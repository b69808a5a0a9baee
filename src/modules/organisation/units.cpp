#include "modules/organisation/units.h"

#include "base/text.h"
#include "core/records/fields.h"
#include "core/registers/choices.h"
#include "core/scope/subject.h"
#include "modules/organisation/right_changes.h"
#include "modules/organisation/store.h"

namespace organisation {

namespace {

Result<Unit> shown(records::Shown& shown, const org::Unit& unit) {
    Unit json;
    json.id = unit.id;
    if (unit.parent) json.parent = unit.parent;
    json.agency = unit.agency;
    json.kind = unit.kind;
    json.kind_label = TRY(shown.choice("unit_kinds", unit.kind));
    json.name = unit.name;
    json.short_name = unit.short_name;
    json.abbreviation = unit.abbreviation;
    if (!unit.organ_id.empty()) json.organ_id = unit.organ_id;
    json.is_agency = unit.is_agency;
    json.valid_from = unit.valid_from;
    json.valid_to = unit.valid_to;
    json.sort = unit.sort;
    return json;
}

/// The unit as it stands on the day its new version begins.
Result<Unit> unit_on(const Scope& scope, db::Reader& reader, UnitId id, LocalDate on) {
    const auto tree = TRY(org::Tree::load(reader, on));
    const org::Unit* unit = tree->find(id);
    if (!unit) return fail(ErrorCode::not_found, "org.no_unit");
    records::Shown names(scope, reader);
    return shown(names, *unit);
}

org::NewUnit version_of(const Scope& scope, const NewUnit& sent) {
    return {.parent = sent.parent,
            .kind = sent.kind,
            .name = sent.name,
            .short_name = sent.short_name,
            .abbreviation = sent.abbreviation,
            .organ_id = sent.organ_id,
            .is_agency = sent.is_agency.value_or(false),
            .valid_from = sent.valid_from.value_or(scope.today),
            .basis = sent.basis,
            .sort = sent.sort.value_or(0)};
}

struct Standing {
    std::shared_ptr<const org::Tree> tree;
    const org::Unit* unit = nullptr;
};

/// A unit as it stands on a day, else as it stands now, else as it will; no unit when it is over.
Result<Standing> standing(const Scope& scope, db::Reader& reader, UnitId id, LocalDate on) {
    for (const LocalDate day : {on, scope.today, LocalDate::of(9999, 12, 31)}) {
        auto tree = TRY(org::Tree::load(reader, day));
        if (const org::Unit* unit = tree->find(id)) return Standing{std::move(tree), unit};
    }
    return Standing{};
}

Result<void> require_kind(db::Reader& reader, const std::string& kind, LocalDate on) {
    const auto kinds = TRY(registers::choices(reader, "unit_kinds", on));
    if (std::ranges::find(kinds, kind, &registers::Choice::code) != kinds.end()) return {};
    return fail(ErrorCode::invalid, "organisation.no_kind", "kind", {{"kind", kind}});
}

/// Work belongs to the unit and its posts: they end only when it went elsewhere.
Result<void> require_no_work(const Scope& scope, db::Reader& reader, UnitId id) {
    std::vector<std::string> places;
    std::int64_t whole = 0;
    for (const store::Waiting& each : TRY(store::open_steps(reader, id))) {
        std::string name = messages::text(scope.language, "organisation.unit_itself");
        if (subject::kind(each.at) == subject::Kind::post) {
            // Posts of a unit are often called the same: who fills it tells them apart.
            const auto post = TRY(org::find_post(reader, {subject::id(each.at)}, scope.today));
            name = post->holders.empty() ? post->title : post->title + " " + post->holders.front().full_name;
        }
        places.push_back(name + ": " + std::to_string(each.steps));
        whole += each.steps;
    }
    if (whole == 0) return {};
    return fail(ErrorCode::conflict, "organisation.unit_has_work", {},
                {{"count", std::to_string(whole)}, {"places", join(places, "; ")}});
}

}  // namespace

Result<std::vector<Unit>> units(const Scope& scope, db::Reader& reader, LocalDate on) {
    const auto tree = TRY(org::Tree::load(reader, on));
    records::Shown names(scope, reader);
    std::vector<Unit> list;
    for (const org::Unit& unit : tree->all()) list.push_back(TRY(shown(names, unit)));
    std::map<UnitId, UnitComing> coming;
    for (const org::Coming& each : TRY(org::coming(reader, scope.today)))
        coming[each.unit] = {each.on, each.what == org::Coming::What::end ? std::nullopt : std::optional(each.name)};
    for (Unit& unit : list)
        if (const auto found = coming.find(unit.id); found != coming.end()) unit.coming = found->second;
    return list;
}

Result<Unit> add_unit(const Scope& scope, db::Transaction& tx, const NewUnit& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    if (!sent.parent) return fail(ErrorCode::invalid, "organisation.needs_parent", "parent");
    TRY(reach.require(*sent.parent, "parent"));
    const org::NewUnit version = version_of(scope, sent);
    TRY(require_kind(tx, version.kind, scope.today));
    const UnitId id = TRY(org::add_unit(scope, tx, version));
    return unit_on(scope, tx, id, version.valid_from);
}

Result<Unit> change_unit(const Scope& scope, db::Transaction& tx, UnitId id, const NewUnit& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    TRY(reach.require(id));
    org::NewUnit version = version_of(scope, sent);
    // A change may be written down before its day: what stands then, else what stands now.
    const Standing then = TRY(standing(scope, tx, id, version.valid_from));
    const org::Unit* before = then.unit;
    if (!before) return fail(ErrorCode::conflict, "organisation.unit_is_over");
    if (sent.is_agency && *sent.is_agency != before->is_agency)
        return fail(ErrorCode::invalid, "organisation.agency_stays", "is_agency");
    if (!sent.parent && before->parent) version.parent = before->parent;
    if (!sent.sort) version.sort = before->sort;
    // One that is no longer chosen stays where it is.
    if (version.kind != before->kind) TRY(require_kind(tx, version.kind, scope.today));
    // The place of one's own agency is its superior's to change.
    if (version.parent && *version.parent != before->parent) TRY(reach.require(*version.parent, "parent"));
    if (!version.parent || *version.parent == before->parent) {
        TRY(org::change_unit(scope, tx, id, version));
        return unit_on(scope, tx, id, version.valid_from);
    }
    const org::Unit* above = before->parent ? then.tree->find(before->parent) : nullptr;
    const AgencyId agency = above ? above->agency : before->agency;
    const auto moved =
        TRY(change_rights(scope, tx, agency, Kind::unit_place, {{"unit", id.value}, {"version", encode(version)}}));
    Unit unit = TRY(unit_on(scope, tx, id, version.valid_from));
    unit.change = moved.change;
    return unit;
}

Result<void> place_unit(const Scope& scope, db::Transaction& tx, UnitId id, const org::NewUnit& version) {
    const Standing then = TRY(standing(scope, tx, id, version.valid_from));
    const org::Unit* before = then.unit;
    const org::Unit* above = before && version.parent ? then.tree->find(*version.parent) : nullptr;
    // What an agency holds is its own: another gets a unit only as an empty place.
    if (above && !before->is_agency && above->agency != before->agency)
        for (const UnitId each : then.tree->subtree(id))
            if (TRY(store::holds_anything(tx, each)))
                return fail(ErrorCode::conflict, "organisation.unit_of_agency", "parent",
                            {{"unit", then.tree->find(each)->name}});
    return org::change_unit(scope, tx, id, version);
}

Result<void> withdraw_coming(const Scope& scope, db::Transaction& tx, UnitId id) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    TRY(reach.require(id));
    // Of one's own agency one takes back its new name; its end and its place are its superior's.
    if (id.value == scope.agency.value)
        for (const org::Coming& each : TRY(org::coming(tx, scope.today))) {
            if (each.unit != id) continue;
            const auto then = TRY(org::Tree::load(tx, each.on));
            if (!then->find(id) || then->find(id)->parent != reach.tree().find(id)->parent)
                return fail(ErrorCode::forbidden, "organisation.own_agency");
        }
    return org::withdraw_coming(scope, tx, id);
}

Result<void> note_succession(const Scope& scope, db::Transaction& tx, UnitId id, const org::Succession& succession) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    TRY(reach.require(id));
    if (id.value == scope.agency.value) return fail(ErrorCode::forbidden, "organisation.own_agency");
    for (const UnitId to : succession.to) TRY(reach.require(to, "to"));
    if (org::ends(succession)) TRY(require_no_work(scope, tx, id));
    return org::succeed(scope, tx, id, succession);
}

}  // namespace organisation
