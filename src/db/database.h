#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "db/sql.h"
#include "db/value.h"

namespace db {

/// Asks. A reader sees one snapshot from its first question until it is given back.
class Reader {
  public:
    virtual ~Reader() = default;
    virtual Engine engine() const = 0;

    template <class... Values>
    Result<Rows> rows(const Sql& sql, const Values&... values) {
        const Value list[] = {Value(values)..., Value()};
        return run(sql.name, pick(sql), std::span(list, sizeof...(values)));
    }
    template <class... Values>
    Result<std::optional<Row>> row(const Sql& sql, const Values&... values) {
        auto all = rows(sql, values...);
        if (!all) return std::unexpected(std::move(all).error());
        if (all->empty()) return std::optional<Row>();
        return std::optional<Row>(std::move(all->front()));
    }
    Result<Rows> rows(const Query& query);
    Result<std::optional<Row>> row(const Query& query);
    /// Row by row, for exports and migrations; stops at the first error `visit` returns.
    Result<void> each(const Query& query, const std::function<Result<void>(const Row&)>& visit);

  protected:
    std::string_view pick(const Sql& sql) const {
        return engine() == Engine::postgresql && !sql.postgresql.empty() ? sql.postgresql : sql.text;
    }
    virtual Result<Rows> run(std::string_view name, std::string_view text, std::span<const Value> values) = 0;
    virtual Result<void> run_each(std::string_view name, std::string_view text, std::span<const Value> values,
                                  const std::function<Result<void>(const Row&)>& visit) = 0;
};

/// Asks and changes. Lives only inside the closure given to Database::write; it commits when that returns a value.
/// A statement that failed spoils it, on both engines: later ones give the same error, and the closure fails whatever
/// it returns. Where a row may be there already, write `insert … on conflict do nothing`.
class Transaction : public Reader {
  public:
    /// Rows changed. A broken unique or foreign key is conflict "db.duplicate" or "db.in_use", any other constraint
    /// "db.refused"; `detail` names columns (SQLite: "post.unit_id, post.code") or constraint (PostgreSQL:
    /// "post_unit_id_code_key").
    template <class... Values>
    Result<std::int64_t> execute(const Sql& sql, const Values&... values) {
        const Value list[] = {Value(values)..., Value()};
        return change(sql.name, pick(sql), std::span(list, sizeof...(values)));
    }
    Result<std::int64_t> execute(const Query& query);
    /// Runs an `insert … returning id` and gives the id.
    template <class... Values>
    Result<std::int64_t> insert(const Sql& sql, const Values&... values) {
        auto first = row(sql, values...);
        if (!first) return std::unexpected(std::move(first).error());
        if (!*first) return fail_internal(std::string("no id returned by ") + std::string(sql.name));
        return (*first)->integer(0);
    }
    Result<std::int64_t> insert(const Query& query);

    /// Does a part whose failure is its own: what it did is undone, what it asked for around the commit is forgotten,
    /// the closure goes on and gets the error. Where only a fresh run of the whole can help (unavailable) or the store
    /// itself failed (internal), the closure is spoilt as ever.
    virtual Result<void> attempt(const std::function<Result<void>()>& part) = 0;

    /// The moment this closure was handed over: the same when it runs again.
    virtual Instant now() const = 0;
    /// Runs after the last closure of the batch and before the commit, where full-text rows go. Its failure fails the
    /// batch.
    virtual void before_commit(std::function<Result<void>(Transaction&)> work) = 0;
    /// Runs once this closure is durable: waking a page, handing a job over. May not fail, may not block.
    virtual void after_commit(std::function<void()> work) = 0;

  protected:
    virtual Result<std::int64_t> change(std::string_view name, std::string_view text,
                                        std::span<const Value> values) = 0;
};

using Closure = std::function<Result<void>(Transaction&)>;

struct WriterStatistics {
    std::int64_t closures = 0;
    std::int64_t commits = 0;
    std::int64_t failed = 0;
    std::int64_t retried = 0;
};

struct Settings {
    /// A file path for SQLite, or "postgresql://…".
    std::string address;
    int readers = 4;
    /// Closures waiting beyond this are refused as unavailable "db.busy".
    int queue = 10'000;
    const Clock* clock = nullptr;  ///< must outlive the database
    /// Statements that take longer are written to the log as "db.slow", by name.
    std::chrono::milliseconds slow{250};
    /// PostgreSQL: connections that run closures.
    int writers = 4;
    /// SQLite: the log is copied into the file whenever it has grown by so many pages of 4 KiB.
    int checkpoint_pages = 1000;
    /// SQLite: the file system it works on, empty for the usual one. Tests put a failing one here.
    std::string vfs;
};

/// The store. One writer takes closures in order and commits them in groups; readers don't wait for it.
class Database {
  public:
    virtual ~Database() = default;
    /// Opens, making the SQLite file when it is missing. Errors: unavailable "db.cannot_open", corrupt
    /// "db.not_a_database".
    static Result<std::unique_ptr<Database>> open(const Settings&);

    virtual Engine engine() const = 0;
    /// A reading connection, given back when the pointer goes. Errors: unavailable "db.busy" after 10 s without a free
    /// one.
    virtual Result<std::unique_ptr<Reader>> read() = 0;

    /// Hands a closure to the writer. `done` is called from the writer's thread once the closure is durable or has
    /// failed (then nothing of it is kept). The closure may run more than once: it has no side effect but through its
    /// Transaction. Refused at once, from the caller's thread: unavailable "db.busy" (queue full), "db.closing". Other
    /// errors beside the closure's own: unavailable "db.busy", "db.disk_full", "db.io", "db.connection_lost",
    /// "db.outcome_unknown" (PostgreSQL went away during the commit and did not come back: it may be kept or not).
    virtual void write(Closure closure, std::function<void(Result<void>)> done) = 0;
    virtual WriterStatistics statistics() const = 0;

    /// The same, waiting for the commit; gives what the closure gives. Never call it from inside a closure.
    template <class F>
    auto write_now(F&& closure) -> std::invoke_result_t<F, Transaction&> {
        using Answer = std::invoke_result_t<F, Transaction&>;
        std::promise<Result<void>> promise;
        std::optional<Answer> answer;
        write(
            [&](Transaction& tx) -> Result<void> {
                answer.reset();
                answer.emplace(closure(tx));
                if (!*answer) return std::unexpected(answer->error());
                return {};
            },
            [&](Result<void> done) { promise.set_value(std::move(done)); });
        Result<void> committed = promise.get_future().get();
        if (!committed) return std::unexpected(std::move(committed).error());
        return std::move(*answer);
    }

    /// A consistent copy of the whole store while it is in use, written to `file` (SQLite: a database file; PostgreSQL:
    /// pg_dump custom format). Errors: unavailable "db.backup_failed".
    virtual Result<void> copy_to(const std::filesystem::path& file) = 0;
};

/// Applies the numbered files of migrations/ that the store lacks, each in one transaction with its row in
/// schema_version. Files are written once in the common dialect: `integer primary key`, `integer`, `text`, `real`,
/// `blob`, `strict` become PostgreSQL's types; 0007_x.sqlite.sql and 0007_x.postgresql.sql stand beside each other
/// where that is not enough. Gives how many were applied. Errors: conflict "db.schema_too_new" (the store has a
/// migration this program lacks), "db.schema_changed" (one it has was altered since).
Result<int> migrate(Database&);
/// The same translation for one statement, used for the tables of registers.
std::string translate_ddl(Engine, std::string_view ddl);

}  // namespace db
