#include "http/gate.h"

#include <set>

#include <gtest/gtest.h>

#include "http/framing_case.h"
#include "http/gate_twin.h"

namespace http::gate {
namespace {

std::string head_with(std::string_view lines) {
    return "GET /a HTTP/1.1\r\nHost: a\r\n" + std::string(lines) + "\r\n";
}

TEST(Gate, GivesTheReason) {
    const std::pair<std::string, Refusal> cases[] = {
        {"GET /a HTTP/1.1\r\n\r\n", Refusal::host_count},
        {head_with("Host: b\r\n"), Refusal::host_count},
        {head_with("A : b\r\n"), Refusal::bad_header_name},
        {head_with("A b\r\n"), Refusal::bad_header_name},
        {head_with(": b\r\n"), Refusal::bad_header_name},
        {head_with("\xc3\xa1: b\r\n"), Refusal::bad_header_name},
        {head_with("A: b\r\n c\r\n"), Refusal::folded_header},
        {head_with("A: b\rc\r\n"), Refusal::bare_carriage_return},
        {head_with(std::string_view("A: b\0c\r\n", 8)), Refusal::control_character},
        {head_with("A: b\x7f\r\n"), Refusal::control_character},
        {head_with("Content-Length: 1\r\nContent-Length: 1\r\n"), Refusal::repeated_length},
        {head_with("Content-Length: \r\n"), Refusal::bad_length},
        {head_with("Content-Length: 0x1\r\n"), Refusal::bad_length},
        {head_with("Content-Length: 9999999999999999999\r\n"), Refusal::bad_length},
        {head_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), Refusal::repeated_coding},
        {head_with("Transfer-Encoding: chunked, chunked\r\n"), Refusal::bad_coding},
        {head_with("Transfer-Encoding: identity\r\n"), Refusal::bad_coding},
        {head_with("Transfer-Encoding: \"chunked\"\r\n"), Refusal::bad_coding},
        {head_with("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"), Refusal::length_and_coding},
        {"GET /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", Refusal::coding_before_1_1},
        {"GET /a HTTP/1.1\r\nHost: a b\r\n\r\n", Refusal::bad_host},
        {"GET /a HTTP/1.1 \r\nHost: a\r\n\r\n", Refusal::bad_request_line},
        {" GET /a HTTP/1.1\r\nHost: a\r\n\r\n", Refusal::bad_request_line},
        {"GET /\xc3\xa1 HTTP/1.1\r\nHost: a\r\n\r\n", Refusal::bad_request_line},
        {"GET /a\tb HTTP/1.1\r\nHost: a\r\n\r\n", Refusal::bad_request_line},
        {"get /a HTTP/1.1\r\nHost: a\r\n\r\n", Refusal::unknown_method},
        {"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", Refusal::unknown_method},
        {"GET /a HTTP/1.2\r\nHost: a\r\n\r\n", Refusal::bad_version},
        {"GET /a http/1.1\r\nHost: a\r\n\r\n", Refusal::bad_request_line},
        {"PRI * HTTP/2.0\r\n\r\n", Refusal::bad_version},
    };
    for (const auto& [head, refusal] : cases) {
        const auto verdict = judge(head);
        ASSERT_FALSE(verdict) << head;
        EXPECT_EQ(code_of(verdict.error()), code_of(refusal)) << head;
        EXPECT_EQ(disagreement(head), "") << head;
        EXPECT_GE(status_of(refusal), 400);
    }
    std::string many;
    for (int i = 0; i < 100; ++i) many += "A: b\r\n";
    const auto refused = judge(head_with(many));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), Refusal::too_many_headers);
}

