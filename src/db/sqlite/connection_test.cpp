#include "db/sqlite/connection.h"

#include <fstream>
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <gtest/gtest.h>

#include "tests/support/databases.h"

namespace {

using congvu::test::TemporaryFolder;
using congvu::test::told;
using db::Value;
using db::sqlite::Connection;
using db::sqlite::Options;
using testing::ElementsAre;

class SqliteConnectionTest : public testing::Test {
  protected:
    void SetUp() override {
        auto opened = Connection::open({.path = path(), .use = Options::Use::write});
        ASSERT_TRUE(opened) << told(opened.error());
        connection_ = std::move(*opened);
    }
    std::string path() const { return (folder_.path() / "store.db").string(); }
    Result<db::Rows> rows(std::string_view text, const std::vector<Value>& values = {}) {
        return connection_->rows("test", text, values);
    }
    std::string one(std::string_view text) {
        const auto all = rows(text);
        if (!all || all->empty()) return told(all);
        const Value& value = all->front()[0];
        return value.text() ? *value.text() : std::to_string(*value.integer());
    }

    TemporaryFolder folder_;
    std::unique_ptr<Connection> connection_;
};

TEST_F(SqliteConnectionTest, IsSetUpSafely) {
    EXPECT_EQ(one("pragma journal_mode"), "wal");
    EXPECT_EQ(one("pragma synchronous"), "2");
    EXPECT_EQ(one("pragma foreign_keys"), "1");
    EXPECT_EQ(one("pragma trusted_schema"), "0");
    EXPECT_EQ(one("pragma wal_autocheckpoint"), "0");
    EXPECT_EQ(one("pragma secure_delete"), "1");
    EXPECT_EQ(one("pragma busy_timeout"), "10000");
    EXPECT_EQ(std::filesystem::status(path()).permissions() & std::filesystem::perms::all,
              std::filesystem::perms(0600));
    ASSERT_TRUE(connection_->change("test", "create table a (b text)", {}));
    EXPECT_EQ(std::filesystem::status(path() + "-wal").permissions() & std::filesystem::perms::all,
              std::filesystem::perms(0600));
    // Text in double quotes is a name or a mistake; the schema can't be written.
    EXPECT_FALSE(rows("select \"nothing\""));
    EXPECT_FALSE(connection_->change("test", "delete from sqlite_schema", {}));
}

TEST_F(SqliteConnectionTest, KeepsStatementsByTheirText) {
    EXPECT_EQ(one("select 1"), "1");
    const std::size_t before = connection_->cached();
    for (int at = 0; at < 5; ++at) EXPECT_EQ(one("select 1"), "1");
    EXPECT_EQ(connection_->cached(), before);
    for (int at = 0; at < 400; ++at) EXPECT_EQ(one(fmt::format("select {}", at)), std::to_string(at));
    EXPECT_EQ(connection_->cached(), 256u);
    EXPECT_EQ(one("select 1"), "1");
    // Values of one run are not those of the next.
    EXPECT_EQ((*rows("select ?1", {"a"}))[0].text(0), "a");
    EXPECT_TRUE((*rows("select ?1", {nullptr}))[0].is_null(0));
}

TEST_F(SqliteConnectionTest, OneTextInsideItsOwnRows) {
    ASSERT_TRUE(connection_->change("test", "create table a (b integer)", {}));
    for (int at = 1; at <= 3; ++at)
        ASSERT_TRUE(connection_->change("test", "insert into a values (?1)", std::vector<Value>{at}));
    std::vector<std::int64_t> seen;
    const auto done = connection_->each("test", "select b from a order by b", {}, [&](const db::Row& outer) {
        return connection_->each("test", "select b from a order by b", {}, [&](const db::Row& inner) -> Result<void> {
            seen.push_back(outer.integer(0) * 10 + inner.integer(0));
            return {};
        });
    });
    EXPECT_TRUE(done);
    EXPECT_THAT(seen, ElementsAre(11, 12, 13, 21, 22, 23, 31, 32, 33));
}

TEST_F(SqliteConnectionTest, OpensOnlyDatabases) {
    const auto nowhere =
        Connection::open({.path = (folder_.path() / "missing" / "x.db").string(), .use = Options::Use::write});
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().message, "db.cannot_open");
    EXPECT_EQ(nowhere.error().code, ErrorCode::unavailable);
    const auto letter = folder_.path() / "letter.txt";
    std::ofstream(letter) << std::string(8000, 'a');
    const auto text = Connection::open({.path = letter.string(), .use = Options::Use::write});
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().message, "db.not_a_database");
    EXPECT_EQ(text.error().code, ErrorCode::corrupt);
    const auto folder = db::Database::open({.address = folder_.path().string()});
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().message, "db.cannot_open");
    // "file:" is a name like any other, never an address with options.
    auto odd = db::Database::open({.address = (folder_.path() / "file:x?mode=memory").string()});
    ASSERT_TRUE(odd) << told(odd.error());
    EXPECT_TRUE(std::filesystem::exists(folder_.path() / "file:x?mode=memory"));
}

