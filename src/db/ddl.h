#pragma once
#include <string>
#include <string_view>

namespace db {

/// A statement of the common dialect as PostgreSQL wants it; translate_ddl of database.h with the engine settled.
std::string postgresql_ddl(std::string_view statement);

}  // namespace db
