#include "http/client.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>

#include "http/exchange.h"
#include "http/parser.h"

namespace http {

namespace {

constexpr std::size_t piece_size = 64 * 1024;

/// No line end in it, nor anything below `least`: it would write headers of its own.
bool is_one_line(std::string_view text, unsigned char least) {
    return std::ranges::all_of(text, [least](char c) { return static_cast<unsigned char>(c) >= least && c != 0x7f; });
}

enum class Moved { some, ended, timed_out, failed };

class PlainOrTls final : public Client {
  public:
    PlainOrTls(ClientSettings settings, std::shared_ptr<TlsContext> context)
        : settings_(std::move(settings)), context_(std::move(context)) {}

    Result<ClientResponse> send(const ClientRequest& request) override {
        const bool was_open = is_open() && !is_stale();
        if (!was_open) TRY(connect());
        answered_ = false;
        Result<ClientResponse> response = exchange(request);
        if (response) return response;
        disconnect();
        // A kept connection may be closed by the other side at any moment; what does no harm twice is tried once more.
        const bool is_repeatable = request.method != Method::post && request.method != Method::patch;
        if (!was_open || answered_ || !is_repeatable || response.error().message != "http.broken_answer")
            return response;
        TRY(connect());
        response = exchange(request);
        if (!response) disconnect();
        return response;
    }

  private:
    bool is_open() const { return static_cast<bool>(socket_); }
    /// The other side has closed, or said something unasked.
    bool is_stale() {
        pollfd watched{socket_.get(), POLLIN, 0};
        if (::poll(&watched, 1, 0) == 0) return false;
        disconnect();
        return true;
    }
    void disconnect() {
        socket_ = OpenFile();
        tls_.reset();
        plain_.clear();
        wire_.clear();
    }

    std::unexpected<Error> broken(std::string_view message, std::string detail = {}) const {
        Error error{ErrorCode::unavailable, std::string(message), {}, {{"host", settings_.host}}};
        error.detail = std::move(detail);
        return std::unexpected(std::move(error));
    }
    std::unexpected<Error> not_connected(std::string detail) const {
        auto error = broken("http.cannot_connect", std::move(detail));
        error.error().arguments.push_back({"port", std::to_string(settings_.port)});
        return error;
    }
    std::unexpected<Error> why(Moved moved) const {
        if (moved == Moved::timed_out) return broken("http.timed_out");
        if (tls_ && !tls_->is_ready()) return broken("http.untrusted_peer", tls_->fault());
        return broken("http.broken_answer", moved == Moved::ended ? "closed" : std::strerror(errno));
    }

    Result<void> connect() {
        disconnect();
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_NUMERICSERV;
        addrinfo* found = nullptr;
        const int fault = ::getaddrinfo(settings_.host.c_str(), std::to_string(settings_.port).c_str(), &hints, &found);
        if (fault != 0) return not_connected(::gai_strerror(fault));
        const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);
        int why_not = 0;
        for (const addrinfo* one = found; one; one = one->ai_next) {
            OpenFile socket(::socket(one->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
            if (!socket) continue;
            why_not = ::connect(socket.get(), one->ai_addr, one->ai_addrlen) == 0 ? 0 : errno;
            if (why_not == EINPROGRESS) {
                pollfd watched{socket.get(), POLLOUT, 0};
                why_not = ETIMEDOUT;
                socklen_t size = sizeof why_not;
                if (::poll(&watched, 1, static_cast<int>(settings_.connect.count())) == 1)
                    ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &why_not, &size);
            }
            if (why_not != 0) continue;
            const int on = 1;
            ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            socket_ = std::move(socket);
            return begin_tls();
        }
        return not_connected(std::strerror(why_not));
    }
    Result<void> begin_tls() {
        if (!context_) return {};
        tls_ = context_->connect(settings_.host);
        if (!tls_->receive({}, plain_, wire_)) return why(Moved::failed);
        if (const Moved moved = push(); moved != Moved::some) return why(moved);
        while (!tls_->is_ready())
            if (const Moved moved = pull(); moved != Moved::some) return why(moved);
        return {};
    }

