#include "modules/registry/shapes.h"

#include "base/json.h"

namespace registry {

void describe(service::Routes& routes) {
    using enum http::Method;
    routes.answers<std::vector<RegisterSummary>>(get, "/api/registers");
    routes.answers<Register>(get, "/api/registers/{register}");
    routes.answers<RowPage>(get, "/api/registers/{register}/records");
    routes.answers<RecordView>(post, "/api/registers/{register}/records");
    routes.answers<CheckAnswer>(post, "/api/registers/{register}/check");
    routes.answers<Figures>(get, "/api/registers/{register}/counters");
    routes.answers<std::vector<SavedFilter>>(get, "/api/registers/{register}/filters");
    routes.answers<std::vector<Book>>(get, "/api/registers/{register}/books");
    routes.answers<Book>(post, "/api/registers/{register}/books");
    for (const std::string_view act : {"reservations", "cancellations", "closing"})
        routes.answers<Book>(post, "/api/registers/{register}/books/{book}/" + std::string(act));
    routes.answers<RecordView>(get, "/api/records/{record}");
    routes.answers<RecordView>(put, "/api/records/{record}");
    routes.answers<RecordView>(post, "/api/records/{record}/actions/{action}");
    routes.answers<RecordView>(post, "/api/records/{record}/links");
    routes.answers<RecordView>(post, "/api/records/{record}/files");
    routes.answers<HistoryPage>(get, "/api/records/{record}/history");
    routes.answers<std::vector<AccessReason>>(get, "/api/records/{record}/access");
}

}  // namespace registry
