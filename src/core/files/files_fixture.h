#pragma once
#include <fstream>
#include <string>
#include <vector>

#include "base/uuid.h"
#include "core/files/files.h"
#include "core/scope/scope.h"
#include "crypto/random.h"
#include "tests/support/databases.h"

// For the tests of files.
namespace files {

class FilesTest : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        scope.account = {3};
        scope.person = {5};
        scope.agency = {2};
        scope.now = clock().now();
        auto opened = Vault::open(data(), db());
        ASSERT_TRUE(opened) << congvu::test::told(opened.error());
        vault = std::move(*opened);
    }
    void TearDown() override {
        vault.reset();
        DatabaseTest::TearDown();
    }

    const std::filesystem::path& data() const { return folder_.path(); }
    std::unique_ptr<db::Reader> reader() { return db().read().value(); }

    /// A file as an upload left it.
    std::filesystem::path spooled(std::string_view content) {
        const auto path = uploads_.path() / crypto::random_token(8);
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    FileId add(const StoredBlob& stored, std::string_view name = "Tờ trình.pdf") {
        const auto file =
            db().write_now([&](db::Transaction& tx) { return files::add(scope, tx, stored, name, "application/pdf"); });
        EXPECT_TRUE(file) << congvu::test::told(file.error());
        return file.value_or(FileId{});
    }
    std::string read(FileId file) {
        auto open = vault->open(*reader(), file);
        EXPECT_TRUE(open) << congvu::test::told(open.error());
        if (!open) return {};
        auto content = open->read_all(1 << 30);
        EXPECT_TRUE(content) << congvu::test::told(content.error());
        return content.value_or(std::string());
    }
    void set_text(FileId file, std::string_view text) {
        const StoredBlob kept = vault->keep_bytes(text).value();
        const auto set = db().write_now([&](db::Transaction& tx) { return files::set_text(tx, file, kept); });
        EXPECT_TRUE(set);
    }
    void destroy_file(FileId file) {
        const auto done =
            db().write_now([&](db::Transaction& tx) { return files::destroy(scope, tx, file, "retention_over"); });
        EXPECT_TRUE(done) << congvu::test::told(done.error());
    }
    std::int64_t keys_left() {
        const db::Sql sql{"test.keys", "select count(*) from file_blob where wrapped_key is not null"};
        return reader()->row(sql).value()->integer(0);
    }
    std::vector<std::filesystem::path> disk_files(std::string_view folder = "blobs") const {
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(data() / folder))
            if (entry.is_regular_file()) files.push_back(entry.path());
        return files;
    }
    /// As if all that lies on disk had lain there for long before the clock's now.
    void age_everything() {
        const auto now = std::chrono::file_clock::now();
        clock().set(
            {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
                 .count()});
        for (const std::string_view folder : {"blobs", "spool"})
            for (const auto& path : disk_files(folder))
                std::filesystem::last_write_time(path, now - std::chrono::hours(48));
    }
    static std::string slurp(const std::filesystem::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    Scope scope;
    std::unique_ptr<Vault> vault;

  private:
    congvu::test::TemporaryFolder folder_;
    congvu::test::TemporaryFolder uploads_;
};

}  // namespace files
