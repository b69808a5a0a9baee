#include "db/connection.h"

#include <cmath>
#include <string>

#include "base/log.h"
#include "db/errors.h"

namespace db {
namespace {

/// Whether the bytes are UTF-8 without NUL: what both engines can keep (RFC 3629: no surrogates, nothing overlong).
bool is_keepable(std::string_view text) {
    const auto* at = reinterpret_cast<const unsigned char*>(text.data());
    const auto* const end = at + text.size();
    const auto follows = [&](int count) {
        if (end - at <= count) return false;
        for (int next = 1; next <= count; ++next) {
            if ((at[next] & 0xC0) != 0x80) return false;
        }
        return true;
    };
    while (at < end) {
        const unsigned char c = *at;
        if (c == 0) return false;
        if (c < 0x80) {
            at += 1;
        } else if (c >= 0xC2 && c <= 0xDF) {
            if (!follows(1)) return false;
            at += 2;
        } else if (c >= 0xE0 && c <= 0xEF) {
            if (!follows(2) || (c == 0xE0 && at[1] < 0xA0) || (c == 0xED && at[1] > 0x9F)) return false;
            at += 3;
        } else if (c >= 0xF0 && c <= 0xF4) {
            if (!follows(3) || (c == 0xF0 && at[1] < 0x90) || (c == 0xF4 && at[1] > 0x8F)) return false;
            at += 4;
        } else {
            return false;
        }
    }
    return true;
}

Result<void> check(std::string_view name, std::span<const Value> values) {
    for (const Value& value : values) {
        if (value.text() && !is_keepable(*value.text())) {
            return std::unexpected(error_of(ErrorCode::invalid, "base.bad_text", std::string(name)));
        }
        // SQLite would make it null without a word.
        if (value.real() && std::isnan(*value.real())) return fail_internal(named(name, "a value is not a number"));
    }
    return {};
}

}  // namespace

SlowTimer::SlowTimer(std::string_view name, std::chrono::milliseconds limit)
    : name_(name), limit_(limit), begun_(std::chrono::steady_clock::now()) {}

SlowTimer::~SlowTimer() {
    const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun_);
    if (taken >= limit_) logging::warning("db.slow", {{"sql", name_}, {"ms", std::to_string(taken.count())}});
}

Result<Rows> Connection::rows(std::string_view name, std::string_view text, std::span<const Value> values) {
    TRY(check(name, values));
    const SlowTimer timer(name, slow_);
    return do_rows(name, text, values);
}

Result<void> Connection::each(std::string_view name, std::string_view text, std::span<const Value> values,
                              const Visitor& visit) {
    TRY(check(name, values));
    return do_each(name, text, values, visit);
}

Result<std::int64_t> Connection::change(std::string_view name, std::string_view text, std::span<const Value> values) {
    TRY(check(name, values));
    const SlowTimer timer(name, slow_);
    return do_change(name, text, values);
}

}  // namespace db
