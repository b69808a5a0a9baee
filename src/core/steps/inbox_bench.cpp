#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "base/log.h"
#include "core/scope/subject.h"
#include "core/steps/inbox.h"

/// The inbox over CONGVU_BENCH_RECORDS records (100,000) with three steps each. A store made once is used again:
/// CONGVU_BENCH_FOLDER (/tmp/congvu-bench).
namespace steps {
namespace {

constexpr int posts = 2000;

std::int64_t records() {
    const char* wanted = std::getenv("CONGVU_BENCH_RECORDS");
    return wanted ? std::atoll(wanted) : 100'000;
}

constexpr db::Sql insert_record{"bench.record", R"(
    insert into record (id, uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
    values (?1, ?2, 1, 1, 1, 'in_progress', ?3, ?4, ?4))"};
constexpr db::Sql insert_step{"bench.step", R"(
    insert into step (record_id, agency_id, role, to_subject, box, urgency, due, state, from_subject, from_post_id, instruction, opened_at, closed_at)
    values (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'Giao nghiên cứu, tham mưu', ?10, ?11))"};
constexpr db::Sql insert_shown{"bench.shown", R"(
    insert into step_record (record_id, urgency, notation, author) values (?1, ?2, ?3, 'Sở Tài chính'))"};
constexpr db::Sql insert_grant{"bench.grant", R"(
    insert into record_grant (record_id, subject_id, rule) values (?1, ?2, 5) on conflict do nothing)"};

constexpr db::Sql enter_inbox{"bench.inbox", R"(
    insert into inbox (to_subject, box, urgency, due, step_id, role, record_id, register_id, record_state, secrecy, notation, title, author,
                       asked, from_post_id, opened_at, seen)
    select s.to_subject, s.box, s.urgency, s.due, s.id, s.role, s.record_id, 1, r.state, 0, x.notation, r.title, x.author, s.instruction,
           s.from_post_id, s.opened_at, 0
    from step s join record r on r.id = s.record_id join step_record x on x.record_id = s.record_id
    where s.record_id >= ?1 and s.record_id < ?2 and s.state = 'open')"};

Result<void> fill(db::Transaction& tx, std::int64_t from, std::int64_t to) {
    std::mt19937 random(static_cast<unsigned>(from));
    for (std::int64_t i = from; i < to; ++i) {
        TRY(tx.execute(insert_record, i, std::to_string(i),
                       "Báo cáo về việc thực hiện nhiệm vụ cải cách hành chính số " + std::to_string(i), i * 1000));
        TRY(tx.execute(insert_shown, i, 0, std::to_string(i % 900 + 1) + "/BC-STC"));
        for (int role = 0; role < 3; ++role) {
            const SubjectId to_whom = subject::post({static_cast<std::int64_t>(random() % posts) + 1});
            const std::int64_t giver = static_cast<std::int64_t>(random() % 50) + 1;
            const bool open = random() % 10 == 0;
            const std::string due = "2026-09-" + std::string(random() % 2 ? "1" : "2") + std::to_string(random() % 9);
            TRY(tx.execute(insert_step, i,
                           role == 0   ? "lead"
                           : role == 1 ? "support"
                                       : "inform",
                           to_whom, open ? role + 1 : 4, 9 - (random() % 20 == 0 ? 1 : 0), due, open ? "open" : "done",
                           subject::post({giver}), giver, i * 1000, i * 1000 + 500));
            TRY(tx.execute(insert_grant, i, to_whom));
            TRY(tx.execute(insert_grant, i, subject::post({giver})));
        }
    }
    TRY(tx.execute(enter_inbox, from, to));
    return {};
}

db::Database& store() {
    static const std::unique_ptr<db::Database> database = [] {
        logging::set_level(logging::Level::error);
        const char* folder = std::getenv("CONGVU_BENCH_FOLDER");
        const std::filesystem::path path = folder ? folder : "/tmp/congvu-bench";
        std::filesystem::create_directories(path);
        const std::filesystem::path file = path / ("inbox-" + std::to_string(records()) + ".db");
        const bool is_new = !std::filesystem::exists(file);
        auto opened = std::move(*db::Database::open({.address = file.string()}));
        if (!is_new) return opened;
        if (!db::migrate(*opened)) std::abort();
        constexpr db::Sql unit{"bench.unit",
                               "insert into unit (id, uuid, is_agency, created_at) values (1, 'a', 1, 0)"};
        constexpr db::Sql reg{"bench.register", "insert into register (id, code) values (1, 'incoming')"};
        (void)opened->write_now([&](db::Transaction& tx) -> Result<void> {
            TRY(tx.execute(unit));
            TRY(tx.execute(reg));
            return {};
        });
        for (std::int64_t from = 1; from <= records(); from += 10'000)
            if (!opened->write_now(
                    [&](db::Transaction& tx) { return fill(tx, from, std::min(from + 10'000, records() + 1)); }))
                std::abort();
        return opened;
    }();
    return *database;
}

Scope holder(std::int64_t post, int more_subjects) {
    Scope scope;
    scope.person = {post};
    scope.post = {post};
    scope.agency = {1};
    scope.today = *parse_date("2026-09-15");
    scope.posts = {{{post}, {1}, {1}, "Chuyên viên", {"handler"}, {}}};
    scope.subjects = {subject::person({post}), subject::post({post}), subject::everyone()};
    for (int i = 0; i < more_subjects; ++i) scope.subjects.push_back(subject::role_over_unit(3, {i + 1}));
    std::ranges::sort(scope.subjects);
    return scope;
}

void page(benchmark::State& state, Box box) {
    const auto reader = *store().read();
    std::int64_t post = 0, found = 0;
    for (auto _ : state) {
        const Scope scope = holder(post++ % posts + 1, static_cast<int>(state.range(0)));
        const auto rows = inbox(scope, *reader, {.box = box});
        if (!rows) return state.SkipWithError(rows.error().message.c_str());
        found += static_cast<std::int64_t>(rows->rows.size());
    }
    state.counters["rows"] = static_cast<double>(found) / static_cast<double>(state.iterations());
}

void counts(benchmark::State& state) {
    const auto reader = *store().read();
    std::int64_t post = 0;
    for (auto _ : state) {
        const auto counted = inbox_counts(holder(post++ % posts + 1, static_cast<int>(state.range(0))), *reader);
        if (!counted) return state.SkipWithError(counted.error().message.c_str());
        benchmark::DoNotOptimize(counted->todo);
    }
}

BENCHMARK_CAPTURE(page, todo, Box::todo)->Arg(0)->Arg(40)->Arg(400)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(page, done, Box::done)->Arg(0)->Arg(40)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(page, watching, Box::watching)->Arg(0)->Unit(benchmark::kMicrosecond);
BENCHMARK(counts)->Arg(0)->Arg(40)->Arg(400)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace steps
