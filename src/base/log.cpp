#include "base/log.h"

#include <array>
#include <atomic>
#include <cerrno>
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
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            line.push_back('\\');
            line.push_back(c);
        } else if (c == '\n') {
            line += "\\n";
        } else if (byte < 0x20 || byte == 0x7F) {
            line += "\\u00";
            line.push_back(digits[byte >> 4]);
            line.push_back(digits[byte & 0x0F]);
        } else {
            line.push_back(c);
        }
    }
    line.push_back('"');
}

void append_field(std::string& line, std::string_view name, std::string_view value) {
    line.push_back(line.empty() ? '{' : ',');
    append_quoted(line, name);
    line.push_back(':');
    append_quoted(line, is_utf8(value) ? std::string(value) : valid_utf8(value));
}

void write_whole(std::string_view line) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    while (!line.empty()) {
        const ssize_t count = ::write(STDERR_FILENO, line.data(), line.size());
        if (count < 0 && errno != EINTR) return;
        if (count > 0) line.remove_prefix(static_cast<std::size_t>(count));
    }
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
    append_field(line, "time", to_string(SystemClock().now()));
    append_field(line, "level", level_names[static_cast<std::size_t>(level)]);
    append_field(line, "event", event);
    for (const auto& [name, value] : fields) append_field(line, name, value);
    line += "}\n";
    write_whole(line);
}

}  // namespace logging
