#include "commands/server.h"

#include "modules/documents/documents.h"
#include "modules/inbox/inbox.h"
#include "modules/registry/registry.h"
#include "modules/session/session.h"
#include "service/pages.h"

namespace commands {

Serving::Serving(Office& opened)
    : office(opened),
      host(*opened.database, *opened.clock),
      content{*opened.database, *opened.vault, helpers, opened.engine},
      routes(router, host) {
    host.ceiling = opened.engine.ceiling;
}

void add_routes(Serving& serving) {
    session::routes(serving.routes);
    inbox::routes(serving.routes, serving.office.engine);
    registry::routes(serving.routes, serving.office.engine);
    documents::routes(serving.routes, serving.office.engine);
    content::routes(serving.routes, serving.content);
    service::serve_pages(serving.router);
}

}  // namespace commands
