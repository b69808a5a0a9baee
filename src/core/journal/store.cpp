#include "core/journal/store.h"

namespace journal::store {
namespace {

constexpr db::Sql insert_entry_sql{"journal.insert_entry", R"(
    insert into journal_entry (at, action, account_id, person_id, post_id, on_behalf_of_person_id, agency_id,
        register_id, record_id, details, values_hash)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
    returning id)"};

constexpr db::Sql insert_pending_sql{"journal.insert_pending", R"(
    insert into journal_pending (entry_id, hash) values (?1, ?2))"};

constexpr db::Sql erase_value_sql{"journal.erase_value", R"(
    update journal_value set salt = null, before = null, after = null, hash = ?3, erased_by = ?4
    where entry_id = ?1 and field = ?2)"};

constexpr db::Sql entry_sql{"journal.entry", R"(
    select id, at, action, account_id, person_id, post_id, on_behalf_of_person_id, agency_id, register_id, record_id,
        details, values_hash
    from journal_entry where id = ?1)"};

constexpr db::Sql entries_of_sql{"journal.entries_of_record", R"(
    select id, at, action, account_id, person_id, post_id, on_behalf_of_person_id, agency_id, register_id, record_id,
        details, values_hash
    from journal_entry where record_id = ?1 and id < ?2 order by id desc limit ?3)"};

constexpr db::Sql turns_sql{"journal.turns", R"(
    select e.at, e.action, e.details, v.before, v.field
    from journal_entry e left join journal_value v on v.entry_id = e.id and v.field = 'state'
    where e.record_id = ?1 and (v.field is not null or e.action = 'record.acted')
    order by e.id desc)"};

constexpr db::Sql values_of_record_sql{"journal.values_of_record", R"(
    select v.entry_id, v.field, v.salt, v.before, v.after, v.hash, v.erased_by
    from journal_entry e join journal_value v on v.entry_id = e.id
    where e.record_id = ?1 and e.id between ?2 and ?3
    order by v.entry_id, v.field)"};

constexpr db::Sql values_of_entry_sql{"journal.values_of_entry", R"(
    select entry_id, field, salt, before, after, hash, erased_by from journal_value where entry_id = ?1 order by field)"};

std::optional<db::Blob> blob_or_null(const std::optional<crypto::Digest>& digest) {
    if (!digest) return std::nullopt;
    return db::Blob(digest->begin(), digest->end());
}

std::vector<StoredEntry> read_entries(const db::Rows& rows) {
    std::vector<StoredEntry> entries;
    for (const db::Row& row : rows) entries.push_back(read_entry(row));
    return entries;
}

std::vector<StoredValue> read_values(const db::Rows& rows) {
    std::vector<StoredValue> values;
    for (const db::Row& row : rows) values.push_back(read_value(row));
    return values;
}

std::vector<StoredValue> those_present(std::vector<StoredValue> values) {
    std::erase_if(values, [](const StoredValue& value) { return value.erased(); });
    return values;
}

constexpr std::int64_t beyond_all = INT64_MAX;

}  // namespace

db::Blob blob(crypto::BytesView bytes) {
    return {bytes.begin(), bytes.end()};
}

Result<crypto::Digest> digest(const db::Blob& bytes) {
    crypto::Digest digest;
    if (bytes.size() != digest.size()) return fail(ErrorCode::corrupt, "journal.bad_row");
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

StoredEntry read_entry(const db::Row& row) {
    StoredEntry entry{.id = row.id<JournalEntryNoun>(0),
                      .at = row.instant(1),
                      .action = row.text(2),
                      .account = row.id<AccountNoun>(3),
                      .person = row.id<PersonNoun>(4),
                      .post = row.id<PostNoun>(5),
                      .on_behalf_of = row.id<PersonNoun>(6),
                      .agency = row.id<AgencyNoun>(7),
                      .register_id = row.id<RegisterNoun>(8),
                      .record = row.id<RecordNoun>(9),
                      .details = row.text(10),
                      .values_hash = {}};
    // One of another length is a changed one: the hash of the entry will tell.
    if (!row.is_null(11)) entry.values_hash = digest(row.blob(11)).value_or(crypto::Digest{});
    return entry;
}

StoredValue read_value(const db::Row& row) {
    const auto text = [&](std::size_t column) {
        return row.is_null(column) ? std::nullopt : std::optional(row.text(column));
    };
    return {.entry = row.id<JournalEntryNoun>(0),
            .field = row.text(1),
            .salt = row.blob(2),
            .before = text(3),
            .after = text(4),
            .hash = row.blob(5),
            .erased_by = row.id<JournalEntryNoun>(6)};
}

Result<crypto::Digest> StoredValue::digest() const {
    if (erased()) return store::digest(hash);
    return crypto::proof::value_hash(salt, field, before.value_or("null"), after.value_or("null"));
}

Result<JournalEntryId> insert_entry(db::Transaction& tx, const StoredEntry& entry) {
    const std::optional<std::string> details = entry.details.empty() ? std::nullopt : std::optional(entry.details);
    return JournalEntryId{TRY(tx.insert(insert_entry_sql, entry.at, entry.action, entry.account, entry.person,
                                        entry.post, entry.on_behalf_of, entry.agency, entry.register_id, entry.record,
                                        details, blob_or_null(entry.values_hash)))};
}

Result<void> insert_values(db::Transaction& tx, JournalEntryId entry, const std::vector<StoredValue>& values) {
    if (values.empty()) return {};
    db::Query query("journal.insert_values");
    query.add("insert into journal_value (entry_id, field, salt, before, after) values ");
    bool first = true;
    for (const StoredValue& value : values) {
        query.add(std::exchange(first, false) ? db::Literal("(") : db::Literal(", (")).value(entry);
        query.add(", ").value(value.field).add(", ").value(value.salt);
        query.add(", ").value(value.before).add(", ").value(value.after).add(")");
    }
    TRY(tx.execute(query));
    return {};
}

Result<void> insert_pending(db::Transaction& tx, JournalEntryId entry, const crypto::Digest& leaf) {
    TRY(tx.execute(insert_pending_sql, entry, blob(leaf)));
    return {};
}

Result<void> erase_value(db::Transaction& tx, const StoredValue& value, const crypto::Digest& hash, JournalEntryId by) {
    TRY(tx.execute(erase_value_sql, value.entry, value.field, blob(hash), by));
    return {};
}

Result<std::optional<StoredEntry>> entry(db::Reader& reader, JournalEntryId id) {
    const auto row = TRY(reader.row(entry_sql, id));
    if (!row) return std::optional<StoredEntry>();
    return std::optional(read_entry(*row));
}

Result<std::vector<StoredEntry>> entries_of(db::Reader& reader, RecordId record, const Page& page) {
    return read_entries(
        TRY(reader.rows(entries_of_sql, record, page.before ? page.before.value : beyond_all, page.limit)));
}

Result<std::vector<StoredTurn>> turns(db::Reader& reader, RecordId record) {
    std::vector<StoredTurn> turns;
    const auto rows = TRY(reader.rows(turns_sql, record));
    for (const db::Row& row : rows)
        turns.push_back({.at = row.instant(0),
                         .details = row.text(1) == "record.acted" ? row.text(2) : std::string(),
                         .state_before = row.is_null(3) ? std::nullopt : std::optional(row.text(3)),
                         .state_changed = !row.is_null(4)});
    return turns;
}

Result<std::vector<StoredEntry>> entries(db::Reader& reader, const Filter& filter, const Page& page) {
    db::Query query("journal.entries");
    query.add(R"(
        select id, at, action, account_id, person_id, post_id, on_behalf_of_person_id, agency_id, register_id, record_id,
            details, values_hash
        from journal_entry where 1 = 1)");
    if (filter.agency) query.add(" and agency_id = ").value(filter.agency);
    if (filter.person) query.add(" and person_id = ").value(filter.person);
    if (filter.action.ends_with('.'))
        // "record." to "record/": the character after the full stop.
        query.add(" and action >= ")
            .value(filter.action)
            .add(" and action < ")
            .value(filter.action.substr(0, filter.action.size() - 1) + "/");
    else if (!filter.action.empty())
        query.add(" and action = ").value(filter.action);
    if (filter.from) query.add(" and at >= ").value(*filter.from);
    if (filter.to) query.add(" and at < ").value(*filter.to);
    // One index is by agency and time; one person's entries and the whole journal are read by id.
    const bool by_time = filter.agency && !filter.person;
    if (page.before && by_time) {
        const auto last = TRY(entry(reader, page.before));
        if (!last) return std::vector<StoredEntry>();
        query.add(" and (at, id) < (").value(last->at).add(", ").value(last->id).add(")");
    } else if (page.before) {
        query.add(" and id < ").value(page.before);
    }
    query.add(by_time ? db::Literal(" order by at desc, id desc limit ") : db::Literal(" order by id desc limit "));
    query.value(page.limit);
    return read_entries(TRY(reader.rows(query)));
}

Result<std::vector<StoredValue>> values_of(db::Reader& reader, RecordId record, JournalEntryId first,
                                           JournalEntryId last) {
    return read_values(TRY(reader.rows(values_of_record_sql, record, first, last)));
}

Result<std::vector<StoredValue>> values_of(db::Reader& reader, JournalEntryId entry) {
    return read_values(TRY(reader.rows(values_of_entry_sql, entry)));
}

Result<std::vector<StoredValue>> present_values(db::Reader& reader, RecordId record) {
    return those_present(TRY(values_of(reader, record, {1}, {beyond_all})));
}

Result<std::vector<StoredValue>> present_values(db::Reader& reader, std::span<const JournalEntryId> entries) {
    std::vector<StoredValue> values;
    for (const JournalEntryId entry : entries)
        for (StoredValue& value : TRY(values_of(reader, entry))) values.push_back(std::move(value));
    return those_present(std::move(values));
}

}  // namespace journal::store
