#include "commands/output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include "base/sync.h"
namespace commands {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> refused(ErrorCode code, std::string_view message, const fs::path& file) {
    return fail(code, message, {}, {{"file", file.string()}});
}

/// By what they are, not by how they are written: a link or a mount leads in as well.
bool is_in(fs::path folder, const fs::path& office) {
    std::error_code ignored;
    for (;; folder = folder.parent_path()) {
        if (fs::equivalent(folder, office, ignored)) return true;
        if (folder == folder.parent_path()) return false;
    }
}

/// In the data folder, or in one of its folders that lies elsewhere.
bool is_in_office(const fs::path& folder, const fs::path& data) {
    if (is_in(folder, data)) return true;
    std::error_code ignored;
    for (const auto& each : fs::directory_iterator(data, ignored))
        if (each.is_directory(ignored) && is_in(folder, each.path())) return true;
    return false;
}

bool begins_with(const fs::path& file, std::string_view beginning) {
    std::ifstream in(file, std::ios::binary);
    std::string first(beginning.size(), '\0');
    in.read(first.data(), static_cast<std::streamsize>(first.size()));
    return in && first == beginning;
}

}  // namespace

std::unexpected<Error> Output::cannot_write() const {
    auto error = refused(ErrorCode::unavailable, "commands.cannot_write", file_);
    error.error().detail = std::strerror(errno);
    return error;
}

Result<Output> Output::at(const fs::path& file, const fs::path& data, std::string_view beginning, Replace replace) {
    std::error_code error;
    const fs::path parent = fs::canonical(fs::absolute(file).parent_path(), error);
    if (error || !file.has_filename() || file.filename() == "." || file.filename() == "..")
        return refused(ErrorCode::unavailable, "commands.cannot_write", file);
    if (is_in_office(parent, data)) return refused(ErrorCode::conflict, "commands.output_in_office", file);
    Output output(parent / file.filename(), replace);
    const fs::file_status there = fs::symlink_status(output.file_, error);
    if (there.type() != fs::file_type::not_found) {
        if (fs::is_regular_file(there) && begins_with(output.file_, beginning)) {
            if (replace == Replace::no) return refused(ErrorCode::conflict, "commands.output_exists", file);
        } else {
            return refused(ErrorCode::conflict, "commands.output_of_others", file);
        }
    }
    std::string folder = (parent / ".congvu-XXXXXX").string();
    if (!::mkdtemp(folder.data())) return output.cannot_write();
    output.folder_ = folder;
    return output;
}

Output::Output(Output&& other) noexcept
    : file_(std::move(other.file_)), folder_(std::exchange(other.folder_, {})), replace_(other.replace_) {}

Output::~Output() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Result<void> Output::publish() {
    if (!sync_to_disk(part())) return cannot_write();
    // Not every file system can tell whether the name is free while it gives it.
    int renamed = -1;
    if (replace_ == Replace::no) {
        renamed = ::renameat2(AT_FDCWD, part().c_str(), AT_FDCWD, file_.c_str(), RENAME_NOREPLACE);
        if (renamed != 0 && errno == EEXIST) return refused(ErrorCode::conflict, "commands.output_exists", file_);
        std::error_code ignored;
        if (renamed != 0 && fs::exists(fs::symlink_status(file_, ignored)))
            return refused(ErrorCode::conflict, "commands.output_exists", file_);
    }
    if (renamed != 0 && ::rename(part().c_str(), file_.c_str()) != 0) return cannot_write();
    return sync_to_disk(file_.parent_path()) ? Result<void>() : cannot_write();
}

}  // namespace commands
