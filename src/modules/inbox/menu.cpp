#include "modules/inbox/menu.h"

#include <set>

#include "base/json.h"
#include "core/jobs/jobs.h"
#include "core/org/org.h"
#include "core/records/records.h"

namespace inbox {

namespace {

using boost::json::object;

/// Below this many records of one's own it is asked each time which registers hold them; above, now and then.
constexpr std::size_t few_records = 2'000;
constexpr std::int64_t counted_to = 1'001;
constexpr auto seen_for = std::chrono::seconds(60);

bool has_any(const Scope& scope, const std::vector<std::string>& roles) {
    return std::ranges::any_of(roles, [&](const std::string& role) { return scope.has_role(role); });
}

struct Menu {
    const Scope& scope;
    db::Reader& reader;
    const records::Engine& engine;
    std::vector<object> groups = {};

    std::string word(std::string_view code) const {
        return messages::text(scope.language, "menu." + std::string(code));
    }

    object item(std::string_view code, std::string_view path) const {
        return {{"code", code}, {"label", word(code)}, {"path", path}};
    }

    object counted(std::string_view code, std::string_view path, std::int64_t number) const {
        object made = item(code, path);
        made["count"] = encode(capped(number));
        return made;
    }

    void group(std::string_view code, boost::json::array items) {
        if (!items.empty()) groups.push_back({{"code", code}, {"label", word(code)}, {"items", std::move(items)}});
    }
};

object beneath(object item) {
    item["level"] = 2;
    return item;
}

Result<object> part(const Menu& menu, std::string_view code, steps::Part part) {
    const auto number =
        TRY(steps::inbox_count(menu.scope, menu.reader, steps::Box::todo, steps::Lateness::any, {}, part));
    return beneath(menu.counted(code, "/inbox?part=" + std::string(enum_name(part)), number));
}

/// What waits, by what the posts are for: a leader decides, a head gives on, a handler leads.
Result<void> add_inbox(Menu& menu) {
    const Scope& scope = menu.scope;
    const auto counts = TRY(steps::inbox_counts(scope, menu.reader));
    const bool leads = scope.has_role("leader"), heads = steps::heads_unit(scope), handles = scope.has_role("handler");
    boost::json::array items;
    items.push_back(menu.counted("todo", "/inbox", counts.todo));
    if (leads) items.push_back(TRY(part(menu, "decide", steps::Part::decide)));
    if (heads) items.push_back(TRY(part(menu, "assign", steps::Part::assign)));
    if (steps::keeps_unit_book(scope)) items.push_back(TRY(part(menu, "unit_book", steps::Part::book)));
    if (handles) items.push_back(TRY(part(menu, "lead", steps::Part::lead)));
    if (heads || handles) items.push_back(TRY(part(menu, "returned", steps::Part::returned)));
    items.push_back(beneath(menu.counted("late", "/inbox?late=1", counts.late)));
    items.push_back(menu.counted("support", "/inbox?box=support", counts.support));
    items.push_back(menu.counted("inform", "/inbox?box=inform", counts.inform));
    if (leads || heads) {
        items.push_back(menu.counted("watching", "/inbox?box=watching", counts.watching));
        const auto late = TRY(steps::inbox_count(scope, menu.reader, steps::Box::watching, steps::Lateness::late));
        items.push_back(beneath(menu.counted("watching_late", "/inbox?box=watching&late=1", late)));
    }
    if (heads) {
        const auto unit = TRY(steps::inbox_count(scope, menu.reader, steps::Box::unit));
        items.push_back(menu.counted("unit", "/inbox?box=unit", unit));
    }
    items.push_back(menu.item("done", "/inbox?box=done"));
    menu.group("work", std::move(items));
    return {};
}

/// A register with the queues its declaration gives to one's roles; hidden when there is nothing in it for one to see
/// or make.
Result<void> add_registers(Menu& menu, SeenRegisters& remembered) {
    std::map<std::string, boost::json::array> groups;
    const auto seen = TRY(remembered.get(menu.scope, menu.reader, menu.engine));
    for (const auto& declaration : menu.engine.catalogue.all()) {
        if (!seen.contains(declaration->id) && !TRY(rights::may_create(menu.scope, menu.reader, *declaration)))
            continue;
        auto& items = groups[declaration->group];
        const std::string path = "/registers/" + declaration->code;
        items.push_back({{"code", declaration->code},
                         {"label", declaration->title.in(menu.scope.language)},
                         {"path", path},
                         {"icon", declaration->icon}});
        if (declaration->code == "incoming" && menu.scope.may("receive"))
            items.push_back(beneath(menu.item("desk", "/desk")));
        for (const auto& [code, queue] : declaration->queues) {
            if (!has_any(menu.scope, queue.menu)) continue;
            const auto number = TRY(records::count(menu.scope, menu.reader, menu.engine,
                                                   {.register_code = declaration->code, .queue = code}));
            items.push_back(beneath({{"code", declaration->code + "." + code},
                                     {"label", queue.label.in(menu.scope.language)},
                                     {"path", path + "?queue=" + code},
                                     {"count", encode(capped(number))}}));
        }
    }
    if (menu.scope.may("number_books")) groups["documents"].push_back(menu.item("books", "/books"));
    static const std::vector<std::string> order{"documents", "steering", "law", "people", "equipment", "network"};
    const auto add = [&](const std::string& code, boost::json::array items) {
        menu.groups.push_back({{"code", code},
                               {"label", messages::text(menu.scope.language, "group." + code)},
                               {"items", std::move(items)}});
    };
    for (const std::string& code : order)
        if (const auto found = groups.find(code); found != groups.end()) {
            add(code, std::move(found->second));
            groups.erase(found);
        }
    for (auto& [code, items] : groups) add(code, std::move(items));
    return {};
}

Result<void> add_administration(Menu& menu, const WaitingChanges& waiting_changes) {
    const Scope& scope = menu.scope;
    boost::json::array items;
    if (scope.may("administer")) {
        items.push_back(menu.item("units", "/organisation/units"));
        items.push_back(menu.item("accounts", "/organisation/accounts"));
    }
    if (scope.may("confirm_rights"))
        items.push_back(menu.counted("right_changes", "/organisation/right-changes?mine=1",
                                     TRY(waiting_changes(scope, menu.reader))));
    if (scope.may("administer")) items.push_back(menu.item("lists", "/lists"));
    if (scope.may("journal")) items.push_back(menu.item("journal", "/journal"));
    if (scope.may("backup")) items.push_back(menu.item("backups", "/backups"));
    if (scope.may("administer"))
        items.push_back(
            menu.counted("jobs", "/jobs", TRY(jobs::count(scope, menu.reader, jobs::Pile::failed, counted_to))));
    if (scope.may("settings")) items.push_back(menu.item("settings", "/settings"));
    menu.group("administration", std::move(items));
    return {};
}

}  // namespace

Result<std::set<RegisterId>> SeenRegisters::get(const Scope& scope, db::Reader& reader, const records::Engine& engine) {
    const auto few = TRY(rights::few(scope, reader, few_records));
    if (few) return records::registers_seen(scope, reader, engine, few);
    const Key key{scope.account.value, scope.post.value, engine.catalogue.all().size(), org::epoch()};
    {
        const std::lock_guard lock(mutex_);
        const auto found = remembered_.find(key);
        if (found != remembered_.end() && scope.now < found->second.first + seen_for) return found->second.second;
    }
    std::set<RegisterId> seen = TRY(records::registers_seen(scope, reader, engine, few));
    const std::lock_guard lock(mutex_);
    if (remembered_.size() >= most_remembered) remembered_.clear();
    remembered_[key] = {scope.now, seen};
    return seen;
}

Result<std::vector<object>> menu(const Scope& scope, db::Reader& reader, const records::Engine& engine,
                                 SeenRegisters& seen, const WaitingChanges& waiting_changes) {
    Menu made{scope, reader, engine};
    TRY(add_inbox(made));
    TRY(add_administration(made, waiting_changes));
    TRY(add_registers(made, seen));
    boost::json::array look_up;
    look_up.push_back(made.item("search", "/search"));
    look_up.push_back(made.item("calendar", "/calendar"));
    made.group("look_up", std::move(look_up));
    boost::json::array duties;
    duties.push_back(made.item("acting", "/organisation/acting"));
    duties.push_back(made.item("hand_overs", "/organisation/hand-overs"));
    made.group("duties", std::move(duties));
    return std::move(made.groups);
}

}  // namespace inbox
