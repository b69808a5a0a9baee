#include "db/sql.h"

#include <gtest/gtest.h>

namespace {

using db::Query;
using db::Value;

TEST(Query, OnlyIdentifiersGoInAsText) {
    for (const char* name :
         {"a", "notation", "f_12", "order", "a23456789012345678901234567890123456789012345678901234567890123"}) {
        EXPECT_FALSE(Query("q").identifier(name).poisoned()) << name;
    }
    for (const char* name : {"", "A", "_a", "1a", "a b", "a\"b", "a;b", "đơn", "a.b", "a--",
                             "a234567890123456789012345678901234567890123456789012345678901234"}) {
        Query query("q");
        EXPECT_TRUE(query.add("select ").identifier(name).poisoned()) << name;
        EXPECT_EQ(query.text(), "select ");
    }
    EXPECT_TRUE(Query("q").append(Query("r").identifier("A")).poisoned());
    EXPECT_FALSE(Query("q").add("select '?1'").poisoned());
    EXPECT_TRUE(Query("q").add("where a = ?1").poisoned());
    EXPECT_TRUE(Query("q").add("where a = ?").poisoned());
}

TEST(Query, AppendedParametersMoveOn) {
    Query inner("inner");
    inner.add("b = ").value("x").add(" and c = '?1' and d in ").list({1, 2});
    Query outer("outer");
    outer.add("a = ").value(7).add(" and (").append(inner).add(") or ").append(inner);
    EXPECT_EQ(outer.text(),
              "a = ?1 and (b = ?2 and c = '?1' and d in (?3, ?4)) or b = ?5 and c = '?1' and d in (?6, ?7)");
    EXPECT_EQ(outer.values(), (std::vector<Value>{7, "x", 1, 2, "x", 1, 2}));
    outer.append(outer);
    EXPECT_EQ(outer.values().size(), 14u);
    EXPECT_TRUE(outer.text().ends_with("(?13, ?14)"));
    EXPECT_TRUE(Query("q").empty());
    Query empty("q");
    EXPECT_EQ(empty.list({}).text(), "(null)");
}

TEST(Value, WhatItIsMadeOf) {
    EXPECT_EQ(Value(true), Value(1));
    EXPECT_TRUE(Value(PostId{}).is_null());
    EXPECT_EQ(Value(PostId{5}), Value(5));
    EXPECT_TRUE(Value(std::optional<std::string>()).is_null());
    EXPECT_EQ(Value(std::optional<int>(3)), Value(3));
    EXPECT_EQ(Value(LocalDate::of(2026, 8, 25)), Value("2026-08-25"));
    EXPECT_EQ(Value(Instant{12}), Value(12));
    const db::Row row({1, "2026-08-25", nullptr, 2.5});
    EXPECT_EQ(row.text(0), "");
    EXPECT_EQ(row.integer(1), 0);
    EXPECT_EQ(row.date(1), LocalDate::of(2026, 8, 25));
    EXPECT_FALSE(row.date(2));
    EXPECT_TRUE(row.is_null(2));
    EXPECT_EQ(row.real(3), 2.5);
    EXPECT_EQ(row.real(0), 1.0);
    EXPECT_TRUE(row.boolean(0));
}

}  // namespace
