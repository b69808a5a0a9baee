#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace crypto {

using Bytes = std::vector<std::byte>;
using BytesView = std::span<const std::byte>;

inline BytesView bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}
inline std::string_view text_of(BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// RFC 4648 section 5, without padding: fit for addresses, cookies and file names.
std::string base64url(BytesView);
/// Errors: invalid "crypto.bad_encoding".
Result<Bytes> from_base64url(std::string_view);
/// RFC 4648 section 4, with padding.
std::string base64(BytesView);
Result<Bytes> from_base64(std::string_view);

/// Takes as long whatever the bytes are. Lengths are no secret: different lengths are unequal at once.
bool constant_time_equal(BytesView, BytesView);
inline bool constant_time_equal(std::string_view a, std::string_view b) {
    return constant_time_equal(bytes_of(a), bytes_of(b));
}

/// Overwrites with zeros in a way the compiler keeps.
void wipe(std::span<std::byte>);

/// Bytes that are wiped when they go.
template <std::size_t N>
struct Secret {
    std::array<std::byte, N> bytes{};

    Secret() = default;
    explicit Secret(std::span<const std::byte, N> from) { std::copy(from.begin(), from.end(), bytes.begin()); }
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;
    ~Secret() { wipe(bytes); }
};

}  // namespace crypto
