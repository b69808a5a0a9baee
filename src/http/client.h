#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/result.h"
#include "http/request.h"
#include "http/response.h"
#include "http/tls.h"

namespace http {

struct ClientSettings {
    std::string host;  ///< name or address; on TLS the certificate must bear it
    std::uint16_t port = 0;
    std::optional<TlsTrust> tls = {};  ///< nothing: plain HTTP
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds silence{30'000};  ///< longest time without a byte moving
    std::uint64_t limit = 64 * 1024 * 1024;     ///< bytes of an answer's body kept in memory
};

struct ClientRequest {
    Method method = Method::get;
    std::string target = "/";  ///< percent-encoded path and query
    Headers headers = {};
    std::variant<std::string, FileBytes> body = {};
    std::string save_to = {};  ///< file that takes the body of a 2xx answer; it is made or emptied first
};

struct ClientResponse {
    int status = 0;
    Headers headers;
    std::string body;         ///< empty when it was saved
    std::uint64_t saved = 0;  ///< bytes in the file
};

/// Calls one server and waits: for exchange between servers and for tests. Keeps the connection between calls.
/// Not for two threads at once.
class Client {
  public:
    /// Errors: invalid "http.bad_certificate" {file}.
    static Result<std::unique_ptr<Client>> create(ClientSettings);
    virtual ~Client() = default;
    /// Errors: unavailable "http.cannot_connect" {host} {port}, "http.untrusted_peer" {host}, "http.timed_out" {host},
    /// "http.broken_answer" {host}; too_large "http.answer_too_large" {limit}; not_found "http.not_found" (the file to
    /// send).
    virtual Result<ClientResponse> send(const ClientRequest&) = 0;
};

}  // namespace http
