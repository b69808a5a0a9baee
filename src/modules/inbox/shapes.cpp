#include "modules/inbox/shapes.h"

#include "base/json.h"

namespace inbox {

void describe(service::Routes& routes) {
    using enum http::Method;
    routes.answers<Page>(get, "/api/inbox");
    routes.answers<Notices>(get, "/api/notices");
    routes.answers<std::vector<Phrase>>(get, "/api/phrases");
    routes.answers<std::vector<Phrase>>(post, "/api/phrases");
    routes.answers<std::vector<MenuGroup>>(get, "/api/menu");
    routes.answers<std::vector<Party>>(get, "/api/directory");
    routes.answers<std::vector<Choice>>(get, "/api/choices/{list}");
}

}  // namespace inbox
