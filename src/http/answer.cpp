#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/log.h"
#include "http/events.h"
#include "http/shared.h"

// How an answer becomes bytes.
namespace http {

namespace {

constexpr std::uint64_t inline_body = 64 * 1024;  // goes out in one write with its head
constexpr std::uint64_t piece_size = 256 * 1024;

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7), made once a second.
std::string_view date() {
    thread_local std::time_t second = 0;
    thread_local std::string text;
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (now.tv_sec == second) return text;
    second = now.tv_sec;
    std::tm parts{};
    ::gmtime_r(&second, &parts);
    constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    text = fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(parts.tm_wday)],
                       parts.tm_mday, months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                       parts.tm_hour, parts.tm_min, parts.tm_sec);
    return text;
}

/// Appends a header line. A line end in it would let a value write headers of its own.
void add_line(std::string& head, std::string_view name, std::string_view value) {
    const auto add = [&](std::string_view part) {
        const std::size_t begin = head.size();
        head.append(part);
        std::replace_if(
            head.begin() + static_cast<std::ptrdiff_t>(begin), head.end(),
            [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }, ' ');
    };
    add(name);
    head += ": ";
    add(value);
    head += "\r\n";
}

/// Lines that the answer brings and the server would add otherwise.
struct Own {
    bool policy = false;
    bool cache = false;
};

Own add_own_lines(std::string& head, const Response& response) {
    Own own;
    for (const Header& line : response.headers) {
        // Lengths and connections are the server's alone.
        if (same_name(line.name, "content-length") || same_name(line.name, "transfer-encoding") ||
            same_name(line.name, "connection") || same_name(line.name, "date"))
            continue;
        if (same_name(line.name, "content-security-policy")) own.policy = true;
        if (same_name(line.name, "cache-control")) own.cache = true;
        add_line(head, line.name, line.value);
    }
    return own;
}

/// What a body comes to: bytes at hand, or a source of more.
struct Prepared {
    std::optional<std::uint64_t> length = 0;
    bool is_missing = false;  ///< the file has gone
};

