#pragma once
#include <memory>

#include "db/database.h"

namespace db::sqlite {

Result<std::unique_ptr<Database>> open(const Settings& settings);

}  // namespace db::sqlite
