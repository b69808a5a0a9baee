#include <set>
#include <sys/stat.h>

#include "base/hex.h"
#include "base/log.h"
#include "core/files/store.h"
#include "core/files/vault.h"

namespace files {
namespace {

bool older_than(const std::filesystem::path& path, Instant limit) {
    struct stat state{};
    if (::stat(path.c_str(), &state) != 0 || !S_ISREG(state.st_mode)) return false;
    const std::int64_t changed = state.st_mtim.tv_sec * 1000 + state.st_mtim.tv_nsec / 1'000'000;
    return changed < limit.milliseconds;
}

// The folder's files older than the limit.
std::vector<std::filesystem::path> old_files(const std::filesystem::path& folder, Instant limit) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error))
        if (older_than(entry.path(), limit)) files.push_back(entry.path());
    return files;
}

// "<sha256>.<tag>" is known when a row of that hash has this tag and its key.
Result<bool> is_known(db::Reader& reader, const std::string& name) {
    const auto bytes = from_hex(std::string_view(name).substr(0, name.find('.')));
    if (!bytes || bytes->size() != 32) return false;
    crypto::Digest sha256;
    std::ranges::copy(crypto::bytes_of(*bytes), sha256.begin());
    const auto blob = TRY(store::blob_of(reader, sha256));
    return blob && !blob->destroyed() && name == to_hex(sha256) + "." + blob->tag;
}

}  // namespace

Result<Vault::Swept> Vault::sweep(Instant now, std::chrono::milliseconds age) {
    Swept swept;
    for (const auto& path : old_files(spool_, now - age)) {
        TRY(disk_.remove(path));
        ++swept.spooled;
    }
    // A reader for each of the 256 folders: no snapshot is held for long.
    std::error_code error;
    for (const auto& folder : std::filesystem::directory_iterator(blobs_, error)) {
        const auto reader = TRY(database_.read());
        for (const auto& path : old_files(folder.path(), now - age)) {
            if (TRY(is_known(*reader, path.filename().string()))) continue;
            TRY(disk_.remove(path));
            ++swept.contents;
        }
    }
    if (swept.spooled + swept.contents > 0)
        logging::info("files.swept",
                      {{"spooled", std::to_string(swept.spooled)}, {"contents", std::to_string(swept.contents)}});
    return swept;
}

}  // namespace files
