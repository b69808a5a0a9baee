#include "core/org/org.h"

#include <boost/json.hpp>

#include "base/messages.h"
#include "base/resources.h"
#include "base/text.h"
#include "base/uuid.h"
#include "core/journal/journal.h"
#include "core/org/store.h"
#include "core/scope/subject.h"

namespace org {

namespace {

db::Blob key_of(std::string_view text) {
    const std::string key = collation_key(text);
    const auto* bytes = reinterpret_cast<const std::byte*>(key.data());
    return {bytes, bytes + key.size()};
}

/// Lists of people go by given name, which is the last word: "Nguyễn Văn An" under An.
db::Blob person_key(std::string_view full_name) {
    const std::size_t space = full_name.rfind(' ');
    if (space == std::string_view::npos) return key_of(full_name);
    return key_of(std::string(full_name.substr(space + 1)) + " " + std::string(full_name.substr(0, space)));
}

Result<std::string> required(std::string_view text, std::size_t limit, std::string_view field) {
    std::string clean = TRY(clean_text(text));
    if (clean.empty()) return fail(ErrorCode::invalid, "org.required", field);
    if (length(clean) > limit)
        return fail(ErrorCode::invalid, "org.too_long", field, {{"limit", std::to_string(limit)}});
    return clean;
}

/// Nothing where nothing was written.
Result<std::optional<std::string>> optional_text(const std::optional<std::string>& text, std::size_t limit,
                                                 std::string_view field) {
    const std::string clean = TRY(clean_text(text.value_or("")));
    if (length(clean) > limit)
        return fail(ErrorCode::invalid, "org.too_long", field, {{"limit", std::to_string(limit)}});
    return clean.empty() ? std::nullopt : std::optional(clean);
}

constexpr std::size_t longest_basis = 300;

/// What was done until now was done under the old name.
Result<void> keep_former_name(db::Transaction& tx, SubjectId whose, const std::string& before,
                              const std::string& after) {
    if (before != after) TRY(tx.execute(store::keep_former_name, whose, tx.now(), before));
    return {};
}

/// What begins or ends further away than this was mistyped.
constexpr int days_ahead = 366;
const LocalDate earliest = LocalDate::of(1900, 1, 1);

Result<void> check_day(const Scope& scope, LocalDate day, std::string_view field) {
    const LocalDate latest = scope.today + days_ahead;
    if (day >= earliest && day <= latest) return {};
    return fail(ErrorCode::invalid, "org.far_date", field,
                {{"earliest", to_vietnamese(earliest)}, {"latest", to_vietnamese(latest)}});
}

/// The unit with its texts cleaned.
Result<NewUnit> checked(NewUnit unit) {
    unit.name = TRY(required(unit.name, 200, "name"));
    unit.short_name = TRY(required(unit.short_name, 100, "short_name"));
    unit.abbreviation = TRY(required(unit.abbreviation, 30, "abbreviation"));
    unit.kind = TRY(required(unit.kind, 40, "kind"));
    unit.organ_id = TRY(optional_text(unit.organ_id, 35, "organ_id"));
    unit.basis = TRY(optional_text(unit.basis, longest_basis, "basis"));
    return unit;
}

/// The person with the texts cleaned.
Result<NewPerson> checked(NewPerson person) {
    person.full_name = TRY(required(person.full_name, 100, "full_name"));
    person.rank = TRY(optional_text(person.rank, 60, "rank"));
    person.phone = TRY(optional_text(person.phone, 40, "phone"));
    person.email = TRY(optional_text(person.email, 120, "email"));
    return person;
}

/// What is put into a unit must not outlive it. Errors: not_found, conflict "org.unit_ends".
Result<void> require_standing(db::Reader& reader, UnitId unit, std::string_view field) {
    const auto last = TRY(reader.row(store::last_version, unit));
    if (!last) return fail(ErrorCode::not_found, "org.no_unit", field);
    if (const auto ended = last->date(4))
        return fail(ErrorCode::conflict, "org.unit_ends", field,
                    {{"unit", last->text(3)}, {"date", to_vietnamese(*ended)}});
    return {};
}

/// A parent stands on the day its unit begins under it.
Result<void> check_parent(db::Reader& reader, const std::optional<UnitId>& parent, LocalDate from) {
    if (!parent) return {};
    const auto tree = TRY(Tree::load(reader, from));
    if (!tree->find(*parent)) return fail(ErrorCode::not_found, "org.no_unit", "parent");
    return require_standing(reader, *parent, "parent");
}

}  // namespace

Result<UnitId> add_unit(const Scope& scope, db::Transaction& tx, const NewUnit& sent) {
    const NewUnit unit = TRY(checked(sent));
    TRY(check_day(scope, unit.valid_from, "valid_from"));
    TRY(check_parent(tx, unit.parent, unit.valid_from));
    const UnitId id{TRY(tx.insert(store::insert_unit, new_uuid(tx.now()), unit.is_agency, unit.organ_id, tx.now()))};
    TRY(tx.insert(store::insert_version, id, unit.parent, unit.kind, unit.name, key_of(unit.name), unit.short_name,
                  unit.abbreviation, unit.sort, unit.valid_from, unit.basis, nullptr));
    TRY(journal::write(scope, tx,
                       {.action = "unit.added",
                        .changes = {{"name", nullptr, boost::json::string(unit.name)}},
                        .details = {{"unit", id.value}}}));
    tx.after_commit(touch);
    return id;
}

Result<void> change_unit(const Scope& scope, db::Transaction& tx, UnitId id, const NewUnit& sent) {
    const NewUnit unit = TRY(checked(sent));
    TRY(check_day(scope, unit.valid_from, "valid_from"));
    const auto last = TRY(tx.row(store::last_version, id));
    if (!last) return fail(ErrorCode::not_found, "org.no_unit");
    const auto ended = last->date(4);
    if (ended && *ended <= unit.valid_from)
        return fail(ErrorCode::conflict, "org.unit_ended", "valid_from", {{"date", to_vietnamese(*ended)}});
    if (unit.parent) {
        TRY(check_parent(tx, unit.parent, unit.valid_from));
        const auto tree = TRY(Tree::load(tx, unit.valid_from));
        if (tree->is_under(*unit.parent, id)) return fail(ErrorCode::invalid, "org.under_itself", "parent");
    }
    const LocalDate began = last->date(1).value_or(LocalDate{});
    // The first version of a unit to come may begin sooner; any other is withdrawn first.
    const bool sooner =
        unit.valid_from < began && began > scope.today && !TRY(tx.row(store::version_before, id, began));
    if (unit.valid_from < began && !sooner)
        return fail(ErrorCode::invalid, began > scope.today ? "org.before_coming" : "org.before_last_change",
                    "valid_from", {{"date", to_vietnamese(began)}});
    if (sooner) TRY(tx.execute(store::begin_version, last->integer(0), unit.valid_from));
    if (sooner || unit.valid_from == began) {
        TRY(tx.execute(store::replace_version, last->integer(0), unit.parent, unit.kind, unit.name, key_of(unit.name),
                       unit.short_name, unit.abbreviation, unit.sort, unit.basis));
    } else {
        TRY(tx.execute(store::end_version, last->integer(0), unit.valid_from));
        TRY(tx.insert(store::insert_version, id, unit.parent, unit.kind, unit.name, key_of(unit.name), unit.short_name,
                      unit.abbreviation, unit.sort, unit.valid_from, unit.basis, ended));
    }
    TRY(require_in_tree(tx, id, unit.valid_from));
    if (unit.organ_id) TRY(tx.execute(store::set_organ_id, id, unit.organ_id));
    TRY(journal::write(scope, tx,
                       {.action = "unit.changed",
                        .changes = {{"name", boost::json::string(last->text(3)), boost::json::string(unit.name)}},
                        .details = {{"unit", id.value}, {"from", to_string(unit.valid_from)}}}));
    tx.after_commit(touch);
    return {};
}

bool ends(const Succession& succession) {
    return succession.kind == "merge" || succession.kind == "dissolve";
}

Result<void> succeed(const Scope& scope, db::Transaction& tx, UnitId from, const Succession& succession) {
    const auto last = TRY(tx.row(store::last_version, from));
    if (!last) return fail(ErrorCode::not_found, "org.no_unit");
    if (!ends(succession) && succession.kind != "split" && succession.kind != "rename" && succession.kind != "move")
        return fail(ErrorCode::invalid, "org.unknown_succession", "kind");
    TRY(check_day(scope, succession.on, "on"));
    const auto basis = TRY(optional_text(succession.basis, longest_basis, "basis"));
    if (succession.kind == "merge" && succession.to.empty()) return fail(ErrorCode::invalid, "org.required", "to");
    for (const UnitId to : succession.to) {
        if (to == from && succession.kind != "rename" && succession.kind != "move")
            return fail(ErrorCode::invalid, "org.into_itself", "to");
        if (!TRY(tx.row(store::last_version, to))) return fail(ErrorCode::not_found, "org.no_unit", "to");
    }
    if (ends(succession)) {
        const LocalDate began = last->date(1).value_or(LocalDate{});
        if (const auto ended = last->date(4))
            return fail(ErrorCode::conflict, "org.unit_ended", "on", {{"date", to_vietnamese(*ended)}});
        if (succession.on <= began)
            return fail(ErrorCode::invalid, "org.before_last_change", "on", {{"date", to_vietnamese(began + 1)}});
        if (TRY(tx.row(store::below_after, from, succession.on))) return fail(ErrorCode::conflict, "org.units_below");
        TRY(tx.execute(store::end_version, last->integer(0), succession.on));
    }
    if (succession.to.empty())
        TRY(tx.execute(store::insert_succession, succession.kind, from, nullptr, succession.on, basis));
    for (const UnitId to : succession.to)
        TRY(tx.execute(store::insert_succession, succession.kind, from, to, succession.on, basis));
    TRY(journal::write(
        scope, tx,
        {.action = "unit.succeeded",
         .details = {{"unit", from.value}, {"kind", succession.kind}, {"on", to_string(succession.on)}}}));
    tx.after_commit(touch);
    return {};
}

Result<PersonId> add_person(const Scope& scope, db::Transaction& tx, const NewPerson& sent) {
    const NewPerson person = TRY(checked(sent));
    const std::string& name = person.full_name;
    const PersonId id{TRY(tx.insert(store::insert_person, new_uuid(tx.now()), name, person_key(name), person.rank,
                                    person.phone, person.email, tx.now()))};
    TRY(journal::write(scope, tx,
                       {.action = "person.added",
                        .changes = {{"full_name", nullptr, boost::json::string(name)}},
                        .details = {{"person", id.value}}}));
    return id;
}

Result<void> change_person(const Scope& scope, db::Transaction& tx, PersonId id, const NewPerson& sent) {
    const NewPerson person = TRY(checked(sent));
    const std::string& name = person.full_name;
    const auto before = TRY(tx.row(store::person, id));
    if (!before) return fail(ErrorCode::not_found, "org.no_person");
    TRY(keep_former_name(tx, subject::person(id), before->text(0), name));
    TRY(tx.execute(store::update_person, id, name, person_key(name), person.rank, person.phone, person.email));
    TRY(journal::write(scope, tx,
                       {.action = "person.changed",
                        .changes = {{"full_name", boost::json::string(before->text(0)), boost::json::string(name)}},
                        .details = {{"person", id.value}}}));
    return {};
}

Result<PostId> add_post(const Scope& scope, db::Transaction& tx, const NewPost& post) {
    const std::string title = TRY(required(post.title, 100, "title"));
    TRY(check_day(scope, post.valid_from, "valid_from"));
    TRY(require_standing(tx, post.unit, "unit"));
    const PostId id{
        TRY(tx.insert(store::insert_post, new_uuid(tx.now()), post.unit, title, post.sort, post.valid_from))};
    TRY(journal::write(scope, tx,
                       {.action = "post.added", .details = {{"post", id.value}, {"unit", post.unit.value}}}));
    if (!post.roles.empty()) TRY(set_roles(scope, tx, id, post.roles));
    return id;
}

Result<void> change_post(const Scope& scope, db::Transaction& tx, PostId id, const PostChange& change) {
    const auto before = TRY(tx.row(store::post_exists, id));
    if (!before) return fail(ErrorCode::not_found, "org.no_post");
    const std::string title = TRY(required(change.title, 100, "title"));
    const LocalDate began = before->date(3).value_or(LocalDate{});
    if (change.valid_to && *change.valid_to <= began)
        return fail(ErrorCode::invalid, "org.ends_before_it_begins", "valid_to");
    if (change.valid_to && change.valid_to != before->date(4)) TRY(check_day(scope, *change.valid_to, "valid_to"));
    TRY(keep_former_name(tx, subject::post(id), before->text(1), title));
    TRY(tx.execute(store::update_post, id, title, change.sort, change.valid_to));
    boost::json::object details{{"post", id.value}};
    if (change.valid_to) details["to"] = to_string(*change.valid_to);
    TRY(journal::write(scope, tx,
                       {.action = "post.changed",
                        .changes = {{"title", boost::json::string(before->text(1)), boost::json::string(title)}},
                        .details = std::move(details)}));
    tx.after_commit(touch);
    return {};
}

Result<void> set_roles(const Scope& scope, db::Transaction& tx, PostId post, const std::vector<std::string>& roles) {
    if (!TRY(tx.row(store::post_exists, post))) return fail(ErrorCode::not_found, "org.no_post");
    boost::json::array before, after;
    for (const db::Row& row : TRY(tx.rows(store::roles_of_post, post))) before.emplace_back(row.text(0));
    TRY(tx.execute(store::delete_roles, post));
    for (const std::string& code : std::set<std::string>(roles.begin(), roles.end())) {
        const std::int64_t role = TRY(role_number(tx, code));
        if (role == 0) return fail(ErrorCode::invalid, "org.no_role", "roles", {{"role", code}});
        TRY(tx.execute(store::insert_role, post, role));
        after.emplace_back(code);
    }
    TRY(journal::write(
        scope, tx,
        {.action = "post.roles_set", .changes = {{"roles", before, after}}, .details = {{"post", post.value}}}));
    tx.after_commit(touch);
    return {};
}

Result<void> fill_post(const Scope& scope, db::Transaction& tx, const Holding& holding) {
    const auto post = TRY(tx.row(store::post_exists, holding.post));
    if (!post) return fail(ErrorCode::not_found, "org.no_post", "post");
    if (const auto ended = post->date(4); ended && *ended <= holding.valid_from)
        return fail(ErrorCode::conflict, "org.post_ended", "post", {{"date", to_vietnamese(*ended)}});
    if (!TRY(tx.row(store::person, holding.person))) return fail(ErrorCode::not_found, "org.no_person", "person");
    TRY(check_day(scope, holding.valid_from, "valid_from"));
    if (holding.valid_to && *holding.valid_to <= holding.valid_from)
        return fail(ErrorCode::invalid, "org.ends_before_it_begins", "valid_to");
    TRY(tx.execute(store::end_holders, holding.post, holding.valid_from));
    const auto basis = TRY(optional_text(holding.basis, longest_basis, "basis"));
    TRY(tx.insert(store::insert_holder, holding.post, holding.person, holding.valid_from, holding.valid_to, basis));
    TRY(journal::write(scope, tx,
                       {.action = "post.filled",
                        .details = {{"post", holding.post.value},
                                    {"person", holding.person.value},
                                    {"from", to_string(holding.valid_from)}}}));
    tx.after_commit(touch);
    return {};
}

Result<void> vacate_post(const Scope& scope, db::Transaction& tx, PostId post, LocalDate from) {
    if (!TRY(tx.row(store::post_exists, post))) return fail(ErrorCode::not_found, "org.no_post", "post");
    TRY(check_day(scope, from, "valid_from"));
    TRY(tx.execute(store::end_holders, post, from));
    TRY(journal::write(scope, tx,
                       {.action = "post.vacated", .details = {{"post", post.value}, {"from", to_string(from)}}}));
    tx.after_commit(touch);
    return {};
}

Result<std::int64_t> add_acting(const Scope& scope, db::Transaction& tx, const Acting& acting) {
    if (!TRY(tx.row(store::post_exists, acting.post))) return fail(ErrorCode::not_found, "org.no_post", "post");
    if (!TRY(tx.row(store::person, acting.deputy))) return fail(ErrorCode::not_found, "org.no_person", "deputy");
    TRY(check_day(scope, acting.valid_from, "valid_from"));
    if (acting.valid_to < acting.valid_from) return fail(ErrorCode::invalid, "org.ends_before_it_begins", "valid_to");
    const std::string basis = TRY(required(acting.basis, longest_basis, "basis"));
    for (const db::Row& row : TRY(tx.rows(store::holders_on, acting.post, acting.valid_from)))
        if (row.id<struct PersonNoun>(0) == acting.deputy)
            return fail(ErrorCode::invalid, "org.acts_for_oneself", "deputy");
    const std::int64_t id =
        TRY(tx.insert(store::insert_acting, acting.post, acting.deputy, acting.valid_from, acting.valid_to, basis));
    TRY(journal::write(scope, tx,
                       {.action = "acting.added",
                        .details = {{"acting", id},
                                    {"post", acting.post.value},
                                    {"deputy", acting.deputy.value},
                                    {"from", to_string(acting.valid_from)},
                                    {"to", to_string(acting.valid_to)}}}));
    tx.after_commit(touch);
    return id;
}

Result<void> end_acting(const Scope& scope, db::Transaction& tx, std::int64_t acting) {
    if (TRY(tx.execute(store::end_acting, acting, tx.now())) == 0) return fail(ErrorCode::not_found, "org.no_acting");
    TRY(journal::write(scope, tx, {.action = "acting.ended", .details = {{"acting", acting}}}));
    tx.after_commit(touch);
    return {};
}

namespace {

/// On no day may who signs by TUQ. have it signed by another by TUQ., whichever of the two was given first.
Result<void> require_no_chain(db::Reader& reader, const SigningAuthority& authority) {
    const LocalDate last = authority.valid_to.value_or(LocalDate::of(9999, 12, 31));
    if (TRY(reader.row(store::holds_by_tuq, *authority.for_post, authority.valid_from, last)))
        return fail(ErrorCode::invalid, "org.tuq_not_passed_on", "for_post");
    if (TRY(reader.row(store::gave_by_tuq, authority.post, authority.valid_from, last)))
        return fail(ErrorCode::invalid, "org.tuq_given_already", "post");
    return {};
}

}  // namespace

Result<std::int64_t> add_signing_authority(const Scope& scope, db::Transaction& tx, const SigningAuthority& given) {
    SigningAuthority authority = given;
    // As it is written before a signature, "TUQ.", or without the stop.
    if (authority.form.size() > 1 && authority.form.ends_with('.')) authority.form.pop_back();
    static const std::set<std::string> forms{"", "TM", "KT", "TL", "TUQ", "Q"};
    if (!forms.contains(authority.form)) return fail(ErrorCode::invalid, "org.unknown_signing_form", "form");
    const auto post = TRY(tx.row(store::post_exists, authority.post));
    if (!post) return fail(ErrorCode::not_found, "org.no_post", "post");
    const std::string what = TRY(required(authority.scope, 500, "scope"));
    const std::string basis = TRY(required(authority.basis, longest_basis, "basis"));
    TRY(check_day(scope, authority.valid_from, "valid_from"));
    if (authority.valid_to && *authority.valid_to < authority.valid_from)
        return fail(ErrorCode::invalid, "org.ends_before_it_begins", "valid_to");
    // KT., TL., TUQ. are signed for somebody (NĐ 30/2020/NĐ-CP, Điều 13); TM. and Q. name nobody.
    const bool for_another = authority.form == "KT" || authority.form == "TL" || authority.form == "TUQ";
    if (for_another && !authority.for_post) return fail(ErrorCode::invalid, "org.for_whom", "for_post");
    if (authority.for_post && *authority.for_post == authority.post)
        return fail(ErrorCode::invalid, "org.for_itself", "for_post");
    if (authority.for_post && !TRY(tx.row(store::post_exists, *authority.for_post)))
        return fail(ErrorCode::not_found, "org.no_post", "for_post");
    if (authority.form == "TUQ") TRY(require_no_chain(tx, authority));
    const auto tree = TRY(Tree::load(tx, scope.today));
    const Unit* unit = tree->find(post->id<struct UnitNoun>(0));
    if (!unit) return fail(ErrorCode::not_found, "org.no_unit", "post");
    const std::int64_t id = TRY(tx.insert(store::insert_authority, unit->agency, authority.post, authority.form,
                                          authority.for_post, what, basis, authority.valid_from, authority.valid_to));
    TRY(journal::write(scope, tx,
                       {.action = "signing_authority.added",
                        .details = {{"authority", id}, {"post", authority.post.value}, {"form", authority.form}}}));
    return id;
}

Result<void> end_signing_authority(const Scope& scope, db::Transaction& tx, std::int64_t authority, LocalDate from) {
    if (TRY(tx.execute(store::end_authority, authority, from - 1)) == 0)
        return fail(ErrorCode::not_found, "org.no_signing_authority");
    TRY(journal::write(
        scope, tx,
        {.action = "signing_authority.ended", .details = {{"authority", authority}, {"from", to_string(from)}}}));
    return {};
}

Result<std::int64_t> role_number(db::Reader& reader, std::string_view code) {
    const auto row = TRY(reader.row(store::role_number, code));
    return row ? row->integer(0) : 0;
}

Result<void> load_roles(db::Database& database) {
    const auto text = resources::find("rules/roles.json");
    if (!text) return fail_internal("rules/roles.json is not built in");
    boost::system::error_code error;
    const boost::json::value roles = boost::json::parse(*text, error);
    if (error || !roles.is_array()) return fail_internal("rules/roles.json is not JSON");
    return database.write_now([&](db::Transaction& tx) -> Result<void> {
        for (const boost::json::value& each : roles.as_array()) {
            const auto& role = each.as_object();
            const std::int64_t id = TRY(tx.insert(store::upsert_role, std::string_view(role.at("code").as_string()),
                                                  std::string_view(role.at("vi").as_string()),
                                                  std::string_view(role.at("en").as_string())));
            for (const auto& permission : role.at("permissions").as_array())
                TRY(tx.execute(store::add_permission, id, std::string_view(permission.as_string())));
        }
        return {};
    });
}

}  // namespace org
