#include "db/sqlite/errors.h"

#include <sqlite3.h>

#include "db/errors.h"
#include "db/lexer.h"

namespace db::sqlite {
namespace {

/// "UNIQUE constraint failed: post.unit_id, post.code" → "post.unit_id, post.code"
std::string columns(std::string_view message) {
    const auto at = message.find("failed: ");
    return std::string(at == std::string_view::npos ? message : message.substr(at + 8));
}

Error constraint(int code, std::string_view name, std::string_view message) {
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return error_of(ErrorCode::conflict, "db.duplicate", columns(message));
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return error_of(ErrorCode::conflict, "db.in_use", named(name, message));
        case SQLITE_CONSTRAINT_CHECK:
        case SQLITE_CONSTRAINT_NOTNULL:
            return error_of(ErrorCode::conflict, "db.refused", columns(message));
        case SQLITE_CONSTRAINT_TRIGGER:
            return error_of(ErrorCode::conflict, "db.refused", std::string(message));
        default:
            return fail_internal(named(name, without_quoted(message))).error();
    }
}

}  // namespace

Error translate(int code, std::string_view name, std::string_view message) {
    const std::string detail = named(name, without_quoted(message));
    switch (code & 0xFF) {
        case SQLITE_CONSTRAINT:
            return constraint(code, name, message);
        case SQLITE_FULL:
            return error_of(ErrorCode::unavailable, "db.disk_full", detail);
        case SQLITE_IOERR:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PROTOCOL:
            return error_of(ErrorCode::unavailable, "db.io", detail + " (" + std::to_string(code) + ")");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return error_of(ErrorCode::unavailable, "db.busy", detail);
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return error_of(ErrorCode::internal, "db.damaged", detail);
        case SQLITE_TOOBIG:
            return error_of(ErrorCode::too_large, "db.too_large", detail);
        default:
            return fail_internal(detail).error();
    }
}

Error translate_opening(int code, std::string_view path, std::string_view message) {
    Error error = error_of(ErrorCode::unavailable, "db.cannot_open", std::string(message));
    if ((code & 0xFF) == SQLITE_NOTADB || (code & 0xFF) == SQLITE_CORRUPT) {
        error = error_of(ErrorCode::corrupt, "db.not_a_database", std::string(message));
    }
    error.arguments = {{"path", std::string(path)}};
    return error;
}

}  // namespace db::sqlite
