#include "core/numbering/numbering.h"

#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "core/scope/system_scope.h"
#include "tests/support/databases.h"

namespace numbering {
namespace {

using congvu::test::told;

/// Two agencies, a register and records to be numbered.
class Books : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        constexpr db::Sql unit{"test.unit", "insert into unit (id, uuid, is_agency, created_at) values (?1, ?2, 1, 0)"};
        constexpr db::Sql reg{"test.register", "insert into register (id, code) values (1, 'outgoing')"};
        const auto made = db().write_now([&](db::Transaction& tx) -> Result<void> {
            TRY(tx.execute(unit, 7, "a"));
            TRY(tx.execute(unit, 8, "b"));
            TRY(tx.execute(reg));
            return {};
        });
        ASSERT_TRUE(made) << told(made);
    }
    Scope clerk(std::int64_t agency = 7) {
        Scope scope = system_scope(clock().now());
        scope.agency = {agency};
        scope.person = {3};
        scope.permissions.insert("number_books");
        return scope;
    }
    static BookKey book_of(int year, std::int64_t agency = 7, std::string part = {}) {
        return {
            .register_id = {1}, .agency = {agency}, .year = year, .part = std::move(part), .label = "Sổ văn bản đi"};
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
    Result<Number> take_one(const BookKey& key, std::int64_t record) {
        return write([&](db::Transaction& tx) { return take(clerk(key.agency.value), tx, key, {record}); });
    }
    std::int64_t taken(const BookKey& key, std::int64_t record) {
        const auto number = take_one(key, record);
        EXPECT_TRUE(number) << told(number);
        return number ? number->number : 0;
    }
    std::vector<Fault> faults(BookId book) {
        const auto found = read([&](db::Reader& reader) { return gaps(reader, book); });
        EXPECT_TRUE(found) << told(found);
        return found ? *found : std::vector<Fault>{{0, "failed"}};
    }
    std::vector<Book> all(int year) {
        const auto found = read([&](db::Reader& reader) { return books(clerk(), reader, {1}, year); });
        EXPECT_TRUE(found) << told(found);
        return found ? *found : std::vector<Book>{};
    }
    std::int64_t entries(std::string_view action) {
        constexpr db::Sql count{"test.entries", "select count(*) from journal_entry where action = ?1"};
        return read([&](db::Reader& reader) { return (*reader.row(count, action))->integer(0); });
    }
};

#define EXPECT_REFUSED(result, code_of_message)                                   \
    do {                                                                          \
        const auto refused_ = (result);                                           \
        ASSERT_FALSE(refused_);                                                   \
        EXPECT_EQ(refused_.error().message, (code_of_message)) << told(refused_); \
    } while (false)

TEST_P(Books, each_has_its_own_numbers_from_one) {
    EXPECT_EQ(taken(book_of(2026), 1), 1);
    EXPECT_EQ(taken(book_of(2026), 2), 2);
    EXPECT_EQ(taken(book_of(2027), 3), 1);                // the new year
    EXPECT_EQ(taken(book_of(2026, 8), 4), 1);             // another agency
    EXPECT_EQ(taken(book_of(2026, 7, "kind=QĐ"), 5), 1);  // a book of its own
    EXPECT_EQ(taken(book_of(0), 6), 1);                   // never restarts
    EXPECT_EQ(taken(book_of(2026), 7), 3);
    EXPECT_EQ(*read([&](db::Reader& reader) { return next(reader, book_of(2026)); }), 4);
    EXPECT_EQ(*read([&](db::Reader& reader) { return next(reader, book_of(2031)); }), 1);
    for (const Book& book : all(2026)) EXPECT_TRUE(faults(book.id).empty());
}

TEST_P(Books, what_fails_takes_no_number) {
    EXPECT_EQ(taken(book_of(2026), 1), 1);
    EXPECT_REFUSED(write([&](db::Transaction& tx) -> Result<void> {
                       TRY(take(clerk(), tx, book_of(2026), {2}));
                       return fail(ErrorCode::conflict, "test.later");
                   }),
                   "test.later");
    EXPECT_EQ(taken(book_of(2026), 3), 2);
}

TEST_P(Books, many_at_once_leave_no_gap_and_no_double) {
    constexpr int threads = 8, each = 40;
    std::mutex mutex;
    std::multiset<std::int64_t> numbers;
    std::atomic<int> failed = 0;
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t)
        workers.emplace_back([&, t] {
            std::mt19937 random(static_cast<unsigned>(t));
            for (int i = 0; i < each; ++i) {
                const bool fails = random() % 4 == 0;
                const auto number = db().write_now([&](db::Transaction& tx) -> Result<Number> {
                    const Number mine = TRY(take(clerk(), tx, book_of(2026), {t * 1000 + i + 1}));
                    if (fails) return fail(ErrorCode::conflict, "test.later");
                    return mine;
                });
                if (number) {
                    const std::lock_guard lock(mutex);
                    numbers.insert(number->number);
                } else {
                    EXPECT_EQ(number.error().message, "test.later") << told(number);
                    ++failed;
                }
            }
        });
    for (std::thread& worker : workers) worker.join();
    const auto kept = static_cast<std::size_t>(threads * each - failed);
    ASSERT_EQ(numbers.size(), kept);
    std::int64_t expected = 1;
    for (const std::int64_t number : numbers) ASSERT_EQ(number, expected++);
    const Book book = all(2026).at(0);
    EXPECT_EQ(book.last, static_cast<std::int64_t>(kept));
    EXPECT_TRUE(faults(book.id).empty());
}

