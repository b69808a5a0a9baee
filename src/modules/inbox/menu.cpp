#include "base/json.h"
#include "core/records/records.h"
#include "modules/inbox/inbox.h"

namespace inbox {

namespace {

using boost::json::object;

Count capped_here(std::int64_t counted) {
    return capped(counted);
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
        made["count"] = encode(capped_here(number));
        return made;
    }

    void group(std::string_view code, boost::json::array items) {
        if (!items.empty()) groups.push_back({{"code", code}, {"label", word(code)}, {"items", std::move(items)}});
    }
};

Result<void> add_inbox(Menu& menu) {
    const auto counts = TRY(steps::inbox_counts(menu.scope, menu.reader));
    const bool leads = menu.scope.has_role("leader") || menu.scope.has_role("chief_of_office") ||
                       menu.scope.has_role("head_of_section");
    boost::json::array items;
    items.push_back(menu.counted("todo", "/inbox", counts.todo));
    items.push_back(menu.counted("late", "/inbox?late=1", counts.late));
    items.push_back(menu.counted("support", "/inbox?box=support", counts.support));
    items.push_back(menu.counted("inform", "/inbox?box=inform", counts.inform));
    if (leads) items.push_back(menu.counted("watching", "/inbox?box=watching", counts.watching));
    items.push_back(menu.item("done", "/inbox?box=done"));
    menu.group("work", std::move(items));
    return {};
}

/// A register's queues with their counts stand under its group; one without queues stands as itself.
Result<void> add_registers(Menu& menu) {
    std::map<std::string, boost::json::array> groups;
    for (const auto& declaration : menu.engine.catalogue.all()) {
        auto& items = groups[declaration->group];
        const bool receives =
            menu.scope.has_role("clerk") || menu.scope.has_role("unit_clerk") || menu.scope.has_role("security_keeper");
        if (declaration->code == "incoming" && receives) items.push_back(menu.item("desk", "/desk"));
        const std::string path = "/registers/" + declaration->code;
        items.push_back({{"code", declaration->code},
                         {"label", declaration->title.in(menu.scope.language)},
                         {"path", path},
                         {"icon", declaration->icon}});
        // Counting every queue of every register at each page would cost more than it tells: only the office's own are
        // counted here.
        if (declaration->group != "documents") continue;
        for (const auto& [code, queue] : declaration->queues) {
            const auto number = TRY(records::count(menu.scope, menu.reader, menu.engine,
                                                   {.register_code = declaration->code, .queue = code}));
            items.push_back({{"code", declaration->code + "." + code},
                             {"label", queue.first.in(menu.scope.language)},
                             {"path", path + "?queue=" + code},
                             {"count", encode(capped_here(number))},
                             {"level", 2}});
        }
    }
    static const std::vector<std::string> order{"documents", "steering", "law", "people", "equipment", "network"};
    for (const std::string& code : order) {
        const auto found = groups.find(code);
        if (found == groups.end()) continue;
        menu.groups.push_back({{"code", code},
                               {"label", messages::text(menu.scope.language, "group." + code)},
                               {"items", std::move(found->second)}});
        groups.erase(found);
    }
    for (auto& [code, items] : groups)
        menu.groups.push_back({{"code", code},
                               {"label", messages::text(menu.scope.language, "group." + code)},
                               {"items", std::move(items)}});
    return {};
}

}  // namespace

Result<std::vector<object>> menu(const Scope& scope, db::Reader& reader, const records::Engine& engine) {
    Menu made{scope, reader, engine};
    TRY(add_inbox(made));
    TRY(add_registers(made));
    boost::json::array look_up;
    look_up.push_back(made.item("search", "/search"));
    look_up.push_back(made.item("calendar", "/calendar"));
    made.group("look_up", std::move(look_up));
    boost::json::array duties;
    duties.push_back(made.item("acting", "/organisation/acting"));
    duties.push_back(made.item("hand_overs", "/organisation/hand-overs"));
    made.group("duties", std::move(duties));
    boost::json::array administration;
    if (scope.may("administer")) {
        administration.push_back(made.item("units", "/organisation/units"));
        administration.push_back(made.item("accounts", "/organisation/accounts"));
    }
    if (scope.may("confirm_rights"))
        administration.push_back(made.item("right_changes", "/organisation/right-changes"));
    if (scope.may("journal")) administration.push_back(made.item("journal", "/journal"));
    if (scope.may("number_books")) administration.push_back(made.item("books", "/books"));
    if (scope.may("settings")) administration.push_back(made.item("settings", "/settings"));
    made.group("administration", std::move(administration));
    return std::move(made.groups);
}

}  // namespace inbox
