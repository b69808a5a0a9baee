#pragma once
#include <cstddef>

#include <sodium.h>

// Shared by the sources of this folder that call libsodium.
namespace crypto {

/// Makes libsodium ready, once; safe from several threads. Ends the program when the system gives no random numbers.
void ready();

inline unsigned char* raw(std::byte* bytes) {
    return reinterpret_cast<unsigned char*>(bytes);
}
inline const unsigned char* raw(const std::byte* bytes) {
    return reinterpret_cast<const unsigned char*>(bytes);
}

}  // namespace crypto
