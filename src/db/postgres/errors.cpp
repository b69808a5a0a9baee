#include "db/postgres/errors.h"

#include "db/errors.h"
#include "db/lexer.h"

namespace db::postgres {

bool is_conflict(const Complaint& complaint) {
    return complaint.state == "40001" || complaint.state == "40P01" ||
           (complaint.state == "0A000" && complaint.message.find("cached plan") != std::string::npos);
}

bool is_loss(const Complaint& complaint) {
    const std::string& state = complaint.state;
    return state.empty() || state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P03" ||
           state == "57P05";
}

Error translate(const Complaint& complaint, std::string_view name) {
    const std::string& state = complaint.state;
    // Class 22 repeats the value it did not like, and a function may raise anything.
    const bool may_tell = state.starts_with("22") || state == "P0001";
    const std::string message = may_tell ? without_quoted(complaint.message) : complaint.message;
    const std::string detail = named(name, state + " " + message);
    const std::string where = complaint.constraint.empty() ? detail : complaint.constraint;
    if (is_loss(complaint)) return error_of(ErrorCode::unavailable, "db.connection_lost", detail);
    if (is_conflict(complaint)) return error_of(ErrorCode::unavailable, "db.busy", detail);
    if (state == "23505") return error_of(ErrorCode::conflict, "db.duplicate", where);
    if (state == "23503") return error_of(ErrorCode::conflict, "db.in_use", where);
    if (state.starts_with("23") || state == "P0001") return error_of(ErrorCode::conflict, "db.refused", where);
    if (state == "22021" || state == "22P05") return error_of(ErrorCode::invalid, "base.bad_text", detail);
    if (state == "53100") return error_of(ErrorCode::unavailable, "db.disk_full", detail);
    if (state.starts_with("53") || state == "55P03" || state == "57014")
        return error_of(ErrorCode::unavailable, "db.busy", detail);
    if (state.starts_with("58")) return error_of(ErrorCode::unavailable, "db.io", detail);
    if (state.starts_with("54")) return error_of(ErrorCode::too_large, "db.too_large", detail);
    if (state == "XX001" || state == "XX002") return error_of(ErrorCode::internal, "db.damaged", detail);
    return fail_internal(detail).error();
}

}  // namespace db::postgres
