#include "http/server.h"

#include <sys/socket.h>
#include <sys/uio.h>
#include <utility>

#if defined(__SANITIZE_THREAD__)
// g++ can't follow fences there; every handler of a loop runs on one thread anyway, behind a mutex.
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include "base/log.h"
#include "http/connection.h"
#include "http/shared.h"

namespace http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// The executor is the io_context's own, not the type-erased one: measurably leaner.
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

class SocketConnection final : public Connection {
  public:
    SocketConnection(Loop& loop, Socket socket, std::string peer, std::unique_ptr<TlsFilter> tls)
        : Connection(loop, std::move(peer), std::move(tls)),
          socket_(std::move(socket)),
          descriptor_(socket_->native_handle()) {}

  private:
    std::shared_ptr<SocketConnection> self() { return std::static_pointer_cast<SocketConnection>(shared_from_this()); }

    void read_more(std::size_t most) override {
        if (buffer_size_ < most || buffer_size_ > 4 * most) {
            buffer_ = std::make_unique_for_overwrite<char[]>(most);
            buffer_size_ = most;
        }
        socket_->async_read_some(asio::mutable_buffer(buffer_.get(), buffer_size_), Read{self()});
    }
    std::ptrdiff_t send(std::string_view first, std::string_view second) override {
        iovec parts[2] = {{const_cast<char*>(first.data()), first.size()},
                          {const_cast<char*>(second.data()), second.size()}};
        msghdr message{};
        message.msg_iov = first.empty() ? parts + 1 : parts;
        message.msg_iovlen = first.empty() || second.empty() ? 1 : 2;
        const ssize_t count = ::sendmsg(descriptor_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0) return count;
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -1;
    }
    void wait_writable() override { socket_->async_wait(Socket::wait_write, Writable{self()}); }
    void close_sending() override {
        error_code ignored;
        socket_->shutdown(Socket::shutdown_send, ignored);
    }
    /// The socket goes now: the object may outlive the io_context.
    void close() override { socket_.reset(); }

    struct Read {
        std::shared_ptr<SocketConnection> connection;
        void operator()(error_code fault, std::size_t count) {
            if (fault || count == 0)
                connection->ended();
            else
                connection->received({connection->buffer_.get(), count});
        }
    };
    struct Writable {
        std::shared_ptr<SocketConnection> connection;
        void operator()(error_code fault) {
            if (fault)
                connection->abort();
            else
                connection->writable();
        }
    };

    std::optional<Socket> socket_;
    int descriptor_;
    std::unique_ptr<char[]> buffer_;
    std::size_t buffer_size_ = 0;
};

/// One thread, its sockets and its timer.
class SocketLoop final : public Loop {
  public:
    explicit SocketLoop(std::shared_ptr<Shared> all)
        : Loop(std::move(all), [this] { asio::post(io_, [this] { collect(); }); }),
          work_(io_.get_executor()),
          timer_(io_) {}

    asio::io_context& io() { return io_; }

    void start() {
        thread_ = std::thread([this] {
            await_sweep();
            io_.run();
        });
    }
    void adopt(Socket socket) {
        error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        const tcp::endpoint peer = socket.remote_endpoint(ignored);
        std::shared_ptr<TlsContext> tls;
        {
            const std::lock_guard lock(shared->mutex);
            tls = shared->tls;
        }
        auto connection = std::make_shared<SocketConnection>(*this, std::move(socket), peer.address().to_string(),
                                                             tls ? tls->accept() : nullptr);
        connection->place_in_loop = connections_.size();
        connections_.push_back(connection);
        connection->begin();
        if (shared->is_stopping) connection->stop();
    }
    void closed(Connection& connection) override {
        const std::size_t place = connection.place_in_loop;
        connections_[place] = std::move(connections_.back());
        connections_[place]->place_in_loop = place;
        connections_.pop_back();
        {
            const std::lock_guard lock(shared->mutex);
            --shared->connections;
        }
        shared->changed.notify_all();
        on_room();
    }
    template <class Do>
    void each(Do what) {
        const std::vector<std::shared_ptr<SocketConnection>> all = connections_;
        for (const auto& connection : all) what(*connection);
    }
    template <class Do>
    void post(Do what) {
        asio::post(io_, std::move(what));
    }
    void finish() {
        io_.stop();
        if (thread_.joinable()) thread_.join();
        each([](Connection& connection) { connection.abort(); });
        mailbox->shut();
    }

    std::function<void()> on_room;  ///< asks the acceptor to go on if it has paused

  private:
    void flush_soon() override {
        asio::post(io_, [this] { flush(); });
    }
    void await_sweep() {
        timer_.expires_after(shared->settings.limits.sweep);
        timer_.async_wait([this](error_code fault) {
            if (fault) return;
            const std::int64_t now = steady_milliseconds();
            each([now](Connection& connection) { connection.sweep(now); });
            on_room();
            await_sweep();
        });
    }

    asio::io_context io_{1};
    asio::executor_work_guard<Executor> work_;
    Timer timer_;
    std::vector<std::shared_ptr<SocketConnection>> connections_;
    std::thread thread_;
};

