#include "core/jobs/jobs.h"

#include <condition_variable>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/journal/history.h"
#include "core/scope/system_scope.h"
#include "tests/support/databases.h"

namespace jobs {
namespace {

using congvu::test::told;

class Jobs : public congvu::test::DatabaseTest {
  protected:
    Scope as(std::int64_t person, std::int64_t agency = 1) {
        Scope scope = system_scope(clock().now());
        scope.person = {person};
        scope.agency = {agency};
        return scope;
    }
    Scope administrator() {
        Scope scope = as(99, 2);
        scope.permissions.insert("administer");
        return scope;
    }
    template <class F>
    auto write(F&& work) {
        return db().write_now([&](db::Transaction& tx) { return work(tx); });
    }
    template <class F>
    auto read(F&& work) {
        auto reader = db().read();
        return work(**reader);
    }
    JobId add(NewJob job, std::int64_t person = 3) {
        const auto id = write([&](db::Transaction& tx) { return enqueue(as(person), tx, job); });
        EXPECT_TRUE(id) << told(id);
        return id.value_or(JobId{});
    }
    Job job(JobId id) {
        const auto found = read([&](db::Reader& reader) { return find(administrator(), reader, id); });
        EXPECT_TRUE(found) << told(found);
        return found ? *found : Job{};
    }
    static bool ran(const Result<bool>& did) {
        EXPECT_TRUE(did) << told(did);
        return did.value_or(false);
    }
    void pass(std::chrono::milliseconds time) { clock().set(clock().now() + time); }
};

TEST_P(Jobs, run_with_their_payload_and_are_done) {
    std::vector<std::string> done;
    Runner runner(db(), clock(), {{"greet", [&](Running& running) -> Result<void> {
                                       EXPECT_EQ(running.scope().agency, AgencyId{1});
                                       done.emplace_back(running.job().payload.at("name").as_string());
                                       TRY(running.progress(1, 2));
                                       return {};
                                   }}});
    EXPECT_FALSE(ran(runner.run_one()));
    const JobId first = add({.kind = "greet", .payload = {{"name", "An"}}}),
                second = add({.kind = "greet", .payload = {{"name", "Bình"}}});
    add({.kind = "unknown"});
    EXPECT_EQ(job(first).state, State::waiting);
    EXPECT_TRUE(ran(runner.run_one()));
    EXPECT_TRUE(ran(runner.run_one()));
    EXPECT_FALSE(ran(runner.run_one()));  // what it has no handler for waits for a runner that does
    EXPECT_EQ(done, (std::vector<std::string>{"An", "Bình"}));
    const Job kept = job(second);
    EXPECT_EQ(kept.state, State::done);
    EXPECT_EQ(kept.tries, 1);
    EXPECT_EQ(kept.done, 1);
    EXPECT_EQ(kept.total, 2);
    EXPECT_TRUE(kept.finished_at);
    EXPECT_EQ(kept.created_by, PersonId{3});
}

TEST_P(Jobs, of_a_closure_that_fails_never_were) {
    const auto refused = write([&](db::Transaction& tx) -> Result<void> {
        TRY(enqueue(as(3), tx, {.kind = "x"}));
        return fail(ErrorCode::conflict, "test.later");
    });
    EXPECT_FALSE(refused);
    EXPECT_TRUE(read([&](db::Reader& reader) { return waiting(administrator(), reader, 50); })->empty());
}

TEST_P(Jobs, with_the_same_key_are_one) {
    const JobId first = add({.kind = "remind", .key = "2026-08-25"});
    EXPECT_EQ(add({.kind = "remind", .key = "2026-08-25"}), first);
    EXPECT_NE(add({.kind = "remind", .key = "2026-08-26"}), first);
    EXPECT_NE(add({.kind = "count", .key = "2026-08-25"}), first);
    EXPECT_NE(add({.kind = "free"}), add({.kind = "free"}));
}

TEST_P(Jobs, wait_for_their_time) {
    Runner runner(db(), clock(), {{"x", [](Running&) { return Result<void>(); }}});
    add({.kind = "x", .at = clock().now() + std::chrono::hours(1)});
    EXPECT_FALSE(ran(runner.run_one()));
    pass(std::chrono::hours(1));
    EXPECT_TRUE(ran(runner.run_one()));
}

TEST_P(Jobs, that_fail_are_tried_again_later_and_at_last_given_up) {
    int tries = 0;
    Runner runner(db(), clock(),
                  {{"x",
                    [&](Running&) -> Result<void> {
                        ++tries;
                        return fail(ErrorCode::unavailable, "test.away");
                    }}},
                  {.most_tries = 3});
    const JobId id = add({.kind = "x"});
    EXPECT_TRUE(ran(runner.run_one()));
    EXPECT_EQ(job(id).state, State::failed);
    EXPECT_EQ(job(id).error, "test.away");
    EXPECT_FALSE(ran(runner.run_one()));
    pass(std::chrono::seconds(10));
    EXPECT_TRUE(ran(runner.run_one()));
    pass(std::chrono::seconds(10));
    EXPECT_FALSE(ran(runner.run_one()));  // the pause doubles
    pass(std::chrono::seconds(10));
    EXPECT_TRUE(ran(runner.run_one()));
    EXPECT_EQ(job(id).state, State::given_up);
    pass(std::chrono::hours(24));
    EXPECT_FALSE(ran(runner.run_one()));
    EXPECT_EQ(tries, 3);

    ASSERT_TRUE(write([&](db::Transaction& tx) { return retry(administrator(), tx, id); }));
    EXPECT_EQ(job(id).state, State::waiting);
    EXPECT_TRUE(ran(runner.run_one()));
    EXPECT_EQ(tries, 4);
}

TEST_P(Jobs, that_trying_can_t_help_are_given_up_at_once) {
    Runner runner(db(), clock(),
                  {{"bad", [](Running&) -> Result<void> { return fail(ErrorCode::corrupt, "test.bytes"); }},
                   {"throws", [](Running&) -> Result<void> { throw std::runtime_error("no"); }}});
    const JobId bad = add({.kind = "bad"}), throws = add({.kind = "throws"});
    EXPECT_TRUE(ran(runner.run_one()));
    EXPECT_TRUE(ran(runner.run_one()));
    EXPECT_EQ(job(bad).state, State::given_up);
    EXPECT_EQ(job(throws).state, State::failed);
    EXPECT_EQ(job(throws).error, "base.internal");
}

TEST_P(Jobs, of_a_worker_that_died_are_taken_over) {
    const RunnerSettings settings{.lease = std::chrono::minutes(2), .most_tries = 3};
    Result<void> late_progress;
    int runs = 0;
    Runner second(db(), clock(),
                  {{"x",
                    [&](Running&) {
                        ++runs;
                        return Result<void>();
                    }}},
                  settings);
    Runner first(db(), clock(),
                 {{"x",
                   [&](Running& running) -> Result<void> {
                       EXPECT_FALSE(ran(second.run_one()));  // leased
                       pass(std::chrono::minutes(3));        // as good as dead
                       EXPECT_TRUE(ran(second.run_one()));
                       late_progress = running.progress(1, 1);
                       return fail(ErrorCode::unavailable, "test.late");
                   }}},
                 settings);
    const JobId id = add({.kind = "x"});
    EXPECT_TRUE(ran(first.run_one()));
    ASSERT_FALSE(late_progress);
    EXPECT_EQ(late_progress.error().message, "jobs.taken_over");
    EXPECT_EQ(job(id).state, State::done);  // what the late one says no longer counts
    EXPECT_EQ(runs, 1);
}

TEST_P(Jobs, that_kill_their_worker_each_time_are_given_up) {
    Runner runner(db(), clock(), {{"x", [](Running&) { return Result<void>(); }}}, {.most_tries = 2});
    const JobId id = add({.kind = "x"});
    constexpr db::Sql crashed{"test.crashed", "update job set state = 'running', tries = 2, due_at = 0"};
    ASSERT_TRUE(write([&](db::Transaction& tx) { return tx.execute(crashed); }));
    EXPECT_TRUE(ran(runner.run_one()));
    EXPECT_EQ(job(id).state, State::given_up);
}

TEST_P(Jobs, survive_a_restart) {
    const JobId id = add({.kind = "x", .payload = {1, "hai"}});
    reopen();
    boost::json::value payload;
    Runner runner(db(), clock(), {{"x", [&](Running& running) {
                                       payload = running.job().payload;
                                       return Result<void>();
                                   }}});
    EXPECT_TRUE(ran(runner.run_one()));
    EXPECT_EQ(job(id).state, State::done);
    EXPECT_EQ(payload, (boost::json::value{1, "hai"}));
}

TEST_P(Jobs, are_shown_to_whoever_made_them_and_to_administrators) {
    const JobId mine = add({.kind = "x"}, 3);
    add({.kind = "x"}, 4);
    EXPECT_EQ(read([&](db::Reader& reader) { return waiting(as(3), reader, 50); })->size(), 1u);
    EXPECT_EQ(read([&](db::Reader& reader) { return waiting(administrator(), reader, 50); })->size(), 2u);
    EXPECT_FALSE(read([&](db::Reader& reader) { return find(as(4), reader, mine); }));
    const auto not_failed = write([&](db::Transaction& tx) { return retry(as(3), tx, mine); });
    ASSERT_FALSE(not_failed);
    EXPECT_EQ(not_failed.error().message, "jobs.not_failed");
    EXPECT_FALSE(write([&](db::Transaction& tx) { return give_up(as(4), tx, mine); }));
    ASSERT_TRUE(write([&](db::Transaction& tx) { return give_up(as(3), tx, mine); }));
    EXPECT_EQ(job(mine).state, State::given_up);
    const auto again = write([&](db::Transaction& tx) { return give_up(as(3), tx, mine); });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().message, "jobs.finished");
    pass(std::chrono::hours(1));
    EXPECT_EQ(*write([&](db::Transaction& tx) { return forget(tx, clock().now()); }), 1);
    EXPECT_EQ(read([&](db::Reader& reader) { return failed(administrator(), reader, {}, 50); })->size(), 0u);
    EXPECT_EQ(read([&](db::Reader& reader) { return waiting(administrator(), reader, 50); })->size(), 1u);
}

TEST_P(Jobs, that_failed_are_counted_listed_and_tried_again_at_once_or_all_together) {
    bool healed = false;
    Runner runner(db(), clock(),
                  {{"lost", [](Running&) { return Result<void>(fail(ErrorCode::corrupt, "files.missing")); }},
                   {"busy",
                    [&](Running&) -> Result<void> {
                        if (healed) return {};
                        return fail(ErrorCode::unavailable, "paper.busy");
                    }},
                   {"fine", [](Running&) { return Result<void>(); }}});
    const JobId lost = add({.kind = "lost"}, 3), busy = add({.kind = "busy"}, 4);
    add({.kind = "fine"}, 3);
    while (ran(runner.run_one())) {
    }
    const JobId next = add({.kind = "other"}, 3),
                last = add({.kind = "other", .at = clock().now() + std::chrono::hours(1)}, 3);
    const auto ids = [](const Result<std::vector<Job>>& jobs) {
        EXPECT_TRUE(jobs) << told(jobs);
        std::vector<JobId> all;
        for (const Job& each : jobs.value_or(std::vector<Job>{})) all.push_back(each.id);
        return all;
    };
    const auto failed_of = [&](const Scope& scope, JobId before = {}, int limit = 50) {
        return ids(read([&](db::Reader& reader) { return failed(scope, reader, before, limit); }));
    };
    const auto counted = [&](const Scope& scope, std::int64_t most = 100) {
        const auto of = [&](Pile pile) {
            const auto number = read([&](db::Reader& reader) { return count(scope, reader, pile, most); });
            EXPECT_TRUE(number) << told(number);
            return number.value_or(-1);
        };
        return fmt::format("{} failed, {} waiting", of(Pile::failed), of(Pile::waiting));
    };
    EXPECT_EQ(failed_of(administrator()), (std::vector{busy, lost}));
    EXPECT_EQ(failed_of(administrator(), busy), std::vector{lost});
    EXPECT_EQ(failed_of(administrator(), {}, 1), std::vector{busy});
    EXPECT_EQ(failed_of(as(3)), std::vector{lost});
    EXPECT_EQ(ids(read([&](db::Reader& reader) { return waiting(as(3), reader, 50); })), (std::vector{next, last}));
    EXPECT_EQ(ids(read([&](db::Reader& reader) { return waiting(administrator(), reader, 1); })), std::vector{next});
    EXPECT_EQ(counted(administrator()), "2 failed, 2 waiting");
    EXPECT_EQ(counted(administrator(), 1), "1 failed, 1 waiting");
    EXPECT_EQ(counted(as(4)), "1 failed, 0 waiting");

    healed = true;
    const auto again = [&](const Scope& scope) {
        const auto tried = write([&](db::Transaction& tx) { return retry_failed(scope, tx); });
        EXPECT_TRUE(tried) << told(tried);
        return tried.value_or(-1);
    };
    const auto journalled = [&] {
        const auto entries = read([](db::Reader& reader) {
            return journal::entries(reader, {.action = "job.all_retried"}, {.before = {}, .limit = 10});
        });
        EXPECT_TRUE(entries) << told(entries);
        return entries->size();
    };
    EXPECT_EQ(again(as(3)), 1) << "one's own alone";
    EXPECT_EQ(job(lost).state, State::waiting);
    EXPECT_EQ(job(busy).state, State::failed);
    while (ran(runner.run_one())) {
    }
    EXPECT_EQ(job(lost).state, State::given_up);
    EXPECT_EQ(again(administrator()), 2);
    EXPECT_EQ(journalled(), 2u);
    while (ran(runner.run_one())) {
    }
    EXPECT_EQ(job(busy).state, State::done);
    EXPECT_EQ(failed_of(administrator()), std::vector{lost});
    ASSERT_TRUE(write([&](db::Transaction& tx) { return retry(administrator(), tx, lost); }));
    EXPECT_EQ(again(administrator()), 0);
    EXPECT_EQ(journalled(), 2u) << "nothing was done";
}

TEST_P(Jobs, are_each_done_once_by_many_threads) {
    constexpr int count = 60;
    std::mutex mutex;
    std::condition_variable finished;
    std::multiset<std::int64_t> done;
    const Handlers handlers{{"x", [&](Running& running) -> Result<void> {
                                 const std::lock_guard lock(mutex);
                                 done.insert(running.job().id.value);
                                 finished.notify_all();
                                 return {};
                             }}};
    Runner one(db(), clock(), handlers, {.threads = 3}), two(db(), clock(), handlers, {.threads = 2});
    one.start();
    two.start();
    for (int i = 0; i < count; ++i) add({.kind = "x"});
    {
        std::unique_lock lock(mutex);
        ASSERT_TRUE(finished.wait_for(lock, std::chrono::seconds(60), [&] { return done.size() >= count; }));
    }
    one.stop();
    two.stop();
    EXPECT_EQ(std::set(done.begin(), done.end()).size(), done.size());
    EXPECT_EQ(done.size(), static_cast<std::size_t>(count));
}

TEST_P(Jobs, are_told_to_end_when_the_server_stops) {
    std::mutex mutex;
    std::condition_variable begun;
    bool running_now = false;
    Runner runner(db(), clock(), {{"long", [&](Running& running) -> Result<void> {
                                       {
                                           const std::lock_guard lock(mutex);
                                           running_now = true;
                                       }
                                       begun.notify_all();
                                       while (!running.stopping()) std::this_thread::yield();
                                       return fail(ErrorCode::unavailable, "jobs.stopping");
                                   }}});
    runner.start();
    const JobId id = add({.kind = "long"});
    {
        std::unique_lock lock(mutex);
        ASSERT_TRUE(begun.wait_for(lock, std::chrono::seconds(60), [&] { return running_now; }));
    }
    runner.stop();
    EXPECT_EQ(job(id).state, State::failed);
    EXPECT_EQ(job(id).due_at, clock().now());  // the next start takes it up at once
}

CONGVU_BOTH_ENGINES(Jobs);

}  // namespace
}  // namespace jobs
