#include "paper/zip.h"

#include <algorithm>
#include <set>
#include <zip.h>

#include <fmt/format.h>

#include "paper/tidy.h"

namespace paper {

namespace {

constexpr zip_int64_t most_entries = 10'000;
constexpr zip_uint64_t free_size = 1 << 20;
constexpr zip_uint64_t highest_ratio = 200;
constexpr std::size_t longest_name = 512;

bool is_odd(std::string_view name) {
    if (name.empty() || name.size() > longest_name || name.front() == '/' || !is_utf8(name)) return true;
    if (name.find_first_of("\\:") != std::string_view::npos) return true;
    if (std::ranges::any_of(name, [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; })) return true;
    while (!name.empty()) {
        const std::size_t end = std::min(name.find('/'), name.size());
        const std::string_view part = name.substr(0, end);
        if (part == ".." || part == ".") return true;
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return false;
}

Result<void> check(const zip_stat_t& entry) {
    constexpr zip_uint64_t needed =
        ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if ((entry.valid & needed) != needed) return unreadable(Reason::damaged, "an entry without name or size");
    if (is_odd(entry.name)) return unreadable(Reason::damaged, "an entry with an odd name");
    if (entry.encryption_method != ZIP_EM_NONE) return unreadable(Reason::encrypted, "an encrypted entry");
    if (entry.comp_method != ZIP_CM_STORE && entry.comp_method != ZIP_CM_DEFLATE)
        return unreadable(Reason::unsupported, fmt::format("compression method {}", entry.comp_method));
    if (entry.size > free_size && entry.size / highest_ratio > entry.comp_size)
        return unreadable(Reason::too_large,
                          fmt::format("an entry of {} bytes unpacks to {}", entry.comp_size, entry.size));
    return {};
}

}  // namespace

struct Zip::Archive {
    zip_t* handle = nullptr;
    Archive() = default;
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    ~Archive() {
        if (handle != nullptr) ::zip_discard(handle);
    }
};

Zip::Zip(std::unique_ptr<Archive> archive) : archive_(std::move(archive)) {}
Zip::Zip(Zip&&) noexcept = default;
Zip::~Zip() = default;

Result<Zip> Zip::open(std::string_view bytes, const Limits& limits) {
    zip_error_t error;
    ::zip_error_init(&error);
    zip_source_t* source = ::zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr) return fail_internal("zip_source_buffer_create");
    auto archive = std::make_unique<Archive>();
    archive->handle = ::zip_open_from_source(source, ZIP_RDONLY, &error);
    if (archive->handle == nullptr) {
        const std::string detail = ::zip_error_strerror(&error);
        ::zip_source_free(source);
        ::zip_error_fini(&error);
        return unreadable(Reason::damaged, detail);
    }

    Zip zip(std::move(archive));
    zip.left_ = limits.unpacked_bytes;
    const zip_int64_t count = ::zip_get_num_entries(zip.archive_->handle, 0);
    if (count > most_entries) return unreadable(Reason::too_large, fmt::format("{} entries", count));
    const auto most = static_cast<zip_uint64_t>(limits.unpacked_bytes);
    zip_uint64_t total = 0;
    std::set<std::string, std::less<>> seen;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t entry;
        ::zip_stat_init(&entry);
        if (::zip_stat_index(zip.archive_->handle, static_cast<zip_uint64_t>(i), 0, &entry) != 0)
            return unreadable(Reason::damaged, "an entry that can't be read");
        TRY(check(entry));
        if (!seen.insert(entry.name).second) return unreadable(Reason::damaged, "two entries of one name");
        zip.names_.emplace_back(entry.name);
        if (entry.size > most - total) return unreadable(Reason::too_large, "it says to unpack to more than the limit");
        total += entry.size;
    }
    return zip;
}

bool Zip::has(std::string_view name) const {
    return std::ranges::find(names_, name) != names_.end();
}

Result<std::string> Zip::read(std::string_view name) {
    const auto position = std::ranges::find(names_, name);
    if (position == names_.end()) return unreadable(Reason::damaged, fmt::format("no entry {}", name));
    const auto index = static_cast<zip_uint64_t>(position - names_.begin());
    zip_stat_t entry;
    ::zip_stat_init(&entry);
    if (::zip_stat_index(archive_->handle, index, 0, &entry) != 0)
        return unreadable(Reason::damaged, "an entry is gone");
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(::zip_fopen_index(archive_->handle, index, 0),
                                                                  &zip_fclose);
    if (!file) return unreadable(Reason::damaged, ::zip_strerror(archive_->handle));

    // The claimed size is not believed: memory grows with what really comes.
    constexpr std::size_t step = 256 << 10;
    std::string bytes;
    while (true) {
        const std::size_t before = bytes.size();
        bytes.resize(before + step);
        const zip_int64_t got = ::zip_fread(file.get(), bytes.data() + before, step);
        if (got < 0) return unreadable(Reason::damaged, ::zip_file_strerror(file.get()));
        bytes.resize(before + static_cast<std::size_t>(got));
        if (got == 0) break;
        left_ -= got;
        if (left_ < 0) return unreadable(Reason::too_large, "it unpacks to more than it says");
    }
    if (bytes.size() != entry.size) return unreadable(Reason::damaged, "an entry of another size than it says");
    return bytes;
}

}  // namespace paper
