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

boost::json::array parameters(const http::Route& route) {
    boost::json::array list;
    for (const std::string& part : split(route.pattern, '/')) {
        if (part.size() < 3 || part.front() != '{') continue;
        list.push_back({{"name", part.substr(1, part.size() - 2)},
                        {"in", "path"},
                        {"required", true},
                        {"schema", {{"type", "string"}}}});
    }
    if (route.repeat_key == http::RepeatKey::required)
        list.push_back({{"name", "Idempotency-Key"},
                        {"in", "header"},
                        {"required", true},
                        {"description",
                         "Of one's own making, a new one for each request; repeated with it, the first "
                         "answer comes again"},
                        {"schema", {{"type", "string"}, {"minLength", 1}, {"maxLength", 100}}}});
    return list;
}

}  // namespace

boost::json::object openapi(const http::Router& router, const std::map<std::string, boost::json::object>& schemas) {
    std::map<std::string, boost::json::object> paths;
    for (const http::Route& route : router.routes()) {
        if (!route.pattern.starts_with("/api/")) continue;
        boost::json::object operation{
            {"operationId", operation_id(route)}, {"summary", route.summary}, {"x-permission", route.permission}};
        if (auto list = parameters(route); !list.empty()) operation["parameters"] = std::move(list);
        if (!route.request.empty())
            operation["requestBody"] = {{"required", true}, {"content", content(route.request)}};
        if (route.body == http::BodyKind::file)
            operation["requestBody"] = {
                {"required", true},
                {"content", {{"application/octet-stream", {{"schema", {{"type", "string"}, {"format", "binary"}}}}}}}};
        boost::json::object answers;
        if (route.answer.empty()) {
            answers["200"] = {{"description", "As the summary says"}};
        } else {
            answers["200"] = {{"description", "OK"}, {"content", content(route.answer)}};
        }
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
            {"components", {{"schemas", std::move(schema_object)}}}};
}

}  // namespace service
