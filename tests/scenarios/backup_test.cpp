#include <atomic>
#include <condition_variable>
#include <fstream>
#include <gmock/gmock.h>
#include <thread>
#include <unistd.h>

#include "commands/archive.h"
#include "commands/making.h"
#include "commands/verifying.h"
#include "core/files/files.h"
#include "core/org/org.h"
#include "core/scope/system_scope.h"
#include "tests/support/databases.h"

// A copy of a busy office, restored elsewhere: what was answered before the copy began is in it, whole.
namespace {

namespace fs = std::filesystem;
using commands::Office;
using congvu::test::told;
using testing::HasSubstr;
using testing::Not;

class Backup : public testing::TestWithParam<db::Engine> {
  protected:
    void SetUp() override {
        if (GetParam() == db::Engine::postgresql && congvu::test::postgres_address("postgres").empty())
            GTEST_SKIP() << "CONGVU_TEST_POSTGRES is not set: start a cluster with tests/support/postgres.sh start DIR";
        own_ = new_store();
        auto opened = commands::make_office({.data = folder() / "office", .database = own_});
        ASSERT_TRUE(opened) << told(opened);
        office_ = std::move(*opened);
        const auto made = office_->database->write_now([&](db::Transaction& tx) { return furnish(tx); });
        ASSERT_TRUE(made) << told(made);
        scope_ = *made;
    }
    void TearDown() override {
        office_.reset();
        for (const std::string& name : names_)
            (void)congvu::test::ask_postgres("drop database " + name + " with (force)");
    }

    fs::path folder() const { return folder_.path(); }
    Office& office() { return *office_; }
    /// Where a store may go: an empty PostgreSQL database, or nothing for SQLite.
    std::string new_store() {
        if (GetParam() == db::Engine::sqlite) return "";
        static int count = 0;
        names_.push_back(fmt::format("congvu_backup_{}_{}", ::getpid(), ++count));
        const auto created = congvu::test::ask_postgres("create database " + names_.back());
        EXPECT_TRUE(created) << told(created);
        return congvu::test::postgres_address(names_.back());
    }

    static Result<Scope> furnish(db::Transaction& tx) {
        const Scope server = system_scope(tx.now());
        const LocalDate began = LocalDate::of(2020, 1, 1);
        const UnitId agency = TRY(org::add_unit(server, tx,
                                                {.kind = "ministry",
                                                 .name = "Bộ Mẫu",
                                                 .short_name = "Bộ Mẫu",
                                                 .abbreviation = "BM",
                                                 .is_agency = true,
                                                 .valid_from = began}));
        const PersonId person = TRY(org::add_person(server, tx, {.full_name = "Phạm Thu Giang"}));
        const PostId post = TRY(
            org::add_post(server, tx, {.unit = agency, .title = "Văn thư", .roles = {"clerk"}, .valid_from = began}));
        TRY(org::fill_post(server, tx, {.post = post, .person = person, .valid_from = began}));
        return org::scope_of(tx, person, post, tx.now());
    }

    /// One letter with its file, as a clerk's request makes it; gives the record once it is durable.
    Result<std::int64_t> receive(int number) {
        const files::StoredBlob kept = TRY(office().vault->keep_bytes(content_of(number)));
        return office().database->write_now([&](db::Transaction& tx) -> Result<std::int64_t> {
            Scope scope = scope_;
            scope.now = tx.now();
            const auto record =
                TRY(records::create(scope, tx, office().engine, "incoming",
                                    {{{"sender", "Nơi gửi"}, {"subject", title_of(number)}}, {}, false, {}}));
            const FileId file = TRY(files::add(scope, tx, kept, "cong-van.pdf", "application/pdf"));
            TRY(files::attach(scope, tx, record.id, file, {}, files::Checked::by_caller));
            TRY(records::act(scope, tx, office().engine, record.id, {.action = "register", .seen_version = 1}));
            return record.id.value;
        });
    }
    static std::string title_of(int number) { return "Công văn thứ " + std::to_string(number); }
    static std::string content_of(int number) { return "Nội dung của công văn thứ " + std::to_string(number); }

