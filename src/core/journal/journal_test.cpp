#include "core/journal/journal.h"

#include "core/journal/journal_fixture.h"
#include "core/journal/store.h"
#include "core/journal/verify.h"

namespace journal {
namespace {

using congvu::test::told;

CONGVU_BOTH_ENGINES(JournalTest);

// What the journal vouches for can never change: docs/protocols/journal.md shows this very text.
TEST(Canonical, the_text_of_an_entry_stays) {
    const StoredEntry entry{.id = {12},
                            .at = parse_instant("2026-08-25T02:30:00.5Z").value(),
                            .action = "record.changed",
                            .account = {3},
                            .person = {5},
                            .post = {7},
                            .on_behalf_of = {6},
                            .agency = {2},
                            .register_id = {4},
                            .record = {11},
                            .details = R"({"reason":"typo"})",
                            .values_hash = crypto::sha256("")};
    EXPECT_EQ(canonical_text(entry),
              "congvu entry 1\nid 12\nat 2026-08-25T02:30:00.500Z\naction record.changed\naccount 3\nperson 5\npost 7\n"
              "on-behalf-of 6\nagency 2\nregister 4\nrecord 11\ndetails {\"reason\":\"typo\"}\n"
              "values e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n");
    EXPECT_EQ(canonical_text({.id = {1}, .at = {0}, .action = "a"}),
              "congvu entry 1\nid 1\nat 1970-01-01T00:00:00.000Z\naction a\n");
}

TEST_P(JournalTest, an_entry_says_who_what_and_to_which_record) {
    scope.on_behalf_of = PersonId{6};
    const JournalEntryId id = write({.action = "record.changed",
                                     .record = {11},
                                     .register_id = {4},
                                     .changes = {{"subject", "cũ", "mới\n\"hai\""}, {"copies", nullptr, 3}},
                                     .details = {{"reason", "typo"}}});
    const auto history = journal::history(*reader(), RecordId{11});
    ASSERT_TRUE(history) << told(history);
    ASSERT_EQ(history->size(), 1u);
    const HistoryEntry& entry = history->front();
    EXPECT_EQ(entry.id, id);
    EXPECT_EQ(entry.at, clock().now());
    EXPECT_EQ(entry.action, "record.changed");
    EXPECT_EQ(entry.account, AccountId{3});
    EXPECT_EQ(entry.person, PersonId{5});
    EXPECT_EQ(entry.post, PostId{7});
    EXPECT_EQ(entry.on_behalf_of, PersonId{6});
    EXPECT_EQ(entry.agency, AgencyId{2});
    EXPECT_EQ(entry.register_id, RegisterId{4});
    EXPECT_EQ(entry.details, (boost::json::object{{"reason", "typo"}}));
    ASSERT_EQ(entry.changes.size(), 2u);
    EXPECT_EQ(entry.changes[0].field, "copies");
    EXPECT_TRUE(entry.changes[0].before.is_null());
    EXPECT_EQ(entry.changes[0].after, 3);
    EXPECT_EQ(entry.changes[1].before, "cũ");
    EXPECT_EQ(entry.changes[1].after, "mới\n\"hai\"");
    EXPECT_FALSE(entry.erased);
}

TEST_P(JournalTest, what_did_not_change_is_left_out) {
    write({.action = "record.changed",
           .record = {11},
           .changes = {{"subject", "một", "một"}, {"copies", nullptr, nullptr}}});
    const auto entry = store::entry(*reader(), {1}).value();
    ASSERT_TRUE(entry);
    EXPECT_FALSE(entry->values_hash);
    EXPECT_TRUE(history(*reader(), RecordId{11}).value().front().changes.empty());
}

TEST_P(JournalTest, names_that_would_blur_the_text_are_refused) {
    for (const Entry& bad : {Entry{.action = ""}, Entry{.action = "a b"}, Entry{.action = "a\nrecord 9"},
                             Entry{.action = "a", .changes = {{"x\ny", nullptr, 1}}},
                             Entry{.action = "a", .changes = {{"x", nullptr, 1}, {"x", nullptr, 2}}}}) {
        const auto refused = db().write_now([&](db::Transaction& tx) { return journal::write(scope, tx, bad); });
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::internal);
    }
    EXPECT_TRUE(entries(*reader(), {}, {}).value().empty());
}

TEST_P(JournalTest, the_same_value_twice_has_other_hashes) {
    const auto first = write_numbered(1), second = write_numbered(1);
    const auto all = reader();
    EXPECT_NE(store::entry(*all, first).value()->values_hash, store::entry(*all, second).value()->values_hash);
}

TEST_P(JournalTest, an_entry_goes_with_its_transaction) {
    const auto failed = db().write_now([&](db::Transaction& tx) -> Result<void> {
        TRY(journal::write(scope, tx, {.action = "record.created", .record = {11}, .changes = {{"a", nullptr, 1}}}));
        return fail(ErrorCode::conflict, "test.no");
    });
    EXPECT_EQ(failed.error().message, "test.no");
    EXPECT_TRUE(history(*reader(), RecordId{11}).value().empty());
    EXPECT_EQ(sequencer->run_once().value(), 0);
}

TEST_P(JournalTest, history_is_newest_first_in_pages) {
    for (int i = 1; i <= 5; ++i) {
        write_numbered(i);
        write_numbered(100 + i, {12});
    }
    const auto all = reader();
    const auto first = history(*all, RecordId{11}, {.before = {}, .limit = 3}).value();
    ASSERT_EQ(first.size(), 3u);
    EXPECT_EQ(first[0].changes[0].after, 5);
    EXPECT_EQ(first[2].changes[0].after, 3);
    const auto rest = history(*all, RecordId{11}, {.before = first[2].id, .limit = 3}).value();
    ASSERT_EQ(rest.size(), 2u);
    EXPECT_EQ(rest[1].changes[0].after, 1);
}

TEST_P(JournalTest, the_page_filters) {
    const Instant start = clock().now();
    for (int i = 0; i < 12; ++i) {
        clock().set(start + std::chrono::hours(i));
        scope.agency = {i % 2 == 0 ? 2 : 9};
        scope.person = {i % 3 == 0 ? 5 : 6};
        write({.action = i % 4 == 0 ? "file.added" : i % 4 == 1 ? "file.attached" : "step.opened"});
    }
    const auto found = [&](const Filter& filter, const Page& page = {}) {
        std::string numbers;
        const auto shown = entries(*reader(), filter, page).value();
        for (const HistoryEntry& entry : shown)
            numbers += std::to_string((entry.at.milliseconds - start.milliseconds) / 3'600'000) + " ";
        return numbers;
    };
    EXPECT_EQ(found({}), "11 10 9 8 7 6 5 4 3 2 1 0 ");
    EXPECT_EQ(found({.agency = {9}}), "11 9 7 5 3 1 ");
    EXPECT_EQ(found({.person = {5}}), "9 6 3 0 ");
    EXPECT_EQ(found({.agency = {2}, .person = {5}}), "6 0 ");
    EXPECT_EQ(found({.action = "file.added"}), "8 4 0 ");
    EXPECT_EQ(found({.agency = {2}, .action = "file."}), "8 4 0 ");
    EXPECT_EQ(found({.action = "file."}), "9 8 5 4 1 0 ");
    EXPECT_EQ(found({.action = "fil"}), "");
    EXPECT_EQ(found({.from = start + std::chrono::hours(4), .to = start + std::chrono::hours(7)}), "6 5 4 ");
    const auto page = entries(*reader(), {.agency = {9}}, {.before = {}, .limit = 2}).value();
    EXPECT_EQ(found({.agency = {9}}, {.before = page.back().id, .limit = 2}), "7 5 ");
    EXPECT_EQ(found({}, {.before = page.back().id, .limit = 2}), "8 7 ");
    EXPECT_EQ(found({.agency = {9}}, {.before = {999}}), "");
}

TEST_P(JournalTest, values_are_erased_and_the_journal_still_verifies) {
    const auto first = write_numbered(1), other = write_numbered(2, {12});
    write_numbered(3);
    sequencer->run_once().value();
    ASSERT_FALSE(verify(db()).value().fault);

    const auto erased =
        db().write_now([&](db::Transaction& tx) { return erase_values(scope, tx, RecordId{11}, "retention_over"); });
    ASSERT_TRUE(erased) << told(erased);
    EXPECT_EQ(*erased, 2);
    const auto all = reader();
    const auto history = journal::history(*all, RecordId{11}).value();
    ASSERT_EQ(history.size(), 3u);
    EXPECT_EQ(history[0].action, "journal.values_erased");
    EXPECT_EQ(history[0].details.at("reason"), "retention_over");
    EXPECT_TRUE(history[2].erased);
    EXPECT_TRUE(history[2].changes.empty());
    EXPECT_EQ(journal::history(*all, RecordId{12}).value().front().changes.size(), 1u);
    const auto values = store::values_of(*all, first).value();
    for (const store::StoredValue& value : values) {
        EXPECT_TRUE(value.salt.empty());
        EXPECT_FALSE(value.before || value.after);
    }

    sequencer->run_once().value();
    const Report report = verify(db()).value();
    EXPECT_FALSE(report.fault) << told(*report.fault);
    EXPECT_EQ(report.erased, 2);
    EXPECT_EQ(report.values, 1);

    // Once more there is nothing to erase, and nothing to write down.
    EXPECT_EQ(db().write_now([&](db::Transaction& tx) { return erase_values(scope, tx, RecordId{11}, "x"); }).value(),
              0);
    EXPECT_EQ(journal::history(*reader(), RecordId{11}).value().size(), 3u);

    EXPECT_EQ(
        db().write_now([&](db::Transaction& tx) { return erase_values(scope, tx, std::span(&other, 1), "x"); }).value(),
        1);
    EXPECT_TRUE(journal::history(*reader(), RecordId{12}).value().front().erased);
    sequencer->run_once().value();
    EXPECT_FALSE(verify(db()).value().fault);
}

}  // namespace
}  // namespace journal
