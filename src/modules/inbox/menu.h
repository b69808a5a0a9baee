#pragma once
#include <map>
#include <mutex>
#include <set>
#include <tuple>

#include "modules/inbox/inbox.h"

namespace inbox {

/// Which registers hold something for whom: asked each time of people with few records, kept for a minute of others.
class SeenRegisters {
  public:
    Result<std::set<RegisterId>> get(const Scope&, db::Reader&, const records::Engine&);

  private:
    /// Account, post, how many registers there are, and the epoch of rights: a changed right is seen at once.
    using Key = std::tuple<std::int64_t, std::int64_t, std::size_t, std::int64_t>;
    static constexpr std::size_t most_remembered = 10'000;
    std::mutex mutex_;
    std::map<Key, std::pair<Instant, std::set<RegisterId>>> remembered_;
};

/// The left menu, by the roles of the posts held in the agency acted from and by one's permissions.
Result<std::vector<boost::json::object>> menu(const Scope&, db::Reader&, const records::Engine&, SeenRegisters&,
                                              const WaitingChanges&);

}  // namespace inbox
