#include "service/repeat.h"

#include "crypto/sha256.h"

namespace service {

namespace {

constexpr std::size_t longest_key = 100;

constexpr db::Sql answered_before{"service.answered_before", R"(
    select request_hash, status, answer from idempotency where account_id = ?1 and key = ?2)"};
constexpr db::Sql keep_answer{"service.keep_answer", R"(
    insert into idempotency (account_id, key, request_hash, status, answer, created_at) values (?1, ?2, ?3, ?4, ?5, ?6))"};

}  // namespace

Result<void> require_key(const http::Request& request) {
    if (!request.headers.value("Idempotency-Key").empty()) return {};
    return fail(ErrorCode::invalid, "service.key_required", "Idempotency-Key");
}

Result<Repeat> Repeat::of(const http::Request& request, std::string_view content) {
    Repeat repeat;
    if (request.method != http::Method::post) return repeat;
    repeat.key_ = request.headers.value("Idempotency-Key");
    if (repeat.key_.empty()) return repeat;
    const bool is_plain = std::ranges::all_of(repeat.key_, [](char c) { return c > ' ' && c <= '~'; });
    if (repeat.key_.size() > longest_key || !is_plain) return fail(ErrorCode::invalid, "service.bad_key");
    repeat.hash_ = crypto::sha256_hex(request.path + "\n" + std::string(content));
    return repeat;
}

Result<std::optional<http::Response>> Repeat::answered(const Scope& scope, db::Reader& reader) const {
    if (key_.empty()) return std::optional<http::Response>();
    const auto before = TRY(reader.row(answered_before, scope.account, key_));
    if (!before) return std::optional<http::Response>();
    if (before->text(0) != hash_) return fail(ErrorCode::conflict, "service.key_used_for_another");
    if (before->text(2).empty()) return std::optional(http::no_content());
    return std::optional(http::json_text(before->text(2), static_cast<int>(before->integer(1))));
}

Result<void> Repeat::keep(const Scope& scope, db::Transaction& tx, const http::Response& answer) const {
    if (key_.empty()) return {};
    const auto* text = std::get_if<std::string>(&answer.body);
    TRY(tx.execute(keep_answer, scope.account, key_, hash_, answer.status, text ? *text : std::string(), tx.now()));
    return {};
}

}  // namespace service
