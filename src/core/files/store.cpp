#include "core/files/store.h"

#include "base/hex.h"
#include "base/uuid.h"

namespace files::store {
namespace {

constexpr db::Sql blob_sql{"files.blob", R"(
    select id, sha256, size, base_id, hash_state, wrapped_key, tag from file_blob where id = ?1)"};

constexpr db::Sql blob_by_hash_sql{"files.blob_by_hash", R"(
    select id, sha256, size, base_id, hash_state, wrapped_key, tag from file_blob where sha256 = ?1)"};

constexpr db::Sql newest_blob_sql{"files.newest_blob", R"(
    select id, sha256, size, base_id, hash_state, wrapped_key, tag from file_blob
    where wrapped_key is not null order by id desc limit 1)"};

constexpr db::Sql insert_blob_sql{"files.insert_blob", R"(
    insert into file_blob (sha256, size, base_id, hash_state, wrapped_key, tag, stored_at)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    on conflict (sha256) do nothing
    returning id)"};

constexpr db::Sql revive_blob_sql{"files.revive_blob", R"(
    update file_blob set base_id = ?2, wrapped_key = ?3, tag = ?4, stored_at = ?5, destroyed_at = null where id = ?1)"};

constexpr db::Sql blob_needed_sql{"files.blob_needed", R"(
    select exists (select 1 from file where blob_id = ?1 and state <> 'destroyed')
        or exists (select 1 from rendition where blob_id = ?1)
        or exists (select 1 from file_blob where base_id = ?1 and wrapped_key is not null))"};

constexpr db::Sql destroy_blob_sql{"files.destroy_blob", R"(
    update file_blob set wrapped_key = null, destroyed_at = ?2 where id = ?1)"};

constexpr db::Sql insert_file_sql{"files.insert", R"(
    insert into file (uuid, blob_id, name, media_type, state, agency_id, uploaded_by_account_id,
        uploaded_by_person_id, uploaded_at, entry_id)
    values (?1, ?2, ?3, ?4, 'stored', ?5, ?6, ?7, ?8, 0)
    returning id)"};

constexpr db::Sql set_entry_sql{"files.set_entry", "update file set entry_id = ?2 where id = ?1"};
constexpr db::Sql entry_of_sql{"files.entry_of", "select entry_id from file where id = ?1"};
constexpr db::Sql blob_of_file_sql{"files.blob_of_file", "select blob_id from file where id = ?1"};

constexpr db::Sql file_sql{"files.find", R"(
    select f.id, f.uuid, f.name, f.media_type, b.size, b.sha256, f.pages, f.state, f.reason, f.uploaded_by_person_id,
        f.uploaded_at
    from file f join file_blob b on b.id = f.blob_id
    where f.id = ?1)"};

constexpr db::Sql set_state_sql{"files.set_state", R"(
    update file set state = ?2, pages = ?3, reason = ?4 where id = ?1)"};

constexpr db::Sql blank_name_sql{"files.blank_name", "update file set name = '' where id = ?1"};

constexpr db::Sql attach_sql{"files.attach", R"(
    insert into record_file (record_id, file_id, role, field, position, title, added_at, added_by_person_id)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    returning id)"};

constexpr db::Sql detach_sql{"files.detach", R"(
    update record_file set removed_at = ?3, removed_by_person_id = ?4
    where id = ?1 and record_id = ?2 and removed_at is null
    returning file_id)"};

constexpr db::Sql on_sql{"files.on", R"(
    select f.id, f.uuid, f.name, f.media_type, b.size, b.sha256, f.pages, f.state, f.reason, f.uploaded_by_person_id,
        f.uploaded_at, r.id, r.role, r.title, r.field, r.position, r.added_at, r.added_by_person_id
    from record_file r join file f on f.id = r.file_id join file_blob b on b.id = f.blob_id
    where r.record_id = ?1 and r.removed_at is null
    order by r.position, r.id)"};

constexpr db::Sql records_of_sql{"files.records_of", R"(
    select distinct record_id from record_file where file_id = ?1 and removed_at is null order by record_id)"};

constexpr db::Sql owners_sql{"files.owners", R"(
    select f.uploaded_by_account_id,
        (select r.removed_by_person_id from record_file r where r.file_id = f.id and r.removed_at is not null
         order by r.removed_at desc, r.id desc limit 1)
    from file f where f.id = ?1)"};

constexpr db::Sql labelled_record_sql{"files.labelled_record", R"(
    select c.id from record_file r join record c on c.id = r.record_id
    where r.file_id = ?1 and r.removed_at is null and c.secrecy > 0
    order by c.secrecy desc, c.id limit 1)"};

constexpr db::Sql rendition_sql{"files.rendition", R"(
    select state, reason, made_at, blob_id from rendition where file_id = ?1 and kind = ?2)"};

constexpr db::Sql rendition_blobs_sql{"files.rendition_blobs", R"(
    select blob_id from rendition where file_id = ?1 and blob_id is not null)"};

constexpr db::Sql put_rendition_sql{"files.put_rendition", R"(
    insert into rendition (file_id, kind, blob_id, state, reason, made_at) values (?1, ?2, ?3, ?4, ?5, ?6)
    on conflict (file_id, kind) do update
        set blob_id = excluded.blob_id, state = excluded.state, reason = excluded.reason, made_at = excluded.made_at)"};

constexpr db::Sql drop_rendition_sql{"files.drop_rendition", "delete from rendition where file_id = ?1 and kind = ?2"};
constexpr db::Sql drop_renditions_sql{"files.drop_renditions", "delete from rendition where file_id = ?1"};

Result<Blob> read_blob(const db::Row& row) {
    Blob blob{.id = row.integer(0),
              .size = static_cast<std::uint64_t>(row.integer(2)),
              .base = row.integer(3),
              .hash_state = row.blob(4),
              .wrapped_key = row.blob(5),
              .tag = row.text(6)};
    if (row.blob(1).size() != blob.sha256.size()) return not_as_kept("files.damaged", "no hash in file_blob");
    std::ranges::copy(row.blob(1), blob.sha256.begin());
    return blob;
}

Result<std::optional<Blob>> read_blob(std::optional<db::Row> row) {
    if (!row) return std::optional<Blob>();
    return std::optional(TRY(read_blob(*row)));
}

State state_of(std::string_view code) {
    for (const State state : {State::readable, State::unreadable, State::destroyed})
        if (files::code(state) == code) return state;
    return State::stored;
}

File read_file(const db::Row& row) {
    return {.id = row.id<FileNoun>(0),
            .uuid = row.text(1),
            .name = row.text(2),
            .media_type = row.text(3),
            .size = static_cast<std::uint64_t>(row.integer(4)),
            .sha256 = to_hex(row.blob(5)),
            .pages = row.is_null(6) ? std::nullopt : std::optional(static_cast<int>(row.integer(6))),
            .state = state_of(row.text(7)),
            .reason = row.text(8),
            .uploaded_by = row.id<PersonNoun>(9),
            .uploaded_at = row.instant(10)};
}

db::Value text_or_null(std::string_view text) {
    return text.empty() ? db::Value() : db::Value(text);
}
db::Value id_or_null(std::int64_t id) {
    return id == 0 ? db::Value() : db::Value(id);
}

constexpr std::pair<Rendition::State, std::string_view> rendition_states[] = {
    {Rendition::State::made, "made"}, {Rendition::State::empty, "empty"}, {Rendition::State::failed, "failed"}};

}  // namespace

db::Blob bytes(crypto::BytesView from) {
    return {from.begin(), from.end()};
}

Result<std::optional<Blob>> blob(db::Reader& reader, std::int64_t id) {
    return read_blob(TRY(reader.row(blob_sql, id)));
}

Result<std::optional<Blob>> blob_of(db::Reader& reader, const crypto::Digest& sha256) {
    return read_blob(TRY(reader.row(blob_by_hash_sql, bytes(sha256))));
}

Result<std::optional<Blob>> newest_blob(db::Reader& reader) {
    return read_blob(TRY(reader.row(newest_blob_sql)));
}

Result<std::int64_t> insert_blob(db::Transaction& tx, const StoredBlob& blob) {
    const auto row = TRY(tx.row(insert_blob_sql, bytes(blob.sha256), static_cast<std::int64_t>(blob.size),
                                id_or_null(blob.base), blob.hash_state, blob.wrapped_key, blob.tag, tx.now()));
    return row ? row->integer(0) : 0;
}

Result<void> revive_blob(db::Transaction& tx, std::int64_t id, const StoredBlob& blob) {
    TRY(tx.execute(revive_blob_sql, id, id_or_null(blob.base), blob.wrapped_key, blob.tag, tx.now()));
    return {};
}

Result<bool> blob_needed(db::Reader& reader, std::int64_t id) {
    const auto row = TRY(reader.row(blob_needed_sql, id));
    return row && row->boolean(0);
}

Result<void> destroy_blob(db::Transaction& tx, std::int64_t id) {
    TRY(tx.execute(destroy_blob_sql, id, tx.now()));
    return {};
}

Result<FileId> insert_file(const Scope& scope, db::Transaction& tx, std::int64_t blob, std::string_view name,
                           std::string_view media_type) {
    return FileId{TRY(tx.insert(insert_file_sql, new_uuid(tx.now()), blob, name, media_type, scope.agency,
                                scope.account, scope.person, tx.now()))};
}

Result<void> set_entry(db::Transaction& tx, FileId file, JournalEntryId entry) {
    TRY(tx.execute(set_entry_sql, file, entry));
    return {};
}

Result<JournalEntryId> entry_of(db::Reader& reader, FileId file) {
    const auto row = TRY(reader.row(entry_of_sql, file));
    return row ? row->id<JournalEntryNoun>(0) : JournalEntryId{};
}

Result<std::optional<File>> file(db::Reader& reader, FileId id) {
    const auto row = TRY(reader.row(file_sql, id));
    return row ? std::optional(read_file(*row)) : std::nullopt;
}

Result<std::int64_t> blob_of(db::Reader& reader, FileId file) {
    const auto row = TRY(reader.row(blob_of_file_sql, file));
    return row ? row->integer(0) : 0;
}

Result<std::int64_t> set_state(db::Transaction& tx, FileId file, State state, std::optional<int> pages,
                               std::string_view reason) {
    return tx.execute(set_state_sql, file, code(state), pages, text_or_null(reason));
}

Result<void> blank_name(db::Transaction& tx, FileId file) {
    TRY(tx.execute(blank_name_sql, file));
    return {};
}

Result<AttachmentId> insert_attachment(const Scope& scope, db::Transaction& tx, RecordId record, FileId file,
                                       const Attachment& as) {
    return AttachmentId{TRY(tx.insert(attach_sql, record, file, as.role, text_or_null(as.field), as.position, as.title,
                                      tx.now(), scope.person))};
}

Result<std::optional<FileId>> remove_attachment(const Scope& scope, db::Transaction& tx, RecordId record,
                                                AttachmentId attachment) {
    const auto row = TRY(tx.row(detach_sql, attachment, record, tx.now(), scope.person));
    return row ? std::optional(row->id<FileNoun>(0)) : std::nullopt;
}

Result<std::vector<RecordFile>> on(db::Reader& reader, RecordId record) {
    std::vector<RecordFile> files;
    for (const db::Row& row : TRY(reader.rows(on_sql, record)))
        files.push_back({.attachment = row.id<AttachmentNoun>(11),
                         .record = record,
                         .as = {.role = row.text(12),
                                .title = row.text(13),
                                .field = row.text(14),
                                .position = static_cast<int>(row.integer(15))},
                         .added_at = row.instant(16),
                         .added_by = row.id<PersonNoun>(17),
                         .file = read_file(row)});
    return files;
}

Result<std::vector<RecordId>> records_of(db::Reader& reader, FileId file) {
    std::vector<RecordId> records;
    for (const db::Row& row : TRY(reader.rows(records_of_sql, file))) records.push_back(row.id<RecordNoun>(0));
    return records;
}

Result<std::optional<Owners>> owners(db::Reader& reader, FileId file) {
    const auto row = TRY(reader.row(owners_sql, file));
    if (!row) return std::optional<Owners>();
    return std::optional(Owners{row->id<AccountNoun>(0), row->id<PersonNoun>(1)});
}

Result<std::optional<RecordId>> labelled_record(db::Reader& reader, FileId file) {
    const auto row = TRY(reader.row(labelled_record_sql, file));
    return row ? std::optional(row->id<RecordNoun>(0)) : std::nullopt;
}

Result<std::optional<RenditionRow>> rendition(db::Reader& reader, FileId file, std::string_view kind) {
    const auto row = TRY(reader.row(rendition_sql, file, kind));
    if (!row) return std::optional<RenditionRow>();
    RenditionRow found{{Rendition::State::failed, row->text(1), row->instant(2)}, row->integer(3)};
    for (const auto& [state, name] : rendition_states)
        if (row->text(0) == name) found.rendition.state = state;
    return std::optional(std::move(found));
}

Result<std::vector<std::int64_t>> rendition_blobs(db::Reader& reader, FileId file) {
    std::vector<std::int64_t> blobs;
    for (const db::Row& row : TRY(reader.rows(rendition_blobs_sql, file))) blobs.push_back(row.integer(0));
    return blobs;
}

Result<void> put_rendition(db::Transaction& tx, FileId file, std::string_view kind, std::int64_t blob,
                           Rendition::State state, std::string_view reason) {
    std::string_view name;
    for (const auto& [known, text] : rendition_states)
        if (known == state) name = text;
    TRY(tx.execute(put_rendition_sql, file, kind, id_or_null(blob), name, text_or_null(reason), tx.now()));
    return {};
}

Result<void> drop_rendition(db::Transaction& tx, FileId file, std::string_view kind) {
    TRY(tx.execute(drop_rendition_sql, file, kind));
    return {};
}

Result<void> drop_renditions(db::Transaction& tx, FileId file) {
    TRY(tx.execute(drop_renditions_sql, file));
    return {};
}

}  // namespace files::store
