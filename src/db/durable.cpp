#include "db/durable.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "base/sync.h"
#include "db/errors.h"

namespace db {
std::unexpected<Error> backup_failed(std::string why, const std::filesystem::path& part) {
    ::unlink(part.c_str());
    Error error = error_of(ErrorCode::unavailable, "db.backup_failed", std::move(why));
    error.arguments = {{"path", part.string()}};
    return std::unexpected(std::move(error));
}

Result<void> make_private(const std::filesystem::path& file) {
    ::unlink(file.c_str());
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) return backup_failed(std::strerror(errno), file);
    ::close(made);
    return {};
}

Result<void> put_in_place(const std::filesystem::path& part, const std::filesystem::path& file) {
    if (!sync_to_disk(part) || ::rename(part.c_str(), file.c_str()) != 0)
        return backup_failed(std::strerror(errno), part);
    if (!sync_to_disk(std::filesystem::absolute(file).parent_path())) return backup_failed(std::strerror(errno), part);
    return {};
}

}  // namespace db
