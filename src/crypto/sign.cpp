#include "crypto/sign.h"

#include <sodium.h>

#include "crypto/key_file.h"
#include "crypto/random.h"
#include "crypto/sodium.h"

namespace crypto {
namespace {

// RFC 8410: PrivateKeyInfo of an Ed25519 key is always these bytes and the seed.
constexpr std::array<std::uint8_t, 16> pkcs8_head = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                                     0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
constexpr std::string_view pem_begin = "-----BEGIN PRIVATE KEY-----\n";
constexpr std::string_view pem_end = "\n-----END PRIVATE KEY-----\n";

std::string pem_of(const Secret<32>& seed) {
    Secret<48> der;
    std::ranges::copy(std::as_bytes(std::span(pkcs8_head)), der.bytes.begin());
    std::ranges::copy(seed.bytes, der.bytes.begin() + pkcs8_head.size());
    return std::string(pem_begin) + base64(der.bytes) + std::string(pem_end);
}

Result<Secret<32>> seed_of(std::string_view pem, const std::filesystem::path& path) {
    const auto bad = fail(ErrorCode::corrupt, "crypto.bad_key_file", {}, {{"path", path.string()}});
    if (!pem.starts_with(pem_begin) || !pem.ends_with(pem_end) || pem.size() < pem_begin.size() + pem_end.size())
        return bad;
    pem.remove_prefix(pem_begin.size());
    pem.remove_suffix(pem_end.size());
    auto der = from_base64(pem);
    if (!der || der->size() != 48 ||
        !std::ranges::equal(BytesView(*der).first(16), std::as_bytes(std::span(pkcs8_head))))
        return bad;
    Secret<32> seed(BytesView(*der).last<32>());
    wipe(*der);
    return seed;
}

}  // namespace

SigningKey::SigningKey(const Secret<32>& seed) {
    ready();
    crypto_sign_seed_keypair(raw(public_key_.data()), raw(secret_.bytes.data()), raw(seed.bytes.data()));
}

SigningKey::SigningKey() : SigningKey(random_secret<32>()) {}

SigningKey SigningKey::from_seed(const Secret<32>& seed) {
    return SigningKey(seed);
}

Result<SigningKey> SigningKey::load_or_create(const std::filesystem::path& path) {
    std::optional<std::string> pem = TRY(read_key_file(path));
    if (!pem) {
        const auto seed = random_secret<32>();
        std::string fresh = pem_of(seed);
        auto created = create_key_file(path, fresh);
        wipe(std::as_writable_bytes(std::span(fresh)));
        if (created) return SigningKey(seed);
        if (created.error().message != "crypto.key_file_exists") return std::unexpected(std::move(created).error());
        pem = TRY(read_key_file(path));
    }
    auto seed = seed_of(pem.value_or(std::string()), path);
    if (pem) wipe(std::as_writable_bytes(std::span(*pem)));
    return SigningKey(TRY(std::move(seed)));
}

Signature SigningKey::sign(BytesView message) const {
    Signature signature;
    crypto_sign_detached(raw(signature.data()), nullptr, raw(message.data()), message.size(),
                         raw(secret_.bytes.data()));
    return signature;
}

bool signature_matches(const PublicKey& key, BytesView message, const Signature& signature) {
    ready();
    return crypto_sign_verify_detached(raw(signature.data()), raw(message.data()), message.size(), raw(key.data())) ==
           0;
}

}  // namespace crypto
