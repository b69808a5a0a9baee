#include <random>
#include <set>

#include "core/steps/office_test.h"

namespace steps {
namespace {

class Inbox : public Office {
  protected:
    void show_as(RecordId id, const Shown& shown) {
        ASSERT_TRUE(write([&](db::Transaction& tx) { return show(tx, id, shown); }));
    }
    /// Every row of a box, page by page.
    std::vector<InboxRow> walk(std::int64_t person, InboxQuery query) {
        std::vector<InboxRow> all;
        for (int pages = 0; pages < 200; ++pages) {
            InboxPage found = page(person, query);
            EXPECT_LE(found.rows.size(), static_cast<std::size_t>(query.limit));
            for (InboxRow& row : found.rows) all.push_back(std::move(row));
            if (found.next.empty()) return all;
            query.after = found.next;
        }
        ADD_FAILURE() << "the pages never end";
        return all;
    }
    static std::vector<StepId> ids(const std::vector<InboxRow>& rows) {
        std::vector<StepId> all;
        for (const InboxRow& row : rows) all.push_back(row.step);
        return all;
    }
};

TEST_P(Inbox, the_urgent_first_then_the_late_then_the_due_then_the_rest) {
    const RecordId ordinary = record("Thường"), urgent = record("Khẩn"), express = record("Hỏa tốc");
    show_as(urgent, {.urgency = 1});
    const StepId free = give(10, ordinary, {.to = to_post(11)});
    const StepId later = give(10, ordinary, {.to = to_person(11), .due = today() + 5});
    const StepId soon = give(10, ordinary, {.to = to_unit(2), .due = today() + 1});
    const StepId pressing = give(10, urgent, {.to = to_post(11), .due = today() + 9});
    const StepId flash = give(10, express, {.to = to_post(11)});
    show_as(express, {.urgency = 3, .notation = "12/HT", .author = "Bộ Nội vụ"});  // also for what is open already
    EXPECT_EQ(ids(rows(11, Box::todo)), (std::vector{flash, pressing, soon, later, free}));
    EXPECT_EQ(rows(11, Box::todo)[0].urgency, 3);
    EXPECT_EQ(rows(11, Box::todo)[0].notation, "12/HT");
    EXPECT_EQ(rows(11, Box::todo)[0].author, "Bộ Nội vụ");

    clock().set(clock().now() + std::chrono::hours(24 * 3));
    const auto late = page(11, {.box = Box::todo, .lateness = Lateness::late}).rows;
    EXPECT_EQ(ids(late), std::vector{soon});
    EXPECT_EQ(counts(11).late, 1);
    EXPECT_EQ(counts(11).todo, 5);
    EXPECT_EQ(ids(walk(11, {.box = Box::todo, .limit = 2})), (std::vector{flash, pressing, soon, later, free}));
}

TEST_P(Inbox, counts_as_late_what_the_list_of_the_late_shows) {
    give(10, record(), {.role = Role::lead, .to = to_post(11), .due = today() + 1});
    give(10, record(), {.role = Role::support, .to = to_post(11), .due = today() + 1});
    give(10, record(), {.role = Role::inform, .to = to_post(11)});
    clock().set(clock().now() + std::chrono::hours(24 * 3));
    EXPECT_EQ(page(11, {.box = Box::todo, .lateness = Lateness::late}).rows.size(), 1u);
    EXPECT_EQ(counts(11).late, 1) << "a late support step stands in the box of those";
}

TEST_P(Inbox, each_box_holds_its_roles) {
    const RecordId letter = record();
    const Role roles[] = {Role::lead,    Role::support, Role::inform, Role::consult,
                          Role::initial, Role::approve, Role::sign,   Role::task};
    for (const Role role : roles) ASSERT_TRUE(try_give(10, {letter, {{role, to_post(11)}}, {}, Leads::each}));
    EXPECT_EQ(rows(11, Box::todo).size(), 6u);
    EXPECT_EQ(rows(11, Box::support).size(), 1u);
    EXPECT_EQ(rows(11, Box::inform).size(), 1u);
    EXPECT_EQ(rows(10, Box::watching).size(), 8u);
    const InboxCounts of_an = counts(11), of_lan = counts(10);
    EXPECT_EQ(of_an.todo, 6);
    EXPECT_EQ(of_an.support, 1);
    EXPECT_EQ(of_an.inform, 1);
    EXPECT_EQ(of_an.watching, 0);
    EXPECT_EQ(of_lan.watching, 8);
    EXPECT_EQ(page(11, {.box = Box::todo, .role = Role::sign}).rows.size(), 1u);
    const Scope an = as(11);
    EXPECT_EQ(*read([&](db::Reader& reader) { return inbox_count(an, reader, Box::todo, Lateness::any, Role::sign); }),
              1);
    EXPECT_EQ(counts(19).todo, 0);
}

TEST_P(Inbox, words_are_found_with_and_without_marks) {
    const RecordId one = record("Quyết định thành lập tổ công tác"), two = record("Báo cáo quý III");
    show_as(two, {.notation = "45/BC-VP", .author = "Sở Tài chính"});
    const StepId a = give(10, one, {.to = to_post(11)}), b = give(10, two, {.to = to_post(11)});
    const auto found = [&](std::string text) {
        return ids(page(11, {.box = Box::todo, .text = std::move(text)}).rows);
    };
    EXPECT_EQ(found("thanh lap"), std::vector{a});
    EXPECT_EQ(found("Tổ công"), std::vector{a});
    EXPECT_EQ(found("tai chinh bao"), std::vector{b});
    EXPECT_EQ(found("45/bc"), std::vector{b});
    EXPECT_TRUE(found("lâm nghiệp").empty());
}

TEST_P(Inbox, done_ones_come_newest_first) {
    std::vector<StepId> done;
    for (int i = 0; i < 5; ++i) {
        done.insert(done.begin(), give(10, record(), {.to = to_post(11)}));
        clock().set(clock().now() + std::chrono::minutes(i == 2 ? 0 : 1));
        ASSERT_TRUE(end(11, done.front()));
    }
    EXPECT_EQ(ids(walk(11, {.box = Box::done, .limit = 2})), done);
    EXPECT_EQ(counts(11).done, 5);
}

TEST_P(Inbox, shows_nothing_the_scope_may_not_see) {
    const RecordId open_one = record("Thường"), secret = record("Mật", 1);
    give(10, open_one, {.to = to_post(11)});
    give(10, secret, {.to = to_post(11)});
    EXPECT_EQ(rows(11, Box::todo).size(), 1u);
    EXPECT_EQ(counts(11).todo, 1);
    Scope cleared = as(11);
    cleared.clearance = Secrecy::confidential;
    EXPECT_EQ(read([&](db::Reader& reader) { return inbox(cleared, reader, {.box = Box::todo}); })->rows.size(), 2u);

    // Hidden rows don't cut a page short.
    for (int i = 0; i < 7; ++i) give(10, record("Mật", 2), {.to = to_post(11)});
    const StepId last = give(10, open_one, {.to = to_person(11)});
    EXPECT_EQ(walk(11, {.box = Box::todo, .limit = 2}).size(), 2u);
    EXPECT_EQ(ids(walk(11, {.box = Box::todo, .limit = 1})).back(), last);
}

TEST_P(Inbox, follows_what_the_record_shows) {
    const RecordId letter = record("Tờ trình");
    give(10, letter, {.to = to_post(11)});
    show_as(letter, {.urgency = 2, .notation = "5/TTr"});
    constexpr db::Sql change{"test.change", "update record set title = ?2, state = 'done', secrecy = ?3 where id = ?1"};
    const auto becomes = [&](const char* title, int secrecy) {
        ASSERT_TRUE(write([&](db::Transaction& tx) -> Result<void> {
            TRY(tx.execute(change, letter, title, secrecy));
            return show(tx, letter, {});
        }));
    };
    becomes("Tờ trình đã sửa", 0);
    const auto todo = rows(11, Box::todo);
    ASSERT_EQ(todo.size(), 1u);
    EXPECT_EQ(todo[0].title, "Tờ trình đã sửa");
    EXPECT_EQ(todo[0].record_state, "done");
    EXPECT_EQ(todo[0].urgency, 0);
    EXPECT_TRUE(todo[0].notation.empty());
    becomes("Tờ trình mật", 1);
    EXPECT_TRUE(rows(11, Box::todo).empty());
    EXPECT_EQ(counts(11).todo, 0);
}

TEST_P(Inbox, refuses_what_is_no_page) {
    const Scope an = as(11);
    const auto ask = [&](const InboxQuery& query) {
        return read([&](db::Reader& reader) { return inbox(an, reader, query); });
    };
    for (const auto* bad : {"x", "1", "1.2", "1.2026-13-01.3", "9.2026-01-01.", "9.2026-01-01.1x", "9.2026-01-01.1.1"})
        EXPECT_REFUSED(ask({.after = bad}), "steps.bad_cursor");
    EXPECT_REFUSED(ask({.box = Box::done, .after = "9.2026-01-01.1"}), "steps.bad_cursor");
    EXPECT_REFUSED(ask({.limit = 0}), "steps.bad_limit");
    EXPECT_REFUSED(ask({.limit = 201}), "steps.bad_limit");
}

TEST_P(Inbox, says_who_has_a_record_in_hand) {
    const RecordId one = record(), two = record(), none = record();
    give(10, one, {.role = Role::inform, .to = to_post(16)});
    give(10, one, {.role = Role::support, .to = to_post(14), .due = today()});
    give(10, one, {.role = Role::lead, .to = to_post(11), .due = today() + 5});
    give(10, two, {.role = Role::task, .to = to_post(12), .due = today() + 2});
    give(10, two, {.role = Role::task, .to = to_post(13), .due = today() + 1});
    const auto held = read([&](db::Reader& reader) { return holders(reader, {one, two, none}); });
    ASSERT_EQ(held->size(), 2u);
    EXPECT_EQ((*held)[0].to, to_post(11));
    EXPECT_EQ((*held)[0].due, today() + 5);
    EXPECT_EQ((*held)[1].to, to_post(13));
}

TEST_P(Inbox, wakes_those_it_concerns_once_it_is_kept) {
    std::multiset<std::int64_t> woken;
    on_inbox_change([&](const std::vector<SubjectId>& subjects) {
        for (const SubjectId subject : subjects) woken.insert(subject.value);
    });
    const RecordId letter = record();
    EXPECT_REFUSED(try_give(10, {letter, {{Role::lead, to_post(11)}, {Role::inform, to_post(19)}}}),
                   "steps.bad_addressee");
    EXPECT_TRUE(woken.empty());
    give(10, letter, {.role = Role::lead, .to = to_post(11)});
    EXPECT_TRUE(woken.contains(to_post(11).value));
    on_inbox_change({});
}

// A slow second way: keep every step in a list, ask each whether it belongs, sort.
TEST_P(Inbox, agrees_with_sorting_everything) {
    std::mt19937 random(4);
    struct Kept {
        StepId id;
        int urgency;
        SubjectId to;
        Role role;
        std::optional<LocalDate> due;
        bool open = true;
    };
    std::vector<Kept> all;
    const SubjectId addressees[] = {to_post(11), to_person(11), to_unit(2), to_post(12)};
    const Role roles[] = {Role::lead, Role::support, Role::inform, Role::task};
    for (int i = 0; i < 60; ++i) {
        const RecordId letter = record();
        const int urgency = static_cast<int>(random() % 4);
        show_as(letter, {.urgency = urgency});
        Kept kept{.urgency = urgency, .to = addressees[random() % 4], .role = roles[random() % 4]};
        if (random() % 3 != 0) kept.due = today() + static_cast<int>(random() % 6);
        kept.id = give(10, letter, {.role = kept.role, .to = kept.to, .due = kept.due});
        all.push_back(kept);
    }
    for (Kept& kept : all) {
        if (random() % 4 != 0 || kept.to == to_post(12) || kept.role == Role::inform) continue;
        ASSERT_TRUE(end(11, kept.id));
        kept.open = false;
    }
    clock().set(clock().now() + std::chrono::hours(48));
    const auto expected = [&](Box box, Lateness lateness) {
        std::vector<Kept> fit;
        for (const Kept& kept : all) {
            const Box own = kept.role == Role::support  ? Box::support
                            : kept.role == Role::inform ? Box::inform
                                                        : Box::todo;
            if (!kept.open || own != box || kept.to == to_post(12)) continue;
            if (lateness == Lateness::late && (!kept.due || *kept.due >= today())) continue;
            fit.push_back(kept);
        }
        std::ranges::sort(fit, [](const Kept& a, const Kept& b) {
            const auto key = [](const Kept& kept) {
                return std::tuple(-kept.urgency, kept.due ? kept.due->days : 1'000'000, kept.id.value);
            };
            return key(a) < key(b);
        });
        std::vector<StepId> order;
        for (const Kept& kept : fit) order.push_back(kept.id);
        return order;
    };
    for (const Box box : {Box::todo, Box::support, Box::inform})
        for (const Lateness lateness : {Lateness::any, Lateness::late})
            for (const int limit : {1, 7, 50})
                ASSERT_EQ(ids(walk(11, {.box = box, .lateness = lateness, .limit = limit})), expected(box, lateness))
                    << enum_name(box) << limit;
    const InboxCounts counted = counts(11);
    EXPECT_EQ(static_cast<std::size_t>(counted.todo), expected(Box::todo, Lateness::any).size());
    EXPECT_EQ(static_cast<std::size_t>(counted.support), expected(Box::support, Lateness::any).size());
    EXPECT_EQ(static_cast<std::size_t>(counted.inform), expected(Box::inform, Lateness::any).size());
    EXPECT_EQ(static_cast<std::size_t>(counted.late),
              expected(Box::todo, Lateness::late).size() + expected(Box::support, Lateness::late).size());
    EXPECT_EQ(static_cast<std::size_t>(counted.done),
              static_cast<std::size_t>(std::ranges::count(all, false, &Kept::open)));
}

CONGVU_BOTH_ENGINES(Inbox);

}  // namespace
}  // namespace steps