    Result<commands::Archived> restore(const fs::path& file, const fs::path& into, const std::string& store) {
        return commands::read_archive(file, into, store);
    }
    /// A copy of the office with one letter in it.
    fs::path small_backup() {
        EXPECT_TRUE(receive(1));
        const fs::path file = folder() / "small.congvu";
        const auto made = commands::write_archive(folder() / "office", file);
        EXPECT_TRUE(made) << told(made);
        return file;
    }
    static constexpr commands::Damage accepting = commands::Damage::accepted;
    /// The office's contents on disk.
    std::vector<fs::path> blobs() const {
        std::vector<fs::path> found;
        for (const auto& each : fs::recursive_directory_iterator(folder() / "office" / "blobs"))
            if (each.is_regular_file()) found.push_back(each.path());
        return found;
    }
    static void write_over(const fs::path& file, const std::string& bytes) {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    }
    static std::string bytes_of(const fs::path& file) {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void expect_nothing_left(const fs::path& into, const std::string& store) {
        EXPECT_FALSE(fs::exists(into));
        EXPECT_FALSE(fs::exists(into.string() + ".partial"));
        if (!store.empty()) {
            const auto empty = commands::require_empty(store);
            EXPECT_TRUE(empty) << told(empty);
        }
    }

    std::string own_;

  private:
    congvu::test::TemporaryFolder folder_;
    std::vector<std::string> names_;
    std::unique_ptr<Office> office_;
    Scope scope_;
};
CONGVU_BOTH_ENGINES(Backup);

/// Clerks who never stop; what they were answered is written down.
class BusyClerks {
  public:
    BusyClerks(int count, std::function<Result<std::int64_t>(int)> receive) {
        for (int i = 0; i < count; ++i)
            threads_.emplace_back([this, receive] {
                while (!stop_) {
                    const int number = ++next_;
                    const auto record = receive(number);
                    EXPECT_TRUE(record) << told(record);
                    const std::lock_guard lock(mutex_);
                    if (record) answered_[number] = *record;
                    failed_ = failed_ || !record;
                    changed_.notify_all();
                    if (failed_) return;
                }
            });
    }
    ~BusyClerks() { stop(); }
    void stop() {
        stop_ = true;
        for (std::thread& each : threads_)
            if (each.joinable()) each.join();
    }
    /// Waits until so many were answered; gives them.
    std::map<int, std::int64_t> answered(std::size_t at_least) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return failed_ || answered_.size() >= at_least; });
        return answered_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<int, std::int64_t> answered_;
    bool failed_ = false;
    std::atomic<bool> stop_ = false;
    std::atomic<int> next_ = 0;
    std::vector<std::thread> threads_;
};

constexpr db::Sql subject_of{"test.subject_of", "select title from record where id = ?1"};
constexpr db::Sql all_files{"test.all_files", "select record_id, file_id from record_file order by file_id"};
constexpr db::Sql numbers_taken{
    "test.numbers_taken",
    "select count(*), count(distinct arrival_number) from r_incoming where arrival_number is not null"};

