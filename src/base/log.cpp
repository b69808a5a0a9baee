#include "base/log.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <string>
#include <unistd.h>

#include "base/text.h"
#include "base/time.h"

namespace {

constexpr std::array<std::string_view, 4> level_names = {"debug", "info", "warning", "error"};

std::atomic<logging::Level> least_level = logging::Level::info;
std::atomic<logging::Form> form = logging::Form::words;

void append_quoted(std::string& line, std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    line.push_back('"');
    std::size_t plain = 0;  // where what stands as it is begins
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x20 && byte != 0x7F && byte != '"' && byte != '\\') continue;
        line.append(text.substr(plain, at - plain));
        plain = at + 1;
        if (byte == '"' || byte == '\\') {
            line.push_back('\\');
            line.push_back(text[at]);
        } else if (byte == '\n') {
            line += "\\n";
        } else {
            line += "\\u00";
            line.push_back(digits[byte >> 4]);
            line.push_back(digits[byte & 0x0F]);
        }
    }
    line.append(text.substr(plain));
    line.push_back('"');
}

void append_field(std::string& line, std::string_view name, std::string_view value) {
    line.push_back(line.empty() ? '{' : ',');
    append_quoted(line, name);
    line.push_back(':');
    if (is_utf8(value))
        append_quoted(line, value);
    else
        append_quoted(line, valid_utf8(value));
}

/// Standard error. Who finds nobody writing writes, also what others add meanwhile: no one waits for the disk in turn.
class Output {
  public:
    void add(std::string_view line) {
        std::unique_lock lock(mutex_);
        // Where whoever reads the log has stopped, the server stops too rather than fill its memory.
        room_.wait(lock, [&] { return waiting_.size() < most_waiting; });
        waiting_ += line;
        if (is_writing_) return;
        is_writing_ = true;
        std::string taken;
        while (!waiting_.empty()) {
            taken.clear();
            std::swap(taken, waiting_);
            lock.unlock();
            room_.notify_all();
            put(taken);
            lock.lock();
        }
        is_writing_ = false;
    }

  private:
    static void put(std::string_view lines) {
        while (!lines.empty()) {
            const ssize_t count = ::write(STDERR_FILENO, lines.data(), lines.size());
            if (count < 0 && errno != EINTR) return;
            if (count > 0) lines.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    static constexpr std::size_t most_waiting = 256 * 1024;
    std::mutex mutex_;
    std::condition_variable room_;
    std::string waiting_;
    bool is_writing_ = false;
};

void write_whole(std::string_view line) {
    static Output& output = *new Output;  // threads may write to the very end
    output.add(line);
}

void tell(std::string_view event, std::initializer_list<logging::Field> fields) {
    std::string line = "congvu: ";
    const auto append = [&](std::string_view text) {
        for (const char c : valid_utf8(text))
            line.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c);
    };
    append(event);
    for (const auto& [name, value] : fields) {
        line.push_back(' ');
        append(name);
        line.push_back('=');
        append(value);
    }
    line.push_back('\n');
    write_whole(line);
}

}  // namespace

namespace logging {

void set_level(Level level) {
    least_level = level;
}

void set_form(Form chosen) {
    form = chosen;
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (level < least_level.load(std::memory_order_relaxed)) return;
    if (form.load(std::memory_order_relaxed) == Form::words) {
        if (level >= Level::warning) tell(event, fields);
        return;
    }
    std::string line;
    line.reserve(320);
    append_field(line, "time", to_string(SystemClock().now()));
    append_field(line, "level", level_names[static_cast<std::size_t>(level)]);
    append_field(line, "event", event);
    for (const auto& [name, value] : fields) append_field(line, name, value);
    line += "}\n";
    write_whole(line);
}

}  // namespace logging
