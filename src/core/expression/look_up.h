#pragma once
#include <functional>

#include "base/id.h"
#include "core/expression/expression.h"
#include "db/database.h"

namespace expression {

/// Asks the store what exists, count or sum gives for the record whose values are given ("id" and "agency" among them;
/// a record not yet made has no "id"). The answer for evaluate's `look_up`.
Result<Value> look_up(db::Reader&, const Expression& aggregate, const Values& values);

/// The records for which a condition that holds is true: what its exists(…) find that it needs to hold, at most `limit`
/// of each; nothing where it asks no others. Rights are the caller's.
Result<std::vector<RecordId>> found(db::Reader&, const Expression& condition, const Values& values, int limit);

/// evaluate(), asking the store where the expression asks other records.
Result<Value> evaluate(const Expression&, const Values& values, db::Reader&);

}  // namespace expression
