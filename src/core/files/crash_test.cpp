#include <thread>

#include "core/files/files_fixture.h"

namespace files {
namespace {

using congvu::test::told;

// A disk that does `left` more things and then nothing any more, as when the power fails. Nothing is tidied up either.
class FailingDisk : public Disk {
  public:
    std::atomic<int> left = 0;
    std::atomic<int> done = 0;

    Result<Descriptor> create(const std::filesystem::path& path) override {
        TRY(step());
        return Disk::create(path);
    }
    Result<void> append(const Descriptor& file, crypto::BytesView bytes) override {
        if (auto alive = step(); !alive) {
            static_cast<void>(Disk::append(file, bytes.first(bytes.size() / 2)));  // torn
            return alive;
        }
        return Disk::append(file, bytes);
    }
    Result<void> sync(const Descriptor& file) override {
        TRY(step());
        return Disk::sync(file);
    }
    Result<void> sync_folder(const std::filesystem::path& folder) override {
        TRY(step());
        return Disk::sync_folder(folder);
    }
    Result<void> sync_all(const std::filesystem::path& folder) override {
        TRY(step());
        return Disk::sync_all(folder);
    }
    Result<void> rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
        TRY(step());
        return Disk::rename(from, to);
    }
    Result<void> remove(const std::filesystem::path& path) override {
        TRY(step());
        return Disk::remove(path);
    }

  private:
    Result<void> step() {
        if (left-- <= 0) return fail(ErrorCode::unavailable, "files.disk");
        ++done;
        return {};
    }
};

class CrashTest : public FilesTest {};
CONGVU_BOTH_ENGINES(CrashTest);

TEST_P(CrashTest, a_write_that_stops_anywhere_leaves_nothing_visible) {
    const std::string content(150'000, 'x');
    int steps = 0;
    for (bool whole = false; !whole; ++steps) {
        ASSERT_LT(steps, 50);
        FailingDisk disk;
        disk.left = 1'000'000;
        auto dying = Vault::open(data(), db(), disk).value();
        disk.left = steps;
        const auto kept = dying->keep(spooled(content));
        whole = kept.has_value();
        if (whole) continue;
        EXPECT_EQ(kept.error().message, "files.disk");
        // After the start nobody knows of it, and after a day nothing of it is left.
        vault = Vault::open(data(), db()).value();
        EXPECT_EQ(reader()->row(db::Sql{"test.rows", "select count(*) from file_blob"}).value()->integer(0), 0);
        age_everything();
        ASSERT_TRUE(vault->sweep(clock().now()));
        EXPECT_TRUE(disk_files("blobs").empty()) << steps;
        EXPECT_TRUE(disk_files("spool").empty()) << steps;
    }
    EXPECT_GE(steps, 8) << "create, three pieces, sync, folders, rename, sync of the folder";
}

TEST_P(CrashTest, one_that_stops_before_the_commit_is_swept_and_can_be_brought_again) {
    const StoredBlob kept = vault->keep(spooled("một")).value();
    const auto failed = db().write_now([&](db::Transaction& tx) -> Result<void> {
        TRY(files::add(scope, tx, kept, "a.pdf", "application/pdf"));
        return fail(ErrorCode::conflict, "test.stopped");
    });
    EXPECT_EQ(failed.error().message, "test.stopped");
    EXPECT_EQ(disk_files().size(), 1u);
    const FileId file = add(vault->keep(spooled("một")).value());
    age_everything();
    EXPECT_EQ(vault->sweep(clock().now()).value().contents, 1);
    EXPECT_EQ(read(file), "một");
    EXPECT_EQ(disk_files().size(), 1u);
}

TEST_P(CrashTest, what_was_committed_outlives_a_disk_that_fails_after) {
    FailingDisk disk;
    disk.left = 1'000'000;
    vault = Vault::open(data(), db(), disk).value();
    const FileId file = add(vault->keep(spooled("một")).value());
    disk.left = 0;
    EXPECT_EQ(vault->keep(spooled("hai")).error().message, "files.disk");
    EXPECT_EQ(read(file), "một");
}

TEST_P(CrashTest, many_at_once_are_all_kept) {
    std::vector<std::thread> threads;
    std::vector<Result<StoredBlob>> kept(24, fail(ErrorCode::internal, "test.not_run"));
    std::vector<std::filesystem::path> uploads;
    for (std::size_t i = 0; i < kept.size(); ++i) uploads.push_back(spooled("nội dung " + std::to_string(i)));
    for (std::size_t i = 0; i < kept.size(); ++i) threads.emplace_back([&, i] { kept[i] = vault->keep(uploads[i]); });
    for (std::thread& thread : threads) thread.join();
    for (std::size_t i = 0; i < kept.size(); ++i) {
        ASSERT_TRUE(kept[i]) << told(kept[i].error());
        EXPECT_EQ(read(add(*kept[i])), "nội dung " + std::to_string(i));
    }
    EXPECT_TRUE(disk_files("spool").empty());
}

// The group is formed by hand: the first one's sync holds until all the others wait.
class HoldingDisk : public Disk {
  public:
    std::atomic<int> syncs = 0, syncs_of_all = 0;
    std::function<void()> at_first_sync;

    Result<void> sync(const Descriptor& file) override {
        if (syncs++ == 0 && at_first_sync) at_first_sync();
        return Disk::sync(file);
    }
    Result<void> sync_all(const std::filesystem::path& folder) override {
        ++syncs_of_all;
        return Disk::sync_all(folder);
    }
};

TEST(Publisher, those_who_wait_together_share_the_syncs) {
    congvu::test::TemporaryFolder folder;
    HoldingDisk disk;
    Publisher publisher(disk);
    constexpr int count = 10;
    std::vector<std::thread> others;
    std::vector<Result<void>> results(count);
    std::vector<std::filesystem::path> parts, paths;
    std::vector<Descriptor> files;
    for (int i = 0; i < count; ++i) {
        parts.push_back(folder.path() / ("part" + std::to_string(i)));
        paths.push_back(folder.path() / "blobs" / std::to_string(i) / "file");
        files.push_back(disk.create(parts.back()).value());
    }
    const auto publish = [&](std::size_t i) { results[i] = publisher.publish(files[i], parts[i], paths[i]); };
    disk.at_first_sync = [&] {
        for (std::size_t i = 1; i < count; ++i) others.emplace_back(publish, i);
        while (publisher.waiting() < count - 1) std::this_thread::yield();
    };
    publish(0);
    for (std::thread& thread : others) thread.join();
    for (std::size_t i = 0; i < count; ++i) {
        EXPECT_TRUE(results[i]);
        EXPECT_TRUE(std::filesystem::exists(paths[i]));
        EXPECT_FALSE(std::filesystem::exists(parts[i]));
    }
    EXPECT_EQ(disk.syncs, 1) << "the first alone";
    EXPECT_EQ(disk.syncs_of_all, 2) << "the nine others together";
}

}  // namespace
}  // namespace files
