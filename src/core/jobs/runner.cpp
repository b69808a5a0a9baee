#include "base/log.h"
#include "core/jobs/bell.h"
#include "core/jobs/jobs.h"
#include "core/jobs/store.h"
#include "core/scope/system_scope.h"

namespace jobs {
namespace {

constexpr auto longest_pause = std::chrono::milliseconds(std::chrono::hours(1));

/// Trying again helps where time heals: a busy or full store, a peer that is away, a mistake of ours that is mended
/// meanwhile.
bool worth_trying(ErrorCode code) {
    return code == ErrorCode::unavailable || code == ErrorCode::internal || code == ErrorCode::limited ||
           code == ErrorCode::conflict || code == ErrorCode::unauthenticated;
}

Result<void> call(const Handler& handler, Running& running) {
    try {
        return handler(running);
    } catch (const std::exception& thrown) {
        return fail_internal(std::string("job threw: ") + thrown.what());
    }
}

}  // namespace

Scope Running::scope() const {
    Scope scope = system_scope(clock_.now());
    scope.agency = job_.agency;
    scope.request = "job:" + std::to_string(job_.id.value);
    return scope;
}

Result<void> Running::progress(std::int64_t done, std::int64_t total) {
    const bool mine = TRY(database_.write_now([&](db::Transaction& tx) {
        return store::progress(tx, job_.id, job_.tries, done, total, clock_.now() + lease_);
    }));
    if (!mine) return fail(ErrorCode::conflict, "jobs.taken_over");
    job_.done = done;
    job_.total = total;
    return {};
}

Runner::Runner(db::Database& database, const Clock& clock, Handlers handlers, RunnerSettings settings)
    : database_(database), clock_(clock), handlers_(std::move(handlers)), settings_(settings) {}

Runner::~Runner() {
    stop();
}

void Runner::start() {
    stopping_ = false;
    listen(this, [this] {
        const std::lock_guard lock(mutex_);
        ++rings_;
        wake_.notify_all();
    });
    for (int i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { work(); });
    threads_.emplace_back([this] { keep_leases(); });
}

void Runner::stop() {
    stop_listening(this);
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void Runner::work() {
    while (!stopping_) {
        std::unique_lock lock(mutex_);
        const std::int64_t heard = rings_;
        lock.unlock();
        const Result<bool> did = run_one();
        if (!did) logging::warning("jobs.not_run", {{"error", did.error().message}, {"detail", did.error().detail}});
        if (did && *did) continue;
        lock.lock();
        wake_.wait_for(lock, settings_.look_every, [&] { return stopping_ || rings_ != heard; });
    }
}

void Runner::keep_leases() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        wake_.wait_for(lock, settings_.lease / 3, [this] { return stopping_.load(); });
        if (stopping_ || running_.empty()) continue;
        const std::map<JobId, int> kept = running_;
        lock.unlock();
        const Result<void> renewed = database_.write_now([&](db::Transaction& tx) -> Result<void> {
            for (const auto& [id, tries] : kept) TRY(store::renew(tx, id, tries, clock_.now() + settings_.lease));
            return {};
        });
        if (!renewed)
            logging::warning("jobs.lease_not_kept",
                             {{"error", renewed.error().message}, {"detail", renewed.error().detail}});
        lock.lock();
    }
}

Result<std::optional<Job>> Runner::take() {
    std::vector<std::string> kinds;
    for (const auto& [kind, handler] : handlers_) kinds.push_back(kind);
    const Instant now = clock_.now();
    {
        // Most looks find nothing, and asking costs no write.
        const std::unique_ptr<db::Reader> reader = TRY(database_.read());
        if (!TRY(store::is_due(*reader, kinds, now))) return std::optional<Job>();
    }
    return database_.write_now([&](db::Transaction& tx) { return store::take(tx, kinds, now, now + settings_.lease); });
}

Result<bool> Runner::run_one() {
    const std::optional<Job> job = TRY(take());
    if (!job) return false;
    if (job->tries - job->forgiven > settings_.most_tries) {  // it took its worker down with it each time
        TRY(settle(*job, fail_internal("the job ended its worker")));
        return true;
    }
    {
        const std::lock_guard lock(mutex_);
        running_[job->id] = job->tries;
    }
    Running running(database_, clock_, *job, settings_.lease, stopping_);
    const Result<void> outcome = call(handlers_.find(job->kind)->second, running);
    {
        const std::lock_guard lock(mutex_);
        running_.erase(job->id);
    }
    TRY(settle(*job, outcome));
    return true;
}

Result<void> Runner::settle(const Job& job, const Result<void>& outcome) {
    const Instant now = clock_.now();
    if (outcome) {
        TRY(database_.write_now(
            [&](db::Transaction& tx) { return store::finish(tx, job.id, job.tries, State::done, nullptr, now); }));
        return {};
    }
    const Error& error = outcome.error();
    const int tries = job.tries - job.forgiven;
    const bool last = !worth_trying(error.code) || tries >= settings_.most_tries;
    logging::warning(last ? "jobs.given_up" : "jobs.failed", {{"job", std::to_string(job.id.value)},
                                                              {"kind", job.kind},
                                                              {"error", error.message},
                                                              {"detail", error.detail}});
    if (last) {
        TRY(database_.write_now(
            [&](db::Transaction& tx) { return store::finish(tx, job.id, job.tries, State::given_up, &error, now); }));
        return {};
    }
    std::chrono::milliseconds pause = settings_.first_pause;
    for (int i = 1; i < tries && pause < longest_pause; ++i) pause *= 2;
    if (stopping_) pause = {};  // it was told to end: the next start takes it up
    TRY(database_.write_now([&](db::Transaction& tx) {
        return store::postpone(tx, job.id, job.tries, error, now + std::min(pause, longest_pause));
    }));
    return {};
}

}  // namespace jobs
