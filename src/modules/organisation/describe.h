#pragma once
#include "modules/organisation/right_changes.h"

/// How people, posts and changes are called on the page.
namespace organisation {

Result<std::string> person_name(db::Reader&, PersonId);
Result<Party> party_of(db::Reader&, PersonId);
/// The post with its unit beside it.
Result<Party> party_of(db::Reader&, const org::Tree&, PostId, LocalDate today);

/// What a change would do, in a sentence of the scope's language.
Result<std::string> describe(const Scope&, db::Reader&, const org::Tree&, Kind, const boost::json::object& content);

}  // namespace organisation
