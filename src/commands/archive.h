#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "commands/output.h"

/// A whole office in one file: docs/protocols/backup.md. The format is ours and plain, so that a part can be found by
/// hand: a line of magic, then entries of "name length sha256\n" and their bytes, then "end count
/// sha256-of-all-before\n".
namespace commands {

struct Archived {
    std::int64_t contents = 0;
    std::int64_t bytes = 0;
    std::int64_t journal_entries = 0;
};

/// The store is copied first, then the contents it names: what is added meanwhile is left out whole, so the copy is of
/// one moment. Errors: not_found "commands.no_office"; those of Output and of db::copy_to.
Result<Archived> write_archive(const std::filesystem::path& data, const std::filesystem::path& file,
                               Replace = Replace::no);

/// Checks every byte against its hash before anything is opened, then the journal, then the contents against the store;
/// the folder gets its name last, and a refused file leaves nothing behind, in the database neither. Errors: corrupt
/// "commands.bad_archive" with what is wrong; conflict "commands.in_use", "commands.database_in_use"; those of
/// adopt_store.
Result<Archived> read_archive(const std::filesystem::path& file, const std::filesystem::path& data,
                              const std::string& database);

struct Office;
/// Puts an extracted store in its place: the SQLite file, or into the PostgreSQL database named.
/// Errors: invalid "commands.needs_database", "commands.other_engine"; unavailable "db.restore_failed".
Result<void> adopt_store(const std::filesystem::path& folder, const std::string& database);
/// Errors: conflict "commands.database_in_use" when the PostgreSQL database holds tables.
Result<void> require_empty(const std::string& database);
/// Throws away what a restore that failed has put into a database that was empty before.
Result<void> make_empty(const std::string& database);
/// Every content the store names can be opened.
Result<void> check_contents(Office&);

}  // namespace commands
