#pragma once
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/messages.h"
#include "base/result.h"

namespace http {

enum class Method { get, head, post, put, patch, del, options };
std::string_view to_string(Method);
std::optional<Method> method_of(std::string_view word);

struct Header {
    std::string name;
    std::string value;
};

/// Header lines in their order; names are compared without regard to case.
class Headers {
  public:
    Headers() = default;
    Headers(std::initializer_list<Header> lines) : lines_(lines) {}
    /// The first line of that name.
    std::optional<std::string_view> find(std::string_view name) const;
    /// The value, or "".
    std::string_view value(std::string_view name) const { return find(name).value_or(std::string_view{}); }
    void add(std::string_view name, std::string_view value) {
        lines_.push_back({std::string(name), std::string(value)});
    }
    /// Replaces every line of that name.
    void set(std::string_view name, std::string_view value);
    void remove(std::string_view name);
    void clear() { lines_.clear(); }
    void reserve(std::size_t count) { lines_.reserve(count); }
    std::size_t size() const { return lines_.size(); }
    auto begin() const { return lines_.begin(); }
    auto end() const { return lines_.end(); }

  private:
    std::vector<Header> lines_;
};

/// Decoded query parameters in their order; a name may come several times.
class Parameters {
  public:
    std::optional<std::string_view> find(std::string_view name) const;
    std::string_view value(std::string_view name) const { return find(name).value_or(std::string_view{}); }
    std::vector<std::string_view> all(std::string_view name) const;
    void add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
    bool empty() const { return pairs_.empty(); }
    void clear() { pairs_.clear(); }
    auto begin() const { return pairs_.begin(); }
    auto end() const { return pairs_.end(); }

  private:
    std::vector<std::pair<std::string, std::string>> pairs_;
};

/// A body that was streamed to a file of the spool folder. The file goes with the object unless it is kept;
/// it has not been made durable yet.
class BodyFile {
  public:
    BodyFile() = default;
    BodyFile(std::string path, std::uint64_t size) : path_(std::move(path)), size_(size) {}
    BodyFile(BodyFile&& other) noexcept : path_(std::exchange(other.path_, {})), size_(other.size_) {}
    BodyFile& operator=(BodyFile&& other) noexcept;
    ~BodyFile();
    const std::string& path() const { return path_; }
    std::uint64_t size() const { return size_; }
    /// The caller has taken the file over: it stays. Gives its path.
    std::string keep() { return std::exchange(path_, {}); }

  private:
    std::string path_;
    std::uint64_t size_ = 0;
};

/// A request that has arrived whole and has passed the framing gate.
struct Request {
    Method method = Method::get;
    std::string path;    ///< percent-decoded: valid UTF-8, no "..", no NUL, no trailing "/"
    std::string target;  ///< as it came, with the query; never log it
    Parameters query;
    Headers headers;
    std::string body;                                              ///< of routes with BodyKind::small
    std::optional<BodyFile> file;                                  ///< of routes with BodyKind::file
    std::vector<std::pair<std::string_view, std::string>> places;  ///< what stood for {name} in the route's pattern
    std::string peer;                                              ///< address of the other side, without port
    std::string client_certificate;  ///< DER of the checked client certificate; empty when none was shown
    bool is_tls = false;
    std::uint64_t number = 0;  ///< of this request in this process, for the log

    /// What stood for {name}, or "".
    std::string_view place(std::string_view name) const;
    /// {name} as a row's number. Errors: not_found "http.not_found" when it is none, since no such row exists.
    template <class IdType>
    Result<IdType> id(std::string_view name) const {
        const std::string_view text = place(name);
        IdType id;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), id.value);
        if (fault != std::errc{} || end != text.data() + text.size() || id.value <= 0)
            return fail(ErrorCode::not_found, "http.not_found");
        return id;
    }
    /// The cookie of that name, as it came.
    std::optional<std::string_view> cookie(std::string_view name) const;
    /// vi unless Accept-Language prefers English.
    Language language() const;
    /// Content-Type without its parameters, in lower case.
    std::string media_type() const;
    /// X-File-Name, percent-decoded; only the part after the last "/" or "\". Errors: invalid "http.bad_file_name".
    Result<std::string> file_name() const;
};

/// Decodes the target of a request line into path and query. Also accepts the absolute form when its authority is
/// `host`. Errors: invalid "http.bad_target".
Result<void> read_target(std::string_view target, std::string_view host, Request& into);

/// Percent-decodes; nothing when a % isn't followed by two hexadecimal digits, or the bytes are no UTF-8 or hold a NUL.
std::optional<std::string> percent_decoded(std::string_view text);
/// Everything but A-Z a-z 0-9 - . _ ~ becomes %XX (RFC 3986, 2.3).
std::string percent_encoded(std::string_view text);
bool same_name(std::string_view a, std::string_view b);

}  // namespace http
