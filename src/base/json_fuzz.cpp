#include <cstdlib>

#include "base/json.h"
#include "base/text.h"

namespace {

struct Node {
    std::string name;
    std::optional<LocalDate> day;
    std::optional<Decimal> amount;
    std::optional<Instant> at;
    std::vector<Node> nodes;
};
BOOST_DESCRIBE_STRUCT(Node, (), (name, day, amount, at, nodes))

}  // namespace

/// Whatever is read is written in a way that is read as the same.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto json = parse_json({reinterpret_cast<const char*>(data), size});
    if (!json) return 0;
    const auto node = decode<Node>(*json);
    if (!node) return 0;
    const boost::json::value written = encode(*node);
    const auto again = decode<Node>(written);
    if (!again || encode(*again) != written) std::abort();
    return 0;
}
