#include <filesystem>
#include <fstream>
#include <future>
#include <gmock/gmock.h>
#include <sstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "http/client.h"
#include "http/test_server.h"

namespace http {
namespace {

using test::body_of;
using test::Folder;
using test::get;
using test::post;
using test::RawSocket;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

/// Bytes whose place can be told from their value.
std::string pattern(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint64_t state = 88172645463325252ULL;
    for (char& c : bytes) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        c = static_cast<char>(state);
    }
    return bytes;
}

std::string chunked(std::string_view bytes, std::size_t chunk) {
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += chunk) {
        const std::string_view piece = bytes.substr(at, chunk);
        out += fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
    }
    return out + "0\r\n\r\n";
}

class Uploads : public testing::Test {
  protected:
    void start(Settings settings = test::quiet()) {
        Router router;
        router.add({.method = Method::post,
                    .pattern = "/files",
                    .handler = answering([this](Request&& request) -> Result<Response> {
                        const std::string name = TRY(request.file_name());
                        content_ = content_of(request.file->path());
                        if (content_.size() != request.file->size()) return fail_internal("size");
                        if (keep_) kept_ = request.file->keep();
                        return text(name, 201);
                    }),
                    .body = BodyKind::file,
                    .limit = 10 * mebibyte});
        settings.spool = settings.spool == "/var/tmp" ? spool_.path() : settings.spool;
        server_ = test::serve(std::move(router), settings);
    }
    Folder spool_;
    std::string content_;
    std::string kept_;
    bool keep_ = false;
    std::unique_ptr<Server> server_;
};