TEST(Gate, ReadsWhatIsSound) {
    const std::string plain_head = head_with("");
    const auto plain = judge(plain_head);
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->target, "/a");
    EXPECT_EQ(plain->host, "a");
    EXPECT_TRUE(plain->keep_alive);
    EXPECT_EQ(plain->body, BodyFraming::none);
    const std::string posted_head =
        "POST /a HTTP/1.1\r\nhOST: \t[::1]:80 \r\nconTENT-length:\t12\t\r\nexpect: 100-Continue\r\nconnection: te, "
        "Close\r\n\r\n";
    const auto posted = judge(posted_head);
    ASSERT_TRUE(posted);
    EXPECT_EQ(posted->host, "[::1]:80");
    EXPECT_EQ(posted->body, BodyFraming::length);
    EXPECT_EQ(posted->length, 12U);
    EXPECT_TRUE(posted->expects_continue);
    EXPECT_FALSE(posted->keep_alive);
    EXPECT_EQ(judge(head_with("Transfer-Encoding: cHUNKED\r\n"))->body, BodyFraming::chunked);
    EXPECT_EQ(judge(head_with("Content-Length: 0\r\n"))->body, BodyFraming::none);
    EXPECT_TRUE(judge(head_with("Expect: money\r\n"))->expects_other);
    EXPECT_TRUE(judge(head_with("X-Name: Vi\xe1\xbb\x87t\r\n")));
    EXPECT_FALSE(judge("GET /a HTTP/1.0\r\n\r\n")->keep_alive);
    EXPECT_FALSE(judge("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")->keep_alive);
}

TEST(Gate, FindsTheEndHoweverTheBytesCome) {
    std::size_t scanned = 0;
    EXPECT_EQ(find_end("GET / HTTP/1.1\r\nHost: a\r\n\r", scanned), 0U);
    EXPECT_EQ(find_end("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET", scanned), 27U);
    scanned = 0;
    for (const std::string_view bytes : {"GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nHost: a\r\n\n", "\n"}) {
        scanned = 0;
        const auto refused = find_end(bytes, scanned);
        ASSERT_FALSE(refused) << bytes;
        EXPECT_EQ(refused.error(), Refusal::bare_line_feed);
    }
    scanned = 0;
    EXPECT_FALSE(find_end("\r\n", scanned));
}

TEST(Gate, AgreesWithItsTwinAndWithBeastOnEveryCaseAndItsNeighbours) {
    std::uint64_t state = 0x9E3779B97F4A7C15ULL;
    const auto next = [&](std::size_t below) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return static_cast<std::size_t>(state % below);
    };
    const std::string_view pieces[] = {"\r\n",
                                       "\r",
                                       "\n",
                                       " ",
                                       "\t",
                                       ":",
                                       ",",
                                       "0",
                                       "Content-Length: 5\r\n",
                                       "Transfer-Encoding: chunked\r\n",
                                       "Host: a\r\n",
                                       "Connection: close\r\n",
                                       "chunked",
                                       "close",
                                       "\r\n\r\n",
                                       "5;",
                                       "x",
                                       "\xff"};
    const auto cases = test::framing_cases();
    ASSERT_FALSE(cases.empty());
    for (const auto& one : cases) {
        EXPECT_EQ(disagreement(one.bytes), "") << one.name;
        for (int i = 0; i < 60; ++i) {
            std::string changed = one.bytes;
            for (std::size_t changes = 1 + next(3); changes > 0 && !changed.empty(); --changes) {
                const std::size_t at = next(changed.size());
                switch (next(4)) {
                    case 0:
                        changed.erase(at, 1 + next(3));
                        break;
                    case 1:
                        changed.insert(at, pieces[next(std::size(pieces))]);
                        break;
                    case 2:
                        changed[at] = static_cast<char>(next(256));
                        break;
                    default:
                        changed.insert(at, changed.substr(next(changed.size()), 1 + next(30)));
                        break;
                }
            }
            ASSERT_EQ(disagreement(changed), "") << testing::PrintToString(changed);
        }
    }
}

TEST(Gate, TellsEveryReasonInBothLanguages) {
    std::set<std::string> told;
    const int last = static_cast<int>(Refusal::too_many_headers);
    for (int each = 0; each <= last; ++each) {
        const std::string code(code_of(static_cast<Refusal>(each)));
        for (const Language language : {Language::vi, Language::en}) {
            const std::string text = messages::text(language, code);
            EXPECT_NE(text, code) << "it has no text";
            EXPECT_TRUE(told.insert(text).second) << code << ": " << text;
        }
    }
}

}  // namespace
}  // namespace http::gate
