#include "core/registers/registers.h"

namespace registers {

Result<void> load_choices(db::Database&) { return {}; }

}  // namespace registers
