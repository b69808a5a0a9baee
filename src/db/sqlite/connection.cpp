#include "db/sqlite/connection.h"

#include <fcntl.h>
#include <limits>
#include <sqlite3.h>
#include <unistd.h>

#include "db/errors.h"
#include "db/lexer.h"
#include "db/sqlite/errors.h"
#include "db/sqlite/tokenizer.h"

namespace db::sqlite {
namespace {

/// Pages kept in memory, in KiB: the writer sees most of the tree, a reader a list and a record.
constexpr const char* cache_of_writer = "pragma cache_size=-16384";
constexpr const char* cache_of_reader = "pragma cache_size=-4096";

constexpr const char* for_all[] = {
    "pragma synchronous=full",     "pragma foreign_keys=on", "pragma trusted_schema=off", "pragma cell_size_check=on",
    "pragma secure_delete=on",   // what is erased by law is erased from the file as well
    "pragma temp_store=memory",  // nothing of the content in /tmp
    "pragma wal_autocheckpoint=0",
};

int bind(sqlite3_stmt* statement, int at, const Value& value) {
    if (const auto* number = value.integer()) return sqlite3_bind_int64(statement, at, *number);
    if (const auto* number = value.real()) return sqlite3_bind_double(statement, at, *number);
    if (const auto* text = value.text()) {
        return sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    if (const auto* blob = value.blob()) {
        if (blob->empty()) return sqlite3_bind_zeroblob(statement, at, 0);
        return sqlite3_bind_blob64(statement, at, blob->data(), blob->size(), SQLITE_STATIC);
    }
    return sqlite3_bind_null(statement, at);
}

Value column(sqlite3_stmt* statement, int at) {
    switch (sqlite3_column_type(statement, at)) {
        case SQLITE_INTEGER:
            return Value(static_cast<std::int64_t>(sqlite3_column_int64(statement, at)));
        case SQLITE_FLOAT:
            return Value(sqlite3_column_double(statement, at));
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, at));
            return Value(std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, at))));
        }
        case SQLITE_BLOB: {
            const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(statement, at));
            return Value(Blob(bytes, bytes + sqlite3_column_bytes(statement, at)));
        }
        default:
            return Value();
    }
}

Row row_of(sqlite3_stmt* statement) {
    const int count = sqlite3_data_count(statement);
    std::vector<Value> columns;
    columns.reserve(static_cast<std::size_t>(count));
    for (int at = 0; at < count; ++at) columns.push_back(column(statement, at));
    return Row(std::move(columns));
}

/// The file with its owner's rights only; its log gets the same from SQLite.
void make_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) ::close(file);
}

}  // namespace

struct Connection::Borrowed {
    sqlite3_stmt* statement = nullptr;
    Cache::Entry* entry = nullptr;  ///< none: finalised after use

    Borrowed(sqlite3_stmt* s, Cache::Entry* e) : statement(s), entry(e) {
        if (entry) entry->busy = true;
    }
    Borrowed(Borrowed&& other) noexcept
        : statement(std::exchange(other.statement, nullptr)), entry(std::exchange(other.entry, nullptr)) {}
    Borrowed& operator=(Borrowed&&) = delete;
    ~Borrowed() {
        if (!statement) return;
        sqlite3_reset(statement);
        if (!entry) {
            sqlite3_finalize(statement);
            return;
        }
        sqlite3_clear_bindings(statement);
        entry->busy = false;
    }
};

Result<std::unique_ptr<Connection>> Connection::open(const Options& options) {
    // Each connection serves one thread at a time, and nobody asks how much memory all have: no lock for either.
    [[maybe_unused]] static const int configured =
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD) | sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (options.use == Options::Use::write) {
        if (options.vfs.empty()) make_file(options.path);
        flags |= SQLITE_OPEN_CREATE;
    }
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(options.path.c_str(), &handle, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
    std::unique_ptr<Connection> connection(new Connection(handle, options.slow));
    if (code != SQLITE_OK) {
        return std::unexpected(
            translate_opening(code, options.path, handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code)));
    }
    TRY(connection->set_up(options));
    return connection;
}

