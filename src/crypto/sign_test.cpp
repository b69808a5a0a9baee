#include "crypto/sign.h"

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include "base/hex.h"
#include "crypto/key_file.h"
#include "crypto/random.h"

namespace crypto {
namespace {

class KeyFile : public testing::Test {
  protected:
    ~KeyFile() override { std::filesystem::remove_all(folder); }
    static std::string read(const std::filesystem::path& path) {
        std::ifstream file(path);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    static unsigned mode(const std::filesystem::path& path) {
        struct stat state{};
        ::stat(path.c_str(), &state);
        return state.st_mode & 0777;
    }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
    }

    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("congvu-keys-" + random_token(8));
};

Bytes from_hexadecimal(std::string_view text) {
    const std::string bytes = from_hex(text).value();
    return {bytes_of(bytes).begin(), bytes_of(bytes).end()};
}

// RFC 8032, section 7.1, tests 1, 2 and 3.
TEST(Sign, gives_the_published_signatures) {
    const struct {
        std::string_view seed, public_key, message, signature;
    } vectors[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
         "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
         "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
         "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
    };
    for (const auto& v : vectors) {
        const auto key = SigningKey::from_seed(Secret<32>(BytesView(from_hexadecimal(v.seed)).first<32>()));
        EXPECT_EQ(to_hex(key.public_key()), v.public_key);
        const Bytes message = from_hexadecimal(v.message);
        const Signature signature = key.sign(message);
        EXPECT_EQ(to_hex(signature), v.signature);
        EXPECT_TRUE(signature_matches(key.public_key(), message, signature));
    }
}

TEST(Sign, another_message_signature_or_key_does_not_match) {
    const SigningKey key, other;
    Signature signature = key.sign("Công vụ");
    EXPECT_FALSE(signature_matches(key.public_key(), "Công vu", signature));
    EXPECT_FALSE(signature_matches(other.public_key(), "Công vụ", signature));
    signature[63] ^= std::byte{1};
    EXPECT_FALSE(signature_matches(key.public_key(), "Công vụ", signature));
}

TEST_F(KeyFile, a_signing_key_is_made_once_and_then_loaded) {
    const auto path = folder / "journal.key";
    const PublicKey first = SigningKey::load_or_create(path).value().public_key();
    EXPECT_EQ(SigningKey::load_or_create(path).value().public_key(), first);
    EXPECT_EQ(mode(path), 0600u);
    EXPECT_EQ(mode(folder), 0700u);
    EXPECT_EQ(files(), 1u);
    EXPECT_TRUE(read(path).starts_with("-----BEGIN PRIVATE KEY-----\n")) << read(path);
}

// From RFC 8410, section 10.3; the public key from its section 10.1.
TEST_F(KeyFile, a_signing_key_made_by_openssl_is_read) {
    std::filesystem::create_directory(folder);
    const auto path = folder / "journal.key";
    ASSERT_TRUE(create_key_file(path,
                                "-----BEGIN PRIVATE KEY-----\n"
                                "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
                                "-----END PRIVATE KEY-----\n"));
    EXPECT_EQ(to_hex(SigningKey::load_or_create(path).value().public_key()),
              "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1");
}

TEST_F(KeyFile, a_secret_is_made_once_and_then_loaded) {
    const auto path = folder / "master.key";
    const auto first = load_or_create_secret(path).value();
    EXPECT_EQ(load_or_create_secret(path).value().bytes, first.bytes);
    EXPECT_EQ(mode(path), 0600u);
    EXPECT_NE(load_or_create_secret(folder / "other.key").value().bytes, first.bytes);
}

TEST_F(KeyFile, one_that_others_may_read_is_refused) {
    const auto path = folder / "master.key";
    ASSERT_TRUE(load_or_create_secret(path));
    ::chmod(path.c_str(), 0640);
    const auto refused = load_or_create_secret(path);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "crypto.key_file_open");
    EXPECT_EQ(SigningKey::load_or_create(path).error().message, "crypto.key_file_open");
}

TEST_F(KeyFile, what_is_malformed_is_refused_and_kept) {
    std::filesystem::create_directory(folder);
    const std::string hexadecimal(64, 'a');
    const std::string pem = "-----BEGIN PRIVATE KEY-----\n", end = "\n-----END PRIVATE KEY-----\n";
    const std::string contents[] = {"",
                                    hexadecimal,
                                    hexadecimal + "a\n",
                                    std::string(64, 'g') + "\n",
                                    pem + end,
                                    pem,
                                    pem + "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVh" + end,
                                    pem + "MC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC" + end};
    int number = 0;
    for (const std::string& content : contents) {
        const auto path = folder / std::to_string(++number);
        ASSERT_TRUE(create_key_file(path, content));
        EXPECT_EQ(load_or_create_secret(path).error().message, "crypto.bad_key_file") << content;
        EXPECT_EQ(SigningKey::load_or_create(path).error().message, "crypto.bad_key_file") << content;
        EXPECT_EQ(read(path), content);
    }
}

TEST_F(KeyFile, is_never_overwritten) {
    const auto path = folder / "a.key";
    ASSERT_TRUE(create_key_file(path, "first"));
    EXPECT_EQ(create_key_file(path, "second").error().message, "crypto.key_file_exists");
    EXPECT_EQ(read(path), "first");
    EXPECT_EQ(files(), 1u);
    EXPECT_EQ(read_key_file(folder / "none").value(), std::nullopt);
    EXPECT_EQ(read_key_file(folder).error().message, "crypto.key_file_unreadable");
    EXPECT_EQ(create_key_file("/proc/none/a.key", "x").error().message, "crypto.key_file_unwritable");
}

}  // namespace
}  // namespace crypto
