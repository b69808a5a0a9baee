#include "core/journal/canonical.h"

#include <fmt/format.h>

#include "base/hex.h"

namespace journal {
namespace {

template <class Noun>
void line(std::string& text, std::string_view name, Id<Noun> id) {
    if (id) text += fmt::format("{} {}\n", name, id.value);
}

}  // namespace

std::string canonical_text(const StoredEntry& entry) {
    std::string text =
        fmt::format("congvu entry 1\nid {}\nat {}\naction {}\n", entry.id.value, to_string(entry.at), entry.action);
    line(text, "account", entry.account);
    line(text, "person", entry.person);
    line(text, "post", entry.post);
    line(text, "on-behalf-of", entry.on_behalf_of);
    line(text, "agency", entry.agency);
    line(text, "register", entry.register_id);
    line(text, "record", entry.record);
    if (!entry.details.empty()) text += fmt::format("details {}\n", entry.details);
    if (entry.values_hash) text += fmt::format("values {}\n", to_hex(*entry.values_hash));
    return text;
}

}  // namespace journal
