#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "core/scope/scope.h"
#include "db/database.h"

/// Number books (NĐ 30/2020/NĐ-CP, Điều 15, 22, Phụ lục VI 1đ): numbers without a gap, from 1 each year, in the order
/// taken. Paper and electronic documents share one book. Each number has a row: used, held, reserved or cancelled.
namespace numbering {

using BookId = Id<struct BookNoun>;

/// Which book: register, agency, year of the legal date, and what else the agency's head gave numbers of its own.
struct BookKey {
    RegisterId register_id;
    AgencyId agency;
    int year = 0;            ///< 0: never restarts
    std::string part = {};   ///< "kind=QĐ", "unit=17", or empty
    std::string label = {};  ///< "Sổ quyết định": kept when the book is opened, no part of the key
};

struct Number {
    BookId book;
    std::int64_t number = 0;
    bool operator==(const Number&) const = default;
};

/// Takes the next number for a record. To be the last statements of a closure, so that the book is locked for a moment
/// only; when the closure fails the number was never taken. The caller's own journal entry names it. Errors: conflict
/// "numbering.year_closed".
Result<Number> take(const Scope&, db::Transaction&, const BookKey&, RecordId);

/// Takes the next number and holds it for the record until it is issued or given up. The same record gets the same
/// number again, so that a retry takes no second one. Errors: conflict "numbering.year_closed".
Result<Number> hold(const Scope&, db::Transaction&, const BookKey&, RecordId);
/// The number held for the record in this book, if any.
Result<std::optional<Number>> held(db::Reader&, const BookKey&, RecordId);
/// The held number becomes the record's. Errors: conflict "numbering.not_held", "numbering.year_closed".
Result<void> use_held(const Scope&, db::Transaction&, Number, RecordId);
/// The held number is cancelled with a reason that is printed in the register.
/// Errors: conflict "numbering.not_held", "numbering.year_closed", invalid "numbering.no_reason".
Result<void> give_up(const Scope&, db::Transaction&, Number, RecordId, std::string_view reason);

/// Sets numbers aside, 1 to 100, for documents signed by hand.
/// Errors: forbidden "numbering.may_not_keep", conflict "numbering.year_closed", invalid "numbering.no_reason",
/// "numbering.bad_count".
Result<std::vector<Number>> reserve(const Scope&, db::Transaction&, const BookKey&, int count, std::string_view reason);
/// A reserved number of the book becomes the record's; of two who take it one gets it. The reason it was reserved for
/// stays with it. Errors: conflict "numbering.not_reserved" at `number`, "numbering.year_closed".
Result<Number> take_reserved(const Scope&, db::Transaction&, const BookKey&, std::int64_t number, RecordId);
/// Cancels a reserved or held number, or one whose document was withdrawn before anybody got it.
/// Errors: forbidden "numbering.may_not_keep", not_found, conflict "numbering.cancelled_already",
/// "numbering.year_closed", invalid "numbering.no_reason".
Result<void> cancel(const Scope&, db::Transaction&, Number, std::string_view reason);

/// Opens a book before its first number, as to set numbers aside in it; `first` is more than 1 where it was kept on
/// paper until now, and may be corrected as long as no number is taken. Errors: forbidden, conflict "numbering.begun"
/// (a number was taken), invalid "numbering.bad_first".
Result<BookId> begin_at(const Scope&, db::Transaction&, const BookKey&, std::int64_t first);
/// Signs the year off: no number of the book may be taken or changed any more. The year must be over and nothing held
/// or reserved. Errors: forbidden, not_found, conflict "numbering.year_closed", "numbering.year_not_over",
/// "numbering.still_open".
Result<void> close(const Scope&, db::Transaction&, BookId);

enum class NumberState { used, held, reserved, cancelled };
BOOST_DESCRIBE_ENUM(NumberState, used, held, reserved, cancelled)

struct Row {
    std::int64_t number = 0;
    NumberState state = NumberState::used;
    RecordId record;
    std::optional<std::string> reason;
    Instant changed_at;
    PersonId person;
};

/// A book with what a clerk must know of it.
struct Book {
    BookId id;
    BookKey key;
    std::int64_t first = 1;
    std::int64_t last = 0;  ///< 0: no number yet
    std::optional<Instant> closed_at;
    PersonId closed_by;
    std::vector<Row> held, reserved, cancelled;
};
/// The books of a register and year in the scope's agency, by label; with the ones that never restart.
Result<std::vector<Book>> books(const Scope&, db::Reader&, RegisterId, int year);
/// One book of the scope's agency. Errors: not_found.
Result<Book> book(const Scope&, db::Reader&, BookId);
/// Has it given or set aside a number, or was it opened before?
Result<bool> is_open(db::Reader&, const BookKey&);
/// What became of each number, ascending, from `after` on; for the printed register.
Result<std::vector<Row>> rows(const Scope&, db::Reader&, BookId, std::int64_t after, int limit);
/// The next number this book would give; for showing, not for keeping.
Result<std::int64_t> next(db::Reader&, const BookKey&);
/// The numbers set aside in this book and not used yet, ascending, each with its reason.
Result<std::vector<Row>> reserved(db::Reader&, const BookKey&);
/// The number a record has or holds; empty when none.
Result<std::vector<std::pair<Number, NumberState>>> of_record(db::Reader&, RecordId);

/// The number a record took in the book of this part, whichever the year; of its register and agency.
Result<std::optional<Number>> taken(db::Reader&, const BookKey&, RecordId);

/// What should never be: a number without a row, a row outside the book, a record with two numbers, a used number of no
/// record.
struct Fault {
    std::int64_t number = 0;
    std::string kind;  ///< missing, beyond, no_record, twice
};
Result<std::vector<Fault>> gaps(db::Reader&, BookId);

/// "{n:02}/{kind.abbreviation}-{unit.abbreviation}" with n, year and the named values; "{{" is a brace. {n:02} has at
/// least two digits. Errors: invalid "numbering.bad_pattern" with {position}, "numbering.no_value" with {name}.
Result<std::string> format(std::string_view pattern, std::int64_t n, int year,
                           const std::map<std::string, std::string, std::less<>>& values);
/// The names a pattern uses beside n and year. Errors: invalid "numbering.bad_pattern" (also a pattern without n).
Result<std::vector<std::string>> names(std::string_view pattern);

}  // namespace numbering
