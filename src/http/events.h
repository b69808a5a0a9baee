#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace http {

/// One browser's open stream of server-sent events (HTML standard, 9.2). Safe from any thread.
///   auto stream = hub.open(person.value);   respond(http::events(stream));
class EventStream {
  public:
    /// A reader that leaves more than `limit` bytes waiting is dropped; the browser opens a new stream by itself.
    explicit EventStream(std::size_t limit = 64 * 1024) : limit_(limit) {}
    /// `event` is one word; lines of `data` are kept. False when the stream is closed.
    bool send(std::string_view event, std::string_view data);
    void close();
    bool is_open() const;

    /// For the server: takes what waits, and says whom to wake when more comes (on the sender's thread).
    std::string take();
    void attach(std::function<void()> wake);

  private:
    mutable std::mutex mutex_;
    std::string waiting_;
    std::function<void()> wake_;
    std::size_t limit_;
    bool is_open_ = true;
    bool woken_ = false;
};

/// Streams by whom they are for.
class EventHub {
  public:
    std::shared_ptr<EventStream> open(std::int64_t subject) { return open(std::span(&subject, 1)); }
    /// One stream for whoever is addressed as any of these.
    std::shared_ptr<EventStream> open(std::span<const std::int64_t> subjects);
    /// Sends to every open stream of the subject.
    void publish(std::int64_t subject, std::string_view event, std::string_view data) {
        publish(std::span(&subject, 1), event, data);
    }
    /// Sends to every open stream of any of the subjects, once.
    void publish(std::span<const std::int64_t> subjects, std::string_view event, std::string_view data);
    /// Sends to everybody, once.
    void publish_to_all(std::string_view event, std::string_view data);
    /// Closes the streams of a subject, as when a session ends.
    void close(std::int64_t subject);
    std::size_t listeners() const;

  private:
    using Streams = std::vector<std::weak_ptr<EventStream>>;
    using Told = std::set<const EventStream*>;
    static void send(Streams& streams, Told& told, std::string_view event, std::string_view data);

    mutable std::mutex mutex_;
    std::unordered_map<std::int64_t, Streams> streams_;
};

}  // namespace http
