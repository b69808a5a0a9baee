#include "base/json.h"
#include "modules/settings/settings.h"

namespace settings {

void routes(service::Routes& routes, records::Engine& engine, Propose propose) {
    using service::Asking;
    using service::Changing;
    constexpr auto may_set = service::may("settings");
    routes.get<std::vector<Setting>>(
        "/api/settings", may_set, [](Asking& a) { return list(a.scope, a.reader); }, "The agency's settings");
    routes.put<boost::json::value, std::vector<Setting>>(
        "/api/settings", may_set,
        [&engine, propose = std::move(propose)](Changing& c, const boost::json::value& sent) {
            return change(c.scope, c.tx, engine, propose, sent);
        },
        "Change settings of the agency");
}

}  // namespace settings
