#include "core/journal/verify.h"

#include "base/messages.h"
#include "core/journal/journal_fixture.h"
#include "crypto/merkle.h"

namespace journal {
namespace {

using congvu::test::told;

class VerifyTest : public JournalTest {
  protected:
    void SetUp() override {
        JournalTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        scope.on_behalf_of = PersonId{6};
        for (int i = 0; i < 40; ++i) {
            last = write_numbered(i, {11 + i % 3});
            if (i == 10 || i == 30) {
                sequencer->run_once().value();
                sequencer->sign_head().value();
            }
        }
        ASSERT_TRUE(db().write_now([&](db::Transaction& tx) { return erase_values(scope, tx, RecordId{13}, "x"); }));
        sequencer->run_once().value();
        waiting = write_numbered(99);
    }

    JournalEntryId last, waiting;
};
CONGVU_BOTH_ENGINES(VerifyTest);

TEST_P(VerifyTest, a_whole_journal_has_no_fault) {
    const Report report = verify(db(), std::span(&key.public_key(), 1)).value();
    EXPECT_FALSE(report.fault) << told(*report.fault);
    EXPECT_EQ(report.entries, 41);
    EXPECT_EQ(report.values, 27);
    EXPECT_EQ(report.erased, 13);
    EXPECT_EQ(report.heads, 2);
    EXPECT_EQ(report.waiting, 1);
    sequencer->run_once().value();
    EXPECT_EQ(verify(db()).value().root, sequencer->sign_head().value()->root);
}

// Entry n stands at position n - 1; entries 3, 6, 9 … are those of record 13, whose values were erased.
struct Change {
    std::string_view sql;
    std::string_view fault;
    std::optional<std::int64_t> position;
};
const Change changes[] = {
    {"update journal_entry set at = at + 1 where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set action = 'record.created' where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set account_id = 4 where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set account_id = null where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set person_id = 6 where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set post_id = 8 where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set on_behalf_of_person_id = null where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set agency_id = 3 where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set register_id = 5 where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set record_id = 11 where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set details = '{\"number\":5}' where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set details = null where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set values_hash = null where id = 5", "journal.fault_entry_changed", 4},
    {"update journal_entry set values_hash = (select values_hash from journal_entry where id = 6) where id = 5",
     "journal.fault_entry_changed", 4},
    {"update journal_entry set id = 500 where id = 5", "journal.fault_entry_missing", 4},
    {"delete from journal_entry where id = 40", "journal.fault_entry_missing", 39},
    {"delete from journal_entry where id = 41", "journal.fault_values_erased", 2},
    {"update journal_value set before = '7' where entry_id = 5", "journal.fault_values_changed", 4},
    {"update journal_value set after = '7' where entry_id = 5", "journal.fault_values_changed", 4},
    {"update journal_value set after = null where entry_id = 5", "journal.fault_values_changed", 4},
    {"update journal_value set salt = null where entry_id = 5", "journal.fault_values_changed", 4},
    {"update journal_value set field = 'copies' where entry_id = 5", "journal.fault_values_changed", 4},
    {"update journal_value set entry_id = 41 where entry_id = 5", "journal.fault_values_changed", 4},
    {"update journal_value set hash = (select hash from journal_value where entry_id = 6) where entry_id = 5",
     "journal.fault_values_changed", 4},
    {"update journal_value set hash = (select hash from journal_value where entry_id = 6) where entry_id = 3",
     "journal.fault_values_changed", 2},
    {"update journal_value set after = '7' where entry_id = 3", "journal.fault_values_changed", 2},
    {"update journal_value set erased_by = null where entry_id = 3", "journal.fault_values_erased", 2},
    {"update journal_value set erased_by = 40 where entry_id = 3", "journal.fault_values_erased", 2},
    {"delete from journal_value where entry_id = 5", "journal.fault_values_changed", 4},
    {"insert into journal_value (entry_id, field, after) values (5, 'x', '1')", "journal.fault_values_changed", 4},
    {"insert into journal_value (entry_id, field, after) values (777, 'x', '1')", "journal.fault_value_outside", {}},
    {"update journal_leaf set hash = (select hash from journal_leaf where position = 5) where position = 4",
     "journal.fault_entry_changed", 4},
    {"update journal_leaf set entry_id = 700 where position = 4", "journal.fault_entry_missing", 4},
    {"update journal_leaf set position = 90 where position = 4", "journal.fault_leaf_missing", 4},
    {"delete from journal_leaf where position = 4", "journal.fault_leaf_missing", 4},
    {"delete from journal_leaf where position = 0", "journal.fault_leaf_missing", 0},
    {"delete from journal_leaf where position >= 20", "journal.fault_head_beyond", 20},
    {"delete from journal_leaf where position = 40", "journal.fault_entry_outside", {}},
    {"update journal_node set hash = (select hash from journal_leaf where position = 0) where position = 1",
     "journal.fault_node_changed", 16},
    {"update journal_node set level = 8 where position = 1", "journal.fault_node_missing", 16},
    {"delete from journal_node where position = 0", "journal.fault_node_missing", 0},
    {"update journal_head set size = 12 where size = 11", "journal.fault_head_signature", {}},
    {"update journal_head set at = at + 1 where size = 31", "journal.fault_head_signature", {}},
    {"update journal_head set server = 'x' where size = 31", "journal.fault_head_signature", {}},
    {"update journal_head set root = (select hash from journal_leaf where position = 0) where size = 31",
     "journal.fault_head_signature",
     {}},
    {"update journal_head set signature = root where size = 31", "journal.fault_head_signature", {}},
    {"update journal_head set public_key = root where size = 31", "journal.fault_head_signature", {}},
    {"delete from journal_pending", "journal.fault_entry_outside", {}},
    {"update journal_pending set hash = (select hash from journal_leaf where position = 0)",
     "journal.fault_pending_changed",
     {}},
    {"update journal_pending set entry_id = 778", "journal.fault_pending_changed", {}},
    {"update journal_entry set person_id = 6 where id = 42", "journal.fault_pending_changed", {}},
    {"insert into journal_entry (id, at, action) values (800, 1, 'record.created')", "journal.fault_entry_outside", {}},
};

TEST_P(VerifyTest, every_change_is_seen) {
    // Each in turn: the change, what is said of it, and back again.
    ASSERT_EQ(waiting, JournalEntryId{42});
    int number = 0;
    for (const Change& change : changes) {
        // A fresh database on a server takes its time, and the walk is the same: every fourth is enough there.
        if (GetParam() == db::Engine::postgresql && number++ % 4 != 0) continue;
        const auto checked = db().write_now([&](db::Transaction& tx) -> Result<void> {
            TRY(tx.execute(db::Sql{"test.tamper", change.sql}));
            return {};
        });
        ASSERT_TRUE(checked) << change.sql << told(checked);
        const auto report = verify(db());
        ASSERT_TRUE(report) << change.sql << told(report);
        ASSERT_TRUE(report->fault) << change.sql;
        EXPECT_EQ(report->fault->message, change.fault) << change.sql;
        EXPECT_EQ(report->fault_position, change.position) << change.sql;
        for (const Language language : {Language::vi, Language::en})
            EXPECT_EQ(messages::text(language, *report->fault).find('{'), std::string::npos) << change.sql;
        TearDown();
        SetUp();
        if (HasFatalFailure()) return;
    }
}

// Somebody who makes entry and leaf fit again still has the nodes against them, and with those the signed head.
TEST_P(VerifyTest, a_change_made_to_fit_is_seen_by_the_signed_head) {
    tamper("delete from journal_node");
    tamper("update journal_entry set action = 'record.created', values_hash = null where id = 3");
    tamper("delete from journal_value where entry_id = 3");
    const auto entry = reader()->row(db::Sql{"test.at", "select at from journal_entry where id = 3"}).value();
    const std::string text = fmt::format(
        "congvu entry 1\nid 3\nat {}\naction record.created\naccount 3\nperson 5\npost 7\non-behalf-of 6\nagency 2\n"
        "register 4\nrecord 13\ndetails {{\"number\":2}}\n",
        to_string(entry->instant(0)));
    const crypto::Digest leaf = crypto::merkle::leaf_hash(text);
    tamper("update journal_leaf set hash = ?1 where position = 2", db::Blob(leaf.begin(), leaf.end()));
    const Report report = verify(db()).value();
    ASSERT_TRUE(report.fault);
    EXPECT_EQ(report.fault->message, "journal.fault_head_root");
    EXPECT_EQ(report.fault_position, 10);
}

// Cut short with everything that vouched for it, it is held against the records, files and registers.
class CutShortTest : public JournalTest {
  protected:
    void SetUp() override {
        JournalTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        tamper("insert into unit (id, uuid, is_agency, created_at) values (2, 'u', 1, 0)");
        tamper("insert into register (id, code, current_version) values (4, 'letter', 1)");
        tamper(
            "insert into register_version (register_id, version, declaration, hash, published_at) values (4, 1, '', "
            "'', 0)");
        write({.action = "register.published", .register_id = {4}});
        make_record(1, "record.created");
        make_record(2, "record.carried_over");
        sequencer->run_once().value();
        clock().set(clock().now() + std::chrono::hours(24));
        kept_ = make_record(3, "record.created");
        change_record(1);
        tamper("insert into file_blob (id, sha256, size, hash_state, tag, stored_at) values (1, ?1, 0, ?1, '', 0)",
               db::Blob{});
        const JournalEntryId added = write({.action = "file.added"});
        tamper(R"(insert into file (id, uuid, blob_id, name, media_type, state, uploaded_at, entry_id)
            values (1, 'f', 1, 'a', 'b', 'stored', 0, ?1))",
               added);
        sequencer->run_once().value();
        clock().set(clock().now() + std::chrono::minutes(2));
        write({.action = "session.opened"});
        sequencer->run_once().value();
    }

