#pragma once
#include <gtest/gtest.h>

#include "core/org/org.h"
#include "core/rights/rights.h"
#include "core/steps/inbox.h"
#include "core/steps/notices.h"
#include "core/steps/phrases.h"
#include "core/steps/steps.h"
#include "tests/support/databases.h"

/// A small office for the tests of steps.
///
///   1 Bộ (agency)
///     2 Vụ Tổ chức: head An (11), handlers Bình (12) and Cúc (13)
///     3 Vụ Pháp chế: head Dũng (14), clerk of the unit Hoa (15)
///     4 Văn phòng: chief Giang (16), clerk of the agency Khánh (17)
///     leader Lan (10) in 1
///   9 Cục (another agency): Minh (19)
///
/// A person and the post held have the same number.
namespace steps {

using congvu::test::told;

#define EXPECT_REFUSED(result, code_of_message)                                       \
    do {                                                                              \
        const auto refused_ = (result);                                               \
        if (refused_) {                                                               \
            ADD_FAILURE() << "not refused: " << (code_of_message);                    \
        } else {                                                                      \
            EXPECT_EQ(refused_.error().message, (code_of_message)) << told(refused_); \
        }                                                                             \
    } while (false)

class Office : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        const auto roles = org::load_roles(db());
        ASSERT_TRUE(roles) << told(roles);
        const auto made = db().write_now([](db::Transaction& tx) { return build(tx); });
        ASSERT_TRUE(made) << told(made);
    }

    Scope as(std::int64_t person) {
        auto reader = db().read();
        auto scope = org::scope_of(**reader, {person}, chosen_[person], clock().now());
        EXPECT_TRUE(scope) << told(scope);
        scope->account = {person};
        return *scope;
    }
    template <class F>
    auto write(F&& work) {
        return db().write_now([&](db::Transaction& tx) { return work(tx); });
    }
    template <class F>
    auto read(F&& work) {
        auto reader = db().read();
        return work(**reader);
    }

    RecordId record(std::string_view title = "Báo cáo kết quả cải cách hành chính", int secrecy = 0) {
        constexpr db::Sql insert{"test.record", R"(
            insert into record (uuid, register_id, agency_id, form_version, state, title, secrecy, created_at, updated_at)
            values (?1, 1, 1, 1, 'registered', ?2, ?3, 0, 0) returning id)"};
        const auto id =
            write([&](db::Transaction& tx) { return tx.insert(insert, std::to_string(++records_), title, secrecy); });
        EXPECT_TRUE(id) << told(id);
        const RecordId made{id.value_or(0)};
        grant_to(10, made);
        grant_to(16, made);
        return made;
    }
    void grant_to(std::int64_t person, RecordId record) {
        ASSERT_TRUE(write(
            [&](db::Transaction& tx) { return rights::grant(as(10), tx, record, subject::person({person}), {}); }));
    }

    /// Opens one step; 0 when refused.
    StepId give(std::int64_t from, RecordId record, NewStep step, StepId parent = {}) {
        const auto opened = try_give(from, {.record = record, .steps = {std::move(step)}, .parent = parent});
        EXPECT_TRUE(opened) << told(opened);
        return opened ? opened->front() : StepId{};
    }
    Result<std::vector<StepId>> try_give(std::int64_t from, const Opening& opening) {
        const Scope scope = as(from);
        return write([&](db::Transaction& tx) { return open(scope, tx, opening); });
    }
    Result<void> end(std::int64_t person, StepId step, Finish how = {.outcome = "product"}) {
        const Scope scope = as(person);
        return write([&](db::Transaction& tx) { return finish(scope, tx, step, how); });
    }
    std::vector<InboxRow> rows(std::int64_t person, Box box) { return page(person, {.box = box}).rows; }
    InboxPage page(std::int64_t person, const InboxQuery& query) {
        const Scope scope = as(person);
        const auto found = read([&](db::Reader& reader) { return inbox(scope, reader, query); });
        EXPECT_TRUE(found) << told(found);
        return found ? *found : InboxPage{};
    }
    InboxCounts counts(std::int64_t person) {
        const Scope scope = as(person);
        const auto found = read([&](db::Reader& reader) { return inbox_counts(scope, reader); });
        EXPECT_TRUE(found) << told(found);
        return found ? *found : InboxCounts{};
    }
    Step step(StepId id) {
        const Scope scope = as(10);
        const auto found = read([&](db::Reader& reader) { return find(scope, reader, id); });
        EXPECT_TRUE(found) << told(found);
        return found ? *found : Step{};
    }
    bool sees(std::int64_t person, RecordId record) {
        const Scope scope = as(person);
        return *read([&](db::Reader& reader) { return rights::can_see(scope, reader, record); });
    }
    std::vector<Notice> told_to(std::int64_t person) {
        const Scope scope = as(person);
        const auto found = read([&](db::Reader& reader) { return notices(scope, reader, {}, 50); });
        EXPECT_TRUE(found) << told(found);
        return found ? found->notices : std::vector<Notice>{};
    }
    std::int64_t entries(std::string_view action) {
        constexpr db::Sql count{"test.entries", "select count(*) from journal_entry where action = ?1"};
        return read([&](db::Reader& reader) { return (*reader.row(count, action))->integer(0); });
    }
    LocalDate today() { return local_date(clock().now()); }
    std::map<std::int64_t, PostId> chosen_;  ///< by person; else the first of their own

  private:
    static Result<void> build(db::Transaction& tx) {
        constexpr db::Sql unit{"test.unit",
                               "insert into unit (id, uuid, is_agency, created_at) values (?1, ?2, ?3, 0)"};
        constexpr db::Sql version{"test.version", R"(
            insert into unit_version (unit_id, parent_id, kind, name, name_key, short_name, abbreviation, valid_from)
            values (?1, ?2, 'unit', ?3, ?4, ?3, 'X', '2020-01-01'))"};
        constexpr db::Sql reg{"test.register", "insert into register (id, code) values (1, 'incoming')"};
        TRY(tx.execute(reg));
        const std::tuple<int, int, const char*> units[] = {
            {1, 0, "Bộ"}, {2, 1, "Vụ Tổ chức"}, {3, 1, "Vụ Pháp chế"}, {4, 1, "Văn phòng"}, {9, 1, "Cục"}};
        for (const auto& [id, parent, name] : units) {
            TRY(tx.execute(unit, id, std::to_string(id), id == 1 || id == 9));
            TRY(tx.execute(version, id, UnitId{parent}, name, db::Blob{}));
        }
        const std::tuple<int, int, const char*, const char*> people[] = {{10, 1, "Lan", "leader"},
                                                                         {11, 2, "An", "head_of_section"},
                                                                         {12, 2, "Bình", "handler"},
                                                                         {13, 2, "Cúc", "handler"},
                                                                         {14, 3, "Dũng", "head_of_section"},
                                                                         {15, 3, "Hoa", "unit_clerk"},
                                                                         {16, 4, "Giang", "chief_of_office"},
                                                                         {17, 4, "Khánh", "clerk"},
                                                                         {19, 9, "Minh", "handler"}};
        for (const auto& [id, where, name, role] : people) TRY(hire(tx, id, where, name, role));
        return {};
    }
    static Result<void> hire(db::Transaction& tx, int id, int unit, const char* name, const char* role) {
        constexpr db::Sql person{
            "test.person", "insert into person (id, uuid, full_name, name_key, created_at) values (?1, ?2, ?3, ?4, 0)"};
        constexpr db::Sql post{
            "test.post",
            "insert into post (id, uuid, unit_id, title, valid_from) values (?1, ?2, ?3, ?4, '2020-01-01')"};
        constexpr db::Sql holder{
            "test.holder", "insert into post_holder (post_id, person_id, valid_from) values (?1, ?1, '2020-01-01')"};
        constexpr db::Sql roles{"test.roles",
                                "insert into post_role (post_id, role_id) select ?1, id from role where code = ?2"};
        TRY(tx.execute(person, id, std::to_string(id), name, db::Blob{}));
        TRY(tx.execute(post, id, std::to_string(id), unit, name));
        TRY(tx.execute(holder, id));
        TRY(tx.execute(roles, id, role));
        return {};
    }
    int records_ = 0;
};

inline SubjectId to_post(std::int64_t id) {
    return subject::post({id});
}
inline SubjectId to_person(std::int64_t id) {
    return subject::person({id});
}
inline SubjectId to_unit(std::int64_t id) {
    return subject::unit({id});
}

}  // namespace steps
