#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/registers/declaration.h"
#include "core/scope/scope.h"
#include "db/database.h"

/// Inside the folder: the rows of register, register_version, register_field and choice.
namespace registers::store {

struct RegisterRow {
    RegisterId id;
    std::string code;
    int current = 0;
    bool shipped = true;  ///< false once an office has published its own
};

struct VersionRow {
    int version = 0;
    std::string text;
    AccountId published_by;
};

/// A column and the time it served. `type` is what the column holds: "text", "decimal:2", "record:incoming".
struct FieldRow {
    std::int64_t id = 0;
    std::string code;
    std::string type;
    std::string column;
    int since = 0;
    std::optional<int> until;
    bool locked = false;
};

Result<std::vector<RegisterRow>> registers(db::Reader&);
Result<std::optional<RegisterRow>> find(db::Reader&, std::string_view code);
Result<std::vector<VersionRow>> versions(db::Reader&, RegisterId);
Result<std::vector<FieldRow>> fields(db::Reader&, RegisterId);
Result<std::int64_t> count_in_state(db::Reader&, RegisterId, std::string_view state);
Result<bool> has_choices(db::Reader&, std::string_view list);

Result<RegisterId> insert(db::Transaction&, std::string_view code, bool shipped);
Result<void> insert_version(const Scope&, db::Transaction&, RegisterId, int version, std::string_view text);
Result<void> put_field(db::Transaction&, RegisterId, const FieldRow&);
Result<void> set_current(db::Transaction&, RegisterId, int version);
/// From now on the program's declaration is not taken.
Result<void> keep_own(db::Transaction&, RegisterId);

}  // namespace registers::store
