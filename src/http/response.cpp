#include "http/response.h"

#include <algorithm>
#include <charconv>
#include <sys/stat.h>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace http {

namespace {

boost::json::object described(const Error& error, Language language) {
    boost::json::object object{{"code", error.message}, {"message", messages::text(language, error)}};
    if (!error.field.empty()) object["field"] = error.field;
    if (!error.also.empty()) {
        boost::json::array also;
        for (const Error& other : error.also) also.push_back(described(other, language));
        object["also"] = std::move(also);
    }
    return object;
}

/// One member of a list of entity tags, W/ and quotes taken off: weak comparison (RFC 9110, 8.8.3.2).
std::string_view bare_tag(std::string_view tag) {
    tag = trim(tag);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') tag = tag.substr(1, tag.size() - 2);
    return tag;
}

std::optional<std::uint64_t> number(std::string_view digits) {
    std::uint64_t value = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || fault != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

/// RFC 6266: a plain name for old readers and the whole one in UTF-8.
std::string disposition_of(const Content& content) {
    std::string value = content.disposition == Disposition::download ? "attachment" : "inline";
    if (content.file_name.empty()) return value;
    std::string plain = folded_form(content.file_name);
    for (char& c : plain)
        if (c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '%' || c == '/') c = '_';
    return fmt::format("{}; filename=\"{}\"; filename*=UTF-8''{}", value, plain, percent_encoded(content.file_name));
}

}  // namespace

Response& Response::with(std::string_view name, std::string_view value) & {
    headers.set(name, value);
    return *this;
}

Response&& Response::with(std::string_view name, std::string_view value) && {
    headers.set(name, value);
    return std::move(*this);
}

std::string_view reason(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "";
    }
}

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid:
            return 422;
        case ErrorCode::unauthenticated:
            return 401;
        case ErrorCode::forbidden:
            return 403;
        case ErrorCode::not_found:
            return 404;
        case ErrorCode::conflict:
            return 409;
        case ErrorCode::too_large:
            return 413;
        case ErrorCode::limited:
            return 429;
        case ErrorCode::unavailable:
            return 503;
        case ErrorCode::corrupt:
            return 422;
        case ErrorCode::internal:
            return 500;
    }
    return 500;
}

Response json(const boost::json::value& value, int status) {
    return json_text(boost::json::serialize(value), status);
}

Response json_text(std::string text, int status) {
    return Response{status, {{"Content-Type", "application/json"}}, std::move(text)};
}

Response text(std::string utf8, int status) {
    return Response{status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(utf8)};
}

Response bytes(std::string content, std::string_view media_type) {
    return Response{200, {{"Content-Type", std::string(media_type)}}, std::move(content)};
}

Response no_content() {
    return Response{.status = 204};
}

Response redirect(std::string_view location, int status) {
    return Response{status, {{"Location", std::string(location)}}, {}};
}

Response events(std::shared_ptr<EventStream> stream) {
    return Response{200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}}, std::move(stream)};
}

Response failure(const Error& error, Language language, std::uint64_t request_number) {
    Response response = failure(status_of(error.code), error, language, request_number);
    if (error.code == ErrorCode::unavailable) response.headers.set("Retry-After", "1");
    return response;
}

Response failure(int status, const Error& error, Language language, std::uint64_t request_number) {
    boost::json::object object = described(error, language);
    if (request_number != 0) object["request"] = std::to_string(request_number);
    return json(boost::json::object{{"error", std::move(object)}}, status);
}

