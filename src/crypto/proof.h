#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "crypto/sha256.h"
#include "crypto/sign.h"

/// The proof that an entry stands in a server's journal: one small file, checked without the server.
/// docs/protocols/journal.md describes every byte.
namespace crypto::proof {

/// The signed head of the tree: a C2SP tlog-checkpoint with the moment of signing as a line of its own.
struct Checkpoint {
    std::string server;  ///< uuid of the server
    std::uint64_t size = 0;
    Digest root{};
    Instant at;
};
std::string checkpoint_text(const Checkpoint&);
/// Errors: corrupt "crypto.bad_proof".
Result<Checkpoint> read_checkpoint(std::string_view text);

/// Of one value: `before` and `after` are JSON on one line, "null" when there was none.
Digest value_hash(BytesView salt, std::string_view field, std::string_view before, std::string_view after);
/// Over the value hashes of an entry, by field.
Digest values_hash(const std::map<std::string, Digest, std::less<>>& by_field);

/// A value shown with its salt, or one that is not shown: its hash alone.
struct Value {
    std::string field;
    std::optional<Digest> hash = {};
    Bytes salt = {};
    std::string before = {};
    std::string after = {};
};

struct Proof {
    std::string entry;          ///< the canonical text
    std::vector<Value> values;  ///< all of the entry's, or none
    std::uint64_t position = 0;
    std::vector<Digest> path;  ///< from the leaf up
    std::string head;          ///< the signed text
    Signature signature{};
    PublicKey public_key{};
};

/// JSON, a member a line.
std::string write(const Proof&);
/// Errors: corrupt "crypto.bad_proof" (not such a file, one with something else in it, or with two members of one
/// name).
Result<Proof> read(std::string_view json);

/// Does it prove what it says? Gives the head it leads to. `pinned` is the key the reader trusts; without it the file's
/// own key is taken and only shown. Errors: corrupt "crypto.bad_proof", invalid "crypto.proof_other_key",
/// "crypto.proof_signature", "crypto.proof_not_in_tree", "crypto.proof_values".
Result<Checkpoint> check(const Proof&, const std::optional<PublicKey>& pinned = {});

}  // namespace crypto::proof
