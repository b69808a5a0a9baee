#include "modules/auditing/auditing.h"

#include "core/journal/sequencer.h"
#include "core/rights/rights.h"
#include "core/scope/subject.h"
#include "crypto/proof.h"
#include "tests/support/office.h"

namespace auditing {
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using testing::HasSubstr;
using testing::Not;

class Auditing : public congvu::test::OfficeTest {
  protected:
    void add_routes(service::Routes& routes) override {
        auto key = crypto::SigningKey::load_or_create(temporary_folder() / "journal.key");
        ASSERT_TRUE(key) << congvu::test::told(key.error());
        sequencer = std::make_unique<journal::Sequencer>(
            db(), clock(), journal::Signer{std::move(*key), "0190c5a4-0000-7000-8000-000000000001"});
        auditing::routes(routes, engine(), [this]() -> Result<void> {
            TRY(sequencer->run_once());
            TRY(sequencer->sign_head());
            return {};
        });
    }
    void TearDown() override {
        sequencer.reset();
        OfficeTest::TearDown();
    }
    JournalEntryId act(std::string_view login, std::string_view action, RecordId record = {}) {
        return write(scope_of(login),
                     [&](const Scope& scope, db::Transaction& tx) {
                         return journal::write(scope, tx, {.action = action, .record = record});
                     })
            .value();
    }
    RecordId record(std::string_view title) {
        constexpr db::Sql register_row{"test.register", "insert into register (code) values ('r') returning id"};
        constexpr db::Sql record_row{"test.record", R"(
            insert into record (uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
            values ('u1', ?1, ?2, 1, 'new', ?3, 1, 1) returning id)"};
        return {write([&](const Scope&, db::Transaction& tx) -> Result<std::int64_t> {
                    return tx.insert(record_row, TRY(tx.insert(register_row)), desk("handler").agency, title);
                }).value()};
    }
    std::vector<std::string> actions(const Answer& answer) {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < answer.size("/items"); ++i)
            all.push_back(answer.string("/items/" + std::to_string(i) + "/action"));
        return all;
    }
    std::unique_ptr<journal::Sequencer> sequencer;
};

TEST_P(Auditing, the_page_shows_the_agency_s_entries_with_names) {
    const JournalEntryId own = act("clerk", "phrase.added"), others = act("other_clerk", "phrase.added");
    const Answer page = as("auditor").get("/api/journal?action=phrase.");
    ASSERT_THAT(page, Status(200));
    ASSERT_EQ(page.size("/items"), 1u);
    EXPECT_EQ(page.number("/items/0/entry"), own.value);
    EXPECT_EQ(page.string("/items/0/person"), "Phạm Thu Giang");
    EXPECT_THAT(page.string("/items/0/post"), HasSubstr("Văn thư Bộ"));
    EXPECT_EQ(page.string("/items/0/action_label"), "Thêm mẫu bút phê");
    EXPECT_EQ(page.string("/items/0/at"), "2026-08-25T03:30:00.000Z");
    EXPECT_EQ(as("auditor").in_english().get("/api/journal?action=phrase.").string("/items/0/action_label"),
              "Phrase added");
    EXPECT_EQ(as("other_admin").get("/api/journal?action=phrase.").number("/items/0/entry"), others.value);
    EXPECT_THAT(as("clerk").get("/api/journal"), Refused(403, "service.may_not"));
    EXPECT_THAT(actions(as("auditor").get("/api/journal")), testing::Contains("account.signed_in"))
        << "signing in stands in the agency's journal";
}

TEST_P(Auditing, the_page_filters_and_goes_on) {
    for (int i = 0; i < 5; ++i) {
        act(i % 2 == 0 ? "clerk" : "handler", "phrase.added");
        later(std::chrono::hours(24));
    }
    const auto count = [&](const std::string& query) {
        return as("auditor").get("/api/journal?action=phrase.added&" + query).size("/items");
    };
    EXPECT_EQ(count(""), 5u);
    EXPECT_EQ(count("person=" + std::to_string(desk("clerk").person.value)), 3u);
    EXPECT_EQ(count("from=2026-08-26&to=2026-08-27"), 2u);
    EXPECT_EQ(count("to=2026-08-24"), 0u);
    const Answer first = as("auditor").get("/api/journal?action=phrase.added&limit=3");
    EXPECT_EQ(first.size("/items"), 3u);
    const Answer rest = as("auditor").get("/api/journal?action=phrase.added&limit=3&after=" + first.string("/next"));
    EXPECT_EQ(rest.size("/items"), 2u);
    EXPECT_EQ(rest.at("/next"), nullptr);
    EXPECT_LT(rest.number("/items/0/entry"), first.number("/items/2/entry"));
    EXPECT_THAT(as("auditor").get("/api/journal?from=hôm%20nay"), Status(422));
    EXPECT_THAT(as("auditor").get("/api/journal?after=x"), Status(422));
}

TEST_P(Auditing, a_title_is_for_who_may_see_the_record) {
    const RecordId secret = record("Phương án nhân sự");
    act("handler", "record.linked", secret);
    const Answer hidden = as("auditor").get("/api/journal?action=record.linked");
    EXPECT_EQ(hidden.number("/items/0/record/id"), secret.value);
    EXPECT_THAT(hidden.text, Not(HasSubstr("Phương án")));
    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
        return rights::grant(scope, tx, secret, subject::person(desk("auditor").person), {});
    }));
    EXPECT_EQ(as("auditor").get("/api/journal?action=record.linked").string("/items/0/record/title"),
              "Phương án nhân sự");
}

