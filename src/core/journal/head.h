#pragma once
#include <string>

#include "crypto/proof.h"

namespace journal {

/// The tree's head at some size, signed by the server: with it, a proof needs no server.
struct Head : crypto::proof::Checkpoint {
    crypto::PublicKey public_key{};
    crypto::Signature signature{};
};

/// Who signs the heads of this server.
struct Signer {
    crypto::SigningKey key;
    std::string server;  ///< uuid
};

}  // namespace journal
