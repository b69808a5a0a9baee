#pragma once
#include <string>
#include <vector>

#include "core/journal/canonical.h"
#include "core/journal/head.h"
#include "core/journal/history.h"
#include "crypto/merkle.h"
#include "crypto/proof.h"
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
    JournalEntryId erased_by = {};  ///< the entry that says why

    bool erased() const { return !hash.empty(); }
    /// The stored hash of an erased value, else what its salt and texts give.
    Result<crypto::Digest> digest() const;
};

/// The columns of an entry from the first on: id, at, action … values_hash.
StoredEntry read_entry(const db::Row&);
/// entry_id, field, salt, before, after, hash, erased_by.
StoredValue read_value(const db::Row&);

// Writing.
Result<JournalEntryId> insert_entry(db::Transaction&, const StoredEntry&);
Result<void> insert_values(db::Transaction&, JournalEntryId, const std::vector<StoredValue>&);
Result<void> insert_pending(db::Transaction&, JournalEntryId, const crypto::Digest& leaf);
Result<void> erase_value(db::Transaction&, const StoredValue&, const crypto::Digest&, JournalEntryId by);

// Reading.
Result<std::optional<StoredEntry>> entry(db::Reader&, JournalEntryId);
Result<std::vector<StoredEntry>> entries_of(db::Reader&, RecordId, const Page&);
Result<std::vector<StoredEntry>> entries(db::Reader&, const Filter&, const Page&);
/// Acts and changes of state of a record, newest first; texts as they are stored.
struct StoredTurn {
    Instant at;
    std::string details;
    std::optional<std::string> state_before;
    bool state_changed = false;
};
Result<std::vector<StoredTurn>> turns(db::Reader&, RecordId);
/// Values of a record's entries between two of them, by entry and field.
Result<std::vector<StoredValue>> values_of(db::Reader&, RecordId, JournalEntryId first, JournalEntryId last);
Result<std::vector<StoredValue>> values_of(db::Reader&, JournalEntryId);
/// Those that were not erased, by entry and field.
Result<std::vector<StoredValue>> present_values(db::Reader&, RecordId);
Result<std::vector<StoredValue>> present_values(db::Reader&, std::span<const JournalEntryId>);

// The tree.
struct Pending {
    JournalEntryId entry;
    crypto::Digest leaf;
};
Result<bool> has_pending(db::Reader&);
/// The first of those that wait, by id.
Result<std::vector<Pending>> pending(db::Reader&, int limit);
/// Makes leaves from `position` on of all that wait up to this entry.
Result<void> move_pending(db::Transaction&, std::int64_t position, JournalEntryId last);
Result<std::int64_t> size(db::Reader&);
Result<std::optional<std::int64_t>> position(db::Reader&, JournalEntryId);
/// Leaves (level 0) or stored nodes from `first` on, at most `count`, up to the first that is missing.
Result<std::vector<crypto::Digest>> nodes(db::Reader&, const crypto::merkle::Node& first, std::uint64_t count);
Result<void> insert_node(db::Transaction&, const crypto::merkle::Node&, const crypto::Digest&);

// The heads.
Result<void> insert_head(db::Transaction&, const Head&);
Result<std::optional<Head>> last_head(db::Reader&);
/// The smallest that has this position in it.
Result<std::optional<Head>> head_over(db::Reader&, std::int64_t position);
Result<std::vector<Head>> heads(db::Reader&);

}  // namespace journal::store
