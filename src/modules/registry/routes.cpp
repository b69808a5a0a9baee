#include "base/text.h"
#include "core/files/files.h"
#include "core/registers/describe.h"
#include "modules/registry/books.h"
#include "modules/registry/export.h"
#include "modules/registry/filters.h"
#include "modules/registry/history.h"
#include "modules/registry/registry.h"
#include "modules/registry/shapes.h"

namespace registry {

namespace {

using records::Engine;
using registers::DeclarationPointer;
using service::Asking;
using service::Changing;
using service::Object;

struct Attach {
    FileId file;
    std::optional<std::string> role;
    std::optional<std::string> title;
};
BOOST_DESCRIBE_STRUCT(Attach, (), (file, role, title))

struct Removal {
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(Removal, (), (reason))

struct LinkTo {
    RecordId to;
    std::string kind;
};
BOOST_DESCRIBE_STRUCT(LinkTo, (), (to, kind))

struct NewRecord {
    Object values;
    std::optional<UnitId> unit;
    std::optional<std::vector<Attach>> files;
    std::optional<std::vector<LinkTo>> links;
    std::optional<std::int64_t> number;
};
BOOST_DESCRIBE_STRUCT(NewRecord, (), (values, unit, files, links, number))

struct Edit {
    std::int64_t version = 0;
    Object values;
};
BOOST_DESCRIBE_STRUCT(Edit, (), (version, values))

struct Act {
    std::int64_t version = 0;
    std::optional<Object> arguments;
    std::optional<Object> values;
};
BOOST_DESCRIBE_STRUCT(Act, (), (version, arguments, values))

struct Check {
    Object values;
    std::optional<RecordId> id;
};
BOOST_DESCRIBE_STRUCT(Check, (), (values, id))

struct Seen {
    RecordId id;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (id, version))

struct Bulk {
    std::string action;
    std::vector<Seen> records;
    std::optional<Object> arguments;
    std::optional<Object> values;
};
BOOST_DESCRIBE_STRUCT(Bulk, (), (action, records, arguments, values))

struct BulkResult {
    RecordId id;
    bool done = false;
    std::optional<std::string> message;
};
BOOST_DESCRIBE_STRUCT(BulkResult, (), (id, done, message))

Result<DeclarationPointer> declared(const Engine& engine, std::string_view code) {
    auto declaration = engine.catalogue.find(code);
    if (!declaration) return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", std::string(code)}});
    return declaration;
}

enum class Made { before, now };
/// Content never comes in above the server's ceiling; that it was tried is journalled, and the upload destroyed.
Result<void> attach(Changing& changing, const Engine& engine, const records::Record& record, const Attach& file,
                    Made made) {
    if (record.secrecy > engine.ceiling) {
        // A record that is only being made will not be there when the trace is written.
        changing.if_refused(
            [on = made == Made::before ? record.id : RecordId{}, id = file.file](
                const Scope& scope, db::Transaction& tx) { return files::refuse(scope, tx, on, id, "above_ceiling"); });
        return fail(ErrorCode::forbidden, "registry.above_ceiling", "file");
    }
    TRY(records::refuse_sealed(changing.scope, record));
    constexpr std::size_t longest_title = 500;
    static const std::set<std::string, std::less<>> roles{"main", "appendix", "evidence", "result"};
    files::Attachment as;
    as.role = file.role.value_or("main");
    if (!roles.contains(as.role)) return fail(ErrorCode::invalid, "registry.no_file_role", "role");
    as.title = TRY(clean_text(file.title.value_or("")));
    if (length(as.title) > longest_title)
        return fail(ErrorCode::invalid, "registry.file_title_too_long", "title",
                    {{"limit", std::to_string(longest_title)}});
    const auto standing = TRY(files::on(changing.tx, record.id));
    if (std::ranges::any_of(standing, [&](const files::RecordFile& each) { return each.file.id == file.file; }))
        return fail(ErrorCode::conflict, "registry.attached_already", "file");
    as.position = static_cast<int>(standing.size());
    TRY(files::attach(changing.scope, changing.tx, record.id, file.file, as));
    return {};
}

/// Until the record is registered its files are its maker's to change; afterwards whoever takes one off says why.
Result<void> remove_file(const Engine& engine, Changing& changing, const Removal& sent) {
    constexpr std::size_t longest_reason = 500;
    const auto record = TRY(records::open(changing.scope, changing.tx, engine, TRY(changing.id<RecordId>("record"))));
    if (!TRY(records::may_edit(changing.scope, changing.tx, record)))
        return fail(ErrorCode::forbidden, "records.may_not_edit");
    auto reason = clean_text(sent.reason.value_or(""));
    if (!reason) {
        reason.error().field = "reason";
        return std::unexpected(reason.error());
    }
    if (reason->empty() && records::is_registered(record))
        return fail(ErrorCode::invalid, "registry.removal_needs_reason", "reason");
    if (length(*reason) > longest_reason)
        return fail(ErrorCode::invalid, "registry.reason_too_long", "reason",
                    {{"limit", std::to_string(longest_reason)}});
    const auto attachment = TRY(changing.id<files::AttachmentId>("attachment"));
    return files::detach(changing.scope, changing.tx, record.id, attachment, *reason);
}

Result<RecordId> create(const Engine& engine, Changing& changing, const NewRecord& sent) {
    const auto declaration = TRY(declared(engine, changing.place("register")));
    const auto record = TRY(records::create(changing.scope, changing.tx, engine, declaration->code,
                                            {sent.values, sent.unit, false, {}, sent.number}));
    if (sent.files)
        for (const Attach& file : *sent.files) TRY(attach(changing, engine, record, file, Made::now));
    if (sent.links)
        for (const LinkTo& link : *sent.links)
            TRY(records::link(changing.scope, changing.tx, engine, record.id, link.to, link.kind));
    return record.id;
}

/// Two who change the same record: the later one is told how it is now.
Result<RecordId> done_or_current(const Engine& engine, Changing& changing, RecordId id,
                                 const Result<records::Record>& done) {
    if (done) return done->id;
    if (done.error().message == "records.text_above_ceiling" || done.error().message == "records.above_ceiling")
        changing.if_refused([id, field = done.error().field](const Scope& scope, db::Transaction& tx) {
            return records::journal_refused_text(scope, tx, id, field);
        });
    if (done.error().message == "records.changed_meanwhile")
        if (const auto now = records::open(changing.scope, changing.tx, engine, id))
            changing.current = TRY(record_json(changing.scope, changing.tx, engine, *now));
    return std::unexpected(done.error());
}

Result<std::vector<BulkResult>> bulk(const Engine& engine, Changing& changing, const Bulk& sent) {
    constexpr std::size_t limit = 200;
    if (sent.records.size() > limit)
        return fail(ErrorCode::too_large, "registry.too_many", "records", {{"limit", std::to_string(limit)}});
    const auto declaration = TRY(declared(engine, changing.place("register")));
    const registers::Action* action = declaration->action(sent.action);
    if (!action || !action->bulk)
        return fail(ErrorCode::invalid, "registry.not_in_bulk", "action",
                    {{"action", action ? action->label.in(changing.scope.language) : sent.action}});
    std::vector<BulkResult> results;
    for (const Seen& each : sent.records) {
        // Each stands alone: what fails is undone for itself and said beside its row.
        const auto done = changing.tx.attempt([&]() -> Result<void> {
            TRY(records::act(
                changing.scope, changing.tx, engine, each.id,
                {sent.action, each.version, sent.arguments.value_or(Object()), sent.values.value_or(Object())}));
            return {};
        });
        if (!done && done.error().code == ErrorCode::internal) return std::unexpected(done.error());
        BulkResult& result = results.emplace_back(each.id, done.has_value(), std::nullopt);
        if (!done) result.message = messages::text(changing.scope.language, done.error());
    }
    return results;
}

Result<Object> check(const Engine& engine, Asking& asking, const Check& sent) {
    const auto declaration = TRY(declared(engine, asking.place("register")));
    const auto checked = TRY(records::check(asking.scope, asking.reader, engine, declaration->code,
                                            sent.id.value_or(RecordId{}), sent.values));
    Object answer;
    boost::json::array errors, warned;
    for (const Error& error : checked.errors)
        errors.push_back({{"field", error.field}, {"message", messages::text(asking.scope.language, error)}});
    for (const auto& warning : checked.warnings) warned.push_back(warning_json(warning));
    Object computed, shown;
    records::Shown names(asking.scope, asking.reader);
    for (const auto& [code, value] : checked.computed) {
        const registers::Field* field = declaration->field(code);
        if (!field) continue;
        computed[code] = records::to_json(*field, value);
        shown[code] = TRY(names.text(*field, value));
    }
    answer["errors"] = std::move(errors);
    answer["warnings"] = std::move(warned);
    answer["computed"] = std::move(computed);
    answer["shown"] = std::move(shown);
    if (!checked.next_number.empty()) answer["next_number"] = checked.next_number;
    boost::json::array reserved;
    for (const auto& each : checked.reserved)
        reserved.push_back(Object{{"number", each.number}, {"shown", each.written}, {"reason", each.reason}});
    if (!reserved.empty()) answer["reserved"] = std::move(reserved);
    return answer;
}

Result<Listing> list(const Engine& engine, Asking& asking) {
    const auto declaration = TRY(declared(engine, asking.place("register")));
    const records::ListQuery query = TRY(list_query(asking, *declaration));
    const auto page = TRY(records::list(asking.scope, asking.reader, engine, query));
    Listing listing;
    listing.items = TRY(rows_json(asking.scope, asking.reader, engine, *declaration, page.rows));
    if (!page.next.empty()) listing.next = page.next;
    if (query.after.empty()) listing.count = capped(TRY(records::count(asking.scope, asking.reader, engine, query)));
    return listing;
}

Result<Object> counters(const Engine& engine, Asking& asking) {
    const LocalDate on = TRY(asking.date("on")).value_or(asking.scope.today);
    boost::json::array items;
    for (const auto& each : TRY(records::counters(asking.scope, asking.reader, engine, asking.place("register"), on))) {
        Object item{{"code", each.code}, {"label", {{"vi", each.label.vi}, {"en", each.label.in(Language::en)}}}};
        if (each.value) item["value"] = *each.value;
        if (each.today_only) item["today_only"] = true;
        items.push_back(std::move(item));
    }
    return Object{{"on", to_string(on)}, {"counters", std::move(items)}};
}

Result<Object> may_json(Asking& asking, const registers::Declaration& declaration) {
    const bool create = TRY(rights::may_create(asking.scope, asking.reader, declaration));
    const bool books = TRY(may_read_books(asking.scope, asking.reader, declaration));
    return Object{{"create", create}, {"books", books}};
}

Result<std::vector<Object>> registers_list(const Engine& engine, Asking& asking) {
    std::vector<Object> items;
    for (const auto& declaration : engine.catalogue.all()) {
        Object may = TRY(may_json(asking, *declaration));
        items.push_back({{"code", declaration->code},
                         {"title", declaration->title.in(asking.scope.language)},
                         {"group", declaration->group},
                         {"group_label", messages::text(asking.scope.language, "group." + declaration->group)},
                         {"icon", declaration->icon},
                         {"may", std::move(may)}});
    }
    return items;
}

Result<std::vector<Object>> who_sees(const Engine& engine, Asking& asking) {
    const auto record = TRY(records::open(asking.scope, asking.reader, engine, TRY(asking.id<RecordId>("record"))));
    return access_json(asking, record);
}

/// What lists are narrowed by, and what else is asked of a record and its register.
void query_of_lists(service::Routes& routes, const Engine& engine) {
    namespace query = service::query;
    std::vector<query::Parameter> list{
        query::text("queue", "A declared queue"),
        query::text("counter", "The records a declared figure counts"),
        query::day("on", "The figure's day; today when silent"),
        query::text("filter", "An expression over the record's fields (docs/protocols/expression.md)"),
        query::text("q", "Words of the title"),
        query::several("state", "In one of these states"),
        query::text("order", "A field, with - descending; the register's own order when silent")};
    const std::string_view fields = "A field of the register and its value, as in the record's JSON: sender=…";
    const query::Others readable = [&engine](const Scope& scope, const http::Request& request) {
        std::vector<std::string> names;
        if (const auto declaration = engine.catalogue.find(request.place("register")))
            for (const registers::Field* field : records::readable_fields(scope, *declaration))
                names.push_back(field->code);
        return names;
    };
    routes.asks("/api/registers/{register}/records", query::page(50, 200, list), fields, readable);
    std::vector<query::Parameter> exported = query::page(50, 200, list);
    exported.push_back(query::one_of("format", {"csv", "xlsx", "pdf"}, "What kind of file"));
    exported.push_back(query::text("columns", "With commas; the register's list when silent"));
    routes.asks("/api/registers/{register}/export", std::move(exported), fields, readable);
    routes.asks("/api/registers/{register}", {query::number("version", "A record's own version; today's when silent")});
    routes.asks("/api/registers/{register}/counters", {query::day("on", "Today when silent")});
    routes.asks("/api/records/{record}/history", query::page(50, 200));
    routes.asks("/api/records/{record}/access", {query::number("person", "Of this person alone", 0)});
}

}  // namespace

void routes(service::Routes& routes, const Engine& engine) {
    constexpr auto use = service::may("use");
    const auto read = [&engine](Asking& asking, RecordId id) -> Result<Object> {
        const auto record = TRY(records::open(asking.scope, asking.reader, engine, id));
        return record_json(asking.scope, asking.reader, engine, record);
    };

    routes.get<std::vector<Object>>(
        "/api/registers", use, [&engine](Asking& a) { return registers_list(engine, a); }, "The registers one may use");
    routes.get<Object>(
        "/api/registers/{register}", use,
        [&engine](Asking& a) -> Result<Object> {
            auto declaration = TRY(declared(engine, a.place("register")));
            if (const auto version = TRY(a.number("version", 0, 1, 1'000'000))) {
                declaration = engine.catalogue.find(declaration->id, static_cast<int>(version));
                if (!declaration) return fail(ErrorCode::not_found, "registry.no_version", "version");
            }
            Object json = TRY(registers::describe(a.reader, *declaration, a.scope.language, a.scope.today));
            hide_unreadable(a.scope, *declaration, json);
            json["may"] = TRY(may_json(a, *declaration));
            return json;
        },
        "A register's declaration, for the browser; of a record's own version with ?version=");
    routes.get<Listing>(
        "/api/registers/{register}/records", use, [&engine](Asking& a) { return list(engine, a); },
        "A page of a register's records");
    routes.post_record<NewRecord>(
        "/api/registers/{register}/records", use,
        [&engine](Changing& c, const NewRecord& sent) { return create(engine, c, sent); }, read, "Make a record", 201);
    routes.ask<Check, Object>(
        "/api/registers/{register}/check", use,
        [&engine](Asking& a, const Check& sent) { return check(engine, a, sent); }, "Check a form while it is filled");
    routes.post<Bulk, std::vector<BulkResult>>(
        "/api/registers/{register}/bulk", use,
        [&engine](Changing& c, const Bulk& sent) { return bulk(engine, c, sent); },
        "Do an action on many records, with a result for each");
    routes.get<Object>(
        "/api/registers/{register}/counters", use, [&engine](Asking& a) { return counters(engine, a); },
        "A register's figures as of a day");
    routes.get<http::Response>(
        "/api/registers/{register}/export", use,
        [&engine, &host = routes.host()](Asking& a) { return export_list(engine, host, a); },
        "A list as csv, xlsx or pdf");

    routes.get<Object>(
        "/api/records/{record}", use,
        [&engine, &host = routes.host()](Asking& a) -> Result<Object> {
            const auto record = TRY(records::open(a.scope, a.reader, engine, TRY(a.id<RecordId>("record"))));
            TRY(note_reading(a.scope, host, record, Reading::opened));
            return record_json(a.scope, a.reader, engine, record);
        },
        "A record");
    routes.put_record<Edit>(
        "/api/records/{record}", use,
        [&engine](Changing& c, const Edit& sent) -> Result<RecordId> {
            const auto id = TRY(c.id<RecordId>("record"));
            return done_or_current(engine, c, id, records::edit(c.scope, c.tx, engine, id, sent.version, sent.values));
        },
        read, "Change a record's fields");
    routes.post_record<Act>(
        "/api/records/{record}/actions/{action}", use,
        [&engine](Changing& c, const Act& sent) -> Result<RecordId> {
            const auto id = TRY(c.id<RecordId>("record"));
            return done_or_current(engine, c, id,
                                   records::act(c.scope, c.tx, engine, id,
                                                {c.place("action"), sent.version, sent.arguments.value_or(Object()),
                                                 sent.values.value_or(Object())}));
        },
        read, "Do a declared action on a record");
    routes.get<Listing>(
        "/api/records/{record}/history", use,
        [&engine, &host = routes.host()](Asking& a) { return history(engine, host, a); }, "What happened to a record");
    routes.get<std::vector<Object>>(
        "/api/records/{record}/access", use, [&engine](Asking& a) { return who_sees(engine, a); },
        "Who can see a record, and why");
    routes.post<LinkTo, Object>(
        "/api/records/{record}/links", use,
        [&engine](Changing& c, const LinkTo& sent) -> Result<Object> {
            const auto id = TRY(c.id<RecordId>("record"));
            TRY(records::link(c.scope, c.tx, engine, id, sent.to, sent.kind));
            return record_json(c.scope, c.tx, engine, TRY(records::open(c.scope, c.tx, engine, id)));
        },
        "Link a record to another");
    routes.del<void>(
        "/api/records/{record}/links/{link}", use,
        [&engine](Changing& c, const service::Nothing&) -> Result<void> {
            return records::unlink(c.scope, c.tx, engine, TRY(c.id<RecordId>("record")),
                                   TRY(c.id<Id<struct LinkNoun>>("link")).value);
        },
        "Take a link off");
    routes.post<Attach, Object>(
        "/api/records/{record}/files", use,
        [&engine](Changing& c, const Attach& sent) -> Result<Object> {
            const auto record = TRY(records::open(c.scope, c.tx, engine, TRY(c.id<RecordId>("record"))));
            if (!TRY(records::may_edit(c.scope, c.tx, record)))
                return fail(ErrorCode::forbidden, "records.may_not_edit");
            TRY(attach(c, engine, record, sent, Made::before));
            return record_json(c.scope, c.tx, engine, record);
        },
        "Attach an uploaded file to a record");
    routes.post<Removal, void>(
        "/api/records/{record}/files/{attachment}/removal", use,
        [&engine](Changing& c, const Removal& sent) { return remove_file(engine, c, sent); },
        "Take a file off a record, with the reason once that is registered");
    query_of_lists(routes, engine);
    filter_routes(routes, engine);
    book_routes(routes, engine);
    describe(routes);
}

}  // namespace registry
