#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

#include "base/time.h"
#include "db/database.h"

namespace db {

/// A closure that waits for the writer.
struct Job {
    Closure closure;
    std::function<void(Result<void>)> done;
    Instant at;  ///< when it was handed over
};

/// Calls `done`, whatever it throws.
void answer(const Job& job, Result<void> result);

/// The closures that wait, in the order they came. For any number of threads on both sides.
class Queue {
  public:
    Queue(int limit, const Clock* clock) : limit_(static_cast<std::size_t>(limit)), clock_(clock) {}

    /// Adds one; a full queue answers it with "db.busy", a closed one with "db.closing", from the caller's thread.
    void push(Closure closure, std::function<void(Result<void>)> done);
    /// Waits until there is one. False when the queue is closed.
    bool wait();
    /// Whether one came within that time.
    bool wait_for(std::chrono::microseconds patience);
    std::optional<Job> pop();
    /// Answers all that wait with "db.closing" and takes no more.
    void close();
    bool closed() const;

  private:
    std::size_t limit_;
    const Clock* clock_;
    SystemClock system_;
    mutable std::mutex mutex_;
    std::condition_variable came_;
    std::deque<Job> jobs_;
    bool closed_ = false;
};

}  // namespace db
