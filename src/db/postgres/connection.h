#pragma once
#include <memory>
#include <string>
#include <vector>

#include "db/cache.h"
#include "db/connection.h"
#include "db/postgres/wire.h"

namespace db::postgres {

struct Options {
    std::string address;
    std::chrono::milliseconds slow{250};
};

/// A connection that keeps its statements prepared and takes the wire up again after a loss.
class Connection final : public db::Connection {
  public:
    static Result<std::unique_ptr<Connection>> open(const Options& options);

    Engine engine() const override { return Engine::postgresql; }
    Result<void> command(std::string_view text) override;
    /// The beginning goes out with the first statement, in one round trip.
    Result<void> start_reading() override;
    bool finish_reading() override;

    Result<void> start_writing();
    /// Errors: "db.connection_lost" when it is not known whether it was kept; `transaction_id` tells on another
    /// connection.
    Result<void> commit();
    /// Undoes what was done; after a loss there is nothing to undo.
    void roll_back();
    /// A statement failed because of what others did at the same time: the closure may be run again.
    bool conflicted() const { return conflicted_; }
    bool lost() const { return wire_->lost(); }
    Result<void> reconnect();
    /// Of the transaction that writes; empty before its first statement.
    const std::string& transaction_id() const { return transaction_id_; }

    /// A statement of our own without values: its first column as text.
    Result<std::string> ask(const std::string& text);
    std::size_t cached() const { return cache_.size(); }

  protected:
    Result<Rows> do_rows(std::string_view name, std::string_view text, std::span<const Value> values) override;
    Result<void> do_each(std::string_view name, std::string_view text, std::span<const Value> values,
                         const Visitor& visit) override;
    Result<std::int64_t> do_change(std::string_view name, std::string_view text,
                                   std::span<const Value> values) override;

  private:
    struct Statement {
        std::string id;
        std::vector<Oid> types;  ///< of the parameters
        bool binary = false;     ///< how its rows are read
    };
    using Cache = StatementCache<Statement>;

    Connection(Options options, std::unique_ptr<Wire> wire)
        : db::Connection(options.slow), options_(std::move(options)), wire_(std::move(wire)), cache_(256) {}

    void start(bool writing);
    void forget_statements();
    /// Queues what begins the transaction, when that was not done yet.
    void begin(std::string_view name);
    Result<std::vector<Answer>> flush();
    Result<Answer> execute(std::string_view name, std::string_view text, std::span<const Value> values);
    Result<Answer> execute_once(std::string_view name, std::string_view text, std::span<const Value> values);
    Result<const Statement*> prepared(std::string_view name, std::string_view text, std::span<const Value> values,
                                      Parameters& parameters);
    enum class Types { inferred, named };
    Result<const Statement*> prepare(std::string_view name, const std::string& key, std::string_view text,
                                     std::span<const Value> values, Types types);
    Result<Answer> describe(std::string_view name, const std::string& id, const std::string& text,
                            const std::vector<Oid>& types);
    Result<void> fetch_all(std::string_view name, const std::string& cursor, const Visitor& visit);

    Options options_;
    std::unique_ptr<Wire> wire_;
    Cache cache_;
    std::vector<std::string> beginning_;  ///< commands that go out with the next statement
    std::size_t begun_ = 0;               ///< how many of them the next flush answers
    std::vector<std::string> dropped_;    ///< statements the server may forget
    bool writing_ = false;
    bool fresh_ = false;  ///< nothing was answered in this transaction yet
    bool conflicted_ = false;
    bool stale_ = false;  ///< a table changed under a prepared statement
    int cursors_ = 0;
    std::uint64_t made_ = 0;
    std::string transaction_id_;
};

}  // namespace db::postgres
