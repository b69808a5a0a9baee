#pragma once
#include <vector>

#include "core/records/records.h"

namespace records {

/// Every book that records of the register can be numbered in this year in the scope's agency, with its Vietnamese
/// label, whether it has begun or not: one for each choice of the fields that `per:` names. None where it names
/// something else: the book of a unit begins with its first number.
Result<std::vector<numbering::BookKey>> possible_books(const Scope&, db::Reader&, const registers::Declaration&);

}  // namespace records
