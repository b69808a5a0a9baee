#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "db/connection.h"
#include "db/database.h"

namespace db {

/// What closures of one batch want done around its commit.
struct Works {
    struct Before {
        std::function<Result<void>(Transaction&)> work;
        Instant now;
    };
    std::vector<Before> before;
    std::vector<std::function<void()>> after;
};

/// The Transaction a closure gets. A statement that failed spoils it: later ones give the same error, as PostgreSQL has
/// it.
class ClosureTransaction final : public Transaction {
  public:
    ClosureTransaction(Connection& connection, Works& works, Instant now)
        : connection_(connection), works_(works), now_(now) {}
    Engine engine() const override { return connection_.engine(); }
    Instant now() const override { return now_; }
    Result<void> attempt(const std::function<Result<void>()>& part) override;
    void before_commit(std::function<Result<void>(Transaction&)> work) override {
        works_.before.push_back({std::move(work), now_});
    }
    void after_commit(std::function<void()> work) override { works_.after.push_back(std::move(work)); }

    /// Runs a closure or a work; what it throws is an internal error. A spoilt transaction fails even when `work` does
    /// not.
    static Result<void> perform(Connection& connection, Works& works, Instant now, const Closure& work);
    /// The same for the works of a batch before its commit, with those they add themselves.
    static Result<void> perform_before(Connection& connection, Works& works);

  protected:
    Result<Rows> run(std::string_view name, std::string_view text, std::span<const Value> values) override;
    Result<void> run_each(std::string_view name, std::string_view text, std::span<const Value> values,
                          const std::function<Result<void>(const Row&)>& visit) override;
    Result<std::int64_t> change(std::string_view name, std::string_view text, std::span<const Value> values) override;

  private:
    Connection& connection_;
    Works& works_;
    Instant now_;
    std::optional<Error> spoilt_;
};

/// Calls what may not fail; what it throws goes to the log.
void call_safely(std::string_view what, const std::function<void()>& work);

}  // namespace db