TEST_P(Auditing, values_never_stand_on_the_page) {
    ASSERT_TRUE(write(scope_of("clerk"), [&](const Scope& scope, db::Transaction& tx) {
        return journal::write(scope, tx,
                              {.action = "person.changed", .changes = {{"full_name", "Tên cũ bí mật", "Tên mới"}}});
    }));
    const Answer page = as("auditor").get("/api/journal?action=person.changed");
    EXPECT_EQ(page.size("/items"), 1u);
    EXPECT_THAT(page.text, Not(HasSubstr("bí mật")));
}

TEST_P(Auditing, the_state_says_how_far_the_tree_has_grown) {
    const Answer before = as("auditor").get("/api/journal/state");
    ASSERT_THAT(before, Status(200));
    EXPECT_EQ(before.at("/size"), 0);
    EXPECT_GT(before.number("/waiting"), 0);
    EXPECT_EQ(before.at("/head_at"), nullptr);
    ASSERT_TRUE(sequencer->run_once());
    const Answer after = as("auditor").get("/api/journal/state");
    EXPECT_GT(after.number("/size"), 0);
    EXPECT_EQ(after.string("/root").size(), 64u);
    EXPECT_EQ(after.string("/head_at"), "2026-08-25T03:30:00.000Z") << "the first head is signed at once";
    EXPECT_THAT(as("clerk").get("/api/journal/state"), Status(403));
}

TEST_P(Auditing, an_entry_of_a_moment_ago_is_proved) {
    ASSERT_TRUE(sequencer->run_once());
    const JournalEntryId entry = act("clerk", "phrase.added");
    const std::string path = "/api/journal/entries/" + std::to_string(entry.value) + "/proof";
    const Answer given = as("auditor").get(path);
    ASSERT_THAT(given, Status(200));
    EXPECT_THAT(std::string(given.headers.value("Content-Disposition")),
                HasSubstr("congvu-proof-" + std::to_string(entry.value) + ".json"));
    const auto proof = crypto::proof::read(given.text);
    ASSERT_TRUE(proof) << congvu::test::told(proof.error());
    EXPECT_THAT(proof->entry, HasSubstr("id " + std::to_string(entry.value) + "\n"));
    const auto checked = crypto::proof::check(*proof);
    ASSERT_TRUE(checked) << congvu::test::told(checked.error());
    EXPECT_THAT(as("other_admin").get(path), Refused(404, "journal.not_found")) << "another agency's";
    EXPECT_THAT(as("auditor").get("/api/journal/entries/99999/proof"), Refused(404, "journal.not_found"));
    EXPECT_THAT(as("clerk").get(path), Status(403));
}

CONGVU_BOTH_ENGINES(Auditing);

}  // namespace
}  // namespace auditing
