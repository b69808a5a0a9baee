#include <map>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "db/database.h"
#include "tests/support/databases.h"
#include "tests/support/fault_vfs.h"

namespace {

using congvu::test::FaultVfs;
using congvu::test::told;
using db::Sql;
using db::Transaction;

constexpr Sql create{"test.create",
                     "create table entry (client integer, number integer, part integer, body text, unique (client, "
                     "number, part)) strict"};
constexpr Sql insert{"test.insert", "insert into entry (client, number, part, body) values (?1, ?2, ?3, ?4)"};
constexpr Sql select_parts{"test.parts", "select client, number, count(*) from entry group by client, number"};
constexpr int parts = 4;

db::Settings settings_of(const FaultVfs& vfs) {
    db::Settings settings;
    settings.address = "/store/congvu.db";
    settings.vfs = vfs.name();
    settings.checkpoint_pages = 12;  // so that crashes meet checkpoints as well
    settings.readers = 1;
    return settings;
}

/// Three parts by the closure and one by what runs before the commit: all or none.
Result<void> add(Transaction& tx, int client, int number) {
    static const std::string body(700, 'x');
    for (int part = 1; part < parts; ++part) TRY(tx.execute(insert, client, number, part, body));
    tx.before_commit([=](Transaction& before) -> Result<void> {
        TRY(before.execute(insert, client, number, parts, body));
        return {};
    });
    return {};
}

using Entries = std::set<std::pair<std::int64_t, std::int64_t>>;

/// The entries that are there, each with all its parts.
Entries entries_in(db::Database& db) {
    Entries all;
    auto reader = db.read();
    const auto rows = reader ? (*reader)->rows(select_parts) : Result<db::Rows>(std::unexpected(reader.error()));
    EXPECT_TRUE(rows) << told(rows);
    for (const db::Row& row : rows ? *rows : db::Rows()) {
        EXPECT_EQ(row.integer(2), parts) << "a part of " << row.integer(0) << "/" << row.integer(1);
        all.insert({row.integer(0), row.integer(1)});
    }
    const auto check = (*reader)->row(Sql{"test.check", "pragma integrity_check"});
    EXPECT_TRUE(check && *check && (**check).text(0) == "ok");
    return all;
}

/// Clients that add until the store fails them; gives what was answered as done.
Entries add_until_failure(db::Database& db, int clients) {
    std::mutex mutex;
    Entries done;
    std::vector<std::thread> threads;
    for (int client = 0; client < clients; ++client) {
        threads.emplace_back([&, client] {
            for (int number = 0; number < 10'000; ++number) {
                if (!db.write_now([&](Transaction& tx) { return add(tx, client, number); })) return;
                const std::lock_guard lock(mutex);
                done.insert({client, number});
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    return done;
}

TEST(Fault, PowerCutsLoseNothingThatWasAnswered) {
    std::size_t answered = 0;
    for (unsigned seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        std::minstd_rand chance(seed * 7919);
        FaultVfs vfs;
        Entries done;
        // From the making of the file on.
        vfs.fail_at(std::uniform_int_distribution<std::int64_t>(1, 400)(chance), FaultVfs::Fault::power_cut);
        if (auto db = db::Database::open(settings_of(vfs)); db) {
            const auto made = (*db)->write_now([](Transaction& tx) { return tx.execute(create); });
            if (made) done = add_until_failure(**db, 3);
        }
        vfs.restart(seed % 3 == 0 ? nullptr : &chance);
        auto db = db::Database::open(settings_of(vfs));
        ASSERT_TRUE(db) << told(db.error());
        (void)(*db)->write_now([](Transaction& tx) { return tx.execute(create); });  // when the cut came before it
        const Entries kept = entries_in(**db);
        for (const auto& [client, number] : done)
            EXPECT_TRUE(kept.contains({client, number})) << client << "/" << number;
        // Of each client at most the one it was waiting for.
        EXPECT_LE(kept.size(), done.size() + 3);
        EXPECT_TRUE((*db)->write_now([](Transaction& tx) { return add(tx, 9, 0); }));
        answered += done.size();
        if (HasFailure()) return;
    }
    EXPECT_GT(answered, 1000u);  // or the test tests nothing
}

class FaultTest : public testing::TestWithParam<FaultVfs::Fault> {};
INSTANTIATE_TEST_SUITE_P(Kinds, FaultTest, testing::Values(FaultVfs::Fault::full, FaultVfs::Fault::io));

TEST_P(FaultTest, EachWriteMayFailOnce) {
    FaultVfs vfs;
    auto db = db::Database::open(settings_of(vfs));
    ASSERT_TRUE(db) << told(db.error());
    ASSERT_TRUE((*db)->write_now([](Transaction& tx) { return tx.execute(create); }));
    Entries done;
    int failures = 0;
    for (int number = 0; number < 120; ++number) {
        vfs.fail_at(number % 30 + 1, GetParam(), 1);
        // Some of them while others wait in the same batch.
        const auto added = (*db)->write_now([&](Transaction& tx) { return add(tx, 1, number); });
        vfs.heal();
        if (added) {
            done.insert({1, number});
            continue;
        }
        ++failures;
        EXPECT_EQ(added.error().code, ErrorCode::unavailable);
        EXPECT_TRUE(added.error().message == "db.disk_full" || added.error().message == "db.io") << told(added);
    }
    EXPECT_GT(failures, 5);
    EXPECT_EQ(entries_in(**db), done);
    db->reset();
    vfs.restart();
    db = db::Database::open(settings_of(vfs));
    ASSERT_TRUE(db) << told(db.error());
    EXPECT_EQ(entries_in(**db), done);
}

TEST_P(FaultTest, WriterWorksOnWhenTheDiskDoes) {
    FaultVfs vfs;
    auto db = db::Database::open(settings_of(vfs));
    ASSERT_TRUE(db) << told(db.error());
    ASSERT_TRUE((*db)->write_now([](Transaction& tx) { return tx.execute(create); }));
    ASSERT_TRUE((*db)->write_now([](Transaction& tx) { return add(tx, 1, 1); }));
    vfs.fail_at(1, GetParam());
    for (int number = 2; number < 5; ++number) {
        const auto added = (*db)->write_now([&](Transaction& tx) { return add(tx, 1, number); });
        ASSERT_FALSE(added);
        EXPECT_EQ(added.error().message, GetParam() == FaultVfs::Fault::full ? "db.disk_full" : "db.io") << told(added);
        EXPECT_EQ(entries_in(**db), (Entries{{1, 1}}));  // reading goes on
    }
    vfs.heal();
    ASSERT_TRUE((*db)->write_now([](Transaction& tx) { return add(tx, 1, 5); }));
    EXPECT_EQ(entries_in(**db), (Entries{{1, 1}, {1, 5}}));
}

TEST(Fault, AFullDiskRefusesAllOfABatch) {
    FaultVfs vfs;
    auto db = db::Database::open(settings_of(vfs));
    ASSERT_TRUE(db) << told(db.error());
    ASSERT_TRUE((*db)->write_now([](Transaction& tx) { return tx.execute(create); }));
    std::promise<void> gate;
    std::vector<std::string> answers;
    const auto note = [&](Result<void> done) { answers.push_back(done ? "done" : done.error().message); };
    (*db)->write(
        [&](Transaction& tx) {
            gate.get_future().wait();
            return add(tx, 1, 0);
        },
        note);
    for (int number = 1; number < 8; ++number)
        (*db)->write([number](Transaction& tx) { return add(tx, 1, number); }, note);
    vfs.fail_at(1, FaultVfs::Fault::full);
    gate.set_value();
    const auto last = (*db)->write_now([](Transaction&) { return Result<void>(); });
    vfs.heal();
    EXPECT_EQ(answers, std::vector<std::string>(8, "db.disk_full"));
    EXPECT_TRUE(entries_in(**db).empty());
}

}  // namespace
