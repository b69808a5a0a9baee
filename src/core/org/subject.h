#pragma once
#include "core/scope/subject.h"  // moved
