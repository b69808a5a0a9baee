#include "core/files/disk.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace files {

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

std::unexpected<Error> disk_error(std::string_view call, const std::filesystem::path& path) {
    const int why = errno;
    auto failure = fail(ErrorCode::unavailable, "files.disk");
    failure.error().detail = fmt::format("{} {}: {}", call, path.string(), std::strerror(why));
    return failure;
}

std::unexpected<Error> not_as_kept(std::string_view message, std::string detail) {
    auto failure = fail(ErrorCode::internal, message);
    failure.error().detail = std::move(detail);
    return failure;
}

Result<Descriptor> Disk::create(const std::filesystem::path& path) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) return disk_error("create", path);
    return file;
}

Result<void> Disk::append(const Descriptor& file, crypto::BytesView bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return disk_error("write", {});
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> Disk::sync(const Descriptor& file) {
    if (::fdatasync(file.number()) != 0) return disk_error("fdatasync", {});
    return {};
}

Result<void> Disk::sync_folder(const std::filesystem::path& folder) {
    const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!open || ::fsync(open.number()) != 0) return disk_error("fsync", folder);
    return {};
}

Result<void> Disk::sync_all(const std::filesystem::path& folder) {
    const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!open || ::syncfs(open.number()) != 0) return disk_error("syncfs", folder);
    return {};
}

Result<void> Disk::rename(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return disk_error("rename", to);
    return {};
}

Result<void> Disk::make_folder(const std::filesystem::path& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0) return sync_folder(folder.parent_path());
    if (errno == EEXIST) return {};
    if (errno != ENOENT || !folder.has_parent_path() || folder.parent_path() == folder)
        return disk_error("mkdir", folder);
    TRY(make_folder(folder.parent_path()));
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return disk_error("mkdir", folder);
    return sync_folder(folder.parent_path());
}

Result<void> Disk::remove(const std::filesystem::path& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return disk_error("unlink", path);
    return {};
}

Disk& Disk::real() {
    static Disk disk;
    return disk;
}

}  // namespace files
