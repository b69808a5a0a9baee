#include "db/postgres/wire.h"

#include <libpq-fe.h>
#include <optional>

#include "db/errors.h"

namespace db::postgres {
namespace {

std::string field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text ? text : "";
}

bool is_fine(const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

Complaint complaint_of(const PGresult* result) {
    Complaint complaint{field(result, PG_DIAG_SQLSTATE), field(result, PG_DIAG_MESSAGE_PRIMARY),
                        field(result, PG_DIAG_CONSTRAINT_NAME)};
    if (complaint.constraint.empty()) complaint.constraint = field(result, PG_DIAG_COLUMN_NAME);
    return complaint;
}

Error cannot_open(const std::string& address, std::string why) {
    Error error = error_of(ErrorCode::unavailable, "db.cannot_open", std::move(why));
    error.arguments = {{"path", shown(address)}};
    return error;
}

}  // namespace

void ResultDeleter::operator()(pg_result* result) const {
    PQclear(result);
}

std::string shown(const std::string& address) {
    char* ignored = nullptr;
    PQconninfoOption* options = PQconninfoParse(address.c_str(), &ignored);
    PQfreemem(ignored);
    std::string host;
    std::string port;
    std::string name;
    for (const PQconninfoOption* option = options; option && option->keyword; ++option) {
        if (!option->val) continue;
        const std::string_view keyword = option->keyword;
        if (keyword == "host" || (keyword == "hostaddr" && host.empty())) host = option->val;
        if (keyword == "port") port = std::string(":") + option->val;
        if (keyword == "dbname") name = option->val;
    }
    PQconninfoFree(options);
    return "postgresql://" + host + port + "/" + name;
}

Result<std::unique_ptr<Wire>> Wire::connect(const std::string& address) {
    // What stands before the address may be changed by it, what stands after may not.
    const char* const words[] = {"connect_timeout", "fallback_application_name", "dbname", "client_encoding", nullptr};
    const char* const values[] = {"10", "congvu", address.c_str(), "UTF8", nullptr};
    std::unique_ptr<Wire> wire(new Wire(PQconnectdbParams(words, values, 1)));
    if (PQstatus(wire->connection_) != CONNECTION_OK)
        return std::unexpected(cannot_open(address, PQerrorMessage(wire->connection_)));
    PQsetNoticeProcessor(wire->connection_, [](void*, const char*) {}, nullptr);
    const char* encoding = PQparameterStatus(wire->connection_, "server_encoding");
    if (!encoding || std::string_view(encoding) != "UTF8")
        return std::unexpected(cannot_open(address, "the database is not in UTF8"));
    if (PQserverVersion(wire->connection_) < 130000)
        return std::unexpected(cannot_open(address, "PostgreSQL is older than 13"));
    if (PQenterPipelineMode(wire->connection_) != 1)
        return std::unexpected(cannot_open(address, PQerrorMessage(wire->connection_)));
    wire->command("db.set_up", "set standard_conforming_strings = on");
    wire->command("db.set_up", "set client_min_messages = warning");
    const auto done = wire->flush();
    if (!done) return std::unexpected(cannot_open(address, done.error().detail));
    return wire;
}

Wire::~Wire() {
    PQfinish(connection_);
}

bool Wire::in_transaction() const {
    const PGTransactionStatusType status = PQtransactionStatus(connection_);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool Wire::spoilt() const {
    return PQtransactionStatus(connection_) == PQTRANS_INERROR;
}

void Wire::queued(std::string_view name, int sent) {
    if (sent == 1) {
        names_.emplace_back(name);
    } else {
        lost_ = true;
        complaint_ = {"", PQerrorMessage(connection_), ""};
    }
}

void Wire::command(std::string_view name, const std::string& text) {
    fetch(name, text, false);
}

void Wire::fetch(std::string_view name, const std::string& text, bool binary) {
    queued(name, PQsendQueryParams(connection_, text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, binary ? 1 : 0));
}

void Wire::prepare(std::string_view name, const std::string& id, const std::string& text,
                   const std::vector<Oid>& types) {
    queued(name, PQsendPrepare(connection_, id.c_str(), text.c_str(), static_cast<int>(types.size()), types.data()));
}

void Wire::describe(std::string_view name, const std::string& id) {
    queued(name, PQsendDescribePrepared(connection_, id.c_str()));
}

void Wire::describe_cursor(std::string_view name, const std::string& cursor) {
    queued(name, PQsendDescribePortal(connection_, cursor.c_str()));
}

void Wire::execute(std::string_view name, const std::string& id, const Parameters& parameters, bool binary) {
    queued(name, PQsendQueryPrepared(connection_, id.c_str(), parameters.count(), parameters.pointers(),
                                     parameters.lengths(), parameters.formats(), binary ? 1 : 0));
}

Answer Wire::next() {
    Answer answer(PQgetResult(connection_));
    if (!answer || PQresultStatus(answer.get()) == PGRES_PIPELINE_SYNC) return answer;
    // Each command's results end with none.
    while (Answer rest{PQgetResult(connection_)}) {
    }
    return answer;
}

std::unexpected<Error> Wire::lose(const std::vector<std::string>& names) {
    lost_ = true;
    complaint_ = {"", PQerrorMessage(connection_), ""};
    return std::unexpected(translate(complaint_, names.empty() ? "" : names.front()));
}

Result<void> Wire::flush() {
    const std::vector<std::string> names = std::exchange(names_, {});
    answers_.clear();
    complaint_ = {};
    if (lost_ || PQpipelineSync(connection_) != 1) return lose(names);
    std::optional<Error> failed;
    for (const std::string& name : names) {
        Answer answer = next();
        if (!answer) return lose(names);
        if (is_fine(answer.get())) {
            answers_.push_back(std::move(answer));
        } else if (!failed) {
            complaint_ = complaint_of(answer.get());
            if (is_loss(complaint_)) return lose(names);
            failed = translate(complaint_, name);
        }
    }
    next();  // the sync
    if (PQstatus(connection_) != CONNECTION_OK) return lose(names);
    if (failed) return std::unexpected(std::move(*failed));
    return {};
}

}  // namespace db::postgres
