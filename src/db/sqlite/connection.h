#pragma once
#include <memory>
#include <string>

#include "db/cache.h"
#include "db/connection.h"

struct sqlite3;
struct sqlite3_stmt;

namespace db::sqlite {

struct Options {
    std::string path;
    std::string vfs;
    enum class Use { write, read, checkpoint } use = Use::read;
    std::chrono::milliseconds slow{250};
};

/// How long a lock of another process is waited for.
constexpr int busy_milliseconds = 10'000;

class Connection final : public db::Connection {
  public:
    /// Opens and sets up; a writing one makes the file, readable to its owner only. Errors: those of Database::open.
    static Result<std::unique_ptr<Connection>> open(const Options& options);
    ~Connection() override;

    Engine engine() const override { return Engine::sqlite; }
    Result<void> start_reading() override { return run("begin"); }
    bool finish_reading() override { return run("rollback").has_value(); }

    /// A statement of the engine's own, without values or rows: begin, commit, savepoints.
    Result<void> run(std::string_view text);
    Result<void> command(std::string_view text) override { return run(text); }
    /// False once the engine gave the whole transaction up by itself.
    bool in_transaction() const;
    sqlite3* handle() const { return handle_; }
    std::size_t cached() const { return cache_.size(); }

  protected:
    Result<Rows> do_rows(std::string_view name, std::string_view text, std::span<const Value> values) override;
    Result<void> do_each(std::string_view name, std::string_view text, std::span<const Value> values,
                         const Visitor& visit) override;
    Result<std::int64_t> do_change(std::string_view name, std::string_view text,
                                   std::span<const Value> values) override;

  private:
    using Cache = StatementCache<sqlite3_stmt*>;
    /// A prepared statement in use; goes back to the cache clean.
    struct Borrowed;

    Connection(sqlite3* handle, std::chrono::milliseconds slow) : db::Connection(slow), handle_(handle), cache_(256) {}
    Result<void> set_up(const Options& options);
    Result<Borrowed> prepare(std::string_view name, std::string_view text, std::span<const Value> values);
    template <class Take>
    Result<void> step(std::string_view name, sqlite3_stmt* statement, Take take);
    std::unexpected<Error> failed(std::string_view name, int code);

    sqlite3* handle_;
    Cache cache_;
};

}  // namespace db::sqlite
