#include "http/request.h"

#include <algorithm>
#include <array>
#include <unistd.h>

#include "base/text.h"

namespace http {

namespace {

constexpr std::array<std::string_view, 7> method_words{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

char lower_ascii(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Decodes %XX; `plus` stands for a space in a query.
enum class Plus { kept, space };
std::optional<std::string> decoded(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    bool is_plain = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus == Plus::space) {
            c = ' ';
        }
        if (c == '\0') return std::nullopt;
        if (static_cast<unsigned char>(c) >= 0x80) is_plain = false;
        out.push_back(c);
    }
    if (!is_plain && !is_utf8(out)) return std::nullopt;
    return out;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

Result<std::string> read_path(std::string_view raw) {
    const auto bad = fail(ErrorCode::invalid, "http.bad_target");
    if (raw.empty() || raw.front() != '/') return bad;
    std::optional<std::string> path = decoded(raw, Plus::kept);
    if (!path) return bad;
    // A "/" or "\" that came encoded would mean one thing here and another to whoever splits the path later.
    if (std::ranges::count(*path, '/') != std::ranges::count(raw, '/') || path->contains('\\')) return bad;
    if (std::ranges::any_of(*path, is_control)) return bad;
    if (path->size() > 1 && path->back() == '/') path->pop_back();
    if (*path == "/") return std::move(*path);
    for (std::size_t begin = 1; begin <= path->size();) {
        const std::size_t end = std::min(path->find('/', begin), path->size());
        const std::string_view segment = std::string_view(*path).substr(begin, end - begin);
        if (segment.empty() || segment == "." || segment == "..") return bad;
        begin = end + 1;
    }
    return std::move(*path);
}

Result<void> read_query(std::string_view raw, Parameters& into) {
    constexpr int most = 256;
    int count = 0;
    while (!raw.empty()) {
        const std::size_t end = std::min(raw.find('&'), raw.size());
        const std::string_view pair = raw.substr(0, end);
        raw.remove_prefix(std::min(end + 1, raw.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        std::optional<std::string> name = decoded(pair.substr(0, equals), Plus::space);
        std::optional<std::string> value = decoded(pair.substr(std::min(equals + 1, pair.size())), Plus::space);
        if (!name || !value || ++count > most) return fail(ErrorCode::invalid, "http.bad_target");
        into.add(std::move(*name), std::move(*value));
    }
    return {};
}

}  // namespace

std::string_view to_string(Method method) {
    return method_words[static_cast<std::size_t>(method)];
}

std::optional<Method> method_of(std::string_view word) {
    const auto found = std::ranges::find(method_words, word);
    if (found == method_words.end()) return std::nullopt;
    return static_cast<Method>(found - method_words.begin());
}

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::ranges::equal(a, b, {}, lower_ascii, lower_ascii);
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const Header& line : lines_)
        if (same_name(line.name, name)) return line.value;
    return std::nullopt;
}

void Headers::remove(std::string_view name) {
    std::erase_if(lines_, [&](const Header& line) { return same_name(line.name, name); });
}

void Headers::set(std::string_view name, std::string_view value) {
    remove(name);
    add(name, value);
}

std::optional<std::string_view> Parameters::find(std::string_view name) const {
    for (const auto& [key, value] : pairs_)
        if (key == name) return value;
    return std::nullopt;
}

std::vector<std::string_view> Parameters::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : pairs_)
        if (key == name) values.push_back(value);
    return values;
}

BodyFile& BodyFile::operator=(BodyFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(size_, other.size_);
    return *this;
}

BodyFile::~BodyFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
}

std::string_view Request::place(std::string_view name) const {
    for (const auto& [key, value] : places)
        if (key == name) return value;
    return {};
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    for (const Header& line : headers) {
        if (!same_name(line.name, "cookie")) continue;
        std::string_view rest = line.value;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            const std::string_view pair = trim(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (pair.size() > name.size() && pair[name.size()] == '=' && pair.starts_with(name))
                return pair.substr(name.size() + 1);
        }
    }
    return std::nullopt;
}

Language Request::language() const {
    // Browsers list what they prefer first; weights that contradict the order are not worth reading.
    std::string_view rest = headers.value("accept-language");
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        const std::string_view tag = trim(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::string_view word = tag.substr(0, std::min(tag.find_first_of("-;"), tag.size()));
        if (same_name(word, "vi")) return Language::vi;
        if (same_name(word, "en")) return Language::en;
    }
    return Language::vi;
}

std::string Request::media_type() const {
    const std::string_view value = headers.value("content-type");
    std::string word(trim(value.substr(0, std::min(value.find(';'), value.size()))));
    std::ranges::transform(word, word.begin(), lower_ascii);
    return word;
}

Result<std::string> Request::file_name() const {
    const auto bad = fail(ErrorCode::invalid, "http.bad_file_name");
    const std::optional<std::string> whole = percent_decoded(headers.value("x-file-name"));
    if (!whole) return bad;
    const std::size_t slash = whole->find_last_of("/\\");
    std::string name = slash == std::string::npos ? *whole : whole->substr(slash + 1);
    if (name.empty() || name == "." || name == ".." || length(name) > 255 || std::ranges::any_of(name, is_control))
        return bad;
    return name;
}

Result<void> read_target(std::string_view target, std::string_view host, Request& into) {
    into.target.assign(target);
    if (target == "*" && into.method == Method::options) {
        into.path = "*";
        return {};
    }
    bool is_absolute = false;
    for (const std::string_view scheme : {std::string_view("http://"), std::string_view("https://")}) {
        if (target.size() <= scheme.size() || !same_name(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        const std::size_t end = std::min(target.find_first_of("/?"), target.size());
        if (!same_name(target.substr(0, end), host)) return fail(ErrorCode::invalid, "http.bad_target");
        target.remove_prefix(end);
        is_absolute = true;
        break;
    }
    if (target.contains('#')) return fail(ErrorCode::invalid, "http.bad_target");
    const std::size_t question = std::min(target.find('?'), target.size());
    into.path = TRY(read_path(is_absolute && question == 0 ? "/" : target.substr(0, question)));
    return read_query(target.substr(std::min(question + 1, target.size())), into.query);
}

std::optional<std::string> percent_decoded(std::string_view text) {
    return decoded(text, Plus::kept);
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                              c == '.' || c == '_' || c == '~';
        if (is_plain) {
            out += c;
            continue;
        }
        out += '%';
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

}  // namespace http