TEST_P(Books, a_held_number_waits_for_its_record) {
    const auto hold_for = [&](std::int64_t record) {
        return write([&](db::Transaction& tx) { return hold(clerk(), tx, book_of(2026), {record}); });
    };
    const auto first = hold_for(1);
    ASSERT_TRUE(first) << told(first);
    EXPECT_EQ(first->number, 1);
    EXPECT_EQ(hold_for(1)->number, 1);  // a retry takes no second one
    EXPECT_EQ(hold_for(2)->number, 2);
    EXPECT_EQ(entries("number.held"), 2);
    EXPECT_EQ(all(2026).at(0).held.size(), 2u);

    EXPECT_REFUSED(write([&](db::Transaction& tx) { return use_held(clerk(), tx, *first, {2}); }),
                   "numbering.not_held");
    ASSERT_TRUE(write([&](db::Transaction& tx) { return use_held(clerk(), tx, *first, {1}); }));
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return use_held(clerk(), tx, *first, {1}); }),
                   "numbering.not_held");
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return give_up(clerk(), tx, *first, {1}, "Rút lại"); }),
                   "numbering.not_held");

    const Number second{first->book, 2};
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return give_up(clerk(), tx, second, {2}, "  "); }),
                   "numbering.no_reason");
    ASSERT_TRUE(write([&](db::Transaction& tx) { return give_up(clerk(), tx, second, {2}, "Người ký hủy dự thảo"); }));
    EXPECT_EQ(hold_for(2)->number, 3);  // what was given up is not taken again
    const Book book = all(2026).at(0);
    ASSERT_EQ(book.cancelled.size(), 1u);
    EXPECT_EQ(book.cancelled[0].number, 2);
    EXPECT_EQ(book.cancelled[0].reason, "Người ký hủy dự thảo");
    EXPECT_EQ(book.cancelled[0].person, PersonId{3});
    EXPECT_EQ(read([&](db::Reader& reader) { return of_record(reader, {1}); })->at(0),
              std::pair(*first, NumberState::used));
    EXPECT_TRUE(faults(book.id).empty());
}

