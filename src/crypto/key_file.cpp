#include "crypto/key_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hex.h"
#include "crypto/random.h"

namespace crypto {
namespace {

constexpr std::size_t largest = 64 << 10;

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

  private:
    int number_;
};

std::unexpected<Error> failed(ErrorCode code, std::string_view message, const std::filesystem::path& path) {
    const int why = errno;
    auto failure = fail(code, message, {}, {{"path", path.string()}});
    failure.error().detail = std::strerror(why);
    return failure;
}

bool write_all(int file, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0;
}

bool sync_folder(const std::filesystem::path& folder) {
    const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return open && ::fsync(open.number()) == 0;
}

}  // namespace

Result<std::optional<std::string>> read_key_file(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file && errno == ENOENT) return std::optional<std::string>();
    struct stat state{};
    if (!file || ::fstat(file.number(), &state) != 0 || !S_ISREG(state.st_mode))
        return failed(ErrorCode::unavailable, "crypto.key_file_unreadable", path);
    if ((state.st_mode & 077) != 0) return failed(ErrorCode::forbidden, "crypto.key_file_open", path);
    if (static_cast<std::size_t>(state.st_size) > largest)
        return failed(ErrorCode::too_large, "crypto.bad_key_file", path);
    std::string content(static_cast<std::size_t>(state.st_size), '\0');
    if (::pread(file.number(), content.data(), content.size(), 0) != static_cast<ssize_t>(content.size()))
        return failed(ErrorCode::unavailable, "crypto.key_file_unreadable", path);
    return std::optional(std::move(content));
}

Result<void> create_key_file(const std::filesystem::path& path, std::string_view content) {
    const auto folder = std::filesystem::absolute(path).parent_path();
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return failed(ErrorCode::unavailable, "crypto.key_file_unwritable", path);
    // Written whole under another name, then linked: a half-written key is never found, a key is never replaced.
    const std::filesystem::path part = path.string() + "." + random_token(8) + ".part";
    Result<void> done;
    {
        const Descriptor file(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!file || !write_all(file.number(), content))
            done = failed(ErrorCode::unavailable, "crypto.key_file_unwritable", path);
    }
    if (done && ::link(part.c_str(), path.c_str()) != 0)
        done = errno == EEXIST ? failed(ErrorCode::conflict, "crypto.key_file_exists", path)
                               : failed(ErrorCode::unavailable, "crypto.key_file_unwritable", path);
    ::unlink(part.c_str());
    if (done && !(sync_folder(folder) && sync_folder(folder.parent_path())))
        done = failed(ErrorCode::unavailable, "crypto.key_file_unwritable", path);
    return done;
}

Result<Secret<32>> load_or_create_secret(const std::filesystem::path& path) {
    std::optional<std::string> content = TRY(read_key_file(path));
    if (!content) {
        const auto fresh = random_secret<32>();
        std::string line = to_hex(BytesView(fresh.bytes)) + "\n";
        auto created = create_key_file(path, line);
        wipe(std::as_writable_bytes(std::span(line)));
        if (created) return fresh;
        if (created.error().message != "crypto.key_file_exists") return std::unexpected(std::move(created).error());
        content = TRY(read_key_file(path));  // another server made it meanwhile
    }
    std::optional<std::string> bytes;
    if (content && content->size() == 65 && content->back() == '\n')
        bytes = from_hex(std::string_view(*content).substr(0, 64));
    if (content) wipe(std::as_writable_bytes(std::span(*content)));
    if (!bytes) return fail(ErrorCode::corrupt, "crypto.bad_key_file", {}, {{"path", path.string()}});
    Secret<32> secret(bytes_of(*bytes).first<32>());
    wipe(std::as_writable_bytes(std::span(*bytes)));
    return secret;
}

}  // namespace crypto
