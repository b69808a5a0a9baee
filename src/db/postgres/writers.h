#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

#include "db/postgres/connection.h"
#include "db/queue.h"
#include "db/transaction.h"

namespace db::postgres {

/// A few threads, each with a connection, that run closures as serializable transactions. What two of them do to the
/// same rows is refused to one by the server; that one runs its closure again, a bounded number of times,
/// after the first few alone: then only another server can still be in its way.
class Writers {
  public:
    Writers(std::vector<std::unique_ptr<Connection>> connections, Queue& queue);
    /// The queue must be closed; what is at hand is still committed.
    ~Writers();
    WriterStatistics statistics() const;

  private:
    void run(Connection& connection);
    void perform(Connection& connection, const Job& job);
    Result<void> attempt(Connection& connection, const Job& job, Works& works);
    /// After a loss during the commit: asks on a new connection whether it was kept.
    Result<void> find_out(Connection& connection);

    /// Runs an attempt beside the others, or while they wait.
    Result<void> attempt_in_turn(Connection& connection, const Job& job, Works& works, bool alone);

    std::vector<std::unique_ptr<Connection>> connections_;
    Queue& queue_;
    std::mutex turnstile_;       ///< passed by each attempt, so that one who would be alone is not overtaken for ever
    std::shared_mutex running_;  ///< shared by attempts beside each other
    std::atomic<std::int64_t> closures_{0};
    std::atomic<std::int64_t> commits_{0};
    std::atomic<std::int64_t> failed_{0};
    std::atomic<std::int64_t> retried_{0};
    std::vector<std::thread> threads_;
};

}  // namespace db::postgres
