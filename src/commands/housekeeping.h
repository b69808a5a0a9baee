#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "commands/office.h"

namespace commands {

/// What a running server does by itself: registers published meanwhile taken each five seconds, reminders of deadlines
/// each minute, leftovers swept and finished jobs forgotten each hour.
class Housekeeping {
  public:
    explicit Housekeeping(Office&);
    ~Housekeeping();
    Housekeeping(const Housekeeping&) = delete;
    /// One round; `round` counts them within the hour.
    void run_once(int round);
    /// Loads the registers again when another program has published one (`congvu register add`); says whether it did.
    Result<bool> take_published();

  private:
    void run();
    Office& office_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::int64_t published_ = 0;  ///< versions of declarations that are loaded
    std::thread thread_;
};

}  // namespace commands
