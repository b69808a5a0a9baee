#include "core/numbering/store.h"

namespace numbering::store {
namespace {

// One row is locked and counted on; the number is the caller's until the closure ends, and nobody's when it fails.
constexpr db::Sql advance_book{"numbering.advance", R"(
    insert into number_book (register_id, agency_id, year, part, label, last) values (?1, ?2, ?3, ?4, ?5, ?6)
    on conflict (register_id, agency_id, year, part) do update set last = number_book.last + ?6 where number_book.closed_at is null
    returning id, last)"};
constexpr db::Sql insert_number{"numbering.insert_number", R"(
    insert into number_taken (book_id, number, state, record_id, reason, changed_at, person_id) values (?1, ?2, ?3, ?4, ?5, ?6, ?7))"};
constexpr db::Sql change_number{"numbering.change_number", R"(
    update number_taken set state = ?3, record_id = ?4, reason = ?5, changed_at = ?6, person_id = ?7 where book_id = ?1 and number = ?2)"};
constexpr db::Sql use_reserved_number{"numbering.use_reserved", R"(
    update number_taken set state = 'used', record_id = ?3, changed_at = ?4, person_id = ?5
    where book_id = ?1 and number = ?2 and state = 'reserved')"};
constexpr db::Sql find_number{"numbering.find_number", R"(
    select t.number, t.state, t.record_id, t.reason, t.changed_at, t.person_id, b.agency_id, b.closed_at
    from number_taken t join number_book b on b.id = t.book_id where t.book_id = ?1 and t.number = ?2)"};
constexpr db::Sql book_by_key{"numbering.book_by_key", R"(
    select id from number_book where register_id = ?1 and agency_id = ?2 and year = ?3 and part = ?4)"};
constexpr db::Sql book_by_id{"numbering.book_by_id", R"(
    select id, register_id, agency_id, year, part, label, first, last, closed_at, closed_by_person_id from number_book where id = ?1)"};
constexpr db::Sql books_of_year{"numbering.books", R"(
    select id, register_id, agency_id, year, part, label, first, last, closed_at, closed_by_person_id from number_book
    where register_id = ?1 and agency_id = ?2 and year in (0, ?3) order by label, part, id)"};
constexpr db::Sql numbers_in_state{"numbering.numbers_in_state", R"(
    select number, state, record_id, reason, changed_at, person_id from number_taken where book_id = ?1 and state = ?2 order by number)"};
constexpr db::Sql numbers_after{"numbering.numbers_after", R"(
    select number, state, record_id, reason, changed_at, person_id from number_taken where book_id = ?1 and number > ?2 order by number limit ?3)"};
constexpr db::Sql held_number{"numbering.held", R"(
    select number from number_taken where record_id = ?1 and book_id = ?2 and state = 'held' order by number limit 1)"};
constexpr db::Sql numbers_of_record{"numbering.of_record", R"(
    select book_id, number, state from number_taken where record_id = ?1 and state <> 'cancelled' order by book_id, number)"};
constexpr db::Sql open_book_at{"numbering.open_at", R"(
    insert into number_book (register_id, agency_id, year, part, label, first, last) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    on conflict (register_id, agency_id, year, part) do update set first = excluded.first, last = excluded.last
    where number_book.last = number_book.first - 1 and number_book.closed_at is null
    returning id)"};
constexpr db::Sql close_book{"numbering.close", R"(
    update number_book set closed_at = ?2, closed_by_person_id = ?3 where id = ?1 and closed_at is null)"};
constexpr db::Sql count_open{"numbering.open_numbers", R"(
    select count(*) from number_taken where book_id = ?1 and state in ('held', 'reserved'))"};

std::optional<std::string> text_or_none(const db::Row& row, std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.text(column));
}

std::optional<Instant> instant_or_none(const db::Row& row, std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.instant(column));
}

Row read_number(const db::Row& row) {
    return {.number = row.integer(0),
            .state = enum_value<NumberState>(row.text(1)).value_or(NumberState::cancelled),
            .record = row.id<RecordNoun>(2),
            .reason = text_or_none(row, 3),
            .changed_at = row.instant(4),
            .person = row.id<PersonNoun>(5)};
}

Book read_book(const db::Row& row) {
    Book book;
    book.id = row.id<BookNoun>(0);
    book.key = {.register_id = row.id<RegisterNoun>(1),
                .agency = row.id<AgencyNoun>(2),
                .year = static_cast<int>(row.integer(3)),
                .part = row.text(4),
                .label = row.text(5)};
    book.first = row.integer(6);
    book.last = row.integer(7) < book.first ? 0 : row.integer(7);
    book.closed_at = instant_or_none(row, 8);
    book.closed_by = row.id<PersonNoun>(9);
    return book;
}

