#include "commands/server.h"

#include "modules/auditing/auditing.h"
#include "modules/documents/documents.h"
#include "modules/inbox/inbox.h"
#include "modules/organisation/organisation.h"
#include "modules/organisation/right_changes.h"
#include "modules/registry/registry.h"
#include "modules/scheduling/scheduling.h"
#include "modules/searching/searching.h"
#include "modules/session/session.h"
#include "modules/settings/settings.h"
#include "modules/upkeep/upkeep.h"
#include "service/pages.h"

namespace commands {

Serving::Serving(Office& opened)
    : office(opened),
      host(*opened.database, *opened.clock),
      content{*opened.database, *opened.vault, helpers, opened.engine},
      derived([this](const Scope& scope, db::Transaction& tx, FileId file) {
          return content::take_words(content, scope, tx, file);
      }),
      routes(router, host) {
    host.ceiling = opened.engine.ceiling;
}

void add_routes(Serving& serving) {
    serving.routes.raw(
        http::Method::get, "/api/health", service::open,
        [](const Scope&, http::Request&&, http::Responder respond) {
            respond(http::json(boost::json::object{{"status", "ok"}}));
        },
        "For monitors: the server answers");
    session::routes(serving.routes);
    inbox::routes(serving.routes, serving.office.engine, organisation::changes_to_decide);
    registry::routes(serving.routes, serving.office.engine);
    documents::routes(serving.routes, serving.office.engine);
    content::routes(serving.routes, serving.content);
    organisation::routes(serving.routes);
    scheduling::routes(serving.routes, serving.office.engine);
    searching::routes(serving.routes, serving.office.engine, *serving.office.vault);
    auditing::routes(serving.routes, serving.office.engine, [&office = serving.office]() -> Result<void> {
        ::journal::Sequencer sequencer(*office.database, *office.clock, TRY(office.signer()));
        TRY(sequencer.run_once());
        TRY(sequencer.sign_head());
        return {};
    });
    upkeep::routes(serving.routes, serving.office.engine, std::filesystem::absolute(serving.office.data).string());
    settings::routes(serving.routes, serving.office.engine, organisation::propose_setting);
    service::serve_pages(serving.router);
}

}  // namespace commands
