#include "modules/upkeep/upkeep.h"

namespace upkeep {

using service::Asking;
using service::Changing;
using service::Nothing;

void routes(service::Routes& routes, const records::Engine& engine, const std::string& folder) {
    constexpr auto administer = service::may("administer");
    routes.get<Catalogue>(
        "/api/lists", administer, [&engine](Asking& a) { return catalogue(a.scope, a.reader, engine); },
        "The registers and the shared lists as they stand");
    routes.get<ListItems>(
        "/api/lists/{list}", administer, [](Asking& a) { return list_items(a.scope, a.reader, a.place("list")); },
        "A shared list, with what is and is not in force");
    // The office's file is never given out here: it holds the keys of all contents, whatever its reader may see.
    routes.get<Backups>(
        "/api/backups", service::may("backup"), [folder](Asking& a) { return backups(a.reader, folder); },
        "The backups made, and what has come since");
    routes.get<Jobs>(
        "/api/jobs", administer, [](Asking& a) { return jobs_there(a.scope, a.reader); },
        "The jobs that failed and those that wait");
    routes.put<Nothing, void>(
        "/api/jobs/{job}/retry", administer,
        [](Changing& c, const Nothing&) -> Result<void> { return jobs::retry(c.scope, c.tx, TRY(c.id<JobId>("job"))); },
        "Try a failed job again");
    routes.put<Nothing, Retried>(
        "/api/jobs/retry", administer,
        [](Changing& c, const Nothing&) -> Result<Retried> {
            const std::int64_t again = TRY(jobs::retry_failed(c.scope, c.tx));
            return Retried{again};
        },
        "Try all failed jobs again");
}

}  // namespace upkeep
