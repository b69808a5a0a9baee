#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace db::postgres {

/// What the server said about a statement that failed; never its DETAIL, where the values stand.
struct Complaint {
    std::string state;  ///< SQLSTATE, empty when the connection itself failed
    std::string message;
    std::string constraint;  ///< or the column that must not be null
};

Error translate(const Complaint& complaint, std::string_view name);
/// A fresh run of the closure may succeed (40001, 40P01, and a plan that a new column made stale).
bool is_conflict(const Complaint& complaint);
/// The server goes away, or the wire broke.
bool is_loss(const Complaint& complaint);

}  // namespace db::postgres
