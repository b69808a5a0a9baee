#pragma once
#include <cstdint>
#include <expected>
#include <string_view>

#include "http/request.h"

/// The framing gate: decides from the raw bytes of a head, before anything is believed, whether there is exactly one
/// reading of where this message ends. What two parsers could read differently is refused (RFC 9112, 11.2).
namespace http::gate {

/// Why a head was refused; each has its own line in the log, all are 400 to the other side, but for the last two.
enum class Refusal {
    bare_line_feed,
    bare_carriage_return,
    control_character,
    bad_request_line,
    bad_header_name,
    folded_header,
    repeated_length,
    bad_length,
    repeated_coding,
    length_and_coding,
    bad_coding,
    coding_before_1_1,
    host_count,
    bad_host,
    bad_connection,
    bad_chunk,  ///< found while the body is read, as are the next two
    chunk_extension,
    trailer,
    unknown_method,    ///< 501
    bad_version,       ///< 505
    too_many_headers,  ///< 431
};
/// The code of its text: "http.refused.bad_host".
std::string_view code_of(Refusal);
int status_of(Refusal);

enum class BodyFraming { none, length, chunked };

struct Verdict {
    Method method = Method::get;
    std::string_view target;
    std::string_view host;  ///< "" on 1.0 without Host
    BodyFraming body = BodyFraming::none;
    std::uint64_t length = 0;
    bool is_1_1 = true;
    bool keep_alive = true;
    bool expects_continue = false;
    bool expects_other = false;  ///< 417
};

/// Where the head ends in `bytes`, just after its empty line; 0 when more is needed. `scanned` is how far an earlier
/// call came and is moved on. Refuses a line feed without its carriage return, since such a head may never end
/// otherwise.
std::expected<std::size_t, Refusal> find_end(std::string_view bytes, std::size_t& scanned);

/// Judges a whole head, its empty line included.
std::expected<Verdict, Refusal> judge(std::string_view head, std::size_t most_headers = 100);

}  // namespace http::gate
