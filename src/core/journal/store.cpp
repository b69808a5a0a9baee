#include "core/journal/store.h"

namespace journal::store {
namespace {

constexpr db::Sql insert_entry_sql{"journal.insert_entry", R"(
    insert into journal_entry (at, action, account_id, person_id, post_id, on_behalf_of_person_id, agency_id,
        register_id, record_id, details, values_hash)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
    returning id)"};

constexpr db::Sql insert_value_sql{"journal.insert_value", R"(
    insert into journal_value (entry_id, field, salt, before, after) values (?1, ?2, ?3, ?4, ?5))"};

constexpr db::Sql insert_pending_sql{"journal.insert_pending", R"(
    insert into journal_pending (entry_id, hash) values (?1, ?2))"};

std::optional<db::Blob> blob_or_null(const std::optional<crypto::Digest>& digest) {
    if (!digest) return std::nullopt;
    return db::Blob(digest->begin(), digest->end());
}

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

Result<crypto::Digest> StoredValue::digest() const {
    if (erased()) return store::digest(hash);
    return value_hash(salt, field, before.value_or("null"), after.value_or("null"));
}

Result<JournalEntryId> insert_entry(db::Transaction& tx, const StoredEntry& entry) {
    const std::optional<std::string> details = entry.details.empty() ? std::nullopt : std::optional(entry.details);
    return JournalEntryId{TRY(tx.insert(insert_entry_sql, entry.at, entry.action, entry.account, entry.person,
                                        entry.post, entry.on_behalf_of, entry.agency, entry.register_id, entry.record,
                                        details, blob_or_null(entry.values_hash)))};
}

Result<void> insert_value(db::Transaction& tx, const StoredValue& value) {
    TRY(tx.execute(insert_value_sql, value.entry, value.field, value.salt, value.before, value.after));
    return {};
}

Result<void> insert_pending(db::Transaction& tx, JournalEntryId entry, const crypto::Digest& leaf) {
    TRY(tx.execute(insert_pending_sql, entry, blob(leaf)));
    return {};
}

}  // namespace journal::store
