#include "crypto/password.h"

#include <gtest/gtest.h>

namespace crypto {
namespace {

const PasswordCost cheap = PasswordCost::least();

TEST(Password, only_the_right_one_matches) {
    const std::string stored = hash_password("Mật khẩu dài 15 ký tự", cheap).value();
    EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << stored;
    EXPECT_TRUE(password_matches(stored, "Mật khẩu dài 15 ký tự"));
    EXPECT_FALSE(password_matches(stored, "mật khẩu dài 15 ký tự"));
    EXPECT_FALSE(password_matches(stored, "Mật khẩu dài 15 ký tự "));
    EXPECT_FALSE(password_matches(stored, ""));
}

TEST(Password, the_same_twice_is_stored_differently) {
    EXPECT_NE(hash_password("một", cheap).value(), hash_password("một", cheap).value());
}

// From the test program of the reference implementation of Argon2, version 19.
TEST(Password, matches_the_reference_implementation) {
    EXPECT_TRUE(password_matches("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                                 "password"));
    EXPECT_FALSE(password_matches(
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "passwort"));
}

TEST(Password, what_is_no_hash_is_never_right) {
    const std::string stored = hash_password("", cheap).value();
    EXPECT_TRUE(password_matches(stored, ""));
    for (const std::string& bad : {std::string(), std::string("password"), std::string(500, '$'), stored + "x",
                                   stored.substr(0, stored.size() - 4), stored + std::string(1, '\0')})
        EXPECT_FALSE(password_matches(bad, "")) << bad;
}

TEST(Password, tells_when_to_hash_anew) {
    const std::string stored = hash_password("một", cheap).value();
    EXPECT_FALSE(needs_rehash(stored, cheap));
    EXPECT_TRUE(needs_rehash(stored, {.passes = 2, .memory = 8192}));
    EXPECT_TRUE(needs_rehash(stored, {.passes = 1, .memory = 16384}));
    EXPECT_TRUE(needs_rehash("$2y$05$something", cheap));
    EXPECT_TRUE(needs_rehash("", cheap));
}

}  // namespace
}  // namespace crypto
