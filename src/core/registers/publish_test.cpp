#include <fstream>

#include <gtest/gtest.h>

#include "base/text.h"
#include "core/registers/changed_type.h"
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

class PublishChangedTypes : public Publish {
  protected:
    static constexpr std::string_view things = R"(
register: thing
title: {vi: Vật, en: Thing}
group: equipment
fields:
  name: {type: text, vi: Tên, required: true}
  grade: {type: integer, vi: Cấp}
  cost: {type: money, vi: Giá}
  size: {type: text, vi: Cỡ}
  kind: {type: choice, vi: Loại, choices: {big: {vi: Lớn}, small: {vi: Nhỏ}}}
  used_on: {type: date, vi: Ngày dùng}
  owner: {type: person, vi: Người giữ}
  place: {type: unit, vi: Nơi để}
  whole: {type: yes_no, vi: Còn nguyên}
  part_of: {type: record, of: thing, vi: Thuộc}
create: clerk
see: everyone
list: [name]
)";

    static std::string with(std::string text, std::string_view field, std::string_view type) {
        const std::size_t at = text.find("  " + std::string(field) + ": {type: ");
        EXPECT_NE(at, std::string::npos) << field;
        const std::size_t from = at + field.size() + std::string_view("  : {type: ").size();
        const std::size_t to = text.find(", vi:", from);
        return text.replace(from, to - from, type);
    }
    Result<void> run(const db::Sql& sql) {
        return db().write_now([&](db::Transaction& tx) -> Result<void> {
            TRY(tx.execute(sql));
            return {};
        });
    }
    /// A record of the form of that version.
    void add(int id, int version, std::string_view columns, std::string_view values) {
        const auto added = db().write_now([&](db::Transaction& tx) -> Result<void> {
            TRY(tx.execute(
                {"test",
                 R"(insert into record (id, uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
                values (?1, ?2, 1, 1, ?3, 'current', '', 0, ?4))"},
                id, std::to_string(id), version, tx.now()));
            const std::string sql =
                fmt::format("insert into r_thing (record_id, agency_id, {}) values ({}, 1, {})", columns, id, values);
            TRY(tx.execute({"test", sql}));
            return {};
        });
        ASSERT_TRUE(added) << told(added);
    }
    void SetUp() override {
        Publish::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        ASSERT_TRUE(run({"test", "insert into unit (id, uuid, is_agency, created_at) values (1, 'u1', 1, 0)"}));
        ASSERT_TRUE(run({"test", "insert into unit (id, uuid, is_agency, created_at) values (2, 'u2', 0, 0)"}));
        const auto published = publish(things);
        ASSERT_TRUE(published) << told(published);
    }
    /// What lists read of a field, by the current version.
    std::string read(std::string_view code, int id) {
        const auto declaration = load().find("thing");
        db::Query query("test");
        query.add("select ").identifier(declaration->field(code)->column).add(" from r_thing where record_id = ");
        query.value(id);
        auto reader = db().read();
        const auto row = (*reader)->row(query);
        EXPECT_TRUE(row) << told(row);
        if (!row || !*row) return "no row";
        const db::Value& value = (**row)[0];
        return value.is_null() ? "-" : value.integer() ? std::to_string(*value.integer()) : *value.text();
    }
};

CONGVU_BOTH_ENGINES(PublishChangedTypes);

