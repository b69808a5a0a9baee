#include "http/request.h"

#include <gtest/gtest.h>

#include "http/target_check.h"

namespace http {
namespace {

std::string path_of(std::string_view target) {
    Request request;
    const Result<void> read = read_target(target, "congvu.test", request);
    return read ? request.path : read.error().message;
}

TEST(Request, PathIsDecodedAndCantClimb) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"/", "/"},
        {"/a/b", "/a/b"},
        {"/a/b/", "/a/b"},
        {"/a?b=/../c", "/a"},
        {"/c%C3%B4ng%20v%C4%83n", "/công văn"},
        {"/a+b", "/a+b"},
        {"/a/...", "/a/..."},
        {"/%41", "/A"},
        {"http://congvu.test/a?b", "/a"},
        {"HTTPS://Congvu.Test", "/"},
        {"http://congvu.test?b", "/"},
        {"http://other.test/a", "http.bad_target"},
        {"congvu.test:443", "http.bad_target"},
        {"*", "http.bad_target"},
        {"", "http.bad_target"},
        {"a", "http.bad_target"},
        {"/..", "http.bad_target"},
        {"/a/../b", "http.bad_target"},
        {"/a/%2e%2E/b", "http.bad_target"},
        {"/a/./b", "http.bad_target"},
        {"/a//b", "http.bad_target"},
        {"//a", "http.bad_target"},
        {"/a%2fb", "http.bad_target"},
        {"/a%5cb", "http.bad_target"},
        {"/a\\b", "http.bad_target"},
        {"/a%00", "http.bad_target"},
        {"/a%0a", "http.bad_target"},
        {"/a%7f", "http.bad_target"},
        {"/a%", "http.bad_target"},
        {"/a%4", "http.bad_target"},
        {"/a%zz", "http.bad_target"},
        {"/%ff", "http.bad_target"},
        {"/%c0%af", "http.bad_target"},
        {"/%ed%a0%80", "http.bad_target"},
        {"/a#b", "http.bad_target"},
        {"/a?b=%ff", "http.bad_target"},
        {"/a?b=%00", "http.bad_target"},
        {"/a?b=%", "http.bad_target"},
    };
    for (const auto& [target, path] : cases) {
        EXPECT_EQ(path_of(target), path) << target;
        EXPECT_EQ(target_fault(target), "") << target;
    }
    Request all{.method = Method::options};
    EXPECT_TRUE(read_target("*", "", all));
}

TEST(Request, QueryIsAMultiMap) {
    Request request;
    ASSERT_TRUE(read_target("/a?q=h%E1%BB%8Dp+giao%2Bban&x=1&x=2&empty=&bare&&=y", "", request));
    EXPECT_EQ(request.query.value("q"), "họp giao+ban");
    EXPECT_EQ(request.query.all("x"), (std::vector<std::string_view>{"1", "2"}));
    EXPECT_EQ(request.query.find("empty"), "");
    EXPECT_EQ(request.query.find("bare"), "");
    EXPECT_EQ(request.query.find(""), "y");
    EXPECT_FALSE(request.query.find("Q"));
    std::string many = "/a?";
    for (int i = 0; i < 257; ++i) many += "a&";
    EXPECT_EQ(path_of(many), "http.bad_target");
}

TEST(Request, TargetsHoldWhatTheyMustWhenTheyAreBent) {
    std::uint64_t state = 0x9E3779B97F4A7C15ULL;
    const auto next = [&](std::size_t below) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return static_cast<std::size_t>(state % below);
    };
    const std::string_view pieces[] = {"/",
                                       "%2e",
                                       "..",
                                       "%2f",
                                       "?",
                                       "&",
                                       "=",
                                       "%00",
                                       "%c3%b4",
                                       "%",
                                       "#",
                                       "\\",
                                       "a",
                                       "+",
                                       "ô",
                                       "%25",
                                       "http://congvu.test"};
    for (int i = 0; i < 20'000; ++i) {
        std::string target = "/";
        for (std::size_t count = next(8); count > 0; --count)
            target.insert(next(target.size() + 1), pieces[next(std::size(pieces))]);
        ASSERT_EQ(target_fault(target), "") << target;
    }
}

