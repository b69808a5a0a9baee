#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "http/gate.h"
#include "http/parser.h"
#include "http/shared.h"

// Inside http: the life of one connection, whatever carries its bytes. All on its loop's thread.
namespace http {

/// Bytes that have come and wait to be read.
class Inbox {
  public:
    std::string_view view() const { return {bytes_.data() + begin_, bytes_.size() - begin_}; }
    bool empty() const { return begin_ == bytes_.size(); }
    std::size_t size() const { return bytes_.size() - begin_; }
    void consume(std::size_t count);
    /// For appending at the end.
    std::string& tail() { return bytes_; }

  private:
    std::string bytes_;
    std::size_t begin_ = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(Loop& loop, std::string peer, std::unique_ptr<TlsFilter> tls);
    virtual ~Connection();
    void begin();

    // From the socket.
    void received(std::string_view bytes);
    /// The other side has closed, or the socket failed.
    void ended();
    void writable();

    // From the loop.
    void returned(std::unique_ptr<Exchange>);
    /// No worker can take it.
    void refused_by_workers(std::unique_ptr<Exchange>);
    void nudged();
    void sweep(std::int64_t now);
    void stop();
    void abort();

    std::size_t place_in_loop = 0;

  protected:
    // To the socket. Reading goes on by itself into a buffer of the socket's; one read at a time.
    virtual void read_more(std::size_t most) = 0;
    /// Bytes that were taken; 0: not now; -1: failed.
    virtual std::ptrdiff_t send(std::string_view first, std::string_view second) = 0;
    virtual void wait_writable() = 0;
    virtual void close_sending() = 0;
    virtual void close() = 0;

  private:
    enum class State { idle, head, body, away, writing, events, draining, closed };
    enum class Flow { done, blocked, failed };
    enum class Progress { made, none };

    void advance();
    Progress step();
    Progress read_head();
    void fresh_exchange();
    Progress begin_exchange(const gate::Verdict&, std::string_view head);
    Progress route_request(const gate::Verdict&);
    Progress begin_body();
    Progress read_body();
    Progress body_is_here();
    Progress refuse(int status, const Error&);
    Progress refuse(gate::Refusal);
    void send_away(Work);
    void start_answer();
    void flush();
    Flow push_out();
    Progress written();
    void finish_answer();
    void begin_draining();
    Progress take_events();
    void set_state(State, std::int64_t deadline);
    void want_bytes();
    void shut();
    std::int64_t rate_deadline(std::uint64_t moved) const;

    Loop& loop_;
    const std::string peer_;
    std::unique_ptr<TlsFilter> tls_;
    State state_ = State::idle;
    bool is_reading_ = false;
    bool is_waiting_to_write_ = false;
    bool is_advancing_ = false;
    bool is_ended_ = false;

    Inbox inbox_;
    std::size_t scanned_ = 0;
    RequestParser parser_;
    std::unique_ptr<Exchange> exchange_;

    std::string_view first_;  // what is being written
    std::string_view second_;
    std::string wire_;  // the same, sealed
    std::size_t wire_sent_ = 0;
    std::string events_;

    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
    std::int64_t deadline_ = never;  // milliseconds of the steady clock
    std::int64_t moving_since_ = 0;  // when the body began to come, or the answer to go
    std::uint64_t moved_ = 0;        // its bytes so far
    std::int64_t last_event_ = 0;
};

std::int64_t steady_milliseconds();

}  // namespace http
