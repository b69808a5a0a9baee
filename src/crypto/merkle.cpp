#include "crypto/merkle.h"

#include <bit>

namespace crypto::merkle {
namespace {

constexpr std::byte leaf_mark[] = {std::byte{0}};
constexpr std::byte node_mark[] = {std::byte{1}};

// The whole subtrees that make up [begin, begin + count), begin being a multiple of the largest.
std::vector<Node> whole_subtrees(std::uint64_t begin, std::uint64_t count) {
    std::vector<Node> nodes;
    while (count > 0) {
        const int level = std::bit_width(count) - 1;
        nodes.push_back({level, begin >> level});
        begin += std::uint64_t{1} << level;
        count -= std::uint64_t{1} << level;
    }
    return nodes;
}

}  // namespace

Digest leaf_hash(BytesView leaf) {
    return Sha256().add(leaf_mark).add(leaf).digest();
}

Digest node_hash(const Digest& left, const Digest& right) {
    return Sha256().add(node_mark).add(left).add(right).digest();
}

Digest empty_root() {
    return sha256(BytesView{});
}

std::optional<Digest> root_of(const Digest& leaf, std::uint64_t position, std::uint64_t size,
                              std::span<const Digest> path) {
    if (position >= size) return std::nullopt;
    std::uint64_t here = position;
    std::uint64_t last = size - 1;
    Digest root = leaf;
    for (const Digest& sibling : path) {
        if (last == 0) return std::nullopt;
        if ((here & 1) != 0 || here == last) {
            root = node_hash(sibling, root);
            while ((here & 1) == 0 && here != 0) {
                here >>= 1;
                last >>= 1;
            }
        } else {
            root = node_hash(root, sibling);
        }
        here >>= 1;
        last >>= 1;
    }
    if (last != 0) return std::nullopt;
    return root;
}

std::vector<Node> frontier(std::uint64_t size) {
    return whole_subtrees(0, size);
}

std::vector<std::vector<Node>> path_nodes(std::uint64_t position, std::uint64_t size) {
    std::vector<std::vector<Node>> path;
    std::uint64_t begin = 0;
    while (size > 1) {
        const std::uint64_t half = std::bit_floor(size - 1);  // the largest power of two below size
        if (position - begin < half) {
            path.push_back(whole_subtrees(begin + half, size - half));
            size = half;
        } else {
            path.push_back(whole_subtrees(begin, half));
            begin += half;
            size -= half;
        }
    }
    return {path.rbegin(), path.rend()};
}

Digest fold(std::span<const Digest> subtrees) {
    if (subtrees.empty()) return empty_root();
    Digest root = subtrees.back();
    for (std::size_t i = subtrees.size() - 1; i-- > 0;) root = node_hash(subtrees[i], root);
    return root;
}

Growing::Growing(std::uint64_t size, std::vector<Digest> subtrees) : size_(size), subtrees_(std::move(subtrees)) {}

std::vector<Growing::Made> Growing::add(const Digest& leaf) {
    std::vector<Made> made;
    Digest hash = leaf;
    for (int level = 0; level < std::countr_one(size_); ++level) {
        hash = node_hash(subtrees_.back(), hash);
        subtrees_.pop_back();
        made.push_back({{level + 1, size_ >> (level + 1)}, hash});
    }
    subtrees_.push_back(hash);
    ++size_;
    return made;
}

}  // namespace crypto::merkle
