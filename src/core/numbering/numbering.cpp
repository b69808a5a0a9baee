#include "core/numbering/numbering.h"

#include <set>

#include "base/text.h"
#include "core/journal/journal.h"
#include "core/numbering/store.h"

namespace numbering {
namespace {

constexpr std::size_t longest_reason = 500;
constexpr int most_reserved = 100;

std::unexpected<Error> closed(int year) {
    return fail(ErrorCode::conflict, "numbering.year_closed", {}, {{"year", std::to_string(year)}});
}

std::unexpected<Error> unknown() {
    return fail(ErrorCode::not_found, "numbering.not_found");
}

Result<std::string> clean_reason(std::string_view raw) {
    std::string reason = TRY(clean_text(raw));
    if (reason.empty()) return fail(ErrorCode::invalid, "numbering.no_reason", "reason");
    if (length(reason) > longest_reason)
        return fail(ErrorCode::invalid, "numbering.reason_too_long", "reason",
                    {{"limit", std::to_string(longest_reason)}});
    return reason;
}

/// Reserving, cancelling and closing are the clerk's, in the books of the own agency.
Result<void> require_keeper(const Scope& scope, AgencyId agency) {
    if (agency != scope.agency) return unknown();
    if (!scope.may("number_books")) return fail(ErrorCode::forbidden, "numbering.may_not_keep");
    return {};
}

Result<Number> advance(db::Transaction& tx, const BookKey& key, int count) {
    const std::optional<Number> taken = TRY(store::advance(tx, key, count));
    if (!taken) return closed(key.year);
    return *taken;
}

/// The number's row, in a book that is not closed.
Result<store::Kept> changeable(db::Reader& reader, Number number) {
    const std::optional<store::Kept> kept = TRY(store::find(reader, number));
    if (!kept) return unknown();
    if (kept->closed_at) {
        const std::optional<Book> book = TRY(store::find_book(reader, number.book));
        return closed(book ? book->key.year : 0);
    }
    return *kept;
}

Result<store::Kept> require_held(db::Reader& reader, Number number, RecordId record) {
    const store::Kept kept = TRY(changeable(reader, number));
    if (kept.row.state == NumberState::held && kept.row.record == record) return kept;
    return fail(ErrorCode::conflict, "numbering.not_held", {}, {{"number", std::to_string(number.number)}});
}

Result<void> write_down(const Scope& scope, db::Transaction& tx, std::string_view action, Number number,
                        RecordId record, boost::json::object details = {}) {
    details["book"] = number.book.value;
    details["number"] = number.number;
    TRY(journal::write(scope, tx, {.action = action, .record = record, .details = std::move(details)}));
    return {};
}

}  // namespace

Result<Number> take(const Scope& scope, db::Transaction& tx, const BookKey& key, RecordId record) {
    const Number number = TRY(advance(tx, key, 1));
    TRY(store::insert(tx, number, NumberState::used, record, {}, scope.person));
    return number;
}

Result<Number> hold(const Scope& scope, db::Transaction& tx, const BookKey& key, RecordId record) {
    if (const std::optional<Number> again = TRY(held(tx, key, record))) return *again;
    const Number number = TRY(advance(tx, key, 1));
    TRY(store::insert(tx, number, NumberState::held, record, {}, scope.person));
    TRY(write_down(scope, tx, "number.held", number, record));
    return number;
}

Result<std::optional<Number>> held(db::Reader& reader, const BookKey& key, RecordId record) {
    const std::optional<BookId> book = TRY(store::find_book(reader, key));
    if (!book) return std::optional<Number>();
    return store::held(reader, *book, record);
}

Result<void> use_held(const Scope& scope, db::Transaction& tx, Number number, RecordId record) {
    TRY(require_held(tx, number, record));
    TRY(store::change(tx, number, NumberState::used, record, {}, scope.person));
    return write_down(scope, tx, "number.used", number, record);
}

Result<void> give_up(const Scope& scope, db::Transaction& tx, Number number, RecordId record, std::string_view raw) {
    const std::string reason = TRY(clean_reason(raw));
    TRY(require_held(tx, number, record));
    TRY(store::change(tx, number, NumberState::cancelled, record, reason, scope.person));
    return write_down(scope, tx, "number.cancelled", number, record, {{"was", "held"}});
}

Result<std::vector<Number>> reserve(const Scope& scope, db::Transaction& tx, const BookKey& key, int count,
                                    std::string_view raw) {
    TRY(require_keeper(scope, key.agency));
    const std::string reason = TRY(clean_reason(raw));
    if (count < 1 || count > most_reserved)
        return fail(ErrorCode::invalid, "numbering.bad_count", "count", {{"limit", std::to_string(most_reserved)}});
    const Number last = TRY(advance(tx, key, count));
    std::vector<Number> reserved;
    for (std::int64_t n = last.number - count + 1; n <= last.number; ++n) {
        reserved.push_back({last.book, n});
        TRY(store::insert(tx, reserved.back(), NumberState::reserved, {}, reason, scope.person));
    }
    TRY(write_down(scope, tx, "number.reserved", reserved.front(), {}, {{"count", count}}));
    return reserved;
}

Result<std::vector<Row>> reserved(db::Reader& reader, const BookKey& key) {
    const std::optional<BookId> book = TRY(store::find_book(reader, key));
    if (!book) return std::vector<Row>();
    return store::rows_in(reader, *book, NumberState::reserved);
}

Result<Number> take_reserved(const Scope& scope, db::Transaction& tx, const BookKey& key, std::int64_t n,
                             RecordId record) {
    const auto refused = fail(ErrorCode::conflict, "numbering.not_reserved", "number", {{"number", std::to_string(n)}});
    const std::optional<BookId> book = TRY(store::find_book(tx, key));
    if (!book) return refused;
    const Number number{*book, n};
    const std::optional<store::Kept> kept = TRY(store::find(tx, number));
    if (kept && kept->closed_at) return closed(key.year);
    if (!TRY(store::use_reserved(tx, number, record, scope.person))) return refused;
    TRY(write_down(scope, tx, "number.used", number, record, {{"was", "reserved"}}));
    return number;
}

Result<void> cancel(const Scope& scope, db::Transaction& tx, Number number, std::string_view raw) {
    const store::Kept kept = TRY(changeable(tx, number));
    TRY(require_keeper(scope, kept.agency));
    const std::string reason = TRY(clean_reason(raw));
    if (kept.row.state == NumberState::cancelled)
        return fail(ErrorCode::conflict, "numbering.cancelled_already", {},
                    {{"number", std::to_string(number.number)}});
    TRY(store::change(tx, number, NumberState::cancelled, kept.row.record, reason, scope.person));
    return write_down(scope, tx, "number.cancelled", number, kept.row.record, {{"was", enum_name(kept.row.state)}});
}

Result<BookId> begin_at(const Scope& scope, db::Transaction& tx, const BookKey& key, std::int64_t first) {
    TRY(require_keeper(scope, key.agency));
    if (first < 1 || first > 10'000'000) return fail(ErrorCode::invalid, "numbering.bad_first", "first");
    const std::optional<BookId> opened = TRY(store::open_at(tx, key, first));
    if (!opened) return fail(ErrorCode::conflict, "numbering.begun");
    TRY(write_down(scope, tx, "number.book_begun", {*opened, first}, {}));
    return *opened;
}

Result<void> close(const Scope& scope, db::Transaction& tx, BookId id) {
    const Book closing = TRY(book(scope, tx, id));
    TRY(require_keeper(scope, closing.key.agency));
    if (closing.closed_at) return closed(closing.key.year);
    if (closing.key.year == 0 || closing.key.year >= scope.today.year())
        return fail(ErrorCode::conflict, "numbering.year_not_over", {}, {{"year", std::to_string(closing.key.year)}});
    if (const std::int64_t open = TRY(store::open_numbers(tx, id)); open > 0)
        return fail(ErrorCode::conflict, "numbering.still_open", {}, {{"count", std::to_string(open)}});
    if (!TRY(store::close(tx, id, scope.person))) return closed(closing.key.year);
    return write_down(scope, tx, "number.book_closed", {id, closing.last}, {}, {{"year", closing.key.year}});
}

Result<std::vector<Book>> books(const Scope& scope, db::Reader& reader, RegisterId register_id, int year) {
    std::vector<Book> all = TRY(store::books(reader, register_id, scope.agency, year));
    for (Book& one : all) {
        one.held = TRY(store::rows_in(reader, one.id, NumberState::held));
        one.reserved = TRY(store::rows_in(reader, one.id, NumberState::reserved));
        one.cancelled = TRY(store::rows_in(reader, one.id, NumberState::cancelled));
    }
    return all;
}

Result<Book> book(const Scope& scope, db::Reader& reader, BookId id) {
    std::optional<Book> found = TRY(store::find_book(reader, id));
    if (!found || found->key.agency != scope.agency) return unknown();
    return *std::move(found);
}

Result<bool> is_open(db::Reader& reader, const BookKey& key) {
    return TRY(store::find_book(reader, key)).has_value();
}

Result<std::vector<Row>> rows(const Scope& scope, db::Reader& reader, BookId id, std::int64_t after, int limit) {
    TRY(book(scope, reader, id));
    return store::rows_after(reader, id, after, limit);
}

Result<std::int64_t> next(db::Reader& reader, const BookKey& key) {
    const std::optional<BookId> id = TRY(store::find_book(reader, key));
    if (!id) return 1;
    const std::optional<Book> found = TRY(store::find_book(reader, *id));
    return found && found->last > 0 ? found->last + 1 : found ? found->first : 1;
}

Result<std::optional<Number>> taken(db::Reader& reader, const BookKey& key, RecordId record) {
    for (const auto& [number, state] : TRY(store::of_record(reader, record))) {
        const std::optional<Book> found = TRY(store::find_book(reader, number.book));
        if (state == NumberState::used && found && found->key.part == key.part && found->key.agency == key.agency &&
            found->key.register_id == key.register_id)
            return std::optional(number);
    }
    return std::optional<Number>();
}

Result<std::vector<std::pair<Number, NumberState>>> of_record(db::Reader& reader, RecordId record) {
    return store::of_record(reader, record);
}

Result<std::vector<Fault>> gaps(db::Reader& reader, BookId id) {
    const std::optional<Book> found = TRY(store::find_book(reader, id));
    if (!found) return unknown();
    std::vector<Fault> faults;
    std::set<std::int64_t> records;
    std::int64_t expected = found->first;
    constexpr int page = 1000;
    for (std::int64_t after = -1;;) {
        const std::vector<Row> numbers = TRY(store::rows_after(reader, id, after, page));
        for (const Row& row : numbers) {
            after = row.number;
            for (; expected < row.number && expected <= found->last; ++expected)
                faults.push_back({expected, "missing"});
            if (row.number < found->first || row.number > found->last) faults.push_back({row.number, "beyond"});
            expected = std::max(expected, row.number + 1);
            if (row.state != NumberState::used) continue;
            if (!row.record)
                faults.push_back({row.number, "no_record"});
            else if (!records.insert(row.record.value).second)
                faults.push_back({row.number, "twice"});
        }
        if (numbers.size() < page) break;
    }
    for (; expected <= found->last; ++expected) faults.push_back({expected, "missing"});
    return faults;
}

}  // namespace numbering
