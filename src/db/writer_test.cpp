#include <future>
#include <gmock/gmock.h>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "db/database.h"
#include "tests/support/databases.h"

namespace {

using congvu::test::told;
using db::Engine;
using db::Sql;
using db::Transaction;
using testing::ElementsAre;

constexpr Sql make_word{"test.make_word", "create table probe_word (word text primary key) strict",
                        "create table probe_word (word text collate \"C\" primary key)"};
constexpr Sql insert_word{"test.insert_word", "insert into probe_word (word) values (?1)"};
constexpr Sql select_words{"test.select_words", "select word from probe_word order by word"};

class WriterTest : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        db::Settings one = settings();
        one.writers = 1;  // so that order can be told
        one.queue = 20;
        reopen(one);
        ASSERT_TRUE(db().write_now([](Transaction& tx) { return tx.execute(make_word); }));
    }

    std::vector<std::string> words() {
        std::vector<std::string> all;
        auto reader = db().read();
        const db::Rows rows = *(*reader)->rows(select_words);
        for (const db::Row& row : rows) all.push_back(row.text(0));
        return all;
    }

    /// Keeps the writer busy until open(); what is handed over meanwhile falls into the same batch.
    class Gate {
      public:
        explicit Gate(db::Database& db) {
            std::promise<void> entered;
            db.write(
                [this, &entered, first = true](Transaction&) mutable -> Result<void> {
                    if (std::exchange(first, false)) {
                        entered.set_value();
                        opened_.get_future().wait();
                    }
                    return {};
                },
                [this](Result<void> done) { passed_ = done.has_value(); });
            entered.get_future().wait();
        }
        void open() { opened_.set_value(); }
        bool passed() const { return passed_; }

      private:
        std::promise<void> opened_;
        std::atomic<bool> passed_{false};
    };

    /// Hands over a closure that adds a word; the answer goes to `answers`.
    void add(std::string word, std::function<Result<void>(Transaction&)> more = nullptr) {
        db().write(
            [word, more](Transaction& tx) -> Result<void> {
                TRY(tx.execute(insert_word, word));
                return more ? more(tx) : Result<void>();
            },
            [this, word](Result<void> done) { answers.push_back(word + (done ? "" : " " + done.error().message)); });
    }
    /// Waits for all that was handed over before.
    void settle() {
        EXPECT_TRUE(db().write_now([](Transaction&) { return Result<void>(); }));
    }

    std::vector<std::string> answers;  ///< written by the writer's thread, read after settle()
};
CONGVU_BOTH_ENGINES(WriterTest);

TEST_P(WriterTest, ClosuresThatWaitShareOneCommit) {
    const auto before = db().statistics();
    Gate gate(db());
    for (const char* word : {"a", "b", "c", "d"}) add(word);
    gate.open();
    settle();
    EXPECT_THAT(answers, ElementsAre("a", "b", "c", "d"));
    const auto after = db().statistics();
    EXPECT_EQ(after.closures - before.closures, 6);
    EXPECT_EQ(after.failed, before.failed);
    // PostgreSQL groups by itself what several connections commit; what settle() adds may come too late for the first.
    if (GetParam() == Engine::sqlite) {
        EXPECT_LE(after.commits - before.commits, 2);
    }
}

TEST_P(WriterTest, AFailedClosureLeavesItsNeighboursAlone) {
    Gate gate(db());
    add("a");
    add("b", [](Transaction&) -> Result<void> { return fail(ErrorCode::conflict, "test.no"); });
    add("c");
    add("a");
    add("d", [](Transaction&) -> Result<void> { throw std::runtime_error("thrown"); });
    add("e", [](Transaction& tx) -> Result<void> {
        (void)tx.execute(insert_word, "e");  // its failure is overlooked
        return {};
    });
    add("f");
    gate.open();
    settle();
    EXPECT_TRUE(gate.passed());
    EXPECT_THAT(answers,
                ElementsAre("a", "b test.no", "c", "a db.duplicate", "d base.internal", "e db.duplicate", "f"));
    EXPECT_THAT(words(), ElementsAre("a", "c", "f"));
    EXPECT_EQ(db().statistics().failed, 4);
}