Result<std::optional<ByteRange>> requested_range(const Request& request, std::uint64_t size, std::string_view etag) {
    using Whole = std::optional<ByteRange>;
    const std::optional<std::string_view> header = request.headers.find("range");
    if (!header || !header->starts_with("bytes=") || request.method != Method::get) return Whole{};
    if (const auto condition = request.headers.find("if-range")) {
        // A date, or a weak tag, says nothing certain about the bytes.
        if (etag.empty() || condition->starts_with("W/") || bare_tag(*condition) != etag) return Whole{};
    }
    const std::string_view spec = trim(header->substr(6));
    const std::size_t dash = spec.find('-');
    if (dash == std::string_view::npos || spec.contains(',')) return Whole{};
    const std::string_view first_text = trim(spec.substr(0, dash));
    const std::string_view last_text = trim(spec.substr(dash + 1));
    const std::optional<std::uint64_t> first = number(first_text);
    const std::optional<std::uint64_t> last = number(last_text);
    if ((!first && !first_text.empty()) || (!last && !last_text.empty()) || (!first && !last)) return Whole{};
    const auto outside = fail(ErrorCode::invalid, "http.bad_range", "range", {{"size", std::to_string(size)}});
    if (!first) {
        if (*last == 0 || size == 0) return outside;
        const std::uint64_t length = std::min(*last, size);
        return Whole{ByteRange{size - length, length}};
    }
    if (last && *last < *first) return Whole{};
    if (*first >= size) return outside;
    return Whole{ByteRange{*first, std::min(last.value_or(size - 1), size - 1) - *first + 1}};
}

bool not_modified(const Request& request, std::string_view etag) {
    const std::optional<std::string_view> header = request.headers.find("if-none-match");
    if (!header || etag.empty()) return false;
    if (trim(*header) == "*") return true;
    std::string_view rest = *header;
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        if (bare_tag(rest.substr(0, comma)) == etag) return true;
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return false;
}

Response content(const Request& request, const Content& content, std::uint64_t size,
                 const std::function<Body(ByteRange)>& part) {
    Response response;
    if (!content.etag.empty()) response.headers.add("ETag", fmt::format("\"{}\"", content.etag));
    response.headers.add("Cache-Control", content.cache);
    if (not_modified(request, content.etag)) {
        response.status = 304;
        return response;
    }
    const Result<std::optional<ByteRange>> range = requested_range(request, size, content.etag);
    if (!range)
        return failure(416, range.error(), request.language(), request.number)
            .with("Content-Range", fmt::format("bytes */{}", size));
    response.headers.add("Content-Type", content.media_type);
    response.headers.add("Accept-Ranges", "bytes");
    if (content.disposition == Disposition::download || !content.file_name.empty())
        response.headers.add("Content-Disposition", disposition_of(content));
    if (*range) {
        response.status = 206;
        const std::uint64_t last = (*range)->offset + (*range)->length - 1;
        response.headers.add("Content-Range", fmt::format("bytes {}-{}/{}", (*range)->offset, last, size));
    }
    response.body = part(range->value_or(ByteRange{0, size}));
    return response;
}

Result<Response> file(const Request& request, const std::string& path, const Content& what) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(ErrorCode::not_found, "http.not_found");
    return content(request, what, static_cast<std::uint64_t>(status.st_size),
                   [&](ByteRange range) { return FileBytes{path, range.offset, range.length}; });
}

Response static_content(const Request& request, std::string_view bytes, const Content& what) {
    return content(request, what, bytes.size(),
                   [&](ByteRange range) { return StaticBytes{bytes.substr(range.offset, range.length)}; });
}

std::string set_cookie(const Request& request, const Cookie& cookie) {
    std::string text = fmt::format("{}={}; Path={}; HttpOnly; SameSite=Strict", cookie.name, cookie.value, cookie.path);
    if (request.is_tls) text += "; Secure";
    if (cookie.max_age) text += fmt::format("; Max-Age={}", *cookie.max_age);
    return text;
}

Result<void> require_same_origin(const Request& request) {
    if (request.method == Method::get || request.method == Method::head || request.method == Method::options) return {};
    const auto refused = fail(ErrorCode::forbidden, "http.cross_site");
    // A browser that says it says it truly; behind a proxy that speaks TLS the origin would be another than ours.
    if (const auto site = request.headers.find("sec-fetch-site"))
        return *site == "same-origin" || *site == "none" ? Result<void>() : refused;
    if (const auto origin = request.headers.find("origin")) {
        const std::string own =
            fmt::format("{}://{}", request.is_tls ? "https" : "http", request.headers.value("host"));
        if (!same_name(*origin, own)) return refused;
    }
    return {};
}

}  // namespace http
