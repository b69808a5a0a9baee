#include "http/shared.h"

#include <thread>

#include "http/connection.h"

namespace http {

namespace {
unsigned worker_count(const Settings& settings) {
    return settings.workers > 0 ? settings.workers : 2 * std::max(1U, std::thread::hardware_concurrency());
}
}  // namespace

Shared::Shared(Settings given, Router table)
    : settings(std::move(given)), router(std::move(table)), workers(worker_count(settings), settings.limits.queue) {
    std::string lines =
        "X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\nCross-Origin-Opener-Policy: "
        "same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n";
    // A year, as RFC 6797 (6.1) reckons in seconds; never for plain HTTP (7.2).
    if (settings.tls) lines += "Strict-Transport-Security: max-age=31536000\r\n";
    const auto with_frames = [&](std::string_view ancestors, std::string_view options) {
        return lines + "Content-Security-Policy: " + settings.content_policy + "; frame-ancestors " +
               std::string(ancestors) + "\r\nX-Frame-Options: " + std::string(options) + "\r\n";
    };
    fixed_lines[static_cast<std::size_t>(Framing::denied)] = with_frames("'none'", "DENY");
    fixed_lines[static_cast<std::size_t>(Framing::own_pages)] = with_frames("'self'", "SAMEORIGIN");
    fixed_lines_bare = lines;
}

void Loop::flush() {
    std::swap(ready_, batch_);
    shared->workers.add(batch_);
    for (std::unique_ptr<Exchange>& refused : batch_) {
        const std::shared_ptr<Connection> connection = std::move(refused->connection);
        connection->refused_by_workers(std::move(refused));
    }
    batch_.clear();
}

void Loop::collect() {
    mailbox->take(content_);
    for (std::unique_ptr<Exchange>& exchange : content_.exchanges) {
        const std::shared_ptr<Connection> connection = std::move(exchange->connection);
        connection->returned(std::move(exchange));
    }
    for (const std::shared_ptr<Connection>& connection : content_.nudged) connection->nudged();
    content_.exchanges.clear();
    content_.nudged.clear();
}

}  // namespace http
