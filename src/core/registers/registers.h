#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "core/registers/declaration.h"
#include "db/database.h"

/// The registers of this server. Declarations are read once and shared; a published change makes a new version.
namespace registers {

using DeclarationPointer = std::shared_ptr<const Declaration>;

/// All current declarations, read from the store when it was last changed. Safe from several threads.
class Catalogue {
  public:
    /// Loads the published declarations. Called at start and after each publication.
    Result<void> load(db::Reader&);
    /// The current version; null when there is none of that code.
    DeclarationPointer find(std::string_view code) const;
    DeclarationPointer find(RegisterId) const;
    /// The version a record was made with.
    DeclarationPointer find(RegisterId, int version) const;
    std::vector<DeclarationPointer> all() const;

  private:
    struct State;
    std::shared_ptr<const State> snapshot() const;
    std::shared_ptr<const State> state_;
    mutable std::mutex mutex_;
};

/// Publishes a declaration as the next version of its register: makes the table or adds columns, fills those of a
/// changed type for the records that are there, writes the version, the fields and the journal entry. The same text
/// again changes nothing. Errors: invalid (see read_declaration), conflict "registers.locked_field" (a field C++ relies
/// on is gone or changed).
Result<RegisterId> publish(const Scope&, db::Transaction&, std::string_view yaml);

/// Who may read its records is the newest version's to say, also of those made before it. When that has changed this is
/// told in the transaction that publishes, with the version before: records::place_again.
using Reread = std::function<Result<void>(db::Transaction&, const Declaration& before)>;

/// Publishes every shipped declaration (registers/*/register.yaml) that is new or changed; returns how many.
Result<int> publish_shipped(db::Database&, const Reread& = {});
/// The same for a folder that stands for the program's.
Result<int> publish_folder(db::Database&, const std::filesystem::path&, const Reread& = {});

struct Published {
    int registers = 0;
    /// In Vietnamese: values carried over to a changed type and those that can't be, states left out in which records
    /// stand.
    std::vector<std::string> says;
};
/// Publishes an office's own folder, or a folder of such folders (`congvu register add DIR`): what differs from the
/// current version becomes the next one, and no newer program writes over it. Errors beside publish's: what
/// `congvu register check` refuses of the folder.
Result<Published> add_folder(db::Database&, const std::filesystem::path&, const Reread& = {});

/// Fills the shared choice lists from rules/choices/*.yaml.
Result<void> load_choices(db::Database&);

}  // namespace registers
