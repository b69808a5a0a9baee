#include "db/migrate.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/log.h"
#include "db/errors.h"
#include "db/lexer.h"

namespace db {
namespace {

constexpr Sql create_table{
    "migrate.create_table",
    "create table if not exists schema_version ("
    "number integer primary key, name text not null, hash text not null, applied_at integer not null) strict",
    "create table if not exists schema_version (number bigint primary key, "
    "name text collate \"C\" not null, hash text collate \"C\" not null, applied_at bigint not null)"};
constexpr Sql select_applied{"migrate.select_applied", "select number, name, hash from schema_version order by number"};
constexpr Sql insert_applied{"migrate.insert_applied",
                             "insert into schema_version (number, name, hash, applied_at) values (?1, ?2, ?3, ?4)"};

struct Applied {
    std::string name;
    std::string hash;
};
using AppliedByNumber = std::map<std::int64_t, Applied>;

Result<AppliedByNumber> applied_in(Database& database) {
    const auto reader = TRY(database.read());
    AppliedByNumber all;
    for (const Row& row : TRY(reader->rows(select_applied))) all[row.integer(0)] = {row.text(1), row.text(2)};
    return all;
}

Error refuse(std::string_view message, const std::string& name) {
    Error error = error_of(ErrorCode::conflict, message, name);
    error.arguments = {{"name", name}};
    return error;
}

Result<void> compare(const AppliedByNumber& applied, const std::vector<Migration>& known) {
    for (const auto& [number, there] : applied) {
        const auto found = std::ranges::find(known, number, &Migration::number);
        if (found == known.end()) return std::unexpected(refuse("db.schema_too_new", there.name));
        if (found->hash != there.hash) return std::unexpected(refuse("db.schema_changed", there.name));
    }
    return {};
}

Result<void> apply(Database& database, const Migration& migration) {
    return database.write_now([&](Transaction& tx) -> Result<void> {
        for (const std::string& statement : migration.statements) TRY(tx.execute(Sql{migration.name, statement, {}}));
        TRY(tx.execute(insert_applied, migration.number, migration.name, migration.hash, tx.now()));
        return {};
    });
}

/// "migrations/0007_add_seal.sqlite.sql" → {"0007_add_seal", ".sqlite"}
struct Name {
    std::string stem;
    std::string engine;
};
Name name_of(std::string_view path) {
    path = path.substr(path.rfind('/') + 1);
    if (path.ends_with(".sql")) path.remove_suffix(4);
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) return {std::string(path), ""};
    return {std::string(path.substr(0, dot)), std::string(path.substr(dot))};
}

std::int64_t number_of(std::string_view stem) {
    std::int64_t number = 0;
    std::size_t digits = 0;
    while (digits < stem.size() && digits < 9 && stem[digits] >= '0' && stem[digits] <= '9')
        number = number * 10 + (stem[digits++] - '0');
    return digits > 0 && digits < stem.size() && stem[digits] == '_' ? number : 0;
}

}  // namespace

std::string fingerprint(std::string_view text) {
    __extension__ using Wide = unsigned __int128;
    const Wide prime = (static_cast<Wide>(1) << 88) + 0x13B;
    Wide hash = (static_cast<Wide>(0x6c62272e07bb0142ULL) << 64) + 0x62b821756295c58dULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
    return fmt::format("{:016x}{:016x}", static_cast<std::uint64_t>(hash >> 64), static_cast<std::uint64_t>(hash));
}

Result<std::vector<Migration>> migrations_of(Engine engine, std::span<const Resource> files) {
    const std::string_view own = engine == Engine::sqlite ? ".sqlite" : ".postgresql";
    std::vector<Migration> all;
    for (const Resource& file : files) {
        const Name name = name_of(file.path);
        if (!name.engine.empty() && name.engine != ".sqlite" && name.engine != ".postgresql") {
            return fail_internal(named(file.path, "is for no engine"));
        }
        if (!name.engine.empty() && name.engine != own) continue;
        Migration migration{number_of(name.stem), name.stem, fingerprint(file.bytes), statements(file.bytes)};
        if (migration.number == 0) return fail_internal(named(file.path, "has no number"));
        if (name.engine.empty()) {
            for (std::string& statement : migration.statements) statement = translate_ddl(engine, statement);
        }
        all.push_back(std::move(migration));
    }
    std::ranges::sort(all, {}, &Migration::number);
    const auto twice = std::ranges::adjacent_find(all, {}, &Migration::number);
    if (twice != all.end()) return fail_internal(named(twice->name, "its number stands twice"));
    return all;
}

Result<int> migrate(Database& database, std::span<const Resource> files) {
    const std::vector<Migration> known = TRY(migrations_of(database.engine(), files));
    const auto create = [](Transaction& tx) { return tx.execute(create_table); };
    // PostgreSQL refuses one of two servers that make it at the same moment; then it is there.
    if (!database.write_now(create)) TRY(database.write_now(create));
    AppliedByNumber applied = TRY(applied_in(database));
    TRY(compare(applied, known));
    int count = 0;
    for (const Migration& migration : known) {
        if (applied.contains(migration.number)) continue;
        const auto done = apply(database, migration);
        if (done) {
            logging::info("db.migrated", {{"name", migration.name}});
            ++count;
            continue;
        }
        // Another server on the same store may have been quicker.
        applied = TRY(applied_in(database));
        if (!applied.contains(migration.number)) return std::unexpected(done.error());
        TRY(compare(applied, known));
    }
    return count;
}

Result<int> migrate(Database& database) {
    return migrate(database, resources::under("migrations/"));
}

}  // namespace db
