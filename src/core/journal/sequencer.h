#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "core/journal/head.h"
#include "db/database.h"

namespace journal {

/// Puts committed entries into the tree, in order, every second, and signs its head: once a day, when it stops, and
/// when asked. Several servers on one PostgreSQL may each have one.
class Sequencer {
  public:
    Sequencer(db::Database&, const Clock&, Signer);
    ~Sequencer();

    /// Begins in a thread of its own.
    void start();
    /// Puts the last entries into the tree, signs the head and ends the thread. Once is enough; so is the destructor,
    /// which leaves the signing out.
    void stop();

    /// What the thread does each second: everything waiting goes into the tree, and the head is signed when that is
    /// due. Gives how many entries were put in.
    Result<std::int64_t> run_once();
    /// Signs the head now; the last one again when nothing was added. Nothing while the tree is empty.
    Result<std::optional<Head>> sign_head();

  private:
    Result<std::int64_t> run_batch();
    Result<bool> head_is_due();
    void run();
    void end_thread();

    db::Database& database_;
    const Clock& clock_;
    Signer signer_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace journal
