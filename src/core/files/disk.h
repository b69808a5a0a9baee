#pragma once
#include <filesystem>
#include <utility>

#include "crypto/bytes.h"

namespace files {

/// An open file, closed when it goes.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor();
    int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

  private:
    int number_ = -1;
};

/// What the server keeps is not as it was kept, which is nobody's request's fault: internal, `detail` for the log.
std::unexpected<Error> not_as_kept(std::string_view message, std::string detail);

/// Everything the vault changes on disk goes through here, so that tests can stop it between any two steps.
/// Errors: unavailable "files.disk"; `detail` says which call failed and why.
class Disk {
  public:
    virtual ~Disk() = default;
    /// A new file (0600); one of that name is an error.
    virtual Result<Descriptor> create(const std::filesystem::path&);
    virtual Result<void> append(const Descriptor&, crypto::BytesView);
    virtual Result<void> sync(const Descriptor&);
    virtual Result<void> sync_folder(const std::filesystem::path&);
    /// Everything written to the file system that this folder is on.
    virtual Result<void> sync_all(const std::filesystem::path& folder);
    virtual Result<void> rename(const std::filesystem::path& from, const std::filesystem::path& to);
    /// With its parents, which are made durable; one that is there is fine.
    virtual Result<void> make_folder(const std::filesystem::path&);
    /// One that isn't there is fine.
    virtual Result<void> remove(const std::filesystem::path&);

    static Disk& real();
};

std::unexpected<Error> disk_error(std::string_view call, const std::filesystem::path&);

}  // namespace files
