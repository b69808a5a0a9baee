#include "http/tls.h"

#include <gmock/gmock.h>

#include <gtest/gtest.h>

#include "http/client.h"
#include "http/test_server.h"

namespace http {
namespace {

using test::Folder;
using testing::HasSubstr;
using testing::StartsWith;

class Tls : public testing::Test {
  protected:
    void SetUp() override { make("server", {"127.0.0.1", "localhost"}); }
    TlsFiles files(const std::string& name) const { return {folder_.file(name + ".pem"), folder_.file(name + ".key")}; }
    void make(const std::string& name, const std::vector<std::string>& names) const {
        ASSERT_TRUE(make_self_signed(files(name), names));
    }
    void start(TlsFiles tls, std::uint16_t port = 0) {
        Router router;
        router.add({.method = Method::post,
                    .pattern = "/echo",
                    .handler = answering([](Request&& request) { return text(std::move(request.body)); }),
                    .body = BodyKind::small,
                    .limit = 20 * mebibyte});
        router.add({.pattern = "/who", .handler = answering([](Request&& request) {
                                           EXPECT_TRUE(request.is_tls);
                                           return text(std::to_string(request.client_certificate.size()))
                                               .with("Set-Cookie", set_cookie(request, {"congvu", "x"}));
                                       })});
        router.add({.pattern = "/large", .handler = answering([](Request&&) {
                                             return Response{.body =
                                                                 Pulled{[left = 100]() mutable -> Result<std::string> {
                                                                     return std::string(left-- > 0 ? 50'000 : 0, 'x');
                                                                 }}};
                                         })});
        Settings settings = test::quiet();
        settings.address = "0.0.0.0";
        settings.port = port;
        settings.tls = std::move(tls);
        server_ = test::serve(std::move(router), settings);
    }
    std::unique_ptr<Client> client(TlsTrust trust, std::string host = "127.0.0.1") const {
        return *Client::create({.host = std::move(host), .port = server_->port(), .tls = std::move(trust)});
    }
    TlsTrust trust(const std::string& name) const { return {.authorities = files(name).certificate}; }

    Folder folder_;
    std::unique_ptr<Server> server_;
};

TEST_F(Tls, CarriesSmallAndLargeThings) {
    start(files("server"));
    const auto to = client(trust("server"));
    for (const std::size_t size : {std::size_t(0), std::size_t(5), std::size_t(70'000), std::size_t(15 * mebibyte)}) {
        const auto answer = to->send({.method = Method::post, .target = "/echo", .body = std::string(size, 'a')});
        ASSERT_TRUE(answer) << answer.error().message << " " << answer.error().detail;
        EXPECT_EQ(answer->body.size(), size);
        EXPECT_THAT(std::string(answer->headers.value("strict-transport-security")), StartsWith("max-age="));
    }
    EXPECT_EQ(to->send({.target = "/large"})->body.size(), 5'000'000U);
    const auto who = to->send({.target = "/who"});
    EXPECT_EQ(who->body, "0") << "no client certificate";
    EXPECT_THAT(std::string(who->headers.value("set-cookie")), HasSubstr("; Secure"));
    EXPECT_EQ(client(trust("server"), "localhost")->send({.target = "/who"})->status, 200);
}

TEST_F(Tls, RefusesAServerItDoesNotKnow) {
    start(files("server"));
    make("other", {"127.0.0.1"});
    EXPECT_EQ(client(trust("other"))->send({.target = "/who"}).error().message, "http.untrusted_peer");
    make("elsewhere", {"congvu.example"});
    server_.reset();
    start(files("elsewhere"));
    for (const char* host : {"127.0.0.1", "localhost"}) {
        const auto answer = client(trust("elsewhere"), host)->send({.target = "/who"});
        ASSERT_FALSE(answer) << host;
        EXPECT_EQ(answer.error().message, "http.untrusted_peer");
    }
}

TEST_F(Tls, ChecksTheCertificateAClientShows) {
    make("client", {"agency.example"});
    make("stranger", {"stranger.example"});
    TlsFiles both = files("server");
    both.client_authorities = files("client").certificate;
    start(both);
    TlsTrust showing = trust("server");
    EXPECT_EQ(client(showing)->send({.target = "/who"})->body, "0");
    showing.certificate = files("client").certificate;
    showing.key = files("client").key;
    const auto known = client(showing)->send({.target = "/who"});
    ASSERT_TRUE(known) << known.error().detail;
    EXPECT_GT(std::stoi(known->body), 200);
    showing.certificate = files("stranger").certificate;
    showing.key = files("stranger").key;
    EXPECT_FALSE(client(showing)->send({.target = "/who"}));
}

TEST_F(Tls, TakesUpANewCertificate) {
    start(files("server"));
    const TlsFiles old = files("server");
    std::filesystem::copy(old.certificate, folder_.file("old.pem"));
    make("server", {"127.0.0.1"});
    EXPECT_TRUE(client(trust("old"))->send({.target = "/who"}));
    ASSERT_TRUE(server_->reload_certificate());
    EXPECT_TRUE(client(trust("server"))->send({.target = "/who"}));
    EXPECT_FALSE(client(trust("old"))->send({.target = "/who"}));
    std::filesystem::remove(old.key);
    EXPECT_EQ(server_->reload_certificate().error().message, "http.bad_certificate");
    EXPECT_TRUE(client(trust("server"))->send({.target = "/who"})) << "the one it had stays";
}

TEST_F(Tls, ClosesWhoeverSpeaksPlainly) {
    start(files("server"));
    test::RawSocket socket(server_->port());
    socket.send(test::get("/who"));
    EXPECT_THAT(socket.until_closed(), testing::Not(HasSubstr("HTTP/1.1 200")));
    EXPECT_FALSE((*Client::create({.host = "127.0.0.1", .port = server_->port()}))->send({.target = "/who"}));
}

TEST_F(Tls, RefusesAKeyOfAnotherCertificate) {
    make("other", {"127.0.0.1"});
    const TlsFiles mixed{files("server").certificate, files("other").key};
    EXPECT_EQ(TlsContext::server(mixed).error().message, "http.bad_certificate");
}

}  // namespace
}  // namespace http
