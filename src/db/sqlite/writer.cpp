#include "db/sqlite/writer.h"

#include "base/log.h"
#include "db/errors.h"

namespace db::sqlite {
namespace {

constexpr std::size_t most_closures = 512;
constexpr std::chrono::milliseconds most_time{50};
constexpr std::chrono::microseconds longest_lingering{2'000};

using Steady = std::chrono::steady_clock;

std::chrono::microseconds since(Steady::time_point begun) {
    return std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - begun);
}

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, Queue& queue, Checkpointer& checkpointer)
    : connection_(std::move(connection)), queue_(queue), checkpointer_(checkpointer) {
    checkpointer_.watch(*connection_);
    thread_ = std::thread([this] { run(); });
}

Writer::~Writer() {
    thread_.join();
}

WriterStatistics Writer::statistics() const {
    return {closures_, commits_, failed_, retried_};
}

void Writer::run() {
    while (queue_.wait()) {
        batch();
        checkpointer_.restart_if_long(*connection_);
    }
}

void Writer::batch() {
    Batch batch;
    Result<void> state = connection_->run("begin immediate");
    if (state) {
        state = fill(batch);
        if (state) state = commit(batch);
    } else {
        // Nothing can be written now: those that wait get to know, and the next ones try again.
        while (batch.size() < most_closures) {
            auto job = queue_.pop();
            if (!job) break;
            batch.push_back({std::move(*job)});
        }
    }
    if (!state) {
        roll_back();
        if (batch.size() > 1 && !is_storage_error(state.error())) {
            one_by_one(batch);
        } else {
            for (Entry& entry : batch) entry.outcome = state;
        }
    }
    last_size_ = batch.size();
    finish(batch);
}

Result<void> Writer::fill(Batch& batch) {
    const auto begun = Steady::now();
    while (batch.size() < most_closures && since(begun) < most_time) {
        auto job = queue_.pop();
        if (!job) {
            if (!linger(batch.size())) break;
            continue;
        }
        batch.push_back({std::move(*job)});
        TRY(run_entry(batch.back()));
    }
    return {};
}

bool Writer::linger(std::size_t so_far) {
    // Clients answered by the last commit are about to ask again: a small part of a sync is well spent on them.
    if (last_size_ < 2 || so_far * 2 >= last_size_) return false;
    return queue_.wait_for(std::min(commit_time_ / 4, longest_lingering));
}

Result<void> Writer::run_entry(Entry& entry) {
    TRY(connection_->run("savepoint closure"));
    entry.outcome = ClosureTransaction::perform(*connection_, entry.works, entry.job.at, entry.job.closure);
    if (!connection_->in_transaction()) {
        // The engine gave up everything, the neighbours too.
        return entry.outcome ? fail_internal("the transaction ended inside a closure") : entry.outcome;
    }
    if (!entry.outcome) {
        TRY(connection_->run("rollback to closure"));
        entry.works = {};
    }
    return connection_->run("release closure");
}

Result<void> Writer::commit(Batch& batch) {
    const auto begun = Steady::now();
    Works before;
    for (Entry& entry : batch) {
        for (auto& work : entry.works.before) before.before.push_back(std::move(work));
        entry.works.before.clear();
    }
    TRY(ClosureTransaction::perform_before(*connection_, before));
    TRY(connection_->run("commit"));
    // What a work of the batch asked for comes after all that the closures asked for.
    if (!batch.empty()) {
        for (auto& work : before.after) batch.back().works.after.push_back(std::move(work));
    }
    ++commits_;
    commit_time_ = since(begun);
    return {};
}

void Writer::one_by_one(Batch& batch) {
    Result<void> store;  // once the store itself fails, nobody else has to wait for it
    for (Entry& entry : batch) {
        ++retried_;
        entry.outcome = store ? alone(entry) : store;
        if (entry.outcome) continue;
        roll_back();
        if (is_storage_error(entry.outcome.error())) store = entry.outcome;
    }
}

Result<void> Writer::alone(Entry& entry) {
    entry.works = {};
    TRY(connection_->run("begin immediate"));
    TRY(ClosureTransaction::perform(*connection_, entry.works, entry.job.at, entry.job.closure));
    if (!connection_->in_transaction()) return fail_internal("the transaction ended inside a closure");
    TRY(ClosureTransaction::perform_before(*connection_, entry.works));
    TRY(connection_->run("commit"));
    ++commits_;
    return {};
}

void Writer::roll_back() {
    if (!connection_->in_transaction()) return;
    const auto done = connection_->run("rollback");
    if (!done) logging::error("db.rollback_failed", {{"error", done.error().detail}});
}

void Writer::finish(Batch& batch) {
    closures_ += static_cast<std::int64_t>(batch.size());
    for (const Entry& entry : batch) {
        if (!entry.outcome) {
            ++failed_;
            continue;
        }
        for (const auto& work : entry.works.after) call_safely("after_commit", work);
    }
    for (const Entry& entry : batch) answer(entry.job, entry.outcome);
}

}  // namespace db::sqlite
