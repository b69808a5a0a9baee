#pragma once
#include <optional>

#include "core/records/records.h"
#include "db/database.h"

namespace records {

/// What a comparison of all records with the journal found.
struct Comparison {
    std::int64_t records = 0;
    std::int64_t values = 0;
    /// The first record that is not as the journal says: corrupt "journal.fault_record_differs" with {record, field}.
    std::optional<Error> fault = {};
};

/// Compares every field of every record, and its state where it was ever changed, with what the journal said of it
/// last. Values that were erased by law can't be compared. It may run while the server works; the journal itself is
/// journal::verify's.
Result<Comparison> compare_with_journal(db::Database&, const Engine&);

}  // namespace records
