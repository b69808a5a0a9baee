#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paper/types.h"

namespace paper {

/// Reads a ZIP that may be hostile: refused are odd names (absolute, "..", backslash, control characters, twice the
/// same), too many entries, entries that unpack to more than limits.unpacked_bytes together or to more than 200 times
/// their packed size (beyond the first MB), encryption, and sizes that don't hold. Entries inside entries are never
/// opened.
class Zip {
  public:
    /// The bytes must outlive it. Errors: corrupt damaged, encrypted, too_large, unsupported.
    static Result<Zip> open(std::string_view bytes, const Limits&);
    Zip(Zip&&) noexcept;
    ~Zip();

    const std::vector<std::string>& names() const { return names_; }
    bool has(std::string_view name) const;
    /// The unpacked bytes of an entry. What is read counts for the limit each time.
    /// Errors: corrupt damaged (not there, broken), too_large.
    Result<std::string> read(std::string_view name);

  private:
    struct Archive;
    explicit Zip(std::unique_ptr<Archive> archive);
    std::unique_ptr<Archive> archive_;
    std::vector<std::string> names_;
    std::int64_t left_ = 0;
};

}  // namespace paper
