#pragma once
#include <functional>

#include "core/journal/history.h"
#include "core/records/records.h"
#include "service/routes.h"

/// The journal page: who did what in the agency, the state of the tree, the proof of an entry.
namespace auditing {

struct Listing {
    std::vector<boost::json::object> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(Listing, (), (items, next))

/// The tree now, and the last head that was signed.
struct State {
    std::int64_t size = 0;     ///< entries in the tree
    std::int64_t waiting = 0;  ///< written, not yet in it
    std::string root;          ///< hexadecimal; empty while there is none
    std::optional<Instant> head_at;
    std::optional<std::int64_t> head_size;
};
BOOST_DESCRIBE_STRUCT(State, (), (size, waiting, root, head_at, head_size))

/// What an action is called: "Cấp số". The code itself when it has no name.
std::string action_label(const Scope&, const records::Engine&, const journal::HistoryEntry&);

/// Entries of the scope's agency, newest first, with names; a record's title only for who may see the record.
Result<Listing> entries(const Scope&, db::Reader&, const records::Engine&, journal::Filter, const journal::Page&);
Result<State> state(db::Reader&);
/// Is the entry one of the scope's agency? Errors: not_found "journal.not_found".
Result<void> require_own(const Scope&, db::Reader&, JournalEntryId);

/// Puts what waits into the tree and signs its head now, so that an entry of today can be proved.
using SignNow = std::function<Result<void>()>;

void routes(service::Routes&, const records::Engine&, SignNow);

}  // namespace auditing
