#pragma once
#include "commands/office.h"
#include "core/files/derived.h"
#include "http/server.h"
#include "modules/content/content.h"
#include "paper/helpers.h"
#include "service/host.h"
#include "service/routes.h"

namespace commands {

/// An office with everything a server of it needs. Tests and benches make one too.
struct Serving {
    Office& office;
    service::Host host;
    paper::Helpers helpers;
    content::Tools content;
    files::Derived derived;  ///< of a destroyed file: its words
    http::Router router;
    service::Routes routes;

    explicit Serving(Office&);
    Serving(const Serving&) = delete;
};

/// Every route of every module, and the pages.
void add_routes(Serving&);

}  // namespace commands
