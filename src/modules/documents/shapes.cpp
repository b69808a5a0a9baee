#include "modules/documents/shapes.h"

#include "base/json.h"

namespace documents {

void describe(service::Routes& routes) {
    using enum http::Method;
    using Tree = std::vector<Step>;
    routes.answers<Tree>(get, "/api/records/{record}/steps");
    for (const std::string_view pattern : {"/api/records/{record}/assignments", "/api/records/{record}/proposal",
                                           "/api/records/{record}/opinions", "/api/steps/{step}/urgings"})
        routes.answers<Tree>(post, pattern);
    for (const std::string_view act :
         {"opinion", "return", "taking-back", "finish", "book-entry", "hand-on", "extension", "extension/decision"})
        routes.answers<Tree>(put, "/api/steps/{step}/" + std::string(act));
}

}  // namespace documents
