#include "commands/making.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sync.h"
#include "commands/archive.h"

namespace commands {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark_name = "unfinished";
constexpr std::string_view marked = "congvu init\n";
constexpr std::string_view settings_name = "congvu.json";
/// All that is ever made in the folder, without the settings.
constexpr std::string_view parts[] = {"congvu.db", "congvu.db-wal", "congvu.db-shm", "congvu.db-journal", "keys",
                                      "blobs",     "spool",         "accounts.txt",  "congvu.json.part"};

std::unexpected<Error> cannot_make(const fs::path& data, std::string why) {
    auto error = fail(ErrorCode::unavailable, "commands.cannot_make", {}, {{"folder", data.string()}});
    error.error().detail = std::move(why);
    return error;
}

std::unexpected<Error> refused(std::string_view message, const fs::path& data) {
    return fail(ErrorCode::conflict, message, {}, {{"folder", data.string()}});
}

bool is_there(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(path, ignored));
}

bool write_synced(const fs::path& file, std::string_view text) {
    const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (opened < 0) return false;
    const bool written =
        ::write(opened, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(opened) == 0;
    ::close(opened);
    return written;
}

}  // namespace

bool is_half_made(const fs::path& data) {
    return is_there(data / mark_name) && !is_there(data / settings_name);
}

Result<Making> Making::begin(const fs::path& data, const std::string& database) {
    Making making(data, database);
    std::error_code error;
    making.made_folder_ = !is_there(data);
    fs::create_directories(data, error);
    if (error || !fs::is_directory(data, error)) {
        making.made_folder_ = false;
        return cannot_make(data, error ? error.message() : std::strerror(ENOTDIR));
    }
    TRY(making.take_mark());
    if (!database.empty()) TRY(require_empty(database));
    making.owns_database_ = !database.empty();
    return making;
}

Result<void> Making::take_mark() {
    const auto has_parts = [&] {
        return std::ranges::any_of(parts, [&](std::string_view part) { return is_there(data_ / part); });
    };
    const fs::path mark = data_ / mark_name;
    if (is_there(data_ / settings_name) || (!is_there(mark) && has_parts())) return refused("commands.in_use", data_);
    const int opened = ::open(mark.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (opened < 0) return cannot_make(data_, std::strerror(errno));
    struct stat held = {}, named = {};
    const bool locked = ::flock(opened, LOCK_EX | LOCK_NB) == 0;
    // Whoever held it may have taken the name away, or be done.
    if (!locked || ::fstat(opened, &held) != 0 || ::stat(mark.c_str(), &named) != 0 || held.st_ino != named.st_ino ||
        is_there(data_ / settings_name)) {
        ::close(opened);
        return refused("commands.being_made", data_);
    }
    char first[64] = {};
    const std::string_view text(first, static_cast<std::size_t>(std::max<ssize_t>(::read(opened, first, 64), 0)));
    // A file of that name that is not ours stays, and what lies beside it.
    if (text != marked && (!text.empty() || has_parts())) {
        ::close(opened);
        return refused("commands.in_use", data_);
    }
    mark_ = opened;
    has_cleared_ = text == marked;
    clear();
    if (text.empty() && (::write(mark_, marked.data(), marked.size()) != static_cast<ssize_t>(marked.size()) ||
                         ::fsync(mark_) != 0 || !sync_to_disk(data_)))
        return cannot_make(data_, std::strerror(errno));
    return {};
}

void Making::clear() const {
    std::error_code ignored;
    for (const std::string_view part : parts) fs::remove_all(data_ / part, ignored);
}

Making::Making(Making&& other) noexcept
    : data_(std::move(other.data_)),
      database_(std::move(other.database_)),
      made_folder_(std::exchange(other.made_folder_, false)),
      has_cleared_(other.has_cleared_),
      owns_database_(std::exchange(other.owns_database_, false)),
      mark_(std::exchange(other.mark_, -1)) {}

Making::~Making() {
    std::error_code ignored;
    if (mark_ >= 0) {
        clear();
        if (owns_database_) static_cast<void>(make_empty(database_));
        fs::remove(data_ / mark_name, ignored);
        ::close(mark_);
    }
    if (made_folder_) fs::remove(data_, ignored);
}

Result<void> Making::finish(const boost::json::object& settings) {
    // The address may hold a password: for the owner's eyes only.
    const fs::path part = data_ / "congvu.json.part";
    std::error_code error;
    if (!write_synced(part, boost::json::serialize(settings) + "\n")) return fail(ErrorCode::unavailable, "files.disk");
    fs::rename(part, data_ / settings_name, error);
    if (error || !sync_to_disk(data_)) return fail(ErrorCode::unavailable, "files.disk");
    fs::remove(data_ / mark_name, error);
    ::close(mark_);
    mark_ = -1;
    made_folder_ = false;
    return {};
}

}  // namespace commands