Result<void> Connection::set_up(const Options& options) {
    sqlite3_busy_timeout(handle_, busy_milliseconds);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    const auto apply = [&](const char* pragma) -> Result<void> {
        const int code = sqlite3_exec(handle_, pragma, nullptr, nullptr, nullptr);
        if (code != SQLITE_OK)
            return std::unexpected(translate_opening(code, options.path, named(pragma, sqlite3_errmsg(handle_))));
        return {};
    };
    for (const char* pragma : for_all) TRY(apply(pragma));
    if (options.use == Options::Use::write) {
        TRY(apply("pragma journal_mode=wal"));
        TRY(apply("pragma journal_size_limit=67108864"));
        auto mode = rows("db.mode", "pragma journal_mode", {});
        if (!mode || mode->empty() || mode->front().text(0) != "wal") {
            return std::unexpected(
                translate_opening(SQLITE_CANTOPEN, options.path, "the file system allows no write-ahead log"));
        }
    }
    TRY(apply("select count(*) from sqlite_schema"));
    TRY(apply(options.use == Options::Use::write ? cache_of_writer : cache_of_reader));
    if (options.use == Options::Use::read) TRY(apply("pragma query_only=on"));
    if (!add_tokenizer(handle_)) return fail_internal("the tokenizer could not be added");
    return {};
}

Connection::~Connection() {
    cache_.clear([](sqlite3_stmt* statement) { sqlite3_finalize(statement); });
    sqlite3_close_v2(handle_);
}

std::unexpected<Error> Connection::failed(std::string_view name, int code) {
    return std::unexpected(translate(code, name, sqlite3_errmsg(handle_)));
}

Result<Connection::Borrowed> Connection::prepare(std::string_view name, std::string_view text,
                                                 std::span<const Value> values) {
    Cache::Entry* entry = cache_.find(text);
    sqlite3_stmt* statement = entry && !entry->busy ? entry->statement : nullptr;
    if (!statement) {
        const char* rest = nullptr;
        const int code = sqlite3_prepare_v3(handle_, text.data(), static_cast<int>(text.size()),
                                            SQLITE_PREPARE_PERSISTENT, &statement, &rest);
        if (code != SQLITE_OK) {
            Error error = translate(code, name, sqlite3_errmsg(handle_));
            // Nothing is bound yet: the engine's words are all from the source.
            if (error.code == ErrorCode::internal) error.detail = named(name, sqlite3_errmsg(handle_));
            return std::unexpected(std::move(error));
        }
        if (!statement || !statements(std::string_view(rest, text.data() + text.size())).empty()) {
            sqlite3_finalize(statement);
            return fail_internal(named(name, "must be one statement"));
        }
        // One text twice at a time (a question inside its own rows): the second is not kept.
        if (!entry)
            entry = cache_.add(text, statement, [](sqlite3_stmt* dropped) { sqlite3_finalize(dropped); });
        else
            entry = nullptr;
    }
    Borrowed borrowed(statement, entry);
    if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) != values.size()) {
        return fail_internal(named(name, "has another number of parameters than values"));
    }
    for (std::size_t at = 0; at < values.size(); ++at) {
        const int code = bind(statement, static_cast<int>(at + 1), values[at]);
        if (code != SQLITE_OK) return failed(name, code);
    }
    return borrowed;
}

template <class Take>
Result<void> Connection::step(std::string_view name, sqlite3_stmt* statement, Take take) {
    while (true) {
        const int code = sqlite3_step(statement);
        if (code == SQLITE_DONE) return {};
        if (code != SQLITE_ROW) return failed(name, code);
        TRY(take());
    }
}

Result<void> Connection::run(std::string_view text) {
    const SlowTimer timer(text, slow());
    const auto borrowed = prepare(text, text, {});
    if (!borrowed) return std::unexpected(borrowed.error());
    return step(text, borrowed->statement, [] { return Result<void>(); });
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

Result<Rows> Connection::do_rows(std::string_view name, std::string_view text, std::span<const Value> values) {
    const auto borrowed = prepare(name, text, values);
    if (!borrowed) return std::unexpected(borrowed.error());
    Rows all;
    TRY(step(name, borrowed->statement, [&] {
        all.push_back(row_of(borrowed->statement));
        return Result<void>();
    }));
    return all;
}

Result<void> Connection::do_each(std::string_view name, std::string_view text, std::span<const Value> values,
                                 const Visitor& visit) {
    const auto borrowed = prepare(name, text, values);
    if (!borrowed) return std::unexpected(borrowed.error());
    return step(name, borrowed->statement, [&] { return visit(row_of(borrowed->statement)); });
}

Result<std::int64_t> Connection::do_change(std::string_view name, std::string_view text,
                                           std::span<const Value> values) {
    const auto borrowed = prepare(name, text, values);
    if (!borrowed) return std::unexpected(borrowed.error());
    const std::int64_t before = sqlite3_total_changes64(handle_);
    TRY(step(name, borrowed->statement, [] { return Result<void>(); }));
    // A statement that changed nothing, as `create table`, leaves the count of the one before.
    return sqlite3_total_changes64(handle_) == before ? 0 : sqlite3_changes64(handle_);
}

}  // namespace db::sqlite
