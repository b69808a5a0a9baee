#include "crypto/password.h"

#include <array>

#include "crypto/sodium.h"

namespace crypto {
namespace {

// libsodium wants the text with a NUL, no longer than this with it.
bool fits(std::string_view stored) {
    return stored.size() < crypto_pwhash_STRBYTES && !stored.contains('\0');
}

}  // namespace

Result<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
    ready();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes, cost.memory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(ErrorCode::unavailable, "crypto.no_memory");
    return std::string(text.data());
}

bool password_matches(std::string_view stored, std::string_view given) {
    ready();
    if (!fits(stored)) return false;
    return crypto_pwhash_str_verify(std::string(stored).c_str(), given.data(), given.size()) == 0;
}

bool needs_rehash(std::string_view stored, const PasswordCost& cost) {
    ready();
    if (!fits(stored)) return true;
    return crypto_pwhash_str_needs_rehash(std::string(stored).c_str(), cost.passes, cost.memory) != 0;
}

}  // namespace crypto
