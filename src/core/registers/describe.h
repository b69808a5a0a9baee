#pragma once
#include <boost/json/object.hpp>

#include "core/registers/choices.h"
#include "core/registers/declaration.h"

namespace registers {

using ChoiceLists = std::map<std::string, std::vector<Choice>, std::less<>>;

/// A declaration as the browser needs it, in one language; the shape stands in docs/protocols/register.md.
/// Choices of a shared list are taken from `lists`.
boost::json::object describe(const Declaration&, Language, const ChoiceLists& lists);

/// The same with the shared lists as they hold on a day.
Result<boost::json::object> describe(db::Reader&, const Declaration&, Language, LocalDate today);

}  // namespace registers