TEST_P(Backup, OfABusyOfficeHoldsWhatWasAnsweredBeforeIt) {
    std::map<int, std::int64_t> before, after;
    const fs::path file = folder() / "busy.congvu";
    {
        BusyClerks clerks(3, [this](int number) { return receive(number); });
        before = clerks.answered(20);
        const auto made = commands::write_archive(folder() / "office", file);
        ASSERT_TRUE(made) << told(made);
        after = clerks.answered(before.size() + 5);
        clerks.stop();
        EXPECT_GE(made->contents, static_cast<std::int64_t>(before.size()));
    }
    const fs::path into = folder() / "restored";
    const auto restored = restore(file, into, new_store());
    ASSERT_TRUE(restored) << told(restored);
    EXPECT_GT(restored->journal_entries, static_cast<std::int64_t>(before.size()) * 3);

    const auto other = commands::open_office(into, commands::Opening::existing);
    ASSERT_TRUE(other) << told(other);
    const auto reader = (*other)->database->read();
    for (const auto& [number, record] : before) {
        const auto row = (*reader)->row(subject_of, record);
        ASSERT_TRUE(row && *row) << number;
        EXPECT_EQ((*row)->text(0), title_of(number));
    }
    // Every content that a row names is there, byte for byte; no letter is there by half.
    std::size_t contents = 0;
    const db::Rows files = (*reader)->rows(all_files).value();
    for (const db::Row& row : files) {
        auto content = (*other)->vault->open(**reader, {row.integer(1)});
        ASSERT_TRUE(content) << told(content);
        const auto text = content->read_all(1'000);
        ASSERT_TRUE(text) << told(text);
        const std::string title = (*reader)->row(subject_of, row.integer(0)).value()->text(0);
        EXPECT_EQ(*text, "Nội dung của công văn thứ " + title.substr(title.rfind(' ') + 1));
        ++contents;
    }
    EXPECT_GE(contents, before.size());
    const auto taken = (*reader)->row(numbers_taken).value();
    EXPECT_EQ(taken->integer(0), static_cast<std::int64_t>(contents)) << "each came with its number in one transaction";
    EXPECT_EQ(taken->integer(0), taken->integer(1));

    const auto verified = commands::verify_office(**other);
    ASSERT_TRUE(verified) << told(verified);
    EXPECT_FALSE(verified->fault());
    EXPECT_GE(verified->records.records, static_cast<std::int64_t>(before.size()));
}

TEST_P(Backup, GoesOnWorkingWhereItWasRestored) {
    const fs::path file = small_backup();
    const fs::path into = folder() / "restored";
    ASSERT_TRUE(restore(file, into, new_store()));
    const auto again = folder() / "again.congvu";
    const auto made = commands::write_archive(into, again);
    ASSERT_TRUE(made) << told(made);
    EXPECT_EQ(made->contents, 1);
    const auto twice = restore(again, folder() / "twice", new_store());
    EXPECT_TRUE(twice) << told(twice);
}

TEST_P(Backup, ADamagedFileIsRefusedAndLeavesNothing) {
    const std::string whole = bytes_of(small_backup());
    struct Damage {
        std::string what;
        std::string bytes;
    };
    std::string other_name = whole, other_byte = whole, other_end = whole;
    other_name.replace(other_name.find("\nblobs/") + 1, 6, "../../");
    other_byte[whole.size() / 2] = static_cast<char>(other_byte[whole.size() / 2] ^ 1);
    other_end[whole.size() - 3] = other_end[whole.size() - 3] == '0' ? '1' : '0';
    const std::string without_end = whole.substr(0, whole.rfind("end "));
    const std::vector<Damage> cases{{"nothing", ""},
                                    {"another file", "%PDF-1.7\n"},
                                    {"only its first line", whole.substr(0, 16)},
                                    {"half", whole.substr(0, whole.size() / 2)},
                                    {"the last byte missing", whole.substr(0, whole.size() - 1)},
                                    {"no end", without_end},
                                    {"something after the end", whole + "x"},
                                    {"one bit", other_byte},
                                    {"the last hash", other_end},
                                    {"a name that leads out", other_name}};
    for (const Damage& each : cases) {
        const fs::path file = folder() / "damaged.congvu";
        std::ofstream(file, std::ios::binary) << each.bytes;
        const fs::path into = folder() / "restored";
        const std::string store = new_store();
        const auto refused = restore(file, into, store);
        ASSERT_FALSE(refused) << each.what;
        EXPECT_EQ(refused.error().message, "commands.bad_archive") << each.what;
        EXPECT_THAT(messages::text(Language::vi, refused.error()), HasSubstr("Hãy lấy bản sao khác")) << each.what;
        expect_nothing_left(into, store);
    }
    EXPECT_EQ(restore(folder() / "no-such-file", folder() / "restored", new_store()).error().message,
              "commands.cannot_read");
}

TEST_P(Backup, ContentsThatCantBeReadAreNamedAndTheRestIsSavedWhereAsked) {
    const fs::path older = small_backup();
    const std::string good = bytes_of(older);
    ASSERT_TRUE(receive(2));
    const std::vector<fs::path> contents = blobs();
    ASSERT_EQ(contents.size(), 2u);
    // One byte near the end: what was sealed doesn't open any more, though its first bytes do.
    const std::string whole = bytes_of(contents[0]);
    std::string damaged = whole;
    damaged[damaged.size() - 2] = static_cast<char>(damaged[damaged.size() - 2] ^ 1);
    write_over(contents[0], damaged);
    const auto refused = commands::write_archive(folder() / "office", older, commands::Replace::yes);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "commands.damaged_contents");
    const std::string told_so = messages::text(Language::vi, refused.error());
    EXPECT_THAT(told_so, HasSubstr("1 tệp"));
    EXPECT_THAT(told_so, HasSubstr("cong-van.pdf"));
    EXPECT_EQ(bytes_of(older), good) << "the older backup stays";

    fs::remove(contents[1]);
    const fs::path rest = folder() / "rest.congvu";
    const auto accepted = commands::write_archive(folder() / "office", rest, commands::Replace::no, accepting);
    ASSERT_TRUE(accepted) << told(accepted);
    ASSERT_EQ(accepted->damage.size(), 1u);
    EXPECT_THAT(messages::text(Language::vi, accepted->damage[0]), HasSubstr("2 tệp"));

    const fs::path into = folder() / "restored";
    const std::string store = new_store();
    const auto not_asked = restore(rest, into, store);
    ASSERT_FALSE(not_asked);
    EXPECT_EQ(not_asked.error().message, "commands.damaged_contents");
    expect_nothing_left(into, store);
    const auto restored = commands::read_archive(rest, into, store, accepting);
    ASSERT_TRUE(restored) << told(restored);
    EXPECT_EQ(restored->damage.size(), 1u);
    const auto office = commands::open_office(into, commands::Opening::existing);
    ASSERT_TRUE(office) << told(office);
    const auto reader = (*office)->database->read();
    EXPECT_EQ((*reader)->rows(all_files).value().size(), 2u) << "the records and what they name are there";
}

