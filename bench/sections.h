#pragma once
#include <string>

#include "bench/client.h"

namespace bench {

struct Options {
    std::string program;  ///< out/release/congvu
    std::string million;  ///< data folder with the many documents
    std::string folder;   ///< where fresh stores are made
    std::string preload;  ///< the library that makes each sync slower
    double minutes = 10;
};

/// A server on a free port, waited for until it answers.
class Office {
  public:
    Office(const Options&, const std::string& data, const std::string& preload = {});
    int port() const { return port_; }
    pid_t id() const { return child_.id(); }
    /// Milliseconds from its start to its first answer.
    double started_in() const { return started_in_; }
    void stop(int signal = 15) { child_.stop(signal); }

  private:
    int port_;
    std::chrono::steady_clock::time_point begun_;
    Child child_;
    double started_in_ = 0;
};
int free_port();
/// Makes the sample ministry in a fresh folder; gives the folder.
std::string fresh_office(const Options&, const std::string& name);

void small_answers(const Options&);
void start_and_memory(const Options&);
void inbox_pages(const Options&, Office&);
void searches(const Options&, Office&);
void registrations(const Options&);
void sizes(const Options&);

constexpr std::string_view password = "Congvu-Mau-2026";

}  // namespace bench
