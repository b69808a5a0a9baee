#pragma once
#include <functional>

#include "core/expression/expression.h"
#include "db/database.h"

namespace expression {

/// Asks the store what exists, count or sum gives for the record whose values are given ("id" and "agency" among them;
/// a record not yet made has no "id"). The answer for evaluate's `look_up`.
Result<Value> look_up(db::Reader&, const Expression& aggregate, const Values& values);

/// evaluate(), asking the store where the expression asks other records.
Result<Value> evaluate(const Expression&, const Values& values, db::Reader&);

}  // namespace expression
