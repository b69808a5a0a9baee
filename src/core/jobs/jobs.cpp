#include "core/jobs/jobs.h"

#include "core/jobs/bell.h"
#include "core/jobs/store.h"
#include "core/journal/journal.h"

namespace jobs {
namespace {

std::mutex bell_mutex;
std::map<const Runner*, std::function<void()>> listeners;

/// Whoever administers sees all; others the jobs that they made themselves.
bool may_see(const Scope& scope, const Job& job) {
    if (scope.may("administer")) return true;
    return job.created_by && job.created_by == scope.person;
}

/// Whose jobs are shown to the scope; none for everybody's.
std::optional<PersonId> made_by(const Scope& scope) {
    return scope.may("administer") ? std::nullopt : std::optional(scope.person);
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

Result<void> enqueue_one(const Scope& scope, db::Transaction& tx, std::string_view kind) {
    if (!TRY(store::has_not_begun(tx, kind))) TRY(enqueue(scope, tx, {.kind = kind}));
    return {};
}

Result<std::vector<Job>> failed(const Scope& scope, db::Reader& reader, JobId before, int limit) {
    return store::failed(reader, made_by(scope), before, std::clamp(limit, 1, 200));
}

Result<std::vector<Job>> waiting(const Scope& scope, db::Reader& reader, int limit) {
    return store::waiting(reader, made_by(scope), std::clamp(limit, 1, 200));
}

Result<std::int64_t> count(const Scope& scope, db::Reader& reader, Pile pile, std::int64_t most) {
    return store::count(reader, pile, made_by(scope), most);
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

Result<std::int64_t> retry_failed(const Scope& scope, db::Transaction& tx) {
    const std::int64_t again = TRY(store::reset_failed(tx, made_by(scope), tx.now()));
    if (again == 0) return again;
    TRY(journal::write(scope, tx, {.action = "job.all_retried", .details = {{"jobs", again}}}));
    tx.after_commit(ring);
    return again;
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
