#include <fstream>
#include <sstream>

#include "http/test_server.h"
#include "tests/faults/real_server.h"

// The inbox of whoever the work is for is told at once: by name, by their post, by the unit they head.
namespace congvu::test {
namespace {

class Live : public WholeServer {
  protected:
    /// An open stream of somebody.
    std::unique_ptr<http::test::RawSocket> listen(const std::string& login) {
        auto socket = std::make_unique<http::test::RawSocket>(port());
        socket->send(http::test::get("/api/events", "Cookie: " + session(login).cookie + "\r\n"));
        EXPECT_TRUE(socket->until("\r\n\r\n").starts_with("HTTP/1.1 200 ")) << login;
        return socket;
    }
    /// A registered document that the leader gives to a party.
    void assign(const std::string& kind, std::int64_t id) {
        Visitor clerk = as("vanthu");
        const std::string notation = std::to_string(++count_) + "/CV";
        const Reply made =
            clerk.post("/api/registers/incoming/records",
                       {{"values", {{"sender", "Nơi gửi"}, {"notation", notation}, {"subject", "V/v " + notation}}}});
        ASSERT_EQ(made.status, 201) << made.text;
        const std::string at = "/api/records/" + std::to_string(made.number("/id"));
        const Reply registered = clerk.post(at + "/actions/register", {{"version", 1}});
        ASSERT_EQ(registered.status, 200) << registered.text;
        const Reply assigned = as("lanhdao").post(
            at + "/assignments",
            {{"version", registered.number("/version")}, {"lead", {boost::json::object{{"kind", kind}, {"id", id}}}}});
        ASSERT_EQ(assigned.status, 200) << assigned.text;
    }
    int count_ = 0;
};
CONGVU_BOTH_ENGINES(Live);

TEST_P(Live, TheInboxIsToldOfWorkForPostUnitAndPerson) {
    ASSERT_NO_FATAL_FAILURE(serve());
    const Reply handler = as("cv.pc1").get("/api/session"), head = as("truong.pc").get("/api/session");
    const struct {
        std::string login, kind;
        std::int64_t id;
    } cases[] = {{"cv.pc1", "post", handler.number("/post")},
                 {"cv.pc1", "person", handler.number("/person/id")},
                 {"truong.pc", "unit", head.number("/posts/0/unit/id")}};
    for (const auto& [login, kind, id] : cases) {
        ASSERT_NE(id, 0);
        const auto socket = listen(login);
        ASSERT_NO_FATAL_FAILURE(assign(kind, id));
        EXPECT_TRUE(socket->until("\n\n").starts_with("event: inbox\n")) << kind;
    }
}

TEST_P(Live, AFolderHasOneServer) {
    ASSERT_NO_FATAL_FAILURE(serve());
    const auto second = folder() / "second.log";
    EXPECT_EQ(run_program({"serve", "--data", data().string(), "--listen", "127.0.0.1:0"}, second), 1);
    std::stringstream said;
    said << std::ifstream(second).rdbuf();
    EXPECT_NE(said.str().find(std::to_string(server().id())), std::string::npos) << said.str();
    EXPECT_EQ(as("vanthu").get("/api/inbox").status, 200);
    server().kill();
    ASSERT_NO_FATAL_FAILURE(serve());
}

TEST_P(Live, WhatACommandTakesAwayIsGoneAtOnce) {
    ASSERT_NO_FATAL_FAILURE(serve());
    ASSERT_EQ(as("vanthu").get("/api/inbox").status, 200);
    ASSERT_EQ(run_program({"user", "reset", "vanthu", "--data", data().string()}, log()), 0);
    // The server hears of it within moments, by itself.
    int status = 200;
    for (int i = 0; i < 2'000 && status == 200; ++i) status = as("vanthu").get("/api/inbox").status;
    EXPECT_EQ(status, 401);
    EXPECT_EQ(as("lanhdao").get("/api/inbox").status, 200);
}

}  // namespace
}  // namespace congvu::test
