#include "db/postgres/backup.h"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>

#include "tests/support/databases.h"

namespace db::postgres {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

/// Programs of PostgreSQL's names that write down what they were given.
class BackupPrograms : public testing::Test {
  protected:
    void SetUp() override {
        for (const char* name : {"pg_dump", "pg_restore"}) {
            const fs::path program = folder_.path() / name;
            std::ofstream(program) << "#!/bin/sh\nprintf '%s\\n' \"$@\" >" << folder_.path() / "arguments"
                                   << "\nprintf '%s' \"$PGPASSWORD\" >" << folder_.path() / "password" << "\nif [ -e "
                                   << folder_.path() / "fails" << " ]; then echo hỏng >&2; exit 1; fi\n";
            fs::permissions(program, fs::perms::owner_all);
        }
        path_ = std::getenv("PATH");
        ::setenv("PATH", (folder_.path().string() + ":" + path_).c_str(), 1);
    }
    void TearDown() override { ::setenv("PATH", path_.c_str(), 1); }

    std::string told(const char* name) const {
        std::ifstream in(folder_.path() / name);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    fs::path file() const { return folder_.path() / "copy"; }

    const std::string address_ = "postgresql://office:mat%20khau%27@db.example:5433/congvu";
    congvu::test::TemporaryFolder folder_;

  private:
    std::string path_;
};

TEST_F(BackupPrograms, GetThePasswordByTheirEnvironment) {
    const auto expect_told = [&](const char* own) {
        EXPECT_THAT(told("arguments"), HasSubstr(own));
        EXPECT_THAT(told("arguments"), HasSubstr("host='db.example'"));
        EXPECT_THAT(told("arguments"), HasSubstr("dbname='congvu'"));
        EXPECT_THAT(told("arguments"), Not(HasSubstr("khau"))) << "anyone may list arguments";
        EXPECT_EQ(told("password"), "mat khau'");
    };
    const auto copied = back_up(address_, file());
    ASSERT_TRUE(copied) << congvu::test::told(copied);
    expect_told("--format=custom");
    const auto restored = restore(address_, file());
    ASSERT_TRUE(restored) << congvu::test::told(restored);
    expect_told("--single-transaction");
}

TEST_F(BackupPrograms, KeepThePasswordOfTheEnvironmentWhenTheAddressHasNone) {
    ::setenv("PGPASSWORD", "ngoài", 1);
    const auto copied = back_up("postgresql://office@db.example/congvu", file());
    EXPECT_TRUE(copied) << congvu::test::told(copied);
    EXPECT_EQ(told("password"), "ngoài");
    EXPECT_TRUE(back_up(address_, file()));
    EXPECT_EQ(told("password"), "mat khau'");
    ::unsetenv("PGPASSWORD");
}

TEST_F(BackupPrograms, FailInWords) {
    std::ofstream(folder_.path() / "fails") << "";
    const auto copied = back_up(address_, file());
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().message, "db.backup_failed");
    const auto restored = restore(address_, file());
    ASSERT_FALSE(restored);
    EXPECT_EQ(restored.error().message, "db.restore_failed");
    EXPECT_THAT(restored.error().detail, HasSubstr("pg_restore: hỏng"));
    EXPECT_THAT(restored.error().detail, Not(HasSubstr("khau")));
}

}  // namespace
}  // namespace db::postgres
