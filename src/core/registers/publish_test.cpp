#include <gtest/gtest.h>

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

[[maybe_unused]] std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
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

}  // namespace
}  // namespace registers
