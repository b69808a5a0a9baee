#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "base/time.h"
#include "core/files/vault.h"
#include "core/journal/sequencer.h"
#include "core/records/records.h"
#include "db/database.h"

/// A data folder opened: its store, migrated; its keys and files; its registers. What every command begins with.
namespace commands {

struct Office {
    std::filesystem::path data;
    std::string uuid;  ///< of this server
    std::unique_ptr<Clock> clock;
    std::unique_ptr<db::Database> database;
    std::unique_ptr<files::Vault> vault;
    records::Engine engine;

    /// The key that signs the journal's head.
    Result<::journal::Signer> signer() const;
};

enum class Opening {
    existing,  ///< refuses a folder that is none of ours
    fresh,     ///< makes it; refuses one that is in use
};

/// Reads DIR/congvu.json ({"database": address, "server": uuid}), opens and migrates the store, publishes the shipped
/// registers, choices, roles and calendars, loads the engine. `database` is for a fresh folder: empty means SQLite in
/// the folder. Errors: not_found "commands.no_office", conflict "commands.in_use", those of db, files and registers.
Result<std::unique_ptr<Office>> open_office(const std::filesystem::path& data, Opening,
                                            const std::string& database = {}, std::unique_ptr<Clock> clock = nullptr);

/// Errors: not_found "commands.no_office", conflict "commands.half_made", corrupt "commands.bad_settings".
Result<void> require_office(const std::filesystem::path& data);

/// Loads the catalogue and the calendar again after a change.
Result<void> refresh(Office&);

}  // namespace commands
