#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "core/files/vault.h"
#include "core/scope/scope.h"
#include "db/database.h"

/// Files: frozen bytes under their SHA-256 (vault.h), what they are called, the records they are attached to, and what
/// is derived from them. A file comes in two steps: Vault::keep() puts it on disk, outside any transaction, then add()
/// and attach() make it known in the closure that needs it.
namespace files {

using AttachmentId = Id<struct AttachmentNoun>;

enum class State {
    stored,      ///< nobody has looked into it yet
    readable,    ///< text and pages could be read
    unreadable,  ///< `reason` says why
    destroyed,   ///< erased by law; its bytes are gone
};
std::string_view code(State);

struct File {
    FileId id;
    std::string uuid;
    std::string name;
    std::string media_type;
    std::uint64_t size = 0;
    std::string sha256;  ///< hexadecimal
    std::optional<int> pages;
    State state = State::stored;
    std::string reason;  ///< message code, empty when there is none
    PersonId uploaded_by;
    Instant uploaded_at;
};

/// Makes a kept content a file. `media_type` is what was detected, not what was declared. Until it is attached, only
/// its uploader may read it. Journal: file.added. Errors: invalid "files.bad_name", conflict "files.try_again" (the
/// same content was destroyed meanwhile: keep it again).
Result<FileId> add(const Scope&, db::Transaction&, const StoredBlob&, std::string_view name,
                   std::string_view media_type);

/// The name as it is kept: no folder, no character that Windows forbids, at most 255 characters.
/// Errors: invalid "files.bad_name" (empty, control or direction characters, a device's name, too long).
Result<std::string> clean_name(std::string_view raw);

/// Errors: not_found "files.not_found".
Result<File> find(db::Reader&, FileId);
/// What a look into the file found. `reason` is a message code.
Result<void> set_state(db::Transaction&, FileId, State, std::optional<int> pages = {}, std::string_view reason = {});

/// Where on a record a file stands.
struct Attachment {
    std::string role = "main";  ///< main, appendix, evidence …: a code of the register
    std::string title = {};
    std::string field = {};  ///< of the register, when it belongs to one
    int position = 0;
};

struct RecordFile {
    AttachmentId attachment;
    RecordId record;
    Attachment as;
    Instant added_at;
    PersonId added_by;
    File file;
};

/// Who has made sure that the file may be given to those who see the record?
enum class Checked {
    here,       ///< attach() does: the scope must be able to read the file
    by_caller,  ///< the server itself delivers or copies
};

/// Attaches a file to a record; the caller has checked that the scope may change the record. Journal: file.attached.
/// Errors: not_found "files.not_found" (or not to be read by this scope).
Result<AttachmentId> attach(const Scope&, db::Transaction&, RecordId, FileId, const Attachment&,
                            Checked = Checked::here);
/// A file that may not be on this server, or not on that record: journals file.refused, and destroys it where it stands
/// on no record and was this scope's to give. The refusing itself is the caller's; `record` may be none.
Result<void> refuse(const Scope&, db::Transaction&, RecordId, FileId, std::string_view reason);
/// The trace and the bytes stay. Journal: file.removed, with the reason where one was given.
/// Errors: not_found "files.not_attached".
Result<void> detach(const Scope&, db::Transaction&, RecordId, AttachmentId, std::string_view reason = {});
/// The files on a record, by position; the caller has checked that it may be seen.
Result<std::vector<RecordFile>> on(db::Reader&, RecordId);
/// The records a file is attached to now.
Result<std::vector<RecordId>> records_of(db::Reader&, FileId);

/// Does the scope see a record the file is attached to? One attached nowhere is for its uploader, for who took it off
/// and for the post at whose desk it waits (waiting.h).
Result<bool> may_read(const Scope&, db::Reader&, FileId);

/// Is it attached to a record with a secrecy label? Then a reading must be journalled before the bytes are given.
Result<bool> is_labelled(db::Reader&, FileId);
enum class Reading { opened, downloaded };
/// Journal: file.opened or file.downloaded, on the labelled record; nothing for a file without one.
Result<void> note_reading(const Scope&, db::Transaction&, FileId, Reading);

/// What is derived from a file, by kind: "text", "thumbnail", "page_png_1_800", "stamped_17" …
struct Rendition {
    enum class State { made, empty, failed };
    State state = State::made;
    std::string reason = {};  ///< message code of a failure
    Instant made_at = {};
};
Result<std::optional<Rendition>> rendition(db::Reader&, FileId, std::string_view kind);
/// Keeps a made rendition in place of the former one.
Result<void> set_rendition(db::Transaction&, FileId, std::string_view kind, const StoredBlob&);
/// There is none to keep: the file holds nothing of that kind (empty), or making it failed.
Result<void> set_no_rendition(db::Transaction&, FileId, std::string_view kind, Rendition::State,
                              std::string_view reason = {});
/// Throws a rendition away, to be made again.
Result<void> drop_rendition(db::Transaction&, FileId, std::string_view kind);

/// The text that search and readers see. set_text takes what Vault::keep_bytes(text) gave.
inline Result<void> set_text(db::Transaction& tx, FileId file, const StoredBlob& text) {
    return set_rendition(tx, file, "text", text);
}
/// Nothing when no text was made. At most 64 MiB.
Result<std::optional<std::string>> text_of(Vault&, db::Reader&, FileId);

/// Erases a file by law: its key and those of its renditions are destroyed where no other file has the same content;
/// name and values are erased, the trace stays. Journal: file.destroyed. `reason` is a code, as "retention_over".
Result<void> destroy(const Scope&, db::Transaction&, FileId, std::string_view reason);

}  // namespace files
