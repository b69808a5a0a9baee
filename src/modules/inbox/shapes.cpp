#include "modules/inbox/shapes.h"

#include "base/json.h"

namespace inbox {

void describe(service::Routes& routes) {
    using enum http::Method;
    namespace query = service::query;
    routes.asks("/api/inbox",
                query::page(50, 200,
                            {query::one_of("box", {"todo", "support", "inform", "watching", "done", "unit"},
                                           "todo when silent"),
                             query::one_of("part", {"all", "lead", "decide", "assign", "returned", "book"},
                                           "Of what is to be done; all when silent"),
                             query::flag("late", "Only what is late"), query::text("q", "Words of the title")}));
    routes.asks("/api/notices", query::page(20, 100));
    routes.asks("/api/directory", {query::text("q", "Part of a name"),
                                   query::text("kinds", "post, unit, person, with commas; all when silent"),
                                   query::number("agency", "Of this agency alone", 0)});
    routes.answers<Page>(get, "/api/inbox");
    routes.answers<Notices>(get, "/api/notices");
    routes.answers<std::vector<Phrase>>(get, "/api/phrases");
    routes.answers<std::vector<Phrase>>(post, "/api/phrases");
    routes.answers<std::vector<MenuGroup>>(get, "/api/menu");
    routes.answers<std::vector<Party>>(get, "/api/directory");
    routes.answers<std::vector<Choice>>(get, "/api/choices/{list}");
}

}  // namespace inbox
