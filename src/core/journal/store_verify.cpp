#include "core/journal/store_verify.h"

#include <boost/json/serialize.hpp>

#include "base/hex.h"

namespace journal::store {
namespace {

constexpr db::Sql leaves_sql{"journal.verify_leaves", R"(
    select e.id, e.at, e.action, e.account_id, e.person_id, e.post_id, e.on_behalf_of_person_id, e.agency_id,
        e.register_id, e.record_id, e.details, e.values_hash, l.position, l.entry_id, l.hash
    from journal_leaf l left join journal_entry e on e.id = l.entry_id
    where l.position >= ?1 order by l.position limit ?2)"};

constexpr db::Sql values_sql{"journal.verify_values", R"(
    select v.entry_id, v.field, v.salt, v.before, v.after, v.hash, v.erased_by
    from journal_leaf l join journal_value v on v.entry_id = l.entry_id
    where l.position >= ?1 and l.position < ?2)"};

constexpr db::Sql waiting_sql{"journal.verify_waiting", R"(
    select e.id, e.at, e.action, e.account_id, e.person_id, e.post_id, e.on_behalf_of_person_id, e.agency_id,
        e.register_id, e.record_id, e.details, e.values_hash, p.entry_id, p.hash
    from journal_pending p left join journal_entry e on e.id = p.entry_id
    order by p.entry_id)"};

constexpr db::Sql entry_outside_sql{"journal.verify_entry_outside", R"(
    select e.id from journal_entry e
    where not exists (select 1 from journal_leaf l where l.entry_id = e.id)
        and not exists (select 1 from journal_pending p where p.entry_id = e.id)
    order by e.id limit 1)"};

constexpr db::Sql value_outside_sql{"journal.verify_value_outside", R"(
    select v.entry_id from journal_value v
    where not exists (select 1 from journal_entry e where e.id = v.entry_id)
    order by v.entry_id limit 1)"};

constexpr std::int64_t looked_at = 50'000;

constexpr db::Sql last_record_sql{"journal.verify_last_record", "select max(id) from record"};
constexpr db::Sql last_file_sql{"journal.verify_last_file", "select max(id) from file"};

constexpr db::Sql record_not_made_sql{"journal.verify_record_not_made", R"(
    select r.id from record r where r.id > ?1 and r.id <= ?2 and not exists (
        select 1 from journal_entry e
        where e.record_id = r.id and e.action in ('record.created', 'record.carried_over'))
    order by r.id limit 1)"};

// A change and its entry are written at the same moment; one brought in from elsewhere bears an earlier one.
constexpr db::Sql record_not_changed_sql{"journal.verify_record_not_changed", R"(
    select r.id from record r where r.id > ?1 and r.id <= ?2 and not exists (
        select 1 from journal_entry e where e.record_id = r.id and e.at >= r.updated_at)
    order by r.id limit 1)"};

constexpr db::Sql file_not_added_sql{"journal.verify_file_not_added", R"(
    select f.id from file f where f.id > ?1 and f.id <= ?2 and not exists (
        select 1 from journal_entry e where e.id = f.entry_id and e.action = 'file.added')
    order by f.id limit 1)"};

constexpr db::Sql last_entry_sql{"journal.verify_last_entry", "select max(id) from journal_entry"};

constexpr db::Sql record_gone_sql{"journal.verify_record_gone", R"(
    select e.record_id from journal_entry e
    where e.id > ?1 and e.id <= ?2 and e.action in ('record.created', 'record.carried_over')
        and not exists (select 1 from record r where r.id = e.record_id)
    order by e.id limit 1)"};

constexpr db::Sql files_sql{"journal.verify_files", R"(
    select f.id, f.name, b.sha256, v.field, v.after
    from file f join file_blob b on b.id = f.blob_id join journal_value v on v.entry_id = f.entry_id
    where f.id > ?1 and f.id <= ?2 and v.after is not null order by f.id)"};

constexpr db::Sql files_gone_sql{"journal.verify_files_gone", R"(
    select (select count(*) from journal_entry where action = 'file.added') - (select count(*) from file))"};

constexpr db::Sql said_sql{"journal.verify_said", R"(
    select e.record_id, v.field, v.after, v.erased_by
    from journal_entry e join journal_value v on v.entry_id = e.id
    where e.record_id > ?1 and e.record_id <= ?2 and e.register_id is not null
    order by e.record_id, e.id)"};

constexpr db::Sql versions_not_published_sql{"journal.verify_versions_not_published", R"(
    select (select count(*) from register_version)
        - (select count(*) from journal_entry where action = 'register.published'))"};

Result<Unwritten> unwritten(db::Reader& reader, const db::Sql& last, const db::Sql& sql, std::int64_t after) {
    const auto end = TRY(reader.row(last));
    const std::int64_t until = after + looked_at;
    const auto row = TRY(reader.row(sql, after, until));
    return Unwritten{row ? row->integer(0) : 0, end && until < end->integer(0) ? until : 0};
}

std::optional<StoredEntry> content_of(const db::Row& row) {
    return row.is_null(0) ? std::nullopt : std::optional(read_entry(row));
}

// A hash of another length than it should have is a changed one, not an error of the walk.
crypto::Digest digest_or_zero(const db::Blob& bytes) {
    return digest(bytes).value_or(crypto::Digest{});
}

Result<std::optional<JournalEntryId>> first_of(db::Reader& reader, const db::Sql& sql) {
    const auto row = TRY(reader.row(sql));
    return row ? std::optional(row->id<JournalEntryNoun>(0)) : std::nullopt;
}

}  // namespace

Result<std::vector<Leaf>> leaves(db::Reader& reader, std::int64_t first, int limit) {
    std::vector<Leaf> leaves;
    for (const db::Row& row : TRY(reader.rows(leaves_sql, first, limit)))
        leaves.push_back(
            {row.integer(12), row.id<JournalEntryNoun>(13), digest_or_zero(row.blob(14)), content_of(row)});
    return leaves;
}

Result<std::vector<StoredValue>> values_at(db::Reader& reader, std::int64_t first, std::int64_t end) {
    std::vector<StoredValue> values;
    for (const db::Row& row : TRY(reader.rows(values_sql, first, end))) values.push_back(read_value(row));
    return values;
}

Result<std::vector<Waiting>> waiting(db::Reader& reader) {
    std::vector<Waiting> waiting;
    for (const db::Row& row : TRY(reader.rows(waiting_sql)))
        waiting.push_back({row.id<JournalEntryNoun>(12), digest_or_zero(row.blob(13)), content_of(row)});
    return waiting;
}

Result<std::optional<JournalEntryId>> entry_outside(db::Reader& reader) {
    return first_of(reader, entry_outside_sql);
}

Result<std::optional<JournalEntryId>> value_outside(db::Reader& reader) {
    return first_of(reader, value_outside_sql);
}

Result<Unwritten> record_not_made(db::Reader& reader, std::int64_t after) {
    return unwritten(reader, last_record_sql, record_not_made_sql, after);
}

Result<Unwritten> record_not_changed(db::Reader& reader, std::int64_t after) {
    return unwritten(reader, last_record_sql, record_not_changed_sql, after);
}

Result<Unwritten> file_not_added(db::Reader& reader, std::int64_t after) {
    return unwritten(reader, last_file_sql, file_not_added_sql, after);
}

Result<Unwritten> record_gone(db::Reader& reader, std::int64_t after) {
    return unwritten(reader, last_entry_sql, record_gone_sql, after);
}

Result<Unwritten> file_changed(db::Reader& reader, std::int64_t after) {
    const auto last = TRY(reader.row(last_file_sql));
    const std::int64_t until = after + looked_at;
    const db::Rows rows = TRY(reader.rows(files_sql, after, until));
    for (const db::Row& row : rows) {
        const std::string& field = row.text(3);
        const std::string is = field == "name"     ? row.text(1)
                               : field == "sha256" ? to_hex(digest_or_zero(row.blob(2)))
                                                   : std::string();
        if (!is.empty() && boost::json::serialize(boost::json::string(is)) != row.text(4))
            return Unwritten{row.integer(0), 0};
    }
    return Unwritten{0, last && until < last->integer(0) ? until : 0};
}

Result<std::int64_t> files_gone(db::Reader& reader) {
    const auto row = TRY(reader.row(files_gone_sql));
    return row ? row->integer(0) : 0;
}

Result<std::vector<Said>> said_of_records(db::Reader& reader, RecordId after, RecordId until) {
    std::vector<Said> said;
    const db::Rows rows = TRY(reader.rows(said_sql, after.value, until.value));
    for (const db::Row& row : rows)
        said.push_back({row.id<RecordNoun>(0), row.text(1), row.is_null(2) ? std::nullopt : std::optional(row.text(2)),
                        !row.is_null(3)});
    return said;
}

Result<std::int64_t> versions_not_published(db::Reader& reader) {
    const auto row = TRY(reader.row(versions_not_published_sql));
    return row ? row->integer(0) : 0;
}

}  // namespace journal::store
