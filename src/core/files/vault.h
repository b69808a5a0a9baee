#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/files/disk.h"
#include "core/files/file_reader.h"
#include "core/files/publisher.h"
#include "core/scope/scope.h"
#include "crypto/seal.h"
#include "crypto/sha256.h"
#include "db/database.h"

namespace files {

/// A content that lies on disk, durable, but is not yet known to anybody: add(), set_rendition() or set_text() make it
/// known. Forgotten, it is swept away after a day.
struct StoredBlob {
    crypto::Digest sha256{};  ///< of the whole content
    std::uint64_t size = 0;   ///< of the whole content
    db::Blob hash_state;
    std::int64_t base = 0;  ///< row of the content it goes on from; 0: none
    std::string tag;        ///< empty: the same content is known already, nothing new was written
    db::Blob wrapped_key;
};

/// A decrypted copy for a helper process; deleted when it goes.
class PlainCopy {
  public:
    explicit PlainCopy(std::filesystem::path path) : path_(std::move(path)) {}
    PlainCopy(PlainCopy&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    PlainCopy& operator=(PlainCopy&&) = delete;
    ~PlainCopy();
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Where contents lie: data/blobs/ab/cd/<sha256>.<tag>, each sealed with its own key, wrapped by data/keys/master.key.
/// A content is durable on disk before the row that names it is committed. Safe from several threads.
class Vault {
  public:
    /// Makes the folders, and the master key when the store holds no content yet.
    /// Errors: those of crypto/key_file.h, unavailable "files.master_key_missing" (contents but no key), corrupt
    /// "crypto.wrong_master_key", unavailable "files.disk".
    static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& data, db::Database&);
    /// For tests: another disk, which must outlive the vault.
    static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& data, db::Database&, Disk&);

    /// Where uploads are written as they arrive; what lies there for a day is swept away.
    const std::filesystem::path& spool() const { return spool_; }

    /// Seals the file's content and makes it durable. The file itself is left to the caller.
    /// Errors: unavailable "files.disk" (full, or failing).
    Result<StoredBlob> keep(const std::filesystem::path& file);
    Result<StoredBlob> keep_bytes(crypto::BytesView content);
    Result<StoredBlob> keep_bytes(std::string_view content) { return keep_bytes(crypto::bytes_of(content)); }
    /// The content of `base` with `tail` after it, as a signature makes it: costs what the tail costs.
    Result<StoredBlob> extend(FileId base, const std::filesystem::path& tail);

    /// For the scope that asks. Errors: not_found "files.not_found" (or not to be read), "files.destroyed";
    /// internal "files.missing" (not on the disk any more), "files.damaged".
    Result<FileReader> open_for(const Scope&, db::Reader&, FileId);
    /// For jobs and for callers who have decided themselves.
    Result<FileReader> open(db::Reader&, FileId);
    /// Errors: not_found "files.no_rendition".
    Result<FileReader> open_rendition(db::Reader&, FileId, std::string_view kind);
    /// Decrypted into the spool folder, for a helper process that needs a path.
    Result<PlainCopy> plain_copy(FileReader&);

    struct Swept {
        int spooled = 0;   ///< leftovers of uploads
        int contents = 0;  ///< contents nobody knows, or whose key was destroyed
    };
    /// Removes what has lain for longer than `age` without being known.
    Result<Swept> sweep(Instant now, std::chrono::milliseconds age = std::chrono::hours(24));

  private:
    struct Intake;
    struct Base;
    Vault(const std::filesystem::path& data, db::Database&, Disk&, crypto::MasterKey);
    using Feed = std::function<Result<void>(const std::function<Result<void>(crypto::BytesView)>&)>;
    Result<StoredBlob> keep(const Base&, const Feed&);
    Result<FileReader> open_blob(db::Reader&, std::int64_t blob);

    std::filesystem::path blobs_;
    std::filesystem::path spool_;
    db::Database& database_;
    Disk& disk_;
    crypto::MasterKey master_;
    Publisher publisher_;
};

}  // namespace files
