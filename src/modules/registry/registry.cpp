#include "modules/registry/registry.h"

#include "base/json.h"
#include "core/files/files.h"
#include "core/records/terms.h"
#include "core/scope/subject.h"
#include "core/steps/inbox.h"

namespace registry {

using registers::Declaration;
using registers::Field;

namespace {
constexpr std::int64_t counted_at_most = 1'000;
}

Count capped(std::int64_t counted) {
    return {std::min(counted, counted_at_most), counted > counted_at_most};
}

boost::json::object state_json(const Scope& scope, const Declaration& declaration, std::string_view code) {
    const registers::State* state = declaration.any_state(code);
    if (!state) return {{"code", code}, {"label", code}, {"colour", "grey"}};
    return {{"code", code},
            {"label", state->label.in(scope.language)},
            {"colour", state->colour},
            {"final", state->kind == registers::State::Kind::final}};
}

namespace {

Result<void> add_values(const std::vector<const Field*>& fields, const records::Columns& columns, records::Shown& shown,
                        boost::json::object& into) {
    boost::json::object values, texts;
    for (const Field* field : fields) {
        const auto found = columns.find(field->code);
        if (found == columns.end() || found->second.is_null()) continue;
        values[field->code] = records::to_json(*field, found->second);
        texts[field->code] = TRY(shown.text(*field, found->second));
    }
    into["values"] = std::move(values);
    into["shown"] = std::move(texts);
    return {};
}

boost::json::object action_json(const Scope& scope, const Declaration& declaration, const registers::Action& action) {
    boost::json::array needs;
    for (const std::string& need : action.needs) {
        const Field* field = declaration.field(need);
        needs.push_back({{"code", need},
                         {"label", field ? field->label.in(scope.language)
                                         : messages::text(scope.language, "registry.argument_" + need)},
                         {"is_field", field != nullptr}});
    }
    return {{"code", action.code},
            {"label", action.label.in(scope.language)},
            {"needs", std::move(needs)},
            {"danger", action.danger},
            {"handled_by", action.handled_by}};
}

Result<boost::json::array> links_json(const Scope& scope, db::Reader& reader, const records::Engine& engine,
                                      const records::Record& record) {
    boost::json::array list;
    for (const records::Link& link : TRY(records::links(scope, reader, record))) {
        const records::Record other = TRY(records::open(scope, reader, engine, link.other));
        list.push_back({{"id", link.id},
                        {"kind", link.kind},
                        {"kind_label", messages::text(scope.language, "registry.link_" + link.kind)},
                        {"outgoing", link.outgoing},
                        {"removable", link.removable},
                        {"record",
                         {{"id", other.id.value},
                          {"title", other.title},
                          {"register", other.declaration->code},
                          {"state", state_json(scope, *other.declaration, other.state)}}}});
    }
    return list;
}

}  // namespace

boost::json::object file_json(const Scope& scope, const files::RecordFile& each) {
    boost::json::object json{
        {"attachment", each.attachment.value},
        {"file", each.file.id.value},
        {"name", each.file.name},
        {"title", each.as.title},
        {"role", each.as.role},
        {"role_label", messages::text(scope.language, "registry.file_role_" + each.as.role)},
        {"size", static_cast<std::int64_t>(each.file.size)},
        {"media_type", each.file.media_type},
        {"sha256", each.file.sha256},
        {"state", files::code(each.file.state)},
        {"state_label", messages::text(scope.language, "registry.file_" + std::string(files::code(each.file.state)))},
        {"added_at", to_string(each.added_at)}};
    if (each.file.pages) json["pages"] = *each.file.pages;
    if (!each.file.reason.empty()) json["reason"] = messages::text(scope.language, each.file.reason);
    return json;
}

boost::json::object warning_json(const records::Checked::Warned& warning) {
    boost::json::object json{{"message", warning.message}};
    boost::json::array records;
    for (const RecordId each : warning.records) records.push_back(each.value);
    if (!records.empty()) json["records"] = std::move(records);
    return json;
}

Result<boost::json::object> record_json(const Scope& scope, db::Reader& reader, const records::Engine& engine,
                                        const records::Record& record) {
    const Declaration& declaration = *record.declaration;
    records::Shown shown(scope, reader);
    // Whose it is and who made it are called as they were when it was made.
    boost::json::object agency{{"id", record.agency.value}};
    agency["name"] = TRY(shown.unit(record.agency.value, record.created_at));
    boost::json::object json{{"id", record.id.value},
                             {"uuid", record.uuid},
                             {"register", declaration.code},
                             {"register_label", declaration.title.in(scope.language)},
                             {"form_version", declaration.version},
                             {"version", record.version},
                             {"state", state_json(scope, declaration, record.state)},
                             {"title", record.title},
                             {"secrecy", static_cast<int>(record.secrecy)},
                             {"agency", std::move(agency)},
                             {"created_at", to_string(record.created_at)},
                             {"updated_at", to_string(record.updated_at)},
                             {"registered", records::is_registered(record)}};
    if (record.unit) {
        const std::string name = TRY(shown.unit(record.unit.value, record.created_at));
        json["unit"] = {{"id", record.unit.value}, {"name", name}};
    }
    if (record.created_by) json["created_by"] = TRY(shown.person(record.created_by.value, record.created_at));
    TRY(add_values(records::readable_fields(scope, declaration), record.columns, shown, json));

    boost::json::array actions;
    const auto awaited = TRY(records::awaited(scope, reader, engine, record));
    for (const registers::Action* action : TRY(records::actions_of(scope, reader, record))) {
        boost::json::object offered = action_json(scope, declaration, *action);
        const auto waits = std::ranges::find(awaited, action, &records::Awaited::action);
        if (waits != awaited.end()) offered["by"] = to_string(waits->by);
        actions.push_back(std::move(offered));
    }
    const bool may_edit = TRY(records::may_edit(scope, reader, record));
    const bool sealed = TRY(records::is_sealed(scope, record));
    const bool may_assign = TRY(records::may_route(scope, reader, record));
    const bool may_propose = TRY(records::may_propose(scope, reader, record));
    const bool may_link = TRY(records::may_link(scope, reader, record));
    json["may"] = {{"edit", may_edit},       {"attach", may_edit && !sealed && record.secrecy <= engine.ceiling},
                   {"link", may_link},       {"assign", may_assign},
                   {"propose", may_propose}, {"text", record.secrecy <= engine.ceiling}};
    json["actions"] = std::move(actions);
    json["links"] = TRY(links_json(scope, reader, engine, record));
    boost::json::array attached;
    for (const files::RecordFile& each : TRY(files::on(reader, record.id))) attached.push_back(file_json(scope, each));
    json["files"] = std::move(attached);
    boost::json::array warned;
    for (const auto& warning : TRY(records::warnings(scope, reader, record))) warned.push_back(warning_json(warning));
    for (const records::Awaited& each : awaited) {
        if (each.by >= scope.today) continue;
        const std::string message =
            messages::text(scope.language, "registry.act_is_late",
                           {{"action", each.action->label.in(scope.language)}, {"day", to_vietnamese(each.by)}});
        warned.push_back(boost::json::object{{"message", message}});
    }
    json["warnings"] = std::move(warned);
    boost::json::object keep{{"years", declaration.keep_years}};
    if (const auto until = TRY(records::kept_until(reader, record))) keep["until"] = *until;
    json["keep"] = std::move(keep);
    return json;
}

Result<std::string> party_label(records::Shown& shown, SubjectId who) {
    switch (subject::kind(who)) {
        case subject::Kind::person:
            return shown.person(subject::id(who));
        case subject::Kind::post:
            return shown.post(subject::id(who));
        case subject::Kind::unit:
        case subject::Kind::agency:
            return shown.unit(subject::id(who));
        default:
            return std::string();
    }
}

Result<std::vector<boost::json::object>> rows_json(const Scope& scope, db::Reader& reader,
                                                   const records::Engine& engine, const Declaration& declaration,
                                                   const std::vector<records::ListRow>& rows) {
    records::Shown shown(scope, reader);
    std::vector<RecordId> ids;
    for (const records::ListRow& row : rows) ids.push_back(row.id);
    std::map<RecordId, steps::Holding> holders;
    for (const steps::Holding& each : TRY(steps::holders(reader, ids))) holders[each.record] = each;
    const auto calendar = engine.calendar();
    const auto fields = records::readable_fields(scope, declaration);
    std::vector<boost::json::object> items;
    for (const records::ListRow& row : rows) {
        boost::json::object item{{"id", row.id.value},
                                 {"version", row.version},
                                 {"state", state_json(scope, declaration, row.state)},
                                 {"title", row.title},
                                 {"created_at", to_string(row.created_at)},
                                 {"updated_at", to_string(row.updated_at)}};
        TRY(add_values(fields, row.columns, shown, item));
        if (const auto holder = holders.find(row.id); holder != holders.end()) {
            item["holder"] = TRY(party_label(shown, holder->second.to));
            if (holder->second.due) {
                item["due"] = to_string(*holder->second.due);
                item["due_state"] =
                    encode(calendar::due_state(calendar->of(scope.agency), scope.today, holder->second.due));
            }
        }
        items.push_back(std::move(item));
    }
    return items;
}

Result<records::ListQuery> list_query(service::Asking& asking, const Declaration& declaration) {
    records::ListQuery query;
    query.register_code = declaration.code;
    query.queue = asking.query("queue");
    query.counter = asking.query("counter");
    query.on = TRY(asking.date("on"));
    query.filter = asking.query("filter");
    query.text = asking.query("q");
    query.order = asking.query("order");
    query.after = asking.query("after");
    query.limit = static_cast<int>(TRY(asking.number("limit", 50, 1, 200)));
    for (const std::string_view state : asking.request.query.all("state")) {
        if (!declaration.any_state(state))
            return fail(ErrorCode::invalid, "registry.unknown_state", "state", {{"state", std::string(state)}});
        query.states.emplace_back(state);
    }
    for (const auto& [name, value] : asking.request.query)
        if (declaration.field(name)) query.equals.emplace_back(name, value);
    if (query.text.size() > 500 || query.filter.size() > 4'000)
        return fail(ErrorCode::too_large, "registry.query_too_long");
    return query;
}

}  // namespace registry
