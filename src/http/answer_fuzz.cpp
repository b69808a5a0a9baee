#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/parser.h"

namespace {

struct Reading {
    bool is_read = true;
    bool is_done = false;
    int status = 0;
    std::string body;
};

/// Reads an answer that comes in pieces of that many bytes.
Reading read(std::string_view bytes, std::size_t piece) {
    http::ResponseParser parser(http::ResponseParser::Of::other_request);
    Reading reading;
    std::size_t begin = 0;
    for (std::size_t size = std::min(piece, bytes.size()); !reading.is_done;
         size = std::min(size + piece, bytes.size())) {
        std::size_t used = 0;
        do {
            const auto step = parser.feed(bytes.substr(begin, size - begin), reading.body);
            if (!step) return {.is_read = false};
            begin += used = step->used;
            reading.is_done = step->is_done;
        } while (used > 0 && !reading.is_done);
        if (size == bytes.size()) break;
    }
    reading.status = parser.status();
    return reading;
}

}  // namespace

/// However an answer is cut into pieces, it says the same.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (size == 0 || size > 4096) return 0;
    const Reading whole = read(bytes, size);
    const Reading cut = read(bytes, 1);
    if (whole.is_done && cut.is_done && (whole.body != cut.body || whole.status != cut.status)) std::abort();
    if (whole.is_read && cut.is_read && whole.is_done != cut.is_done) std::abort();
    return 0;
}
