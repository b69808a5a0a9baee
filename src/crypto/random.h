#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "crypto/bytes.h"

namespace crypto {

/// From the system's generator; it never fails and never blocks once the machine has started.
void fill_random(std::span<std::byte>);

template <std::size_t N>
std::array<std::byte, N> random_bytes() {
    std::array<std::byte, N> bytes;
    fill_random(bytes);
    return bytes;
}

template <std::size_t N>
Secret<N> random_secret() {
    Secret<N> secret;
    fill_random(secret.bytes);
    return secret;
}

/// Something nobody guesses, in base64url: 32 bytes give 43 characters.
std::string random_token(std::size_t bytes = 32);

}  // namespace crypto
