#pragma once
#include "core/scope/scope.h"  // moved
