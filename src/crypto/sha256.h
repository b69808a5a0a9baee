#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/hex.h"
#include "crypto/bytes.h"

namespace crypto {

/// A SHA-256 value (FIPS 180-4).
using Digest = std::array<std::byte, 32>;

/// SHA-256 of bytes as they come. Its state can be kept and gone on from: a signature appended to a stored file is
/// hashed without reading the file again (design, idea 3).
class Sha256 {
  public:
    Sha256();
    Sha256& add(BytesView);
    Sha256& add(std::string_view text) { return add(bytes_of(text)); }
    /// Of all that was added so far; more may be added after.
    Digest digest() const;
    std::uint64_t length() const { return length_; }

    /// The state: version, the eight words, the length, then the bytes of the open block. 41 to 104 bytes.
    Bytes state() const;
    /// Errors: corrupt "crypto.bad_hash_state".
    static Result<Sha256> resume(BytesView state);

  private:
    std::array<std::uint32_t, 8> words_;
    std::uint64_t length_ = 0;
    std::array<std::byte, 64> open_{};  ///< the last length_ % 64 bytes
};

Digest sha256(BytesView);
inline Digest sha256(std::string_view text) {
    return sha256(bytes_of(text));
}
inline std::string sha256_hex(std::string_view text) {
    return to_hex(sha256(text));
}

/// RFC 2104 with SHA-256.
Digest hmac_sha256(BytesView key, BytesView message);
inline Digest hmac_sha256(BytesView key, std::string_view message) {
    return hmac_sha256(key, bytes_of(message));
}

}  // namespace crypto