TEST_P(Books, numbers_are_set_aside_and_used_or_cancelled) {
    EXPECT_EQ(taken(book_of(2026), 1), 1);
    const auto aside =
        write([&](db::Transaction& tx) { return reserve(clerk(), tx, book_of(2026), 3, "Văn bản ký tay ngày 25/8"); });
    ASSERT_TRUE(aside) << told(aside);
    ASSERT_EQ(aside->size(), 3u);
    EXPECT_EQ((*aside)[0].number, 2);
    EXPECT_EQ((*aside)[2].number, 4);
    EXPECT_EQ(taken(book_of(2026), 2), 5);
    const auto use = [&](std::int64_t number, std::int64_t record) {
        return write([&](db::Transaction& tx) { return take_reserved(clerk(), tx, book_of(2026), number, {record}); });
    };
    EXPECT_EQ(read([&](db::Reader& reader) { return reserved(reader, book_of(2026)); })->size(), 3u);
    ASSERT_TRUE(use(2, 3));
    EXPECT_REFUSED(use(2, 4), "numbering.not_reserved");
    EXPECT_REFUSED(use(1, 4), "numbering.not_reserved");
    EXPECT_REFUSED(use(99, 4), "numbering.not_reserved");
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return take_reserved(clerk(8), tx, book_of(2026, 8), 3, {4}); }),
                   "numbering.not_reserved");
    ASSERT_TRUE(write([&](db::Transaction& tx) { return cancel(clerk(), tx, (*aside)[1], "Không ban hành"); }));
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return cancel(clerk(), tx, (*aside)[1], "Không ban hành"); }),
                   "numbering.cancelled_already");
    const Book book = all(2026).at(0);
    EXPECT_EQ(book.reserved.size(), 1u);
    EXPECT_EQ(book.cancelled.size(), 1u);
    EXPECT_TRUE(faults(book.id).empty());

    const auto page = read([&](db::Reader& reader) { return rows(clerk(), reader, book.id, 1, 3); });
    ASSERT_TRUE(page);
    ASSERT_EQ(page->size(), 3u);
    EXPECT_EQ((*page)[0].state, NumberState::used);
    EXPECT_EQ((*page)[0].record, RecordId{3});
    EXPECT_EQ((*page)[0].reason, "Văn bản ký tay ngày 25/8") << "why it was set aside stays with it";
    EXPECT_EQ((*page)[1].state, NumberState::cancelled);
    EXPECT_EQ((*page)[2].state, NumberState::reserved);
}

TEST_P(Books, a_reserved_number_goes_to_one_of_those_who_take_it) {
    ASSERT_TRUE(write([&](db::Transaction& tx) { return reserve(clerk(), tx, book_of(2026), 2, "Ký tay"); }));
    constexpr int threads = 8;
    std::atomic<int> got = 0;
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t)
        workers.emplace_back([&, t] {
            const auto mine = db().write_now(
                [&](db::Transaction& tx) { return take_reserved(clerk(), tx, book_of(2026), 1, {t + 1}); });
            if (mine)
                ++got;
            else
                EXPECT_EQ(mine.error().message, "numbering.not_reserved") << told(mine);
        });
    for (std::thread& worker : workers) worker.join();
    EXPECT_EQ(got, 1);
    const Book book = all(2026).at(0);
    EXPECT_EQ(book.reserved.size(), 1u);
    EXPECT_TRUE(faults(book.id).empty());
    EXPECT_EQ(entries("number.used"), 1);
}

TEST_P(Books, only_the_keeper_of_the_agency_may) {
    Scope handler = clerk();
    handler.permissions.clear();
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return reserve(handler, tx, book_of(2026), 1, "x"); }),
                   "numbering.may_not_keep");
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return reserve(clerk(8), tx, book_of(2026), 1, "x"); }),
                   "numbering.not_found");
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return reserve(clerk(), tx, book_of(2026), 101, "x"); }),
                   "numbering.bad_count");
    const auto number = take_one(book_of(2026), 1);
    ASSERT_TRUE(number);
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return cancel(clerk(8), tx, *number, "x"); }),
                   "numbering.not_found");
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return numbering::close(clerk(8), tx, number->book); }),
                   "numbering.not_found");
    EXPECT_REFUSED(read([&](db::Reader& reader) { return book(clerk(8), reader, number->book); }),
                   "numbering.not_found");
    EXPECT_EQ(read([&](db::Reader& reader) { return books(clerk(8), reader, {1}, 2026); })->size(), 0u);
}

