#include "crypto/seal.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "crypto/random.h"
#include "crypto/sodium.h"

namespace crypto {
namespace {

Bytes content_of(std::size_t size) {
    Bytes content(size);
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<std::byte>(i * 31 + (i >> 8));
    return content;
}

Bytes seal(const ContentKey& key, BytesView content, std::size_t step = 10'000) {
    Bytes sealed;
    Sealer sealer(key, [&](BytesView bytes) -> Result<void> {
        sealed.insert(sealed.end(), bytes.begin(), bytes.end());
        return {};
    });
    for (std::size_t at = 0; at < content.size(); at += step)
        EXPECT_TRUE(sealer.add(content.subspan(at, std::min(step, content.size() - at))));
    EXPECT_TRUE(sealer.finish());
    return sealed;
}

Opener opener(const ContentKey& key, std::uint64_t size, const Bytes& sealed) {
    return Opener(key, size, [&sealed](std::uint64_t offset, std::span<std::byte> into) -> Result<void> {
        if (offset + into.size() > sealed.size()) return fail(ErrorCode::corrupt, "test.short");
        std::copy_n(sealed.begin() + static_cast<std::ptrdiff_t>(offset), into.size(), into.begin());
        return {};
    });
}

Result<Bytes> read_all(const ContentKey& key, std::uint64_t size, const Bytes& sealed) {
    Bytes content(size + 1);
    Opener open = opener(key, size, sealed);
    content.resize(TRY(open.read(0, content)));
    return content;
}

const std::size_t sizes[] = {
    0, 1, 15, piece_size - 1, piece_size, piece_size + 1, 2 * piece_size, 2 * piece_size + 7, 5 * piece_size - 1};

TEST(Seal, gives_back_contents_of_every_size) {
    for (const std::size_t size : sizes) {
        const ContentKey key = ContentKey::make();
        const Bytes content = content_of(size);
        const Bytes sealed = seal(key, content);
        EXPECT_EQ(sealed.size(), sealed_size(size)) << size;
        EXPECT_EQ(read_all(key, size, sealed).value(), content) << size;
        EXPECT_EQ(seal(key, content, size + 1), sealed) << "the steps it comes in don't matter";
    }
}

TEST(Seal, reads_ranges) {
    const ContentKey key = ContentKey::make();
    const Bytes content = content_of(3 * piece_size + 100);
    const Bytes sealed = seal(key, content);
    Opener open = opener(key, content.size(), sealed);
    const std::size_t offsets[] = {3 * piece_size + 99, 0, piece_size - 1, piece_size, 2 * piece_size + 5, 7};
    for (const std::size_t offset : offsets) {
        for (const std::size_t length : {std::size_t{1}, std::size_t{100}, piece_size + 2, content.size()}) {
            Bytes range(length);
            range.resize(open.read(offset, range).value());
            const Bytes expected(
                content.begin() + static_cast<std::ptrdiff_t>(offset),
                content.begin() + static_cast<std::ptrdiff_t>(std::min(offset + length, content.size())));
            EXPECT_EQ(range, expected) << offset << '+' << length;
        }
    }
    Bytes nothing(10);
    EXPECT_EQ(open.read(content.size(), nothing).value(), 0u);
    EXPECT_EQ(open.read(content.size() + 1, nothing).value(), 0u);
}

TEST(Seal, a_changed_byte_is_seen_wherever_it_is) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{20}, piece_size + 20}) {
        const ContentKey key = ContentKey::make();
        const Bytes sealed = seal(key, content_of(size));
        for (std::size_t at = 0; at < sealed.size(); at += at < 60 || at + 60 > sealed.size() ? 1 : 997) {
            Bytes changed = sealed;
            changed[at] ^= std::byte{4};
            const auto read = read_all(key, size, changed);
            ASSERT_FALSE(read) << size << " at " << at;
            EXPECT_EQ(read.error().message, "crypto.not_authentic");
        }
    }
}

