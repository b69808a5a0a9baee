#include <sys/mount.h>

#include "core/journal/verify.h"
#include "crypto/sha256.h"
#include "tests/faults/real_server.h"

// The disk of the whole server runs full: writing is refused in words, reading goes on, nothing is half done, and with
// room again the work goes on. Once on a small file system of its own, once by a limit on the length of files, which
// every machine has.
namespace congvu::test {
namespace {

class FullDisk : public WholeServer {
  protected:
    void TearDown() override {
        WholeServer::TearDown();
        if (!mounted_.empty()) ::umount2(mounted_.c_str(), MNT_DETACH);
    }
    Reply receive(const std::string& subject) {
        return as("vanthu").post("/api/registers/incoming/records",
                                 {{"values", {{"sender", "Nơi gửi"}, {"notation", subject}, {"subject", subject}}}});
    }
    Reply take_number(const Reply& record) {
        return as("vanthu").post("/api/records/" + std::to_string(record.number("/id")) + "/actions/register",
                                 {{"version", record.number("/version")}});
    }
    /// Refused because there is no room, in words for whoever reads them.
    static void refused(const Reply& reply, const char* what) {
        EXPECT_TRUE(reply.status == 503 || reply.status == 507) << what << " " << reply.status << reply.text;
        const std::string said = reply.string("/error/message");
        EXPECT_TRUE(said.contains("dung lượng") || said.contains("đĩa")) << what << " " << reply.text;
    }
    std::int64_t count(const char* sql) {
        const auto database = store();
        const auto reader = database->read();
        const auto row = (*reader)->row(db::Sql{"test.count", sql});
        EXPECT_TRUE(row) << told(row);
        return row ? (*row)->integer(0) : -1;
    }
    /// Everything while there is no room; `fill` takes it, `make_room` gives it back.
    void run(const std::function<void()>& fill, const std::function<void()>& make_room) {
        const Reply first = receive("Trước khi đầy");
        ASSERT_EQ(first.status, 201) << first.text;
        const std::string bytes(90'000, 'x');
        const Reply kept = as("vanthu").upload("truoc.txt", bytes);
        ASSERT_EQ(kept.status, 201) << kept.text;
        const Reply waiting = receive("Chờ lấy số");
        const std::string records = "select count(*) from record", taken = "select count(*) from number_taken";
        const std::int64_t records_before = count(records.c_str()), taken_before = count(taken.c_str());

        session("lanhdao");  // signing in is written down, so it has to wait for room
        fill();
        const bool store_is_full = GetParam() == db::Engine::sqlite;
        int written = 0;
        // What still finds room in a page already there is written; soon nothing is.
        Reply last;
        if (store_is_full) {
            for (int i = 0; i < 200 && last.status != 503; ++i) {
                last = receive("Khi đầy " + std::to_string(i));
                if (last.status == 201) ++written;
            }
            refused(last, "a record");
            refused(take_number(waiting), "a number");
            Reply at_door;
            for (int i = 0; i < 50 && at_door.status != 503; ++i)
                at_door = Visitor(port(), {}).post("/api/session", {{"login", "chanhvp"}, {"password", password}});
            refused(at_door, "signing in");
            EXPECT_EQ(at_door.string("/error/code"), "accounts.no_room") << at_door.text;
        }
        refused(as("vanthu").upload("khi-day.txt", std::string(3'000'000, 'y')), "an upload");
        refused(as("vanthu").upload("khi-day.txt", std::string(3'000'000, 'z')), "an upload again");
        ASSERT_TRUE(server().is_alive());

        // Reading goes on, also of files.
        const std::string at = "/api/records/" + std::to_string(first.number("/id"));
        EXPECT_EQ(as("vanthu").get(at).string("/title"), "Trước khi đầy");
        EXPECT_EQ(as("vanthu").get("/api/registers/incoming/records").status, 200);
        EXPECT_EQ(as("lanhdao").get("/api/inbox").status, 200);
        EXPECT_EQ(as("vanthu").get("/api/search?q=v%C4%83n").status, 200);
        const Reply content =
            as("vanthu").get("/api/files/" + std::to_string(kept.number("/id")) + "/content?download=1");
        EXPECT_EQ(crypto::sha256_hex(content.text), kept.string("/sha256"));

        make_room();
        const Reply numbered = take_number(waiting);
        EXPECT_EQ(numbered.status, 200) << numbered.text;
        const Reply after = receive("Sau khi có chỗ");
        EXPECT_EQ(after.status, 201) << after.text;
        EXPECT_EQ(take_number(after).status, 200);
        EXPECT_EQ(as("vanthu").upload("sau.txt", std::string(3'000'000, 'z')).status, 201);
        EXPECT_EQ(count(records.c_str()), records_before + written + 1);
        EXPECT_EQ(count(taken.c_str()), taken_before + 2);
        EXPECT_EQ(count("select count(*) from number_book b where b.last - b.first + 1 <> (select count(*) from "
                        "number_taken t where t.book_id = b.id)"),
                  0)
            << "no number is skipped";
        EXPECT_EQ(count("select count(*) from file where name = 'khi-day.txt'"), 0);
        EXPECT_EQ(left_in_spool(), "");
        ASSERT_EQ(server().stop(), 0);
        const auto database = store();
        const auto report = journal::verify(*database);
        ASSERT_TRUE(report) << told(report);
        EXPECT_FALSE(report->fault) << told(*report->fault);
    }

    std::string mounted_;
};
CONGVU_BOTH_ENGINES(FullDisk);

TEST_P(FullDisk, ASmallFileSystemRunsFull) {
    const std::filesystem::path place = folder() / "small";
    std::filesystem::create_directory(place);
    if (::mount("tmpfs", place.c_str(), "tmpfs", 0, "size=24m") != 0)
        GTEST_SKIP() << "a file system can't be mounted here (it takes root): the limit on files is tried instead";
    mounted_ = place;
    std::filesystem::copy(data(), place / "office", std::filesystem::copy_options::recursive);
    move_to(place / "office");
    ASSERT_NO_FATAL_FAILURE(serve());
    run(
        [&] {
            std::FILE* filler = std::fopen((place / "filler").c_str(), "wb");
            const std::string block(4096, 'f');
            std::setvbuf(filler, nullptr, _IONBF, 0);
            while (std::fwrite(block.data(), 1, block.size(), filler) == block.size()) {
            }
            std::fclose(filler);
        },
        [&] { std::filesystem::remove(place / "filler"); });
}

TEST_P(FullDisk, FilesMayGrowNoLonger) {
    ASSERT_NO_FATAL_FAILURE(serve(RLIM_INFINITY));
    const auto limit = [&](rlim_t bytes) {
        const rlimit wanted{bytes, RLIM_INFINITY};
        ASSERT_EQ(::prlimit(server().id(), RLIMIT_FSIZE, &wanted, nullptr), 0);
    };
    run([&] { limit(4096); }, [&] { limit(RLIM_INFINITY); });
}

}  // namespace
}  // namespace congvu::test
