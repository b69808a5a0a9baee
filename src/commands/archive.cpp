#include "commands/archive.h"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include "base/hex.h"
#include "commands/verifying.h"
#include "core/journal/journal.h"
#include "core/scope/system_scope.h"
#include "crypto/sha256.h"

namespace commands {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "congvu backup 1\n";
constexpr std::size_t piece = 1 << 20;
constexpr std::size_t longest_line = 512;

std::unexpected<Error> bad(std::string_view what) {
    return fail(ErrorCode::corrupt, "commands.bad_archive", {}, {{"what", std::string(what)}});
}

/// All of them in one error, the first by their names.
Error error_of(const std::vector<DamagedContent>& damaged) {
    constexpr std::size_t named = 10;
    std::string files;
    for (std::size_t i = 0; i < damaged.size() && i < named; ++i)
        files += fmt::format("{}{} “{}”", i > 0 ? ", " : "", damaged[i].file, damaged[i].name);
    if (damaged.size() > named) files += ", …";
    Error error{ErrorCode::corrupt,
                "commands.damaged_contents",
                {},
                {{"count", std::to_string(damaged.size())}, {"files", files}}};
    error.detail = damaged.front().why.detail;
    return error;
}

/// Errors: `fault` itself, unless damage is accepted: then it is told among what was.
Result<void> meet(std::optional<Error> fault, Damage damage, Archived& archived) {
    if (!fault) return {};
    if (damage == Damage::refused) return std::unexpected(std::move(*fault));
    archived.damage.push_back(std::move(*fault));
    return {};
}

Result<void> check_contents(Office& office, Damage damage, Archived& archived) {
    const auto damaged = TRY(damaged_contents(office));
    if (damaged.empty()) return {};
    return meet(error_of(damaged), damage, archived);
}

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using FilePointer = std::unique_ptr<std::FILE, FileCloser>;

/// Writes entries and hashes everything written.
class Writer {
  public:
    explicit Writer(FilePointer file) : file_(std::move(file)) {}

    Result<void> put(std::string_view bytes) {
        hash_.add(crypto::bytes_of(bytes));
        if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
            return fail(ErrorCode::unavailable, "files.disk");
        return {};
    }

    Result<void> add(const std::string& name, const fs::path& path) {
        const FilePointer source(std::fopen(path.c_str(), "rb"));
        if (!source) return fail(ErrorCode::unavailable, "commands.cannot_read", {}, {{"file", path.string()}});
        crypto::Sha256 hash;
        std::string buffer(piece, '\0');
        std::uint64_t size = 0;
        for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, piece, source.get())) > 0; size += got)
            hash.add(crypto::bytes_of(std::string_view(buffer.data(), got)));
        std::rewind(source.get());
        TRY(put(fmt::format("{} {} {}\n", name, size, to_hex(std::span<const std::byte>(hash.digest())))));
        std::uint64_t written = 0;
        while (written < size) {
            const std::size_t got =
                std::fread(buffer.data(), 1, std::min<std::uint64_t>(piece, size - written), source.get());
            if (got == 0) return fail(ErrorCode::unavailable, "commands.cannot_read", {}, {{"file", path.string()}});
            TRY(put(std::string_view(buffer.data(), got)));
            written += got;
        }
        ++count_;
        bytes_ += static_cast<std::int64_t>(size);
        return {};
    }

    Result<void> finish() {
        const std::string whole = to_hex(std::span<const std::byte>(hash_.digest()));
        const std::string last = fmt::format("end {} {}\n", count_, whole);
        if (std::fwrite(last.data(), 1, last.size(), file_.get()) != last.size() || std::fflush(file_.get()) != 0 ||
            ::fsync(::fileno(file_.get())) != 0)
            return fail(ErrorCode::unavailable, "files.disk");
        return {};
    }

    std::int64_t bytes() const { return bytes_; }

  private:
    FilePointer file_;
    crypto::Sha256 hash_;
    std::int64_t count_ = 0;
    std::int64_t bytes_ = 0;
};

