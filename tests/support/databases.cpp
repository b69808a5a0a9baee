#include "tests/support/databases.h"

#include <cstdlib>
#include <stdlib.h>
#include <unistd.h>

#include <fmt/format.h>

#include "db/postgres/connection.h"

namespace congvu::test {
namespace {

/// Migrated once a run, then copied for each test.
std::filesystem::path sqlite_template() {
    static const TemporaryFolder folder;
    static const std::filesystem::path path = [] {
        auto file = folder.path() / "template.db";
        auto made = db::Database::open({.address = file.string()});
        if (!made) return std::filesystem::path();
        const auto migrated = db::migrate(**made);
        if (!migrated) ADD_FAILURE() << "migrations/ on SQLite: " << told(migrated);
        return file;
    }();
    return path;
}

class PostgresTemplate {
  public:
    PostgresTemplate() : name_(fmt::format("congvu_template_{}", ::getpid())) {
        (void)ask_postgres("drop database if exists " + name_);
        const auto created = ask_postgres("create database " + name_);
        if (!created) {
            ADD_FAILURE() << "CONGVU_TEST_POSTGRES: " << told(created);
            return;
        }
        auto made = db::Database::open({.address = postgres_address(name_)});
        if (!made) {
            ADD_FAILURE() << told(made.error());
            return;
        }
        const auto migrated = db::migrate(**made);
        if (!migrated) ADD_FAILURE() << "migrations/ on PostgreSQL: " << told(migrated);
    }
    ~PostgresTemplate() { (void)ask_postgres("drop database if exists " + name_ + " with (force)"); }
    PostgresTemplate(const PostgresTemplate&) = delete;
    PostgresTemplate& operator=(const PostgresTemplate&) = delete;
    const std::string& name() const { return name_; }

  private:
    std::string name_;
};

std::string new_postgres_database() {
    static const PostgresTemplate made;
    static int count = 0;
    const std::string name = fmt::format("congvu_test_{}_{}", ::getpid(), ++count);
    (void)ask_postgres("drop database if exists " + name);
    const auto created = ask_postgres("create database " + name + " template " + made.name());
    EXPECT_TRUE(created) << told(created);
    return name;
}

}  // namespace

std::string told(const Error& error) {
    return error.message + " (" + error.detail + ")";
}

std::string Engines::name(const ::testing::TestParamInfo<db::Engine>& info) {
    return info.param == db::Engine::sqlite ? "sqlite" : "postgresql";
}

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "congvu-test-XXXXXX").string();
    if (::mkdtemp(name.data())) path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::string postgres_address(const std::string& database) {
    const char* cluster = std::getenv("CONGVU_TEST_POSTGRES");
    if (!cluster || !*cluster) return "";
    const std::string address = cluster;
    const auto authority = address.find("//");
    if (authority == std::string::npos) return "";
    const auto question = std::min(address.find('?'), address.size());
    const auto slash = std::min(address.find('/', authority + 2), question);
    return address.substr(0, slash) + "/" + database + address.substr(question);
}

Result<std::string> ask_postgres(const std::string& statement) {
    const auto connection = TRY(db::postgres::Connection::open({postgres_address("postgres")}));
    return connection->ask(statement);
}

void DatabaseTest::SetUp() {
    std::string name = (std::filesystem::temp_directory_path() / "congvu-test-XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    folder_ = name;
    settings_.clock = &clock_;
    if (GetParam() == db::Engine::sqlite) {
        settings_.address = (folder_ / "congvu.db").string();
        ASSERT_NO_FATAL_FAILURE(std::filesystem::copy_file(sqlite_template(), settings_.address));
    } else {
        if (postgres_address("postgres").empty()) {
            GTEST_SKIP() << "CONGVU_TEST_POSTGRES is not set: start a cluster with tests/support/postgres.sh start DIR";
        }
        database_ = new_postgres_database();
        settings_.address = postgres_address(database_);
    }
    reopen();
}

void DatabaseTest::TearDown() {
    db_.reset();
    if (!database_.empty()) (void)ask_postgres("drop database if exists " + database_ + " with (force)");
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

void DatabaseTest::reopen(const db::Settings& settings) {
    db_.reset();
    auto opened = db::Database::open(settings);
    ASSERT_TRUE(opened) << told(opened.error());
    db_ = std::move(*opened);
}

}  // namespace congvu::test
