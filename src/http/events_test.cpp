#include "http/events.h"

#include <future>
#include <gmock/gmock.h>
#include <mutex>

#include <gtest/gtest.h>

#include "http/test_server.h"

namespace http {
namespace {

using test::get;
using test::RawSocket;
using testing::HasSubstr;

class Events : public testing::Test {
  protected:
    void start(Settings settings = test::quiet()) {
        Router router;
        router.add({.pattern = "/events/{subject}", .handler = [this](Request&& request, Responder respond) {
                        auto stream = hub_.open(std::stoll(std::string(request.place("subject"))));
                        remember(stream);
                        stream->send("hello", "before the answer");
                        respond(events(stream));
                    }});
        server_ = test::serve(std::move(router), settings);
    }
    // Handlers run on every loop at once.
    void remember(std::shared_ptr<EventStream> stream) {
        const std::lock_guard lock(mutex_);
        last_ = std::move(stream);
    }
    std::shared_ptr<EventStream> last() {
        const std::lock_guard lock(mutex_);
        return last_;
    }
    EventHub hub_;
    std::mutex mutex_;
    std::shared_ptr<EventStream> last_;
    std::unique_ptr<Server> server_;
};

TEST_F(Events, ReachWhomTheyAreForFromAnyThread) {
    start();
    RawSocket an(server_->port());
    RawSocket binh(server_->port());
    an.send(get("/events/1"));
    binh.send(get("/events/2"));
    const std::string head = an.until("\r\n\r\n");
    EXPECT_THAT(head, HasSubstr("Content-Type: text/event-stream\r\n"));
    EXPECT_THAT(head, HasSubstr("Cache-Control: no-store\r\n"));
    EXPECT_EQ(an.until("\n\n"), "event: hello\ndata: before the answer\n\n");
    binh.until("\n\n");
    EXPECT_EQ(hub_.listeners(), 2U);
    std::thread([&] {
        hub_.publish(1, "inbox", "{\"todo\": 3}");
        hub_.publish(3, "inbox", "nobody");
        hub_.publish_to_all("notice", "một\nhai\r\nba");
    }).join();
    EXPECT_EQ(an.until("\n\n"), "event: inbox\ndata: {\"todo\": 3}\n\n");
    EXPECT_EQ(an.until("\n\n"), "event: notice\ndata: một\ndata: hai\ndata: ba\n\n");
    EXPECT_EQ(binh.until("\n\n"), "event: notice\ndata: một\ndata: hai\ndata: ba\n\n");
    hub_.close(1);
    EXPECT_EQ(an.until_closed(), "");
    server_->stop();
    EXPECT_EQ(binh.until_closed(), "");
    EXPECT_EQ(hub_.listeners(), 0U);
}

TEST(EventHub, TellsAStreamOfSeveralSubjectsOnce) {
    EventHub hub;
    const std::int64_t mine[] = {1, 2, 3};
    const auto stream = hub.open(mine);
    const auto other = hub.open(4);
    EXPECT_EQ(hub.listeners(), 2U);
    hub.publish(2, "inbox", "{}");
    EXPECT_EQ(stream->take(), "event: inbox\ndata: {}\n\n");
    const std::int64_t both[] = {3, 1, 5};
    hub.publish(both, "inbox", "{}");
    EXPECT_EQ(stream->take(), "event: inbox\ndata: {}\n\n");
    EXPECT_EQ(other->take(), "");
    hub.publish_to_all("notice", "x");
    EXPECT_EQ(stream->take(), "event: notice\ndata: x\n\n");
    EXPECT_EQ(other->take(), "event: notice\ndata: x\n\n");
    hub.close(1);
    EXPECT_FALSE(stream->is_open());
    hub.publish(2, "inbox", "{}");
    EXPECT_EQ(hub.listeners(), 1U);
}

TEST_F(Events, KeepTheirOrderWhenThereAreMany) {
    start();
    RawSocket socket(server_->port());
    socket.send(get("/events/1"));
    socket.until("before the answer\n\n");
    std::promise<void> half_read;
    std::thread publishing([&] {
        for (int i = 0; i < 500; ++i) hub_.publish(1, "n", std::to_string(i));
        half_read.get_future().get();
        for (int i = 500; i < 1000; ++i) hub_.publish(1, "n", std::to_string(i));
    });
    for (int i = 0; i < 1000; ++i) {
        if (i == 500) half_read.set_value();
        ASSERT_EQ(socket.until("\n\n"), fmt::format("event: n\ndata: {}\n\n", i));
    }
    publishing.join();
}

TEST_F(Events, BeatWhenSilent) {
    Settings settings = test::quiet();
    settings.limits.sweep = milliseconds(5);
    settings.limits.heartbeat = milliseconds(10);
    start(settings);
    RawSocket socket(server_->port());
    socket.send(get("/events/1"));
    socket.until("before the answer\n\n");
    EXPECT_EQ(socket.until("\n\n"), ": \n\n");
    EXPECT_EQ(socket.until("\n\n"), ": \n\n");
}

TEST_F(Events, EndWhenTheReaderGoesOrDoesNotRead) {
    start();
    auto gone = std::make_unique<RawSocket>(server_->port());
    gone->send(get("/events/1"));
    gone->until("before the answer\n\n");
    const std::shared_ptr<EventStream> held = last();
    gone.reset();
    // Whoever holds the stream learns that its reader has gone.
    while (held->is_open()) std::this_thread::yield();
    RawSocket slow(server_->port());
    slow.send(get("/events/2"));
    slow.until("before the answer\n\n");
    const std::string large(10'000, 'x');
    // Each ends with its stream: one whose reader has closed, one whose reader leaves everything lying.
    while (hub_.listeners() > 0) hub_.publish_to_all("large", large);
    EXPECT_EQ(hub_.listeners(), 0U);
}

TEST(EventStream, IsBoundedAndClosesOnce) {
    EventStream stream(100);
    int woken = 0;
    stream.attach([&] { ++woken; });
    EXPECT_TRUE(stream.send("a", "1"));
    EXPECT_TRUE(stream.send("a", "2"));
    EXPECT_EQ(woken, 1) << "once until it is taken";
    EXPECT_EQ(stream.take(), "event: a\ndata: 1\n\nevent: a\ndata: 2\n\n");
    EXPECT_FALSE(stream.send("a", std::string(100, 'x')));
    EXPECT_EQ(woken, 2);
    EXPECT_FALSE(stream.is_open());
    EXPECT_FALSE(stream.send("a", "3"));
    EXPECT_EQ(stream.take(), "");
}

}  // namespace
}  // namespace http
