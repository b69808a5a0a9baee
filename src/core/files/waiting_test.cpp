#include "core/files/waiting.h"

#include "core/files/files_fixture.h"
#include "core/scope/subject.h"

namespace files {
namespace {

using congvu::test::told;

class WaitingTest : public FilesTest {
  protected:
    void SetUp() override {
        FilesTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        run("insert into unit (id, uuid, is_agency, created_at) values (2, 'u2', 1, 0)");
        run("insert into register (id, code) values (4, 'incoming')");
        run("insert into record (id, uuid, register_id, agency_id, form_version, state, title, secrecy, created_at, "
            "updated_at) values (100, 'r', 4, 2, 1, 'received', 'x', 0, 0, 0)");
        scope.post = {70};
        stands_in = scope;
        stands_in.account = {31};
        stands_in.person = {51};
        stranger = stands_in;
        stranger.post = {71};
    }
    void run(std::string_view sql) {
        const auto done = db().write_now([&](db::Transaction& tx) { return tx.execute(db::Sql{"test.run", sql}); });
        ASSERT_TRUE(done) << told(done);
    }
    FileId waiting_file(const Scope& as, std::string_view name) {
        const FileId file = add(vault->keep(spooled(name)).value(), name);
        const auto done = db().write_now([&](db::Transaction& tx) { return wait_at_desk(as, tx, file); });
        EXPECT_TRUE(done) << told(done);
        clock().set(clock().now() + std::chrono::milliseconds(1));
        return file;
    }
    std::string names(const Scope& as) {
        std::string names;
        const auto list = waiting(as, *reader());
        EXPECT_TRUE(list);
        for (const WaitingFile& each : *list) names += each.name + " ";
        return names;
    }
    Result<void> put_away(const Scope& as, FileId file) {
        return db().write_now([&](db::Transaction& tx) { return files::put_away(as, tx, file); });
    }

    Scope stands_in, stranger;
};
CONGVU_BOTH_ENGINES(WaitingTest);

TEST_P(WaitingTest, files_wait_at_the_desk_of_the_post) {
    const FileId first = waiting_file(scope, "một.pdf");
    waiting_file(scope, "hai.pdf");
    EXPECT_EQ(names(scope), "một.pdf hai.pdf ");
    EXPECT_EQ(names(stands_in), "một.pdf hai.pdf ") << "the desk is the post's, whoever acts from it";
    EXPECT_TRUE(may_read(stands_in, *reader(), first).value());
    EXPECT_EQ(names(stranger), "");
    EXPECT_FALSE(may_read(stranger, *reader(), first).value());
    EXPECT_EQ(waiting(scope, *reader()).value().front().media_type, "application/pdf");
}

TEST_P(WaitingTest, a_file_leaves_once_it_stands_on_a_record) {
    const FileId file = waiting_file(scope, "một.pdf");
    waiting_file(scope, "hai.pdf");
    const auto done =
        db().write_now([&](db::Transaction& tx) { return files::attach(stands_in, tx, RecordId{100}, file, {}); });
    ASSERT_TRUE(done) << told(done.error());
    EXPECT_EQ(names(scope), "hai.pdf ");
    ASSERT_TRUE(db().write_now([&](db::Transaction& tx) { return files::detach(scope, tx, RecordId{100}, *done); }));
    EXPECT_EQ(names(scope), "hai.pdf ") << "what was taken off a record is not to be registered again";
}

TEST_P(WaitingTest, a_file_is_put_away_at_its_own_desk_and_stays_readable) {
    const FileId file = waiting_file(scope, "một.pdf");
    EXPECT_EQ(put_away(stranger, file).error().message, "files.not_found");
    EXPECT_EQ(names(scope), "một.pdf ");
    ASSERT_TRUE(put_away(stands_in, file));
    EXPECT_EQ(names(scope), "");
    EXPECT_TRUE(may_read(scope, *reader(), file).value());
    EXPECT_FALSE(may_read(stands_in, *reader(), file).value());
    EXPECT_EQ(put_away(scope, file).error().message, "files.not_found");
}

TEST_P(WaitingTest, what_has_no_post_waits_for_who_brought_it) {
    Scope without = scope;
    without.post = {};
    waiting_file(without, "một.pdf");
    EXPECT_EQ(names(without), "một.pdf ");
    EXPECT_EQ(names(scope), "một.pdf ") << "found again from whichever post";
    EXPECT_EQ(names(stands_in), "");
}

TEST_P(WaitingTest, a_destroyed_file_waits_no_more) {
    destroy_file(waiting_file(scope, "một.pdf"));
    EXPECT_EQ(names(scope), "");
}

}  // namespace
}  // namespace files