TEST(Request, FindsHeadersAndCookies) {
    Request request;
    request.headers = {
        {"Cookie", "a=1; congvu=abc=; ab=2"}, {"cookie", "c=3"}, {"Content-Type", "Application/JSON; charset=utf-8"}};
    EXPECT_EQ(request.headers.find("cookIE"), "a=1; congvu=abc=; ab=2");
    EXPECT_FALSE(request.headers.find("cooki"));
    EXPECT_EQ(request.cookie("congvu"), "abc=");
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("ab"), "2");
    EXPECT_EQ(request.cookie("c"), "3");
    EXPECT_FALSE(request.cookie("b"));
    EXPECT_FALSE(request.cookie("cong"));
    EXPECT_EQ(request.media_type(), "application/json");
    request.headers.set("COOKIE", "d=4");
    EXPECT_EQ(request.headers.size(), 2U);
    EXPECT_EQ(request.cookie("d"), "4");
}

TEST(Request, KnowsItsLanguage) {
    const std::pair<std::string_view, Language> cases[] = {
        {"", Language::vi},
        {"vi-VN,vi;q=0.9,en;q=0.8", Language::vi},
        {"en-US,en;q=0.9,vi;q=0.8", Language::en},
        {"fr, EN;q=0.5", Language::en},
        {"fr", Language::vi},
        {"english", Language::vi},
    };
    for (const auto& [header, language] : cases) {
        Request request;
        if (!header.empty()) request.headers.add("Accept-Language", header);
        EXPECT_EQ(request.language(), language) << header;
    }
}

TEST(Request, GivesFileNamesWithoutFolders) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"C%C3%B4ng%20v%C4%83n.pdf", "Công văn.pdf"},
        {"a/b.pdf", "b.pdf"},
        {"C:%5Cb.pdf", "b.pdf"},
        {"..", "http.bad_file_name"},
        {"", "http.bad_file_name"},
        {"a/", "http.bad_file_name"},
        {"a%0Ab", "http.bad_file_name"},
        {"%ff", "http.bad_file_name"},
        {"a%00b", "http.bad_file_name"},
        {"%2", "http.bad_file_name"},
    };
    for (const auto& [header, name] : cases) {
        Request request;
        request.headers.add("X-File-Name", header);
        const Result<std::string> read = request.file_name();
        EXPECT_EQ(read ? *read : read.error().message, name) << header;
    }
}

TEST(Request, CountsTheLettersOfAFileName) {
    std::string longest;
    for (int i = 0; i < 255; ++i) longest += "ữ";
    Request request;
    request.headers.add("X-File-Name", percent_encoded(longest));
    ASSERT_TRUE(request.file_name());
    EXPECT_EQ(*request.file_name(), longest);
    Request longer;
    longer.headers.add("X-File-Name", percent_encoded(longest + "a"));
    EXPECT_FALSE(longer.file_name());
}

TEST(Request, IdsAreRowNumbers) {
    const std::pair<std::string, std::int64_t> cases[] = {{"17", 17},
                                                          {"9223372036854775807", INT64_MAX},
                                                          {"9223372036854775808", 0},
                                                          {"0", 0},
                                                          {"-1", 0},
                                                          {"1a", 0},
                                                          {"+1", 0},
                                                          {" 1", 0},
                                                          {"", 0}};
    for (const auto& [text, value] : cases) {
        Request request;
        request.places.emplace_back("record", text);
        const Result<RecordId> id = request.id<RecordId>("record");
        EXPECT_EQ(id ? id->value : 0, value) << text;
        EXPECT_TRUE(id || id.error().code == ErrorCode::not_found);
    }
}

TEST(Request, PercentEncodingRoundTrips) {
    for (const std::string text : {"", "a-b.c_d~e", "công văn số 12/QĐ", "100%", "a\"b\\c"}) {
        EXPECT_EQ(percent_decoded(percent_encoded(text)), text);
    }
    EXPECT_EQ(percent_encoded("ô/"), "%C3%B4%2F");
}

}  // namespace
}  // namespace http
