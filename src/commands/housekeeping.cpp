#include "commands/housekeeping.h"

#include "base/log.h"
#include "core/jobs/jobs.h"
#include "core/registers/changed_type.h"
#include "core/scope/system_scope.h"
#include "core/steps/notices.h"

namespace commands {

namespace {

constexpr std::chrono::seconds between{5};
constexpr int looks_a_round = 12;
constexpr int rounds_an_hour = 60;
constexpr std::chrono::hours answers_kept{48};  ///< of repeated POSTs
constexpr std::chrono::hours jobs_kept{24 * 30};

constexpr db::Sql forget_answers{"commands.forget_answers", R"(delete from idempotency where created_at < ?1)"};

constexpr db::Sql published_versions{"commands.published_versions", R"(select count(*) from register_version)"};

void log_failure(std::string_view what, const Error& error) {
    logging::error("housekeeping.failed", {{"what", what}, {"message", error.message}, {"detail", error.detail}});
}

}  // namespace

Housekeeping::Housekeeping(Office& office) : office_(office), thread_([this] { run(); }) {}

Housekeeping::~Housekeeping() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Housekeeping::run_once(int round) {
    db::Database& database = *office_.database;
    const auto calendar = office_.engine.calendar();
    const auto reminded =
        database.write_now([&](db::Transaction& tx) { return steps::remind(system_scope(tx.now()), tx, *calendar); });
    if (!reminded) log_failure("remind", reminded.error());
    StepId last;
    do {
        const auto passed =
            database.write_now([&](db::Transaction& tx) { return steps::pass_on(system_scope(tx.now()), tx, last); });
        if (!passed) log_failure("pass_on", passed.error());
        last = passed ? passed->last : StepId{};
    } while (last);
    if (round % rounds_an_hour != 0) return;
    const Instant now = office_.clock->now();
    if (const auto swept = office_.vault->sweep(now); !swept) log_failure("sweep", swept.error());
    const auto forgotten = database.write_now([&](db::Transaction& tx) -> Result<std::int64_t> {
        TRY(tx.execute(forget_answers, now - answers_kept));
        return jobs::forget(tx, now - jobs_kept);
    });
    if (!forgotten) log_failure("forget", forgotten.error());
}

Result<bool> Housekeeping::take_published() {
    std::int64_t published = 0;
    {
        const auto reader = TRY(office_.database->read());
        published = TRY(reader->row(published_versions))->integer(0);
    }
    if (published == published_) return false;
    TRY(refresh(office_));
    TRY(::registers::carry_over_late(*office_.database));
    published_ = published;
    return true;
}

void Housekeeping::run() {
    for (int look = 1;; ++look) {
        {
            std::unique_lock lock(mutex_);
            if (wake_.wait_for(lock, between, [&] { return stopping_; })) return;
        }
        if (const auto taken = take_published(); !taken) log_failure("take_published", taken.error());
        if (look % looks_a_round == 0) run_once(look / looks_a_round);
    }
}

}  // namespace commands
