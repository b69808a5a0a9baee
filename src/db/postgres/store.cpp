#include "db/postgres/store.h"

namespace db::postgres {

Result<std::unique_ptr<Database>> open(const Settings&) { return fail(ErrorCode::unavailable, "db.cannot_open"); }

}  // namespace db::postgres
