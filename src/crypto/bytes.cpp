#include "crypto/bytes.h"

#include <sodium.h>

#include "crypto/sodium.h"

namespace crypto {
namespace {

std::string encode(BytesView bytes, int variant) {
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), raw(bytes.data()), bytes.size(), variant);
    text.pop_back();  // its NUL
    return text;
}

Result<Bytes> decode(std::string_view text, int variant) {
    Bytes bytes(text.size() / 4 * 3 + 3);
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(raw(bytes.data()), bytes.size(), text.data(), text.size(), nullptr, &length, &end, variant) !=
            0 ||
        end != text.data() + text.size())
        return fail(ErrorCode::invalid, "crypto.bad_encoding");
    bytes.resize(length);
    return bytes;
}

}  // namespace

std::string base64url(BytesView bytes) {
    return encode(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
Result<Bytes> from_base64url(std::string_view text) {
    return decode(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
std::string base64(BytesView bytes) {
    return encode(bytes, sodium_base64_VARIANT_ORIGINAL);
}
Result<Bytes> from_base64(std::string_view text) {
    return decode(text, sodium_base64_VARIANT_ORIGINAL);
}

bool constant_time_equal(BytesView a, BytesView b) {
    return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

void wipe(std::span<std::byte> bytes) {
    if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

}  // namespace crypto
