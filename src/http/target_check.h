#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "http/request.h"

// What must hold of every request target that is taken: for its test and its fuzzer.
namespace http {

/// "" or what is wrong with the reading of this target.
inline std::string target_fault(std::string_view target) {
    Request request;
    if (!read_target(target, "congvu.test", request)) return {};
    const std::string& path = request.path;
    if (path == "*") return {};
    if (!path.starts_with('/')) return "no slash";
    if (path.size() > 1 && path.ends_with('/')) return "slash at the end";
    if (path.contains('\0') || path.contains('\\') || path.contains("//")) return "forbidden character";
    if (!is_utf8(path)) return "no UTF-8";
    std::string segments = path == "/" ? "/" : "";
    for (const std::string& segment : split(path.substr(1), '/')) {
        if (path == "/") break;
        if (segment == "." || segment == "..") return "climbs";
        segments += "/" + percent_encoded(segment);
    }
    std::string query;
    for (const auto& [name, value] : request.query) {
        if (!is_utf8(name) || !is_utf8(value) || name.contains('\0') || value.contains('\0'))
            return "no text in the query";
        query += (query.empty() ? "?" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
    }
    Request again;
    if (!read_target(segments + query, "congvu.test", again)) return "can't be said again";
    if (again.path != path ||
        !std::equal(request.query.begin(), request.query.end(), again.query.begin(), again.query.end()))
        return "means something else when said again";
    return {};
}

}  // namespace http
