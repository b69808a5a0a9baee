#include "bench/client.h"

#include <arpa/inet.h>
#include <atomic>
#include <charconv>
#include <deque>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace bench {

namespace {

using Time = std::chrono::steady_clock::time_point;

int connect_to(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int one = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return socket;
    ::close(socket);
    return -1;
}

std::string header(std::string_view head, std::string_view name) {
    const std::size_t at = head.find(fmt::format("\r\n{}: ", name));
    if (at == std::string_view::npos) return {};
    const std::size_t begin = at + name.size() + 4;
    return std::string(head.substr(begin, head.find("\r\n", begin) - begin));
}

/// Takes one whole answer off the front of `bytes`; false when more is to come.
bool take(std::string& bytes, Answer& answer) {
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    answer.head = bytes.substr(0, end + 2);
    answer.status = std::atoi(answer.head.c_str() + 9);
    std::size_t at = end + 4;
    const std::string length = header(answer.head, "Content-Length");
    if (answer.status == 204 || answer.status == 304 || !length.empty()) {
        const std::size_t size = length.empty() ? 0 : std::stoul(length);
        if (bytes.size() < at + size) return false;
        answer.body = bytes.substr(at, size);
        bytes.erase(0, at + size);
        return true;
    }
    answer.body.clear();
    while (true) {
        const std::size_t line = bytes.find("\r\n", at);
        if (line == std::string::npos) return false;
        std::size_t size = 0;
        std::from_chars(bytes.data() + at, bytes.data() + line, size, 16);
        if (bytes.size() < line + 2 + size + 2) return false;
        answer.body.append(bytes, line + 2, size);
        at = line + 2 + size + 2;
        if (size > 0) continue;
        bytes.erase(0, at);
        return true;
    }
}

struct Connection {
    int socket = -1;
    std::string waiting;
    Time due;
    bool asks = false;
};

}  // namespace

std::string request(std::string_view method, std::string_view target, std::string_view cookie, std::string_view csrf,
                    std::string_view body) {
    std::string text = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\n", method, target);
    if (!cookie.empty()) text += fmt::format("Cookie: {}\r\n", cookie);
    if (!csrf.empty()) text += fmt::format("X-CSRF-Token: {}\r\n", csrf);
    // As the web does; each is asked once.
    static std::atomic<std::uint64_t> keys = static_cast<std::uint64_t>(Time::clock::now().time_since_epoch().count());
    if (method == "POST") text += fmt::format("Idempotency-Key: {:016x}\r\n", ++keys);
    if (!body.empty() || method != "GET")
        text += fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", body.size());
    return text + "\r\n" + std::string(body);
}

Answer ask(int port, const std::string& text) {
    Answer answer;
    const int socket = connect_to(port);
    if (socket < 0) return answer;
    std::string bytes;
    char part[65536];
    if (::send(socket, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()))
        for (ssize_t got; !take(bytes, answer) && (got = ::recv(socket, part, sizeof part, 0)) > 0;)
            bytes.append(part, static_cast<std::size_t>(got));
    ::close(socket);
    return answer;
}

Signed sign_in(int port, std::string_view login, std::string_view password) {
    const boost::json::object sent{{"login", login}, {"password", password}};
    const Answer answer = ask(port, request("POST", "/api/session", {}, {}, boost::json::serialize(sent)));
    if (answer.status != 200) return {};
    const std::string cookie = header(answer.head, "Set-Cookie");
    return {cookie.substr(0, cookie.find(';')), std::string(boost::json::parse(answer.body).at("csrf").as_string())};
}

Run run(const Load& load, pid_t server) {
    Run result;
    std::vector<Connection> connections(static_cast<std::size_t>(load.connections));
    const int events = ::epoll_create1(EPOLL_CLOEXEC);
    for (std::size_t i = 0; i < connections.size(); ++i) {
        connections[i].socket = connect_to(load.port);
        ::fcntl(connections[i].socket, F_SETFL, O_NONBLOCK);
        epoll_event wanted{.events = EPOLLIN, .data = {.u64 = i}};
        ::epoll_ctl(events, EPOLL_CTL_ADD, connections[i].socket, &wanted);
    }
    const double before = processor_seconds(server);
    const Time begun = std::chrono::steady_clock::now();
    const Time end = begun + std::chrono::nanoseconds(static_cast<std::int64_t>(load.seconds * 1e9));
    const auto ask_on = [&](std::size_t i, Time due) {
        Connection& each = connections[i];
        const std::string text = load.next(static_cast<int>(i));
        each.due = due;
        each.asks = ::send(each.socket, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
        if (!each.asks) ++result.failures;
    };
    std::deque<std::size_t> idle;
    for (std::size_t i = 0; i < connections.size(); ++i)
        if (load.rate > 0)
            idle.push_back(i);
        else
            ask_on(i, std::chrono::steady_clock::now());
    std::int64_t sent = 0;
    std::vector<epoll_event> ready(256);
    char part[65536];
    for (Time now = std::chrono::steady_clock::now(); now < end; now = std::chrono::steady_clock::now()) {
        int patience = 100;
        if (load.rate > 0) {
            // What is due and finds no free connection waits, and its wait is counted.
            while (!idle.empty()) {
                const Time due = begun + std::chrono::nanoseconds(
                                             static_cast<std::int64_t>(static_cast<double>(sent) * 1e9 / load.rate));
                if (due > now) break;
                ask_on(idle.front(), due);
                idle.pop_front();
                ++sent;
            }
            patience = 1;
        }
        const int count = ::epoll_wait(events, ready.data(), static_cast<int>(ready.size()), patience);
        for (int k = 0; k < count; ++k) {
            const std::size_t i = ready[static_cast<std::size_t>(k)].data.u64;
            Connection& each = connections[i];
            const ssize_t got = ::recv(each.socket, part, sizeof part, 0);
            if (got <= 0) {
                ++result.failures;
                ::close(each.socket);
                each.socket = connect_to(load.port);
                ::fcntl(each.socket, F_SETFL, O_NONBLOCK);
                epoll_event wanted{.events = EPOLLIN, .data = {.u64 = i}};
                ::epoll_ctl(events, EPOLL_CTL_ADD, each.socket, &wanted);
                each.waiting.clear();
                ask_on(i, std::chrono::steady_clock::now());
                continue;
            }
            each.waiting.append(part, static_cast<std::size_t>(got));
            Answer answer;
            if (!take(each.waiting, answer)) continue;
            const Time answered = std::chrono::steady_clock::now();
            result.waits.add(answered - each.due);
            ++result.answers;
            const bool is_good =
                load.seen ? load.seen(static_cast<int>(i), answer) : answer.status >= 200 && answer.status < 300;
            if (!is_good) ++result.failures;
            each.asks = false;
            if (load.rate > 0)
                idle.push_back(i);
            else
                ask_on(i, answered);
        }
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    result.processor = processor_seconds(server) - before;
    for (const Connection& each : connections) ::close(each.socket);
    ::close(events);
    return result;
}

}  // namespace bench
