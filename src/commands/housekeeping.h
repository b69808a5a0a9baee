#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "commands/office.h"

namespace commands {

/// What a running server does by itself: reminders of deadlines each minute, leftovers swept and finished jobs
/// forgotten each hour.
class Housekeeping {
  public:
    explicit Housekeeping(Office&);
    ~Housekeeping();
    Housekeeping(const Housekeeping&) = delete;
    /// One round; `hour` counts the rounds within one.
    void run_once(int round);

  private:
    void run();
    Office& office_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace commands
