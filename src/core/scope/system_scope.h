#pragma once
#include "core/scope/scope.h"

/// The scope of the server itself: migrations, shipped registers, jobs. It has no account and sees nothing by grants.
inline Scope system_scope(Instant now) {
    Scope scope;
    scope.now = now;
    scope.today = local_date(now);
    scope.clearance = Secrecy::top_secret;
    scope.request = "system";
    return scope;
}
