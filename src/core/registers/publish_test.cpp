#include <fstream>

#include <gtest/gtest.h>

#include "base/text.h"
#include "core/registers/registers.h"
#include "core/scope/system_scope.h"
#include "tests/support/databases.h"

namespace registers {
namespace {

using congvu::test::told;

constexpr std::string_view letters = R"(
register: letter
title: {vi: Thư, en: Letter}
group: documents
fields:
  number: {type: text, vi: Số}
  sender: {type: text, vi: Tác giả, required: true, locked: true, search: true}
  kind: {type: choice, vi: Loại, choices: {plain: {vi: Thường}, open: {vi: Ngỏ}}, default: plain}
  pages: {type: integer, vi: Số tờ}
book: {field: number, at: create}
create: clerk
see: [participant, leader over unit]
list: [number, sender]
order: -number
)";

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string whole(text);
    const std::size_t at = whole.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return whole.replace(at, from.size(), to);
}

class Publish : public congvu::test::DatabaseTest {
  protected:
    Result<RegisterId> publish(std::string_view yaml, AccountId account = {}) {
        return db().write_now([&](db::Transaction& tx) -> Result<RegisterId> {
            Scope scope = system_scope(tx.now());
            scope.account = account;
            return registers::publish(scope, tx, yaml);
        });
    }
    std::int64_t count(const db::Sql& sql) {
        auto reader = db().read();
        const auto row = (*reader)->row(sql);
        EXPECT_TRUE(row) << told(row);
        return row && *row ? (*row)->integer(0) : -1;
    }
    Catalogue& load() {
        auto reader = db().read();
        const auto loaded = catalogue_.load(**reader);
        EXPECT_TRUE(loaded) << told(loaded);
        return catalogue_;
    }

  private:
    Catalogue catalogue_;
};

CONGVU_BOTH_ENGINES(Publish);

TEST_P(Publish, MakesTheTableAndTheFirstVersion) {
    const auto id = publish(letters);
    ASSERT_TRUE(id) << told(id);
    const auto declaration = load().find("letter");
    ASSERT_TRUE(declaration);
    EXPECT_EQ(declaration->id, *id);
    EXPECT_EQ(declaration->version, 1);
    EXPECT_EQ(declaration->field("sender")->id, 2);
    EXPECT_EQ(declaration->field("sender")->key_column, "sender_key");
    EXPECT_EQ(declaration->field("sender")->folded_column, "sender_folded");
    EXPECT_EQ(declaration->field("kind")->key_column, "");
    EXPECT_EQ(count({"test", "select count(*) from journal_entry where action = 'register.published'"}), 1);
}

TEST_P(Publish, ChangesNothingForTheSameText) {
    const auto first = publish(letters);
    ASSERT_TRUE(first) << told(first);
    const auto again = publish(letters);
    ASSERT_TRUE(again) << told(again);
    EXPECT_EQ(*again, *first);
    EXPECT_EQ(count({"test", "select count(*) from register_version"}), 1);
    EXPECT_EQ(count({"test", "select count(*) from journal_entry where action = 'register.published'"}), 1);
}

TEST_P(Publish, AddsColumnsAndKeepsTheOldVersion) {
    ASSERT_TRUE(publish(letters));
    const auto added = publish(replaced(letters, "  pages:", "  note: {type: text, vi: Ghi chú}\n  pages:"));
    ASSERT_TRUE(added) << told(added);
    Catalogue& catalogue = load();
    const auto now = catalogue.find("letter");
    ASSERT_TRUE(now);
    EXPECT_EQ(now->version, 2);
    EXPECT_EQ(now->field("note")->id, 5) << "numbers of fields are never given again";
    EXPECT_EQ(now->field("pages")->id, 4);
    const auto then = catalogue.find(*added, 1);
    ASSERT_TRUE(then);
    EXPECT_EQ(then->field("note"), nullptr);
    EXPECT_EQ(then->field("pages")->column, "pages");
    EXPECT_EQ(catalogue.find(*added)->version, 2);
    EXPECT_EQ(catalogue.find(*added, 3), nullptr);
    EXPECT_EQ(catalogue.find("nothing"), nullptr);
    EXPECT_EQ(catalogue.all().size(), 1U);
    EXPECT_EQ(count({"test", "select count(note) from r_letter"}), 0);
}

TEST_P(Publish, GivesAChangedTypeAColumnOfItsOwn) {
    ASSERT_TRUE(publish(letters));
    const auto changed = publish(replaced(letters, "pages: {type: integer", "pages: {type: decimal"));
    ASSERT_TRUE(changed) << told(changed);
    const auto back = publish(replaced(letters, "vi: Số tờ", "vi: Số trang"));
    ASSERT_TRUE(back) << told(back);
    Catalogue& catalogue = load();
    EXPECT_EQ(catalogue.find(*changed, 1)->field("pages")->column, "pages");
    EXPECT_EQ(catalogue.find(*changed, 2)->field("pages")->column, "pages_v2");
    EXPECT_EQ(catalogue.find(*changed, 2)->field("pages")->id, 5);
    EXPECT_EQ(catalogue.find(*changed, 3)->field("pages")->column, "pages") << "the same type again is the same column";
    EXPECT_EQ(catalogue.find(*changed, 3)->field("pages")->id, 4);
    EXPECT_EQ(count({"test", "select count(pages_v2) + count(pages) from r_letter"}), 0);
}

