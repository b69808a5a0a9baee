#include "service/openapi.h"

#include "base/text.h"

namespace service {

namespace {

boost::json::object content(const boost::json::object& schema) {
    return {{"application/json", {{"schema", schema}}}};
}

std::string operation_id(const http::Route& route) {
    std::string id(http::to_string(route.method));
    id = lower(id);
    for (const std::string& part : split(route.pattern, '/')) {
        std::string word = part;
        std::erase_if(word, [](char c) { return c == '{' || c == '}'; });
        if (word.empty() || word == "api") continue;
        id += "_" + word;
    }
    std::ranges::replace(id, '-', '_');
    return id;
}

boost::json::object path_parameter(std::string name) {
    return {{"name", std::move(name)}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}};
}

boost::json::object query_parameter(const http::QueryParameter& each) {
    return {{"name", each.name},
            {"in", "query"},
            {"required", false},
            {"description", each.description},
            {"schema", each.schema}};
}

/// Names that hang on the register.
boost::json::object other_parameters(std::string_view description) {
    const boost::json::object text{{"type", "string"}};
    return {{"name", "fields"},
            {"in", "query"},
            {"required", false},
            {"style", "form"},
            {"explode", true},
            {"description", description},
            {"schema", {{"type", "object"}, {"additionalProperties", text}}}};
}

boost::json::object header(std::string_view name, std::string_view description, std::int64_t most) {
    return {{"name", name},
            {"in", "header"},
            {"required", true},
            {"description", description},
            {"schema", {{"type", "string"}, {"minLength", 1}, {"maxLength", most}}}};
}

/// What may stand in every request.
boost::json::object shared_parameters() {
    boost::json::array languages;
    languages.emplace_back("vi");
    languages.emplace_back("en");
    return {{"language",
             {{"name", "language"},
              {"in", "query"},
              {"required", false},
              {"description", "Of labels and messages; the account's when silent"},
              {"schema", {{"type", "string"}, {"enum", std::move(languages)}}}}},
            {"csrf", header("X-CSRF-Token", "`csrf` of the session", 200)}};
}

boost::json::array parameters(const http::Route& route) {
    boost::json::array list;
    for (const std::string& part : split(route.pattern, '/'))
        if (part.starts_with('{')) list.push_back(path_parameter(part.substr(1, part.size() - 2)));
    for (const http::QueryParameter& each : route.query) list.push_back(query_parameter(each));
    if (!route.other_query.empty()) list.push_back(other_parameters(route.other_query));
    list.push_back(boost::json::object{{"$ref", "#/components/parameters/language"}});
    if (route.method != http::Method::get && route.permission != "open")
        list.push_back(boost::json::object{{"$ref", "#/components/parameters/csrf"}});
    if (route.repeat_key == http::RepeatKey::required)
        list.push_back(header("Idempotency-Key",
                              "Of one's own making, a new one for each request; repeated with it, the first "
                              "answer comes again",
                              100));
    if (route.body == http::BodyKind::file)
        list.push_back(header("X-File-Name", "The file's name, percent-encoded UTF-8", 1000));
    return list;
}

}  // namespace

boost::json::object openapi(const http::Router& router, const std::map<std::string, boost::json::object>& schemas) {
    std::map<std::string, boost::json::object> paths;
    for (const http::Route& route : router.routes()) {
        if (!route.pattern.starts_with("/api/")) continue;
        boost::json::object operation{
            {"operationId", operation_id(route)}, {"summary", route.summary}, {"x-permission", route.permission}};
        operation["parameters"] = parameters(route);
        if (!route.request.empty())
            operation["requestBody"] = {{"required", true}, {"content", content(route.request)}};
        if (route.body == http::BodyKind::file)
            operation["requestBody"] = {
                {"required", true},
                {"content", {{"application/octet-stream", {{"schema", {{"type", "string"}, {"format", "binary"}}}}}}}};
        boost::json::object answers;
        const std::string status = std::to_string(route.status);
        if (route.status == 204)
            answers[status] = {{"description", "Done; nothing to tell"}};
        else if (route.answer.empty())
            answers[status] = {{"description", "As the summary says"}};
        else
            answers[status] = {{"description", "OK"}, {"content", content(route.answer)}};
        answers["default"] = {{"description", "An error"},
                              {"content", content({{"$ref", "#/components/schemas/ErrorAnswer"}})}};
        operation["responses"] = std::move(answers);
        paths[route.pattern][lower(http::to_string(route.method))] = std::move(operation);
    }
    boost::json::object path_object, schema_object;
    for (auto& [pattern, operations] : paths) path_object[pattern] = std::move(operations);
    for (const auto& [name, schema] : schemas) schema_object[name] = schema;
    const boost::json::object text{{"type", "string"}};
    schema_object["Fault"] = {{"type", "object"},
                              {"properties", {{"code", text}, {"message", text}, {"field", text}}},
                              {"required", {"code", "message"}}};
    const boost::json::object fault{{"$ref", "#/components/schemas/Fault"}};
    schema_object["ErrorAnswer"] = {{"type", "object"},
                                    {"properties",
                                     {{"error",
                                       {{"type", "object"},
                                        {"properties",
                                         {{"code", text},
                                          {"message", text},
                                          {"field", text},
                                          {"also", {{"type", "array"}, {"items", fault}}},
                                          {"request", text}}},
                                        {"required", {"code", "message"}}}},
                                      {"current", {{"$ref", "#/components/schemas/RegistryRecordView"}}}}},
                                    {"required", {"error"}}};
    return {{"openapi", "3.1.0"},
            {"info", {{"title", "congvu"}, {"version", "0.1.0"}}},
            {"paths", std::move(path_object)},
            {"components", {{"parameters", shared_parameters()}, {"schemas", std::move(schema_object)}}}};
}

}  // namespace service
