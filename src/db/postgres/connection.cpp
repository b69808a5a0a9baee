#include "db/postgres/connection.h"

#include <charconv>
#include <libpq-fe.h>

#include "db/errors.h"
#include "db/lexer.h"

namespace db::postgres {
namespace {

constexpr std::size_t most_parameters = 65'535;
constexpr const char* read_snapshot = "begin isolation level repeatable read read only";
constexpr const char* write_serializable = "begin isolation level serializable";
constexpr const char* own_transaction_id = "select pg_current_xact_id()::text";

constexpr int rows_a_fetch = 500;

bool all_binary(const PGresult* description) {
    for (int at = 0; at < PQnfields(description); ++at) {
        if (!reads_binary(PQftype(description, at))) return false;
    }
    return true;
}

Row row_of(const PGresult* result, int row) {
    const int count = PQnfields(result);
    std::vector<Value> columns;
    columns.reserve(static_cast<std::size_t>(count));
    for (int at = 0; at < count; ++at) {
        if (PQgetisnull(result, row, at)) {
            columns.emplace_back();
        } else {
            const std::string_view bytes(PQgetvalue(result, row, at),
                                         static_cast<std::size_t>(PQgetlength(result, row, at)));
            columns.push_back(decode(PQftype(result, at), PQfformat(result, at) == 1, bytes));
        }
    }
    return Row(std::move(columns));
}

std::int64_t changed(PGresult* result) {
    const std::string_view text = PQcmdTuples(result);
    std::int64_t count = 0;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count;
}

constexpr Oid type_text = 25;

std::vector<Oid> own_types(std::span<const Value> values, Oid of_null) {
    std::vector<Oid> types;
    for (const Value& value : values) types.push_back(value.is_null() ? of_null : own_type(value));
    return types;
}

/// The server could not tell a parameter's type from the text alone.
bool wants_types(const Complaint& complaint) {
    return complaint.state == "42P18" || complaint.state == "42725" || complaint.state == "42883" ||
           complaint.state == "42804";
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const Options& options) {
    auto wire = TRY(Wire::connect(options.address));
    return std::unique_ptr<Connection>(new Connection(options, std::move(wire)));
}

Result<void> Connection::reconnect() {
    wire_ = TRY(Wire::connect(options_.address));
    cache_.clear([](Statement&) {});
    dropped_.clear();
    stale_ = false;
    return {};
}

void Connection::start(bool writing) {
    writing_ = writing;
    fresh_ = true;
    conflicted_ = false;
    cursors_ = 0;
    transaction_id_.clear();
    forget_statements();
    beginning_ = {writing ? write_serializable : read_snapshot};
    if (writing) beginning_.emplace_back(own_transaction_id);
}

void Connection::forget_statements() {
    if (stale_) {
        cache_.clear([](Statement&) {});
        dropped_ = {"deallocate all"};
        stale_ = false;
    }
    if (dropped_.empty() || lost()) return;
    for (const std::string& command : std::exchange(dropped_, {})) wire_->command("db.forget", command);
    // By itself: a transaction can only begin where nothing else was asked. A loss shows with the first statement.
    (void)wire_->flush();
}

Result<void> Connection::start_reading() {
    start(false);
    return {};
}

Result<void> Connection::start_writing() {
    if (lost()) TRY(reconnect());
    start(true);
    return {};
}

bool Connection::finish_reading() {
    roll_back();
    return !lost();
}

void Connection::roll_back() {
    beginning_.clear();
    if (lost() || !wire_->in_transaction()) return;
    wire_->command("rollback", "rollback");
    (void)wire_->flush();
}

Result<void> Connection::commit() {
    if (!beginning_.empty()) {  // the closure asked nothing
        beginning_.clear();
        return {};
    }
    const SlowTimer timer("commit", slow());
    wire_->command("commit", "commit");
    const auto answers = TRY(flush());
    // A transaction that was spoilt ends with ROLLBACK and no error.
    if (std::string_view(PQcmdStatus(answers.back().get())) != "COMMIT")
        return fail_internal("commit: it was rolled back");
    return {};
}

void Connection::begin(std::string_view name) {
    begun_ = beginning_.size();
    for (const std::string& command : beginning_) wire_->command(name, command);
    beginning_.clear();
}

Result<std::vector<Answer>> Connection::flush() {
    const auto done = wire_->flush();
    std::vector<Answer> answers = wire_->take_answers();
    const std::size_t begun = std::exchange(begun_, 0);
    if (answers.size() >= begun && begun > 0) {
        if (writing_) transaction_id_ = PQgetvalue(answers[begun - 1].get(), 0, 0);
        answers.erase(answers.begin(), answers.begin() + static_cast<std::ptrdiff_t>(begun));
    }
    if (done) return answers;
    const Complaint& complaint = wire_->complaint();
    if (is_conflict(complaint)) conflicted_ = true;
    if (complaint.state == "0A000" || complaint.state == "26000") stale_ = true;
    return std::unexpected(done.error());
}

Result<void> Connection::command(std::string_view text) {
    begin(text);
    fresh_ = false;
    wire_->command(text, std::string(text));
    TRY(flush());
    return {};
}

Result<std::string> Connection::ask(const std::string& text) {
    wire_->command("db.ask", text);
    const auto answers = TRY(flush());
    const PGresult* result = answers.back().get();
    if (PQntuples(result) == 0 || PQgetisnull(result, 0, 0)) return std::string();
    return std::string(PQgetvalue(result, 0, 0));
}

Result<Answer> Connection::execute(std::string_view name, std::string_view text, std::span<const Value> values) {
    if (values.size() > most_parameters) return fail_internal(named(name, "has too many values"));
    const bool first = std::exchange(fresh_, false);
    auto answer = execute_once(name, text, values);
    if (answer || !first || (!lost() && !stale_)) return answer;
    // The server was restarted while the connection lay idle, or a table changed under a prepared statement: nothing of
    // this transaction was answered yet, so it begins anew.
    if (lost()) TRY(reconnect());
    roll_back();
    start(writing_);
    fresh_ = false;
    return execute_once(name, text, values);
}

Result<Answer> Connection::execute_once(std::string_view name, std::string_view text, std::span<const Value> values) {
    begin(name);
    Parameters parameters;
    const Statement* statement = TRY(prepared(name, text, values, parameters));
    wire_->execute(name, statement->id, parameters, statement->binary);
    auto answers = TRY(flush());
    return std::move(answers.back());
}

Result<const Connection::Statement*> Connection::prepared(std::string_view name, std::string_view text,
                                                          std::span<const Value> values, Parameters& parameters) {
    Cache::Entry* entry = cache_.find(text);
    const Statement* statement =
        entry ? &entry->statement : TRY(prepare(name, std::string(text), text, values, Types::inferred));
    if (statement->types.size() != values.size())
        return fail_internal(named(name, "has another number of parameters than values"));
    if (parameters.set(values.data(), values.size(), statement->types)) return statement;
    // A value of another kind than the text makes one expect, as a fraction beside whole numbers: then its own type is
    // named.
    std::string key(text);
    for (const Value& value : values) key += fmt::format("\n{}", own_type(value));
    entry = cache_.find(key);
    statement = entry ? &entry->statement : TRY(prepare(name, key, text, values, Types::named));
    if (parameters.set(values.data(), values.size(), statement->types)) return statement;
    return fail_internal(named(name, "a value has the wrong type"));
}

Result<const Connection::Statement*> Connection::prepare(std::string_view name, const std::string& key,
                                                         std::string_view text, std::span<const Value> values,
                                                         Types how) {
    Statement statement;
    statement.id = fmt::format("s{}", ++made_);
    const std::string translated = dollar_parameters(text);
    Result<Answer> description =
        describe(name, statement.id, translated, how == Types::named ? own_types(values, 0) : std::vector<Oid>());
    // Then with the types of the values; a null that nothing stands beside, as in "?1 is null", goes as text.
    for (const Oid of_null : {Oid{0}, type_text}) {
        if (description || lost() || !wants_types(wire_->complaint())) break;
        wire_->command(name, "rollback to preparing");
        description = describe(name, statement.id, translated, own_types(values, of_null));
    }
    if (!description) return std::unexpected(std::move(description).error());
    for (int at = 0; at < PQnparams(description->get()); ++at)
        statement.types.push_back(PQparamtype(description->get(), at));
    statement.binary = all_binary(description->get());
    return &cache_
                .add(key, std::move(statement),
                     [&](Statement& dropped) { dropped_.push_back("deallocate " + dropped.id); })
                ->statement;
}

Result<Answer> Connection::describe(std::string_view name, const std::string& id, const std::string& text,
                                    const std::vector<Oid>& types) {
    // In a savepoint: a text that is refused must not spoil what was done before, for it may be accepted with types.
    wire_->command(name, "savepoint preparing");
    wire_->prepare(name, id, text, types);
    wire_->describe(name, id);
    wire_->command(name, "release preparing");
    auto answers = TRY(flush());
    return std::move(answers[answers.size() - 2]);
}

Result<Rows> Connection::do_rows(std::string_view name, std::string_view text, std::span<const Value> values) {
    const Answer answer = TRY(execute(name, text, values));
    Rows all;
    const int count = PQntuples(answer.get());
    all.reserve(static_cast<std::size_t>(count));
    for (int row = 0; row < count; ++row) all.push_back(row_of(answer.get(), row));
    return all;
}

Result<std::int64_t> Connection::do_change(std::string_view name, std::string_view text,
                                           std::span<const Value> values) {
    const Answer answer = TRY(execute(name, text, values));
    return changed(answer.get());
}

Result<void> Connection::do_each(std::string_view name, std::string_view text, std::span<const Value> values,
                                 const Visitor& visit) {
    const std::string cursor = fmt::format("c{}", cursors_);
    TRY(execute(name, fmt::format("declare {} no scroll cursor for {}", cursor, text), values));
    ++cursors_;
    auto done = fetch_all(name, cursor, visit);
    --cursors_;
    if (lost() || wire_->spoilt()) return done;
    wire_->command(name, "close " + cursor);
    const auto closed = flush();
    if (done && !closed) return std::unexpected(closed.error());
    return done;
}

Result<void> Connection::fetch_all(std::string_view name, const std::string& cursor, const Visitor& visit) {
    wire_->describe_cursor(name, cursor);
    const auto description = TRY(flush());
    const bool binary = all_binary(description.back().get());
    const std::string fetch = fmt::format("fetch {} from {}", rows_a_fetch, cursor);
    while (true) {
        wire_->fetch(name, fetch, binary);
        const auto answers = TRY(flush());
        const PGresult* result = answers.back().get();
        for (int row = 0; row < PQntuples(result); ++row) TRY(visit(row_of(result, row)));
        if (PQntuples(result) < rows_a_fetch) return {};
    }
}

}  // namespace db::postgres
