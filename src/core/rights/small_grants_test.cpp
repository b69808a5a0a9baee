#include <gmock/gmock.h>

#include <gtest/gtest.h>

#include "core/rights/rights.h"
#include "core/scope/subject.h"
#include "db/migrate.h"
#include "tests/support/databases.h"

namespace rights {
namespace {

using congvu::test::told;
using db::Sql;

/// A subject as stores before migration 15 kept it: kind, 16 bits of role, 40 of id.
std::int64_t as_before(subject::Kind kind, std::int64_t role, std::int64_t id) {
    return static_cast<std::int64_t>(kind) << 56 | role << 40 | id;
}

class SmallGrants : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        // Back to what stood before.
        for (const char* statement :
             {"drop table record_grant", "drop index journal_entry_person",
              "delete from schema_version where number = 15",
              "create index journal_entry_person on journal_entry (person_id, at) where person_id is not null"})
            ASSERT_TRUE(done(statement));
        ASSERT_TRUE(done(GetParam() == db::Engine::sqlite
                             ? "create table record_grant (record_id integer not null, subject_id integer not null, "
                               "reason text not null) strict"
                             : "create table record_grant (record_id bigint not null, subject_id bigint not null, "
                               "reason text not null)"));
        ASSERT_TRUE(done("insert into register (id, code) values (1, 'probe')"));
        ASSERT_TRUE(done("insert into unit (id, uuid, is_agency, created_at) values (1, 'u', 1, 0)"));
        ASSERT_TRUE(
            done("insert into record (id, uuid, register_id, agency_id, form_version, state, title, created_at, "
                 "updated_at) values (7, 'r', 1, 1, 1, 'open', 'x', 0, 0)"));
    }
    bool done(const char* statement) {
        const auto result = db().write_now([&](db::Transaction& tx) { return tx.execute(Sql{"test.do", statement}); });
        EXPECT_TRUE(result) << statement << ": " << told(result);
        return result.has_value();
    }
    void grant_before(std::int64_t subject, const char* reason) {
        const auto result = db().write_now([&](db::Transaction& tx) {
            return tx.execute(
                Sql{"test.grant", "insert into record_grant (record_id, subject_id, reason) values (7, ?1, ?2)"},
                subject, std::string(reason));
        });
        ASSERT_TRUE(result) << told(result);
    }
};
CONGVU_BOTH_ENGINES(SmallGrants);

TEST_P(SmallGrants, every_kind_of_grant_is_kept_through_the_migration) {
    using subject::Kind;
    grant_before(as_before(Kind::person, 0, 12), "hand_over:3");
    grant_before(as_before(Kind::post, 0, 18), "see:1");
    grant_before(as_before(Kind::post, 0, 18), "step:1384999");
    grant_before(as_before(Kind::unit, 0, 5), "step:17");
    grant_before(as_before(Kind::agency, 0, 1), "see:0");
    grant_before(as_before(Kind::role_in_agency, 4, 90), "see:2");
    grant_before(as_before(Kind::role_in_unit, 11, 33), "see:3");
    grant_before(as_before(Kind::role_over_unit, 12, 4'000'000), "see:5");
    grant_before(as_before(Kind::everyone, 0, 0), "see:6");
    const auto migrated = db::migrate(db(), resources::under("migrations/"));
    ASSERT_TRUE(migrated) << told(migrated);

    std::vector<std::pair<SubjectId, Rule>> kept;
    const auto reader = std::move(*db().read());
    const db::Rows rows = *reader->rows(Sql{"test.grants", "select subject_id, rule from record_grant"});
    for (const db::Row& row : rows) kept.emplace_back(SubjectId{row.integer(0)}, rule_of(row.integer(1)));
    using RuleKind = Rule::Kind;
    EXPECT_THAT(kept, ::testing::UnorderedElementsAre(
                          std::pair(subject::person({12}), Rule{RuleKind::hand_over, 3}),
                          std::pair(subject::post({18}), Rule{RuleKind::see, 1}),
                          std::pair(subject::post({18}), Rule{RuleKind::step, 1384999}),
                          std::pair(subject::unit({5}), Rule{RuleKind::step, 17}),
                          std::pair(subject::agency({1}), Rule{RuleKind::see, 0}),
                          std::pair(subject::role_in_agency(4, {90}), Rule{RuleKind::see, 2}),
                          std::pair(subject::role_in_unit(11, {33}), Rule{RuleKind::see, 3}),
                          std::pair(subject::role_over_unit(12, {4'000'000}), Rule{RuleKind::see, 5}),
                          std::pair(subject::everyone(), Rule{RuleKind::see, 6})));
}

TEST(Subject, tells_what_it_was_made_of) {
    using subject::Kind;
    for (const auto kind : {Kind::person, Kind::post, Kind::unit, Kind::agency, Kind::role_in_agency,
                            Kind::role_in_unit, Kind::role_over_unit, Kind::everyone})
        for (const std::int64_t id : {0LL, 1LL, 4'095LL, 4'096LL, 1LL << 40})
            for (const std::int64_t role : {0LL, 1LL, 4'095LL}) {
                const SubjectId made = subject::make(kind, subject::has_role(kind) ? role : 0, id);
                EXPECT_EQ(subject::kind(made), kind);
                EXPECT_EQ(subject::id(made), id);
                EXPECT_EQ(subject::role(made), subject::has_role(kind) ? role : 0);
            }
}

}  // namespace
}  // namespace rights
