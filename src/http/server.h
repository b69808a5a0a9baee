#pragma once
// An HTTP/1.1 server. Handlers run on workers and never see a socket:
//
//   http::Router router;
//   router.add({.method = Method::put, .pattern = "/api/opinions/{opinion}/answer", .permission = "opinions.answer",
//               .summary = "Give the opinion asked of one's post", .body = BodyKind::small,
//               .handler = [&](http::Request&& request, http::Responder respond) {
//                   const auto opinion = request.id<OpinionId>("opinion");
//                   if (!opinion) return respond(std::unexpected(opinion.error()));
//                   writer.submit([=, respond = std::move(respond)](...) mutable { respond(http::no_content()); });
//               }});
//   auto server = TRY(http::Server::create({.address = "127.0.0.1", .port = 8080}, std::move(router)));
//   server->run();                       // until stop() from another thread
//
// What arrives is refused here when its framing is doubtful (gate.h), too large, too slow or not routed.
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "http/router.h"

namespace http {

using std::chrono::milliseconds;

struct TlsFiles {
    std::string certificate = {};  ///< PEM, the chain after the server's own
    std::string key = {};          ///< PEM
    std::string client_authorities =
        {};  ///< PEM; when set, a client may show a certificate by these, and it is checked
};

struct Limits {
    std::size_t head_bytes = 16 * 1024;     ///< request line and headers (431)
    std::size_t header_count = 100;         ///< (431)
    std::size_t connections = 4096;         ///< more wait to be accepted
    std::size_t queue = 1024;               ///< requests waiting for a worker (503 "http.busy")
    milliseconds idle{75'000};              ///< kept alive without a request
    milliseconds head{10'000};              ///< from the first byte to the end of the headers, handshake included
    milliseconds body{20'000};              ///< start-up allowance of a body, in or out
    std::uint64_t bytes_per_second = 4096;  ///< slower than this beyond the allowance is cut off
    milliseconds heartbeat{25'000};         ///< comment on a silent event stream
    milliseconds sweep{1'000};              ///< how coarse the times above are
};

enum class AccessLog { written, none };

struct Settings {
    std::string address = "127.0.0.1";  ///< an IP address or "localhost"
    std::uint16_t port = 0;             ///< 0: any free one
    unsigned threads = 1;               ///< that serve sockets
    unsigned workers = 0;               ///< that run handlers; 0: twice the cores
    std::string spool = "/var/tmp";     ///< folder of bodies that go to a file
    std::optional<TlsFiles> tls = {};   ///< required unless the address is a loopback
    Limits limits = {};
    AccessLog access_log = AccessLog::written;
    /// Content-Security-Policy of every answer, without frame-ancestors, which Response::framing decides.
    std::string content_policy =
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'";
    /// Asked on a worker before the body of a BodyKind::file route is read; an answer refuses it.
    std::function<std::optional<Response>(const Request&, const Route&)> admit = {};
    /// Asked on a worker in which language a request with a cookie that no route takes is refused (404, 405); without
    /// it, and without a cookie, in what the request prefers.
    std::function<Language(const Request&)> language = {};
};

class Server {
  public:
    /// Listens; serves nothing before start. Errors: invalid "http.tls_required" {address}, "http.bad_address"
    /// {address}, "http.bad_certificate" {file}; unavailable "http.cannot_listen" {address} {port}; internal for a
    /// faulty table of routes.
    static Result<std::unique_ptr<Server>> create(Settings, Router);
    virtual ~Server() = default;

    /// Starts the threads and returns.
    virtual void start() = 0;
    /// start, then waits until stop was called and has finished.
    virtual void run() = 0;
    /// Takes no more, lets what is in flight finish until the deadline, breaks off the rest, returns when all threads
    /// are gone.
    virtual void stop(milliseconds deadline = milliseconds(10'000)) = 0;
    /// Reads the certificate and key again; connections made from now on use them. Errors: invalid
    /// "http.bad_certificate".
    virtual Result<void> reload_certificate() = 0;
    virtual std::uint16_t port() const = 0;
    virtual const Router& router() const = 0;
    virtual std::size_t connections() const = 0;
};

}  // namespace http