TEST_P(Backup, AContentDamagedInTheArchiveCostsThatContentAlone) {
    std::string bytes = bytes_of(small_backup());
    const std::size_t at = bytes.find('\n', bytes.find("\nblobs/") + 1) + 40;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    const fs::path file = folder() / "one-bit.congvu", into = folder() / "restored";
    std::ofstream(file, std::ios::binary) << bytes;
    const std::string store = new_store();
    const auto refused = restore(file, into, store);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "commands.bad_content");
    EXPECT_THAT(messages::text(Language::vi, refused.error()), HasSubstr("--accept-damaged"));
    expect_nothing_left(into, store);
    const auto restored = commands::read_archive(file, into, store, accepting);
    ASSERT_TRUE(restored) << told(restored);
    ASSERT_EQ(restored->damage.size(), 1u);
    EXPECT_EQ(restored->damage[0].message, "commands.damaged_contents");
}

TEST_P(Backup, AStoreThatIsNotAsItsJournalSaysIsRefused) {
    struct Tampered {
        std::string what;
        std::vector<std::string> sql;
        std::string fault;
    };
    const std::vector<Tampered> cases{
        {"a subject", {"update r_incoming set subject = 'Khác'"}, "journal.fault_record_differs"},
        {"a field emptied", {"update r_incoming set sender = null"}, "journal.fault_record_differs"},
        {"a field filled", {"update r_incoming set notation = '1/BC'"}, "journal.fault_record_differs"},
        {"a number", {"update r_incoming set arrival_number = '77'"}, "journal.fault_record_differs"},
        {"a state", {"update record set state = 'received'"}, "journal.fault_record_differs"},
        {"another file's name", {"update file set name = 'khac.pdf'"}, "journal.fault_file_changed"},
        {"another file's content",
         {"update file set blob_id = (select max(id) from file_blob)"},
         "journal.fault_file_changed"},
        {"the files",
         {"delete from rendition", "delete from record_file", "delete from file"},
         "journal.fault_files_gone"},
        {"the records",
         {"delete from record_file", "delete from record_grant", "delete from step_record", "delete from number_taken",
          "delete from r_incoming", "delete from record"},
         "journal.fault_record_gone"},
    };
    ASSERT_TRUE(receive(1) && receive(2));
    for (const Tampered& each : cases) {
        const std::string store = new_store();
        const fs::path into = folder() / ("tampered " + each.what), file = folder() / (each.what + ".congvu");
        const fs::path whole = folder() / (each.what + " whole.congvu");
        ASSERT_TRUE(commands::write_archive(folder() / "office", whole));
        ASSERT_TRUE(restore(whole, into, store));
        {
            const auto other = commands::open_office(into, commands::Opening::existing).value();
            EXPECT_FALSE(commands::verify_office(*other).value().fault()) << each.what;
            for (const std::string& sql : each.sql) {
                const auto changed = other->database->write_now(
                    [&](db::Transaction& tx) { return tx.execute(db::Sql{"test.tamper", sql.c_str()}); });
                ASSERT_TRUE(changed) << each.what << ": " << told(changed);
            }
            const auto verified = commands::verify_office(*other).value();
            ASSERT_TRUE(verified.fault()) << each.what;
            EXPECT_EQ(verified.fault()->message, each.fault) << each.what;
        }
        ASSERT_TRUE(commands::write_archive(into, file)) << each.what;
        const std::string second = new_store();
        const fs::path again = folder() / ("again " + each.what);
        const auto refused = restore(file, again, second);
        ASSERT_FALSE(refused) << each.what;
        EXPECT_EQ(refused.error().message, each.fault) << each.what;
        expect_nothing_left(again, second);
        const auto accepted = commands::read_archive(file, again, second, accepting);
        ASSERT_TRUE(accepted) << each.what << ": " << told(accepted);
        EXPECT_EQ(accepted->damage.at(0).message, each.fault);
    }
}

