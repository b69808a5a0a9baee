#include "http/gate.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "base/text.h"

namespace http::gate {

namespace {

/// What a byte may stand in: a token (RFC 9110, 5.6.2), a field value (5.5), a request target (visible ASCII).
enum : unsigned char { in_token = 1, in_value = 2, in_target = 4 };

constexpr std::array<unsigned char, 256> make_table() {
    std::array<unsigned char, 256> table{};
    for (unsigned c = 0; c < 256; ++c) {
        if (c == '\t' || (c >= 0x20 && c != 0x7f)) table[c] |= in_value;
        if (c > 0x20 && c < 0x7f) table[c] |= in_target;
    }
    for (const char c :
         std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        table[static_cast<unsigned char>(c)] |= in_token;
    return table;
}
constexpr std::array<unsigned char, 256> table = make_table();

bool all_are(std::string_view text, unsigned char what) {
    unsigned char all = what;
    for (const char c : text) all &= table[static_cast<unsigned char>(c)];
    return all == what;
}

std::string_view without_blanks(std::string_view value) {
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
    return value;
}

bool is_host(std::string_view host) {
    // Names, addresses, [v6] and a port; a closed network has no user@ and no percent-encoded name.
    return std::ranges::all_of(host, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
               c == '_' || c == ':' || c == '[' || c == ']';
    });
}

std::expected<Verdict, Refusal> read_request_line(std::string_view line) {
    Verdict verdict;
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last || first == 0)
        return std::unexpected(Refusal::bad_request_line);
    const std::string_view method = line.substr(0, first);
    const std::string_view version = line.substr(last + 1);
    verdict.target = line.substr(first + 1, last - first - 1);
    if (verdict.target.empty() || !all_are(verdict.target, in_target) || !all_are(method, in_token))
        return std::unexpected(Refusal::bad_request_line);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        const bool is_other_version = version.size() == 8 && version.starts_with("HTTP/") && version[6] == '.' &&
                                      version[5] >= '0' && version[5] <= '9' && version[7] >= '0' && version[7] <= '9';
        return std::unexpected(is_other_version ? Refusal::bad_version : Refusal::bad_request_line);
    }
    verdict.is_1_1 = version == "HTTP/1.1";
    const std::optional<Method> known = method_of(method);
    if (!known) return std::unexpected(Refusal::unknown_method);
    verdict.method = *known;
    return verdict;
}

