#pragma once
#include <optional>
#include <string>

#include "base/id.h"
#include "base/time.h"
#include "crypto/sha256.h"

// The exact bytes the journal vouches for (docs/protocols/journal.md). What is written here can never change.
namespace journal {

/// An entry as its row holds it.
struct StoredEntry {
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
    std::string details;  ///< JSON on one line; empty: none
    std::optional<crypto::Digest> values_hash;
};

/// The text whose RFC 6962 leaf hash stands in the tree.
std::string canonical_text(const StoredEntry&);

}  // namespace journal
