#include "crypto/seal.h"

#include <sodium.h>

#include "crypto/random.h"
#include "crypto/sha256.h"
#include "crypto/sodium.h"

namespace crypto {
namespace {

static_assert(piece_tag_size == crypto_aead_xchacha20poly1305_ietf_ABYTES);
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t key_tag_size = 48;
constexpr std::byte wrap_version{1};
// Stands before the pieces and is bound to each of them.
constexpr std::array<std::uint8_t, seal_head_size> head = {'c', 'v', 's', 'e', 'a', 'l', 0, 1};

using Nonce = std::array<std::byte, nonce_size>;

// 15 bytes from the key, 8 of the index, 1 for "last".
Nonce nonce_of(const ContentKey& key, std::uint64_t index, bool last) {
    Nonce nonce{};
    const Digest prefix = hmac_sha256(key.bytes, "congvu piece nonce");
    std::copy_n(prefix.begin(), 15, nonce.begin());
    for (int i = 0; i < 8; ++i) nonce[15 + static_cast<std::size_t>(i)] = static_cast<std::byte>(index >> (8 * i));
    nonce[23] = std::byte{last};
    return nonce;
}

}  // namespace

ContentKey ContentKey::make() {
    ContentKey key;
    fill_random(key.bytes);
    return key;
}

Sealer::Sealer(const ContentKey& key, Sink sink) : key_(key), sink_(std::move(sink)) {
    ready();
    piece_.reserve(piece_size);
    sealed_.reserve(seal_head_size + piece_size + piece_tag_size);
}

Result<void> Sealer::add(BytesView content) {
    while (!content.empty()) {
        // A full piece waits until it is known that something follows it.
        if (piece_.size() == piece_size) TRY(seal(Piece::middle));
        const std::size_t count = std::min(content.size(), piece_size - piece_.size());
        piece_.insert(piece_.end(), content.begin(), content.begin() + static_cast<std::ptrdiff_t>(count));
        content = content.subspan(count);
    }
    return {};
}

Result<void> Sealer::finish() {
    return seal(Piece::last);
}

Result<void> Sealer::seal(Piece which) {
    sealed_.clear();
    if (index_ == 0) std::ranges::copy(std::as_bytes(std::span(head)), std::back_inserter(sealed_));
    const std::size_t begin = sealed_.size();
    sealed_.resize(begin + piece_.size() + piece_tag_size);
    const Nonce nonce = nonce_of(key_, index_, which == Piece::last);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed_.data() + begin), nullptr, raw(piece_.data()), piece_.size(),
                                               head.data(), head.size(), nullptr, raw(nonce.data()),
                                               raw(key_.bytes.data()));
    piece_.clear();
    ++index_;
    return sink_(sealed_);
}

Opener::Opener(const ContentKey& key, std::uint64_t size, Source source)
    : key_(key), size_(size), source_(std::move(source)) {
    ready();
}

Result<std::size_t> Opener::read(std::uint64_t offset, std::span<std::byte> into) {
    std::size_t done = 0;
    // An empty content has a piece to open as well: otherwise nobody would see that it was replaced.
    if (size_ == 0) TRY(open(0));
    while (done < into.size() && offset < size_) {
        TRY(open(offset / piece_size));
        const std::size_t begin = offset % piece_size;
        const std::size_t count = std::min(into.size() - done, piece_.size() - begin);
        std::copy_n(piece_.begin() + static_cast<std::ptrdiff_t>(begin), count,
                    into.begin() + static_cast<std::ptrdiff_t>(done));
        done += count;
        offset += count;
    }
    return done;
}

Result<void> Opener::open(std::uint64_t index) {
    if (index == opened_) return {};
    if (!head_checked_) {
        std::array<std::byte, seal_head_size> found{};
        TRY(source_(0, found));
        if (!std::ranges::equal(found, std::as_bytes(std::span(head))))
            return fail(ErrorCode::corrupt, "crypto.not_authentic");
        head_checked_ = true;
    }
    const std::uint64_t begin = index * piece_size;
    const std::size_t length = static_cast<std::size_t>(std::min<std::uint64_t>(piece_size, size_ - begin));
    const bool last = begin + length == size_;
    opened_ = UINT64_MAX;
    sealed_.resize(length + piece_tag_size);
    TRY(source_(seal_head_size + index * (piece_size + piece_tag_size), sealed_));
    piece_.resize(length);
    const Nonce nonce = nonce_of(key_, index, last);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(piece_.data()), nullptr, nullptr, raw(sealed_.data()),
                                                   sealed_.size(), head.data(), head.size(), raw(nonce.data()),
                                                   raw(key_.bytes.data())) != 0)
        return fail(ErrorCode::corrupt, "crypto.not_authentic");
    opened_ = index;
    return {};
}

Bytes wrap_key(const MasterKey& master, const ContentKey& key, BytesView context) {
    ready();
    Bytes wrapped(1 + nonce_size + key_tag_size);
    wrapped[0] = wrap_version;
    fill_random(std::span(wrapped).subspan(1, nonce_size));
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(wrapped.data() + 1 + nonce_size), nullptr, raw(key.bytes.data()),
                                               key.bytes.size(), raw(context.data()), context.size(), nullptr,
                                               raw(wrapped.data() + 1), raw(master.bytes.data()));
    return wrapped;
}

Result<ContentKey> unwrap_key(const MasterKey& master, BytesView wrapped, BytesView context) {
    ready();
    ContentKey key;
    if (wrapped.size() != 1 + nonce_size + key_tag_size || wrapped[0] != wrap_version ||
        crypto_aead_xchacha20poly1305_ietf_decrypt(
            raw(key.bytes.data()), nullptr, nullptr, raw(wrapped.data() + 1 + nonce_size), key_tag_size,
            raw(context.data()), context.size(), raw(wrapped.data() + 1), raw(master.bytes.data())) != 0)
        return fail(ErrorCode::corrupt, "crypto.wrong_master_key");
    return key;
}

}  // namespace crypto
