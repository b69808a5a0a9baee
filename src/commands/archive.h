#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

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
    std::vector<Error> damage = {};            ///< what was accepted
    std::optional<Error> not_journalled = {};  ///< a backup is whole although the office could not write it down
};

/// What to do with an office that is not as it was written, when all but that can still be saved.
enum class Damage { refused, accepted };

/// Every content is read to its end first. Then the store is copied, then the contents it names: what is added
/// meanwhile is left out whole, so the copy is of one moment. The office's journal says so: backup.made. Errors:
/// not_found "commands.no_office"; corrupt "commands.damaged_contents" with {count, files}; those of Output and of
/// db::copy_to.
Result<Archived> write_archive(const std::filesystem::path& data, const std::filesystem::path& file,
                               Replace = Replace::no, Damage = Damage::refused);

/// Checks every byte against its hash before anything is opened, then the journal, the records against it, then the
/// contents against the store; the folder gets its name last, and a refused file leaves nothing behind, in the database
/// neither. Damage may be accepted of contents, of the journal and of records; the store and the keys must be whole.
/// Errors: corrupt "commands.bad_archive" with what is wrong, "commands.damaged_contents", "journal.fault_…"; conflict
/// "commands.in_use", "commands.database_in_use"; those of adopt_store.
Result<Archived> read_archive(const std::filesystem::path& file, const std::filesystem::path& data,
                              const std::string& database, Damage = Damage::refused);

struct Office;
/// Puts an extracted store in its place: the SQLite file, or into the PostgreSQL database named.
/// Errors: invalid "commands.needs_database", "commands.other_engine"; unavailable "db.restore_failed".
Result<void> adopt_store(const std::filesystem::path& folder, const std::string& database);
/// Errors: conflict "commands.database_in_use" when the PostgreSQL database holds tables.
Result<void> require_empty(const std::string& database);
/// Throws away what a restore that failed has put into a database that was empty before.
Result<void> make_empty(const std::string& database);
}  // namespace commands