std::vector<Row> read_numbers(const db::Rows& rows) {
    std::vector<Row> all;
    all.reserve(rows.size());
    for (const db::Row& row : rows) all.push_back(read_number(row));
    return all;
}

std::optional<std::string_view> given(std::string_view reason) {
    return reason.empty() ? std::nullopt : std::optional(reason);
}

}  // namespace

Result<std::optional<Number>> advance(db::Transaction& tx, const BookKey& key, int count) {
    const std::optional<db::Row> row =
        TRY(tx.row(advance_book, key.register_id, key.agency, key.year, key.part, key.label, count));
    if (!row) return std::optional<Number>();
    return std::optional(Number{row->id<BookNoun>(0), row->integer(1)});
}

Result<void> insert(db::Transaction& tx, Number number, NumberState state, RecordId record, std::string_view reason,
                    PersonId person) {
    TRY(tx.execute(insert_number, number.book, number.number, enum_name(state), record, given(reason), tx.now(),
                   person));
    return {};
}

Result<void> change(db::Transaction& tx, Number number, NumberState state, RecordId record, std::string_view reason,
                    PersonId person) {
    TRY(tx.execute(change_number, number.book, number.number, enum_name(state), record, given(reason), tx.now(),
                   person));
    return {};
}

Result<bool> use_reserved(db::Transaction& tx, Number number, RecordId record, PersonId person) {
    return TRY(tx.execute(use_reserved_number, number.book, number.number, record, tx.now(), person)) == 1;
}

Result<std::optional<Kept>> find(db::Reader& reader, Number number) {
    const std::optional<db::Row> row = TRY(reader.row(find_number, number.book, number.number));
    if (!row) return std::optional<Kept>();
    return std::optional(Kept{read_number(*row), row->id<AgencyNoun>(6), instant_or_none(*row, 7)});
}

Result<std::optional<BookId>> find_book(db::Reader& reader, const BookKey& key) {
    const std::optional<db::Row> row = TRY(reader.row(book_by_key, key.register_id, key.agency, key.year, key.part));
    if (!row) return std::optional<BookId>();
    return std::optional(row->id<BookNoun>(0));
}

Result<std::optional<Book>> find_book(db::Reader& reader, BookId id) {
    const std::optional<db::Row> row = TRY(reader.row(book_by_id, id));
    if (!row) return std::optional<Book>();
    return std::optional(read_book(*row));
}

Result<std::vector<Book>> books(db::Reader& reader, RegisterId register_id, AgencyId agency, int year) {
    std::vector<Book> all;
    for (const db::Row& row : TRY(reader.rows(books_of_year, register_id, agency, year))) all.push_back(read_book(row));
    return all;
}

Result<std::vector<Row>> rows_in(db::Reader& reader, BookId book, NumberState state) {
    return read_numbers(TRY(reader.rows(numbers_in_state, book, enum_name(state))));
}

Result<std::vector<Row>> rows_after(db::Reader& reader, BookId book, std::int64_t after, int limit) {
    return read_numbers(TRY(reader.rows(numbers_after, book, after, limit)));
}

Result<std::optional<Number>> held(db::Reader& reader, BookId book, RecordId record) {
    const std::optional<db::Row> row = TRY(reader.row(held_number, record, book));
    if (!row) return std::optional<Number>();
    return std::optional(Number{book, row->integer(0)});
}

Result<std::vector<std::pair<Number, NumberState>>> of_record(db::Reader& reader, RecordId record) {
    std::vector<std::pair<Number, NumberState>> all;
    for (const db::Row& row : TRY(reader.rows(numbers_of_record, record)))
        all.emplace_back(Number{row.id<BookNoun>(0), row.integer(1)},
                         enum_value<NumberState>(row.text(2)).value_or(NumberState::used));
    return all;
}

Result<std::optional<BookId>> open_at(db::Transaction& tx, const BookKey& key, std::int64_t first) {
    const std::optional<db::Row> row =
        TRY(tx.row(open_book_at, key.register_id, key.agency, key.year, key.part, key.label, first, first - 1));
    if (!row) return std::optional<BookId>();
    return std::optional(row->id<BookNoun>(0));
}

Result<bool> close(db::Transaction& tx, BookId book, PersonId person) {
    return TRY(tx.execute(close_book, book, tx.now(), person)) == 1;
}

Result<std::int64_t> open_numbers(db::Reader& reader, BookId book) {
    const std::optional<db::Row> row = TRY(reader.row(count_open, book));
    return row ? row->integer(0) : 0;
}

}  // namespace numbering::store