TEST_P(PublishChangedTypes, GoOnInTheNewColumn) {
    const auto person = db().write_now([&](db::Transaction& tx) {
        return tx.execute({"test", R"(insert into person (id, uuid, full_name, name_key, created_at)
            values (5, 'p', 'Bùi Ánh', ?1, 0))"},
                          db::Blob{});
    });
    ASSERT_TRUE(person) << told(person);
    add(1, 1, "name, grade, cost, size, kind, used_on, owner, place, whole, part_of",
        "'a', 3, 1500000, '1.234', 'big', '2026-08-05', 5, 1, 1, 1");
    add(2, 1, "name, size, kind, place", "'b', 'vừa', 'small', 2");
    std::string text(things);
    for (const auto& [field, type] : std::map<std::string, std::string>{{"grade", "decimal, scale: 1"},
                                                                        {"cost", "text"},
                                                                        {"size", "decimal, scale: 2"},
                                                                        {"kind", "text, search: true"},
                                                                        {"used_on", "text"},
                                                                        {"owner", "text"},
                                                                        {"place", "agency"},
                                                                        {"whole", "text"},
                                                                        {"part_of", "text"}})
        text = with(std::move(text), field, type);
    text = replaced(text, ", choices: {big: {vi: Lớn}, small: {vi: Nhỏ}}", "");
    const auto published = publish(text);
    ASSERT_TRUE(published) << told(published);
    EXPECT_EQ(read("grade", 1), "30");
    EXPECT_EQ(read("cost", 1), "1.500.000");
    EXPECT_EQ(read("size", 1), "123400") << "a dot groups thousands, as people here type it";
    EXPECT_EQ(read("size", 2), "-") << "no number";
    EXPECT_EQ(read("kind", 1), "Lớn");
    EXPECT_EQ(read("used_on", 1), "05/08/2026");
    EXPECT_EQ(read("owner", 1), "Bùi Ánh");
    EXPECT_EQ(read("place", 1), "1");
    EXPECT_EQ(read("place", 2), "-") << "a unit that is no agency";
    EXPECT_EQ(read("whole", 1), "Có");
    EXPECT_EQ(read("part_of", 1), "-") << "the title of a record that not all may see";
    EXPECT_EQ(read("grade", 2), "-");
    EXPECT_EQ(count({"test", "select count(kind_v2_key) + count(kind_v2_folded) from r_thing"}), 4);
    EXPECT_EQ(count({"test", "select grade from r_thing where record_id = 1"}), 3) << "the old form's own";
    EXPECT_EQ(count({"test", R"(select count(*) from journal_entry where action = 'register.published'
        and details like '%{"field":"size","converted":1,"left":1}%')"}),
              1);
    // And back: a choice is known by its code and by its name.
    const auto back =
        publish(with(with(text, "kind", "choices, choices: {big: {vi: Lớn}, tiny: {vi: Nhỏ}}"), "used_on", "date"));
    ASSERT_TRUE(back) << told(back);
    EXPECT_EQ(read("used_on", 1), "2026-08-05");
    EXPECT_EQ(read("kind", 1), R"(["big"])");
    EXPECT_EQ(read("kind", 2), "-") << "the code it was kept under is no longer one";
}

TEST_P(PublishChangedTypes, TakeEachRecordsOwnFormAsItsTruth) {
    add(1, 1, "name, grade", "'a', 3");
    const std::string decimal = with(std::string(things), "grade", "decimal, scale: 1");
    ASSERT_TRUE(publish(decimal));
    add(2, 2, "name, grade_v2", "'b', 25");
    add(3, 2, "name, grade_v2", "'c', 40");
    ASSERT_TRUE(publish(replaced(things, "vi: Cấp", "vi: Hạng")));
    EXPECT_EQ(read("grade", 1), "3");
    EXPECT_EQ(read("grade", 2), "-") << "2.5 is no whole number";
    EXPECT_EQ(read("grade", 3), "4");
    // The first is changed and emptied on its form meanwhile.
    ASSERT_TRUE(run({"test", "update r_thing set grade = null where record_id = 1"}));
    ASSERT_TRUE(publish(replaced(decimal, "vi: Cấp", "vi: Bậc")));
    EXPECT_EQ(read("grade", 1), "-");
    EXPECT_EQ(read("grade", 2), "25");
    EXPECT_EQ(read("grade", 3), "40");
}

TEST_P(PublishChangedTypes, AreFilledInPages) {
    const auto made = db().write_now([&](db::Transaction& tx) -> Result<void> {
        for (int id = 1; id <= 2'001; ++id) {
            TRY(tx.execute(
                {"test",
                 R"(insert into record (id, uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
                values (?1, ?2, 1, 1, 1, 'current', '', 0, 0))"},
                id, std::to_string(id)));
            TRY(tx.execute({"test", "insert into r_thing (record_id, agency_id, grade) values (?1, 1, ?1)"}, id));
        }
        return {};
    });
    ASSERT_TRUE(made) << told(made);
    ASSERT_TRUE(publish(with(std::string(things), "grade", "money")));
    EXPECT_EQ(count({"test", "select count(*) from r_thing where grade_v2 = record_id"}), 2'001);
}

TEST_P(PublishChangedTypes, AreUniqueAmongAllRecords) {
    add(1, 1, "name, size", "'a', '7'");
    add(2, 1, "name, size", "'b', '07'");
    const auto broken = publish(with(std::string(things), "size", "integer, unique: true"));
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().message, "registers.unique_broken");
    EXPECT_EQ(load().find("thing")->version, 1);
}

TEST_P(PublishChangedTypes, TakeWhatAServerWroteBeforeItHeard) {
    ASSERT_TRUE(publish(with(std::string(things), "grade", "decimal, scale: 1")));
    add(1, 1, "name, grade", "'a', 3");
    ASSERT_EQ(read("grade", 1), "-");
    const auto late = carry_over_late(db());
    ASSERT_TRUE(late) << told(late);
    EXPECT_EQ(read("grade", 1), "30");
    // Long after the publication nothing is looked through any more.
    ASSERT_TRUE(run({"test", "update r_thing set grade = 4"}));
    clock().set(clock().now() + std::chrono::hours(25));
    ASSERT_TRUE(carry_over_late(db()));
    EXPECT_EQ(read("grade", 1), "30");
}

TEST_P(PublishChangedTypes, AreNamedToWhoeverWritesTheOldForm) {
    const auto id = publish(with(std::string(things), "grade", "decimal, scale: 1"));
    ASSERT_TRUE(id) << told(id);
    Catalogue& catalogue = load();
    const auto successor = catalogue.find(*id, 1)->field("grade")->successor;
    ASSERT_TRUE(successor);
    EXPECT_EQ(successor->column, "grade_v2");
    EXPECT_EQ(catalogue.find(*id, 1)->field("cost")->successor, nullptr);
    EXPECT_EQ(catalogue.find(*id, 2)->field("grade")->successor, nullptr);
}

TEST_P(PublishChangedTypes, LeaveTheOldFormsExpressionsAsTheyWere) {
    const std::string asks = replaced(
        things, "list: [name]", "list: [name]\nwarn: [{when: \"exists(thing, size == this.size)\", vi: Trùng cỡ}]");
    ASSERT_TRUE(publish(asks));
    const auto id = publish(with(asks, "size", "integer"));
    ASSERT_TRUE(id) << told(id);
    Catalogue& catalogue = load();
    for (const int version : {2, 3}) {
        const auto declaration = catalogue.find(*id, version);
        const auto parsed = declaration->parsed(declaration->warn[0].when);
        EXPECT_TRUE(parsed) << version << " " << told(parsed);
    }
}

TEST_P(PublishChangedTypes, KeepTheNamesOfStatesAndChoicesLeftOut) {
    const std::string stated = replaced(things, "create: clerk", R"(states:
  here: {kind: initial, vi: Ở đây}
  away: {vi: Đi vắng, colour: gold}
actions:
  go: {vi: Đi, from: here, to: away, by: clerk}
create: clerk)");
    ASSERT_TRUE(publish(stated));
    const auto id = publish(replaced(replaced(stated, "  away: {vi: Đi vắng, colour: gold}\n", ""), "to: away, ", ""));
    ASSERT_TRUE(id) << told(id);
    ASSERT_TRUE(publish(replaced(things, "small: {vi: Nhỏ}", "tiny: {vi: Bé}")));
    const auto now = load().find("thing");
    EXPECT_EQ(now->state("away"), nullptr);
    ASSERT_NE(now->any_state("away"), nullptr);
    EXPECT_EQ(now->any_state("away")->label.vi, "Đi vắng");
    EXPECT_EQ(now->any_state("away")->colour, "gold");
    EXPECT_EQ(now->any_state("nowhere"), nullptr);
    ASSERT_EQ(now->field("kind")->former_choices.size(), 1U);
    EXPECT_EQ(now->field("kind")->former_choices[0].second.vi, "Nhỏ");
}

class PublishShipped : public Publish {
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

TEST_P(PublishShipped, TakesOfAnOfficeWhatTheCheckTakes) {
    const auto add = [&] {
        const auto added = add_folder(db(), temporary_folder() / "letter");
        return added ? std::to_string(added->registers) : added.error().message;
    };
    const auto put = [&](const std::string& file, std::string_view text) {
        std::ofstream(temporary_folder() / "letter" / file) << text;
    };
    write("letter", replaced(letters, "register: letter", "register: note"));
    EXPECT_EQ(add(), "registers.folder_name");
    write("letter", letters);
    EXPECT_EQ(add(), "registers.no_file") << "no samples";
    put("samples.yaml", "- {sender: A, subject: B}");
    EXPECT_EQ(add(), "registers.unknown_field");
    put("samples.yaml", "- {sender: A}");
    EXPECT_EQ(add(), "registers.no_file") << "no README.md";
    put("README.md", "# Thư");
    EXPECT_EQ(count({"test", "select count(*) from register"}), 0);
    EXPECT_EQ(add(), "1");
    EXPECT_EQ(add(), "0");
}

TEST_P(PublishShipped, NeverGoesOverWhatAPersonPublished) {
    write("letter", letters);
    ASSERT_EQ(publish_folder(db(), temporary_folder()).value_or(-1), 1);
    const auto own = db().write_now([&](db::Transaction& tx) -> Result<RegisterId> {
        Scope scope = system_scope(tx.now());
        scope.account = AccountId{3};
        return registers::publish(scope, tx, replaced(letters, "vi: Số tờ", "vi: Số trang"));
    });
    ASSERT_TRUE(own) << told(own);
    EXPECT_EQ(publish_folder(db(), temporary_folder()).value_or(-1), 0) << "an old text of the program";
    write("letter", replaced(letters, "vi: Số tờ", "vi: Tờ"));
    EXPECT_EQ(publish_folder(db(), temporary_folder()).value_or(-1), 0) << "a new one too";
    EXPECT_EQ(publish_folder(db(), temporary_folder() / "nowhere").error().message, "registers.no_file");
}

}  // namespace
}  // namespace registers
