#include "paper/descriptor.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace paper {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        close();
        number_ = std::exchange(other.number_, -1);
    }
    return *this;
}

void Descriptor::close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
}

namespace {

Result<Descriptor> in_memory(std::string_view bytes) {
    Descriptor file(::memfd_create("paper", MFD_CLOEXEC));
    if (!file) return fail_internal(std::string("memfd_create: ") + std::strerror(errno));
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return fail_internal(std::string("write to memory: ") + std::strerror(errno));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return file;
}

Result<Descriptor> open_file(const Source& source) {
    // /proc gives the open file again with its own position and for reading only.
    const std::string path = source.descriptor >= 0 ? fmt::format("/proc/self/fd/{}", source.descriptor) : source.path;
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (file) return file;
    Error error{ErrorCode::not_found, "paper.no_such_file"};
    error.detail = fmt::format("{}: {}", path, std::strerror(errno));
    return std::unexpected(std::move(error));
}

}  // namespace

Result<Descriptor> open_source(const Source& source, const Limits& limits) {
    const bool named = source.descriptor >= 0 || !source.path.empty();
    if (!named && static_cast<std::int64_t>(source.bytes.size()) > limits.input_bytes)
        return unreadable(Reason::too_large, fmt::format("{} bytes", source.bytes.size()));
    if (!named) return in_memory(source.bytes);

    Descriptor file = TRY(open_file(source));
    struct stat status{};
    if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        Error error{ErrorCode::not_found, "paper.no_such_file"};
        error.detail = "not a regular file: " + source.path;
        return std::unexpected(std::move(error));
    }
    if (status.st_size > limits.input_bytes)
        return unreadable(Reason::too_large, fmt::format("{} bytes", status.st_size));
    return file;
}

Result<Mapping> Mapping::of(int descriptor) {
    struct stat status{};
    if (::fstat(descriptor, &status) != 0) return fail_internal(std::string("fstat: ") + std::strerror(errno));
    if (status.st_size == 0) return Mapping(nullptr, 0);
    const auto size = static_cast<std::size_t>(status.st_size);
    void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (data == MAP_FAILED) return fail_internal(std::string("mmap: ") + std::strerror(errno));
    return Mapping(static_cast<char*>(data), size);
}

Mapping::~Mapping() {
    if (data_ != nullptr) ::munmap(data_, size_);
}

}  // namespace paper
