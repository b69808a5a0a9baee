#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/responder.h"
#include "http/router.h"

// Inside http: a request on its way from a connection through a worker and back.
namespace http {

class Connection;
class Mailbox;
struct Shared;

/// What a worker does with an exchange.
enum class Work {
    handle,  ///< run the handler
    admit,   ///< ask whether the body may come
    refuse,  ///< no route takes it: say so in the language of whoever asks
    spool,   ///< write `block` to the file, then run the handler when the body is whole
    pull,    ///< make the next piece of the answer
};

/// An open file.
class OpenFile {
  public:
    OpenFile() = default;
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    OpenFile& operator=(OpenFile&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~OpenFile();
    int get() const { return descriptor_; }
    explicit operator bool() const { return descriptor_ >= 0; }

  private:
    int descriptor_ = -1;
};

/// One request and its answer. Whoever holds the pointer may touch it: a connection, the queue, a worker, a Responder.
/// A connection uses the same object for all its requests, so that a steady connection allocates little.
struct Exchange final : Waiting {
    explicit Exchange(std::shared_ptr<Shared> all) : shared(std::move(all)) {}
    void answer(std::unique_ptr<Waiting> self, Result<Response>) override;
    Language language() const override { return preferred; }
    /// Makes ready for the next request.
    void clear();

    const std::shared_ptr<Shared> shared;    ///< an answer may come after the server has gone
    std::shared_ptr<Connection> connection;  ///< set while it is away from its connection
    std::shared_ptr<Mailbox> home;
    Work work = Work::handle;

    Request request;
    const Route* route = nullptr;
    Method method = Method::get;
    Language preferred = Language::vi;
    std::uint64_t number = 0;
    bool is_1_1 = true;
    bool wants_close = false;  ///< says the request
    bool must_close = false;
    bool body_is_whole = false;
    bool expects_continue = false;
    std::chrono::steady_clock::time_point started;

    std::string block;  ///< of the body, not yet written
    OpenFile spool;
    BodyFile spooled;
    std::uint64_t spooled_size = 0;

    std::optional<Response> late;  ///< given on a thread that isn't ours to make it into bytes on
    bool is_answered = false;
    int status = 0;
    std::string head;  ///< of the answer, and its body when that is small
    std::string body;  ///< a large one, or the present piece
    std::string_view static_body;
    Pull pull;        ///< more pieces come from here
    OpenFile source;  ///< or from here
    std::uint64_t source_offset = 0;
    std::uint64_t left = 0;   ///< bytes that were announced and have not been made
    bool is_counted = false;  ///< the pieces must come to `left` in the end
    bool is_chunked = false;
    bool is_broken = false;  ///< the rest can't be made: break off
    bool has_more = false;
    std::uint64_t body_bytes = 0;
    std::shared_ptr<EventStream> events;
};

/// True on a thread of Workers.
bool is_worker();

/// Where a loop finds what other threads have for it.
class Mailbox {
  public:
    explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}
    void deliver(std::unique_ptr<Exchange>);
    void nudge(std::shared_ptr<Connection>);

    struct Content {
        std::vector<std::unique_ptr<Exchange>> exchanges;
        std::vector<std::shared_ptr<Connection>> nudged;
    };
    /// Swaps what has come for `empty`.
    void take(Content& empty);
    /// From now on everything delivered is dropped.
    void shut();

  private:
    std::mutex mutex_;
    Content content_;
    std::function<void()> wake_;
    bool is_open_ = true;
};

/// The threads that run handlers, with one bounded queue.
class Workers {
  public:
    Workers(unsigned count, std::size_t limit) : count_(count), limit_(limit) {}
    ~Workers() { stop(); }
    void start();
    /// Queues a batch. Requests over the limit stay in it; work that goes on with one that was begun is always taken.
    void add(std::vector<std::unique_ptr<Exchange>>& batch);
    /// Drops what waits, lets what runs finish, ends the threads.
    void stop();

  private:
    void run();
    /// True when a sleeping worker has to be woken: one at a time, who then sees to the next. Waking costs more than a
    /// small answer does, and one who is awake may have taken what lies here before a second has come.
    bool wants_another();
    unsigned count_;
    std::size_t limit_;
    std::mutex mutex_;
    std::condition_variable come_;
    std::deque<std::unique_ptr<Exchange>> queue_;
    unsigned idle_ = 0;
    bool is_waking_ = false;
    bool is_stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace http
