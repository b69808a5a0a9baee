// The state of EVP_MD_CTX can't be taken out; that of SHA256_CTX can, and it is as fast (SHA-NI, AVX2).
#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/sha256.h"

#include <cstring>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

namespace crypto {
namespace {

constexpr std::byte state_version{1};

struct Words {
    const std::array<std::uint32_t, 8>& words;
    std::uint64_t length;
    const std::array<std::byte, 64>& open;
};

SHA256_CTX context_of(const Words& from) {
    SHA256_CTX context;
    SHA256_Init(&context);
    std::memcpy(context.h, from.words.data(), sizeof context.h);
    const std::uint64_t bits = from.length << 3;
    context.Nl = static_cast<std::uint32_t>(bits);
    context.Nh = static_cast<std::uint32_t>(bits >> 32);
    context.num = static_cast<unsigned>(from.length % 64);
    std::memcpy(context.data, from.open.data(), 64);
    return context;
}

template <class Number>
void put(Bytes& into, Number number) {
    for (int shift = sizeof(Number) * 8 - 8; shift >= 0; shift -= 8)
        into.push_back(static_cast<std::byte>(number >> shift & 0xff));
}

template <class Number>
Number take(BytesView& from) {
    Number number = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i) number = number << 8 | std::to_integer<Number>(from[i]);
    from = from.subspan(sizeof(Number));
    return number;
}

}  // namespace

Sha256::Sha256() {
    SHA256_CTX context;
    SHA256_Init(&context);
    std::memcpy(words_.data(), context.h, sizeof context.h);
}

Sha256& Sha256::add(BytesView bytes) {
    if (bytes.empty()) return *this;
    SHA256_CTX context = context_of({words_, length_, open_});
    SHA256_Update(&context, bytes.data(), bytes.size());
    std::memcpy(words_.data(), context.h, sizeof context.h);
    std::memcpy(open_.data(), context.data, 64);
    length_ += bytes.size();
    return *this;
}

Digest Sha256::digest() const {
    SHA256_CTX context = context_of({words_, length_, open_});
    Digest digest;
    SHA256_Final(reinterpret_cast<unsigned char*>(digest.data()), &context);
    return digest;
}

Bytes Sha256::state() const {
    Bytes state{state_version};
    for (const std::uint32_t word : words_) put(state, word);
    put(state, length_);
    state.insert(state.end(), open_.begin(), open_.begin() + static_cast<std::ptrdiff_t>(length_ % 64));
    return state;
}

Result<Sha256> Sha256::resume(BytesView state) {
    if (state.size() < 41 || state[0] != state_version) return fail(ErrorCode::corrupt, "crypto.bad_hash_state");
    state = state.subspan(1);
    Sha256 hash;
    for (std::uint32_t& word : hash.words_) word = take<std::uint32_t>(state);
    hash.length_ = take<std::uint64_t>(state);
    if (state.size() != hash.length_ % 64) return fail(ErrorCode::corrupt, "crypto.bad_hash_state");
    std::copy(state.begin(), state.end(), hash.open_.begin());
    return hash;
}

Digest sha256(BytesView bytes) {
    return Sha256().add(bytes).digest();
}

Digest hmac_sha256(BytesView key, BytesView message) {
    Digest digest;
    unsigned length = 0;
    // A null key means "the key used before" to this function; an empty one is meant here.
    const void* start = key.empty() ? static_cast<const void*>("") : key.data();
    HMAC(EVP_sha256(), start, static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(message.data()),
         message.size(), reinterpret_cast<unsigned char*>(digest.data()), &length);
    return digest;
}

}  // namespace crypto
