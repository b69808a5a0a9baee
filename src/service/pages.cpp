#include "service/pages.h"

#include "base/resources.h"

namespace service {

namespace {

std::string_view media_type(std::string_view path) {
    static const std::vector<std::pair<std::string_view, std::string_view>> types{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".woff2", "font/woff2"},
        {".woff", "font/woff"},
        {".wasm", "application/wasm"},
        {".ico", "image/x-icon"},
        {".bcmap", "application/octet-stream"}};
    for (const auto& [ending, type] : types)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

bool takes_brotli(const http::Request& request) {
    return request.headers.value("Accept-Encoding").find("br") != std::string_view::npos;
}

Result<http::Response> page(http::Request&& request) {
    const std::string folder = "web/dist";
    std::string path = folder + (request.path == "/" ? "/index.html" : request.path);
    auto bytes = resources::find(path);
    const bool is_asset = request.path.starts_with("/assets/");
    if (!bytes) {
        if (is_asset) return fail(ErrorCode::not_found, "http.not_found");
        path = folder + "/index.html";
        bytes = resources::find(path);
    }
    if (!bytes) return http::text("Bản dựng này không có trang web; hãy chạy ./run.\n", 404);
    const http::Content content{.media_type = std::string(media_type(path)),
                                .cache = is_asset ? "public, max-age=31536000, immutable" : "no-cache"};
    if (takes_brotli(request))
        if (const auto compressed = resources::find(path + ".br")) {
            http::Response response = http::static_content(request, *compressed, content);
            response.headers.add("Content-Encoding", "br");
            response.headers.add("Vary", "Accept-Encoding");
            return response;
        }
    return http::static_content(request, *bytes, content);
}

}  // namespace

void serve_pages(http::Router& router) {
    router.fallback(http::answering(page), "/api");
}

}  // namespace service
