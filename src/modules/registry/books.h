#pragma once
#include "modules/registry/registry.h"

namespace registry {
/// The books of a register are for who keeps them or adds to it, and, without numbering, for the chief of office and
/// the administrators, who keep the calendar, and the auditors, who read the journal.
Result<bool> may_read_books(const Scope&, db::Reader&, const registers::Declaration&);
/// Number books: the last number, held, reserved and cancelled ones with reasons, gaps, the yearly close.
void book_routes(service::Routes&, const records::Engine&);
}  // namespace registry
