#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "base/log.h"
#include "core/scope/subject.h"
#include "core/search/search.h"
#include "core/search/upkeep.h"

/// Search over CONGVU_BENCH_RECORDS titles (100,000) made of templates. A store made once is used again:
/// CONGVU_BENCH_FOLDER
/// (/tmp/congvu-bench). Person 1 sees all, person 2 every 1,700th record, person 3 none.
namespace search {
namespace {

std::int64_t records() {
    const char* wanted = std::getenv("CONGVU_BENCH_RECORDS");
    return wanted ? std::atoll(wanted) : 100'000;
}

constexpr const char* acts[] = {"Báo cáo",   "Quyết định", "Kế hoạch",  "Công văn", "Tờ trình",
                                "Thông báo", "Chỉ thị",    "Hướng dẫn", "Giấy mời", "Đề án"};
constexpr const char* fields[] = {"cải cách hành chính",   "quản lý ngân sách",      "tổ chức cán bộ",
                                  "đất đai và môi trường", "thuỷ lợi nội đồng",      "chuyển đổi số",
                                  "an toàn thông tin",     "phòng cháy chữa cháy",   "bảo hiểm y tế",
                                  "giáo dục phổ thông",    "văn thư, lưu trữ",       "thi đua, khen thưởng",
                                  "tiếp công dân",         "xây dựng nông thôn mới", "quân nhân chuyên nghiệp"};
constexpr const char* ends[] = {
    "năm 2026", "quý III", "của Sở Tài chính", "theo Nghị định 30", "tại các xã biên giới", "trong toàn ngành"};

std::string title(std::int64_t id) {
    std::mt19937 random(static_cast<unsigned>(id));
    return std::to_string(random() % 900 + 1) + "/BC-UBND " + acts[random() % std::size(acts)] + " về " +
           fields[random() % std::size(fields)] + " " + ends[random() % std::size(ends)] + " hồ sơ " +
           std::to_string(id);
}

constexpr db::Sql insert_record{"bench.record", R"(
    insert into record (id, uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
    values (?1, ?2, ?3, 1, 1, 'in_progress', ?4, ?5, ?5))"};
constexpr db::Sql insert_grant{"bench.grant",
                               "insert into record_grant (record_id, subject_id, rule) values (?1, ?2, 4)"};

Result<void> fill(db::Transaction& tx, std::int64_t from, std::int64_t to) {
    for (std::int64_t i = from; i < to; ++i) {
        TRY(tx.execute(insert_record, i, std::to_string(i), i % 5 + 1, title(i), i * 1000));
        TRY(tx.execute(insert_grant, i, subject::person({1})));
        if (i % 1700 == 0) TRY(tx.execute(insert_grant, i, subject::person({2})));
        TRY(index_title(tx, {i}, "", title(i)));
    }
    return {};
}

Result<void> prepare(db::Transaction& tx) {
    constexpr db::Sql unit{"bench.unit", "insert into unit (id, uuid, is_agency, created_at) values (1, 'a', 1, 0)"};
    constexpr db::Sql reg{"bench.register", "insert into register (id, code) values (?1, ?2)"};
    TRY(tx.execute(unit));
    for (int i = 1; i <= 5; ++i) TRY(tx.execute(reg, i, "r" + std::to_string(i)));
    return {};
}

db::Database& store() {
    static const std::unique_ptr<db::Database> database = [] {
        logging::set_level(logging::Level::error);
        const char* folder = std::getenv("CONGVU_BENCH_FOLDER");
        const std::filesystem::path path = folder ? folder : "/tmp/congvu-bench";
        std::filesystem::create_directories(path);
        const std::filesystem::path file = path / ("search-" + std::to_string(records()) + ".db");
        const bool is_new = !std::filesystem::exists(file);
        auto opened = std::move(*db::Database::open({.address = file.string()}));
        if (!is_new) return opened;
        if (!db::migrate(*opened) || !opened->write_now([](db::Transaction& tx) { return prepare(tx); })) std::abort();
        for (std::int64_t from = 1; from <= records(); from += 2'000)
            if (!opened->write_now(
                    [&](db::Transaction& tx) { return fill(tx, from, std::min(from + 2'000, records() + 1)); }))
                std::abort();
        Merger merger(*opened);
        while (merger.run_once().value_or(false)) {
        }
        return opened;
    }();
    return *database;
}

Scope person(std::int64_t id) {
    Scope scope;
    scope.person = {id};
    scope.subjects = {subject::person({id}), subject::everyone()};
    std::ranges::sort(scope.subjects);
    return scope;
}

void find_page(benchmark::State& state, std::int64_t who, const char* text) {
    const auto reader = *store().read();
    std::int64_t number = 0, hits = 0;
    for (auto _ : state) {
        const auto page = find(person(who), *reader, {.text = text});
        if (!page) return state.SkipWithError(page.error().message.c_str());
        number = page->number;
        hits = static_cast<std::int64_t>(page->hits.size());
    }
    state.counters["hits"] = static_cast<double>(hits);
    state.counters["number"] = static_cast<double>(number);
}

void second_page(benchmark::State& state, const char* text) {
    const auto reader = *store().read();
    const auto first = find(person(1), *reader, {.text = text});
    if (!first) return state.SkipWithError(first.error().message.c_str());
    for (auto _ : state) benchmark::DoNotOptimize(find(person(1), *reader, {.text = text, .after = first->next}));
}

void title_list(benchmark::State& state, const char* text) {
    const auto reader = *store().read();
    for (auto _ : state) {
        db::Query query("bench.titled");
        benchmark::DoNotOptimize(add_titled(*reader, text, {2}, query));
    }
}

BENCHMARK_CAPTURE(title_list, common, "quyet dinh ngan sach")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find_page, all_common, 1, "báo cáo")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find_page, all_three_words, 1, "quyet dinh dat dai bien gioi")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find_page, all_marks, 1, "thủy lợi xã biên giới")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find_page, all_one, 1, "hồ sơ 54321")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find_page, all_number, 1, "123/BC-UBND")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find_page, few_common, 2, "bao cao")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find_page, none_common, 3, "bao cao")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(second_page, common, "báo cáo")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace search