Result<Archived> fill(Writer& writer, const fs::path& data, Office& office, const fs::path& copy) {
    TRY(writer.put(magic));
    TRY(office.database->copy_to(copy));
    TRY(writer.add("store", copy));
    TRY(writer.add("congvu.json", data / "congvu.json"));
    for (const auto& key : fs::directory_iterator(data / "keys"))
        if (key.is_regular_file()) TRY(writer.add("keys/" + key.path().filename().string(), key.path()));
    Archived archived;
    // Contents are never rewritten: what the copied store names is there, whatever has come since.
    for (const auto& entry : fs::recursive_directory_iterator(data / "blobs")) {
        // What was swept away since the folder was read is named by nothing.
        std::error_code gone;
        if (!entry.is_regular_file(gone)) continue;
        TRY(writer.add("blobs/" + fs::relative(entry.path(), data / "blobs").string(), entry.path()));
        ++archived.contents;
    }
    TRY(writer.finish());
    archived.bytes = writer.bytes();
    return archived;
}

/// So that the office itself can say when it was last copied, and how much.
Result<void> write_down(Office& office, const fs::path& file, const Archived& archived) {
    return office.database->write_now([&](db::Transaction& tx) -> Result<void> {
        TRY(::journal::write(
            system_scope(tx.now()), tx,
            {.action = "backup.made",
             .details = {
                 {"file", file.filename().string()}, {"bytes", archived.bytes}, {"contents", archived.contents}}}));
        return {};
    });
}

/// A name may lead nowhere but into the folder.
bool is_safe(const std::string& name) {
    if (name == "store" || name == "congvu.json") return true;
    if (!name.starts_with("keys/") && !name.starts_with("blobs/")) return false;
    return name.find("..") == std::string::npos && name.find("//") == std::string::npos &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789/._-") == std::string::npos;
}

class ArchiveReader {
  public:
    explicit ArchiveReader(FilePointer file) : file_(std::move(file)) {}

    Result<std::string> line() {
        std::string text;
        for (int c = 0; (c = std::fgetc(file_.get())) != EOF;) {
            text += static_cast<char>(c);
            if (c == '\n') return text;
            if (text.size() > longest_line) break;
        }
        return bad("dòng mô tả bị cắt");
    }

    void take(std::string_view bytes) { hash_.add(crypto::bytes_of(bytes)); }

    /// Gives whether the bytes are those that were written.
    Result<bool> extract(std::uint64_t size, const std::string& expected, const fs::path& into) {
        fs::create_directories(into.parent_path());
        const int opened = ::open(into.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (opened < 0)
            return fail(ErrorCode::conflict, "commands.in_use", {}, {{"folder", into.parent_path().string()}});
        const FilePointer out(::fdopen(opened, "wb"));
        crypto::Sha256 hash;
        std::string buffer(piece, '\0');
        while (size > 0) {
            const std::size_t got = std::fread(buffer.data(), 1, std::min<std::uint64_t>(piece, size), file_.get());
            if (got == 0) return bad("tệp bị cắt ngắn");
            const std::string_view part(buffer.data(), got);
            hash.add(crypto::bytes_of(part));
            take(part);
            if (std::fwrite(part.data(), 1, got, out.get()) != got) return fail(ErrorCode::unavailable, "files.disk");
            size -= got;
        }
        if (std::fflush(out.get()) != 0 || ::fsync(opened) != 0) return fail(ErrorCode::unavailable, "files.disk");
        return to_hex(std::span<const std::byte>(hash.digest())) == expected;
    }

    std::string hash() { return to_hex(std::span<const std::byte>(hash_.digest())); }
    bool at_end() { return std::fgetc(file_.get()) == EOF; }

  private:
    FilePointer file_;
    crypto::Sha256 hash_;
};

Result<Archived> extract_all(const fs::path& file, const fs::path& into, Damage damage) {
    FilePointer opened(std::fopen(file.c_str(), "rb"));
    if (!opened) return fail(ErrorCode::not_found, "commands.cannot_read", {}, {{"file", file.string()}});
    ArchiveReader reader(std::move(opened));
    const std::string first = TRY(reader.line());
    if (first != magic) return bad("không phải tệp sao lưu của congvu");
    reader.take(first);
    Archived archived;
    bool is_whole = true;
    for (std::int64_t count = 0;; ++count) {
        const std::string line = TRY(reader.line());
        char name[400] = {}, hash[80] = {};
        unsigned long long size = 0;
        if (line.starts_with("end ")) {
            long long told = 0;
            if (std::sscanf(line.c_str(), "end %lld %79s", &told, hash) != 2 || told != count ||
                (is_whole && reader.hash() != hash) || !reader.at_end())
                return bad("tổng kiểm không khớp");
            return archived;
        }
        if (std::sscanf(line.c_str(), "%399s %llu %79s", name, &size, hash) != 3 || !is_safe(name))
            return bad("mục có tên lạ");
        reader.take(line);
        const bool is_content = std::string_view(name).starts_with("blobs/");
        if (!TRY(reader.extract(size, hash, into / name))) {
            const std::string what = "nội dung " + fs::path(name).filename().string() + " đã bị thay đổi";
            if (!is_content) return bad(what);
            // Which file it is, and of what record, is known when the contents are read.
            if (damage == Damage::refused)
                return fail(ErrorCode::corrupt, "commands.bad_content", {}, {{"what", what}});
            is_whole = false;
        }
        if (is_content) ++archived.contents;
        archived.bytes += static_cast<std::int64_t>(size);
    }
}

/// The journal holds together, the records are as it says and every content is there.
Result<void> check_restored(const fs::path& folder, Damage damage, Archived& archived) {
    const auto office = TRY(open_office(folder, Opening::existing));
    const Verified verified = TRY(verify_office(*office));
    archived.journal_entries = verified.journal.entries + verified.journal.waiting;
    TRY(meet(verified.fault(), damage, archived));
    return check_contents(*office, damage, archived);
}

}  // namespace

