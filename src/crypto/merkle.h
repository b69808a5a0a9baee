#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "crypto/sha256.h"

/// The hash tree of RFC 6962, section 2.1 (unchanged in RFC 9162).
namespace crypto::merkle {

/// SHA-256(0x00 ‖ leaf).
Digest leaf_hash(BytesView leaf);
inline Digest leaf_hash(std::string_view leaf) {
    return leaf_hash(bytes_of(leaf));
}
/// SHA-256(0x01 ‖ left ‖ right).
Digest node_hash(const Digest& left, const Digest& right);
/// The root of a tree without leaves: SHA-256 of nothing.
Digest empty_root();

/// The root a leaf and its inclusion path lead to, in a tree of `size` leaves (RFC 9162, section 2.1.3.2).
/// Nothing when the path doesn't have the length that position and size demand.
std::optional<Digest> root_of(const Digest& leaf, std::uint64_t position, std::uint64_t size,
                              std::span<const Digest> path);

/// A whole subtree: 2^level leaves from position · 2^level on.
struct Node {
    int level = 0;
    std::uint64_t position = 0;
    auto operator<=>(const Node&) const = default;
};

/// The whole subtrees a tree of `size` leaves is made of, largest first.
std::vector<Node> frontier(std::uint64_t size);

/// What the inclusion path of a leaf is made of, from the leaf up: each step is the root over these whole subtrees,
/// folded from the right. position < size.
std::vector<std::vector<Node>> path_nodes(std::uint64_t position, std::uint64_t size);

/// The root over whole subtrees of falling size, as frontier() lists them; of none it is empty_root().
Digest fold(std::span<const Digest> subtrees);

/// A tree that grows at its right end and remembers only its frontier.
class Growing {
  public:
    Growing() = default;
    /// Goes on from a tree of `size` leaves with these subtrees, as frontier(size) lists them.
    Growing(std::uint64_t size, std::vector<Digest> subtrees);

    struct Made {
        Node node;
        Digest hash;
    };
    /// Adds a leaf and gives the inner nodes it completed, lowest first.
    std::vector<Made> add(const Digest& leaf);
    std::uint64_t size() const { return size_; }
    Digest root() const { return fold(subtrees_); }

  private:
    std::uint64_t size_ = 0;
    std::vector<Digest> subtrees_;
};

}  // namespace crypto::merkle