TEST_F(Uploads, GoToAFileThatGoesAfterTheRequestUnlessKept) {
    start();
    const std::string bytes = pattern(3 * mebibyte + 17);
    RawSocket socket(server_->port());
    const std::string name = "X-File-Name: C%3A%5Cm%E1%BA%ADt%2FC%C3%B4ng%20v%C4%83n%2012.pdf\r\n";
    socket.send(post("/files", bytes, name));
    std::string answer = socket.answer();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 201 ")) << answer;
    EXPECT_EQ(body_of(answer), "Công văn 12.pdf");
    EXPECT_TRUE(content_ == bytes);

    keep_ = true;
    socket.send("POST /files HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nX-File-Name: a\r\n\r\n" +
                chunked(bytes, 10'007));
    answer = socket.answer();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 201 ")) << answer;
    EXPECT_TRUE(content_of(kept_) == bytes);

    keep_ = false;
    socket.send(post("/files", "", "X-File-Name: empty\r\n") + post("/files", "abc", "X-File-Name: next\r\n"));
    EXPECT_EQ(body_of(socket.answer()), "empty");
    EXPECT_EQ(body_of(socket.answer()), "next");
    EXPECT_EQ(content_, "abc");
    server_->stop();
    EXPECT_EQ(spool_.count(), 1U) << "only the one that was kept";
}

TEST_F(Uploads, LeaveNothingWhenTheyAreRefusedOrBrokenOff) {
    start();
    const std::string bytes = pattern(11 * mebibyte);
    RawSocket chunks(server_->port());
    std::thread sending([&] {
        chunks.send("POST /files HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(bytes, 70'000));
    });
    EXPECT_THAT(chunks.answer(), StartsWith("HTTP/1.1 413 "));
    chunks.close_sending();
    sending.join();
    chunks.until_closed();
    RawSocket broken(server_->port());
    broken.send("POST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n" + bytes.substr(0, 2 * mebibyte));
    broken.close_sending();
    EXPECT_EQ(broken.until_closed(), "");
    server_->stop();
    EXPECT_EQ(spool_.count(), 0U);
    EXPECT_TRUE(content_.empty());
}

TEST_F(Uploads, AreRefusedBeforeTheyAreSentWhenNotAdmitted) {
    Settings settings = test::quiet();
    settings.admit = [](const Request& request, const Route& route) -> std::optional<Response> {
        EXPECT_EQ(route.pattern, "/files");
        if (request.cookie("congvu") == "good") return std::nullopt;
        if (request.cookie("congvu") == "throw") throw std::runtime_error("on purpose");
        return failure(Error{ErrorCode::unauthenticated, "http.not_found"}, request.language());
    };
    start(settings);
    const std::string head =
        "POST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nX-File-Name: a\r\nExpect: 100-continue\r\n";
    RawSocket stranger(server_->port());
    stranger.send(head + "Cookie: congvu=bad\r\n\r\n");
    const std::string refused = stranger.until_closed();
    EXPECT_THAT(refused, StartsWith("HTTP/1.1 401 "));
    RawSocket thrower(server_->port());
    thrower.send(head + "Cookie: congvu=throw\r\n\r\n");
    EXPECT_THAT(thrower.until_closed(), StartsWith("HTTP/1.1 500 "));
    EXPECT_EQ(spool_.count(), 0U);
    RawSocket known(server_->port());
    known.send(head + "Cookie: other=bad; congvu=good\r\n\r\n");
    EXPECT_EQ(known.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    known.send("abc");
    EXPECT_THAT(known.answer(), StartsWith("HTTP/1.1 201 "));
    EXPECT_EQ(content_, "abc");
}

TEST_F(Uploads, FailPlainlyWhenTheSpoolCantBeWritten) {
    Settings settings = test::quiet();
    settings.spool = spool_.file("nowhere");
    start(settings);
    RawSocket socket(server_->port());
    socket.send(post("/files", "abc", "X-File-Name: a\r\n"));
    const std::string answer = socket.until_closed();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(answer, HasSubstr("http.spool_failed"));
    EXPECT_THAT(answer, Not(HasSubstr(spool_.path())));
}

class Downloads : public testing::TestWithParam<std::size_t> {
  protected:
    Downloads() : bytes_(pattern(GetParam())) {
        std::ofstream(folder_.file("a.pdf"), std::ios::binary) << bytes_;
        Router router;
        router.add({.pattern = "/file", .handler = answering([this](Request&& request) {
                                            return file(request, folder_.file("a.pdf"),
                                                        {.media_type = "application/pdf",
                                                         .etag = "abc",
                                                         .file_name = "Công văn \"số\" 1.pdf",
                                                         .disposition = Disposition::download});
                                        })});
        server_ = test::serve(std::move(router));
    }
    Folder folder_;
    std::string bytes_;
    std::unique_ptr<Server> server_;
};

TEST_P(Downloads, GiveTheWholeARangeOrNothingNew) {
    RawSocket socket(server_->port());
    socket.send(get("/file"));
    std::string answer = socket.answer();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
    EXPECT_TRUE(body_of(answer) == bytes_);
    EXPECT_THAT(answer, HasSubstr("ETag: \"abc\"\r\n"));
    EXPECT_THAT(answer, HasSubstr("attachment; filename=\"cong van _so_ 1.pdf\"; "
                                  "filename*=UTF-8''C%C3%B4ng%20v%C4%83n%20%22s%E1%BB%91%22%201.pdf\r\n"));
    socket.send("HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(socket.until("\r\n\r\n"), HasSubstr(fmt::format("Content-Length: {}\r\n", bytes_.size())));
    socket.send(get("/file", "If-None-Match: \"x\", W/\"abc\"\r\n"));
    answer = socket.answer();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 304 "));
    EXPECT_THAT(answer, Not(HasSubstr("Content-Length")));

    const std::size_t size = bytes_.size();
    struct {
        std::string range;
        std::size_t first;
        std::size_t length;
    } ranges[] = {{"0-0", 0, 1},
                  {"5-99", 5, 95},
                  {"-10", size - 10, 10},
                  {fmt::format("{}-", size - 3), size - 3, 3},
                  {fmt::format("7-{}", size * 2), 7, size - 7},
                  {fmt::format("-{}", size * 2), 0, size}};
    for (const auto& [range, first, length] : ranges) {
        socket.send(get("/file", "Range: bytes=" + range + "\r\n"));
        answer = socket.answer();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 206 ")) << range;
        EXPECT_THAT(answer,
                    HasSubstr(fmt::format("Content-Range: bytes {}-{}/{}\r\n", first, first + length - 1, size)))
            << range;
        EXPECT_TRUE(body_of(answer) == bytes_.substr(first, length)) << range;
    }
    for (const std::string& range : {fmt::format("bytes={}-", size), std::string("bytes=-0")}) {
        socket.send(get("/file", "Range: " + range + "\r\n"));
        answer = socket.answer();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 416 ")) << range;
        EXPECT_THAT(answer, HasSubstr(fmt::format("Content-Range: bytes */{}\r\n", size)));
    }
    for (const char* lines :
         {"Range: bytes=9-5\r\n", "Range: bytes=0-1,3-4\r\n", "Range: lines=1-2\r\n", "Range: bytes=a-b\r\n",
          "Range: bytes=0-1\r\nIf-Range: \"other\"\r\n", "Range: bytes=0-1\r\nIf-Range: W/\"abc\"\r\n"}) {
        socket.send(get("/file", lines));
        answer = socket.answer();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 ")) << lines;
        EXPECT_EQ(body_of(answer).size(), size) << lines;
    }
    socket.send(get("/file", "Range: bytes=0-1\r\nIf-Range: \"abc\"\r\n"));
    EXPECT_THAT(socket.answer(), StartsWith("HTTP/1.1 206 "));
}

INSTANTIATE_TEST_SUITE_P(Sizes, Downloads, testing::Values(100, 64 * 1024, 64 * 1024 + 1, 5'000'000));

TEST(Downloads, OfAFileThatHasGoneIsNotFound) {
    Folder folder;
    Router router;
    router.add({.pattern = "/a",
                .handler = answering([&](Request&& request) { return file(request, folder.file("a"), {}); })});
    router.add({.pattern = "/b",
                .handler = answering([&](Request&&) { return Response{.body = FileBytes{folder.file("b"), 0, 10}}; })});
    const auto server = test::serve(std::move(router));
    RawSocket socket(server->port());
    socket.send(get("/a") + get("/b"));
    EXPECT_THAT(socket.answer(), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(socket.answer(), StartsWith("HTTP/1.1 404 "));
}

/// Gives `count` pieces, then an end, or an error.
Pull pieces(int count, bool is_faulty = false) {
    return [count, is_faulty, at = 0]() mutable -> Result<std::string> {
        if (at == count) {
            if (is_faulty) return fail_internal("on purpose");
            return std::string();
        }
        return fmt::format("row {}\n", at++);
    };
}

TEST(Streams, GoOutInChunksAndBreakOffWhenTheyFail) {
    Router router;
    router.add(
        {.pattern = "/rows", .handler = answering([](Request&&) { return Response{.body = Pulled{pieces(1000)}}; })});
    router.add(
        {.pattern = "/known", .handler = answering([](Request&&) { return Response{.body = Pulled{pieces(2), 12}}; })});
    router.add(
        {.pattern = "/short", .handler = answering([](Request&&) { return Response{.body = Pulled{pieces(2), 13}}; })});
    router.add(
        {.pattern = "/long", .handler = answering([](Request&&) { return Response{.body = Pulled{pieces(2), 11}}; })});
    router.add({.pattern = "/faulty",
                .handler = answering([](Request&&) { return Response{.body = Pulled{pieces(3, true)}}; })});
    const auto server = test::serve(std::move(router));

    auto client = *Client::create({.host = "127.0.0.1", .port = server->port()});
    std::string all;
    for (int i = 0; i < 1000; ++i) all += fmt::format("row {}\n", i);
    const auto rows = client->send({.target = "/rows"});
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->body, all);
    EXPECT_EQ(rows->headers.value("transfer-encoding"), "chunked");
    EXPECT_EQ(client->send({.target = "/known"})->body, "row 0\nrow 1\n");
    for (const char* target : {"/short", "/long", "/faulty"}) {
        const auto broken = client->send({.target = target});
        ASSERT_FALSE(broken) << target;
        EXPECT_EQ(broken.error().message, "http.broken_answer") << target;
    }
    RawSocket old(server->port());
    old.send("GET /rows HTTP/1.0\r\n\r\n");
    const std::string answer = old.until_closed();
    EXPECT_EQ(body_of(answer), all);
    EXPECT_THAT(answer, Not(HasSubstr("chunked")));
    RawSocket faulty(server->port());
    faulty.send(get("/faulty"));
    EXPECT_THAT(faulty.until_closed(), Not(HasSubstr("\r\n0\r\n\r\n")));
}

TEST(Streams, StopWhenTheReaderIsTooSlow) {
    Router router;
    std::atomic<int> made = 0;
    std::promise<void> gone;
    auto guard = std::shared_ptr<void>(nullptr, [&](void*) { gone.set_value(); });
    router.add({.pattern = "/endless",
                .handler = answering([&](Request&&) {
                    return Response{.body = Pulled{[&made, held = std::move(guard)]() -> Result<std::string> {
                                        ++made;
                                        return std::string(100'000, 'x');
                                    }}};
                })});
    Settings settings = test::quiet();
    settings.limits.sweep = milliseconds(5);
    settings.limits.body = milliseconds(20);
    settings.limits.bytes_per_second = 1'000'000'000;
    const auto server = test::serve(std::move(router), settings);
    RawSocket socket(server->port());
    socket.send(get("/endless"));
    gone.get_future().get();
    EXPECT_LT(made, 1000);
}

TEST(HttpClient, SendsAndSavesFiles) {
    Folder folder;
    const std::string bytes = pattern(2 * mebibyte);
    std::ofstream(folder.file("out"), std::ios::binary) << bytes;
    Router router;
    router.add({.method = Method::put,
                .pattern = "/file",
                .handler = answering([&](Request&& request) {
                    const std::uint64_t size = request.file->size();
                    return Response{.body = FileBytes{request.file->keep(), 0, size}};
                }),
                .body = BodyKind::file,
                .limit = 10 * mebibyte});
    Settings settings = test::quiet();
    settings.spool = folder.path();
    const auto server = test::serve(std::move(router), settings);
    auto client = *Client::create({.host = "127.0.0.1", .port = server->port()});
    const auto saved = client->send({.method = Method::put,
                                     .target = "/file",
                                     .body = FileBytes{folder.file("out"), 0, bytes.size()},
                                     .save_to = folder.file("in")});
    ASSERT_TRUE(saved) << saved.error().message << saved.error().detail;
    EXPECT_EQ(saved->saved, bytes.size());
    EXPECT_TRUE(content_of(folder.file("in")) == bytes);
    const auto missing = client->send({.target = "/none", .save_to = folder.file("none")});
    EXPECT_EQ(missing->status, 404);
    EXPECT_THAT(missing->body, HasSubstr("http.no_route"));
    EXPECT_FALSE(std::filesystem::exists(folder.file("none")));
}

TEST(HttpClient, ConnectsAgainWhenTheKeptConnectionHasGone) {
    Router router;
    router.add({.pattern = "/hello", .handler = answering([](Request&&) { return text("hello"); })});
    auto server = test::serve(std::move(router));
    Settings same = test::quiet();
    same.port = server->port();
    auto client = *Client::create({.host = "127.0.0.1", .port = same.port});
    EXPECT_EQ(client->send({.target = "/hello"})->body, "hello");
    server->stop();
    EXPECT_EQ(client->send({.target = "/hello"}).error().message, "http.cannot_connect");
    Router again;
    again.add({.pattern = "/hello", .handler = answering([](Request&&) { return text("again"); })});
    server = test::serve(std::move(again), same);
    EXPECT_EQ(client->send({.target = "/hello"})->body, "again");
    EXPECT_EQ(client->send({.target = "/he llo"}).error().message, "http.bad_target");
    EXPECT_EQ(client->send({.target = "/hello", .headers = {{"A", "b\r\nC: d"}}}).error().message, "http.bad_header");
}

}  // namespace
}  // namespace http
