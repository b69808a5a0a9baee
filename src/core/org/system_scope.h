#pragma once
#include "core/scope/system_scope.h"  // moved
