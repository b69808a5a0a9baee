#include "db/postgres/writers.h"

#include <random>

#include "base/log.h"
#include "db/errors.h"

namespace db::postgres {
namespace {

constexpr int most_attempts = 12;
constexpr int attempts_beside_others = 4;
constexpr std::chrono::microseconds first_pause{500};
constexpr std::chrono::microseconds longest_pause{40'000};
constexpr std::chrono::milliseconds pause_of_asking{50};
constexpr int most_asking = 100;

/// Of two that met, one must wait a little longer than the other.
void pause(int attempt) {
    static thread_local std::minstd_rand random(std::random_device{}());
    const auto most = std::min(longest_pause, first_pause * (1 << std::min(attempt, 10)));
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<std::int64_t>(0, most.count())(random)));
}

}  // namespace

Writers::Writers(std::vector<std::unique_ptr<Connection>> connections, Queue& queue)
    : connections_(std::move(connections)), queue_(queue) {
    for (const auto& connection : connections_) threads_.emplace_back([this, &connection] { run(*connection); });
}

Writers::~Writers() {
    for (std::thread& thread : threads_) thread.join();
}

WriterStatistics Writers::statistics() const {
    return {closures_, commits_, failed_, retried_};
}

void Writers::run(Connection& connection) {
    while (queue_.wait()) {
        // Another thread may have been quicker.
        if (const auto job = queue_.pop()) perform(connection, *job);
    }
}

void Writers::perform(Connection& connection, const Job& job) {
    Works works;
    Result<void> outcome;
    for (int count = 1;; ++count) {
        works = {};
        outcome = attempt_in_turn(connection, job, works, count > attempts_beside_others);
        if (outcome) break;
        const bool again =
            connection.conflicted() || connection.lost() || outcome.error().message == "db.connection_lost";
        connection.roll_back();
        if (!again || outcome.error().message == "db.outcome_unknown" || count == most_attempts) break;
        // Without a server there is nothing to run it on.
        if (connection.lost() && !connection.reconnect()) break;
        ++retried_;
        pause(count);
    }
    ++closures_;
    if (outcome) {
        ++commits_;
        for (const auto& work : works.after) call_safely("after_commit", work);
    } else {
        ++failed_;
    }
    answer(job, outcome);
}

Result<void> Writers::attempt_in_turn(Connection& connection, const Job& job, Works& works, bool alone) {
    std::unique_lock turn(turnstile_);
    if (alone) {
        const std::unique_lock all(running_);
        turn.unlock();
        return attempt(connection, job, works);
    }
    const std::shared_lock one(running_);
    turn.unlock();
    return attempt(connection, job, works);
}

Result<void> Writers::attempt(Connection& connection, const Job& job, Works& works) {
    TRY(connection.start_writing());
    TRY(ClosureTransaction::perform(connection, works, job.at, job.closure));
    TRY(ClosureTransaction::perform_before(connection, works));
    const auto done = connection.commit();
    if (done || !connection.lost()) return done;
    return find_out(connection);
}

Result<void> Writers::find_out(Connection& connection) {
    const std::string id = connection.transaction_id();
    for (int count = 0; count < most_asking; ++count) {
        if (count > 0) std::this_thread::sleep_for(pause_of_asking);
        if (!connection.reconnect()) continue;
        const auto status = connection.ask(fmt::format("select pg_xact_status('{}'::xid8)", id));
        if (!status || *status == "in progress") continue;
        if (*status == "committed") return {};
        if (*status == "aborted")
            return std::unexpected(error_of(ErrorCode::unavailable, "db.connection_lost", "commit"));
        break;
    }
    logging::error("db.outcome_unknown", {{"transaction", id}});
    return std::unexpected(error_of(ErrorCode::unavailable, "db.outcome_unknown", "transaction " + id));
}

}  // namespace db::postgres
