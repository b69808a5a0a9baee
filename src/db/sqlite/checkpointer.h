#pragma once
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "db/sqlite/connection.h"

namespace db::sqlite {

/// Copies the write-ahead log into the database file from a thread of its own, so that no commit waits for it.
/// Under unbroken load the log never comes to an end; then the writer starts it anew between two batches.
class Checkpointer {
  public:
    Checkpointer(std::unique_ptr<Connection> connection, int pages);
    ~Checkpointer();

    /// Lets it know of each commit made on that connection.
    void watch(Connection& writer);
    /// Starts the log anew when it has grown long; for the writer, between batches. Never waits for a reader.
    void restart_if_long(Connection& writer);

  private:
    static int committed(void* self, sqlite3* handle, const char* schema, int pages);
    void run();
    void checkpoint();
    bool due() const { return pages_ - done_ >= step_; }

    std::unique_ptr<Connection> connection_;
    const int step_;
    std::mutex mutex_;
    std::condition_variable changed_;
    int pages_ = 0;  ///< in the log
    int done_ = 0;   ///< pages in the log when it was copied last
    bool stopping_ = false;
    std::atomic<bool> long_{false};
    std::thread thread_;
};

}  // namespace db::sqlite