TEST_P(Books, a_closed_year_stays_as_it_is) {
    EXPECT_EQ(taken(book_of(2025), 1), 1);
    const auto held_number = write([&](db::Transaction& tx) { return hold(clerk(), tx, book_of(2025), {2}); });
    ASSERT_TRUE(held_number);
    EXPECT_EQ(taken(book_of(2026), 3), 1);
    const BookId last_year = held_number->book;
    const auto close_it = [&](BookId book) {
        return write([&](db::Transaction& tx) { return numbering::close(clerk(), tx, book); });
    };
    EXPECT_REFUSED(close_it(last_year), "numbering.still_open");
    ASSERT_TRUE(write([&](db::Transaction& tx) { return use_held(clerk(), tx, *held_number, {2}); }));
    ASSERT_TRUE(close_it(last_year));
    EXPECT_EQ(entries("number.book_closed"), 1);
    EXPECT_REFUSED(close_it(last_year), "numbering.year_closed");
    EXPECT_REFUSED(close_it(all(2026).at(0).id), "numbering.year_not_over");

    EXPECT_REFUSED(take_one(book_of(2025), 4), "numbering.year_closed");
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return hold(clerk(), tx, book_of(2025), {4}); }),
                   "numbering.year_closed");
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return reserve(clerk(), tx, book_of(2025), 1, "x"); }),
                   "numbering.year_closed");
    EXPECT_REFUSED(write([&](db::Transaction& tx) { return cancel(clerk(), tx, *held_number, "x"); }),
                   "numbering.year_closed");
    const Book book = all(2025).at(0);
    EXPECT_EQ(book.last, 2);
    EXPECT_EQ(book.closed_by, PersonId{3});
    EXPECT_TRUE(book.closed_at.has_value());
}

TEST_P(Books, a_book_kept_on_paper_goes_on) {
    const auto begin = [&](const BookKey& key, std::int64_t first) {
        return write([&](db::Transaction& tx) { return begin_at(clerk(), tx, key, first); });
    };
    EXPECT_REFUSED(begin(book_of(2026), 0), "numbering.bad_first");
    ASSERT_TRUE(begin(book_of(2026), 200));
    ASSERT_TRUE(begin(book_of(2026), 157));  // corrected before the first number
    EXPECT_EQ(*read([&](db::Reader& reader) { return next(reader, book_of(2026)); }), 157);
    EXPECT_EQ(all(2026).at(0).last, 0);
    EXPECT_EQ(taken(book_of(2026), 1), 157);
    EXPECT_REFUSED(begin(book_of(2026), 300), "numbering.begun");
    EXPECT_EQ(taken(book_of(2026), 2), 158);
    EXPECT_TRUE(faults(all(2026).at(0).id).empty());
}

TEST_P(Books, what_was_tampered_with_shows) {
    for (int i = 1; i <= 6; ++i) EXPECT_EQ(taken(book_of(2026), i), i);
    const BookId book = all(2026).at(0).id;
    constexpr db::Sql remove{"test.remove", "delete from number_taken where number in (2, 6)"};
    constexpr db::Sql insert{
        "test.insert",
        "insert into number_taken (book_id, number, state, record_id, changed_at) values (?1, 9, 'used', 1, 0)"};
    constexpr db::Sql blank{"test.blank", "update number_taken set record_id = null where number = 4"};
    ASSERT_TRUE(write([&](db::Transaction& tx) -> Result<void> {
        TRY(tx.execute(remove));
        TRY(tx.execute(insert, book));
        TRY(tx.execute(blank));
        return {};
    }));
    std::multiset<std::pair<std::int64_t, std::string>> found;
    for (const Fault& fault : faults(book)) found.emplace(fault.number, fault.kind);
    EXPECT_EQ(found, (std::multiset<std::pair<std::int64_t, std::string>>{
                         {2, "missing"}, {4, "no_record"}, {6, "missing"}, {9, "beyond"}, {9, "twice"}}));
}

CONGVU_BOTH_ENGINES(Books);

}  // namespace
}  // namespace numbering
