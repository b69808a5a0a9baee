#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/json.hpp>

#include "base/described.h"
#include "core/scope/scope.h"
#include "db/database.h"

/// Long work is a row: visible, leased to one worker at a time, tried again after a failure or a crash.
namespace jobs {

enum class State { waiting, running, done, failed, given_up };
BOOST_DESCRIBE_ENUM(State, waiting, running, done, failed, given_up)

struct Job {
    JobId id;
    std::string kind;
    std::optional<std::string> key;
    boost::json::value payload;
    State state = State::waiting;
    int tries = 0;
    int forgiven = 0;                  ///< of them, those before somebody asked for a new start
    Instant due_at;                    ///< waiting and failed: the next try; running: the end of its lease
    std::optional<std::string> error;  ///< message code of the last failure
    std::int64_t done = 0, total = 0;
    AgencyId agency;
    PersonId created_by;
    Instant created_at;
    std::optional<Instant> finished_at;
};

struct NewJob {
    std::string_view kind;  ///< "files.read", "steps.remind"
    boost::json::value payload = {};
    std::optional<std::string> key = {};  ///< the same kind and key again gives the job there is, whatever its state
    std::optional<Instant> at = {};       ///< not before; at once when absent
};
/// Queues a job in the transaction that makes it needed; it starts once that is durable.
Result<JobId> enqueue(const Scope&, db::Transaction&, const NewJob&);

/// One of the kind without a payload, unless one that has not begun will see what this transaction did.
Result<void> enqueue_one(const Scope&, db::Transaction&, std::string_view kind);

/// Those of the scope's person, or all for whoever may administer; so is what follows.
/// What failed, to be tried again by itself or not, newest first, before a job where one is given.
Result<std::vector<Job>> failed(const Scope&, db::Reader&, JobId before, int limit);
/// What waits for its first try or runs, in the order it is due.
Result<std::vector<Job>> waiting(const Scope&, db::Reader&, int limit);
/// How many of them there are, `most` where there are more.
enum class Pile { failed, waiting };
Result<std::int64_t> count(const Scope&, db::Reader&, Pile, std::int64_t most);
/// Errors of this, of retry and of give_up: not_found.
Result<Job> find(const Scope&, db::Reader&, JobId);
/// Tries a failed or given-up job again at once. Errors: conflict "jobs.not_failed".
Result<void> retry(const Scope&, db::Transaction&, JobId);
/// The same for every one that failed, in one step. Gives how many.
Result<std::int64_t> retry_failed(const Scope&, db::Transaction&);
/// Tries no more. Errors: conflict "jobs.finished".
Result<void> give_up(const Scope&, db::Transaction&, JobId);
/// Drops what was finished before that moment. Gives how many.
Result<std::int64_t> forget(db::Transaction&, Instant finished_before);

/// A job being done, as its handler sees it. A handler may run twice for one job (a crash after the work, before the
/// row): it must do no harm then.
class Running {
  public:
    Running(db::Database& database, const Clock& clock, Job job, std::chrono::milliseconds lease,
            const std::atomic<bool>& stopping)
        : database_(database), clock_(clock), job_(std::move(job)), lease_(lease), stopping_(stopping) {}
    const Job& job() const { return job_; }
    db::Database& database() const { return database_; }
    /// The server's own scope, in the agency of whoever made the job.
    Scope scope() const;
    /// Shows how far it is. Errors: conflict "jobs.taken_over" (the lease ran out and another works on it: stop).
    Result<void> progress(std::int64_t done, std::int64_t total);
    /// The server stops: end soon with unavailable "jobs.stopping", the job is tried again after the start.
    bool stopping() const { return stopping_.load(std::memory_order_relaxed); }

  private:
    db::Database& database_;
    const Clock& clock_;
    Job job_;
    std::chrono::milliseconds lease_;
    const std::atomic<bool>& stopping_;
};

/// Does one kind of job. A failure is tried again unless trying can't help (invalid, forbidden, not_found, too_large,
/// corrupt).
using Handler = std::function<Result<void>(Running&)>;
using Handlers = std::map<std::string, Handler, std::less<>>;

struct RunnerSettings {
    int threads = 1;
    std::chrono::milliseconds lease = std::chrono::minutes(2);  ///< renewed while the handler runs
    std::chrono::milliseconds look_every = std::chrono::seconds(1);
    int most_tries = 8;
    std::chrono::milliseconds first_pause = std::chrono::seconds(10);  ///< doubled with each try, up to an hour
};

/// Takes jobs of the kinds it has handlers for. Several servers may run on one store.
class Runner {
  public:
    Runner(db::Database&, const Clock&, Handlers, RunnerSettings = {});
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    void start();
    /// Waits for the handlers, which are told to stop.
    void stop();
    /// Does the next due job on this thread; false when there is none.
    Result<bool> run_one();

  private:
    void work();
    void keep_leases();
    Result<std::optional<Job>> take();
    Result<void> settle(const Job&, const Result<void>& outcome);

    db::Database& database_;
    const Clock& clock_;
    Handlers handlers_;
    RunnerSettings settings_;
    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::int64_t rings_ = 0;        ///< how often work was announced
    std::map<JobId, int> running_;  ///< with the try each lease belongs to
    std::vector<std::thread> threads_;
};

}  // namespace jobs
