#include "crypto/bytes.h"

#include <set>

#include <gtest/gtest.h>

#include "crypto/random.h"

namespace crypto {
namespace {

// RFC 4648 section 10.
TEST(Base64, gives_the_published_values) {
    const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, text] : vectors) {
        EXPECT_EQ(base64(bytes_of(plain)), text);
        const auto back = from_base64(text);
        ASSERT_TRUE(back) << text;
        EXPECT_EQ(text_of(*back), plain);
        const std::string url = base64url(bytes_of(plain));
        EXPECT_EQ(url, text.substr(0, text.find('=')));
        EXPECT_EQ(text_of(from_base64url(url).value()), plain);
    }
    EXPECT_EQ(base64url(bytes_of("\xfb\xff\xfe")), "-__-");
}

TEST(Base64, refuses_other_letters_and_bad_lengths) {
    for (const std::string_view bad : {"Zg", "Zg=", "Z", "Zm9v!", "Zm9v\n", " Zm9v", "Zh=="}) {
        const auto back = from_base64(bad);
        ASSERT_FALSE(back) << bad;
        EXPECT_EQ(back.error().message, "crypto.bad_encoding");
    }
    for (const std::string_view bad : {"Zg==", "Z", "Zm9v+", "-_/-"}) EXPECT_FALSE(from_base64url(bad)) << bad;
}

TEST(ConstantTimeEqual, compares) {
    EXPECT_TRUE(constant_time_equal("", ""));
    EXPECT_TRUE(constant_time_equal("abc", "abc"));
    EXPECT_FALSE(constant_time_equal("abc", "abd"));
    EXPECT_FALSE(constant_time_equal("abc", "ab"));
}

TEST(Random, tokens_are_long_and_never_the_same) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string token = random_token();
        EXPECT_EQ(token.size(), 43u);
        EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                  std::string::npos);
        EXPECT_TRUE(seen.insert(token).second);
    }
    EXPECT_EQ(random_token(16).size(), 22u);
    EXPECT_NE(random_bytes<16>(), random_bytes<16>());
}

TEST(Wipe, leaves_zeros) {
    Bytes bytes(40, std::byte{7});
    wipe(bytes);
    EXPECT_EQ(bytes, Bytes(40));
    wipe({});
}

}  // namespace
}  // namespace crypto
