#include "http/server.h"

#include <atomic>
#include <future>
#include <gmock/gmock.h>
#include <poll.h>

#include <gtest/gtest.h>

#include "http/test_server.h"

namespace http {
namespace {

using test::body_of;
using test::get;
using test::post;
using test::RawSocket;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Handler saying(std::string words) {
    return answering([words = std::move(words)](Request&&) { return text(words); });
}

Handler echo() {
    return answering([](Request&& request) { return text(std::move(request.body)); });
}

Router hello() {
    Router router;
    router.add({.pattern = "/hello", .handler = saying("xin chào")});
    router.add({.method = Method::post, .pattern = "/echo", .handler = echo(), .body = BodyKind::small, .limit = 100});
    return router;
}

TEST(Server, AnswersWithSecurityHeadersAndNoVersion) {
    const auto server = test::serve(hello());
    RawSocket socket(server->port());
    socket.send(get("/hello"));
    const std::string answer = socket.answer();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\nDate: "));
    EXPECT_EQ(body_of(answer), "xin chào");
    for (const std::string_view line :
         {"X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: same-origin\r\n", "X-Frame-Options: DENY\r\n",
          "frame-ancestors 'none'\r\n", "Cache-Control: no-store\r\n", "Content-Type: text/plain; charset=utf-8\r\n"})
        EXPECT_THAT(answer, HasSubstr(line));
    EXPECT_THAT(answer, Not(HasSubstr("Server:")));
    EXPECT_THAT(answer, Not(HasSubstr("Strict-Transport-Security")));
    EXPECT_THAT(answer, Not(HasSubstr("Connection: close")));
}

TEST(Server, HeadersOfAnAnswerWinAndCantBeSplit) {
    Router router;
    router.add({.pattern = "/pdf",
                .handler = answering([](Request&&) {
                    Response response =
                        text("%PDF").with("Cache-Control", "private").with("X-Note", "a\r\nSet-Cookie: b=c");
                    response.framing = Framing::own_pages;
                    return response;
                })});
    router.add({.pattern = "/sandbox",
                .handler = answering([](Request&&) {
                    return text("x").with("Content-Security-Policy", "sandbox").with("Content-Length", "99");
                })});
    const auto server = test::serve(std::move(router));
    RawSocket socket(server->port());
    socket.send(get("/pdf") + get("/sandbox"));
    const std::string pdf = socket.answer();
    EXPECT_THAT(pdf, HasSubstr("Cache-Control: private\r\n"));
    EXPECT_THAT(pdf, Not(HasSubstr("no-store")));
    EXPECT_THAT(pdf, HasSubstr("X-Frame-Options: SAMEORIGIN\r\n"));
    EXPECT_THAT(pdf, HasSubstr("frame-ancestors 'self'\r\n"));
    EXPECT_THAT(pdf, Not(HasSubstr("\r\nSet-Cookie")));
    const std::string sandbox = socket.answer();
    EXPECT_EQ(test::count_of(sandbox, "Content-Security-Policy: "), 1U);
    EXPECT_THAT(sandbox, HasSubstr("Content-Length: 1\r\n"));
    EXPECT_THAT(sandbox, Not(HasSubstr("99")));
}

TEST(Server, EveryAnswerIsGuardedAlsoARefusal) {
    Router router = hello();
    router.add({.pattern = "/throws",
                .handler = answering([](Request&&) -> Result<Response> { throw std::runtime_error("x"); })});
    router.add({.pattern = "/download", .handler = answering([](Request&& request) {
                                            return static_content(
                                                request, "x",
                                                {.media_type = "application/octet-stream",
                                                 .file_name = "Công văn \"mật\"\r\nSet-Cookie: a=b.pdf",
                                                 .disposition = Disposition::download});
                                        })});
    const auto server = test::serve(std::move(router));
    const std::string requests[] = {get("/hello"),
                                    get("/nowhere"),
                                    get("/throws"),
                                    get("/download"),
                                    get("/download", "Range: bytes=9-\r\n"),
                                    post("/hello", "x"),
                                    "GET /hello HTTP/1.1\r\n\r\n",
                                    "GET /hello HTTP/7.1\r\nHost: a\r\n\r\n"};
    for (const std::string& each : requests) {
        RawSocket socket(server->port());
        socket.send(each);
        const std::string answer = socket.answer();
        for (const char* line :
             {"X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: same-origin\r\n",
              "Cross-Origin-Resource-Policy: same-origin\r\n", "X-Frame-Options: DENY\r\n",
              "Content-Security-Policy: default-src 'self';", "; frame-ancestors 'none'\r\n", "Cache-Control: "})
            EXPECT_THAT(answer, HasSubstr(line)) << each;
        EXPECT_THAT(answer, Not(HasSubstr("\r\nSet-Cookie"))) << each;
    }
    RawSocket socket(server->port());
    socket.send(get("/download"));
    EXPECT_THAT(socket.answer(),
                HasSubstr("Content-Disposition: attachment; filename=\"cong van _mat___set-cookie: a=b.pdf\"; "
                          "filename*=UTF-8''C%C3%B4ng%20v%C4%83n%20%22m%E1%BA%ADt%22%0D%0ASet-Cookie%3A%20a%3Db.pdf"));
}

TEST(Server, KeepsAConnectionForManyRequestsAndAnswersPipelinedOnesInOrder) {
    const auto server = test::serve(hello());
    RawSocket socket(server->port());
    std::string all;
    for (int i = 0; i < 200; ++i) all += i % 3 == 0 ? get("/nowhere") : post("/echo", std::to_string(i));
    socket.send(all);
    for (int i = 0; i < 200; ++i) {
        const std::string answer = socket.answer();
        if (i % 3 == 0)
            EXPECT_THAT(answer, StartsWith("HTTP/1.1 404 ")) << i;
        else
            EXPECT_EQ(body_of(answer), std::to_string(i));
    }
    EXPECT_EQ(server->connections(), 1U);
}

TEST(Server, NamesTheMethodsAPathTakes) {
    Router router = hello();
    router.add({.method = Method::del, .pattern = "/hello", .handler = saying("gone")});
    const auto server = test::serve(std::move(router));
    RawSocket socket(server->port());
    socket.send("PUT /hello HTTP/1.1\r\nHost: congvu.test\r\nAccept-Language: en\r\n\r\n");
    const std::string refused = socket.answer();
    EXPECT_THAT(refused, StartsWith("HTTP/1.1 405 "));
    EXPECT_THAT(refused, HasSubstr("Allow: GET, HEAD, DELETE\r\n"));
    EXPECT_THAT(refused, HasSubstr(R"("code":"http.bad_method")"));
    EXPECT_THAT(refused, HasSubstr("it takes GET, HEAD, DELETE"));
    socket.send("OPTIONS /hello HTTP/1.1\r\nHost: congvu.test\r\n\r\n");
    EXPECT_THAT(socket.answer(), StartsWith("HTTP/1.1 204 "));
    socket.send("HEAD /hello HTTP/1.1\r\nHost: congvu.test\r\n\r\n");
    const std::string head = socket.until("\r\n\r\n");
    EXPECT_THAT(head, HasSubstr("Content-Length: 9\r\n"));
    socket.send("BREW /hello HTTP/1.1\r\nHost: congvu.test\r\n\r\n");
    EXPECT_THAT(socket.until_closed(), StartsWith("HTTP/1.1 501 ")) << "and nothing of the HEAD's body before it";
}

TEST(Server, RefusesWhatNoRouteTakesInTheLanguageOfWhoeverAsks) {
    Settings settings = test::quiet();
    const auto tester = std::this_thread::get_id();
    std::mutex mutex;
    std::vector<std::thread::id> threads;
    Router router = hello();
    router.add({.method = Method::get, .pattern = "/where", .handler = answering([&](Request&&) -> Result<Response> {
                                                                const std::lock_guard lock(mutex);
                                                                threads.push_back(std::this_thread::get_id());
                                                                return no_content();
                                                            })});
    settings.workers = 1;
    settings.language = [&](const Request& request) {
        const std::lock_guard lock(mutex);
        threads.push_back(std::this_thread::get_id());
        if (request.cookie("congvu") == "throw") throw std::runtime_error("on purpose");
        return request.cookie("congvu") == "english" ? Language::en : Language::vi;
    };
    const auto server = test::serve(std::move(router), settings);
    RawSocket socket(server->port());
    // Pipelined: each answer in its place although some are asked about elsewhere.
    socket.send(get("/nowhere", "Cookie: congvu=english\r\nAccept-Language: vi\r\n") +
                get("/nowhere", "Accept-Language: en\r\n") +
                post("/where", "", "Cookie: congvu=english\r\nAccept-Language: vi\r\n") +
                get("/nowhere", "Cookie: congvu=other\r\nAccept-Language: en\r\n") +
                get("/nowhere", "Cookie: congvu=throw\r\nAccept-Language: en\r\n") + get("/where"));
    const std::string english = messages::text(Language::en, "http.no_route");
    const std::string vietnamese = messages::text(Language::vi, "http.no_route");
    const std::string asked = socket.answer();
    EXPECT_THAT(asked, StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(asked, HasSubstr(english));
    EXPECT_THAT(socket.answer(), HasSubstr(english)) << "nobody to ask about: what it prefers";
    const std::string bad_method = socket.answer();
    EXPECT_THAT(bad_method, StartsWith("HTTP/1.1 405 "));
    EXPECT_THAT(bad_method, HasSubstr("it takes GET, HEAD"));
    EXPECT_THAT(bad_method, HasSubstr("Allow: GET, HEAD\r\n"));
    EXPECT_THAT(socket.answer(), HasSubstr(vietnamese));
    EXPECT_THAT(socket.answer(), HasSubstr(english));
    EXPECT_THAT(socket.answer(), StartsWith("HTTP/1.1 204 "));
    // A body nobody takes is not read as the next request.
    socket.send(post("/nowhere", "GET /where HTTP/1.1\r\n\r\n", "Cookie: congvu=english\r\n"));
    EXPECT_THAT(socket.until_closed(), StartsWith("HTTP/1.1 404 "));
    const std::lock_guard lock(mutex);
    ASSERT_EQ(threads.size(), 6U);
    EXPECT_THAT(threads, testing::Each(threads.front())) << "all of them on the one worker";
    EXPECT_NE(threads.front(), tester);
}

TEST(Server, RefusesWhatIsTooLarge) {
    Settings settings = test::quiet();
    settings.limits.head_bytes = 1000;
    settings.limits.header_count = 5;
    const auto server = test::serve(hello(), settings);
    const std::pair<std::string, std::string_view> cases[] = {
        {get("/hello", "X-Long: " + std::string(1000, 'a') + "\r\n"), "431"},
        {"GET /" + std::string(3000, 'a'), "431"},
        {get("/hello", "A: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\nE: 1\r\n"), "431"},
        {post("/echo", std::string(101, 'a')), "413"},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + std::string(101, 'a') + "\r\n",
         "413"},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000000\r\nExpect: 100-continue\r\n\r\n", "413"},
        {"GET /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na", "413"},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: payment\r\n\r\na", "417"},
        {"GET /hello HTTP/2.0\r\nHost: a\r\n\r\n", "505"},
    };
    for (const auto& [request, status] : cases) {
        RawSocket socket(server->port());
        socket.send(request);
        const std::string answer = socket.until_closed();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + std::string(status))) << request.substr(0, 80);
        EXPECT_EQ(test::count_of(answer, "HTTP/1.1 "), 1U) << answer;
        EXPECT_EQ(socket.fault(), 0);
    }
    RawSocket socket(server->port());
    socket.send(post("/echo", std::string(100, 'a')));
    EXPECT_EQ(body_of(socket.answer()).size(), 100U) << "the limit itself is allowed";
}

