#pragma once
#include "core/jobs/jobs.h"

/// Inside the folder: the rows.
namespace jobs::store {

/// The new job, or the one there is with that kind and key.
Result<JobId> insert(db::Transaction&, const NewJob&, AgencyId, PersonId);
Result<bool> is_due(db::Reader&, const std::vector<std::string>& kinds, Instant now);
/// Leases the next due job of these kinds.
Result<std::optional<Job>> take(db::Transaction&, const std::vector<std::string>& kinds, Instant now,
                                Instant leased_until);
/// Each of these changes the row only while this try has the lease, and says whether it did.
Result<bool> renew(db::Transaction&, JobId, int tries, Instant leased_until);
Result<bool> progress(db::Transaction&, JobId, int tries, std::int64_t done, std::int64_t total, Instant leased_until);
Result<bool> finish(db::Transaction&, JobId, int tries, State, const Error*, Instant now);
Result<bool> postpone(db::Transaction&, JobId, int tries, const Error&, Instant next_try);

/// Is there one of the kind that waits for its first or its next try?
Result<bool> has_not_begun(db::Reader&, std::string_view kind);

Result<std::optional<Job>> find(db::Reader&, JobId);
/// Of one person, or of everybody without one.
Result<std::vector<Job>> failed(db::Reader&, std::optional<PersonId>, JobId before, int limit);
Result<std::vector<Job>> waiting(db::Reader&, std::optional<PersonId>, int limit);
Result<std::int64_t> count(db::Reader&, Pile, std::optional<PersonId>, std::int64_t most);
Result<bool> reset(db::Transaction&, JobId, Instant now);
Result<std::int64_t> reset_failed(db::Transaction&, std::optional<PersonId>, Instant now);
Result<bool> end(db::Transaction&, JobId, Instant now);
Result<std::int64_t> forget(db::Transaction&, Instant before);

}  // namespace jobs::store
