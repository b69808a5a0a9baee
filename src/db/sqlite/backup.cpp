#include "db/sqlite/backup.h"

#include <sqlite3.h>

#include "db/durable.h"

namespace db::sqlite {
namespace {

constexpr int pages_a_step = 1024;

int copy_pages(sqlite3* from, sqlite3* to) {
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup) return sqlite3_extended_errcode(to);
    int code = SQLITE_OK;
    while (code == SQLITE_OK) code = sqlite3_backup_step(backup, pages_a_step);
    const int finished = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? finished : code;
}

}  // namespace

Result<void> back_up(const Options& options, const std::filesystem::path& file) {
    const auto source = TRY(Connection::open(options));
    // One snapshot for all steps: otherwise each commit of the writer would start the copy again.
    TRY(source->start_reading());
    TRY(source->rows("db.backup", "select count(*) from sqlite_schema", {}));
    std::filesystem::path part = file;
    part += ".part";
    TRY(make_private(part));
    sqlite3* target = nullptr;
    int code = sqlite3_open_v2(part.c_str(), &target, SQLITE_OPEN_READWRITE, nullptr);
    if (code == SQLITE_OK) code = copy_pages(source->handle(), target);
    sqlite3_close(target);
    if (code != SQLITE_OK) return backup_failed(sqlite3_errstr(code), part);
    return put_in_place(part, file);
}

}  // namespace db::sqlite