TEST_P(Publish, TakesAFieldAwayWithoutLosingIt) {
    ASSERT_TRUE(publish(letters));
    ASSERT_TRUE(publish(replaced(letters, "  pages: {type: integer, vi: Số tờ}\n", "")));
    EXPECT_EQ(load().find("letter")->field("pages"), nullptr);
    EXPECT_EQ(count({"test", "select count(*) from register_field where code = 'pages' and until_version = 2"}), 1);
    EXPECT_EQ(count({"test", "select count(pages) from r_letter"}), 0) << "the column is still there";
}

TEST_P(Publish, KeepsLockedFields) {
    ASSERT_TRUE(publish(letters));
    const AccountId person{7};
    const auto refused = [&](std::string_view from, std::string_view to) {
        const auto published = publish(replaced(letters, from, to), person);
        return published ? std::string("published") : published.error().message + " " + published.error().field;
    };
    EXPECT_EQ(refused("sender: {type: text, vi: Tác giả, required: true, locked: true, search: true}",
                      "author: {type: text, vi: Tác giả, required: true}"),
              "registers.unknown_field list");
    EXPECT_EQ(refused("list: [number, sender]", "list: [number]"), "published") << "anything else may change";
    EXPECT_EQ(refused("required: true, locked: true", "required: true"), "registers.locked_field fields.sender");
    EXPECT_EQ(refused("sender: {type: text, vi: Tác giả, required: true, locked: true, search: true}",
                      "sender: {type: agency, vi: Tác giả, locked: true}"),
              "registers.locked_field fields.sender");
    const auto by_server = publish(replaced(letters, "required: true, locked: true", "required: true"));
    EXPECT_TRUE(by_server) << "the program's own declarations come with the program";
    EXPECT_EQ(load().find("letter")->version, 3);
}

TEST_P(Publish, RollsEverythingBackWhenItFails) {
    const auto failed = db().write_now([&](db::Transaction& tx) -> Result<RegisterId> {
        TRY(registers::publish(system_scope(tx.now()), tx, letters));
        return fail(ErrorCode::conflict, "test.stop");
    });
    ASSERT_FALSE(failed);
    EXPECT_EQ(count({"test", "select count(*) from register"}), 0);
    const auto id = publish(letters);
    ASSERT_TRUE(id) << "the table is not there yet: " << told(id);
}

class PublishOverRecords : public Publish {
  protected:
    void SetUp() override {
        Publish::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        ASSERT_TRUE(publish(replaced(letters, "list: [number, sender]", "list: number")));
        const auto made = db().write_now([&](db::Transaction& tx) -> Result<void> {
            TRY(tx.execute({"test", "insert into unit (id, uuid, is_agency, created_at) values (1, 'u1', 1, 0)"}));
            TRY(tx.execute({"test", "insert into unit (id, uuid, is_agency, created_at) values (2, 'u2', 1, 0)"}));
            for (int id = 1; id <= 3; ++id) {
                TRY(tx.execute(
                    {"test",
                     R"(insert into record (id, uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
                    values (?1, ?2, 1, 1, 1, 'current', '', 0, 0))"},
                    id, std::to_string(id)));
                TRY(tx.execute(
                    {"test", "insert into r_letter (record_id, agency_id, number, kind) values (?1, ?2, ?3, ?4)"}, id,
                    id == 3 ? 2 : 1, id == 2 ? "Hòa" : "Đơn", "plain"));
            }
            return {};
        });
        ASSERT_TRUE(made) << told(made);
    }
};

CONGVU_BOTH_ENGINES(PublishOverRecords);

TEST_P(PublishOverRecords, FillsTheKeysOfATextThatIsNewlyListed) {
    ASSERT_EQ(count({"test", "select count(*) from r_letter where number_key is null"}), 0 + 3)
        << "written past the engine";
    // A second register field becomes sorted: its key column is new and its rows are filled.
    const std::string plain =
        replaced(replaced(letters, "list: [number, sender]", "list: sender"), "order: -number", "order: -pages");
    ASSERT_TRUE(publish(replaced(plain, "register: letter", "register: note")));
    const auto filled = db().write_now([&](db::Transaction& tx) -> Result<void> {
        for (int id = 1; id <= 2; ++id)
            TRY(tx.execute({"test", "insert into r_note (record_id, agency_id, number) values (?1, 1, ?2)"}, id,
                           id == 1 ? "Hòa" : "Đơn"));
        return {};
    });
    ASSERT_TRUE(filled) << told(filled);
    const std::string sorted =
        replaced(replaced(plain, "register: letter", "register: note"), "vi: Số}", "vi: Số, search: true}");
    const auto published = publish(sorted);
    ASSERT_TRUE(published) << told(published);
    EXPECT_EQ(
        count({"test", "select count(*) from r_note where number_key is not null and number_folded in ('hoa', 'don')"}),
        2);
    EXPECT_EQ(count({"test", "select record_id from r_note order by number_key limit 1"}), 2) << "Đ comes before H";
    // No longer searched, the key stays and is still named, so that whoever writes goes on filling it.
    ASSERT_TRUE(publish(replaced(plain, "register: letter", "register: note")));
    EXPECT_EQ(load().find("note")->field("number")->key_column, "number_key");
    EXPECT_EQ(load().find("note")->field("number")->folded_column, "number_folded");
}

