#include "modules/session/session.h"

#include "core/org/org.h"
#include "core/org/posts.h"
#include "core/steps/inbox.h"

namespace session {

namespace {
constexpr db::Sql person_name{"session.person_name", R"(select full_name from person where id = ?1)"};
}

Result<Session> describe(db::Reader& reader, const service::Host& host, const accounts::Session& open,
                         const Scope& scope) {
    Session session;
    session.account = {open.account, open.login, open.language == Language::en ? "en" : "vi",
                       open.must_change_password};
    session.person = {open.person, open.full_name, open.rank.empty() ? std::nullopt : std::optional(open.rank)};
    session.post = scope.post;
    session.permissions.assign(scope.permissions.begin(), scope.permissions.end());
    // A scope fresh from signing in or from another post holds no clearance yet.
    session.clearance = static_cast<std::int64_t>(host.clearance_of(scope));
    session.csrf = open.csrf;
    session.server = {host.server_name, CONGVU_VERSION, scope.now, scope.today};
    const auto tree = TRY(org::Tree::load(reader, scope.today));
    for (const HeldPost& held : TRY(org::posts_to_choose(reader, scope.person, scope.today))) {
        Post post;
        post.id = held.post;
        post.title = held.title;
        post.roles = held.roles;
        if (const org::Unit* unit = tree->find(held.unit)) post.unit = {unit->id, unit->name};
        if (const org::Unit* agency = tree->agency_of(held.unit))
            post.agency = {held.agency, agency->name, agency->short_name};
        if (held.acting_for) {
            const auto name = TRY(reader.row(person_name, *held.acting_for));
            post.acting_for = name ? name->text(0) : held.title;
        }
        if (std::ranges::find(scope.posts, held.post, &HeldPost::post) == scope.posts.end()) {
            Scope there = TRY(org::scope_of(reader, scope.person, held.post, scope.now));
            there.clearance = host.clearance_of(there);
            if (held.acting_for) there.person = {};  // what is asked of oneself waits in one's own posts
            post.waiting = TRY(steps::inbox_count(there, reader, steps::Box::todo));
        }
        session.posts.push_back(std::move(post));
    }
    return session;
}

}  // namespace session
