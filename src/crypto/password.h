#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace crypto {

/// What one guess of a password costs: Argon2id (RFC 9106), one lane. The default is section 4's second choice.
struct PasswordCost {
    std::uint64_t passes = 3;
    std::size_t memory = std::size_t{64} << 20;  ///< bytes

    /// For tests: as little as the algorithm allows.
    static PasswordCost least() { return {1, 8192}; }
};

/// "$argon2id$v=19$m=65536,t=3,p=1$…": salt and cost stand in it. Errors: unavailable "crypto.no_memory".
Result<std::string> hash_password(std::string_view password, const PasswordCost& = {});

/// Compares in constant time. A stored text that is not such a hash is never right.
bool password_matches(std::string_view stored, std::string_view given);

/// Was it stored at another cost than this one? Then hash it anew at the next right password.
bool needs_rehash(std::string_view stored, const PasswordCost& = {});

}  // namespace crypto
