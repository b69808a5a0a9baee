#include "http/parser.h"

#include <utility>

#if defined(__SANITIZE_THREAD__)
// g++ can't follow fences there; every handler of a loop runs on one thread anyway, behind a mutex.
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif
// The one file that compiles the sources of Asio and Beast (cmake/Settings.cmake).
#include <boost/asio/impl/src.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/src.hpp>

namespace http {

namespace beast = boost::beast;
using beast::error_code;
using beast::http::error;

namespace {
/// A chunk's head, or the end of the last chunk, is never longer than this without an extension or a trailer.
constexpr std::size_t longest_chunk_head = 64;
/// A chunked body always has at least "0\r\n\r\n" to come. Given less at its end, Beast 1.81 stops the program by an
/// assertion.
constexpr std::size_t least_of_chunks = 5;

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}
}  // namespace

namespace {

class RequestReader final : public beast::http::basic_parser<true> {
  public:
    Request* request = nullptr;
    std::string* body = nullptr;
    std::optional<gate::Refusal> refusal;

    void on_request_impl(beast::http::verb, beast::string_view, beast::string_view, int, error_code& ec) override {
        ec = {};
    }
    void on_response_impl(int, beast::string_view, int, error_code&) override {}
    void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value, error_code& ec) override {
        if (request) {
            request->headers.add(view(name), view(value));
            ec = {};
            return;
        }
        refuse(gate::Refusal::trailer, ec);
    }
    void on_header_impl(error_code& ec) override {
        request = nullptr;
        ec = {};
    }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& ec) override { ec = {}; }
    std::size_t on_body_impl(beast::string_view bytes, error_code& ec) override {
        body->append(bytes.data(), bytes.size());
        ec = {};
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t, beast::string_view extensions, error_code& ec) override {
        ec = {};
        if (!extensions.empty()) refuse(gate::Refusal::chunk_extension, ec);
    }
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, error_code& ec) override {
        body->append(bytes.data(), bytes.size());
        ec = {};
        return bytes.size();
    }
    void on_finish_impl(error_code& ec) override { ec = {}; }

  private:
    void refuse(gate::Refusal why, error_code& ec) {
        refusal = why;
        ec = error::bad_chunk_extension;
    }
};

}  // namespace

struct RequestParser::Parser {
    std::optional<RequestReader> reader;
};

RequestParser::RequestParser() : parser_(std::make_unique<Parser>()) {}
RequestParser::~RequestParser() = default;

std::expected<void, gate::Refusal> RequestParser::head(std::string_view head, Request& into) {
    auto& reader = parser_->reader.emplace();
    reader.header_limit(static_cast<std::uint32_t>(head.size() + 1));
    reader.body_limit(boost::none);
    reader.eager(false);
    reader.request = &into;
    error_code ec;
    std::size_t used = 0;
    // Not eager, it stops after the request line; the second call reads the fields.
    while (!reader.is_header_done() && !ec && used < head.size())
        used += reader.put(boost::asio::const_buffer(head.data() + used, head.size() - used), ec);
    if (ec || !reader.is_header_done() || used != head.size()) return std::unexpected(gate::Refusal::bad_header_name);
    reader.eager(true);
    return {};
}

std::expected<RequestParser::Step, gate::Refusal> RequestParser::body(std::string_view bytes, std::string& into) {
    auto& reader = *parser_->reader;
    if (reader.is_done()) return Step{0, true};
    if (bytes.empty() || (reader.chunked() && bytes.size() < least_of_chunks)) return Step{};
    reader.body = &into;
    error_code ec;
    const std::size_t used = reader.put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
    reader.body = nullptr;
    if (reader.refusal) return std::unexpected(*reader.refusal);
    if (ec && ec != error::need_more) return std::unexpected(gate::Refusal::bad_chunk);
    if (ec == error::need_more && bytes.size() - used > longest_chunk_head)
        return std::unexpected(gate::Refusal::trailer);
    return Step{used, reader.is_done()};
}

namespace {

class ResponseReader final : public beast::http::basic_parser<false> {
  public:
    Headers headers;
    int status = 0;
    bool is_in_body = false;
    std::string* body = nullptr;

    void on_request_impl(beast::http::verb, beast::string_view, beast::string_view, int, error_code&) override {}
    void on_response_impl(int code, beast::string_view, int, error_code& ec) override {
        status = code;
        ec = {};
    }
    void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value, error_code& ec) override {
        if (!is_in_body) headers.add(view(name), view(value));
        ec = {};
    }
    void on_header_impl(error_code& ec) override {
        is_in_body = true;
        ec = {};
    }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& ec) override { ec = {}; }
    std::size_t on_body_impl(beast::string_view bytes, error_code& ec) override {
        body->append(bytes.data(), bytes.size());
        ec = {};
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code& ec) override { ec = {}; }
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, error_code& ec) override {
        body->append(bytes.data(), bytes.size());
        ec = {};
        return bytes.size();
    }
    void on_finish_impl(error_code& ec) override { ec = {}; }
};

}  // namespace

struct ResponseParser::Parser {
    ResponseReader reader;
};

ResponseParser::ResponseParser(Of of) : parser_(std::make_unique<Parser>()) {
    parser_->reader.eager(true);
    parser_->reader.header_limit(64 * 1024);
    parser_->reader.body_limit(boost::none);
    if (of == Of::head_request) parser_->reader.skip(true);
}
ResponseParser::~ResponseParser() = default;

std::expected<ResponseParser::Step, std::string> ResponseParser::feed(std::string_view bytes, std::string& into) {
    auto& reader = parser_->reader;
    if (reader.is_done() || bytes.empty()) return Step{0, reader.is_header_done(), reader.is_done()};
    if (reader.is_header_done() && reader.chunked() && bytes.size() < least_of_chunks) return Step{0, true, false};
    reader.body = &into;
    error_code ec;
    const std::size_t used = reader.put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
    if (ec && ec != error::need_more) return std::unexpected(ec.message());
    return Step{used, reader.is_header_done(), reader.is_done()};
}

bool ResponseParser::ends_with_close() {
    if (parser_->reader.is_done()) return true;
    if (!parser_->reader.is_header_done()) return false;
    error_code ec;
    parser_->reader.put_eof(ec);
    return !ec;
}

bool ResponseParser::keep_alive() const {
    return parser_->reader.is_header_done() && parser_->reader.keep_alive();
}
int ResponseParser::status() const {
    return parser_->reader.status;
}
Headers& ResponseParser::headers() {
    return parser_->reader.headers;
}

}  // namespace http
