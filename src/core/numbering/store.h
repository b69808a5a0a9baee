#pragma once
#include "core/numbering/numbering.h"

/// Inside the folder: the rows.
namespace numbering::store {

struct Kept {
    Row row;
    AgencyId agency;
    std::optional<Instant> closed_at;
};

/// Adds `count` numbers to the book, opening it when it is new: the book and the last of them; nothing when it is
/// closed.
Result<std::optional<Number>> advance(db::Transaction&, const BookKey&, int count);
Result<void> insert(db::Transaction&, Number, NumberState, RecordId, std::string_view reason, PersonId);
Result<void> change(db::Transaction&, Number, NumberState, RecordId, std::string_view reason, PersonId);
/// Only while it is reserved, and with the reason it was reserved for; false when it is not.
Result<bool> use_reserved(db::Transaction&, Number, RecordId, PersonId);
Result<std::optional<Kept>> find(db::Reader&, Number);
Result<std::optional<BookId>> find_book(db::Reader&, const BookKey&);
Result<std::optional<Book>> find_book(db::Reader&, BookId);
Result<std::vector<Book>> books(db::Reader&, RegisterId, AgencyId, int year);
Result<std::vector<Row>> rows_in(db::Reader&, BookId, NumberState);
Result<std::vector<Row>> rows_after(db::Reader&, BookId, std::int64_t after, int limit);
Result<std::optional<Number>> held(db::Reader&, BookId, RecordId);
Result<std::vector<std::pair<Number, NumberState>>> of_record(db::Reader&, RecordId);
/// Nothing when the book is there already with a number taken.
Result<std::optional<BookId>> open_at(db::Transaction&, const BookKey&, std::int64_t first);
Result<bool> close(db::Transaction&, BookId, PersonId);
Result<std::int64_t> open_numbers(db::Reader&, BookId);

}  // namespace numbering::store
