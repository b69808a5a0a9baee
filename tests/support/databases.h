#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "base/time.h"
#include "db/database.h"

namespace congvu::test {

/// Both engines, for suites that derive from DatabaseTest.
struct Engines {
    static auto all() { return ::testing::Values(db::Engine::sqlite, db::Engine::postgresql); }
    static std::string name(const ::testing::TestParamInfo<db::Engine>& info);
};

/// A fresh store with all migrations for each test: SQLite in a folder of its own, PostgreSQL a database of its own in
/// the cluster that CONGVU_TEST_POSTGRES names (tests/support/postgres.sh); without it those tests are skipped.
class DatabaseTest : public ::testing::TestWithParam<db::Engine> {
  protected:
    void SetUp() override;
    void TearDown() override;

    db::Database& db() { return *db_; }
    FixedClock& clock() { return clock_; }
    const std::filesystem::path& temporary_folder() const { return folder_; }
    /// What the store is opened with; a test may change a copy and reopen.
    const db::Settings& settings() const { return settings_; }
    /// Closes the store and opens it again.
    void reopen() { reopen(settings_); }
    void reopen(const db::Settings& settings);
    void close() { db_.reset(); }

  private:
    FixedClock clock_{Instant{1'787'628'600'000}};  // 2026-08-25 10:30 in Hà Nội
    std::filesystem::path folder_;
    db::Settings settings_;
    std::unique_ptr<db::Database> db_;
    std::string database_;  ///< name of the PostgreSQL one
};

/// A folder that goes with the object.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// The address of a database of that name in the test cluster; empty when there is no cluster.
std::string postgres_address(const std::string& database);
/// Runs one statement in the cluster, outside of a transaction, as `create database …`.
Result<std::string> ask_postgres(const std::string& statement);

/// code and message of a failure with its detail, for the text of an assertion.
std::string told(const Error& error);
template <class T>
std::string told(const Result<T>& result) {
    return result ? "it was done" : told(result.error());
}

}  // namespace congvu::test

#define CONGVU_BOTH_ENGINES(Suite) \
    INSTANTIATE_TEST_SUITE_P(Engines, Suite, ::congvu::test::Engines::all(), ::congvu::test::Engines::name)
