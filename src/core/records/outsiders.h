#pragma once
#include "core/records/records.h"

namespace records {

/// Does a field that gives sight, a right or work name someone who is not of the record's agency? Another agency gets a
/// record of its own, by delivery.
Result<bool> names_outsider(const Scope&, db::Reader&, const Record&, const registers::Field&, const db::Value&);

}  // namespace records
