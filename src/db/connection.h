#pragma once
#include <chrono>
#include <functional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "db/sql.h"
#include "db/value.h"

namespace db {

using Visitor = std::function<Result<void>(const Row&)>;

/// One connection to an engine, used by one thread at a time. Checks the values, then asks, then notes what was slow.
class Connection {
  public:
    explicit Connection(std::chrono::milliseconds slow) : slow_(slow) {}
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    virtual Engine engine() const = 0;
    Result<Rows> rows(std::string_view name, std::string_view text, std::span<const Value> values);
    Result<void> each(std::string_view name, std::string_view text, std::span<const Value> values,
                      const Visitor& visit);
    Result<std::int64_t> change(std::string_view name, std::string_view text, std::span<const Value> values);

    /// A statement of our own without values or rows, which works in a transaction that a failure has spoilt too: a
    /// savepoint and the way back to it.
    virtual Result<void> command(std::string_view text) = 0;

    /// Begins to read one snapshot.
    virtual Result<void> start_reading() = 0;
    /// Lets the snapshot go. False when the connection is of no more use.
    virtual bool finish_reading() = 0;

  protected:
    virtual Result<Rows> do_rows(std::string_view name, std::string_view text, std::span<const Value> values) = 0;
    virtual Result<void> do_each(std::string_view name, std::string_view text, std::span<const Value> values,
                                 const Visitor& visit) = 0;
    virtual Result<std::int64_t> do_change(std::string_view name, std::string_view text,
                                           std::span<const Value> values) = 0;
    std::chrono::milliseconds slow() const { return slow_; }

  private:
    std::chrono::milliseconds slow_;
};

/// Writes "db.slow" to the log when more than `limit` passes before it goes.
class SlowTimer {
  public:
    SlowTimer(std::string_view name, std::chrono::milliseconds limit);
    ~SlowTimer();
    SlowTimer(const SlowTimer&) = delete;
    SlowTimer& operator=(const SlowTimer&) = delete;

  private:
    std::string_view name_;
    std::chrono::milliseconds limit_;
    std::chrono::steady_clock::time_point begun_;
};

}  // namespace db
