#include "core/registers/store.h"

namespace registers::store {
namespace {

constexpr db::Sql select_registers{"registers.all",
                                   "select id, code, current_version, shipped from register order by code"};
constexpr db::Sql select_register{"registers.find",
                                  "select id, code, current_version, shipped from register where code = ?1"};
constexpr db::Sql select_versions{"registers.versions", R"(
    select version, declaration, published_by from register_version where register_id = ?1 order by version)"};
constexpr db::Sql select_fields{"registers.fields", R"(
    select field_id, code, type, column_name, since_version, until_version, locked
    from register_field where register_id = ?1 order by field_id)"};
constexpr db::Sql select_choice{"registers.has_choices", "select 1 from choice where list = ?1 limit 1"};
constexpr db::Sql records_in_state{"registers.count_in_state", R"(
    select count(*) from record where register_id = ?1 and state = ?2 and erased_at is null)"};
constexpr db::Sql insert_register{"registers.insert",
                                  "insert into register (code, shipped) values (?1, ?2) returning id"};
constexpr db::Sql insert_version_row{"registers.insert_version", R"(
    insert into register_version (register_id, version, declaration, hash, published_at, published_by)
    values (?1, ?2, ?3, ?4, ?5, ?6))"};
constexpr db::Sql upsert_field{"registers.put_field", R"(
    insert into register_field (register_id, field_id, code, type, column_name, since_version, until_version, locked)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    on conflict (register_id, field_id) do update set until_version = excluded.until_version, locked = excluded.locked)"};
constexpr db::Sql update_current{"registers.set_current", "update register set current_version = ?2 where id = ?1"};

constexpr db::Sql set_own{"registers.keep_own", "update register set shipped = 0 where id = ?1"};

/// FNV-1a: tells one text from another at a glance. What was published is proved by the journal, not by this.
std::string hash_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return fmt::format("{:016x}", hash);
}

RegisterRow register_of(const db::Row& row) {
    return {row.id<struct RegisterNoun>(0), row.text(1), static_cast<int>(row.integer(2)), row.boolean(3)};
}

}  // namespace

Result<std::vector<RegisterRow>> registers(db::Reader& reader) {
    std::vector<RegisterRow> found;
    for (const db::Row& row : TRY(reader.rows(select_registers))) found.push_back(register_of(row));
    return found;
}

Result<std::optional<RegisterRow>> find(db::Reader& reader, std::string_view code) {
    const auto row = TRY(reader.row(select_register, code));
    return row ? std::optional(register_of(*row)) : std::nullopt;
}

Result<std::vector<VersionRow>> versions(db::Reader& reader, RegisterId id) {
    std::vector<VersionRow> found;
    for (const db::Row& row : TRY(reader.rows(select_versions, id)))
        found.push_back({static_cast<int>(row.integer(0)), row.text(1), row.id<struct AccountNoun>(2)});
    return found;
}

Result<std::vector<FieldRow>> fields(db::Reader& reader, RegisterId id) {
    std::vector<FieldRow> found;
    for (const db::Row& row : TRY(reader.rows(select_fields, id))) {
        FieldRow field{row.integer(0), row.text(1), row.text(2), row.text(3), static_cast<int>(row.integer(4)), {},
                       row.boolean(6)};
        if (!row.is_null(5)) field.until = static_cast<int>(row.integer(5));
        found.push_back(std::move(field));
    }
    return found;
}

Result<std::int64_t> count_in_state(db::Reader& reader, RegisterId id, std::string_view state) {
    const auto row = TRY(reader.row(records_in_state, id, state));
    return row ? row->integer(0) : 0;
}

Result<bool> has_choices(db::Reader& reader, std::string_view list) {
    return TRY(reader.row(select_choice, list)).has_value();
}

Result<RegisterId> insert(db::Transaction& tx, std::string_view code, bool shipped) {
    return RegisterId{TRY(tx.insert(insert_register, code, shipped))};
}

Result<void> insert_version(const Scope& scope, db::Transaction& tx, RegisterId id, int version,
                            std::string_view text) {
    TRY(tx.execute(insert_version_row, id, version, text, hash_of(text), tx.now(), scope.account));
    return {};
}

Result<void> put_field(db::Transaction& tx, RegisterId id, const FieldRow& field) {
    TRY(tx.execute(upsert_field, id, field.id, field.code, field.type, field.column, field.since, field.until,
                   field.locked));
    return {};
}

Result<void> set_current(db::Transaction& tx, RegisterId id, int version) {
    TRY(tx.execute(update_current, id, version));
    return {};
}

Result<void> keep_own(db::Transaction& tx, RegisterId id) {
    TRY(tx.execute(set_own, id));
    return {};
}

}  // namespace registers::store
