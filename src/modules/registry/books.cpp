#include "modules/registry/books.h"

#include "core/numbering/numbering.h"

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

boost::json::array numbers(const std::vector<numbering::Row>& rows, records::Shown& shown) {
    boost::json::array list;
    for (const numbering::Row& row : rows) {
        Object item{{"number", row.number}, {"at", to_string(row.changed_at)}};
        if (row.reason) item["reason"] = *row.reason;
        if (row.record) item["record"] = row.record.value;
        if (row.person) item["by"] = shown.person(row.person.value).value_or("");
        list.push_back(std::move(item));
    }
    return list;
}

Result<Object> book_json(const Scope& scope, db::Reader& reader, const numbering::Book& book) {
    records::Shown shown(scope, reader);
    Object json{{"book", book.id.value},
                {"label", book.key.label},
                {"year", book.key.year},
                {"first", book.first},
                {"last", book.last},
                {"held", numbers(book.held, shown)},
                {"reserved", numbers(book.reserved, shown)},
                {"cancelled", numbers(book.cancelled, shown)}};
    boost::json::array gaps;
    for (const numbering::Fault& fault : TRY(numbering::gaps(reader, book.id)))
        gaps.push_back({{"number", fault.number}, {"kind", fault.kind}});
    json["gaps"] = std::move(gaps);
    if (book.closed_at) json["closed_at"] = to_string(*book.closed_at);
    if (book.closed_by) json["closed_by"] = TRY(shown.person(book.closed_by.value));
    return json;
}

Result<std::vector<Object>> list(const Engine& engine, Asking& asking) {
    const auto declaration = engine.catalogue.find(asking.place("register"));
    if (!declaration)
        return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", asking.place("register")}});
    const int year = static_cast<int>(TRY(asking.number("year", asking.scope.today.year(), 1900, 2200)));
    std::vector<Object> items;
    for (const numbering::Book& book : TRY(numbering::books(asking.scope, asking.reader, declaration->id, year)))
        items.push_back(TRY(book_json(asking.scope, asking.reader, book)));
    return items;
}

Result<numbering::Book> book(Changing& changing) {
    return numbering::book(changing.scope, changing.tx, TRY(changing.id<numbering::BookId>("book")));
}

}  // namespace

void book_routes(service::Routes& routes, const Engine& engine) {
    constexpr auto keep = service::may("number_books");
    routes.get<std::vector<Object>>(
        "/api/registers/{register}/books", service::may("use"), [&engine](Asking& a) { return list(engine, a); },
        "The number books of a year, with gaps");
    routes.post<Reserve, Object>(
        "/api/registers/{register}/books/{book}/reservations", keep,
        [](Changing& c, const Reserve& sent) -> Result<Object> {
            const auto found = TRY(book(c));
            TRY(numbering::reserve(c.scope, c.tx, found.key,
                                   static_cast<int>(std::clamp<std::int64_t>(sent.count, 0, 1'000)), sent.reason));
            return book_json(c.scope, c.tx, TRY(book(c)));
        },
        "Set numbers aside", 201);
    routes.post<Cancel, Object>(
        "/api/registers/{register}/books/{book}/cancellations", keep,
        [&engine](Changing& c, const Cancel& sent) -> Result<Object> {
            const auto found = TRY(book(c));
            TRY(records::cancel_number(c.scope, c.tx, engine, {found.id, sent.number}, sent.reason));
            return book_json(c.scope, c.tx, TRY(book(c)));
        },
        "Cancel a number, with the reason that is printed", 201);
    routes.post<service::Nothing, Object>(
        "/api/registers/{register}/books/{book}/closing", keep,
        [](Changing& c, const service::Nothing&) -> Result<Object> {
            const auto found = TRY(book(c));
            TRY(numbering::close(c.scope, c.tx, found.id));
            return book_json(c.scope, c.tx, TRY(book(c)));
        },
        "Sign the year off", 201);
}

}  // namespace registry
