#include "crypto/merkle.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace crypto::merkle {
namespace {

// The definitions of RFC 6962, section 2.1, written down as they stand: slow and obvious.
using Leaves = std::span<const std::string>;

std::size_t half_of(std::size_t n) {
    std::size_t k = 1;
    while (k * 2 < n) k *= 2;
    return k;
}

Digest mth(Leaves d) {
    if (d.empty()) return sha256("");
    if (d.size() == 1) return sha256(std::string(1, '\0') + d[0]);
    const std::size_t k = half_of(d.size());
    std::string both(1, '\1');
    for (const Digest& part : {mth(d.first(k)), mth(d.subspan(k))}) both += text_of(part);
    return sha256(both);
}

std::vector<Digest> path_of(std::size_t m, Leaves d) {
    if (d.size() <= 1) return {};
    const std::size_t k = half_of(d.size());
    std::vector<Digest> path = m < k ? path_of(m, d.first(k)) : path_of(m - k, d.subspan(k));
    path.push_back(m < k ? mth(d.subspan(k)) : mth(d.first(k)));
    return path;
}

Digest node_of(const Node& node, Leaves d) {
    return mth(d.subspan(node.position << node.level, std::size_t{1} << node.level));
}

std::vector<std::string> leaves_up_to(std::size_t count) {
    std::vector<std::string> leaves;
    for (std::size_t i = 0; i < count; ++i) leaves.push_back("leaf " + std::to_string(i));
    return leaves;
}

// The test data of the Certificate Transparency project.
TEST(Merkle, gives_the_published_roots) {
    const std::string leaves[] = {std::string(),
                                  std::string(1, '\0'),
                                  "\x10",
                                  "\x20\x21",
                                  "\x30\x31",
                                  "\x40\x41\x42\x43",
                                  "\x50\x51\x52\x53\x54\x55\x56\x57",
                                  "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
    const std::string_view roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Growing tree;
    EXPECT_EQ(to_hex(tree.root()), roots[0]);
    for (std::size_t i = 0; i < 8; ++i) {
        tree.add(leaf_hash(leaves[i]));
        EXPECT_EQ(to_hex(tree.root()), roots[i + 1]) << i;
        EXPECT_EQ(to_hex(mth(Leaves(leaves).first(i + 1))), roots[i + 1]) << i;
    }
}

TEST(Merkle, grows_as_the_definition_says_and_gives_the_nodes_it_completes) {
    const auto leaves = leaves_up_to(130);
    Growing tree;
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        for (const Growing::Made& made : tree.add(leaf_hash(leaves[size - 1])))
            EXPECT_EQ(made.hash, node_of(made.node, leaves)) << made.node.level << '/' << made.node.position;
        EXPECT_EQ(tree.size(), size);
        const Digest root = mth(Leaves(leaves).first(size));
        EXPECT_EQ(tree.root(), root) << size;

        std::vector<Digest> subtrees;
        for (const Node& node : frontier(size)) subtrees.push_back(node_of(node, leaves));
        EXPECT_EQ(fold(subtrees), root) << size;
        Growing resumed(size, subtrees);
        resumed.add(leaf_hash("next"));
        Growing copy = tree;
        copy.add(leaf_hash("next"));
        EXPECT_EQ(resumed.root(), copy.root()) << size;
    }
}

TEST(Merkle, every_path_of_every_size_is_that_of_the_definition) {
    const auto leaves = leaves_up_to(70);
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        const Leaves tree = Leaves(leaves).first(size);
        const Digest root = mth(tree);
        for (std::size_t position = 0; position < size; ++position) {
            std::vector<Digest> path;
            for (const std::vector<Node>& step : path_nodes(position, size)) {
                std::vector<Digest> subtrees;
                for (const Node& node : step) subtrees.push_back(node_of(node, tree));
                path.push_back(fold(subtrees));
            }
            EXPECT_EQ(path, path_of(position, tree)) << position << " of " << size;
            EXPECT_EQ(root_of(leaf_hash(leaves[position]), position, size, path), root) << position << " of " << size;
        }
    }
}

TEST(Merkle, a_path_proves_one_leaf_at_one_position_only) {
    const auto leaves = leaves_up_to(21);
    const Digest root = mth(leaves);
    for (std::size_t position = 0; position < leaves.size(); ++position) {
        const std::vector<Digest> path = path_of(position, leaves);
        const Digest leaf = leaf_hash(leaves[position]);
        EXPECT_NE(root_of(leaf_hash("other"), position, 21, path), root);
        for (std::size_t other = 0; other < leaves.size(); ++other) {
            if (other == position) continue;
            EXPECT_NE(root_of(leaf, other, 21, path), root) << position << " as " << other;
        }
        for (std::size_t i = 0; i < path.size(); ++i) {
            std::vector<Digest> changed = path;
            changed[i][7] ^= std::byte{1};
            EXPECT_NE(root_of(leaf, position, 21, changed), root);
        }
        std::vector<Digest> longer = path;
        longer.push_back(root);
        EXPECT_EQ(root_of(leaf, position, 21, longer), std::nullopt);
        EXPECT_EQ(root_of(leaf, position, 21, std::span(path).first(path.size() - 1)), std::nullopt);
    }
    EXPECT_EQ(root_of(root, 0, 0, {}), std::nullopt);
    EXPECT_EQ(root_of(root, 1, 1, {}), std::nullopt);
    EXPECT_EQ(root_of(root, 0, 1, {}), root);
}

}  // namespace
}  // namespace crypto::merkle
