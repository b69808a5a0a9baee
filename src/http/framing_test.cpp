#include <atomic>
#include <gmock/gmock.h>

#include <gtest/gtest.h>

#include "http/framing_case.h"
#include "http/test_server.h"

namespace http {
namespace {

using test::RawSocket;

using Case = test::FramingCase;

class Framing : public testing::TestWithParam<Case> {
  protected:
    Framing() {
        Router router;
        router.add({.method = Method::post,
                    .pattern = "/echo",
                    .handler = answering([this](Request&& request) {
                        ++handled_;
                        return text(std::move(request.body));
                    }),
                    .body = BodyKind::small});
        router.add({.pattern = "/hello", .handler = answering([this](Request&&) {
                                             ++handled_;
                                             return text("hello");
                                         })});
        server_ = test::serve(std::move(router));
    }
    std::atomic<int> handled_ = 0;
    std::unique_ptr<Server> server_;
};

TEST_P(Framing, HasOneReading) {
    const Case& one = GetParam();
    RawSocket socket(server_->port());
    socket.send(one.bytes);
    const std::string answer = socket.until_closed();
    EXPECT_EQ(socket.fault(), 0) << "the connection must be closed in order";
    if (one.expect == "refused") {
        EXPECT_THAT(answer, testing::StartsWith("HTTP/1.1 400 ")) << answer;
        EXPECT_EQ(test::count_of(answer, "HTTP/1.1 "), 1U) << answer;
        EXPECT_THAT(answer, testing::HasSubstr("Connection: close"));
        EXPECT_EQ(handled_, 0);
    } else {
        const int answers = std::stoi(one.expect.substr(8));
        EXPECT_EQ(test::count_of(answer, "HTTP/1.1 200 OK"), static_cast<std::size_t>(answers)) << answer;
        EXPECT_EQ(test::count_of(answer, "HTTP/1.1 "), static_cast<std::size_t>(answers)) << answer;
        EXPECT_EQ(handled_, answers);
    }
}

TEST_P(Framing, HasTheSameReadingByteByByte) {
    const Case& one = GetParam();
    RawSocket socket(server_->port());
    for (const char c : one.bytes)
        if (!socket.send({&c, 1})) break;
    const std::string answer = socket.until_closed();
    EXPECT_EQ(answer.starts_with("HTTP/1.1 400 "), one.expect == "refused") << answer;
    EXPECT_EQ(handled_ > 0, one.expect != "refused");
}

INSTANTIATE_TEST_SUITE_P(Cases, Framing, testing::ValuesIn(test::framing_cases()), [](const auto& given) {
    std::string name = given.param.name;
    std::ranges::replace_if(name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
    return name;
});

TEST(FramingRefusal, GivesItsReasonInTheLanguageAsked) {
    Router router;
    router.add({.method = Method::post,
                .pattern = "/echo",
                .handler = answering([](Request&& request) { return text(std::move(request.body)); }),
                .body = BodyKind::small});
    const auto server = test::serve(std::move(router));
    const auto refused = [&](std::string_view language) {
        RawSocket socket(server->port());
        socket.send("POST /echo HTTP/1.1\r\nHost: a\r\nAccept-Language: " + std::string(language) +
                    "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n");
        return socket.until_closed();
    };
    constexpr std::string_view code = "http.refused.bad_chunk";
    const std::string vi = messages::text(Language::vi, code), en = messages::text(Language::en, code);
    EXPECT_THAT(refused("vi"), testing::AllOf(testing::HasSubstr(vi), testing::Not(testing::HasSubstr(en))));
    EXPECT_THAT(refused("en"), testing::AllOf(testing::HasSubstr(en), testing::Not(testing::HasSubstr(vi))));
}

TEST(FramingCases, AreAllThere) {
    const std::vector<Case> cases = test::framing_cases();
    ASSERT_GE(cases.size(), 21U);
    EXPECT_EQ(std::ranges::count_if(cases.begin(), cases.begin() + 21,
                                    [](const Case& one) { return one.expect == "refused"; }),
              18);
}

}  // namespace
}  // namespace http
