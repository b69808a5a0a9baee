#include "db/sqlite/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstring>

#include "db/errors.h"

namespace db::sqlite {
namespace {

constexpr int pages_a_step = 1024;

std::unexpected<Error> failed(std::string_view what, std::string_view why, const std::filesystem::path& file) {
    Error error = error_of(ErrorCode::unavailable, "db.backup_failed", named(what, why));
    error.arguments = {{"path", file.string()}};
    return std::unexpected(std::move(error));
}

int copy_pages(sqlite3* from, sqlite3* to) {
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup) return sqlite3_extended_errcode(to);
    int code = SQLITE_OK;
    while (code == SQLITE_OK) code = sqlite3_backup_step(backup, pages_a_step);
    const int finished = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? finished : code;
}

bool make_durable(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    const bool synced = ::fsync(file) == 0;
    ::close(file);
    return synced;
}

Result<void> copy(Connection& source, const std::filesystem::path& part) {
    const int made = ::open(part.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (made < 0) return failed("open", std::strerror(errno), part);
    ::close(made);
    // One snapshot for all steps: otherwise each commit of the writer would start the copy again.
    TRY(source.start_reading());
    TRY(source.rows("db.backup", "select count(*) from sqlite_schema", {}));
    sqlite3* target = nullptr;
    int code = sqlite3_open_v2(part.c_str(), &target, SQLITE_OPEN_READWRITE, nullptr);
    if (code == SQLITE_OK) code = copy_pages(source.handle(), target);
    sqlite3_close(target);
    if (code != SQLITE_OK) return failed("copy", sqlite3_errstr(code), part);
    return {};
}

}  // namespace

Result<void> back_up(const Options& options, const std::filesystem::path& file) {
    const auto source = TRY(Connection::open(options));
    std::filesystem::path part = file;
    part += ".part";
    auto done = copy(*source, part);
    if (done && !make_durable(part)) done = failed("sync", std::strerror(errno), part);
    if (done && ::rename(part.c_str(), file.c_str()) != 0) done = failed("rename", std::strerror(errno), file);
    if (!done) {
        ::unlink(part.c_str());
        return done;
    }
    const auto folder = std::filesystem::absolute(file).parent_path();
    if (!make_durable(folder)) return failed("sync", std::strerror(errno), folder);
    return {};
}

}  // namespace db::sqlite