TEST(Seal, pieces_moved_or_left_out_are_seen) {
    const ContentKey key = ContentKey::make();
    const std::size_t step = piece_size + piece_tag_size;
    const Bytes sealed = seal(key, content_of(3 * piece_size));
    const auto piece = [&](std::size_t index) {
        return sealed.begin() + static_cast<std::ptrdiff_t>(seal_head_size + index * step);
    };

    Bytes swapped = sealed;
    std::swap_ranges(swapped.begin() + seal_head_size,
                     swapped.begin() + static_cast<std::ptrdiff_t>(seal_head_size + step),
                     swapped.begin() + static_cast<std::ptrdiff_t>(seal_head_size + step));
    EXPECT_EQ(read_all(key, 3 * piece_size, swapped).error().message, "crypto.not_authentic");

    const Bytes cut(sealed.begin(), piece(2));  // as if the content had been shorter
    EXPECT_EQ(read_all(key, 2 * piece_size, cut).error().message, "crypto.not_authentic");

    Bytes longer = sealed;
    longer.insert(longer.end(), piece(2), piece(3));
    EXPECT_EQ(read_all(key, 4 * piece_size, longer).error().message, "crypto.not_authentic");
}

TEST(Seal, another_key_opens_nothing) {
    const Bytes sealed = seal(ContentKey::make(), content_of(100));
    EXPECT_EQ(read_all(ContentKey::make(), 100, sealed).error().message, "crypto.not_authentic");
}

TEST(Seal, the_errors_of_sink_and_source_are_given_back) {
    const ContentKey key = ContentKey::make();
    Sealer sealer(key, [](BytesView) -> Result<void> { return fail(ErrorCode::unavailable, "test.full"); });
    EXPECT_TRUE(sealer.add(content_of(piece_size)));
    EXPECT_EQ(sealer.add(content_of(1)).error().message, "test.full");
    const Bytes sealed = seal(key, content_of(100));
    EXPECT_EQ(read_all(key, 200, sealed).error().message, "test.short");
}

// What is on disk today must open in twenty years: the bytes themselves are fixed.
TEST(Seal, the_form_on_disk_stays) {
    ContentKey key;
    for (std::size_t i = 0; i < 32; ++i) key.bytes[i] = static_cast<std::byte>(i);
    EXPECT_EQ(to_hex(seal(key, bytes_of("abc"))), "63767365616c000183a8e2f663ea0a1fb78c3530a862889ffe3e14");
}

TEST(WrappedKey, opens_with_its_master_key_and_context_only) {
    MasterKey master, other;
    fill_random(master.bytes);
    fill_random(other.bytes);
    const ContentKey key = ContentKey::make();
    const Bytes wrapped = wrap_key(master, key, bytes_of("content 1"));
    EXPECT_EQ(wrapped.size(), 73u);
    EXPECT_NE(wrapped, wrap_key(master, key, bytes_of("content 1")));
    EXPECT_EQ(unwrap_key(master, wrapped, bytes_of("content 1")).value().bytes, key.bytes);
    EXPECT_EQ(unwrap_key(other, wrapped, bytes_of("content 1")).error().message, "crypto.wrong_master_key");
    EXPECT_EQ(unwrap_key(master, wrapped, bytes_of("content 2")).error().message, "crypto.wrong_master_key");
    EXPECT_EQ(unwrap_key(master, BytesView(wrapped).first(72), bytes_of("content 1")).error().message,
              "crypto.wrong_master_key");
    EXPECT_EQ(unwrap_key(master, {}, bytes_of("content 1")).error().message, "crypto.wrong_master_key");
}

// draft-irtf-cfrg-xchacha-03, appendix A.3.1: the cipher under all this is the published one.
TEST(WrappedKey, the_cipher_gives_the_published_bytes) {
    std::array<unsigned char, 32> key;
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<unsigned char>(0x80 + i);
    std::array<unsigned char, 24> nonce;
    for (std::size_t i = 0; i < nonce.size(); ++i) nonce[i] = static_cast<unsigned char>(0x40 + i);
    const std::string bound = from_hex("50515253c0c1c2c3c4c5c6c7").value();
    const std::string_view plain =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would "
        "be it.";
    Bytes sealed(plain.size() + piece_tag_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed.data()), nullptr, raw(bytes_of(plain).data()), plain.size(),
                                               raw(bytes_of(bound).data()), bound.size(), nullptr, nonce.data(),
                                               key.data());
    EXPECT_EQ(
        to_hex(sealed),
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c"
        "54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da97688"
        "12f615c68b13b52ec0875924c1c7987947deafd8780acf49");
}

}  // namespace
}  // namespace crypto
