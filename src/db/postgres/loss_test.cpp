#include <latch>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "db/database.h"
#include "db/postgres/connection.h"
#include "tests/support/databases.h"

namespace {

using congvu::test::ask_postgres;
using congvu::test::told;
using db::Sql;
using db::Transaction;

constexpr Sql insert{"test.insert", "insert into probe (number) values (?1)"};
constexpr Sql count{"test.count", "select count(*) from probe"};
constexpr Sql own_process{"test.own_process", "select pg_backend_pid()"};

/// PostgreSQL alone: what happens when it goes away, and when closures meet.
class PostgresLossTest : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        ASSERT_TRUE(db().write_now(
            [](Transaction& tx) { return tx.execute(Sql{"test.make", "create table probe (number bigint)"}); }));
    }
    void cut_all_connections() {
        const auto cut = ask_postgres(
            "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = '" + database() + "'");
        ASSERT_TRUE(cut) << told(cut);
    }
    std::string database() {
        auto reader = db().read();
        return (**(*reader)->row(Sql{"test.name", "select current_database()"})).text(0);
    }
    std::int64_t counted() {
        auto reader = db().read();
        const auto row = (*reader)->row(count);
        EXPECT_TRUE(row) << told(row);
        return row ? (**row).integer(0) : -1;
    }
};
INSTANTIATE_TEST_SUITE_P(Engine, PostgresLossTest, testing::Values(db::Engine::postgresql),
                         congvu::test::Engines::name);

TEST_P(PostgresLossTest, IdleConnectionsAreTakenUpAgain) {
    EXPECT_EQ(counted(), 0);
    cut_all_connections();
    EXPECT_EQ(counted(), 0);
    for (int at = 0; at < 6; ++at) {
        const auto written = db().write_now([&](Transaction& tx) { return tx.execute(insert, at); });
        ASSERT_TRUE(written) << told(written);
    }
    EXPECT_EQ(counted(), 6);
}

TEST_P(PostgresLossTest, AReaderThatLosesItsSnapshotSaysSo) {
    auto reader = db().read();
    ASSERT_TRUE((*reader)->row(count));
    cut_all_connections();
    const auto lost = (*reader)->row(count);
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().message, "db.connection_lost");
    EXPECT_EQ(lost.error().code, ErrorCode::unavailable);
    reader->reset();
    EXPECT_EQ(counted(), 0);
}

TEST_P(PostgresLossTest, AClosureThatLosesItsConnectionRunsAgain) {
    int runs = 0;
    const auto written = db().write_now([&](Transaction& tx) -> Result<void> {
        TRY(tx.execute(insert, 1));
        if (++runs == 1) {
            const auto process = TRY(tx.row(own_process));
            (void)ask_postgres(fmt::format("select pg_terminate_backend({}, 5000)", process->integer(0)));
        }
        TRY(tx.execute(insert, 2));
        return {};
    });
    ASSERT_TRUE(written) << told(written);
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(counted(), 2);
    EXPECT_EQ(db().statistics().retried, 1);
}

TEST_P(PostgresLossTest, ALossDuringTheCommitIsLookedInto) {
    // At the first commit the server's process ends itself; a sequence counts also what is rolled back.
    ASSERT_TRUE(db().write_now([](Transaction& tx) -> Result<void> {
        TRY(tx.execute(Sql{"test.once", "create sequence probe_once"}));
        TRY(tx.execute(Sql{"test.function",
                           "create function probe_end() returns trigger language plpgsql as $$ begin "
                           "if nextval('probe_once') = 1 then perform pg_terminate_backend(pg_backend_pid()); perform "
                           "pg_sleep(0.2); end if; "
                           "return null; end $$"}));
        TRY(tx.execute(Sql{"test.trigger",
                           "create constraint trigger probe_end after insert on probe deferrable initially deferred "
                           "for each row execute function probe_end()"}));
        return {};
    }));
    const auto written = db().write_now([](Transaction& tx) { return tx.execute(insert, 1); });
    ASSERT_TRUE(written) << told(written);
    EXPECT_EQ(counted(), 1);
    EXPECT_EQ(db().statistics().retried, 1);
}

/// Stands between client and server; on order it lets the next commit through and cuts the wire before the answer.
class Proxy {
  public:
    Proxy(const std::string& server, const std::string& socket) : server_(server) {
        listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_un address = address_of(socket);
        if (::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
            ::listen(listening_, 16) != 0)
            std::abort();
        accepting_ = std::thread([this] { accept_all(); });
    }
    ~Proxy() {
        stop_ = true;
        accepting_.join();
        for (std::thread& thread : threads_) thread.join();
        ::close(listening_);
    }
    void cut_next_commit() { cut_ = true; }

  private:
    static sockaddr_un address_of(const std::string& path) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        return address;
    }
    void accept_all() {
        while (!stop_) {
            pollfd waiting{listening_, POLLIN, 0};
            if (::poll(&waiting, 1, 20) <= 0) continue;
            const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
            const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
            const sockaddr_un address = address_of(server_);
            if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) std::abort();
            threads_.emplace_back([this, client, server] {
                forward(client, server);
                ::close(client);
                ::close(server);
            });
        }
    }
    void forward(int client, int server) {
        bool cutting = false;
        std::vector<char> bytes(65536);
        while (!stop_) {
            pollfd both[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
            if (::poll(both, 2, 20) <= 0) continue;
            for (int from = 0; from < 2; ++from) {
                if (!(both[from].revents & (POLLIN | POLLHUP))) continue;
                const ssize_t size = ::read(from == 0 ? client : server, bytes.data(), bytes.size());
                if (size <= 0) return;
                const std::string_view seen(bytes.data(), static_cast<std::size_t>(size));
                if (from == 0 && seen.find(std::string_view("\0commit\0", 8)) != std::string_view::npos &&
                    cut_.exchange(false))
                    cutting = true;
                if (from == 1 && cutting) return;  // it was committed, and the client never hears
                if (::write(from == 0 ? server : client, bytes.data(), static_cast<std::size_t>(size)) != size) return;
            }
        }
    }

    std::string server_;
    int listening_ = -1;
    std::atomic<bool> stop_{false};
    std::atomic<bool> cut_{false};
    std::thread accepting_;
    std::vector<std::thread> threads_;
};

