#pragma once
#include <optional>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "http/gate.h"
#include "http/parser.h"

// A slow and obvious second reading of a head, to hold the gate against: for its test and its fuzzer.
namespace http::gate {

struct TwinVerdict {
    BodyFraming body = BodyFraming::none;
    std::uint64_t length = 0;
    bool keep_alive = true;
    std::string method;
    std::string target;
};

/// Nothing when RFC 9112 or this server's stricter reading of it refuses the head.
inline std::optional<TwinVerdict> twin(const std::string& head) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (true) {
        const std::size_t end = head.find("\r\n", at);
        if (end == std::string::npos) return std::nullopt;
        lines.push_back(head.substr(at, end - at));
        at = end + 2;
        if (lines.back().empty()) break;
    }
    if (at != head.size()) return std::nullopt;
    lines.pop_back();
    if (lines.empty() || lines.size() > 101) return std::nullopt;

    static const std::regex request_line("(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) ([!-~]+) HTTP/1\\.([01])");
    static const std::regex header_line(
        "([-!#$%&'*+.^_`|~0-9A-Za-z]+):[ \\t]*(|[^\\x00-\\x08\\x0a-\\x20\\x7f\\t]|"
        "[^\\x00-\\x08\\x0a-\\x20\\x7f\\t][^\\x00-\\x08\\x0a-\\x1f\\x7f]*[^\\x00-\\x08\\x0a-\\x20\\x7f\\t])[ \\t]*");
    const auto match = [](const std::string& text, const std::regex& shape) -> std::optional<std::smatch> {
        std::smatch found;
        // A backtracking matcher is no good for long lines; they aren't what is looked for here.
        if (text.size() > 2000) throw std::length_error("line");
        if (!std::regex_match(text, found, shape)) return std::nullopt;
        return found;
    };
    const auto request = match(lines[0], request_line);
    if (!request) return std::nullopt;
    TwinVerdict verdict{.method = (*request)[1], .target = (*request)[2]};
    const bool is_1_1 = (*request)[3] == "1";
    std::vector<std::string> lengths;
    std::vector<std::string> codings;
    std::vector<std::string> hosts;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto header = match(lines[i], header_line);
        if (!header) return std::nullopt;
        const std::string value = (*header)[2];
        const std::string name = (*header)[1];
        if (same_name(name, "content-length")) lengths.push_back(value);
        if (same_name(name, "transfer-encoding")) codings.push_back(value);
        if (same_name(name, "host")) hosts.push_back(value);
        if (same_name(name, "connection") || same_name(name, "proxy-connection")) {
            static const std::regex tokens("[-!#$%&'*+.^_`|~0-9A-Za-z]*([ \\t]*,[ \\t]*[-!#$%&'*+.^_`|~0-9A-Za-z]*)*");
            if (!match(value, tokens)) return std::nullopt;
        }
        if (same_name(name, "connection")) {
            static const std::regex close("(^|.*,)[ \\t]*close[ \\t]*(,.*|$)", std::regex::icase);
            if (match(value, close)) verdict.keep_alive = false;
        }
    }
    static const std::regex number("[0-9]{1,18}");
    static const std::regex host("[-0-9A-Za-z._:\\[\\]]*");
    if (lengths.size() + codings.size() > 1 || hosts.size() > 1) return std::nullopt;
    if (is_1_1 && hosts.empty()) return std::nullopt;
    if (!hosts.empty() && !match(hosts[0], host)) return std::nullopt;
    if (!lengths.empty()) {
        if (!match(lengths[0], number)) return std::nullopt;
        verdict.length = std::stoull(lengths[0]);
        if (verdict.length > 0) verdict.body = BodyFraming::length;
    }
    if (!codings.empty()) {
        if (!is_1_1 || !same_name(codings[0], "chunked")) return std::nullopt;
        verdict.body = BodyFraming::chunked;
    }
    if (!is_1_1) verdict.keep_alive = false;
    return verdict;
}

/// "" or how the readings of these bytes differ: the gate, its twin, Beast; the body at once and byte by byte.
inline std::string disagreement(std::string_view bytes) {
    std::size_t scanned = 0;
    const auto end = find_end(bytes, scanned);
    std::size_t stepwise = 0;
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        const auto early = find_end(bytes.substr(0, size), stepwise);
        if (!early && end) return "found an end, but not step by step";
        if (!early) break;
        if (*early != 0 && (!end || *early != *end)) return "two ends";
        if (*early != 0) break;
    }
    if (!end || *end == 0) {
        if (end && bytes.contains("\r\n\r\n") && bytes.find('\n') > 0) return "no end found";
        return {};
    }
    const std::string head(bytes.substr(0, *end));
    const auto verdict = judge(head);
    std::optional<TwinVerdict> other;
    try {
        other = twin(head);
    } catch (const std::length_error&) {
        return {};
    }
    if (verdict.has_value() != other.has_value())
        return verdict ? "the twin refuses" : "the gate refuses: " + std::string(code_of(verdict.error()));
    if (!verdict) return {};
    if (verdict->body != other->body || verdict->length != other->length) return "two framings";
    if (verdict->keep_alive != other->keep_alive) return "two opinions on closing";
    if (to_string(verdict->method) != other->method || verdict->target != other->target) return "two request lines";

    RequestParser whole;
    Request request;
    if (!whole.head(head, request)) return "Beast refuses what the gate takes";
    if (verdict->body == BodyFraming::none) return {};
    const std::string_view rest = bytes.substr(*end);
    std::string at_once;
    std::string by_byte;
    std::size_t used = 0;
    auto last = whole.body(rest, at_once);
    while (last && !last->is_done && last->used > 0) {
        used += last->used;
        last = whole.body(rest.substr(used), at_once);
    }
    if (last) used += last->used;
    RequestParser slow;
    Request again;
    if (!slow.head(head, again)) return "Beast changed its mind";
    std::size_t begin = 0;
    std::expected<RequestParser::Step, Refusal> step = RequestParser::Step{};
    for (std::size_t size = 1; size <= rest.size() && step && !step->is_done; ++size) {
        step = slow.body(rest.substr(begin, size - begin), by_byte);
        if (step) begin += step->used;
    }
    const bool is_done = last && last->is_done;
    const bool is_done_slowly = step && step->is_done;
    if (is_done != is_done_slowly) return "the body ends only in one reading";
    if (is_done && (at_once != by_byte || used != begin)) return "two bodies";
    return {};
}

}  // namespace http::gate
