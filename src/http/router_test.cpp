#include "http/router.h"

#include <gtest/gtest.h>

#include "http/server.h"

namespace http {
namespace {

Route route(Method method, std::string pattern) {
    Route made{.method = method, .pattern = pattern};
    made.handler = answering([pattern](Request&& request) {
        std::string told = pattern;
        for (const auto& [name, value] : request.places) told += " " + std::string(name) + "=" + value;
        return text(told);
    });
    return made;
}

Response ask(const Router& router, Method method, std::string path) {
    Request request{.method = method, .path = std::move(path)};
    return call(router, std::move(request));
}

std::string body(const Response& response) {
    return std::get<std::string>(response.body);
}

TEST(Router, PrefersWordsToParametersAndGoesBackWhenTheyLeadNowhere) {
    Router router;
    router.add(route(Method::get, "/"));
    router.add(route(Method::get, "/records/{record}"));
    router.add(route(Method::get, "/records/new"));
    router.add(route(Method::get, "/records/{record}/files/{file}"));
    router.add(route(Method::get, "/records/new/files"));
    router.add(route(Method::put, "/records/{id}"));
    router.add(route(Method::post, "/records/new"));
    ASSERT_EQ(router.fault(), "");
    const std::tuple<Method, std::string, std::string> cases[] = {
        {Method::get, "/", "/"},
        {Method::get, "/records/12", "/records/{record} record=12"},
        {Method::get, "/records/new", "/records/new"},
        {Method::get, "/records/12/files/3", "/records/{record}/files/{file} record=12 file=3"},
        {Method::get, "/records/new/files", "/records/new/files"},
        {Method::get, "/records/new/files/3", "/records/{record}/files/{file} record=new file=3"},
        {Method::put, "/records/new", "/records/{id} id=new"},
        {Method::head, "/records/công văn", "/records/{record} record=công văn"},
    };
    for (const auto& [method, path, told] : cases) EXPECT_EQ(body(ask(router, method, path)), told) << path;
    EXPECT_EQ(router.routes().size(), 7U);

    for (const char* path : {"/record", "/records", "/records/12/files", "/records/12/files/3/4", "/x/new"})
        EXPECT_EQ(ask(router, Method::get, path).status, 404) << path;
    const Response refused = ask(router, Method::del, "/records/new");
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.headers.value("allow"), "GET, HEAD, POST");
}

TEST(Router, GivesPagesForTheRestButNotUnderTheApi) {
    Router router;
    router.add(route(Method::get, "/api/session"));
    router.fallback(answering([](Request&& request) { return text("page " + request.path); }));
    EXPECT_EQ(body(ask(router, Method::get, "/inbox/3")), "page /inbox/3");
    EXPECT_EQ(body(ask(router, Method::get, "/")), "page /");
    EXPECT_EQ(body(ask(router, Method::get, "/apiary")), "page /apiary");
    EXPECT_EQ(ask(router, Method::get, "/api").status, 404);
    EXPECT_EQ(ask(router, Method::get, "/api/nothing").status, 404);
    EXPECT_EQ(ask(router, Method::post, "/inbox").status, 405);
    EXPECT_EQ(ask(router, Method::post, "/api/session").status, 405);
}

TEST(Router, NamesAFaultyTable) {
    const std::pair<std::string, std::string> cases[] = {
        {"records", "begin with /"}, {"/a//b", "bad segment"}, {"/a/{}", "bad segment"}, {"/a/{b", "bad segment"},
        {"/a/b{c}", "bad segment"},  {"/{a}/{a}", "twice"},    {"/known/{x}", "twice"}};
    for (const auto& [pattern, fault] : cases) {
        Router router;
        router.add(route(Method::get, "/known/{name}"));
        router.add(route(Method::get, pattern));
        EXPECT_NE(router.fault().find(fault), std::string::npos) << pattern << ": " << router.fault();
    }
    Router without;
    without.add({.pattern = "/a"});
    EXPECT_NE(without.fault(), "");
}

TEST(Call, AnswersErrorsInTheLanguageOfTheRequest) {
    Router router;
    router.add({.pattern = "/fails", .handler = [](Request&&, Responder respond) {
                    Error error{ErrorCode::conflict, "http.busy", "due"};
                    error.detail = "secret";
                    error.also.push_back(Error{ErrorCode::invalid, "http.bad_target", "from"});
                    respond(std::unexpected(error));
                }});
    router.add({.pattern = "/drops", .handler = [](Request&&, Responder) {}});
    Request request{.path = "/fails"};
    request.headers.add("Accept-Language", "en");
    const Response failed = call(router, std::move(request));
    EXPECT_EQ(failed.status, 409);
    const auto error = boost::json::parse(body(failed)).at("error").as_object();
    EXPECT_EQ(error.at("code"), "http.busy");
    EXPECT_EQ(error.at("message"), "The server has too many requests at the moment. Try again in a moment.");
    EXPECT_EQ(error.at("field"), "due");
    EXPECT_EQ(error.at("also").at(0).at("field"), "from");
    EXPECT_EQ(body(failed).find("secret"), std::string::npos);
    EXPECT_EQ(ask(router, Method::get, "/drops").status, 500);
}

}  // namespace
}  // namespace http
