#include "crypto/sha256.h"

#include <gtest/gtest.h>

namespace crypto {
namespace {

struct Vector {
    std::string message;
    std::string_view digest;
};

// FIPS 180-4 examples and NIST's long one.
TEST(Sha256, gives_the_published_values) {
    const Vector vectors[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {std::string(1'000'000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
    for (const Vector& v : vectors) EXPECT_EQ(sha256_hex(v.message), v.digest) << v.message.substr(0, 10);
}

TEST(Sha256, goes_on_from_its_state_wherever_it_was_cut) {
    std::string message;
    for (int i = 0; i < 200; ++i) message += static_cast<char>(i * 7);
    const Digest whole = sha256(message);
    for (std::size_t cut = 0; cut <= message.size(); ++cut) {
        Sha256 first;
        first.add(std::string_view(message).substr(0, cut));
        const Bytes state = first.state();
        EXPECT_EQ(state.size(), 41 + cut % 64);
        auto resumed = Sha256::resume(state);
        ASSERT_TRUE(resumed);
        EXPECT_EQ(resumed->length(), cut);
        resumed->add(std::string_view(message).substr(cut));
        EXPECT_EQ(resumed->digest(), whole) << cut;
    }
}

TEST(Sha256, giving_the_digest_changes_nothing) {
    Sha256 hash;
    hash.add("ab");
    EXPECT_EQ(hash.digest(), sha256("ab"));
    hash.add("c");
    EXPECT_EQ(hash.digest(), sha256("abc"));
}

TEST(Sha256, refuses_a_state_that_is_none) {
    Bytes good = Sha256().add("abc").state();
    Bytes shorter(good.begin(), good.end() - 1);
    Bytes longer = good;
    longer.push_back({});
    Bytes newer = good;
    newer[0] = std::byte{9};
    for (const Bytes& bad : {Bytes{}, shorter, longer, newer}) {
        auto resumed = Sha256::resume(bad);
        ASSERT_FALSE(resumed);
        EXPECT_EQ(resumed.error().message, "crypto.bad_hash_state");
    }
}

// RFC 4231, cases 1, 2 and 6; and an empty key.
TEST(Hmac, gives_the_published_values) {
    const struct {
        std::string key, message;
        std::string_view code;
    } vectors[] = {
        {std::string(20, '\x0b'), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {"", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"},
    };
    for (const auto& v : vectors) EXPECT_EQ(to_hex(hmac_sha256(bytes_of(v.key), v.message)), v.code);
}

}  // namespace
}  // namespace crypto
