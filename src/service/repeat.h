#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/scope/scope.h"
#include "db/database.h"
#include "http/request.h"
#include "http/response.h"

namespace service {

/// A POST repeated with its Idempotency-Key gets the first answer again: the key, the account's, is kept with the
/// answer in the transaction of the write, for two days. What failed is not kept and may be tried again with the same
/// key.
class Repeat {
  public:
    Repeat() = default;
    /// `content` is whatever the answer depends on beside the path. Nothing is kept without a key or for another
    /// method. Errors: invalid "service.bad_key".
    static Result<Repeat> of(const http::Request&, std::string_view content);

    /// The first answer, when there was one. Errors: conflict "service.key_used_for_another".
    Result<std::optional<http::Response>> answered(const Scope&, db::Reader&) const;
    Result<void> keep(const Scope&, db::Transaction&, const http::Response&) const;

  private:
    std::string key_;
    std::string hash_;
};

/// Errors: invalid "service.key_required".
Result<void> require_key(const http::Request&);

}  // namespace service
