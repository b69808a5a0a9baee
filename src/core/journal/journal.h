#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/id.h"
#include "core/scope/scope.h"
#include "db/database.h"

/// The one journal. Every action writes one entry in its own transaction; within a second the sequencer puts committed
/// entries in order into an RFC 6962 tree. Values stand apart from their salted hashes, so that they can be erased by
/// law.
namespace journal {

/// A value before and after. What is shown in a record's history.
struct Change {
    std::string field;
    boost::json::value before;
    boost::json::value after;
};

struct Entry {
    std::string_view action;  ///< "record.created", "step.opened", "file.downloaded" …
    RecordId record = {};
    RegisterId register_id = {};
    std::vector<Change> changes = {};  ///< one a field; those that change nothing are left out
    boost::json::object details = {};  ///< small, no personal data: counts, ids, codes
};

/// Writes one entry. Every action calls it in its own transaction.
Result<JournalEntryId> write(const Scope&, db::Transaction&, const Entry&);

}  // namespace journal
