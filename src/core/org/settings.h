#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/scope/scope.h"
#include "db/database.h"

namespace org {

/// What an agency has set, else what holds for the whole server (agency 0); nothing when neither says.
Result<std::optional<std::string>> setting(db::Reader&, AgencyId, std::string_view code);

/// Sets it for the agency; nothing takes the agency's own value away. The caller has checked code and value.
/// Journal: setting.changed. Errors: invalid "org.bad_setting" (over 1,000 bytes).
Result<void> set_setting(const Scope&, db::Transaction&, AgencyId, std::string_view code,
                         const std::optional<std::string>& value);

/// Does a change of rights in that agency wait for a second person (NĐ 30/2020/NĐ-CP, Phụ lục VI, 3c)? Yes, unless the
/// setting second_confirmation says "no".
Result<bool> needs_second_person(db::Reader&, AgencyId);

}  // namespace org
