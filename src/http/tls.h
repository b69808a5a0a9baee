#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace http {

struct TlsFiles;

/// Writes a new P-256 key and a certificate it signs itself, for trials and tests; `names` are host names or addresses.
/// Errors: internal (the files can't be written).
Result<void> make_self_signed(const TlsFiles& files, const std::vector<std::string>& names, int days = 365);

/// One TLS connection as a filter on bytes: no sockets here.
class TlsFilter {
  public:
    virtual ~TlsFilter() = default;
    /// Takes what came over the wire, appends what it says to `plain` and what must be sent back to `wire`.
    /// False when the connection can't go on.
    virtual bool receive(std::string_view bytes, std::string& plain, std::string& wire) = 0;
    /// Appends `plain`, sealed, to `wire`.
    virtual bool send(std::string_view plain, std::string& wire) = 0;
    /// Says good-bye.
    virtual void close(std::string& wire) = 0;
    virtual bool is_ready() const = 0;
    /// The other side has said that no more will come.
    virtual bool is_ended() const = 0;
    /// DER of the other side's checked certificate, "" when it showed none.
    virtual const std::string& peer_certificate() const = 0;
    /// Why it failed, for the log.
    virtual std::string fault() const = 0;
};

/// What a client trusts and shows.
struct TlsTrust {
    std::string authorities = {};  ///< PEM file; empty: the system's
    std::string certificate = {};  ///< PEM files shown to the server, empty: none
    std::string key = {};
};

class TlsContext {
  public:
    /// Errors: invalid "http.bad_certificate" {file}.
    static Result<std::shared_ptr<TlsContext>> server(const TlsFiles&);
    static Result<std::shared_ptr<TlsContext>> client(const TlsTrust&);
    virtual ~TlsContext() = default;
    virtual std::unique_ptr<TlsFilter> accept() = 0;
    /// `host` is the name or address its certificate must bear.
    virtual std::unique_ptr<TlsFilter> connect(const std::string& host) = 0;
};

}  // namespace http
