#pragma once
#include <memory>

#include "db/database.h"

namespace db::postgres {

Result<std::unique_ptr<Database>> open(const Settings& settings);

}  // namespace db::postgres
