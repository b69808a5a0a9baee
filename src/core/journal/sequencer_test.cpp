#include "core/journal/sequencer.h"

#include <semaphore>

#include "core/journal/journal_fixture.h"
#include "core/journal/store.h"
#include "core/journal/verify.h"

namespace journal {
namespace {

using congvu::test::told;

class SequencerTest : public JournalTest {
  protected:
    std::vector<std::uint64_t> head_sizes() {
        std::vector<std::uint64_t> sizes;
        const auto heads = store::heads(*reader()).value();
        for (const Head& head : heads) sizes.push_back(head.size);
        return sizes;
    }
};
CONGVU_BOTH_ENGINES(SequencerTest);

TEST_P(SequencerTest, signs_once_a_day_when_something_was_added) {
    sequencer->run_once().value();
    EXPECT_EQ(head_sizes(), (std::vector<std::uint64_t>{}));
    write_numbered(1);
    sequencer->run_once().value();
    write_numbered(2);
    sequencer->run_once().value();
    EXPECT_EQ(head_sizes(), (std::vector<std::uint64_t>{1}));
    clock().set(clock().now() + std::chrono::hours(24));
    sequencer->run_once().value();
    EXPECT_EQ(head_sizes(), (std::vector<std::uint64_t>{1, 2}));
    clock().set(clock().now() + std::chrono::hours(24));
    sequencer->run_once().value();
    EXPECT_EQ(head_sizes(), (std::vector<std::uint64_t>{1, 2}));
}

TEST_P(SequencerTest, the_thread_sequences_and_signs_at_stop) {
    for (int i = 0; i < 20; ++i) write_numbered(i);
    sequencer->start();
    for (int i = 0; i < 20; ++i) write_numbered(i);
    sequencer->stop();
    EXPECT_EQ(size(*reader()).value(), 40);
    EXPECT_EQ(head_sizes().back(), 40u);
    sequencer->start();  // and it may begin again
    sequencer->stop();
    EXPECT_EQ(verify(db(), std::span(&key.public_key(), 1)).value().fault, std::nullopt);
}

TEST_P(SequencerTest, two_of_them_make_one_tree) {
    Sequencer other(db(), clock(), Signer{key, "0190b2c4-5a00-7000-8000-000000000002"});
    std::thread writer([&] {
        for (int i = 0; i < 50; ++i) write_numbered(i);
    });
    std::thread second([&] {
        for (int i = 0; i < 20; ++i) static_cast<void>(other.run_once());  // beaten by the first, it tries again later
    });
    for (int i = 0; i < 20; ++i) static_cast<void>(sequencer->run_once());
    writer.join();
    second.join();
    ASSERT_TRUE(sequencer->run_once());
    EXPECT_EQ(size(*reader()).value(), 50);
    const Report report = verify(db()).value();
    EXPECT_FALSE(report.fault) << told(*report.fault);
    EXPECT_EQ(report.entries, 50);
    EXPECT_EQ(report.waiting, 0);
}

// On PostgreSQL an entry with a smaller id may be committed after a larger one was sequenced.
TEST_P(SequencerTest, an_entry_committed_late_finds_its_place_at_the_end) {
    if (GetParam() != db::Engine::postgresql) GTEST_SKIP() << "one writer commits in order of ids";
    std::binary_semaphore written(0), may_commit(0);
    std::atomic<bool> first_run = true;
    JournalEntryId late;
    std::promise<Result<void>> committed;
    db().write(
        [&](db::Transaction& tx) -> Result<void> {
            late = TRY(journal::write(scope, tx, {.action = "record.edited", .record = {11}}));
            if (first_run.exchange(false)) {
                written.release();
                may_commit.acquire();
            }
            return {};
        },
        [&](Result<void> done) { committed.set_value(std::move(done)); });
    written.acquire();
    const auto early = write_numbered(1);
    ASSERT_LT(late, early);
    EXPECT_EQ(sequencer->run_once().value(), 1);
    may_commit.release();
    ASSERT_TRUE(committed.get_future().get());
    EXPECT_EQ(sequencer->run_once().value(), 1);
    EXPECT_EQ(position(*reader(), early).value(), 0);
    EXPECT_EQ(position(*reader(), late).value(), 1);
    const Report report = verify(db()).value();
    EXPECT_FALSE(report.fault) << told(*report.fault);
    EXPECT_EQ(report.entries, 2);
}

// 0.4 KB an entry with its indexes, leaf, nodes and values, where of ten entries four change nothing, three one field,
// two two, and one is a new record with eight.
TEST_P(SequencerTest, an_entry_takes_little_room) {
    const db::Sql size_sql{"test.size", "select page_count * page_size from pragma_page_count, pragma_page_size", R"(
        select cast(sum(pg_total_relation_size(c.oid)) as bigint)
        from pg_class c where c.relname like 'journal%' and c.relkind = 'r')"};
    const auto bytes = [&] { return reader()->row(size_sql).value()->integer(0); };
    const std::int64_t before = bytes();
    const int count = 3000;
    ASSERT_TRUE(db().write_now([&](db::Transaction& tx) -> Result<void> {
        for (int i = 0; i < count; ++i) {
            const int fields = i % 10 < 4 ? 0 : i % 10 < 7 ? 1 : i % 10 < 9 ? 2 : 8;
            Entry entry{.action = fields == 0   ? "step.opened"
                                  : fields == 8 ? "record.created"
                                                : "record.changed",
                        .record = {1'000'000 + i / 7},
                        .register_id = {4}};
            scope.person = {2000 + i % 500};
            for (int f = 0; f < fields; ++f)
                entry.changes.push_back({"field_" + std::to_string(f),
                                         fields == 8 ? boost::json::value() : boost::json::value("in_progress"),
                                         boost::json::value("giá trị " + std::to_string(i))});
            if (fields == 0) entry.details = {{"step", 1'000'000 + i}, {"role", "lead"}};
            TRY(journal::write(scope, tx, entry));
        }
        return {};
    }));
    ASSERT_EQ(sequencer->run_once().value(), count);
    const std::int64_t each = (bytes() - before) / count;
    RecordProperty("bytes_an_entry", static_cast<int>(each));
    std::cout << "bytes an entry: " << each << '\n';
    if (GetParam() == db::Engine::sqlite) {
        EXPECT_LE(each, 400);
    }
}

}  // namespace
}  // namespace journal
