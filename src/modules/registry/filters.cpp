#include "modules/registry/filters.h"

#include "base/json.h"
#include "base/text.h"
#include "core/journal/journal.h"
#include "modules/registry/export.h"

namespace registry {

namespace {

using records::Engine;
using service::Asking;
using service::Changing;
using service::Object;

constexpr db::Sql filters_of{"registry.filters_of", R"(
    select id, name, owner_person_id, content from saved_filter
    where register_code = ?1 and agency_id = ?2 and (owner_person_id = ?3 or owner_person_id is null) order by sort, id limit 100)"};
constexpr db::Sql insert_filter{"registry.insert_filter", R"(
    insert into saved_filter (agency_id, owner_person_id, register_code, name, content, created_at) values (?1, ?2, ?3, ?4, ?5, ?6) returning id)"};
constexpr db::Sql owner_of{
    "registry.filter_owner",
    R"(select owner_person_id, agency_id from saved_filter where id = ?1 and register_code = ?2)"};
constexpr db::Sql update_filter{
    "registry.update_filter", R"(update saved_filter set name = ?2, content = ?3, owner_person_id = ?4 where id = ?1)"};
constexpr db::Sql delete_filter{"registry.delete_filter", R"(delete from saved_filter where id = ?1)"};

using FilterId = Id<struct FilterNoun>;

struct Filter {
    std::string name;
    bool shared = false;
    Object content;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (name, shared, content))

struct Made {
    FilterId id;
};
BOOST_DESCRIBE_STRUCT(Made, (), (id))

Result<std::string> text_of(const Object& content, std::string_view name) {
    const auto* text = content.if_contains(name);
    if (!text || text->is_null()) return std::string();
    constexpr std::size_t longest = 4'000;
    if (!text->is_string() || text->as_string().size() > longest)
        return fail(ErrorCode::invalid, "registry.bad_filter", name);
    return std::string(text->as_string());
}

/// What is kept can be asked: its condition, order and columns are of this register. Errors: invalid at each.
Result<void> check(const Engine& engine, Changing& changing, const Filter& sent) {
    if (trim(sent.name).empty() || length(sent.name) > 100)
        return fail(ErrorCode::invalid, "registry.bad_filter_name", "name");
    if (sent.shared && !changing.scope.may("saved_filters"))
        return fail(ErrorCode::forbidden, "service.may_not", "shared");
    const auto declaration = engine.catalogue.find(changing.place("register"));
    if (!declaration)
        return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", changing.place("register")}});
    records::ListQuery query{.register_code = declaration->code};
    query.limit = 1;
    query.filter = TRY(text_of(sent.content, "filter"));
    query.order = TRY(text_of(sent.content, "order"));
    if (const auto* columns = sent.content.if_contains("columns"); columns && !columns->is_null()) {
        if (!columns->is_array()) return fail(ErrorCode::invalid, "registry.bad_filter", "columns");
        std::vector<std::string> codes;
        for (const auto& code : columns->as_array()) {
            if (!code.is_string()) return fail(ErrorCode::invalid, "registry.bad_filter", "columns");
            codes.emplace_back(std::string_view(code.as_string()));
        }
        TRY(require_columns(changing.scope, *declaration, codes));
    }
    auto listed = records::list(changing.scope, changing.tx, engine, query);
    if (listed) return {};
    Error wrong = std::move(listed.error());
    if (wrong.code == ErrorCode::invalid && wrong.field != "order") wrong.field = "filter";
    return std::unexpected(std::move(wrong));
}

/// One's own, or the agency's for whoever may keep those.
Result<FilterId> own_filter(Changing& changing) {
    const auto id = TRY(changing.id<FilterId>("filter"));
    const auto row = TRY(changing.tx.row(owner_of, id, changing.place("register")));
    const bool own = row && row->id<struct PersonNoun>(0) == changing.scope.person;
    const bool of_agency = row && row->is_null(0) && row->id<struct AgencyNoun>(1) == changing.scope.agency &&
                           changing.scope.may("saved_filters");
    if (!own && !of_agency) return fail(ErrorCode::not_found, "registry.no_filter");
    return id;
}

Result<void> journal_only(Changing& changing, std::string_view action, std::int64_t filter) {
    TRY(journal::write(changing.scope, changing.tx, {.action = action, .details = {{"filter", filter}}}));
    return {};
}

Result<std::vector<Object>> list(const Engine& engine, Asking& asking) {
    std::vector<Object> items;
    const std::string code = asking.place("register");
    for (const db::Row& row : TRY(asking.reader.rows(filters_of, code, asking.scope.agency, asking.scope.person))) {
        const boost::json::value content = TRY(parse_json(row.text(3)));
        records::ListQuery query{.register_code = code};
        if (const auto* filter = content.as_object().if_contains("filter"); filter && filter->is_string())
            query.filter = filter->as_string();
        const auto counted = records::count(asking.scope, asking.reader, engine, query);
        Object item{{"id", row.integer(0)}, {"name", row.text(1)}, {"shared", row.is_null(2)}, {"content", content}};
        // A filter over a field that is gone still stands in the list, so that it can be mended or thrown away.
        if (counted) item["count"] = encode(capped(*counted));
        items.push_back(std::move(item));
    }
    return items;
}

}  // namespace

void filter_routes(service::Routes& routes, const Engine& engine) {
    constexpr auto use = service::may("use");
    routes.get<std::vector<Object>>(
        "/api/registers/{register}/filters", use, [&engine](Asking& a) { return list(engine, a); },
        "Saved filters with their counts");
    routes.post<Filter, Made>(
        "/api/registers/{register}/filters", use,
        [&engine](Changing& c, const Filter& sent) -> Result<Made> {
            TRY(check(engine, c, sent));
            const FilterId id{
                TRY(c.tx.insert(insert_filter, c.scope.agency, sent.shared ? PersonId{} : c.scope.person,
                                c.place("register"), sent.name, boost::json::serialize(sent.content), c.tx.now()))};
            TRY(journal::write(c.scope, c.tx, {.action = "filter.saved", .details = {{"filter", id.value}}}));
            return Made{id};
        },
        "Save a filter", 201);
    routes.put<Filter, void>(
        "/api/registers/{register}/filters/{filter}", use,
        [&engine](Changing& c, const Filter& sent) -> Result<void> {
            const FilterId id = TRY(own_filter(c));
            TRY(check(engine, c, sent));
            TRY(c.tx.execute(update_filter, id, sent.name, boost::json::serialize(sent.content),
                             sent.shared ? PersonId{} : c.scope.person));
            return journal_only(c, "filter.changed", id.value);
        },
        "Change a saved filter");
    routes.del<void>(
        "/api/registers/{register}/filters/{filter}", use,
        [](Changing& c, const service::Nothing&) -> Result<void> {
            const FilterId id = TRY(own_filter(c));
            TRY(c.tx.execute(delete_filter, id));
            return journal_only(c, "filter.deleted", id.value);
        },
        "Throw a saved filter away");
}

}  // namespace registry
