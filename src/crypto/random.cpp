#include "crypto/random.h"

#include <cstdlib>

#include "base/log.h"
#include "crypto/sodium.h"

namespace crypto {

void ready() {
    static const bool done = [] {
        if (sodium_init() < 0) {
            logging::error("crypto.no_random");
            std::abort();
        }
        return true;
    }();
    static_cast<void>(done);
}

void fill_random(std::span<std::byte> bytes) {
    ready();
    if (!bytes.empty()) randombytes_buf(bytes.data(), bytes.size());
}

std::string random_token(std::size_t count) {
    Bytes bytes(count);
    fill_random(bytes);
    std::string token = base64url(bytes);
    wipe(bytes);
    return token;
}

}  // namespace crypto
