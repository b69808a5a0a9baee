#include <future>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "db/database.h"
#include "tests/support/databases.h"

namespace {

using congvu::test::told;
using db::Sql;
using db::Transaction;

constexpr Sql make_purse{"test.make_purse",
                         "create table probe_purse (id integer primary key, amount integer not null) strict",
                         "create table probe_purse (id bigint primary key, amount bigint not null)"};
constexpr Sql insert_purse{"test.insert_purse", "insert into probe_purse (id, amount) values (?1, ?2)"};
constexpr Sql amount_of{"test.amount_of", "select amount from probe_purse where id = ?1"};
constexpr Sql set_amount{"test.set_amount", "update probe_purse set amount = ?2 where id = ?1"};
constexpr Sql total{"test.total", "select sum(amount) from probe_purse"};
constexpr int purses = 6;

class StressTest : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        db::Settings small = settings();
        small.checkpoint_pages = 20;
        small.readers = 2;
        reopen(small);
        const auto made = db().write_now([](Transaction& tx) -> Result<void> {
            TRY(tx.execute(make_purse));
            for (int id = 1; id <= purses; ++id) TRY(tx.execute(insert_purse, id, 100));
            return {};
        });
        ASSERT_TRUE(made) << told(made);
    }
};
CONGVU_BOTH_ENGINES(StressTest);

/// Moves one from a purse to another, reading both before: what two closures do at once must come out as one after the
/// other.
Result<void> move_one(Transaction& tx, int from, int to) {
    const auto left = TRY(tx.row(amount_of, from));
    const auto right = TRY(tx.row(amount_of, to));
    if (left->integer(0) == 0) return fail(ErrorCode::conflict, "test.empty");
    TRY(tx.execute(set_amount, from, left->integer(0) - 1));
    TRY(tx.execute(set_amount, to, right->integer(0) + 1));
    return {};
}

TEST_P(StressTest, ManyAtOnceComeOutAsOneAfterTheOther) {
    std::atomic<bool> stop{false};
    std::atomic<int> done{0};
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (unsigned client = 0; client < 4; ++client) {
        threads.emplace_back([&, client] {
            std::minstd_rand random(client + 1);
            for (int round = 0; round < 60; ++round) {
                const int from = static_cast<int>(random() % purses) + 1;
                const int to = from % purses + 1;
                const auto moved = db().write_now([&](Transaction& tx) {
                    tx.after_commit([&] { ++done; });
                    return move_one(tx, from, to);
                });
                // Under much contention PostgreSQL may give up; nothing else may happen.
                if (!moved && moved.error().message != "db.busy" && moved.error().message != "test.empty") ++wrong;
            }
        });
    }
    std::vector<std::thread> readers;
    for (int count = 0; count < 3; ++count) {
        readers.emplace_back([&] {
            while (!stop) {
                auto reader = db().read();
                for (int again = 0; reader && again < 3; ++again) {
                    const auto sum = (*reader)->row(total);
                    if (!sum || (**sum).integer(0) != 100 * purses) ++wrong;
                }
                (void)db().statistics();
            }
        });
    }
    EXPECT_TRUE(db().copy_to(temporary_folder() / "copy"));
    for (std::thread& thread : threads) thread.join();
    stop = true;
    for (std::thread& thread : readers) thread.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_GT(done, 100);
    auto reader = db().read();
    EXPECT_EQ((**(*reader)->row(total)).integer(0), 100 * purses);
}

TEST_P(StressTest, TheLogOfTheFileStaysShortUnderLoad) {
    if (GetParam() == db::Engine::postgresql) return;  // its server's own affair
    const std::filesystem::path log = settings().address + "-wal";
    constexpr int closures = 3000;
    constexpr std::size_t size = 8000;
    const std::string body(size, 'x');
    ASSERT_TRUE(db().write_now([](Transaction& tx) {
        return tx.execute(Sql{"test.make_body", "create table probe_body (body text) strict"});
    }));
    std::atomic<int> left{closures};
    std::promise<void> finished;
    std::function<void(Result<void>)> next = [&](Result<void>) {
        const int at = left--;
        if (at == 0) finished.set_value();
        if (at <= 0) return;
        db().write(
            [&](Transaction& tx) -> Result<void> {
                TRY(tx.execute(Sql{"test.insert_body", "insert into probe_body (body) values (?1)"}, body));
                return {};
            },
            next);
    };
    for (int client = 0; client < 8; ++client) next({});
    finished.get_future().wait();
    EXPECT_TRUE(db().write_now([](Transaction&) { return Result<void>(); }));  // the last of the eight
    EXPECT_LT(std::filesystem::file_size(log), closures * size / 2);
    close();
    EXPECT_FALSE(std::filesystem::exists(log));
    EXPECT_GT(std::filesystem::file_size(settings().address), closures * size);
}

TEST_P(StressTest, ClosesInTheMiddleOfEverything) {
    for (int round = 0; round < 5; ++round) {
        std::atomic<int> handed{0};
        std::atomic<int> answered{0};
        std::atomic<int> enough{0};
        std::thread client([&] {
            for (int at = 0; at < 300; ++at) {
                ++handed;
                db().write([at](Transaction& tx) { return move_one(tx, at % purses + 1, (at + 1) % purses + 1); },
                           [&](Result<void>) {
                               ++answered;
                               ++enough;
                               enough.notify_all();
                           });
            }
        });
        enough.wait(0);
        client.join();
        close();
        EXPECT_EQ(answered, handed);
        reopen();
        auto reader = db().read();
        EXPECT_EQ((**(*reader)->row(total)).integer(0), 100 * purses);
    }
}

}  // namespace
