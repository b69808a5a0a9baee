#include "service/query.h"

#include <algorithm>

#include "base/text.h"

namespace service::query {

namespace {

Parameter made(std::string_view name, std::string_view says, boost::json::object schema) {
    return {std::string(name), std::string(says), std::move(schema)};
}

}  // namespace

Parameter text(std::string_view name, std::string_view says) {
    return made(name, says, {{"type", "string"}});
}

Parameter number(std::string_view name, std::string_view says, std::int64_t least) {
    return made(name, says, {{"type", "integer"}, {"minimum", least}});
}

Parameter day(std::string_view name, std::string_view says) {
    return made(name, says, {{"type", "string"}, {"format", "date"}});
}

Parameter flag(std::string_view name, std::string_view says) {
    boost::json::array only;
    only.emplace_back("1");
    return made(name, says, {{"type", "string"}, {"enum", std::move(only)}});
}

Parameter one_of(std::string_view name, std::vector<std::string_view> words, std::string_view says) {
    boost::json::array list(words.begin(), words.end());
    return made(name, says, {{"type", "string"}, {"enum", std::move(list)}});
}

Parameter several(std::string_view name, std::string_view says) {
    boost::json::object each{{"type", "string"}};
    return made(name, says, {{"type", "array"}, {"items", std::move(each)}});
}

std::vector<Parameter> page(std::int64_t usual, std::int64_t most, std::vector<Parameter> with) {
    with.push_back(text("after", "`next` of the page before"));
    with.push_back(
        made("limit", "How many rows", {{"type", "integer"}, {"minimum", 1}, {"maximum", most}, {"default", usual}}));
    return with;
}

Result<void> require(const Allowed& allowed, const Scope& scope, const http::Request& request) {
    const auto is_listed = [&](std::string_view name) {
        return name == "language" || std::ranges::find(allowed.listed, name, &Parameter::name) != allowed.listed.end();
    };
    std::vector<std::string> others;
    bool asked_others = !allowed.others;
    for (const auto& [name, value] : request.query) {
        if (is_listed(name)) continue;
        if (!asked_others) others = allowed.others(scope, request);
        asked_others = true;
        if (std::ranges::find(others, name) != others.end()) continue;
        std::vector<std::string> known;
        for (const Parameter& each : allowed.listed) known.push_back(each.name);
        known.insert(known.end(), others.begin(), others.end());
        const std::string wrong = shorten(name, 60);
        if (known.empty()) return fail(ErrorCode::invalid, "service.no_query", wrong, {{"name", wrong}});
        return fail(ErrorCode::invalid, "service.unknown_query", wrong,
                    {{"name", wrong}, {"known", join(known, ", ")}});
    }
    return {};
}

}  // namespace service::query
