#pragma once
#include "core/rights/rights.h"  // moved
