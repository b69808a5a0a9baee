#include "db/database.h"

#include "db/errors.h"
#include "db/postgres/store.h"
#include "db/sqlite/store.h"

namespace db {
namespace {

Result<void> usable(const Query& query) {
    if (query.poisoned()) return fail_internal(named(query.name(), "a name in it is not an identifier"));
    return {};
}

}  // namespace

Result<Rows> Reader::rows(const Query& query) {
    TRY(usable(query));
    return run(query.name(), query.text(), query.values());
}

Result<std::optional<Row>> Reader::row(const Query& query) {
    Rows all = TRY(rows(query));
    if (all.empty()) return std::optional<Row>();
    return std::optional<Row>(std::move(all.front()));
}

Result<void> Reader::each(const Query& query, const std::function<Result<void>(const Row&)>& visit) {
    TRY(usable(query));
    return run_each(query.name(), query.text(), query.values(), visit);
}

Result<std::int64_t> Transaction::execute(const Query& query) {
    TRY(usable(query));
    return change(query.name(), query.text(), query.values());
}

Result<std::int64_t> Transaction::insert(const Query& query) {
    const auto first = TRY(row(query));
    if (!first) return fail_internal(named(query.name(), "no id returned"));
    return first->integer(0);
}

Result<std::unique_ptr<Database>> Database::open(const Settings& settings) {
    if (settings.address.starts_with("postgresql://") || settings.address.starts_with("postgres://"))
        return postgres::open(settings);
    return sqlite::open(settings);
}

}  // namespace db
