#include "base/uuid.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <span>
#include <sys/random.h>

#include "base/hex.h"

namespace {

/// Fills with random bytes from the kernel. It can't fail for so few once the machine has started.
void fill_random(std::span<unsigned char> bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = getrandom(bytes.data() + done, bytes.size() - done, 0);
        if (count < 0 && errno != EINTR) std::abort();
        if (count > 0) done += static_cast<std::size_t>(count);
    }
}

}  // namespace

std::string new_uuid(Instant now) {
    std::array<unsigned char, 16> bytes{};
    fill_random(std::span(bytes).subspan(6));
    for (std::size_t i = 0; i < 6; ++i)
        bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(now.milliseconds) >> (40 - 8 * i));
    bytes[6] = static_cast<unsigned char>(0x70 | (bytes[6] & 0x0F));
    bytes[8] = static_cast<unsigned char>(0x80 | (bytes[8] & 0x3F));

    std::string text = to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    for (const std::size_t at : {8, 13, 18, 23}) text.insert(at, 1, '-');
    return text;
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool good = dash ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (!good) return false;
    }
    return true;
}
