#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <boost/json/value.hpp>

#include "base/messages.h"
#include "base/result.h"
#include "http/request.h"

namespace http {

class EventStream;

/// Bytes that live as long as the program, such as embedded pages.
struct StaticBytes {
    std::string_view bytes;
};
/// A part of a file. It is opened when the response is given, so it may be unlinked afterwards.
struct FileBytes {
    std::string path;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};
/// Gives the next piece, "" at the end. Runs on a worker, never twice at once. An error breaks the connection off,
/// so that the other side can't take a part for the whole.
using Pull = std::function<Result<std::string>()>;
struct Pulled {
    Pull next;
    std::optional<std::uint64_t> length = {};  ///< of the whole, when known; chunked otherwise
};

using Body = std::variant<std::string, StaticBytes, FileBytes, Pulled, std::shared_ptr<EventStream>>;

/// Whether a page of this server may show the answer in a frame, as the viewer of PDF does.
enum class Framing { denied, own_pages };

/// An answer. The server adds Date, the length and the security headers; a header given here wins.
struct Response {
    int status = 200;
    Headers headers;
    Body body;
    Framing framing = Framing::denied;

    Response& with(std::string_view name, std::string_view value) &;
    Response&& with(std::string_view name, std::string_view value) &&;
};

std::string_view reason(int status);
/// 422, 401, 403, 404, 409, 413, 429, 503, 500 (docs/protocols/api.md).
int status_of(ErrorCode);

Response json(const boost::json::value&, int status = 200);
/// JSON that was already written.
Response json_text(std::string text, int status = 200);
Response text(std::string utf8, int status = 200);
Response bytes(std::string content, std::string_view media_type);
Response no_content();
Response redirect(std::string_view location, int status = 303);
/// Server-sent events: the connection stays open until the stream is closed.
Response events(std::shared_ptr<EventStream>);
/// {"error": {"code", "message", "field", "also", "request"}} in that language; the detail never leaves the log.
Response failure(const Error&, Language, std::uint64_t request_number = 0);
/// The same under a status of HTTP's own that no ErrorCode has (405, 408, 431 …).
Response failure(int status, const Error&, Language, std::uint64_t request_number = 0);

enum class Disposition { show, download };

/// What a file answer says about its content.
struct Content {
    std::string media_type = "application/octet-stream";
    std::string etag = {};       ///< without quotes, e.g. the SHA-256; empty: no conditional request, no If-Range
    std::string file_name = {};  ///< for Content-Disposition (RFC 6266, both forms); empty: none
    Disposition disposition = Disposition::show;
    std::string cache = "private, no-cache";  ///< Cache-Control
};

/// A span of bytes that was asked for.
struct ByteRange {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};
/// The one range of `Range: bytes=…` (RFC 9110, 14.2); nothing when absent, malformed, several, or If-Range differs
/// from the ETag: then the whole is sent. Errors: invalid "http.bad_range" when it lies outside.
Result<std::optional<ByteRange>> requested_range(const Request&, std::uint64_t size, std::string_view etag);
/// True when If-None-Match has that ETag: 304 is the answer.
bool not_modified(const Request&, std::string_view etag);

/// 200, 206, 304 or 416 for `size` bytes of which `part` gives any span.
Response content(const Request&, const Content&, std::uint64_t size, const std::function<Body(ByteRange)>& part);
/// The same for a file. Errors: not_found "http.not_found".
Result<Response> file(const Request&, const std::string& path, const Content&);
/// The same for bytes built into the program.
Response static_content(const Request&, std::string_view bytes, const Content&);

/// A cookie that lives with the browser, or `max_age` seconds; HttpOnly, SameSite=Strict, Path=/ and, on TLS, Secure.
struct Cookie {
    std::string name;
    std::string value;
    std::optional<std::int64_t> max_age = {};  ///< seconds; 0 deletes it
    std::string path = "/";
};
/// The value of a Set-Cookie header (RFC 6265, 4.1).
std::string set_cookie(const Request&, const Cookie&);
/// Refuses an unsafe method that another site's page sent, by Sec-Fetch-Site and Origin. It stands beside the token of
/// the session, not in its place. Errors: forbidden "http.cross_site".
Result<void> require_same_origin(const Request&);

}  // namespace http