TEST_P(WriterTest, AFailedStatementSpoilsTheRestOfTheClosure) {
    std::vector<std::string> said;
    const auto done = db().write_now([&](Transaction& tx) -> Result<void> {
        said.clear();
        TRY(tx.execute(insert_word, "a"));
        for (const char* word : {"a", "b"}) {
            const auto added = tx.execute(insert_word, word);
            said.push_back(added ? "added" : added.error().message);
        }
        const auto read = tx.rows(select_words);
        said.push_back(read ? "read" : read.error().message);
        return fail(ErrorCode::invalid, "test.own_word");
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().message, "test.own_word");
    EXPECT_THAT(said, ElementsAre("db.duplicate", "db.duplicate", "db.duplicate"));
    EXPECT_THAT(words(), ElementsAre());
}

TEST_P(WriterTest, AnAttemptFailsByItself) {
    std::vector<std::string> said, works;
    const auto try_word = [&](Transaction& tx, std::string_view word, bool and_refuse) {
        const auto done = tx.attempt([&]() -> Result<void> {
            tx.before_commit([&works, word](Transaction&) -> Result<void> {
                works.push_back("before " + std::string(word));
                return {};
            });
            tx.after_commit([&works, word] { works.push_back("after " + std::string(word)); });
            TRY(tx.execute(insert_word, std::string(word) + "1"));
            TRY(tx.execute(insert_word, word));
            if (and_refuse) return fail(ErrorCode::invalid, "test.own_word");
            return {};
        });
        said.push_back(done ? "done" : done.error().message);
    };
    const auto done = db().write_now([&](Transaction& tx) -> Result<void> {
        said.clear();
        works.clear();
        TRY(tx.execute(insert_word, "a"));
        try_word(tx, "b", false);
        try_word(tx, "a", false);
        try_word(tx, "c", true);
        // One attempt inside another: the inner one's failure costs the outer one nothing.
        const auto outer = tx.attempt([&]() -> Result<void> {
            TRY(tx.execute(insert_word, "d"));
            try_word(tx, "a", false);
            TRY(tx.execute(insert_word, "e"));
            return {};
        });
        said.push_back(outer ? "done" : outer.error().message);
        TRY(tx.execute(insert_word, "f"));
        return {};
    });
    ASSERT_TRUE(done) << told(done);
    EXPECT_THAT(said, ElementsAre("done", "db.duplicate", "test.own_word", "db.duplicate", "done"));
    EXPECT_THAT(words(), ElementsAre("a", "b", "b1", "d", "e", "f"));
    EXPECT_THAT(works, ElementsAre("before b", "after b"));
}

TEST_P(WriterTest, WorksBeforeTheCommitComeAfterTheClosures) {
    std::vector<std::string> order;
    Gate gate(db());
    for (const char* word : {"a", "b"}) {
        add(word, [&order, word](Transaction& tx) -> Result<void> {
            order.push_back(std::string("closure ") + word);
            tx.before_commit([&order, word](Transaction& before) -> Result<void> {
                order.push_back(std::string("before ") + word);
                TRY(before.execute(insert_word, std::string(word) + "2"));
                before.before_commit([&order, word](Transaction& last) -> Result<void> {
                    order.push_back(std::string("last ") + word);
                    TRY(last.execute(insert_word, std::string(word) + "3"));
                    return {};
                });
                before.after_commit([&order, word] { order.push_back(std::string("late ") + word); });
                return {};
            });
            tx.after_commit([&order, word] { order.push_back(std::string("after ") + word); });
            return {};
        });
    }
    gate.open();
    settle();
    if (GetParam() == Engine::sqlite) {
        EXPECT_THAT(order, ElementsAre("closure a", "closure b", "before a", "before b", "last a", "last b", "after a",
                                       "after b", "late a", "late b"));
    } else {
        EXPECT_THAT(order, ElementsAre("closure a", "before a", "last a", "after a", "late a", "closure b", "before b",
                                       "last b", "after b", "late b"));
    }
    EXPECT_THAT(words(), ElementsAre("a", "a2", "a3", "b", "b2", "b3"));
}

TEST_P(WriterTest, AFailureBeforeTheCommitMeetsOnlyItsOwnClosure) {
    std::atomic<int> runs{0};
    std::atomic<int> afterwards{0};
    const auto after = [&](Transaction& tx) -> Result<void> {
        ++runs;
        tx.after_commit([&] { ++afterwards; });
        return {};
    };
    Gate gate(db());
    add("a", after);
    add("b", [&](Transaction& tx) -> Result<void> {
        tx.after_commit([&] { ++afterwards; });
        tx.before_commit([](Transaction&) -> Result<void> { return fail(ErrorCode::too_large, "test.no_room"); });
        return {};
    });
    add("c", after);
    gate.open();
    settle();
    EXPECT_TRUE(gate.passed());
    EXPECT_THAT(answers, ElementsAre("a", "b test.no_room", "c"));
    EXPECT_THAT(words(), ElementsAre("a", "c"));
    EXPECT_EQ(afterwards, 2);
    EXPECT_EQ(runs, GetParam() == Engine::sqlite ? 4 : 2);  // the closures ran again, each by itself
    if (GetParam() == Engine::sqlite) {
        EXPECT_GE(db().statistics().retried, 4);
    }
}

TEST_P(WriterTest, AClosureThatRunsAgainSeesTheSameMoment) {
    std::mutex mutex;
    std::vector<std::int64_t> moments;
    Gate gate(db());
    clock().set(Instant{1'000});
    add("a", [&](Transaction& tx) -> Result<void> {
        const std::lock_guard lock(mutex);
        moments.push_back(tx.now().milliseconds);
        tx.before_commit([&](Transaction& before) -> Result<void> {
            moments.push_back(before.now().milliseconds);
            return {};
        });
        return {};
    });
    clock().set(Instant{2'000});
    add("b", [](Transaction& tx) -> Result<void> {
        tx.before_commit([](Transaction&) -> Result<void> { return fail(ErrorCode::too_large, "test.no"); });
        return {};
    });
    gate.open();
    settle();
    EXPECT_GE(moments.size(), 2u);
    for (const std::int64_t moment : moments) EXPECT_EQ(moment, 1'000);
}

TEST_P(WriterTest, AConstraintThatWaitsForTheCommitFailsOnlyItsClosure) {
    ASSERT_TRUE(db().write_now([](Transaction& tx) {
        return tx.execute(
            Sql{"test.make_pair",
                "create table probe_pair (word text references probe_word (word) deferrable initially deferred) strict",
                "create table probe_pair (word text collate \"C\" references probe_word (word) deferrable initially "
                "deferred)"});
    }));
    static constexpr Sql insert_pair{"test.insert_pair", "insert into probe_pair (word) values (?1)"};
    const auto pair = [&](std::string_view word) {
        return [word](Transaction& tx) -> Result<void> {
            TRY(tx.execute(insert_pair, word));
            return {};
        };
    };
    Gate gate(db());
    add("a", pair("a"));
    add("b", pair("nobody"));
    add("c", pair("c"));
    gate.open();
    settle();
    EXPECT_THAT(answers, ElementsAre("a", "b db.in_use", "c"));
    EXPECT_THAT(words(), ElementsAre("a", "c"));
}

TEST_P(WriterTest, AFullQueueRefusesAtOnce) {
    Gate gate(db());
    std::vector<std::string> refused;
    for (int at = 0; at < 22; ++at) {
        db().write(
            [at](Transaction& tx) -> Result<void> {
                TRY(tx.execute(insert_word, fmt::format("{:02}", at)));
                return {};
            },
            [&refused](Result<void> done) {
                if (!done) refused.push_back(done.error().message);
            });
    }
    EXPECT_THAT(refused, ElementsAre("db.busy", "db.busy"));  // from this very thread, while the writer still waits
    gate.open();
    // The queue may still be full for a moment.
    while (!db().write_now([](Transaction&) { return Result<void>(); })) {
    }
    EXPECT_EQ(words().size(), 20u);
    EXPECT_EQ(refused.size(), 2u);
}

TEST_P(WriterTest, ClosingAnswersThoseThatWait) {
    Gate gate(db());
    std::promise<void> refused;
    std::vector<std::string> said;
    for (int at = 0; at < 3; ++at) {
        db().write(
            [](Transaction& tx) -> Result<void> {
                TRY(tx.execute(insert_word, "never"));
                return {};
            },
            [&](Result<void> done) {
                said.push_back(done ? "done" : done.error().message);
                if (said.size() == 3) refused.set_value();
            });
    }
    std::thread closing([&] { close(); });
    refused.get_future().wait();
    gate.open();
    closing.join();
    EXPECT_THAT(said, ElementsAre("db.closing", "db.closing", "db.closing"));
    EXPECT_TRUE(gate.passed());  // what was at hand was still committed
    reopen();
    EXPECT_THAT(words(), ElementsAre());
}

TEST_P(WriterTest, CallbacksThatThrowHarmNobody) {
    db().write(
        [](Transaction& tx) -> Result<void> {
            TRY(tx.execute(insert_word, "a"));
            tx.after_commit([] { throw std::runtime_error("after"); });
            return {};
        },
        [](Result<void>) { throw std::runtime_error("done"); });
    settle();
    EXPECT_THAT(words(), ElementsAre("a"));
}

TEST_P(WriterTest, ReadersAreLentAndGivenBack) {
    std::vector<std::unique_ptr<db::Reader>> out;
    for (int at = 0; at < settings().readers; ++at) {
        auto reader = db().read();
        ASSERT_TRUE(reader);
        ASSERT_TRUE((*reader)->rows(select_words));
        out.push_back(std::move(*reader));
    }
    std::promise<void> asked;
    std::thread waiting([&] {
        asked.set_value();
        auto reader = db().read();
        EXPECT_TRUE(reader);
    });
    asked.get_future().wait();
    out.pop_back();
    waiting.join();
    // One that is still out when the store closes is harmless.
    close();
    EXPECT_EQ(out.front()->engine(), GetParam());
    out.clear();
}

}  // namespace