TEST_P(PostgresLossTest, ACommitWhoseAnswerIsLostIsNotDoneTwice) {
    auto reader = db().read();
    const auto where = (*reader)->row(
        Sql{"test.where",
            "select current_setting('unix_socket_directories'), current_setting('port'), current_database()"});
    ASSERT_TRUE(where) << told(where);
    reader->reset();
    const auto socket = [](const std::string& folder, const std::string& port) { return folder + "/.s.PGSQL." + port; };
    Proxy proxy(socket((**where).text(0), (**where).text(1)), socket(temporary_folder().string(), "5433"));
    db::Settings through = settings();
    through.address =
        fmt::format("postgresql:///{}?host={}&port=5433&user=congvu", (**where).text(2), temporary_folder().string());
    auto store = db::Database::open(through);
    ASSERT_TRUE(store) << told(store.error());
    int runs = 0;
    proxy.cut_next_commit();
    const auto written = (*store)->write_now([&](Transaction& tx) {
        ++runs;
        return tx.execute(insert, 1);
    });
    ASSERT_TRUE(written) << told(written);
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(counted(), 1);
    store->reset();
}

TEST_P(PostgresLossTest, ClosuresThatMeetComeOutAsOneAfterTheOther) {
    std::latch both_have_read(2);
    std::atomic<int> runs{0};
    const auto add_next = [&](Transaction& tx) -> Result<void> {
        const auto row = TRY(tx.row(count));
        if (++runs <= 2) both_have_read.arrive_and_wait();
        TRY(tx.execute(insert, row->integer(0)));
        return {};
    };
    std::thread other([&] { EXPECT_TRUE(db().write_now(add_next)); });
    EXPECT_TRUE(db().write_now(add_next));
    other.join();
    EXPECT_GE(runs, 3);
    EXPECT_GE(db().statistics().retried, 1);
    auto reader = db().read();
    const auto rows = (*reader)->rows(Sql{"test.numbers", "select number from probe order by number"});
    ASSERT_EQ(rows->size(), 2u);
    EXPECT_EQ((*rows)[0].integer(0), 0);
    EXPECT_EQ((*rows)[1].integer(0), 1);
}

TEST_P(PostgresLossTest, AClosureThatAlwaysMeetsOthersGivesUp) {
    int runs = 0;
    const auto refused = db().write_now([&](Transaction& tx) {
        ++runs;
        return tx.execute(Sql{"test.meet", "do $$ begin raise exception using errcode = '40001'; end $$"});
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_EQ(refused.error().message, "db.busy");
    EXPECT_EQ(runs, 12);
}

TEST_P(PostgresLossTest, ATableMayGrowUnderAPreparedStatement) {
    constexpr Sql select_all{"test.select_all", "select * from probe"};
    db::Settings one = settings();
    one.readers = 1;
    one.writers = 1;
    reopen(one);
    const auto read_all = [&] {
        auto reader = db().read();
        const auto rows = (*reader)->rows(select_all);
        EXPECT_TRUE(rows) << told(rows);
        return rows ? rows->front().size() : 0;
    };
    ASSERT_TRUE(db().write_now([](Transaction& tx) { return tx.execute(insert, 1); }));
    ASSERT_TRUE(db().write_now([&](Transaction& tx) { return tx.rows(select_all); }));
    EXPECT_EQ(read_all(), 1u);
    ASSERT_TRUE(db().write_now(
        [](Transaction& tx) { return tx.execute(Sql{"test.grow", "alter table probe add column more text"}); }));
    EXPECT_EQ(read_all(), 2u);
    const auto written = db().write_now([&](Transaction& tx) { return tx.rows(select_all); });
    ASSERT_TRUE(written) << told(written);
    EXPECT_EQ(written->front().size(), 2u);
}

TEST_P(PostgresLossTest, StatementsTheCacheDropsAreForgottenByTheServer) {
    auto opened = db::postgres::Connection::open({settings().address});
    ASSERT_TRUE(opened) << told(opened.error());
    db::postgres::Connection& connection = **opened;
    for (int round = 0; round < 3; ++round) {
        ASSERT_TRUE(connection.start_reading());
        for (int at = 0; at < 150; ++at) {
            const auto rows = connection.rows("test", fmt::format("select {}::bigint", round * 150 + at), {});
            ASSERT_TRUE(rows) << told(rows);
            EXPECT_EQ(rows->front().integer(0), round * 150 + at);
        }
        ASSERT_TRUE(connection.finish_reading());
    }
    EXPECT_EQ(connection.cached(), 256u);
    ASSERT_TRUE(connection.start_reading());
    const auto kept = connection.rows("test", "select count(*) from pg_prepared_statements", {});
    ASSERT_TRUE(kept);
    EXPECT_LE(kept->front().integer(0), 258);
}

TEST_P(PostgresLossTest, OpeningTellsNoPassword) {
    const auto refused = db::Database::open({.address = "postgresql://congvu:secret@localhost:1/nothing"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "db.cannot_open");
    EXPECT_EQ(refused.error().arguments, (std::vector<MessageArgument>{{"path", "postgresql://localhost:1/nothing"}}));
    EXPECT_EQ(refused.error().detail.find("secret"), std::string::npos);
}

}  // namespace
