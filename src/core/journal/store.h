#pragma once
#include <string>
#include <vector>

#include "core/journal/canonical.h"
#include "db/database.h"

// All the SQL of the journal.
namespace journal::store {

db::Blob blob(crypto::BytesView);
/// Errors: corrupt "journal.bad_row" when it has not 32 bytes.
Result<crypto::Digest> digest(const db::Blob&);

/// A value as its row holds it: JSON texts while it is there, the hash alone once it was erased.
struct StoredValue {
    JournalEntryId entry;
    std::string field;
    db::Blob salt;
    std::optional<std::string> before;
    std::optional<std::string> after;
    db::Blob hash;

    bool erased() const { return !hash.empty(); }
    /// The stored hash of an erased value, else what its salt and texts give.
    Result<crypto::Digest> digest() const;
};

Result<JournalEntryId> insert_entry(db::Transaction&, const StoredEntry&);
Result<void> insert_value(db::Transaction&, const StoredValue&);
Result<void> insert_pending(db::Transaction&, JournalEntryId, const crypto::Digest& leaf);

}  // namespace journal::store