TEST_F(SqliteConnectionTest, TokenizerFindsWithAndWithoutMarks) {
    ASSERT_TRUE(
        connection_->change("test", "create virtual table text_index using fts5(body, tokenize = 'congvu')", {}));
    const char* texts[] = {"Quản lý văn bản",         "quán lý sự", "Đường Hoà Bình",
                           "Số 123/QĐ-UBND năm 2026", "nam giới",   "\xFF hỏng \xC3"};
    int id = 0;
    for (const char* text : texts) {
        // Past the check of the values: what is stored may be older than it.
        sqlite3_stmt* statement = nullptr;
        ASSERT_EQ(sqlite3_prepare_v2(connection_->handle(), "insert into text_index (rowid, body) values (?1, ?2)", -1,
                                     &statement, nullptr),
                  SQLITE_OK);
        sqlite3_bind_int(statement, 1, ++id);
        sqlite3_bind_text(statement, 2, text, -1, SQLITE_STATIC);
        EXPECT_EQ(sqlite3_step(statement), SQLITE_DONE);
        sqlite3_finalize(statement);
    }
    const auto found = [&](const char* query) {
        std::vector<std::int64_t> ids;
        const auto all = rows("select rowid from text_index where text_index match ?1 order by rowid", {query});
        EXPECT_TRUE(all) << told(all);
        for (const db::Row& row : all ? *all : db::Rows()) ids.push_back(row.integer(0));
        return ids;
    };
    EXPECT_THAT(found("quan"), ElementsAre(1, 2));
    EXPECT_THAT(found("quản"), ElementsAre(1));
    EXPECT_THAT(found("QUÁN"), ElementsAre(2));
    EXPECT_THAT(found("\"quan ly van ban\""), ElementsAre(1));
    EXPECT_THAT(found("\"văn lý\""), ElementsAre());
    EXPECT_THAT(found("duong"), ElementsAre(3));
    EXPECT_THAT(found("đường"), ElementsAre(3));
    EXPECT_THAT(found("hòa"), ElementsAre(3));
    EXPECT_THAT(found("nam"), ElementsAre(4, 5));
    EXPECT_THAT(found("năm"), ElementsAre(4));
    EXPECT_THAT(found("ub*"), ElementsAre(4));
    EXPECT_THAT(found("(quản OR quan) AND ly"), ElementsAre(1, 2));
    EXPECT_EQ(one("select highlight(text_index, 0, '[', ']') from text_index where text_index match 'van'"),
              "Quản lý [văn] bản");
    EXPECT_TRUE(connection_->change("test", "insert into text_index (text_index) values ('optimize')", {}));
    EXPECT_TRUE(connection_->change("test", "insert into text_index (text_index) values ('integrity-check')", {}));
    const auto bad = rows("select rowid from text_index where text_index match ?1", {"\"bí mật"});
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().detail.find("mật"), std::string::npos) << bad.error().detail;
}

}  // namespace
