#pragma once
#include "core/files/files.h"

/// Files that wait at a desk: put on the server to be registered one by one. They belong to the post that was acted
/// from, as other work does: whoever acts from it sees them and may register them.
namespace files {

struct WaitingFile {
    FileId file;
    std::string name;
    std::string media_type;
    std::string state;
    std::uint64_t size = 0;
    Instant since;
};

constexpr int most_waiting = 1000;

/// Attaching the file to a record ends its waiting (files::attach).
Result<void> wait_at_desk(const Scope&, db::Transaction&, FileId);
/// What waits at the desk of the post acted from, longest first; at most `most_waiting`.
Result<std::vector<WaitingFile>> waiting(const Scope&, db::Reader&);
/// Does it wait at the desk of the post acted from?
Result<bool> waits_here(const Scope&, db::Reader&, FileId);
/// It stands on a record now.
Result<void> end_waiting(db::Transaction&, FileId);
/// Takes it off the desk; the file stays. Errors: not_found "files.not_found" (it does not wait there).
Result<void> put_away(const Scope&, db::Transaction&, FileId);

}  // namespace files
