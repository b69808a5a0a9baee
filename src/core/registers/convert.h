#pragma once
#include "core/registers/declaration.h"
#include "db/database.h"

namespace registers {

/// What the value of a field becomes in the field that took its place with another type: a number in another kind of
/// number when nothing is lost, a text that reads as what is wanted, anything but a linked record as the text people
/// see, in Vietnamese. Null when it can't be that.
Result<db::Value> converted(db::Reader&, const Field& from, const Field& to, const db::Value&, LocalDate today);

/// Adds ", column = value" with the key and the folded form that stand beside it.
void set_column(db::Query&, const Field&, const db::Value&);

/// The stored ICU key beside a listed text; null for null.
db::Value sort_key(const db::Value& text);
/// The folded form beside a searched text; null for null.
db::Value folded(const db::Value& text);

}  // namespace registers