    JournalEntryId make_record(std::int64_t id, std::string_view action) {
        tamper(
            R"(insert into record (id, uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
            values (?1, ?2, 4, 2, 1, 'current', '', ?3, ?3))",
            id, std::to_string(id), clock().now());
        return write({.action = action, .record = {id}, .register_id = {4}});
    }
    void change_record(std::int64_t id) {
        tamper("update record set updated_at = ?2 where id = ?1", id, clock().now());
        write({.action = "record.edited", .record = {id}, .register_id = {4}});
    }
    /// What fits together again: entries from that one on are gone, with what knew of them in the tree.
    void cut_from(JournalEntryId first) {
        const std::int64_t size = first.value - 1;
        tamper("delete from journal_head where size > ?1", size);
        tamper("delete from journal_leaf where position >= ?1", size);
        tamper("delete from journal_node where level = 4 and (position + 1) * 16 > ?1", size);
        tamper("delete from journal_value where entry_id >= ?1", first);
        tamper("delete from journal_entry where id >= ?1", first);
        tamper("delete from journal_pending");
    }
    std::string fault() {
        const auto report = verify(db());
        EXPECT_TRUE(report) << told(report);
        if (!report || !report->fault) return "";
        for (const Language language : {Language::vi, Language::en})
            EXPECT_EQ(messages::text(language, *report->fault).find('{'), std::string::npos);
        return report->fault->message;
    }

