#pragma once
#include <cstdint>
#include <functional>
#include <span>

#include "crypto/bytes.h"

/// Files at rest: XChaCha20-Poly1305 over pieces of 64 KiB, each open on its own, so that a range is read without the
/// rest. The nonce of a piece is made of its file's key, its index and whether it is the last one: a piece moved, left
/// out, or a file cut short doesn't open (the STREAM construction, Hoang, Reyhanitabar, Rogaway and Vizár 2015).
/// docs/protocols/blobs.md.
namespace crypto {

/// The key of one content. It seals one content once and is never used for another.
struct ContentKey : Secret<32> {
    using Secret<32>::Secret;
    static ContentKey make();
};

inline constexpr std::size_t piece_size = 64 << 10;
inline constexpr std::size_t piece_tag_size = 16;
inline constexpr std::size_t seal_head_size = 8;

/// Bytes on disk for so many bytes of content; an empty content has one empty piece.
constexpr std::uint64_t sealed_size(std::uint64_t content) {
    const std::uint64_t pieces = content == 0 ? 1 : (content + piece_size - 1) / piece_size;
    return seal_head_size + content + pieces * piece_tag_size;
}

/// Seals a content as it comes, 64 KiB at a time, memory flat.
class Sealer {
  public:
    /// `sink` takes the sealed bytes in order; its error is given back.
    using Sink = std::function<Result<void>(BytesView)>;
    Sealer(const ContentKey&, Sink sink);
    Result<void> add(BytesView content);
    /// Must be the last call: without it the content doesn't open.
    Result<void> finish();

  private:
    enum class Piece { middle, last };
    Result<void> seal(Piece);

    ContentKey key_;
    Sink sink_;
    Bytes piece_;
    Bytes sealed_;
    std::uint64_t index_ = 0;
};

/// Reads any range of a sealed content. Not for several threads at once.
class Opener {
  public:
    /// Fills the whole span from that offset of the sealed bytes.
    using Source = std::function<Result<void>(std::uint64_t offset, std::span<std::byte> into)>;
    /// `size` of the content, which the caller knows from elsewhere; the sealed bytes are sealed_size(size).
    Opener(const ContentKey&, std::uint64_t size, Source source);
    std::uint64_t size() const { return size_; }
    /// Reads at most into.size() bytes from `offset`; 0 at the end. Errors: the source's, corrupt
    /// "crypto.not_authentic".
    Result<std::size_t> read(std::uint64_t offset, std::span<std::byte> into);

  private:
    Result<void> open(std::uint64_t index);

    ContentKey key_;
    std::uint64_t size_;
    Source source_;
    Bytes sealed_;
    Bytes piece_;
    std::uint64_t opened_ = UINT64_MAX;  ///< index of the piece held
    bool head_checked_ = false;
};

/// The server's master key: it wraps the keys of contents and does nothing else.
struct MasterKey : Secret<32> {
    using Secret<32>::Secret;
};

/// `context` (the content's hash) is bound to it, so that wrapped keys can't change places. 73 bytes.
Bytes wrap_key(const MasterKey&, const ContentKey&, BytesView context);
/// Errors: corrupt "crypto.wrong_master_key".
Result<ContentKey> unwrap_key(const MasterKey&, BytesView wrapped, BytesView context);

}  // namespace crypto
