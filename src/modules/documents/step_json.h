#pragma once
#include "modules/documents/documents.h"

namespace documents {

/// A post, unit or person as docs/protocols/api.md has it: {kind, id, label, detail}.
Result<boost::json::object> party_json(records::Shown&, SubjectId, std::optional<Instant> at = {});
/// The tree of a record's steps, with what the scope may do at each. Errors: not_found.
Result<std::vector<boost::json::object>> steps_json(const Scope&, db::Reader&, const records::Engine&, RecordId);

}  // namespace documents
