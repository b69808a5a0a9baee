#include "bench/measure.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

namespace bench {

double Waits::within(double part) {
    if (waits_.empty()) return 0;
    std::ranges::sort(waits_);
    const auto at = static_cast<std::size_t>(part * static_cast<double>(waits_.size() - 1));
    return waits_[at] / 1000.0;
}

double processor_seconds(pid_t id) {
    std::ifstream in(fmt::format("/proc/{}/stat", id));
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const std::size_t name_end = text.rfind(')');
    if (name_end == std::string::npos) return 0;
    std::istringstream rest(text.substr(name_end + 2));
    std::string word;
    double ticks = 0;
    // proc(5): fields 14 and 15, user and system time; the state after the name is field 3.
    for (int field = 3; field <= 15 && rest >> word; ++field)
        if (field >= 14) ticks += std::stod(word);
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

Memory memory_of(pid_t id) {
    std::ifstream in(fmt::format("/proc/{}/status", id));
    Memory memory;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("RssAnon:")) memory.own = std::stod(line.substr(8)) / 1024;
        if (line.starts_with("VmRSS:")) memory.total = std::stod(line.substr(6)) / 1024;
    }
    return memory;
}

Child::Child(const std::vector<std::string>& words, const std::string& preload, const std::string& log) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    id_ = ::fork();
    if (id_ != 0) return;
    if (!preload.empty()) ::setenv("LD_PRELOAD", preload.c_str(), 1);
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    ::dup2(out, 1);
    ::dup2(out, 2);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
}

void Child::stop(int signal) {
    if (id_ <= 0) return;
    ::kill(id_, signal);
    ::waitpid(id_, nullptr, 0);
    id_ = -1;
}

double syncs_a_second(const std::string& folder, std::size_t bytes, double seconds) {
    const std::string name = folder + "/sync.tmp";
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const std::string block(bytes, 'x');
    const auto begun = std::chrono::steady_clock::now();
    double took = 0;
    int count = 0;
    while (took < seconds) {
        if (::write(file, block.data(), block.size()) < 0 || ::fdatasync(file) != 0) break;
        ++count;
        took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    }
    ::close(file);
    ::unlink(name.c_str());
    return took > 0 ? count / took : 0;
}

namespace {
int not_held = 0;
}

void heading(const std::string& text) {
    fmt::print("\n{}\n", text);
}

void figure(const std::string& name, const std::string& value, const std::string& held, bool holds) {
    const std::string mark = held.empty() ? "" : holds ? "  holds: " : "  FALLS SHORT of: ";
    fmt::print("  {:<62} {:>16}{}{}\n", name, value, mark, held);
    std::fflush(stdout);
    if (!holds) ++not_held;
}

int broken() {
    return not_held;
}

}  // namespace bench
