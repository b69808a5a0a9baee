#include "core/journal/tree.h"

#include "core/journal/store.h"

namespace journal::tree {

using crypto::Digest;
using crypto::merkle::Node;

Result<Digest> hash_of(db::Reader& reader, const Node& node) {
    const int level = node.level - node.level % stride;
    const std::uint64_t count = std::uint64_t{1} << (node.level - level);
    std::vector<Digest> hashes = TRY(store::nodes(reader, {level, node.position * count}, count));
    if (hashes.size() != count) return fail(ErrorCode::corrupt, "journal.missing_node");
    while (hashes.size() > 1) {
        for (std::size_t i = 0; i < hashes.size() / 2; ++i)
            hashes[i] = crypto::merkle::node_hash(hashes[2 * i], hashes[2 * i + 1]);
        hashes.resize(hashes.size() / 2);
    }
    return hashes.front();
}

Result<std::vector<Digest>> hashes_of(db::Reader& reader, const std::vector<Node>& nodes) {
    std::vector<Digest> hashes;
    for (const Node& node : nodes) hashes.push_back(TRY(hash_of(reader, node)));
    return hashes;
}

Result<Digest> root(db::Reader& reader, std::int64_t size) {
    return crypto::merkle::fold(TRY(hashes_of(reader, crypto::merkle::frontier(static_cast<std::uint64_t>(size)))));
}

}  // namespace journal::tree