TEST_P(Backup, AFolderOrDatabaseInUseIsRefused) {
    const fs::path file = small_backup();
    const fs::path full = folder() / "full";
    fs::create_directories(full);
    std::ofstream(full / "somebody's") << "own";
    const std::string store = new_store();
    EXPECT_EQ(restore(file, full, store).error().message, "commands.in_use");
    EXPECT_EQ(bytes_of(full / "somebody's"), "own");
    EXPECT_EQ(restore(file, folder() / "office", store).error().message, "commands.in_use");
    if (GetParam() == db::Engine::postgresql) {
        EXPECT_EQ(restore(file, folder() / "restored", own_).error().message, "commands.database_in_use");
        EXPECT_FALSE(fs::exists(folder() / "restored"));
        EXPECT_EQ(restore(file, folder() / "restored", "").error().message, "commands.needs_database");
        EXPECT_TRUE(receive(2)) << "the office it would have gone over still works";
    } else {
        const auto no_database = restore(file, folder() / "restored", "elsewhere.db");
        EXPECT_EQ(no_database.error().message, "commands.not_postgresql");
    }
    expect_nothing_left(folder() / "restored", store);
}

TEST_P(Backup, AnOfficeIsMadeWholeOrNotAtAll) {
    const fs::path into = folder() / "made", left = folder() / "left";
    const std::string store = new_store();
    const auto failed =
        commands::make_office({.data = into, .database = store}, [&](Office& being_made) -> Result<void> {
            TRY(being_made.database->write_now([](db::Transaction& tx) { return furnish(tx); }));
            fs::copy(into, left, fs::copy_options::recursive);
            return fail(ErrorCode::invalid, "test.refused");
        });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().message, "test.refused");
    expect_nothing_left(into, store);
    const auto made = commands::make_office({.data = into, .database = store});
    ASSERT_TRUE(made) << told(made);
    EXPECT_TRUE(commands::open_office(into, commands::Opening::existing));
    EXPECT_EQ(commands::open_office(left, commands::Opening::existing).error().message, "commands.half_made");
    // A database that holds something is nobody's to clear.
    bool cleared = false;
    if (GetParam() == db::Engine::postgresql) {
        const auto refused = commands::make_office({.data = left, .database = store});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().message, "commands.database_in_use");
        EXPECT_TRUE(commands::open_office(into, commands::Opening::existing)) << "the office there still works";
        cleared = true;
    }
    const auto again =
        commands::make_office({.data = left, .database = new_store(), .on_cleared = [&] { cleared = true; }});
    ASSERT_TRUE(again) << told(again);
    EXPECT_TRUE(cleared);
    EXPECT_TRUE(commands::open_office(left, commands::Opening::existing));
}

TEST_P(Backup, GoesNowhereButIntoTheFolderNamed) {
    const fs::path file = small_backup();
    const fs::path into = folder() / "restored", beside = folder() / "restored.partial";
    fs::create_directories(beside);
    std::ofstream(beside / "somebody's") << "own";
    const std::string store = new_store();
    EXPECT_EQ(restore(file, into, store).error().message, "commands.in_use");
    EXPECT_EQ(bytes_of(beside / "somebody's"), "own");
    fs::remove_all(beside);
    // What a restore that was killed has left, and the folder written with a stroke after it.
    fs::create_directories(beside);
    std::ofstream(beside / "store") << "half";
    const auto restored = restore(file, into / "", store);
    ASSERT_TRUE(restored) << told(restored);
    EXPECT_TRUE(commands::open_office(into, commands::Opening::existing));
    EXPECT_FALSE(fs::exists(beside));
}

TEST_P(Backup, AFileWithoutOneOfItsContentsIsRefused) {
    const std::string whole = bytes_of(small_backup());
    // A backup somebody has made up again after taking a content out: each hash is right, the office is not.
    const std::size_t at = whole.find("\nblobs/") + 1, end = whole.find('\n', at);
    ASSERT_NE(at, std::string::npos + 1);
    const std::string line = whole.substr(at, end - at);
    const std::size_t first = line.find(' '), second = line.find(' ', first + 1);
    const std::size_t size = std::stoull(line.substr(first + 1, second - first - 1));
    std::string less = whole.substr(0, at) + whole.substr(end + 1 + size);
    const std::size_t tail = less.rfind("end ");
    const int count = std::stoi(less.substr(tail + 4));
    less.resize(tail);
    less += fmt::format("end {} {}\n", count - 1, crypto::sha256_hex(less));
    const fs::path file = folder() / "less.congvu";
    std::ofstream(file, std::ios::binary) << less;
    const std::string store = new_store();
    const auto refused = restore(file, folder() / "restored", store);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, Not("commands.bad_archive")) << "its sums are right";
    expect_nothing_left(folder() / "restored", store);
}

}  // namespace
