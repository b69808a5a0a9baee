#include "modules/organisation/posts.h"

#include "core/steps/inbox.h"
#include "modules/organisation/describe.h"
#include "modules/organisation/right_changes.h"
#include "modules/organisation/store.h"

namespace organisation {

namespace {

/// How much waits there is for those who have that work in view, and for who moves it elsewhere.
Result<bool> may_count_steps(const Scope& scope, db::Reader& reader, const org::Post& post) {
    if (std::ranges::find(scope.posts, post.id, &HeldPost::post) != scope.posts.end()) return true;
    if (TRY(steps::headed_units(scope, reader)).contains(post.unit)) return true;
    const bool leads = scope.has_role("leader") || scope.may("administer");
    return leads && TRY(TRY(org::Reach::of(scope, reader)).has(post.unit));
}

Result<Post> shown(const Scope& scope, db::Reader& reader, const org::Post& post) {
    Post json;
    json.id = post.id;
    json.unit = post.unit;
    json.title = post.title;
    json.roles = post.roles;
    for (const org::Holder& each : post.holders)
        json.holders.push_back({{each.person, each.full_name}, each.valid_from, each.valid_to});
    if (TRY(may_count_steps(scope, reader, post))) json.open_steps = TRY(store::open_steps(reader, post.id));
    json.sort = post.sort;
    json.valid_from = post.valid_from;
    json.valid_to = post.valid_to;
    return json;
}

Result<Post> one(const Scope& scope, db::Reader& reader, PostId id) {
    const auto post = TRY(org::find_post(reader, id, scope.today));
    if (!post) return fail(ErrorCode::not_found, "org.no_post");
    return shown(scope, reader, *post);
}

Result<Proposed> propose_roles(const Scope& scope, db::Transaction& tx, const org::Reach& reach, PostId post,
                               const std::vector<std::string>& roles) {
    return change_rights(scope, tx, TRY(reach.agency_of(post)), Kind::post_roles,
                         {{"post", post.value}, {"roles", encode(roles)}});
}

/// The one whose post it is lets another act for it; a deputy doesn't pass that on.
bool holds_oneself(const Scope& scope, PostId post) {
    return std::ranges::any_of(scope.posts,
                               [&](const HeldPost& held) { return held.post == post && !held.acting_for; });
}

/// An administrator who reaches the post, or who holds it. Errors: not_found, forbidden.
Result<void> may_deputise(const Scope& scope, const org::Reach& reach, PostId post) {
    if (holds_oneself(scope, post)) return {};
    if (!scope.may("administer")) return fail(ErrorCode::forbidden, "organisation.not_your_post", "post");
    return reach.require(post, "post");
}

}  // namespace

Result<std::vector<Post>> posts(const Scope& scope, db::Reader& reader, UnitId unit) {
    std::vector<Post> list;
    for (const org::Post& each : TRY(org::posts_of(reader, unit, scope.today)))
        list.push_back(TRY(shown(scope, reader, each)));
    return list;
}

Result<Post> add_post(const Scope& scope, db::Transaction& tx, const NewPost& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    TRY(reach.require(sent.unit, "unit"));
    const PostId id = TRY(org::add_post(scope, tx,
                                        {.unit = sent.unit,
                                         .title = sent.title,
                                         .roles = {},
                                         .valid_from = sent.valid_from.value_or(scope.today),
                                         .sort = sent.sort.value_or(0)}));
    std::optional<std::int64_t> change;
    if (sent.roles && !sent.roles->empty()) change = TRY(propose_roles(scope, tx, reach, id, *sent.roles)).change;
    Post made = TRY(one(scope, tx, id));
    made.change = change;
    return made;
}

Result<Post> change_post(const Scope& scope, db::Transaction& tx, PostId id, const PostChange& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    TRY(reach.require(id));
    const org::Post before = *TRY(org::find_post(tx, id, scope.today));
    // Work belongs to the post: it ends only when its work went elsewhere.
    if (sent.valid_to && sent.valid_to != before.valid_to)
        if (const std::int64_t open = TRY(store::open_steps(tx, id)); open > 0)
            return fail(ErrorCode::conflict, "organisation.post_has_work", "valid_to",
                        {{"count", std::to_string(open)}});
    TRY(org::change_post(scope, tx, id,
                         {.title = sent.title,
                          .sort = sent.sort.value_or(before.sort),
                          .valid_to = sent.valid_to ? sent.valid_to : before.valid_to}));
    return one(scope, tx, id);
}

Result<Proposed> set_roles(const Scope& scope, db::Transaction& tx, PostId id, const Roles& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    TRY(reach.require(id));
    return propose_roles(scope, tx, reach, id, sent.roles);
}

Result<Proposed> fill_post(const Scope& scope, db::Transaction& tx, PostId id, const Filling& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    TRY(reach.require(id));
    if (sent.person) TRY(reach.require(*sent.person, "person"));
    const org::Holding holding{.post = id,
                               .person = sent.person.value_or(PersonId{}),
                               .valid_from = sent.valid_from.value_or(scope.today),
                               .valid_to = sent.valid_to,
                               .basis = sent.basis};
    return change_rights(scope, tx, TRY(reach.agency_of(id)), Kind::post_holder, encode(holding).as_object());
}

Result<std::vector<ActingShown>> acting_list(const Scope& scope, db::Reader& reader, org::Time time) {
    const org::Reach reach = TRY(org::Reach::of(scope, reader));
    std::vector<ActingShown> list;
    for (const WaitingChange& each : TRY(waiting_changes(scope, reader, Kind::acting))) {
        const auto acting = TRY(decode<org::Acting>(each.content));
        const bool concerns =
            scope.may("administer") || scope.may("confirm_rights") || holds_oneself(scope, acting.post);
        if (!concerns || !TRY(reach.has(acting.post))) continue;
        ActingShown shown;
        shown.post = TRY(party_of(reader, reach.tree(), acting.post, scope.today));
        shown.deputy = TRY(party_of(reader, acting.deputy));
        shown.valid_from = acting.valid_from;
        shown.valid_to = acting.valid_to;
        shown.basis = acting.basis;
        shown.change = each.id;
        list.push_back(std::move(shown));
    }
    for (const org::ActingRow& row : TRY(org::acting_list(reader, scope.today, time))) {
        if (!TRY(reach.has(row.acting.post))) continue;
        list.push_back({row.id, TRY(party_of(reader, reach.tree(), row.acting.post, scope.today)),
                        TRY(party_of(reader, row.acting.deputy)), row.acting.valid_from, row.acting.valid_to,
                        row.acting.basis, row.ended, std::nullopt});
    }
    return list;
}

Result<Proposed> name_deputy(const Scope& scope, db::Transaction& tx, const org::Acting& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    TRY(may_deputise(scope, reach, sent.post));
    TRY(reach.require(sent.deputy, "deputy"));
    return change_rights(scope, tx, TRY(reach.agency_of(sent.post)), Kind::acting, encode(sent).as_object());
}

Result<void> end_acting(const Scope& scope, db::Transaction& tx, std::int64_t id) {
    const auto row = TRY(org::find_acting(tx, id));
    if (!row) return fail(ErrorCode::not_found, "org.no_acting");
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    if (const auto may = may_deputise(scope, reach, row->acting.post); !may) {
        if (may.error().code == ErrorCode::not_found) return fail(ErrorCode::not_found, "org.no_acting");
        return std::unexpected(may.error());
    }
    return org::end_acting(scope, tx, id);
}

Result<std::vector<SigningShown>> signing_list(const Scope& scope, db::Reader& reader, org::Time time) {
    const org::Reach reach = TRY(org::Reach::of(scope, reader));
    std::vector<SigningShown> list;
    for (const org::SigningRow& row : TRY(org::signing_list(reader, scope.today, time))) {
        if (!TRY(reach.has(row.authority.post))) continue;
        const org::SigningAuthority& each = row.authority;
        std::optional<Party> for_post;
        if (each.for_post) for_post = TRY(party_of(reader, reach.tree(), *each.for_post, scope.today));
        list.push_back({row.id, TRY(party_of(reader, reach.tree(), each.post, scope.today)), each.form, for_post,
                        each.scope, each.basis, each.valid_from, each.valid_to});
    }
    return list;
}

Result<Proposed> add_signing(const Scope& scope, db::Transaction& tx, const org::SigningAuthority& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    TRY(reach.require(sent.post, "post"));
    if (sent.for_post) TRY(reach.require(*sent.for_post, "for_post"));
    return change_rights(scope, tx, TRY(reach.agency_of(sent.post)), Kind::signing_authority, encode(sent).as_object());
}

Result<void> end_signing(const Scope& scope, db::Transaction& tx, std::int64_t id) {
    const auto row = TRY(org::find_signing(tx, id));
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    if (!row || !TRY(reach.has(row->authority.post))) return fail(ErrorCode::not_found, "org.no_signing_authority");
    return org::end_signing_authority(scope, tx, id, scope.today);
}

}  // namespace organisation
