#include "db/queue.h"

#include "db/errors.h"
#include "db/transaction.h"

namespace db {
namespace {

Result<void> refusal(std::string_view message) {
    return std::unexpected(error_of(ErrorCode::unavailable, message));
}

}  // namespace

void answer(const Job& job, Result<void> result) {
    if (!job.done) return;
    call_safely("done", [&] { job.done(std::move(result)); });
}

void Queue::push(Closure closure, std::function<void(Result<void>)> done) {
    Job job{std::move(closure), std::move(done), clock_ ? clock_->now() : system_.now()};
    std::string_view refused;
    {
        const std::lock_guard lock(mutex_);
        if (closed_) {
            refused = "db.closing";
        } else if (jobs_.size() >= limit_) {
            refused = "db.busy";
        } else {
            jobs_.push_back(std::move(job));
        }
    }
    if (!refused.empty()) return answer(job, refusal(refused));
    came_.notify_one();
}

bool Queue::wait() {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
    return !closed_;
}

bool Queue::wait_for(std::chrono::microseconds patience) {
    std::unique_lock lock(mutex_);
    return came_.wait_for(lock, patience, [&] { return closed_ || !jobs_.empty(); }) && !closed_;
}

std::optional<Job> Queue::pop() {
    const std::lock_guard lock(mutex_);
    if (jobs_.empty()) return std::nullopt;
    std::optional<Job> job(std::move(jobs_.front()));
    jobs_.pop_front();
    return job;
}

void Queue::close() {
    std::deque<Job> left;
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        left.swap(jobs_);
    }
    came_.notify_all();
    for (const Job& job : left) answer(job, refusal("db.closing"));
}

bool Queue::closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
}

}  // namespace db
