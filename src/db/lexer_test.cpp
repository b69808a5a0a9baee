#include "db/lexer.h"

#include <gmock/gmock.h>

#include <gtest/gtest.h>

namespace {

using testing::ElementsAre;

TEST(Lexer, PiecesJoinToTheText) {
    const char* texts[] = {"",       "select",     "a--b\n?1/*?2*/'?3' \"?4\" $$?5$$ $t$?6$t$ e'\\'?7' ?8",
                           "'open",  "/* open",    "$x$ open",
                           "-- end", "$1 $ a$b$c", "'it''s' ?"};
    for (const std::string_view text : texts) {
        std::string joined;
        for (const db::Token& token : db::tokens(text)) joined += token.text;
        EXPECT_EQ(joined, text);
    }
}

TEST(Lexer, DollarParametersOutsideOfQuotes) {
    struct Case {
        const char *from, *to;
    };
    const Case cases[] = {
        {"select ?1, ?12", "select $1, $12"},
        {"select '?1', \"?2\", ?3", "select '?1', \"?2\", $3"},
        {"select 'it''s ?1' || ?1", "select 'it''s ?1' || $1"},
        {"select ?1 -- ?2\n, ?3", "select $1 -- ?2\n, $3"},
        {"select /* ?1 */ ?1::text", "select /* ?1 */ $1::text"},
        {"select $$?1$$, $a$ ?1 $$ $a$, ?1", "select $$?1$$, $a$ ?1 $$ $a$, $1"},
        {"select e'\\'?1', ?1", "select e'\\'?1', $1"},
        {"select '?1", "select '?1"},
        {"a ? b", "a ? b"},
    };
    for (const Case& each : cases) EXPECT_EQ(db::dollar_parameters(each.from), each.to);
}

TEST(Lexer, StatementsOfAScript) {
    EXPECT_THAT(db::statements(""), ElementsAre());
    EXPECT_THAT(db::statements(" ;; -- nothing\n;"), ElementsAre());
    EXPECT_THAT(db::statements("-- first\ncreate table a (b text default ';'); -- done\ninsert into a values ('x;y')"),
                ElementsAre("create table a (b text default ';')", "insert into a values ('x;y')"));
    const std::string trigger =
        "create trigger t after insert on a begin\n  update a set b = case when b = 'x' then 1 else 2 end;\n  delete "
        "from c;\nend";
    EXPECT_THAT(db::statements(trigger + ";\nselect 1;"), ElementsAre(trigger, "select 1"));
    EXPECT_THAT(db::statements("create temp trigger t after insert on a BEGIN delete from c; END; select 2"),
                ElementsAre("create temp trigger t after insert on a BEGIN delete from c; END", "select 2"));
    const std::string function = "create function f() returns trigger language plpgsql as $$ begin return new; end; $$";
    const std::string on = "create trigger t before insert on a for each row execute function f()";
    EXPECT_THAT(db::statements(function + ";" + on + ";select 3;"), ElementsAre(function, on, "select 3"));
}

TEST(Lexer, NothingQuotedIsTold) {
    EXPECT_EQ(db::without_quoted("no such table: a"), "no such table: a");
    EXPECT_EQ(db::without_quoted("invalid input \"mật\" here"), "invalid input … here");
    EXPECT_EQ(db::without_quoted("near \"a\"b\": syntax"), "near …: syntax");
    EXPECT_EQ(db::without_quoted("value 'it's secret"), "value …s secret");
    EXPECT_EQ(db::without_quoted("open 'secret"), "open …");
}

}  // namespace
