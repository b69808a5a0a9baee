#include "base/json.h"
#include "modules/searching/searching.h"

namespace searching {

namespace {

using service::Asking;

Result<Page> asked(const records::Engine& engine, files::Vault& vault, Asking& asking) {
    search::Query query;
    query.text = asking.query("q");
    if (const std::string code = asking.query("register"); !code.empty()) {
        const auto declaration = engine.catalogue.find(code);
        if (!declaration) return fail(ErrorCode::not_found, "records.no_register", "register", {{"register", code}});
        query.register_id = declaration->id;
    }
    query.agency = {TRY(asking.number("agency", 0, 1, INT64_MAX))};
    query.from = TRY(asking.date("from"));
    query.to = TRY(asking.date("to"));
    query.after = asking.query("after");
    query.limit = static_cast<int>(TRY(asking.number("limit", 20, 1, 100)));
    return find(asking.scope, asking.reader, engine, vault, query);
}

}  // namespace

void routes(service::Routes& routes, const records::Engine& engine, files::Vault& vault) {
    routes.get<Page>(
        "/api/search", service::may("use"), [&engine, &vault](Asking& a) { return asked(engine, vault, a); },
        "Search titles and contents, marks or not");
    namespace query = service::query;
    routes.asks(
        "/api/search",
        query::page(20, 100,
                    {query::text("q", "The words"), query::text("register", "In this register alone"),
                     query::number("agency", "Of this agency alone"), query::day("from", "Made from this day on"),
                     query::day("to", "Made to this day, with it")}));
}

}  // namespace searching
