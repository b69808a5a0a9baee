#pragma once
#include "core/registers/store.h"

namespace registers {

/// What a field's column holds, as kept in register_field: a change of it is a new column.
std::string kept_type(const Field&);

/// Gives the fields of one version their permanent numbers and columns, and the key and folded columns that stand
/// beside them since any version.
void place_fields(Declaration&, const std::vector<store::FieldRow>&, const std::vector<std::string>& helper_columns);

/// Key and folded columns that a declaration whose fields are placed asks for.
std::vector<std::string> helper_columns(const Declaration&);

/// The versions of a register as published, each placed; oldest first. Errors: corrupt "registers.unreadable".
Result<std::vector<Declaration>> load_versions(db::Reader&, const store::RegisterRow&);

/// exists, count and sum of every declaration may look at all of them.
std::shared_ptr<const std::map<std::string, expression::Source, std::less<>>> sources_of(
    const std::vector<const Declaration*>&);

}  // namespace registers