Result<Archived> write_archive(const fs::path& data, const fs::path& file, Replace replace, Damage damage) {
    Output output = TRY(Output::at(file, data, magic, replace));
    const auto office = TRY(open_office(data, Opening::existing));
    Archived checked;
    TRY(check_contents(*office, damage, checked));
    const fs::path part = output.part();
    const int opened = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (opened < 0) return fail(ErrorCode::unavailable, "commands.cannot_write", {}, {{"file", file.string()}});
    Writer writer(FilePointer(::fdopen(opened, "wb")));
    Archived archived = TRY(fill(writer, data, *office, output.beside()));
    archived.damage = std::move(checked.damage);
    TRY(output.publish());
    const auto written = write_down(*office, file, archived);
    if (!written) archived.not_journalled = written.error();
    return archived;
}

Result<Archived> read_archive(const fs::path& file, const fs::path& folder, const std::string& database,
                              Damage damage) {
    const fs::path data = folder.has_filename() ? folder : folder.parent_path();
    std::error_code ignored;
    if (fs::exists(data, ignored) && !fs::is_empty(data, ignored))
        return fail(ErrorCode::conflict, "commands.in_use", {}, {{"folder", data.string()}});
    if (!database.empty()) TRY(require_empty(database));
    const fs::path partial = data.string() + ".partial";
    // Only what an earlier restore has left is cleared.
    if (fs::exists(partial, ignored) && !fs::exists(partial / "store", ignored) &&
        !fs::exists(partial / "congvu.json", ignored) && !fs::is_empty(partial, ignored))
        return fail(ErrorCode::conflict, "commands.in_use", {}, {{"folder", partial.string()}});
    fs::remove_all(partial, ignored);
    const auto clean_up = [&] { fs::remove_all(partial, ignored); };
    auto archived = extract_all(file, partial, damage);
    if (!archived) {
        clean_up();
        return archived;
    }
    if (const auto adopted = adopt_store(partial, database); !adopted) {
        clean_up();
        return std::unexpected(adopted.error());
    }
    if (const auto checked = check_restored(partial, damage, *archived); !checked) {
        clean_up();
        if (!database.empty()) TRY(make_empty(database));
        return std::unexpected(checked.error());
    }
    fs::remove(data, ignored);
    fs::rename(partial, data, ignored);
    if (ignored) return fail(ErrorCode::unavailable, "commands.cannot_write", {}, {{"file", data.string()}});
    return archived;
}

}  // namespace commands
