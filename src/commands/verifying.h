#pragma once
#include <vector>

#include "commands/office.h"
#include "core/journal/verify.h"
#include "core/records/comparison.h"

/// Is an office as it was written? What `congvu journal verify`, a backup and a restore ask.
namespace commands {

struct Verified {
    ::journal::Report journal;
    records::Comparison records;
    /// The first fault of the journal, else of the records.
    const std::optional<Error>& fault() const { return journal.fault ? journal.fault : records.fault; }
};
/// The journal by itself, then every record against it. It may run while the server works.
Result<Verified> verify_office(Office&);

/// A content that can't be read to its end.
struct DamagedContent {
    std::int64_t file = 0;
    std::string name;
    Error why;
};
/// Reads every content the store names to its end; each piece shows by its tag that it is as it was sealed. What is
/// made anew from a content (its text, its pictures) isn't looked at.
Result<std::vector<DamagedContent>> damaged_contents(Office&);

}  // namespace commands