Prepared open_file(Exchange& exchange, const FileBytes& file) {
    OpenFile opened(::open(file.path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status{};
    if (!opened || ::fstat(opened.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
        file.offset + file.length > static_cast<std::uint64_t>(status.st_size))
        return {.is_missing = true};
    exchange.source = std::move(opened);
    exchange.source_offset = file.offset;
    exchange.left = file.length;
    return {.length = file.length};
}

Prepared prepare(Exchange& exchange, Body& body) {
    if (auto* text = std::get_if<std::string>(&body)) {
        exchange.body = std::move(*text);
        return {.length = exchange.body.size()};
    }
    if (auto* fixed = std::get_if<StaticBytes>(&body)) {
        exchange.static_body = fixed->bytes;
        return {.length = fixed->bytes.size()};
    }
    if (auto* file = std::get_if<FileBytes>(&body)) return open_file(exchange, *file);
    if (auto* pulled = std::get_if<Pulled>(&body)) {
        exchange.pull = std::move(pulled->next);
        exchange.left = pulled->length.value_or(0);
        exchange.is_counted = pulled->length.has_value();
        return {.length = pulled->length};
    }
    exchange.events = std::get<std::shared_ptr<EventStream>>(std::move(body));
    exchange.must_close = true;
    return {.length = std::nullopt};
}

void drop_body(Exchange& exchange) {
    exchange.body.clear();
    exchange.static_body = {};
    exchange.pull = nullptr;
    exchange.source = {};
    exchange.left = 0;
    if (exchange.events) exchange.events->close();
    exchange.events.reset();
}

/// Reads up to `most` bytes of the source into `into`. False when the file is shorter than it was.
bool read_source(Exchange& exchange, std::uint64_t most, std::string& into) {
    std::size_t want = static_cast<std::size_t>(std::min(most, exchange.left));
    std::size_t at = into.size();
    into.resize(at + want);
    while (want > 0) {
        const ssize_t count =
            ::pread(exchange.source.get(), into.data() + at, want, static_cast<off_t>(exchange.source_offset));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        at += static_cast<std::size_t>(count);
        want -= static_cast<std::size_t>(count);
        exchange.source_offset += static_cast<std::uint64_t>(count);
        exchange.left -= static_cast<std::uint64_t>(count);
    }
    return true;
}

}  // namespace

void write_answer(Exchange& exchange, Response response) {
    Prepared prepared = prepare(exchange, response.body);
    if (prepared.is_missing) {
        response = failure(Error{ErrorCode::not_found, "http.not_found"}, exchange.preferred, exchange.number);
        prepared = prepare(exchange, response.body);
    }
    exchange.status = response.status;
    exchange.is_answered = true;
    if (exchange.shared->is_stopping.load(std::memory_order_relaxed)) exchange.must_close = true;
    const bool has_body = response.status >= 200 && response.status != 204 && response.status != 304;
    exchange.is_chunked = has_body && !prepared.length && !exchange.events && exchange.is_1_1;
    if (has_body && !prepared.length && !exchange.is_1_1) exchange.must_close = true;

    std::string& head = exchange.head;
    head.clear();
    fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\nDate: ", response.status, reason(response.status));
    head.append(date()).append("\r\n");
    const Own own = add_own_lines(head, response);
    head += own.policy ? exchange.shared->fixed_lines_bare
                       : exchange.shared->fixed_lines[static_cast<std::size_t>(response.framing)];
    if (!own.cache) head += "Cache-Control: no-store\r\n";
    if (exchange.is_chunked)
        head += "Transfer-Encoding: chunked\r\n";
    else if (has_body && prepared.length)
        fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", *prepared.length);
    if (exchange.must_close) head += "Connection: close\r\n";
    head += "\r\n";

    if (!has_body || exchange.method == Method::head) drop_body(exchange);
    exchange.body_bytes = exchange.body.size() + exchange.static_body.size();
    if (exchange.body_bytes <= inline_body) {
        head += exchange.body;
        head += exchange.static_body;
        exchange.body.clear();
        exchange.static_body = {};
    }
    if (exchange.source && exchange.left <= inline_body) {
        exchange.body_bytes = exchange.left;
        exchange.is_broken = !read_source(exchange, exchange.left, head);
        exchange.source = {};
    }
    exchange.has_more = exchange.source || exchange.pull;
}

void write_no_route(Exchange& exchange, const Router::Match& match) {
    const std::string allow =
        exchange.request.path == "*" ? "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" : match.allow;
    Response response;
    if (exchange.method == Method::options && !allow.empty())
        response = no_content();
    else if (allow.empty())
        response = failure(Error{ErrorCode::not_found, "http.no_route"}, exchange.preferred, exchange.number);
    else
        response = failure(405, Error{ErrorCode::invalid, "http.bad_method", {}, {{"allowed", allow}}},
                           exchange.preferred, exchange.number);
    if (!allow.empty()) response.headers.set("Allow", allow);
    write_answer(exchange, std::move(response));
}

void make_piece(Exchange& exchange) {
    exchange.body.clear();
    if (exchange.source) {
        exchange.is_broken = !read_source(exchange, piece_size, exchange.body);
        exchange.body_bytes += exchange.body.size();
        exchange.has_more = exchange.left > 0;
        return;
    }
    Result<std::string> piece;
    try {
        piece = exchange.pull();
    } catch (const std::exception& exception) {
        piece = fail_internal(exception.what());
    }
    if (!piece) {
        logging::error("http.broken_off", {{"request", std::to_string(exchange.number)},
                                           {"message", piece.error().message},
                                           {"detail", piece.error().detail}});
        exchange.is_broken = true;
        return;
    }
    const std::uint64_t piece_bytes = piece->size();
    exchange.has_more = piece_bytes > 0;
    exchange.body_bytes += piece_bytes;
    if (exchange.is_chunked) {
        // The empty piece at the end makes the last chunk, "0".
        fmt::format_to(std::back_inserter(exchange.body), "{:x}\r\n", piece_bytes);
        exchange.body += *piece;
        exchange.body += "\r\n";
    } else {
        exchange.body = std::move(*piece);
    }
    if (exchange.is_counted) {
        const bool is_too_long = piece_bytes > exchange.left;
        exchange.left -= is_too_long ? 0 : piece_bytes;
        exchange.is_broken = is_too_long || (!exchange.has_more && exchange.left > 0);
    }
    if (!exchange.has_more) exchange.pull = nullptr;
}

Result<void> spool(Exchange& exchange) {
    const auto failed = [&](std::string_view what) {
        Error error{ErrorCode::unavailable, "http.spool_failed"};
        error.detail = fmt::format("{} in {}: {}", what, exchange.shared->settings.spool, std::strerror(errno));
        return std::unexpected(std::move(error));
    };
    if (!exchange.spool) {
        std::string path = exchange.shared->settings.spool + "/upload-XXXXXX";
        exchange.spool = OpenFile(::mkostemp(path.data(), O_CLOEXEC));
        if (!exchange.spool) return failed("create");
        exchange.spooled = BodyFile(std::move(path), 0);
    }
    std::string_view rest = exchange.block;
    while (!rest.empty()) {
        const ssize_t count = ::write(exchange.spool.get(), rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return failed("write");
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    exchange.spooled_size += exchange.block.size();
    exchange.block.clear();
    if (exchange.body_is_whole) {
        exchange.spooled = BodyFile(exchange.spooled.keep(), exchange.spooled_size);
        exchange.spool = {};
    }
    return {};
}

void log_access(const Exchange& exchange) {
    if (exchange.shared->settings.access_log == AccessLog::none) return;
    const auto taken =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - exchange.started);
    logging::info("http",
                  {{"method", to_string(exchange.method)},
                   {"route", exchange.route ? std::string_view(exchange.route->pattern) : std::string_view("-")},
                   {"status", std::to_string(exchange.status)},
                   {"ms", fmt::format("{:.1f}", static_cast<double>(taken.count()) / 1000)},
                   {"bytes", std::to_string(exchange.body_bytes)},
                   {"request", std::to_string(exchange.number)},
                   {"broken", exchange.is_broken ? "yes" : "no"}});
}

}  // namespace http
