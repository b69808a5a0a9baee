#include "paper/wire.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <poll.h>
#include <span>
#include <sys/socket.h>

namespace paper::wire {

namespace {

constexpr std::uint32_t magic = 0x31507643;  // "CvP1"
constexpr std::uint32_t longest_head = 1 << 20;
constexpr std::size_t most_files = 4;
constexpr std::size_t step = 1 << 20;

struct Prefix {
    std::uint32_t magic = 0;
    std::uint32_t head = 0;
    std::uint64_t body = 0;
};

int milliseconds_until(Deadline deadline) {
    if (deadline == never) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
}

End wait_for(int socket, short events, Deadline deadline) {
    while (true) {
        pollfd entry{socket, events, 0};
        const int ready = ::poll(&entry, 1, milliseconds_until(deadline));
        if (ready > 0) return End::done;
        if (ready == 0) return End::too_slow;
        if (errno != EINTR) return End::closed;
    }
}

End send_all(int socket, std::string_view bytes, std::span<const int> files, Deadline deadline) {
    while (!bytes.empty()) {
        iovec part{const_cast<char*>(bytes.data()), bytes.size()};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        alignas(cmsghdr) std::array<char, CMSG_SPACE(most_files * sizeof(int))> control{};
        if (!files.empty()) {
            message.msg_control = control.data();
            message.msg_controllen = CMSG_SPACE(files.size_bytes());
            cmsghdr* const rights = CMSG_FIRSTHDR(&message);
            rights->cmsg_level = SOL_SOCKET;
            rights->cmsg_type = SCM_RIGHTS;
            rights->cmsg_len = CMSG_LEN(files.size_bytes());
            std::memcpy(CMSG_DATA(rights), files.data(), files.size_bytes());
        }
        const ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
            files = {};
            continue;
        }
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno != EAGAIN) return End::closed;
        if (const End end = wait_for(socket, POLLOUT, deadline); end != End::done) return end;
    }
    return End::done;
}

/// Takes one frame from the socket, piece by piece.
class Receiver {
  public:
    Receiver(int socket, Deadline deadline) : socket_(socket), deadline_(deadline) {}
    Received take(std::int64_t longest_body);

  private:
    End fill(std::span<char> to);
    End fill(std::string& text, std::uint64_t size);
    void keep_files(msghdr& message);

    int socket_;
    Deadline deadline_;
    Received received_;
};

void Receiver::keep_files(msghdr& message) {
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        std::array<int, most_files> numbers{};
        const std::size_t size = std::min(part->cmsg_len - CMSG_LEN(0), sizeof numbers);
        std::memcpy(numbers.data(), CMSG_DATA(part), size);
        for (std::size_t i = 0; i < size / sizeof(int); ++i) received_.frame.files.emplace_back(numbers[i]);
    }
}

End Receiver::fill(std::span<char> to) {
    while (!to.empty()) {
        if (const End end = wait_for(socket_, POLLIN, deadline_); end != End::done) return end;
        iovec part{to.data(), to.size()};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        alignas(cmsghdr) std::array<char, CMSG_SPACE(most_files * sizeof(int))> control{};
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const ssize_t got = ::recvmsg(socket_, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got <= 0) return End::closed;
        keep_files(message);
        to = to.subspan(static_cast<std::size_t>(got));
    }
    return End::done;
}

/// Grows as bytes come, so that a lie about the length costs nothing.
End Receiver::fill(std::string& text, std::uint64_t size) {
    while (text.size() < size) {
        const std::size_t before = text.size();
        const std::size_t part = std::min<std::uint64_t>(size - before, step);
        text.resize(before + part);
        if (const End end = fill(std::span(text).subspan(before)); end != End::done) return end;
    }
    return End::done;
}

Received Receiver::take(std::int64_t longest_body) {
    std::array<char, sizeof(Prefix)> start{};
    received_.end = fill(start);
    if (received_.end != End::done) return std::move(received_);
    Prefix prefix;
    std::memcpy(&prefix, start.data(), sizeof prefix);
    if (prefix.magic != magic || prefix.head > longest_head || prefix.body > static_cast<std::uint64_t>(longest_body)) {
        received_.end = End::malformed;
        return std::move(received_);
    }
    received_.end = fill(received_.frame.head, prefix.head);
    if (received_.end == End::done) received_.end = fill(received_.frame.body, prefix.body);
    return std::move(received_);
}

}  // namespace

End send(int socket, std::string_view head, std::string_view body, const std::vector<int>& files, Deadline deadline) {
    if (head.size() > longest_head || files.size() > most_files) return End::malformed;
    const Prefix prefix{magic, static_cast<std::uint32_t>(head.size()), body.size()};
    std::string first(reinterpret_cast<const char*>(&prefix), sizeof prefix);
    first += head;
    if (const End end = send_all(socket, first, files, deadline); end != End::done) return end;
    return send_all(socket, body, {}, deadline);
}

Received receive(int socket, std::int64_t longest_body, Deadline deadline) {
    return Receiver(socket, deadline).take(longest_body);
}

}  // namespace paper::wire
