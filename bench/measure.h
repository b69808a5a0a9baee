#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace bench {

/// Waits of one run, in microseconds.
class Waits {
  public:
    void add(std::chrono::nanoseconds wait) { waits_.push_back(static_cast<std::uint32_t>(wait.count() / 1000)); }
    std::size_t size() const { return waits_.size(); }
    /// Milliseconds within which this part (0 to 1) of them ended.
    double within(double part);

  private:
    std::vector<std::uint32_t> waits_;
    bool are_sorted_ = true;
};

/// Processor seconds a process and its threads have used.
double processor_seconds(pid_t);
/// Megabytes of memory a process has to itself (RssAnon), and with the files it looks into (VmRSS).
struct Memory {
    double own = 0;
    double total = 0;
};
Memory memory_of(pid_t);

/// A child process, stopped when this goes.
class Child {
  public:
    /// `preload`: a library put before all others; empty: none.
    Child(const std::vector<std::string>& words, const std::string& preload, const std::string& log);
    ~Child() { stop(); }
    Child(const Child&) = delete;
    pid_t id() const { return id_; }
    void stop(int signal = 15);

  private:
    pid_t id_ = -1;
};

/// How many times a second a file that grows by `bytes` can be made durable in this folder.
double syncs_a_second(const std::string& folder, std::size_t bytes, double seconds);

/// A row of the table that is printed, with what design.md holds it to and whether it does.
void heading(const std::string& text);
void figure(const std::string& name, const std::string& value, const std::string& held = {}, bool holds = true);
/// How many figures did not hold.
int broken();

}  // namespace bench
