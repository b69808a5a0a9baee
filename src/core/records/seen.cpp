#include "core/records/records.h"

namespace records {

namespace {

constexpr std::int64_t looked_at = 20'000;

void add_visible(const Scope& scope, db::Query& query, db::Literal alias) {
    query.add(alias).add(".erased_at is null and ");
    rights::visible(scope, query, alias);
}

Result<bool> sees_some(const Scope& scope, db::Reader& reader, RegisterId id) {
    db::Query query("records.seen_in_register");
    query.add("select count(*), coalesce(max(case when ");
    add_visible(scope, query, "newest");
    query.add(" then 1 else 0 end), 0) from (select id, secrecy, erased_at from record where register_id = ").value(id);
    query.add(" order by id desc limit ").value(looked_at).add(") as newest");
    const auto row = TRY(reader.row(query));
    return row && (row->integer(1) != 0 || row->integer(0) == looked_at);
}

}  // namespace

Result<std::set<RegisterId>> registers_seen(const Scope& scope, db::Reader& reader, const Engine& engine,
                                            const std::optional<std::vector<RecordId>>& few) {
    std::set<RegisterId> seen;
    if (!few) {
        for (const auto& declaration : engine.catalogue.all())
            if (TRY(sees_some(scope, reader, declaration->id))) seen.insert(declaration->id);
        return seen;
    }
    std::vector<db::Value> ids;
    for (const RecordId id : *few) ids.emplace_back(id.value);
    db::Query query("records.registers_seen");
    query.add("select distinct record.register_id from record where record.id in ").list(ids).add(" and ");
    add_visible(scope, query, "record");
    const db::Rows rows = TRY(reader.rows(query));
    for (const db::Row& row : rows) seen.insert(row.id<RegisterNoun>(0));
    return seen;
}

}  // namespace records
