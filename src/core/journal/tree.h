#pragma once
#include <optional>
#include <vector>

#include "crypto/merkle.h"
#include "db/database.h"

// The stored tree: leaves, and the inner nodes of every fourth level. A node between is folded from at most eight
// below.
namespace journal::tree {

inline constexpr int stride = 4;
constexpr bool is_stored(int level) {
    return level % stride == 0;
}

/// The hash over a whole subtree. Errors: corrupt "journal.missing_node".
Result<crypto::Digest> hash_of(db::Reader&, const crypto::merkle::Node&);
/// The hashes over whole subtrees, as frontier() and path_nodes() list them.
Result<std::vector<crypto::Digest>> hashes_of(db::Reader&, const std::vector<crypto::merkle::Node>&);
Result<crypto::Digest> root(db::Reader&, std::int64_t size);

}  // namespace journal::tree
