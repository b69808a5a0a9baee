#pragma once
#include "core/registers/declaration.h"
#include "db/database.h"

/// A field whose type changes goes on in a new column. Lists, filters and queues read the current version's column for
/// all records, so it is filled from the columns that the older records are read and written by.
namespace registers {

/// What stood in a field whose type changed.
struct CarriedOver {
    Field field;
    std::int64_t converted = 0;
    std::int64_t left = 0;  ///< can't be what the new type holds: it stays in the older records' forms alone
};

/// Fills the columns of `now` for the records of `before` that have another column for the field; of those changed
/// since a moment, when it is given. One item for each field that had values.
Result<std::vector<CarriedOver>> carry_over(db::Transaction&, const std::vector<Declaration>& before,
                                            const Declaration& now, std::optional<Instant> since = {});

/// What a server that had not yet heard of the newest versions wrote after they were published: filled again.
Result<void> carry_over_late(db::Database&);

/// Ties the versions of a register, placed, oldest first: points the fields of older ones at what lists read of them
/// (`successor`), gives the last one the states and choices that only older ones have, and the older ones its word on
/// who may read: `see`, and of fields it still has `visible_to`.
void tie_versions(std::vector<Declaration>& versions);

}  // namespace registers
