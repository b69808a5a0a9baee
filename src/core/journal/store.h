#pragma once
#include <string>
#include <vector>

#include "core/journal/canonical.h"
#include "core/journal/history.h"
#include "crypto/merkle.h"
#include "crypto/sign.h"
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

// Writing.
Result<JournalEntryId> insert_entry(db::Transaction&, const StoredEntry&);
Result<void> insert_value(db::Transaction&, const StoredValue&);
Result<void> insert_pending(db::Transaction&, JournalEntryId, const crypto::Digest& leaf);
Result<void> erase_value(db::Transaction&, const StoredValue&, const crypto::Digest&);

// Reading.
Result<std::optional<StoredEntry>> entry(db::Reader&, JournalEntryId);
Result<std::vector<StoredEntry>> entries_of(db::Reader&, RecordId, const Page&);
Result<std::vector<StoredEntry>> entries(db::Reader&, const Filter&, const Page&);
/// Values of a record's entries between two of them, by entry and field.
Result<std::vector<StoredValue>> values_of(db::Reader&, RecordId, JournalEntryId first, JournalEntryId last);
Result<std::vector<StoredValue>> values_of(db::Reader&, JournalEntryId);
/// Those that were not erased, by entry and field.
Result<std::vector<StoredValue>> present_values(db::Reader&, RecordId);
Result<std::vector<StoredValue>> present_values(db::Reader&, std::span<const JournalEntryId>);

// The tree.
Result<std::int64_t> size(db::Reader&);
Result<std::optional<std::int64_t>> position(db::Reader&, JournalEntryId);

}  // namespace journal::store
