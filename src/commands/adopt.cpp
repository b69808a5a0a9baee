#include <fstream>
#include <sstream>

#include "commands/archive.h"
#include "commands/office.h"
#include "db/postgres/backup.h"

namespace commands {

namespace {

namespace fs = std::filesystem;

constexpr db::Sql tables{"commands.tables", R"(
    select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind in ('r', 'p', 'v', 'S'))"};
constexpr db::Sql drop_all{"commands.drop_all", "drop schema public cascade"};
constexpr db::Sql begin_anew{"commands.begin_anew", "create schema public"};

bool is_sqlite(const fs::path& store) {
    std::ifstream in(store, std::ios::binary);
    char head[16] = {};
    in.read(head, sizeof head);
    return std::string_view(head, 15) == "SQLite format 3";
}

}  // namespace

Result<void> adopt_store(const fs::path& folder, const std::string& database) {
    std::ifstream in(folder / "congvu.json");
    std::stringstream text;
    text << in.rdbuf();
    boost::system::error_code error;
    auto settings = boost::json::parse(text.str(), error);
    if (error || !settings.is_object())
        return fail(ErrorCode::corrupt, "commands.bad_settings", {}, {{"file", "congvu.json"}});
    settings.as_object()["database"] = database;
    std::error_code failed;
    if (is_sqlite(folder / "store")) {
        if (!database.empty()) return fail(ErrorCode::invalid, "commands.other_engine");
        fs::rename(folder / "store", folder / "congvu.db", failed);
        if (failed) return fail(ErrorCode::unavailable, "files.disk");
    } else {
        if (database.empty()) return fail(ErrorCode::invalid, "commands.needs_database");
        TRY(db::postgres::restore(database, folder / "store"));
        fs::remove(folder / "store", failed);
    }
    std::ofstream out(folder / "congvu.json", std::ios::trunc);
    out << boost::json::serialize(settings) << "\n";
    out.flush();
    return out ? Result<void>() : fail(ErrorCode::unavailable, "files.disk");
}

Result<void> require_empty(const std::string& address) {
    if (!address.starts_with("postgresql://") && !address.starts_with("postgres://"))
        return fail(ErrorCode::invalid, "commands.not_postgresql");
    const auto database = TRY(db::Database::open({.address = address}));
    const auto reader = TRY(database->read());
    if (TRY(reader->row(tables))->integer(0) == 0) return {};
    return fail(ErrorCode::conflict, "commands.database_in_use");
}

Result<void> make_empty(const std::string& address) {
    const auto database = TRY(db::Database::open({.address = address}));
    return database->write_now([](db::Transaction& tx) -> Result<void> {
        TRY(tx.execute(drop_all));
        TRY(tx.execute(begin_anew));
        return {};
    });
}

}  // namespace commands
