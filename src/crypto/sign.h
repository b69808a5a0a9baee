#pragma once
#include <array>
#include <filesystem>
#include <string_view>

#include "crypto/bytes.h"

/// Ed25519 (RFC 8032): the server's own signatures, as on the journal's head. Documents are signed elsewhere.
namespace crypto {

using PublicKey = std::array<std::byte, 32>;
using Signature = std::array<std::byte, 64>;

class SigningKey {
  public:
    /// A new one.
    SigningKey();
    static SigningKey from_seed(const Secret<32>& seed);
    /// From a PEM file (PKCS#8, as `openssl genpkey -algorithm ed25519` makes it), made when it is missing.
    /// Errors: those of key_file.h, corrupt "crypto.bad_key_file".
    static Result<SigningKey> load_or_create(const std::filesystem::path&);

    const PublicKey& public_key() const { return public_key_; }
    Signature sign(BytesView message) const;
    Signature sign(std::string_view message) const { return sign(bytes_of(message)); }

  private:
    explicit SigningKey(const Secret<32>& seed);
    Secret<64> secret_;
    PublicKey public_key_{};
};

bool signature_matches(const PublicKey&, BytesView message, const Signature&);
inline bool signature_matches(const PublicKey& key, std::string_view message, const Signature& signature) {
    return signature_matches(key, bytes_of(message), signature);
}

}  // namespace crypto
