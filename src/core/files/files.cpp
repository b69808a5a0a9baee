#include "core/files/files.h"

#include <mutex>

#include "base/hex.h"
#include "core/files/derived.h"
#include "core/files/store.h"
#include "core/files/waiting.h"
#include "core/journal/history.h"
#include "core/journal/journal.h"
#include "core/rights/rights.h"

namespace files {
namespace {

constexpr std::uint64_t longest_text = 64 << 20;

std::unexpected<Error> not_found() {
    return fail(ErrorCode::not_found, "files.not_found");
}

// The row of a kept content: the one that is there, or a new one.
Result<std::int64_t> row_of(db::Transaction& tx, const StoredBlob& stored) {
    const bool written = !stored.tag.empty();
    if (written && stored.base != 0) {
        const auto base = TRY(store::blob(tx, stored.base));
        if (!base || base->destroyed()) return fail(ErrorCode::conflict, "files.try_again");
    }
    if (written)
        if (const std::int64_t id = TRY(store::insert_blob(tx, stored)); id != 0) return id;
    const auto known = TRY(store::blob_of(tx, stored.sha256));
    if (known && !known->destroyed()) return known->id;
    if (!known || !written) return fail(ErrorCode::conflict, "files.try_again");
    TRY(store::revive_blob(tx, known->id, stored));
    return known->id;
}

// Destroys the key of a content that nobody needs any more, and of what it went on from.
Result<void> release(db::Transaction& tx, std::int64_t id) {
    while (id != 0) {
        const auto blob = TRY(store::blob(tx, id));
        if (!blob || blob->destroyed() || TRY(store::blob_needed(tx, id))) return {};
        TRY(store::destroy_blob(tx, id));
        id = blob->base;
    }
    return {};
}

std::mutex take_mutex;
Derived::Take take_derived;

Result<void> take_away(const Scope& scope, db::Transaction& tx, FileId file) {
    const std::lock_guard lock(take_mutex);
    return take_derived ? take_derived(scope, tx, file) : Result<void>();
}

bool is_kind(std::string_view kind) {
    return !kind.empty() && kind.size() <= 60 && std::ranges::all_of(kind, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

// Puts a rendition in the place of the former one, whose content goes.
Result<void> replace_rendition(db::Transaction& tx, FileId file, std::string_view kind, std::int64_t blob,
                               Rendition::State state, std::string_view reason) {
    if (!is_kind(kind)) return fail_internal("not a kind of rendition: " + std::string(kind));
    const File found = TRY(find(tx, file));
    if (found.state == State::destroyed) return fail(ErrorCode::not_found, "files.destroyed");
    const auto former = TRY(store::rendition(tx, file, kind));
    TRY(store::put_rendition(tx, file, kind, blob, state, reason));
    return former && former->blob != blob ? release(tx, former->blob) : Result<void>();
}

}  // namespace

Derived::Derived(Take take) {
    const std::lock_guard lock(take_mutex);
    take_derived = std::move(take);
}

Derived::~Derived() {
    const std::lock_guard lock(take_mutex);
    take_derived = {};
}

std::string_view code(State state) {
    switch (state) {
        case State::stored:
            return "stored";
        case State::readable:
            return "readable";
        case State::unreadable:
            return "unreadable";
        case State::destroyed:
            return "destroyed";
    }
    return "stored";
}

Result<FileId> add(const Scope& scope, db::Transaction& tx, const StoredBlob& stored, std::string_view raw_name,
                   std::string_view media_type) {
    const std::string name = TRY(clean_name(raw_name));
    const FileId file = TRY(store::insert_file(scope, tx, TRY(row_of(tx, stored)), name, media_type));
    const JournalEntryId entry =
        TRY(journal::write(scope, tx,
                           {.action = "file.added",
                            .changes = {{"name", nullptr, boost::json::value(name)},
                                        {"sha256", nullptr, boost::json::value(to_hex(stored.sha256))}},
                            .details = {{"file", file.value}, {"size", stored.size}}}));
    TRY(store::set_entry(tx, file, entry));
    return file;
}

Result<File> find(db::Reader& reader, FileId id) {
    auto file = TRY(store::file(reader, id));
    if (!file) return not_found();
    return std::move(*file);
}

Result<void> set_state(db::Transaction& tx, FileId file, State state, std::optional<int> pages,
                       std::string_view reason) {
    if (state == State::destroyed) return fail_internal("a file is destroyed by files::destroy");
    if (TRY(find(tx, file)).state == State::destroyed) return fail(ErrorCode::not_found, "files.destroyed");
    TRY(store::set_state(tx, file, state, pages, reason));
    return {};
}

Result<AttachmentId> attach(const Scope& scope, db::Transaction& tx, RecordId record, FileId file, const Attachment& as,
                            Checked checked) {
    if (checked == Checked::here && !TRY(may_read(scope, tx, file))) return not_found();
    if (TRY(find(tx, file)).state == State::destroyed) return fail(ErrorCode::not_found, "files.destroyed");
    const AttachmentId attachment = TRY(store::insert_attachment(scope, tx, record, file, as));
    if (checked == Checked::here) TRY(end_waiting(tx, file));
    std::vector<journal::Change> changes;
    if (!as.title.empty()) changes.push_back({"title", nullptr, boost::json::value(as.title)});
    TRY(journal::write(scope, tx,
                       {.action = "file.attached",
                        .record = record,
                        .changes = std::move(changes),
                        .details = {{"file", file.value}, {"role", as.role}}}));
    return attachment;
}

Result<void> refuse(const Scope& scope, db::Transaction& tx, RecordId record, FileId file, std::string_view reason) {
    TRY(journal::write(scope, tx,
                       {.action = "file.refused",
                        .record = record,
                        .details = {{"file", file.value}, {"reason", boost::json::string(reason)}}}));
    if (!TRY(records_of(tx, file)).empty() || !TRY(may_read(scope, tx, file))) return {};
    return destroy(scope, tx, file, reason);
}

Result<void> detach(const Scope& scope, db::Transaction& tx, RecordId record, AttachmentId attachment,
                    std::string_view reason) {
    const auto file = TRY(store::remove_attachment(scope, tx, record, attachment));
    if (!file) return fail(ErrorCode::not_found, "files.not_attached");
    std::vector<journal::Change> said;
    if (!reason.empty()) said.push_back({"reason", nullptr, boost::json::value(reason)});
    TRY(journal::write(
        scope, tx,
        {.action = "file.removed", .record = record, .changes = std::move(said), .details = {{"file", file->value}}}));
    return {};
}

Result<std::vector<RecordFile>> on(db::Reader& reader, RecordId record) {
    return store::on(reader, record);
}

Result<std::vector<RecordId>> records_of(db::Reader& reader, FileId file) {
    return store::records_of(reader, file);
}

Result<bool> may_read(const Scope& scope, db::Reader& reader, FileId file) {
    const std::vector<RecordId> records = TRY(store::records_of(reader, file));
    if (!records.empty()) return !TRY(rights::filter(scope, reader, records)).empty();
    const auto owners = TRY(store::owners(reader, file));
    if (!owners) return false;
    if ((scope.account && owners->uploader == scope.account) || (scope.person && owners->remover == scope.person))
        return true;
    return waits_here(scope, reader, file);
}

Result<bool> is_labelled(db::Reader& reader, FileId file) {
    return TRY(store::labelled_record(reader, file)).has_value();
}

Result<void> note_reading(const Scope& scope, db::Transaction& tx, FileId file, Reading reading) {
    const auto record = TRY(store::labelled_record(tx, file));
    if (!record) return {};
    TRY(journal::write(scope, tx,
                       {.action = reading == Reading::opened ? "file.opened" : "file.downloaded",
                        .record = *record,
                        .details = {{"file", file.value}}}));
    return {};
}

Result<std::optional<Rendition>> rendition(db::Reader& reader, FileId file, std::string_view kind) {
    const auto found = TRY(store::rendition(reader, file, kind));
    return found ? std::optional(found->rendition) : std::nullopt;
}

Result<void> set_rendition(db::Transaction& tx, FileId file, std::string_view kind, const StoredBlob& stored) {
    return replace_rendition(tx, file, kind, TRY(row_of(tx, stored)), Rendition::State::made, {});
}

Result<void> set_no_rendition(db::Transaction& tx, FileId file, std::string_view kind, Rendition::State state,
                              std::string_view reason) {
    if (state == Rendition::State::made) return fail_internal("a rendition that was made has a content");
    return replace_rendition(tx, file, kind, 0, state, reason);
}

Result<void> drop_rendition(db::Transaction& tx, FileId file, std::string_view kind) {
    const auto former = TRY(store::rendition(tx, file, kind));
    if (!former) return {};
    TRY(store::drop_rendition(tx, file, kind));
    return release(tx, former->blob);
}

Result<std::optional<std::string>> text_of(Vault& vault, db::Reader& reader, FileId file) {
    const auto found = TRY(store::rendition(reader, file, "text"));
    if (!found || found->blob == 0) return std::optional<std::string>();
    FileReader content = TRY(vault.open_rendition(reader, file, "text"));
    return std::optional(TRY(content.read_all(longest_text)));
}

Result<void> destroy(const Scope& scope, db::Transaction& tx, FileId file, std::string_view reason) {
    if (TRY(find(tx, file)).state == State::destroyed) return {};
    TRY(take_away(scope, tx, file));
    std::vector<std::int64_t> contents = TRY(store::rendition_blobs(tx, file));
    contents.push_back(TRY(store::blob_of(tx, file)));
    TRY(store::drop_renditions(tx, file));
    TRY(store::set_state(tx, file, State::destroyed, {}, reason));
    TRY(store::blank_name(tx, file));
    for (const std::int64_t content : contents) TRY(release(tx, content));
    TRY(journal::write(scope, tx, {.action = "file.destroyed", .details = {{"file", file.value}, {"reason", reason}}}));
    const JournalEntryId entry = TRY(store::entry_of(tx, file));
    TRY(journal::erase_values(scope, tx, std::span(&entry, 1), reason));
    return {};
}

}  // namespace files
