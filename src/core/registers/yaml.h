#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// A small YAML tree that knows its lines. Anchors, tags, repeated keys and several documents are refused, so that what
/// a person reads is what the program reads.
namespace registers::yaml {

struct Entry;

struct Node {
    enum class Kind { nothing, text, list, map } kind = Kind::nothing;
    int line = 1;
    bool quoted = false;  ///< the text stood in quotes: never a number or true
    std::string text = {};
    std::vector<Node> items;     ///< of a list
    std::vector<Entry> entries;  ///< of a map, in the order written

    const Node* find(std::string_view key) const;
    bool is_text() const { return kind == Kind::text; }
    bool is_map() const { return kind == Kind::map; }
    bool is_list() const { return kind == Kind::list; }
};

struct Entry {
    std::string key;
    int line = 1;
    Node value;
};

inline constexpr std::size_t largest = 1024 * 1024;
inline constexpr int deepest = 12;
inline constexpr int most_nodes = 100'000;

/// Errors: too_large "registers.file_too_large", invalid "registers.bad_yaml", "registers.yaml_too_deep",
/// "registers.yaml_extra", "registers.repeated_key", each with line.
Result<Node> read(std::string_view text);

}  // namespace registers::yaml
