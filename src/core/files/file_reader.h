#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/files/disk.h"
#include "crypto/seal.h"

namespace files {

/// Reads a content from any place. Bytes that were changed on disk are never given: internal "files.damaged", its
/// detail names the file on disk.
/// Not for several threads at once.
class FileReader {
  public:
    std::uint64_t size() const { return size_; }
    /// At most into.size() bytes from `offset`; 0 at the end.
    Result<std::size_t> read(std::uint64_t offset, std::span<std::byte> into);
    /// The whole. Errors: too_large "files.too_large" when it has more than `limit` bytes.
    Result<std::string> read_all(std::uint64_t limit);
    /// In order, a piece at a time; stops at the first error `visit` returns.
    Result<void> each(const std::function<Result<void>(crypto::BytesView)>& visit);

  private:
    friend class Vault;
    struct Segment {
        std::uint64_t begin = 0;  ///< where in the content it begins
        crypto::Opener opener;
        std::string path;  ///< of the file on disk, for the log
    };
    /// `size` bytes of content after what is there already, sealed in this file.
    Result<void> append(Descriptor, const std::string& path, const crypto::ContentKey&, std::uint64_t size);

    std::vector<Segment> segments_;
    std::uint64_t size_ = 0;
};

}  // namespace files
