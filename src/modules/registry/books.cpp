#include "modules/registry/books.h"

#include "core/numbering/numbering.h"
#include "core/records/books.h"

namespace registry {

namespace {

using records::Engine;
using service::Asking;
using service::Changing;
using service::Object;

struct Reserve {
    std::int64_t count = 1;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Reserve, (), (count, reason))

struct Cancel {
    std::int64_t number = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Cancel, (), (number, reason))

struct NewBook {
    std::string part;                   ///< as it was offered
    std::optional<std::int64_t> first;  ///< 1 when absent; more where the book was kept on paper until now
};
BOOST_DESCRIBE_STRUCT(NewBook, (), (part, first))

struct UnopenedBook {
    std::string part;
    std::string label;
    int year = 0;
};
BOOST_DESCRIBE_STRUCT(UnopenedBook, (), (part, label, year))

Result<boost::json::array> numbers(const Scope& scope, db::Reader& reader, const std::vector<numbering::Row>& rows,
                                   records::Shown& shown) {
    std::vector<RecordId> records;
    for (const numbering::Row& row : rows)
        if (row.record) records.push_back(row.record);
    const auto seen = TRY(rights::filter(scope, reader, records));
    boost::json::array list;
    for (const numbering::Row& row : rows) {
        Object item{{"number", row.number}, {"at", to_string(row.changed_at)}};
        if (row.reason) item["reason"] = *row.reason;
        if (std::ranges::find(seen, row.record) != seen.end()) item["record"] = row.record.value;
        if (row.person) item["by"] = shown.person(row.person.value, row.changed_at).value_or("");
        list.push_back(std::move(item));
    }
    return list;
}

Result<Object> book_json(const Engine& engine, const Scope& scope, db::Reader& reader, const numbering::Book& book) {
    records::Shown shown(scope, reader);
    const std::string label = TRY(records::book_label(scope, reader, engine, book.key));
    Object json{
        {"book", book.id.value}, {"label", label}, {"year", book.key.year}, {"first", book.first}, {"last", book.last}};
    json["held"] = TRY(numbers(scope, reader, book.held, shown));
    json["reserved"] = TRY(numbers(scope, reader, book.reserved, shown));
    json["cancelled"] = TRY(numbers(scope, reader, book.cancelled, shown));
    boost::json::array gaps;
    for (const numbering::Fault& fault : TRY(numbering::gaps(reader, book.id)))
        gaps.push_back({{"number", fault.number}, {"kind", fault.kind}});
    json["gaps"] = std::move(gaps);
    if (book.closed_at) json["closed_at"] = to_string(*book.closed_at);
    if (book.closed_by) json["closed_by"] = TRY(shown.person(book.closed_by.value, book.closed_at));
    return json;
}

Result<std::vector<Object>> list(const Engine& engine, Asking& asking) {
    const auto declaration = engine.catalogue.find(asking.place("register"));
    if (!declaration)
        return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", asking.place("register")}});
    const int year = static_cast<int>(TRY(asking.number("year", asking.scope.today.year(), 1900, 2200)));
    if (!TRY(may_read_books(asking.scope, asking.reader, *declaration)))
        return fail(ErrorCode::forbidden, "registry.may_not_see_books");
    std::vector<Object> items;
    const auto books = TRY(numbering::books(asking.scope, asking.reader, declaration->id, year));
    for (const numbering::Book& book : books)
        if (records::secrecy_of_book(engine, book.key) <= asking.scope.clearance)
            items.push_back(TRY(book_json(engine, asking.scope, asking.reader, book)));
    return items;
}

/// The books of the register that the scope is cleared for. Errors: not_found (register).
Result<std::vector<numbering::BookKey>> possible(const Engine& engine, const Scope& scope, db::Reader& reader,
                                                 const std::string& code) {
    const auto declaration = engine.catalogue.find(code);
    if (!declaration) return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", code}});
    auto keys = TRY(records::possible_books(scope, reader, *declaration));
    std::erase_if(keys, [&](const auto& key) { return records::secrecy_of_book(engine, key) > scope.clearance; });
    return keys;
}

Result<std::vector<UnopenedBook>> unopened(const Engine& engine, Asking& asking) {
    std::vector<UnopenedBook> list;
    for (const numbering::BookKey& key : TRY(possible(engine, asking.scope, asking.reader, asking.place("register")))) {
        if (TRY(numbering::is_open(asking.reader, key))) continue;
        list.push_back({key.part, TRY(records::book_label(asking.scope, asking.reader, engine, key)), key.year});
    }
    return list;
}

Result<Object> open_book(const Engine& engine, Changing& changing, const NewBook& sent) {
    const auto keys = TRY(possible(engine, changing.scope, changing.tx, changing.place("register")));
    const auto key = std::ranges::find(keys, sent.part, &numbering::BookKey::part);
    if (key == keys.end()) return fail(ErrorCode::not_found, "numbering.not_found", "part");
    const numbering::BookId id = TRY(numbering::begin_at(changing.scope, changing.tx, *key, sent.first.value_or(1)));
    return book_json(engine, changing.scope, changing.tx, TRY(numbering::book(changing.scope, changing.tx, id)));
}

/// The book of the path, whole as it is now. Errors: not_found, also for one of another register or above the
/// clearance.
Result<numbering::Book> book(const Engine& engine, Changing& changing) {
    const auto id = TRY(changing.id<numbering::BookId>("book"));
    const auto found = TRY(numbering::book(changing.scope, changing.tx, id));
    const auto declaration = engine.catalogue.find(changing.place("register"));
    if (!declaration || declaration->id != found.key.register_id ||
        records::secrecy_of_book(engine, found.key) > changing.scope.clearance)
        return fail(ErrorCode::not_found, "numbering.not_found");
    const auto books = TRY(numbering::books(changing.scope, changing.tx, declaration->id, found.key.year));
    const auto whole = std::ranges::find(books, id, &numbering::Book::id);
    return whole == books.end() ? found : *whole;
}

}  // namespace

Result<bool> may_read_books(const Scope& scope, db::Reader& reader, const registers::Declaration& declaration) {
    if (scope.may("number_books") || scope.may("calendar") || scope.may("journal")) return true;
    return rights::may_create(scope, reader, declaration);
}

void book_routes(service::Routes& routes, const Engine& engine) {
    constexpr auto keep = service::may("number_books");
    routes.get<std::vector<Object>>(
        "/api/registers/{register}/books", service::may("use"), [&engine](Asking& a) { return list(engine, a); },
        "The number books of a year, with gaps");
    routes.asks("/api/registers/{register}/books", {service::query::number("year", "This year's when silent", 1900)});
    routes.get<std::vector<UnopenedBook>>(
        "/api/registers/{register}/books/unopened", keep, [&engine](Asking& a) { return unopened(engine, a); },
        "The number books of this year that have given no number and were not opened");
    routes.post<NewBook, Object>(
        "/api/registers/{register}/books", keep,
        [&engine](Changing& c, const NewBook& sent) { return open_book(engine, c, sent); },
        "Open a number book before its first number", 201);
    routes.post<Reserve, Object>(
        "/api/registers/{register}/books/{book}/reservations", keep,
        [&engine](Changing& c, const Reserve& sent) -> Result<Object> {
            const auto found = TRY(book(engine, c));
            TRY(numbering::reserve(c.scope, c.tx, found.key,
                                   static_cast<int>(std::clamp<std::int64_t>(sent.count, 0, 1'000)), sent.reason));
            return book_json(engine, c.scope, c.tx, TRY(book(engine, c)));
        },
        "Set numbers aside", 201);
    routes.post<Cancel, Object>(
        "/api/registers/{register}/books/{book}/cancellations", keep,
        [&engine](Changing& c, const Cancel& sent) -> Result<Object> {
            const auto found = TRY(book(engine, c));
            TRY(records::cancel_number(c.scope, c.tx, engine, {found.id, sent.number}, sent.reason));
            return book_json(engine, c.scope, c.tx, TRY(book(engine, c)));
        },
        "Cancel a number, with the reason that is printed", 201);
    routes.post<service::Nothing, Object>(
        "/api/registers/{register}/books/{book}/closing", keep,
        [&engine](Changing& c, const service::Nothing&) -> Result<Object> {
            const auto found = TRY(book(engine, c));
            TRY(numbering::close(c.scope, c.tx, found.id));
            return book_json(engine, c.scope, c.tx, TRY(book(engine, c)));
        },
        "Sign the year off", 201);
}

}  // namespace registry
