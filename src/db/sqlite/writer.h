#pragma once
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "db/queue.h"
#include "db/sqlite/checkpointer.h"
#include "db/sqlite/connection.h"
#include "db/transaction.h"

namespace db::sqlite {

/// The one thread that changes the file. It takes what waits, runs each closure in its own savepoint, and makes them
/// durable with one commit, so that many clients share one sync. A single client is never kept waiting for others.
class Writer {
  public:
    Writer(std::unique_ptr<Connection> connection, Queue& queue, Checkpointer& checkpointer);
    /// The queue must be closed; what is in the batch at hand is still committed.
    ~Writer();
    WriterStatistics statistics() const;
    Connection& connection() { return *connection_; }

  private:
    struct Entry {
        Job job;
        Works works = {};
        Result<void> outcome = {};
    };
    using Batch = std::vector<Entry>;

    void run();
    void batch();
    /// Runs closures as they come; fails when the whole batch is lost.
    Result<void> fill(Batch& batch);
    Result<void> run_entry(Entry& entry);
    Result<void> commit(Batch& batch);
    /// After a batch that failed as a whole: each closure in a transaction of its own.
    void one_by_one(Batch& batch);
    Result<void> alone(Entry& entry);
    void roll_back();
    void finish(Batch& batch);
    /// Waits a moment for those that were in the last batch too; false when nobody came.
    bool linger(std::size_t so_far);

    std::unique_ptr<Connection> connection_;
    Queue& queue_;
    Checkpointer& checkpointer_;
    std::size_t last_size_ = 1;
    std::chrono::microseconds commit_time_{0};
    std::atomic<std::int64_t> closures_{0};
    std::atomic<std::int64_t> commits_{0};
    std::atomic<std::int64_t> failed_{0};
    std::atomic<std::int64_t> retried_{0};
    std::thread thread_;
};

}  // namespace db::sqlite
