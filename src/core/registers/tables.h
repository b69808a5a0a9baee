#pragma once
#include "core/registers/declaration.h"
#include "db/database.h"

namespace registers {

/// Makes r_<code>: record_id, agency_id and a column for each field with its helpers.
Result<void> make_table(db::Transaction&, const Declaration&);
/// Adds the columns that `before` lacks and fills key and folded columns of texts that were there already.
Result<void> add_columns(db::Transaction&, const Declaration& before, const Declaration& after,
                         const std::vector<std::string>& standing);
/// Makes the indexes of the book, the order and the unique fields; drops those of `before` that are no longer asked
/// for. Errors: conflict "registers.unique_broken".
Result<void> set_indexes(db::Transaction&, const Declaration* before, const Declaration& after);

}  // namespace registers
