#include "core/files/files_fixture.h"
#include "core/journal/history.h"
#include "core/rights/rights.h"
#include "core/scope/subject.h"

namespace files {
namespace {

using congvu::test::told;

class AttachTest : public FilesTest {
  protected:
    void SetUp() override {
        FilesTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        run("insert into unit (id, uuid, is_agency, created_at) values (2, 'u2', 1, 0)");
        run("insert into register (id, code) values (4, 'incoming')");
        scope.subjects = {subject::person(scope.person)};
        other = scope;
        other.account = {30};
        other.person = {50};
        other.subjects = {subject::person(other.person)};
        file = add(vault->keep(spooled("nội dung")).value());
    }
    void run(std::string_view sql) {
        const auto done = db().write_now([&](db::Transaction& tx) { return tx.execute(db::Sql{"test.run", sql}); });
        ASSERT_TRUE(done) << told(done);
    }
    /// A record that the scopes named may see.
    RecordId record(std::initializer_list<const Scope*> readers, Secrecy secrecy = Secrecy::ordinary) {
        const RecordId id{++last_record};
        EXPECT_TRUE(db().write_now([&](db::Transaction& tx) -> Result<void> {
            constexpr db::Sql insert{"test.record", R"(
                insert into record (id, uuid, register_id, agency_id, form_version, state, title, secrecy, created_at,
                    updated_at)
                values (?1, ?2, 4, 2, 1, 'received', 'x', ?3, 0, 0))"};
            TRY(tx.execute(insert, id, "r" + std::to_string(id.value), static_cast<int>(secrecy)));
            for (const Scope* reader : readers) TRY(rights::grant(*reader, tx, id, reader->subjects.front(), {}));
            return {};
        }));
        return id;
    }
    Result<AttachmentId> attach(const Scope& as, RecordId to, const Attachment& attachment = {},
                                Checked checked = Checked::here) {
        return db().write_now(
            [&](db::Transaction& tx) { return files::attach(as, tx, to, file, attachment, checked); });
    }
    Result<void> detach(const Scope& as, RecordId from, AttachmentId attachment) {
        return db().write_now([&](db::Transaction& tx) { return files::detach(as, tx, from, attachment); });
    }
    bool readable(const Scope& as) {
        const bool may = may_read(as, *reader(), file).value();
        const auto open = vault->open_for(as, *reader(), file);
        EXPECT_EQ(open.has_value(), may);
        EXPECT_TRUE(open || open.error().message == "files.not_found");
        return may;
    }
    std::string actions(RecordId of) {
        std::string actions;
        const auto history = journal::history(*reader(), of).value();
        for (const auto& entry : history) actions += entry.action + " ";
        return actions;
    }

    Scope other;
    FileId file;
    std::int64_t last_record = 100;
};
CONGVU_BOTH_ENGINES(AttachTest);

TEST_P(AttachTest, a_new_file_is_for_its_uploader_only) {
    EXPECT_TRUE(readable(scope));
    EXPECT_FALSE(readable(other));
    EXPECT_FALSE(readable(Scope{}));
    EXPECT_FALSE(may_read(scope, *reader(), FileId{999}).value());
}

TEST_P(AttachTest, an_attached_file_is_for_those_who_see_a_record_it_is_on) {
    const RecordId theirs = record({&other});
    const RecordId nobodys = record({});
    ASSERT_TRUE(attach(scope, theirs));
    EXPECT_TRUE(readable(other));
    EXPECT_FALSE(readable(scope)) << "its uploader has no right of their own any more";
    ASSERT_TRUE(attach(other, nobodys));
    EXPECT_TRUE(readable(other));
    EXPECT_EQ(records_of(*reader(), file).value(), (std::vector<RecordId>{theirs, nobodys}));
}

TEST_P(AttachTest, nobody_attaches_what_they_may_not_read) {
    const RecordId mine = record({&other});
    const auto refused = attach(other, mine);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "files.not_found");
    EXPECT_FALSE(readable(other));
    EXPECT_TRUE(on(*reader(), mine).value().empty());
    EXPECT_TRUE(attach(other, mine, {}, Checked::by_caller));
    EXPECT_TRUE(readable(other));
}

TEST_P(AttachTest, a_label_above_the_clearance_hides_the_file) {
    other.clearance = Secrecy::secret;
    const RecordId labelled = record({&scope, &other}, Secrecy::secret);
    ASSERT_TRUE(attach(scope, labelled));
    EXPECT_FALSE(readable(scope));
    EXPECT_TRUE(readable(other));
}

TEST_P(AttachTest, the_files_on_a_record_stand_in_order) {
    const RecordId id = record({&scope});
    ASSERT_TRUE(attach(scope, id, {.role = "appendix", .title = "Phụ lục I", .field = "annexes", .position = 2}));
    ASSERT_TRUE(attach(scope, id, {.position = 1}));
    const auto files = on(*reader(), id).value();
    ASSERT_EQ(files.size(), 2u);
    EXPECT_EQ(files[0].as.role, "main");
    EXPECT_EQ(files[1].as.role, "appendix");
    EXPECT_EQ(files[1].as.title, "Phụ lục I");
    EXPECT_EQ(files[1].as.field, "annexes");
    EXPECT_EQ(files[1].file.name, "Tờ trình.pdf");
    EXPECT_EQ(files[1].added_by, scope.person);
    const auto entry = journal::history(*reader(), id).value().at(1);
    EXPECT_EQ(entry.action, "file.attached");
    EXPECT_EQ(entry.details.at("file"), file.value);
    EXPECT_EQ(entry.changes.at(0).after, "Phụ lục I");
}

TEST_P(AttachTest, a_file_taken_off_leaves_a_trace) {
    const RecordId id = record({&scope, &other}), elsewhere = record({&scope});
    const AttachmentId attachment = attach(scope, id).value();
    EXPECT_EQ(detach(scope, elsewhere, attachment).error().message, "files.not_attached");
    ASSERT_TRUE(detach(scope, id, attachment));
    EXPECT_EQ(detach(scope, id, attachment).error().message, "files.not_attached");
    EXPECT_TRUE(on(*reader(), id).value().empty());
    EXPECT_EQ(actions(id), "file.removed file.attached ");
    EXPECT_TRUE(readable(scope)) << "who took it off may put it back";
    EXPECT_FALSE(readable(other));
    EXPECT_TRUE(attach(scope, elsewhere));
}

TEST_P(AttachTest, readings_of_labelled_files_are_journalled) {
    const auto note = [&](Reading reading) {
        return db().write_now([&](db::Transaction& tx) { return note_reading(scope, tx, file, reading); });
    };
    scope.clearance = Secrecy::secret;
    const RecordId ordinary = record({&scope});
    ASSERT_TRUE(attach(scope, ordinary));
    EXPECT_FALSE(is_labelled(*reader(), file).value());
    ASSERT_TRUE(note(Reading::opened));
    EXPECT_EQ(actions(ordinary), "file.attached ");
    const RecordId labelled = record({&scope}, Secrecy::confidential);
    ASSERT_TRUE(attach(scope, labelled));
    EXPECT_TRUE(is_labelled(*reader(), file).value());
    ASSERT_TRUE(note(Reading::opened));
    ASSERT_TRUE(note(Reading::downloaded));
    EXPECT_EQ(actions(labelled), "file.downloaded file.opened file.attached ");
    EXPECT_EQ(actions(ordinary), "file.attached ");
}

TEST_P(AttachTest, a_destroyed_file_is_not_attached) {
    destroy_file(file);
    EXPECT_EQ(attach(scope, record({&scope})).error().message, "files.destroyed");
}

}  // namespace
}  // namespace files
