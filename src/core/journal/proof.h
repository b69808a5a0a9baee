#pragma once
#include <string>

#include "core/journal/journal.h"

namespace journal {

/// Does the proof show the values of the entry, or only their hash? Erased ones are never shown.
enum class Show { hashes, values };

/// The proof file of an entry: its text, its path to a signed head, the head, the public key. `congvu-check-proof`
/// checks it. The caller has checked access. Errors: not_found "journal.not_found"; conflict "journal.not_signed_yet"
/// (no head over it: Sequencer::sign_head() makes one).
Result<std::string> prove(db::Reader&, JournalEntryId, Show = Show::hashes);

}  // namespace journal
