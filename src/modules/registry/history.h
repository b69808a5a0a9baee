#pragma once
#include "modules/registry/registry.h"

namespace registry {
enum class Reading { opened, history };
/// Journal: record.opened or record.history_read, of a labelled record before it is given; nothing of an ordinary one.
Result<void> note_reading(const Scope&, service::Host&, const records::Record&, Reading);
/// What happened to a record, newest first, with the values before and after of fields the scope may read.
Result<Listing> history(const records::Engine&, service::Host&, service::Asking&);
/// Who can see a record and why; with ?person=, only that person's reasons.
Result<std::vector<boost::json::object>> access_json(service::Asking&, const records::Record&);
/// Takes the fields this scope may not read out of a described declaration.
void hide_unreadable(const Scope&, const registers::Declaration&, boost::json::object& described);
}  // namespace registry
