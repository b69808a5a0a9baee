#include "core/files/vault.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/hex.h"
#include "core/files/files.h"
#include "core/files/store.h"
#include "crypto/key_file.h"
#include "crypto/random.h"

namespace files {
namespace {

// Two levels of folders by the first bytes of the hash: 65,536 of them hold millions of files.
std::filesystem::path path_of(const std::filesystem::path& blobs, const crypto::Digest& sha256, std::string_view tag) {
    const std::string name = to_hex(sha256);
    return blobs / name.substr(0, 2) / name.substr(2, 2) / (name + "." + std::string(tag));
}

Result<void> each_piece(const std::filesystem::path& path,
                        const std::function<Result<void>(crypto::BytesView)>& visit) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return disk_error("open", path);
    ::posix_fadvise(file.number(), 0, 0, POSIX_FADV_SEQUENTIAL);
    crypto::Bytes piece(4 * crypto::piece_size);
    while (true) {
        const ssize_t count = ::read(file.number(), piece.data(), piece.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return disk_error("read", path);
        if (count == 0) return {};
        TRY(visit(crypto::BytesView(piece).first(static_cast<std::size_t>(count))));
    }
}

Result<crypto::MasterKey> master_key(const std::filesystem::path& path, const std::optional<store::Blob>& known) {
    std::error_code none;
    if (known && !std::filesystem::exists(path, none))
        return fail(ErrorCode::unavailable, "files.master_key_missing", {}, {{"path", path.string()}});
    const auto secret = TRY(crypto::load_or_create_secret(path));
    crypto::MasterKey master{std::span<const std::byte, 32>(secret.bytes)};
    if (known) TRY(crypto::unwrap_key(master, known->wrapped_key, known->sha256));
    return master;
}

}  // namespace

struct Vault::Base {
    std::int64_t blob = 0;
    crypto::Sha256 hash;
};

// A content on its way to the disk; its part is removed unless it was published.
struct Vault::Intake {
    Disk& disk;
    std::filesystem::path part;
    bool published = false;

    ~Intake() {
        if (!published) static_cast<void>(disk.remove(part));
    }
};

PlainCopy::~PlainCopy() {
    if (!path_.empty()) ::unlink(path_.c_str());
}

Vault::Vault(const std::filesystem::path& data, db::Database& database, Disk& disk, crypto::MasterKey master)
    : blobs_(data / "blobs"),
      spool_(data / "spool"),
      database_(database),
      disk_(disk),
      master_(master),
      publisher_(disk) {}

Result<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& data, db::Database& database) {
    return open(data, database, Disk::real());
}

Result<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& data, db::Database& database, Disk& disk) {
    const auto folder = std::filesystem::absolute(data);
    for (const std::string_view name : {"blobs", "spool", "keys"}) TRY(disk.make_folder(folder / name));
    const auto reader = TRY(database.read());
    const auto master = TRY(master_key(folder / "keys" / "master.key", TRY(store::newest_blob(*reader))));
    return std::unique_ptr<Vault>(new Vault(folder, database, disk, master));
}

Result<StoredBlob> Vault::keep(const std::filesystem::path& file) {
    return keep(Base{}, [&](const auto& visit) { return each_piece(file, visit); });
}

Result<StoredBlob> Vault::keep_bytes(crypto::BytesView content) {
    return keep(Base{}, [&](const auto& visit) { return visit(content); });
}

Result<StoredBlob> Vault::extend(FileId base, const std::filesystem::path& tail) {
    std::optional<store::Blob> blob;
    {
        const auto reader = TRY(database_.read());
        blob = TRY(store::blob(*reader, TRY(store::blob_of(*reader, base))));
    }
    if (!blob) return fail(ErrorCode::not_found, "files.not_found");
    if (blob->destroyed()) return fail(ErrorCode::not_found, "files.destroyed");
    return keep(Base{blob->id, TRY(crypto::Sha256::resume(blob->hash_state))},
                [&](const auto& visit) { return each_piece(tail, visit); });
}

Result<StoredBlob> Vault::keep(const Base& base, const Feed& feed) {
    Intake intake{disk_, spool_ / (crypto::random_token(16) + ".part")};
    const Descriptor file = TRY(disk_.create(intake.part));
    const auto key = crypto::ContentKey::make();
    crypto::Sealer sealer(key, [&](crypto::BytesView sealed) { return disk_.append(file, sealed); });
    crypto::Sha256 hash = base.hash;
    TRY(feed([&](crypto::BytesView piece) {
        hash.add(piece);
        return sealer.add(piece);
    }));
    TRY(sealer.finish());

    StoredBlob stored{.sha256 = hash.digest(),
                      .size = hash.length(),
                      .hash_state = hash.state(),
                      .base = base.blob,
                      .tag = {},
                      .wrapped_key = {}};
    const auto known = TRY(store::blob_of(*TRY(database_.read()), stored.sha256));
    if (known && !known->destroyed()) return stored;

    stored.tag = to_hex(crypto::random_bytes<4>());
    stored.wrapped_key = crypto::wrap_key(master_, key, stored.sha256);
    TRY(publisher_.publish(file, intake.part, path_of(blobs_, stored.sha256, stored.tag)));
    intake.published = true;
    return stored;
}

Result<FileReader> Vault::open_for(const Scope& scope, db::Reader& reader, FileId file) {
    if (!TRY(may_read(scope, reader, file))) return fail(ErrorCode::not_found, "files.not_found");
    return open(reader, file);
}

Result<FileReader> Vault::open(db::Reader& reader, FileId file) {
    const auto found = TRY(find(reader, file));
    if (found.state == State::destroyed) return fail(ErrorCode::not_found, "files.destroyed");
    return open_blob(reader, TRY(store::blob_of(reader, file)));
}

Result<FileReader> Vault::open_rendition(db::Reader& reader, FileId file, std::string_view kind) {
    const auto found = TRY(store::rendition(reader, file, kind));
    if (!found || found->blob == 0) return fail(ErrorCode::not_found, "files.no_rendition");
    return open_blob(reader, found->blob);
}

Result<FileReader> Vault::open_blob(db::Reader& reader, std::int64_t id) {
    std::vector<store::Blob> chain;  // the last one first
    for (std::int64_t next = id; next != 0; next = chain.back().base) {
        auto blob = TRY(store::blob(reader, next));
        // A content is longer than what it goes on from: the chain ends.
        if (!blob || (!chain.empty() && blob->size >= chain.back().size))
            return not_as_kept("files.damaged", "no whole chain of contents from file_blob " + std::to_string(id));
        if (blob->destroyed()) return fail(ErrorCode::not_found, "files.destroyed");
        chain.push_back(std::move(*blob));
    }
    FileReader content;
    for (auto blob = chain.rbegin(); blob != chain.rend(); ++blob) {
        const auto path = path_of(blobs_, blob->sha256, blob->tag);
        Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file && errno == ENOENT) return not_as_kept("files.missing", "no file " + path.string());
        if (!file) return disk_error("open", path);
        const auto key = crypto::unwrap_key(master_, blob->wrapped_key, blob->sha256);
        if (!key) return not_as_kept("files.damaged", "the key of a content doesn't open: " + path.string());
        TRY(content.append(std::move(file), path.string(), *key, blob->size - content.size()));
    }
    return content;
}

Result<PlainCopy> Vault::plain_copy(FileReader& content) {
    PlainCopy copy(spool_ / (crypto::random_token(16) + ".plain"));
    const Descriptor file = TRY(disk_.create(copy.path()));
    TRY(content.each([&](crypto::BytesView piece) { return disk_.append(file, piece); }));
    return copy;
}

}  // namespace files