TEST(Server, IsHeardWhileMuchIsStillOnItsWay) {
    const auto server = test::serve(hello());
    RawSocket socket(server->port());
    // Closed at once, the connection would be reset over the unread bytes, and the answer lost with it.
    socket.send(post("/echo", std::string(300'000, 'a')));
    EXPECT_THAT(socket.until_closed(), StartsWith("HTTP/1.1 413 "));
    EXPECT_EQ(socket.fault(), 0);
}

TEST(Server, SaysGoOnWhenAskedBeforeABody) {
    const auto server = test::serve(hello());
    RawSocket socket(server->port());
    socket.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(socket.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    socket.send("hello");
    EXPECT_EQ(body_of(socket.answer()), "hello");
}

TEST(Server, AnswersFromAnotherThreadAndWhenTheResponderIsDropped) {
    Router router;
    std::promise<Responder> handed;
    router.add(
        {.pattern = "/later", .handler = [&](Request&&, Responder respond) { handed.set_value(std::move(respond)); }});
    router.add({.pattern = "/dropped", .handler = [](Request&&, Responder) {}});
    router.add(
        {.pattern = "/thrown", .handler = [](Request&&, Responder) { throw std::runtime_error("thrown on purpose"); }});
    const auto server = test::serve(std::move(router));
    RawSocket socket(server->port());
    socket.send(get("/later") + get("/dropped") + get("/thrown"));
    Responder respond = handed.get_future().get();
    std::thread([&] { respond(text("from afar")); }).join();
    EXPECT_EQ(body_of(socket.answer()), "from afar");
    for (int i = 0; i < 2; ++i) {
        const std::string answer = socket.answer();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 "));
        EXPECT_THAT(answer, HasSubstr("http.no_answer"));
        EXPECT_THAT(answer, Not(HasSubstr("on purpose")));
    }
}

TEST(Server, IsBusyWhenTheQueueIsFull) {
    Router router = hello();
    std::promise<void> entered;
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    router.add({.pattern = "/wait", .handler = [&, released](Request&&, Responder respond) {
                    entered.set_value();
                    released.wait();
                    respond(text("done"));
                }});
    Settings settings = test::quiet();
    settings.workers = 1;
    settings.limits.queue = 1;
    const auto server = test::serve(std::move(router), settings);
    RawSocket waiting(server->port());
    waiting.send(get("/wait"));
    entered.get_future().get();
    // One of three fits the queue; which one the loop sees first is not certain.
    std::vector<std::unique_ptr<RawSocket>> sockets;
    for (int i = 0; i < 3; ++i) {
        sockets.push_back(std::make_unique<RawSocket>(server->port()));
        sockets.back()->send(get("/hello"));
    }
    while (sockets.size() > 1) {
        std::vector<pollfd> watched;
        for (const auto& socket : sockets) watched.push_back({socket->descriptor(), POLLIN, 0});
        ASSERT_GT(::poll(watched.data(), watched.size(), 60'000), 0);
        for (std::size_t i = watched.size(); i-- > 0;) {
            if (!watched[i].revents) continue;
            const std::string refused = sockets[i]->answer();
            EXPECT_THAT(refused, StartsWith("HTTP/1.1 503 "));
            EXPECT_THAT(refused, HasSubstr("Retry-After: 1\r\n"));
            EXPECT_THAT(refused, HasSubstr("http.busy"));
            sockets.erase(sockets.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
    release.set_value();
    EXPECT_EQ(body_of(waiting.answer()), "done");
    ASSERT_EQ(sockets.size(), 1U);
    EXPECT_EQ(body_of(sockets[0]->answer()), "xin chào");
}

TEST(Server, WakesAsManyWorkersAsThereIsWorkFor) {
    constexpr int count = 6;
    std::atomic<int> missing = count;
    std::promise<void> all_here;
    const std::shared_future<void> met = all_here.get_future().share();
    Router router;
    router.add({.pattern = "/meet", .handler = answering([&, met](Request&&) {
                                        if (--missing == 0) all_here.set_value();
                                        // Only so that a fault ends the test run.
                                        const bool is_met =
                                            met.wait_for(std::chrono::seconds(20)) == std::future_status::ready;
                                        return text(is_met ? "met" : "alone");
                                    })});
    Settings settings = test::quiet();
    settings.workers = count;
    const auto server = test::serve(std::move(router), settings);
    std::vector<std::unique_ptr<RawSocket>> sockets;
    for (int i = 0; i < count; ++i) {
        sockets.push_back(std::make_unique<RawSocket>(server->port()));
        sockets.back()->send(get("/meet"));
    }
    for (const auto& socket : sockets) EXPECT_EQ(body_of(socket->answer()), "met");
}

TEST(Server, CutsOffWhoeverIsTooSlow) {
    Settings settings = test::quiet();
    settings.limits.sweep = milliseconds(5);
    settings.limits.head = milliseconds(20);
    settings.limits.body = milliseconds(20);
    settings.limits.bytes_per_second = 1'000'000'000;
    settings.limits.idle = milliseconds(20);
    const auto server = test::serve(hello(), settings);
    // On a loaded machine the bytes may come after the time is over; then the connection is closed without a word.
    const auto told = [&](std::string_view bytes) {
        std::string answer;
        for (int tries = 0; answer.empty() && tries < 1000; ++tries) {
            RawSocket socket(server->port());
            socket.send(bytes);
            answer = socket.until_closed();
        }
        return answer;
    };
    EXPECT_THAT(told("GET /hello HTTP/1.1\r\nHost: a\r\nX-Slow: "), StartsWith("HTTP/1.1 408 "));
    EXPECT_THAT(told("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhello"), StartsWith("HTTP/1.1 408 "));
    EXPECT_THAT(told(get("/hello")), StartsWith("HTTP/1.1 200 ")) << "closed after its idle time, with nothing more";
    RawSocket silent(server->port());
    EXPECT_EQ(silent.until_closed(), "");
}

TEST(Server, LetsWhatIsInFlightFinishWhenItStops) {
    Router router = hello();
    std::promise<void> entered;
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    router.add({.pattern = "/wait", .handler = [&, released](Request&&, Responder respond) {
                    entered.set_value();
                    released.wait();
                    respond(text("done"));
                }});
    const auto server = test::serve(std::move(router));
    RawSocket idle(server->port());
    idle.send(get("/hello"));
    idle.answer();
    RawSocket busy(server->port());
    busy.send(get("/wait"));
    entered.get_future().get();
    std::thread stopping([&] { server->stop(std::chrono::minutes(5)); });
    EXPECT_EQ(idle.until_closed(), "") << "an idle connection is closed at once";
    release.set_value();
    const std::string answer = busy.until_closed();
    EXPECT_EQ(body_of(answer), "done");
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
    busy.close();
    stopping.join();
    EXPECT_EQ(server->connections(), 0U);
    EXPECT_FALSE(RawSocket(server->port()).is_connected());
}

TEST(Server, BreaksOffWhatIsNotFinishedByTheDeadlineAndSurvivesALateAnswer) {
    Router router;
    std::promise<Responder> handed;
    router.add(
        {.pattern = "/later", .handler = [&](Request&&, Responder respond) { handed.set_value(std::move(respond)); }});
    auto server = test::serve(std::move(router));
    RawSocket socket(server->port());
    socket.send(get("/later"));
    Responder respond = handed.get_future().get();
    server->stop(milliseconds(0));
    EXPECT_EQ(socket.until_closed(), "");
    server.reset();
    respond(text("nobody listens"));
}

TEST(Server, RunsUntilItIsStopped) {
    auto server = Server::create(test::quiet(), hello());
    ASSERT_TRUE(server);
    std::thread running([&] { (*server)->run(); });
    RawSocket socket((*server)->port());
    socket.send(get("/hello", "Connection: close\r\n"));
    EXPECT_EQ(body_of(socket.until_closed()), "xin chào");
    (*server)->stop();
    running.join();
}

TEST(Server, WaitsToAcceptWhenItHasEnoughConnections) {
    Settings settings = test::quiet();
    settings.limits.connections = 1;
    const auto server = test::serve(hello(), settings);
    auto first = std::make_unique<RawSocket>(server->port());
    first->send(get("/hello"));
    EXPECT_EQ(body_of(first->answer()), "xin chào");
    RawSocket second(server->port());
    second.send(get("/hello"));
    EXPECT_EQ(server->connections(), 1U);
    first.reset();
    EXPECT_EQ(body_of(second.answer()), "xin chào");
}

TEST(Server, ServesOnSeveralThreads) {
    Settings settings = test::quiet();
    settings.threads = 3;
    const auto server = test::serve(hello(), settings);
    std::vector<std::thread> clients;
    std::atomic<int> right = 0;
    for (int i = 0; i < 8; ++i)
        clients.emplace_back([&] {
            RawSocket socket(server->port());
            for (int j = 0; j < 50; ++j) {
                socket.send(post("/echo", std::to_string(j)));
                if (body_of(socket.answer()) == std::to_string(j)) ++right;
            }
        });
    for (std::thread& client : clients) client.join();
    EXPECT_EQ(right, 400);
}

TEST(Server, RefusesToStartWrongly) {
    const auto fault = [](Settings settings, Router router = hello()) {
        const auto server = Server::create(std::move(settings), std::move(router));
        return server ? std::string("started") : server.error().message;
    };
    Settings settings = test::quiet();
    EXPECT_EQ(fault(settings), "started");
    for (const char* address : {"0.0.0.0", "::", "192.0.2.1", "10.0.0.1"}) {
        settings.address = address;
        EXPECT_EQ(fault(settings), "http.tls_required") << address;
    }
    for (const char* address : {"127.0.0.1", "127.9.9.9", "localhost"}) {
        settings.address = address;
        EXPECT_EQ(fault(settings), "started") << address;
    }
    settings.address = "congvu.example";
    EXPECT_EQ(fault(settings), "http.bad_address");
    settings.address = "127.0.0.1";
    settings.tls = TlsFiles{"/nowhere/certificate.pem", "/nowhere/key.pem"};
    EXPECT_EQ(fault(settings), "http.bad_certificate");
    settings.tls.reset();
    const auto other = Server::create(test::quiet(), hello());
    settings.port = (*other)->port();
    EXPECT_EQ(fault(settings), "http.cannot_listen");
    Router twice = hello();
    twice.add({.pattern = "/hello", .handler = saying("again")});
    EXPECT_EQ(fault(test::quiet(), std::move(twice)), "base.internal");
}

}  // namespace
}  // namespace http