    JournalEntryId kept_;
};
CONGVU_BOTH_ENGINES(CutShortTest);

TEST_P(CutShortTest, a_whole_one_has_no_fault) {
    EXPECT_EQ(fault(), "");
    EXPECT_EQ(verify(db())->heads, 2);
}

TEST_P(CutShortTest, a_record_tells_of_its_making) {
    cut_from(kept_);
    EXPECT_EQ(fault(), "journal.fault_record_not_made");
    tamper("delete from record where id = 3");
    EXPECT_EQ(fault(), "journal.fault_record_not_changed") << "the first was changed after it";
    tamper("update record set updated_at = created_at");
    EXPECT_EQ(fault(), "journal.fault_file_not_added");
    // The id of the entry is given again on SQLite.
    tamper("update file set entry_id = 1");
    EXPECT_EQ(fault(), "journal.fault_file_not_added");
    tamper("delete from file");
    EXPECT_EQ(fault(), "") << "nothing is left that would tell";
}

TEST_P(CutShortTest, records_are_looked_through_to_the_last) {
    tamper("update record set id = 500000 where id = 2");
    EXPECT_EQ(fault(), "journal.fault_record_not_made");
}

TEST_P(CutShortTest, heads_that_are_gone_are_missed) {
    tamper("delete from journal_head where size > 3");
    const auto report = verify(db()).value();
    ASSERT_TRUE(report.fault);
    EXPECT_EQ(report.fault->message, "journal.fault_not_signed");
    EXPECT_EQ(report.fault_position, 3);
    tamper("delete from journal_head");
    EXPECT_EQ(fault(), "journal.fault_not_signed");
    // Whoever was stopped between growing and signing has lost nothing.
    cut_from({4});
    tamper("delete from record where id = 3");
    tamper("delete from file");
    tamper("update record set updated_at = created_at");
    EXPECT_EQ(fault(), "");
}

TEST_P(CutShortTest, an_empty_journal_is_none) {
    cut_from({1});
    EXPECT_EQ(fault(), "journal.fault_publications");
}

TEST_P(VerifyTest, a_head_signed_with_another_key_is_seen) {
    const crypto::SigningKey other;
    EXPECT_EQ(verify(db(), std::span(&other.public_key(), 1)).value().fault->message, "journal.fault_head_key");
    const crypto::PublicKey both[] = {other.public_key(), key.public_key()};
    EXPECT_FALSE(verify(db(), both).value().fault);
}

}  // namespace
}  // namespace journal
