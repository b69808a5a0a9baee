#include "db/transaction.h"

#include "base/log.h"
#include "db/errors.h"

namespace db {

Result<void> ClosureTransaction::perform(Connection& connection, Works& works, Instant now, const Closure& work) {
    ClosureTransaction tx(connection, works, now);
    Result<void> done;
    try {
        done = work(tx);
    } catch (const std::exception& thrown) {
        done = fail_internal(named("closure", thrown.what()));
    } catch (...) {
        done = fail_internal("closure: something unknown was thrown");
    }
    if (!tx.spoilt_) return done;
    // The engine's own word counts where a fresh run may help; otherwise the closure knows best what to tell.
    if (done || tx.spoilt_->code == ErrorCode::unavailable) return std::unexpected(std::move(*tx.spoilt_));
    return done;
}

Result<void> ClosureTransaction::attempt(const std::function<Result<void>()>& part) {
    if (spoilt_) return std::unexpected(*spoilt_);
    const auto command = [this](std::string_view text) -> Result<void> {
        auto done = connection_.command(text);
        if (!done) spoilt_ = done.error();
        return done;
    };
    const std::size_t before = works_.before.size();
    const std::size_t after = works_.after.size();
    TRY(command("savepoint attempt"));
    const Result<void> done = part();
    if (spoilt_ && (spoilt_->code == ErrorCode::unavailable || spoilt_->code == ErrorCode::internal))
        return std::unexpected(*spoilt_);
    if (done && !spoilt_) return command("release savepoint attempt");
    const Error why = done ? *spoilt_ : done.error();
    spoilt_.reset();
    works_.before.resize(before);
    works_.after.resize(after);
    TRY(command("rollback to savepoint attempt"));
    TRY(command("release savepoint attempt"));
    return std::unexpected(why);
}

Result<void> ClosureTransaction::perform_before(Connection& connection, Works& works) {
    for (std::size_t at = 0; at < works.before.size(); ++at) {
        const Works::Before next = works.before[at];  // a work may add further ones
        TRY(perform(connection, works, next.now, next.work));
    }
    return {};
}

Result<Rows> ClosureTransaction::run(std::string_view name, std::string_view text, std::span<const Value> values) {
    if (spoilt_) return std::unexpected(*spoilt_);
    auto answer = connection_.rows(name, text, values);
    if (!answer) spoilt_ = answer.error();
    return answer;
}

Result<void> ClosureTransaction::run_each(std::string_view name, std::string_view text, std::span<const Value> values,
                                          const std::function<Result<void>(const Row&)>& visit) {
    if (spoilt_) return std::unexpected(*spoilt_);
    bool stopped = false;
    auto answer = connection_.each(name, text, values, [&](const Row& row) {
        auto visited = visit(row);
        stopped = !visited;
        return visited;
    });
    if (!answer && !stopped) spoilt_ = answer.error();
    return answer;
}

Result<std::int64_t> ClosureTransaction::change(std::string_view name, std::string_view text,
                                                std::span<const Value> values) {
    if (spoilt_) return std::unexpected(*spoilt_);
    auto answer = connection_.change(name, text, values);
    if (!answer) spoilt_ = answer.error();
    return answer;
}

void call_safely(std::string_view what, const std::function<void()>& work) {
    if (!work) return;
    try {
        work();
    } catch (const std::exception& thrown) {
        logging::error("db.callback_threw", {{"what", what}, {"error", thrown.what()}});
    } catch (...) {
        logging::error("db.callback_threw", {{"what", what}});
    }
}

}  // namespace db
