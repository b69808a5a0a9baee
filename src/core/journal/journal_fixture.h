#pragma once
#include <string>

#include "core/journal/history.h"
#include "core/journal/sequencer.h"
#include "tests/support/databases.h"

// For the tests of the journal.
namespace journal {

class JournalTest : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        scope.account = {3};
        scope.person = {5};
        scope.post = {7};
        scope.agency = {2};
        sequencer.emplace(db(), clock(), Signer{key, "0190b2c4-5a00-7000-8000-000000000001"});
    }
    void TearDown() override {
        sequencer.reset();
        DatabaseTest::TearDown();
    }

    JournalEntryId write(const Entry& entry) {
        const auto id = db().write_now([&](db::Transaction& tx) { return journal::write(scope, tx, entry); });
        EXPECT_TRUE(id) << congvu::test::told(id);
        return id.value_or(JournalEntryId{});
    }
    /// An entry on the record with one value that is its number.
    JournalEntryId write_numbered(int number, RecordId record = {11}) {
        return write({.action = "record.changed",
                      .record = record,
                      .register_id = {4},
                      .changes = {{"subject", number - 1, number}},
                      .details = {{"number", number}}});
    }
    /// Runs a statement no program of ours would run. Gives the rows changed.
    template <class... Values>
    std::int64_t tamper(std::string_view sql, const Values&... values) {
        const auto changed =
            db().write_now([&](db::Transaction& tx) { return tx.execute(db::Sql{"test.tamper", sql}, values...); });
        EXPECT_TRUE(changed) << congvu::test::told(changed);
        return changed.value_or(0);
    }
    std::unique_ptr<db::Reader> reader() { return db().read().value(); }

    Scope scope;
    crypto::SigningKey key;
    std::optional<Sequencer> sequencer;
};

}  // namespace journal
