#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "core/files/files.h"
#include "db/database.h"

// All the SQL of files.
namespace files::store {

/// A content as its row holds it.
struct Blob {
    std::int64_t id = 0;
    crypto::Digest sha256{};
    std::uint64_t size = 0;
    std::int64_t base = 0;
    db::Blob hash_state;
    db::Blob wrapped_key;  ///< empty: destroyed
    std::string tag;

    bool destroyed() const { return wrapped_key.empty(); }
};

db::Blob bytes(crypto::BytesView);

Result<std::optional<Blob>> blob(db::Reader&, std::int64_t id);
Result<std::optional<Blob>> blob_of(db::Reader&, const crypto::Digest& sha256);
/// Any one whose key is there; nothing when there is none.
Result<std::optional<Blob>> newest_blob(db::Reader&);
/// 0 when a content of that hash is there already.
Result<std::int64_t> insert_blob(db::Transaction&, const StoredBlob&);
/// A destroyed content has been brought again.
Result<void> revive_blob(db::Transaction&, std::int64_t id, const StoredBlob&);
/// Does a file, a rendition or a content that goes on from it need its key?
Result<bool> blob_needed(db::Reader&, std::int64_t id);
Result<void> destroy_blob(db::Transaction&, std::int64_t id);

Result<FileId> insert_file(const Scope&, db::Transaction&, std::int64_t blob, std::string_view name,
                           std::string_view media_type);
Result<void> set_entry(db::Transaction&, FileId, JournalEntryId);
Result<JournalEntryId> entry_of(db::Reader&, FileId);
Result<std::optional<File>> file(db::Reader&, FileId);
Result<std::int64_t> blob_of(db::Reader&, FileId);
Result<std::int64_t> set_state(db::Transaction&, FileId, State, std::optional<int> pages, std::string_view reason);
Result<void> blank_name(db::Transaction&, FileId);

Result<AttachmentId> insert_attachment(const Scope&, db::Transaction&, RecordId, FileId, const Attachment&);
Result<std::optional<FileId>> remove_attachment(const Scope&, db::Transaction&, RecordId, AttachmentId);
Result<std::vector<RecordFile>> on(db::Reader&, RecordId);
Result<std::vector<RecordId>> records_of(db::Reader&, FileId);
/// Who brought the file, and who last took it off a record.
struct Owners {
    AccountId uploader;
    PersonId remover;
};
Result<std::optional<Owners>> owners(db::Reader&, FileId);
/// The record with the highest label the file is attached to; none when all are ordinary.
Result<std::optional<RecordId>> labelled_record(db::Reader&, FileId);

struct RenditionRow {
    Rendition rendition;
    std::int64_t blob = 0;
};
Result<std::optional<RenditionRow>> rendition(db::Reader&, FileId, std::string_view kind);
Result<std::vector<std::int64_t>> rendition_blobs(db::Reader&, FileId);
Result<void> put_rendition(db::Transaction&, FileId, std::string_view kind, std::int64_t blob, Rendition::State,
                           std::string_view reason);
Result<void> drop_rendition(db::Transaction&, FileId, std::string_view kind);
Result<void> drop_renditions(db::Transaction&, FileId);

}  // namespace files::store
