#include "http/response.h"

#include <gmock/gmock.h>

#include <gtest/gtest.h>

#include "http/test_server.h"

namespace http {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Response, ErrorsHaveOneStatusEach) {
    const std::pair<ErrorCode, int> cases[] = {{ErrorCode::invalid, 422},   {ErrorCode::unauthenticated, 401},
                                               {ErrorCode::forbidden, 403}, {ErrorCode::not_found, 404},
                                               {ErrorCode::conflict, 409},  {ErrorCode::too_large, 413},
                                               {ErrorCode::limited, 429},   {ErrorCode::unavailable, 503},
                                               {ErrorCode::corrupt, 422},   {ErrorCode::internal, 500}};
    for (const auto& [code, status] : cases) {
        EXPECT_EQ(failure(Error{code, "http.busy"}, Language::vi).status, status);
        EXPECT_NE(reason(status), "");
    }
    EXPECT_EQ(failure(Error{ErrorCode::unavailable, "http.busy"}, Language::vi).headers.value("retry-after"), "1");
}

TEST(Response, CookiesAreLocked) {
    Request request;
    EXPECT_EQ(set_cookie(request, {"congvu", "abc"}), "congvu=abc; Path=/; HttpOnly; SameSite=Strict");
    request.is_tls = true;
    EXPECT_EQ(set_cookie(request, {.name = "congvu", .value = "", .max_age = 0}),
              "congvu=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0");
}

TEST(Response, OtherSitesCantWrite) {
    struct {
        Method method;
        bool is_tls;
        Headers headers;
        bool is_allowed;
    } cases[] = {
        {Method::get, false, {{"Sec-Fetch-Site", "cross-site"}}, true},
        {Method::post, false, {}, true},
        {Method::post, false, {{"Sec-Fetch-Site", "same-origin"}}, true},
        {Method::post, false, {{"Sec-Fetch-Site", "none"}}, true},
        {Method::post,
         false,
         {{"Sec-Fetch-Site", "same-origin"}, {"Host", "a"}, {"Origin", "https://a"}},
         true},  // a proxy speaks TLS
        {Method::post, false, {{"Sec-Fetch-Site", "same-site"}}, false},
        {Method::post, false, {{"Sec-Fetch-Site", "cross-site"}}, false},
        {Method::post, false, {{"Host", "a:80"}, {"Origin", "http://a:80"}}, true},
        {Method::post, true, {{"Host", "a"}, {"Origin", "https://A"}}, true},
        {Method::post, true, {{"Host", "a"}, {"Origin", "http://a"}}, false},
        {Method::del, false, {{"Host", "a"}, {"Origin", "null"}}, false},
        {Method::put, false, {{"Host", "a"}, {"Origin", "http://b"}}, false},
    };
    for (const auto& one : cases) {
        Request request{.method = one.method, .headers = one.headers, .is_tls = one.is_tls};
        const Result<void> allowed = require_same_origin(request);
        EXPECT_EQ(allowed.has_value(), one.is_allowed);
        EXPECT_TRUE(allowed || allowed.error().code == ErrorCode::forbidden);
    }
}

TEST(Response, StaticContentKnowsItsETag) {
    Router router;
    router.fallback(answering([](Request&& request) {
        return static_content(request, "<html>", {.media_type = "text/html", .etag = "1", .cache = "no-cache"});
    }));
    const auto server = test::serve(std::move(router));
    test::RawSocket socket(server->port());
    socket.send(test::get("/") + test::get("/", "If-None-Match: \"1\"\r\n"));
    const std::string whole = socket.answer();
    EXPECT_EQ(test::body_of(whole), "<html>");
    EXPECT_THAT(whole, HasSubstr("Cache-Control: no-cache\r\n"));
    EXPECT_THAT(socket.answer(), testing::StartsWith("HTTP/1.1 304 "));
}

TEST(AccessLog, NamesTheRouteAndNeverTheQuery) {
    Router router;
    router.add({.pattern = "/records/{record}", .handler = answering([](Request&&) { return text("hello"); })});
    Settings settings = test::quiet();
    settings.access_log = AccessLog::written;
    testing::internal::CaptureStderr();
    {
        const auto server = test::serve(std::move(router), settings);
        logging::set_level(logging::Level::info);
        logging::set_form(logging::Form::json);
        test::RawSocket socket(server->port());
        socket.send(test::get("/records/tuyet-mat?q=mat-khau") + test::get("/nowhere?q=mat-khau"));
        socket.answer();
        socket.answer();
    }
    logging::set_level(logging::Level::error);
    logging::set_form(logging::Form::words);
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_THAT(log, HasSubstr(R"("method":"GET","route":"/records/{record}","status":"200")"));
    EXPECT_THAT(log, HasSubstr(R"("bytes":"5")"));
    EXPECT_THAT(log, HasSubstr(R"("route":"-","status":"404")"));
    EXPECT_THAT(log, Not(HasSubstr("mat-khau")));
    EXPECT_THAT(log, Not(HasSubstr("tuyet-mat")));
}

}  // namespace
}  // namespace http