bool is_token_list(std::string_view value) {
    while (!value.empty()) {
        const std::size_t comma = std::min(value.find(','), value.size());
        if (!all_are(without_blanks(value.substr(0, comma)), in_token)) return false;
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    return true;
}

/// Whether the word is a member of a comma-separated list, in any case.
bool lists(std::string_view value, std::string_view word) {
    while (!value.empty()) {
        const std::size_t comma = std::min(value.find(','), value.size());
        if (same_name(without_blanks(value.substr(0, comma)), word)) return true;
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    return false;
}

Refusal why_not_value(std::string_view line) {
    return line.contains('\r') ? Refusal::bare_carriage_return : Refusal::control_character;
}

}  // namespace

std::expected<std::size_t, Refusal> find_end(std::string_view bytes, std::size_t& scanned) {
    while (scanned < bytes.size()) {
        const void* found = std::memchr(bytes.data() + scanned, '\n', bytes.size() - scanned);
        if (!found) {
            scanned = bytes.size();
            return 0;
        }
        const std::size_t at = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
        if (at == 0 || bytes[at - 1] != '\r') return std::unexpected(Refusal::bare_line_feed);
        scanned = at + 1;
        if (at == 1) return std::unexpected(Refusal::bad_request_line);
        if (at >= 3 && bytes[at - 2] == '\n') return at + 1;
    }
    return 0;
}

std::expected<Verdict, Refusal> judge(std::string_view head, std::size_t most_headers) {
    if (!head.ends_with("\r\n\r\n")) return std::unexpected(Refusal::bad_request_line);
    head.remove_suffix(2);
    std::size_t end = head.find('\n');
    if (head[end - 1] != '\r') return std::unexpected(Refusal::bare_line_feed);
    auto verdict = read_request_line(head.substr(0, end - 1));
    if (!verdict) return verdict;
    head.remove_prefix(end + 1);

    int lengths = 0;
    int codings = 0;
    int hosts = 0;
    std::size_t count = 0;
    while (!head.empty()) {
        end = head.find('\n');
        if (end == std::string_view::npos || end == 0 || head[end - 1] != '\r')
            return std::unexpected(Refusal::bare_line_feed);
        const std::string_view line = head.substr(0, end - 1);
        head.remove_prefix(end + 1);
        if (++count > most_headers) return std::unexpected(Refusal::too_many_headers);
        if (line.empty()) return std::unexpected(Refusal::bad_header_name);
        if (line.front() == ' ' || line.front() == '\t') return std::unexpected(Refusal::folded_header);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) return std::unexpected(Refusal::bad_header_name);
        const std::string_view name = line.substr(0, colon);
        if (!all_are(name, in_token)) return std::unexpected(Refusal::bad_header_name);
        const std::string_view value = without_blanks(line.substr(colon + 1));
        if (!all_are(value, in_value)) return std::unexpected(why_not_value(value));

        if (same_name(name, "content-length")) {
            if (++lengths > 1) return std::unexpected(Refusal::repeated_length);
            const bool is_number = !value.empty() && value.size() <= 18 &&
                                   std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
            if (!is_number) return std::unexpected(Refusal::bad_length);
            std::from_chars(value.data(), value.data() + value.size(), verdict->length);
        } else if (same_name(name, "transfer-encoding")) {
            if (++codings > 1) return std::unexpected(Refusal::repeated_coding);
            if (!same_name(value, "chunked")) return std::unexpected(Refusal::bad_coding);
        } else if (same_name(name, "host")) {
            if (++hosts > 1) return std::unexpected(Refusal::host_count);
            if (!is_host(value)) return std::unexpected(Refusal::bad_host);
            verdict->host = value;
        } else if (same_name(name, "connection") || same_name(name, "proxy-connection")) {
            if (!is_token_list(value)) return std::unexpected(Refusal::bad_connection);
            if (name.size() == 10 && lists(value, "close")) verdict->keep_alive = false;
        } else if (same_name(name, "expect")) {
            (same_name(value, "100-continue") ? verdict->expects_continue : verdict->expects_other) = true;
        }
    }
    if (lengths && codings) return std::unexpected(Refusal::length_and_coding);
    if (codings && !verdict->is_1_1) return std::unexpected(Refusal::coding_before_1_1);
    if (verdict->is_1_1 && hosts != 1) return std::unexpected(Refusal::host_count);
    if (!verdict->is_1_1) {
        // 1.0 answers close: keeping such a connection alive was never standard. Expect is of 1.1.
        verdict->keep_alive = false;
        verdict->expects_continue = false;
    }
    if (codings)
        verdict->body = BodyFraming::chunked;
    else if (verdict->length > 0)
        verdict->body = BodyFraming::length;
    return verdict;
}

std::string_view code_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::bare_line_feed:
            return "http.refused.bare_line_feed";
        case Refusal::bare_carriage_return:
            return "http.refused.bare_carriage_return";
        case Refusal::control_character:
            return "http.refused.control_character";
        case Refusal::bad_request_line:
            return "http.refused.bad_request_line";
        case Refusal::bad_header_name:
            return "http.refused.bad_header_name";
        case Refusal::folded_header:
            return "http.refused.folded_header";
        case Refusal::repeated_length:
            return "http.refused.repeated_length";
        case Refusal::bad_length:
            return "http.refused.bad_length";
        case Refusal::repeated_coding:
            return "http.refused.repeated_coding";
        case Refusal::length_and_coding:
            return "http.refused.length_and_coding";
        case Refusal::bad_coding:
            return "http.refused.bad_coding";
        case Refusal::coding_before_1_1:
            return "http.refused.coding_before";
        case Refusal::host_count:
            return "http.refused.host_count";
        case Refusal::bad_host:
            return "http.refused.bad_host";
        case Refusal::bad_connection:
            return "http.refused.bad_connection";
        case Refusal::bad_chunk:
            return "http.refused.bad_chunk";
        case Refusal::chunk_extension:
            return "http.refused.chunk_extension";
        case Refusal::trailer:
            return "http.refused.trailer";
        case Refusal::unknown_method:
            return "http.refused.unknown_method";
        case Refusal::bad_version:
            return "http.refused.bad_version";
        case Refusal::too_many_headers:
            return "http.refused.too_many_headers";
    }
    return "";
}

int status_of(Refusal refusal) {
    if (refusal == Refusal::unknown_method) return 501;
    if (refusal == Refusal::bad_version) return 505;
    if (refusal == Refusal::too_many_headers) return 431;
    return 400;
}

}  // namespace http::gate
