#include <benchmark/benchmark.h>
#include <latch>
#include <stdlib.h>

#include "db/database.h"

namespace {

using db::Sql;
using db::Transaction;

constexpr Sql create{"bench.create",
                     "create table entry (id integer primary key, unit integer, body text, at integer) strict"};
constexpr Sql create_index{"bench.create_index", "create index entry_unit on entry (unit, at)"};
constexpr Sql insert{"bench.insert", "insert into entry (unit, body, at) values (?1, ?2, ?3) returning id"};
constexpr Sql select_one{"bench.select", "select unit, body, at from entry where id = ?1"};

struct Store {
    Store() {
        std::string name = (std::filesystem::current_path() / "bench-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        db = std::move(*db::Database::open({.address = (folder / "bench.db").string()}));
        (void)db->write_now([](Transaction& tx) -> Result<void> {
            TRY(tx.execute(create));
            TRY(tx.execute(create_index));
            return {};
        });
    }
    ~Store() {
        db.reset();
        std::filesystem::remove_all(folder);
    }
    std::filesystem::path folder;
    std::unique_ptr<db::Database> db;
};

Result<void> add(Transaction& tx) {
    TRY(tx.insert(insert, 7, "Về việc triển khai nhiệm vụ", tx.now()));
    return {};
}

/// So many clients, each handing over its next closure when the last is durable.
void commit(benchmark::State& state) {
    Store store;
    const auto clients = static_cast<std::int64_t>(state.range(0));
    for (auto _ : state) {
        std::atomic<std::int64_t> left{clients * 50};
        std::latch finished(clients);
        std::function<void(Result<void>)> again = [&](Result<void>) {
            if (left.fetch_sub(1) > 0) {
                store.db->write(add, again);
            } else {
                finished.count_down();
            }
        };
        for (std::int64_t client = 0; client < clients; ++client) again({});
        finished.wait();
    }
    state.SetItemsProcessed(state.iterations() * clients * 50);
    const auto statistics = store.db->statistics();
    state.counters["closures a commit"] =
        static_cast<double>(statistics.closures) / static_cast<double>(statistics.commits);
}
BENCHMARK(commit)->Arg(1)->Arg(64)->Arg(256)->UseRealTime()->Unit(benchmark::kMillisecond);

void read_one(benchmark::State& state) {
    Store store;
    (void)store.db->write_now(add);
    for (auto _ : state) {
        auto reader = store.db->read();
        benchmark::DoNotOptimize((*reader)->row(select_one, 1));
    }
}
BENCHMARK(read_one);

}  // namespace