TEST_P(PublishOverRecords, MakesUniqueOnlyWhatIs) {
    const auto broken = publish(replaced(letters, "kind: {type: choice", "kind: {unique: true, type: choice"));
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().message, "registers.unique_broken");
    EXPECT_EQ(load().find("letter")->version, 1);
    // Unique within the agency: the third record has the same number in another.
    ASSERT_TRUE(publish(replaced(letters, "number: {type: text", "number: {unique: true, type: text")));
    const auto second = db().write_now([&](db::Transaction& tx) -> Result<void> {
        TRY(tx.execute(
            {"test",
             R"(insert into record (id, uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
            values (9, '9', 1, 1, 1, 'current', '', 0, 0))"}));
        const std::string key = collation_key("Hòa");
        const auto* begin = reinterpret_cast<const std::byte*>(key.data());
        TRY(tx.execute({"test", "update r_letter set number_key = ?1 where record_id = 2"},
                       db::Blob(begin, begin + key.size())));
        TRY(tx.execute({"test", "insert into r_letter (record_id, agency_id, number_key) values (9, 1, ?1)"},
                       db::Blob(begin, begin + key.size())));
        return {};
    });
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().message, "db.duplicate");
    // No longer unique: the index goes.
    ASSERT_TRUE(publish(letters));
    const auto third = db().write_now([&](db::Transaction& tx) -> Result<void> {
        TRY(tx.execute({"test", "update r_letter set number_key = null"}));
        return {};
    });
    EXPECT_TRUE(third);
}

class PublishShipped : public congvu::test::DatabaseTest {
  protected:
    void write(const std::string& folder, std::string_view text) {
        std::filesystem::create_directories(temporary_folder() / folder);
        std::ofstream(temporary_folder() / folder / "register.yaml") << text;
    }
};

CONGVU_BOTH_ENGINES(PublishShipped);

TEST_P(PublishShipped, LetsRegistersPointToOneAnother) {
    const std::string one =
        replaced(letters, "list: [number, sender]", "warn: [{when: \"exists(other, sender == this.sender)\", vi: A}]");
    const std::string other = replaced(replaced(letters, "register: letter", "register: other"),
                                       "  pages:", "  first: {type: record, of: letter, vi: Thư}\n  pages:");
    write("letter", one);
    write("other", other);
    const auto published = publish_folder(db(), temporary_folder());
    ASSERT_TRUE(published) << told(published);
    EXPECT_EQ(*published, 2);
    auto reader = db().read();
    Catalogue catalogue;
    ASSERT_TRUE(catalogue.load(**reader));
    const auto letter = catalogue.find("letter");
    ASSERT_TRUE(letter);
    const auto parsed = letter->parsed(letter->warn[0].when);
    ASSERT_TRUE(parsed) << told(parsed);
    EXPECT_EQ(*parsed, *letter->parsed(letter->warn[0].when)) << "parsed once";
    EXPECT_TRUE(letter->parsed("pages > 3"));
    EXPECT_FALSE(letter->parsed("nonsense"));
    db::Query query("test");
    query.add("select case when ");
    ASSERT_TRUE(expression::compile(
        **parsed, {{"sender", std::string("A")}, {"agency", Decimal{1, 0}}, {"id", expression::Value()}}, query));
    query.add(" then 1 else 0 end");
    const auto row = (*reader)->row(query);
    ASSERT_TRUE(row) << told(row);
    EXPECT_EQ((*row)->integer(0), 0);
}

TEST_P(PublishShipped, NeverGoesOverWhatAPersonPublished) {
    write("letter", letters);
    ASSERT_EQ(publish_folder(db(), temporary_folder()).value_or(-1), 1);
    const auto own = db().write_now([&](db::Transaction& tx) -> Result<RegisterId> {
        Scope scope = system_scope(tx.now());
        scope.account = AccountId{3};
        return publish(scope, tx, replaced(letters, "vi: Số tờ", "vi: Số trang"));
    });
    ASSERT_TRUE(own) << told(own);
    EXPECT_EQ(publish_folder(db(), temporary_folder()).value_or(-1), 0) << "an old text of the program";
    write("letter", replaced(letters, "vi: Số tờ", "vi: Tờ"));
    EXPECT_EQ(publish_folder(db(), temporary_folder()).value_or(-1), 0) << "a new one too";
    EXPECT_EQ(publish_folder(db(), temporary_folder() / "nowhere").error().message, "registers.no_file");
}

}  // namespace
}  // namespace registers
