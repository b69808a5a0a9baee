#include "base/json.h"
#include "core/journal/proof.h"
#include "modules/auditing/auditing.h"

namespace auditing {

namespace {

using service::Asking;

/// What `entries` puts together by hand.
struct RecordName {
    RecordId id;
    std::string title;
    std::optional<std::string> register_;
};
BOOST_DESCRIBE_STRUCT(RecordName, (), (id, title, register_))

struct Entry {
    std::int64_t entry = 0;
    Instant at;
    std::string action, action_label;
    std::optional<std::string> person, post, on_behalf_of;
    std::optional<RecordName> record;
    boost::json::value details;
    boost::json::array changes;
};
BOOST_DESCRIBE_STRUCT(Entry, (),
                      (entry, at, action, action_label, person, post, on_behalf_of, record, details, changes))

struct EntryPage {
    std::vector<Entry> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(EntryPage, (), (items, next))

Result<Listing> page(const records::Engine& engine, Asking& asking) {
    journal::Filter filter;
    filter.person = {TRY(asking.number("person", 0, 1, INT64_MAX))};
    filter.action = asking.query("action");
    if (const auto from = TRY(asking.date("from"))) filter.from = instant_of(*from);
    if (const auto to = TRY(asking.date("to"))) filter.to = instant_of(*to + 1);
    const journal::Page wanted{.before = {TRY(asking.number("after", 0, 1, INT64_MAX))},
                               .limit = static_cast<int>(TRY(asking.number("limit", 50, 1, 200)))};
    return entries(asking.scope, asking.reader, engine, std::move(filter), wanted);
}

Result<std::string> try_prove(service::Host& host, const Scope& scope, JournalEntryId entry) {
    const auto reader = TRY(host.database.read());
    TRY(require_own(scope, *reader, entry));
    return journal::prove(*reader, entry);
}

/// Not in the table's way, because its reader would still see the journal without the head that is signed here.
void prove(service::Host& host, const SignNow& sign_now, const Scope& scope, const http::Request& request,
           http::Responder respond) {
    const auto answer = [&]() -> Result<http::Response> {
        const auto entry = TRY(request.id<JournalEntryId>("entry"));
        Result<std::string> proof = try_prove(host, scope, entry);
        if (!proof && proof.error().message == "journal.not_signed_yet" && sign_now) {
            TRY(sign_now());
            proof = try_prove(host, scope, entry);
        }
        http::Response response = http::bytes(TRY(std::move(proof)), "application/json");
        response.headers.add("Content-Disposition",
                             "attachment; filename=\"congvu-proof-" + std::to_string(entry.value) + ".json\"");
        response.headers.add("Cache-Control", "no-store");
        return response;
    };
    auto given = answer();
    if (!given) return respond(http::failure(given.error(), scope.language, request.number));
    respond(std::move(given));
}

}  // namespace

void routes(service::Routes& routes, const records::Engine& engine, SignNow sign_now) {
    constexpr auto journal = service::may("journal");
    service::Host& host = routes.host();
    routes.get<Listing>(
        "/api/journal", journal, [&engine](Asking& a) { return page(engine, a); }, "What was done in the agency");
    routes.get<State>(
        "/api/journal/state", journal, [](Asking& a) { return state(a.reader); },
        "The journal's tree and its last signed head");
    routes.raw(
        http::Method::get, "/api/journal/entries/{entry}/proof", journal,
        [&host, sign_now = std::move(sign_now)](const Scope& scope, http::Request&& r, http::Responder respond) {
            prove(host, sign_now, scope, r, std::move(respond));
        },
        "The proof file of an entry, checked without the server");
    namespace query = service::query;
    routes.asks("/api/journal",
                query::page(50, 200,
                            {query::number("person", "Done by this person"),
                             query::text("action", "Of this action, or of a family: \"record.\""),
                             query::day("from", "From this day on"), query::day("to", "To this day, with it")}));
    routes.answers<EntryPage>(http::Method::get, "/api/journal");
}

}  // namespace auditing
