#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/journal/journal.h"

/// Reading the journal. The caller has checked access: to the record for its history, to the journal page for the rest.
namespace journal {

/// An entry as it is shown. Names of people, posts and fields are the caller's to add.
struct HistoryEntry {
    JournalEntryId id;
    Instant at;
    std::string action;
    AccountId account;
    PersonId person;
    PostId post;
    PersonId on_behalf_of;
    AgencyId agency;
    RegisterId register_id;
    RecordId record;
    boost::json::object details;
    std::vector<Change> changes;  ///< by field
    bool erased = false;          ///< it had values that were erased by law
};

struct Page {
    JournalEntryId before = {};  ///< entries older than this one; none: from the newest on
    int limit = 50;
};

/// What happened to a record, newest first, with values.
Result<std::vector<HistoryEntry>> history(db::Reader&, RecordId, const Page& = {.before = {}, .limit = 1000});

/// An act on a record, or a change of its state.
struct Turn {
    Instant at;
    std::string act;                               ///< code of the declared action; empty: another entry
    std::optional<std::string> state_before = {};  ///< where the state changed, and it had one
    bool state_changed = false;
};
/// What a record went through, newest first.
Result<std::vector<Turn>> turns(db::Reader&, RecordId);

/// Which entries the journal page shows; what is not set doesn't count.
struct Filter {
    AgencyId agency = {};
    PersonId person = {};
    std::string action = {};  ///< "record.created", or "record." for all of that family
    std::optional<Instant> from = {};
    std::optional<Instant> to = {};  ///< up to this moment, without it
};

/// Newest first, without values.
Result<std::vector<HistoryEntry>> entries(db::Reader&, const Filter&, const Page&);

/// How many entries are in the tree: an answer counted now can name this position and be recounted.
Result<std::int64_t> size(db::Reader&);
/// Where in the tree an entry is; nothing until the sequencer has put it there.
Result<std::optional<std::int64_t>> position(db::Reader&, JournalEntryId);

/// Erases all values of a record's entries by law; their hashes stay and the journal verifies as before.
/// Journal: journal.values_erased. `reason` is a code, as "retention_over". Gives how many values went.
Result<std::int64_t> erase_values(const Scope&, db::Transaction&, RecordId, std::string_view reason);
/// The same for single entries, which have no record or are only a part of one's.
Result<std::int64_t> erase_values(const Scope&, db::Transaction&, std::span<const JournalEntryId>,
                                  std::string_view reason);

}  // namespace journal