    bool wait_for(short what) {
        pollfd watched{socket_.get(), what, 0};
        int ready = 0;
        do ready = ::poll(&watched, 1, static_cast<int>(settings_.silence.count()));
        while (ready < 0 && errno == EINTR);
        return ready == 1;
    }
    /// Writes what stands in wire_.
    Moved push() {
        std::string_view rest = wire_;
        while (!rest.empty()) {
            const ssize_t count = ::send(socket_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
            if (count > 0)
                rest.remove_prefix(static_cast<std::size_t>(count));
            else if (errno != EAGAIN && errno != EINTR)
                return Moved::failed;
            else if (!wait_for(POLLOUT))
                return Moved::timed_out;
        }
        wire_.clear();
        return Moved::some;
    }
    /// Reads what comes into plain_.
    Moved pull() {
        char buffer[piece_size];
        while (true) {
            const ssize_t count = ::recv(socket_.get(), buffer, sizeof buffer, 0);
            if (count == 0) return Moved::ended;
            if (count > 0) {
                const std::string_view bytes(buffer, static_cast<std::size_t>(count));
                if (!tls_) {
                    plain_ += bytes;
                    return Moved::some;
                }
                if (!tls_->receive(bytes, plain_, wire_)) {
                    push();  // the alert that says why
                    return Moved::failed;
                }
                if (const Moved moved = push(); moved != Moved::some) return moved;
                return tls_->is_ended() && plain_.empty() ? Moved::ended : Moved::some;
            }
            if (errno == EINTR) continue;
            if (errno != EAGAIN) return Moved::failed;
            if (!wait_for(POLLIN)) return Moved::timed_out;
        }
    }
    Moved say(std::string_view bytes) {
        while (!bytes.empty()) {
            const std::string_view piece = bytes.substr(0, piece_size);
            if (!tls_)
                wire_ += piece;
            else if (!tls_->send(piece, wire_))
                return Moved::failed;
            if (const Moved moved = push(); moved != Moved::some) return moved;
            bytes.remove_prefix(piece.size());
        }
        return Moved::some;
    }

    std::string head_of(const ClientRequest& request, std::uint64_t length) const {
        const bool is_v6 = settings_.host.contains(':');
        std::string head =
            fmt::format("{} {} HTTP/1.1\r\nHost: {}{}{}:{}\r\n", to_string(request.method), request.target,
                        is_v6 ? "[" : "", settings_.host, is_v6 ? "]" : "", settings_.port);
        for (const Header& line : request.headers) head += fmt::format("{}: {}\r\n", line.name, line.value);
        const bool has_body = length > 0 || request.method == Method::post || request.method == Method::put ||
                              request.method == Method::patch;
        if (has_body) head += fmt::format("Content-Length: {}\r\n", length);
        return head + "\r\n";
    }
    Moved say_file(const OpenFile& file, const FileBytes& what) {
        std::string piece;
        for (std::uint64_t done = 0; done < what.length;) {
            piece.resize(std::min<std::uint64_t>(piece_size, what.length - done));
            const ssize_t count =
                ::pread(file.get(), piece.data(), piece.size(), static_cast<off_t>(what.offset + done));
            if (count <= 0) return Moved::failed;
            if (const Moved moved = say({piece.data(), static_cast<std::size_t>(count)}); moved != Moved::some)
                return moved;
            done += static_cast<std::uint64_t>(count);
        }
        return Moved::some;
    }

    Result<ClientResponse> exchange(const ClientRequest& request) {
        if (!is_one_line(request.target, 0x21)) return fail(ErrorCode::invalid, "http.bad_target");
        for (const Header& line : request.headers)
            if (!is_one_line(line.name, 0x21) || !is_one_line(line.value, 0x20))
                return fail(ErrorCode::invalid, "http.bad_header");
        const auto* file = std::get_if<FileBytes>(&request.body);
        Moved moved = Moved::some;
        if (file) {
            const OpenFile opened(::open(file->path.c_str(), O_RDONLY | O_CLOEXEC));
            if (!opened) return fail(ErrorCode::not_found, "http.not_found");
            moved = say(head_of(request, file->length));
            if (moved == Moved::some) moved = say_file(opened, *file);
        } else {
            const std::string& body = std::get<std::string>(request.body);
            moved = say(head_of(request, body.size()) + body);
        }
        // A server that refuses a body answers before it has all of it.
        if (moved == Moved::timed_out) return why(moved);
        Result<ClientResponse> response = read_answer(request);
        if (!response && moved != Moved::some && !answered_) return why(moved);
        return response;
    }

    Result<ClientResponse> read_answer(const ClientRequest& request) {
        const auto of =
            request.method == Method::head ? ResponseParser::Of::head_request : ResponseParser::Of::other_request;
        std::unique_ptr<ResponseParser> parser = std::make_unique<ResponseParser>(of);
        ClientResponse response;
        OpenFile saved;
        while (true) {
            const auto step = parser->feed(plain_, response.body);
            if (!step) return broken("http.broken_answer", step.error());
            plain_.erase(0, step->used);
            answered_ = answered_ || step->used > 0;
            if (step->is_done && parser->status() < 200) {
                parser = std::make_unique<ResponseParser>(of);
                continue;
            }
            if (step->has_head && !request.save_to.empty() && parser->status() / 100 == 2)
                TRY(save(request.save_to, saved, response));
            if (response.body.size() > settings_.limit)
                return fail(ErrorCode::too_large, "http.answer_too_large", {},
                            {{"limit", std::to_string(settings_.limit)}});
            if (step->is_done) break;
            if (step->used > 0 && !plain_.empty()) continue;
            const Moved moved = pull();
            if (moved == Moved::some) continue;
            if (moved != Moved::ended || !parser->ends_with_close()) return why(moved);
            break;
        }
        response.status = parser->status();
        if (!parser->keep_alive()) disconnect();
        response.headers = std::move(parser->headers());
        return response;
    }
    Result<void> save(const std::string& path, OpenFile& file, ClientResponse& response) const {
        if (!file) file = OpenFile(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (!file) return fail_internal(fmt::format("{}: {}", path, std::strerror(errno)));
        std::string_view rest = response.body;
        while (!rest.empty()) {
            const ssize_t count = ::write(file.get(), rest.data(), rest.size());
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return fail_internal(fmt::format("{}: {}", path, std::strerror(errno)));
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
        response.saved += response.body.size();
        response.body.clear();
        return {};
    }

    const ClientSettings settings_;
    const std::shared_ptr<TlsContext> context_;
    OpenFile socket_;
    std::unique_ptr<TlsFilter> tls_;
    std::string plain_;  // received, not yet read
    std::string wire_;   // to be sent
    bool answered_ = false;
};

}  // namespace

Result<std::unique_ptr<Client>> Client::create(ClientSettings settings) {
    std::shared_ptr<TlsContext> context;
    if (settings.tls) context = TRY(TlsContext::client(*settings.tls));
    return std::make_unique<PlainOrTls>(std::move(settings), std::move(context));
}

}  // namespace http
