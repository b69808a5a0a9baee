#include "core/files/file_reader.h"

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace files {
namespace {

std::unexpected<Error> damaged(std::string_view what, const std::string& path) {
    return not_as_kept("files.damaged", std::string(what) + ": " + path);
}

Result<void> read_exactly(int file, const std::string& path, std::uint64_t offset, std::span<std::byte> into) {
    while (!into.empty()) {
        const ssize_t count = ::pread(file, into.data(), into.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return disk_error("pread", path);
        if (count == 0) return damaged("a content's file is too short", path);
        into = into.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return {};
}

}  // namespace

Result<void> FileReader::append(Descriptor file, const std::string& path, const crypto::ContentKey& key,
                                std::uint64_t size) {
    struct stat state{};
    if (::fstat(file.number(), &state) != 0) return disk_error("fstat", path);
    if (static_cast<std::uint64_t>(state.st_size) != crypto::sealed_size(size))
        return damaged("a content's file has another size than it should", path);
    auto shared = std::make_shared<Descriptor>(std::move(file));
    const auto source = [shared, path](std::uint64_t offset, std::span<std::byte> into) {
        return read_exactly(shared->number(), path, offset, into);
    };
    segments_.push_back({size_, crypto::Opener(key, size, source), path});
    size_ += size;
    return {};
}

Result<std::size_t> FileReader::read(std::uint64_t offset, std::span<std::byte> into) {
    std::size_t done = 0;
    for (Segment& segment : segments_) {
        const std::uint64_t end = segment.begin + segment.opener.size();
        const bool empty = size_ == 0;  // an empty content is opened all the same, to see that it is whole
        if (!empty && (done == into.size() || offset < segment.begin || offset >= end)) continue;
        auto count = segment.opener.read(offset - segment.begin, into.subspan(done));
        if (!count && count.error().message == "crypto.not_authentic")
            return damaged("a content doesn't open", segment.path);
        const std::size_t read = TRY(std::move(count));
        done += read;
        offset += read;
    }
    return done;
}

Result<std::string> FileReader::read_all(std::uint64_t limit) {
    if (size_ > limit) return fail(ErrorCode::too_large, "files.too_large", {}, {{"limit", std::to_string(limit)}});
    std::string content(size_, '\0');
    TRY(read(0, std::as_writable_bytes(std::span(content))));
    return content;
}

Result<void> FileReader::each(const std::function<Result<void>(crypto::BytesView)>& visit) {
    crypto::Bytes piece(crypto::piece_size);
    for (std::uint64_t offset = 0; offset == 0 || offset < size_;) {
        const std::size_t count = TRY(read(offset, piece));
        TRY(visit(crypto::BytesView(piece).first(count)));
        if (count == 0) break;
        offset += count;
    }
    return {};
}

}  // namespace files
