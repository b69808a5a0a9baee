#pragma once
#include "core/records/records.h"

/// The terms a declaration sets: `within:` of an action, `keep:` of the register.
namespace records {

/// An action that is to be done by a day.
struct Awaited {
    const registers::Action* action = nullptr;
    LocalDate by;
};
/// Those not done since the record came into a state they start from, whose condition holds; whoever may do them.
Result<std::vector<Awaited>> awaited(const Scope&, db::Reader&, const Engine&, const Record&);

/// The last year the record is kept: so many after the one it ended in. None: for ever, or it has not ended.
Result<std::optional<int>> kept_until(db::Reader&, const Record&);

}  // namespace records
