#include "core/jobs/jobs.h"

#include "core/jobs/bell.h"
#include "core/jobs/store.h"
#include "core/journal/journal.h"

namespace jobs {
namespace {

std::mutex bell_mutex;
std::map<const Runner*, std::function<void()>> listeners;

/// Whoever administers sees all; others the jobs of their agency that they made themselves.
bool may_see(const Scope& scope, const Job& job) {
    if (scope.may("administer")) return true;
    return job.created_by && job.created_by == scope.person;
}

}  // namespace

void ring() {
    const std::lock_guard lock(bell_mutex);
    for (const auto& [runner, wake] : listeners) wake();
}

void listen(const Runner* runner, std::function<void()> wake) {
    const std::lock_guard lock(bell_mutex);
    listeners[runner] = std::move(wake);
}

void stop_listening(const Runner* runner) {
    const std::lock_guard lock(bell_mutex);
    listeners.erase(runner);
}

Result<JobId> enqueue(const Scope& scope, db::Transaction& tx, const NewJob& job) {
    const JobId id = TRY(store::insert(tx, job, scope.agency, scope.person));
    tx.after_commit(ring);
    return id;
}

Result<std::vector<Job>> list(const Scope& scope, db::Reader& reader, std::optional<State> state, JobId before,
                              int limit) {
    const std::optional<AgencyId> agency = scope.may("administer") ? std::nullopt : std::optional(scope.agency);
    std::vector<Job> all = TRY(store::list(reader, agency, state, before, std::clamp(limit, 1, 200)));
    std::erase_if(all, [&](const Job& job) { return !may_see(scope, job); });
    return all;
}

Result<Job> find(const Scope& scope, db::Reader& reader, JobId id) {
    std::optional<Job> job = TRY(store::find(reader, id));
    if (!job || !may_see(scope, *job)) return fail(ErrorCode::not_found, "jobs.not_found");
    return *std::move(job);
}

Result<void> retry(const Scope& scope, db::Transaction& tx, JobId id) {
    const Job job = TRY(find(scope, tx, id));
    if (!TRY(store::reset(tx, id, tx.now()))) return fail(ErrorCode::conflict, "jobs.not_failed");
    TRY(journal::write(scope, tx, {.action = "job.retried", .details = {{"job", id.value}, {"kind", job.kind}}}));
    tx.after_commit(ring);
    return {};
}

Result<void> give_up(const Scope& scope, db::Transaction& tx, JobId id) {
    const Job job = TRY(find(scope, tx, id));
    if (!TRY(store::end(tx, id, tx.now()))) return fail(ErrorCode::conflict, "jobs.finished");
    TRY(journal::write(scope, tx, {.action = "job.given_up", .details = {{"job", id.value}, {"kind", job.kind}}}));
    return {};
}

Result<std::int64_t> forget(db::Transaction& tx, Instant finished_before) {
    return store::forget(tx, finished_before);
}

}  // namespace jobs