class SocketServer final : public Server {
  public:
    SocketServer(std::shared_ptr<Shared> all) : shared_(std::move(all)) {
        const unsigned count = std::max(1U, shared_->settings.threads);
        for (unsigned i = 0; i < count; ++i) loops_.push_back(std::make_unique<SocketLoop>(shared_));
        acceptor_.emplace(loops_[0]->io());
        // Only the first loop accepts; whoever closes a connection tells it, and each sweep asks again.
        for (auto& loop : loops_)
            loop->on_room = [this] {
                if (is_paused_.exchange(false)) loops_[0]->post([this] { accept(); });
            };
    }
    ~SocketServer() override { stop(milliseconds(0)); }

    error_code listen(const asio::ip::address& address, std::uint16_t port) {
        const tcp::endpoint endpoint(address, port);
        error_code fault;
        acceptor_->open(endpoint.protocol(), fault);
        if (!fault) acceptor_->set_option(tcp::acceptor::reuse_address(true), fault);
        if (!fault) acceptor_->bind(endpoint, fault);
        if (!fault) acceptor_->listen(1024, fault);
        if (!fault) port_ = acceptor_->local_endpoint(fault).port();
        return fault;
    }

    void start() override {
        const std::lock_guard lock(mutex_);
        if (phase_ != Phase::made) return;
        phase_ = Phase::running;
        shared_->workers.start();
        for (auto& loop : loops_) loop->start();
        loops_[0]->post([this] { accept(); });
    }
    void run() override {
        start();
        std::unique_lock lock(mutex_);
        stopped_.wait(lock, [this] { return phase_ == Phase::stopped; });
    }
    void stop(milliseconds deadline) override {
        {
            std::unique_lock lock(mutex_);
            if (phase_ == Phase::stopping) stopped_.wait(lock, [this] { return phase_ == Phase::stopped; });
            if (phase_ == Phase::stopped) return;
            phase_ = Phase::stopping;
        }
        shared_->is_stopping = true;
        loops_[0]->post([this] { acceptor_.reset(); });
        for (auto& loop : loops_)
            loop->post([&loop = *loop] { loop.each([](Connection& connection) { connection.stop(); }); });
        {
            std::unique_lock lock(shared_->mutex);
            shared_->changed.wait_for(lock, deadline, [this] { return shared_->connections == 0; });
        }
        for (auto& loop : loops_) loop->finish();
        shared_->workers.stop();
        acceptor_.reset();
        {
            const std::lock_guard lock(mutex_);
            phase_ = Phase::stopped;
        }
        stopped_.notify_all();
    }
    Result<void> reload_certificate() override {
        if (!shared_->settings.tls) return {};
        auto tls = TRY(TlsContext::server(*shared_->settings.tls));
        const std::lock_guard lock(shared_->mutex);
        shared_->tls = std::move(tls);
        return {};
    }
    std::uint16_t port() const override { return port_; }
    const Router& router() const override { return shared_->router; }
    std::size_t connections() const override {
        const std::lock_guard lock(shared_->mutex);
        return shared_->connections;
    }

  private:
    void accept() {
        if (!acceptor_ || !acceptor_->is_open()) return;
        {
            const std::lock_guard lock(shared_->mutex);
            if (shared_->connections >= shared_->settings.limits.connections) {
                is_paused_ = true;
                return;
            }
        }
        SocketLoop& loop = *loops_[next_++ % loops_.size()];
        acceptor_->async_accept(loop.io(), [this, &loop](error_code fault, Socket socket) {
            if (!acceptor_) return;
            if (fault) {
                // Out of descriptors, most likely: the next sweep tries again.
                logging::warning("http.accept_failed", {{"detail", fault.message()}});
                is_paused_ = true;
                return;
            }
            {
                const std::lock_guard lock(shared_->mutex);
                ++shared_->connections;
            }
            if (&loop == loops_[0].get())
                loop.adopt(std::move(socket));
            else
                loop.post([&loop, socket = std::move(socket)]() mutable { loop.adopt(std::move(socket)); });
            accept();
        });
    }

    enum class Phase { made, running, stopping, stopped };
    const std::shared_ptr<Shared> shared_;
    std::vector<std::unique_ptr<SocketLoop>> loops_;
    std::optional<Acceptor> acceptor_;
    std::size_t next_ = 0;
    std::atomic<bool> is_paused_{false};
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    std::condition_variable stopped_;
    Phase phase_ = Phase::made;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::create(Settings settings, Router router) {
    if (!router.fault().empty()) return fail_internal("routes: " + router.fault());
    error_code fault;
    const asio::ip::address address = settings.address == "localhost"
                                          ? asio::ip::address(asio::ip::address_v4::loopback())
                                          : asio::ip::make_address(settings.address, fault);
    if (fault) return fail(ErrorCode::invalid, "http.bad_address", "address", {{"address", settings.address}});
    if (!settings.tls && !address.is_loopback())
        return fail(ErrorCode::invalid, "http.tls_required", "address", {{"address", settings.address}});

    auto shared = std::make_shared<Shared>(std::move(settings), std::move(router));
    if (shared->settings.tls) shared->tls = TRY(TlsContext::server(*shared->settings.tls));
    auto server = std::make_unique<SocketServer>(shared);
    if (const error_code refused = server->listen(address, shared->settings.port)) {
        auto error = fail(ErrorCode::unavailable, "http.cannot_listen", "port",
                          {{"address", shared->settings.address}, {"port", std::to_string(shared->settings.port)}});
        error.error().detail = refused.message();
        return error;
    }
    return server;
}

}  // namespace http
