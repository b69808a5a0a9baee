#pragma once
#include <optional>
#include <vector>

#include "core/journal/store.h"

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

}  // namespace journal::store
