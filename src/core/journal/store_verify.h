#pragma once
#include <optional>
#include <vector>

#include "core/journal/store.h"
#include "core/journal/verify.h"

// The SQL of looking through the whole journal.
namespace journal::store {

struct Leaf {
    std::int64_t position = 0;
    JournalEntryId entry;
    crypto::Digest hash{};
    std::optional<StoredEntry> content;  ///< nothing when the entry is gone
};
Result<std::vector<Leaf>> leaves(db::Reader&, std::int64_t first, int limit);
/// Of the entries at positions from `first` up to `end`, without it.
Result<std::vector<StoredValue>> values_at(db::Reader&, std::int64_t first, std::int64_t end);

struct Waiting {
    JournalEntryId entry;
    crypto::Digest leaf{};
    std::optional<StoredEntry> content;
};
Result<std::vector<Waiting>> waiting(db::Reader&);
/// An entry that is neither in the tree nor waiting.
Result<std::optional<JournalEntryId>> entry_outside(db::Reader&);
/// A value whose entry is gone.
Result<std::optional<JournalEntryId>> value_outside(db::Reader&);

// What the rest of the store says there must be an entry of. Those of records and files go through some thousands from
// an id on: `until` is the last they looked at, 0 behind the last of all.
struct Unwritten {
    std::int64_t row = 0;  ///< the first that has none, else 0
    std::int64_t until = 0;
};
/// A record without an entry of its making.
Result<Unwritten> record_not_made(db::Reader&, std::int64_t after);
/// A record whose last change has no entry.
Result<Unwritten> record_not_changed(db::Reader&, std::int64_t after);
/// A file without the entry it names, file.added.
Result<Unwritten> file_not_added(db::Reader&, std::int64_t after);
/// A record the journal says was made and that stands no more. `row` is the record, `until` an entry.
Result<Unwritten> record_gone(db::Reader&, std::int64_t after);
/// A file whose content or name is another than its entry says.
Result<Unwritten> file_changed(db::Reader&, std::int64_t after);
/// How many files were added, by the journal, that stand no more.
Result<std::int64_t> files_gone(db::Reader&);
/// Published versions of registers that have no entry.
Result<std::int64_t> versions_not_published(db::Reader&);

Result<std::vector<Said>> said_of_records(db::Reader&, RecordId after, RecordId until);

}  // namespace journal::store
