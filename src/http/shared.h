#pragma once
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/exchange.h"
#include "http/server.h"
#include "http/tls.h"

// Inside http: what the loops of one server have in common.
namespace http {

struct Shared {
    Shared(Settings given, Router table);
    const Settings settings;
    const Router router;
    /// The lines every answer carries, for Framing::denied and Framing::own_pages; without the policy and frame lines
    /// they begin with, for an answer that brings its own.
    std::string fixed_lines[2];
    std::string fixed_lines_bare;
    Workers workers;
    std::atomic<std::uint64_t> requests{0};
    std::atomic<bool> is_stopping{false};

    std::mutex mutex;
    std::condition_variable changed;
    std::size_t connections = 0;
    std::shared_ptr<TlsContext> tls;
};

/// Puts an answer into bytes: fills head, body and what follows of the exchange. Any thread.
void write_answer(Exchange&, Response);
/// The answer to a request no route takes: 404, 405, or 204 to OPTIONS. Any thread.
void write_no_route(Exchange&, const Router::Match&);
/// Makes the next piece of a long answer. On a worker.
void make_piece(Exchange&);
/// Appends the block to the spool file, which it makes first. On a worker. Errors: unavailable "http.spool_failed"
/// (full, or not to be written).
Result<void> spool(Exchange&);
/// Logs the request when it is over.
void log_access(const Exchange&);

/// A thread that serves sockets, as its connections see it.
class Loop {
  public:
    Loop(std::shared_ptr<Shared> all, std::function<void()> wake)
        : shared(std::move(all)), mailbox(std::make_shared<Mailbox>(std::move(wake))) {}
    virtual ~Loop() = default;
    void dispatch(std::unique_ptr<Exchange> exchange) {
        ready_.push_back(std::move(exchange));
        if (ready_.size() == 1) flush_soon();
    }
    virtual void closed(Connection&) = 0;

    const std::shared_ptr<Shared> shared;
    const std::shared_ptr<Mailbox> mailbox;

  protected:
    /// Calls flush when the events at hand have been seen to.
    virtual void flush_soon() = 0;
    void flush();
    /// Hands out what the mailbox holds.
    void collect();

  private:
    std::vector<std::unique_ptr<Exchange>> ready_;
    std::vector<std::unique_ptr<Exchange>> batch_;
    Mailbox::Content content_;
};

}  // namespace http
