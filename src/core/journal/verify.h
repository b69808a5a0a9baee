#pragma once
#include <optional>
#include <span>

#include "base/id.h"
#include "base/result.h"
#include "core/journal/head.h"
#include "db/database.h"

namespace journal {

/// What a look through the whole journal found.
struct Report {
    std::int64_t entries = 0;  ///< read in the tree, up to the fault
    std::int64_t values = 0;   ///< of them compared with their hashes
    std::int64_t erased = 0;   ///< erased by law, hash kept
    std::int64_t heads = 0;    ///< signed heads found right
    std::int64_t waiting = 0;  ///< written, not yet in the tree
    crypto::Digest root{};     ///< of the entries read
    /// The first fault: a message with the position or entry in its arguments. Nothing when the journal is whole.
    std::optional<Error> fault = {};
    std::optional<std::int64_t> fault_position = {};
};

/// Reads every entry, value, leaf, node and head again and compares. It may run while the server works.
/// `trusted` are the keys this server has signed with; when empty, whose key signed is not asked.
Result<Report> verify(db::Database&, std::span<const crypto::PublicKey> trusted = {});

/// A value an entry said a record's field has from then on.
struct Said {
    RecordId record;
    std::string field;
    std::optional<std::string> after;  ///< JSON; nothing: empty from then on, or erased
    bool erased = false;
};
/// Of the records behind `after`, up to `until`, in the order of the entries: those of making and changing a record
/// alone, which name its register.
Result<std::vector<Said>> said_of_records(db::Reader&, RecordId after, RecordId until);

}  // namespace journal
