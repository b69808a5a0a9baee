#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace service {

/// Where answers are read once their change is durable, so that the writer goes on with the next change meanwhile.
/// Work that still waits when this goes is done first.
class Afterwards {
  public:
    explicit Afterwards(int threads = 2);
    ~Afterwards();
    Afterwards(const Afterwards&) = delete;
    /// From any thread; `work` may not throw.
    void run(std::function<void()> work);

  private:
    void serve();
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> waiting_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace service
