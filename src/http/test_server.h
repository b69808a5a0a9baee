#pragma once
#include <arpa/inet.h>
#include <filesystem>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/log.h"
#include "http/server.h"

// For the tests of http: a server on a free loopback port, and a socket that says exactly what it is told to.
namespace http::test {

class RawSocket {
  public:
    explicit RawSocket(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        // Only so that a fault ends the test run; no test waits for it.
        const timeval patience{20, 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        is_connected_ = ::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    RawSocket(const RawSocket&) = delete;
    RawSocket& operator=(const RawSocket&) = delete;
    ~RawSocket() { close(); }
    bool is_connected() const { return is_connected_; }
    int descriptor() const { return descriptor_; }
    void close() {
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = -1;
    }
    void close_sending() { ::shutdown(descriptor_, SHUT_WR); }
    /// False when the other side has closed.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }
    /// What comes next, "" at the end.
    std::string receive() {
        char buffer[64 * 1024];
        const ssize_t count = ::recv(descriptor_, buffer, sizeof buffer, 0);
        if (count < 0) fault_ = errno;
        return count > 0 ? std::string(buffer, static_cast<std::size_t>(count)) : std::string();
    }
    /// Everything until the other side closes.
    std::string until_closed() {
        std::string all = std::exchange(rest_, {});
        for (std::string more = receive(); !more.empty(); more = receive()) all += more;
        return all;
    }
    /// Everything up to and with `end`.
    std::string until(std::string_view end) {
        while (!rest_.contains(end)) {
            const std::string more = receive();
            if (more.empty()) return std::exchange(rest_, {});
            rest_ += more;
        }
        const std::size_t size = rest_.find(end) + end.size();
        std::string found = rest_.substr(0, size);
        rest_.erase(0, size);
        return found;
    }
    /// One answer with a Content-Length, or without a body.
    std::string answer() {
        std::string head = until("\r\n\r\n");
        const std::size_t at = head.find("Content-Length: ");
        if (at == std::string::npos) return head;
        const std::size_t length = std::stoul(head.substr(at + 16));
        while (rest_.size() < length) {
            const std::string more = receive();
            if (more.empty()) break;
            rest_ += more;
        }
        head += rest_.substr(0, length);
        rest_.erase(0, std::min(length, rest_.size()));
        return head;
    }
    /// 0, or why receiving stopped otherwise than by an orderly close.
    int fault() const { return fault_; }

  private:
    int descriptor_;
    bool is_connected_ = false;
    int fault_ = 0;
    std::string rest_;
};

/// A folder that goes with the object.
class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "congvu-http-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string path() const { return path_.string(); }
    std::string file(std::string_view name) const { return (path_ / name).string(); }
    std::size_t count() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator()));
    }

  private:
    std::filesystem::path path_;
};

inline Settings quiet() {
    Settings settings;
    settings.access_log = AccessLog::none;
    settings.workers = 2;
    return settings;
}

/// Started; stops with the object.
inline std::unique_ptr<Server> serve(Router router, Settings settings = quiet()) {
    logging::set_level(logging::Level::error);
    auto server = Server::create(std::move(settings), std::move(router));
    if (!server) {
        ADD_FAILURE() << server.error().message << " " << server.error().detail;
        return nullptr;
    }
    (*server)->start();
    return std::move(*server);
}

inline std::string get(std::string_view path, std::string_view more = "") {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: congvu.test\r\n" + std::string(more) + "\r\n";
}
inline std::string post(std::string_view path, std::string_view body, std::string_view more = "") {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: congvu.test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string(more) + "\r\n" + std::string(body);
}
inline std::string body_of(const std::string& answer) {
    const std::size_t at = answer.find("\r\n\r\n");
    return at == std::string::npos ? std::string() : answer.substr(at + 4);
}
inline std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

}  // namespace http::test
