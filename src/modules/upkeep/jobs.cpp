#include "core/files/files.h"
#include "core/rights/rights.h"
#include "modules/upkeep/upkeep.h"

namespace upkeep {

namespace {

constexpr int most_shown = 100;
constexpr std::int64_t most_counted = 1'000;

/// A file's record is its reader's to see even where another of its records is not.
Result<JobFile> file_of(const Scope& scope, db::Reader& reader, FileId id) {
    JobFile file{id, {}, {}};
    if (!TRY(files::may_read(scope, reader, id))) return file;
    const files::File found = TRY(files::find(reader, id));
    if (!found.name.empty()) file.name = found.name;
    const std::vector<RecordId> on = TRY(files::records_of(reader, id));
    const std::vector<RecordId> seen = TRY(rights::filter(scope, reader, on));
    if (!seen.empty()) file.record = seen.front();
    return file;
}

/// A row keeps the code of its failure alone: what needs more than that stands in the server's log.
std::string words_of(const Scope& scope, const jobs::Job& job) {
    const std::string text = messages::text(scope.language, *job.error);
    if (*job.error != "base.internal" && !text.contains('{')) return text;
    return messages::text(scope.language, "upkeep.job_failed_inside", {{"job", std::to_string(job.id.value)}});
}

Result<std::vector<Job>> shown(const Scope& scope, db::Reader& reader, const std::vector<jobs::Job>& rows) {
    std::vector<Job> all;
    for (const jobs::Job& job : rows) {
        Job each{job.id,     job.kind,       messages::text(scope.language, "upkeep.job." + job.kind),
                 job.state,  job.tries,      {},
                 job.due_at, job.created_at, {}};
        if (job.error) each.error = words_of(scope, job);
        const auto* file = job.payload.is_object() ? job.payload.as_object().if_contains("file") : nullptr;
        if (file && file->is_int64()) each.file = TRY(file_of(scope, reader, FileId{file->as_int64()}));
        all.push_back(std::move(each));
    }
    return all;
}

Result<Count> counted(const Scope& scope, db::Reader& reader, jobs::Pile pile) {
    const std::int64_t number = TRY(jobs::count(scope, reader, pile, most_counted + 1));
    return Count{std::min(number, most_counted), number > most_counted};
}

}  // namespace

Result<Jobs> jobs_there(const Scope& scope, db::Reader& reader) {
    const std::vector<jobs::Job> failed = TRY(jobs::failed(scope, reader, {}, most_shown));
    const std::vector<jobs::Job> waiting = TRY(jobs::waiting(scope, reader, most_shown));
    Jobs all;
    all.failed = TRY(shown(scope, reader, failed));
    all.waiting = TRY(shown(scope, reader, waiting));
    all.failed_count = TRY(counted(scope, reader, jobs::Pile::failed));
    all.waiting_count = TRY(counted(scope, reader, jobs::Pile::waiting));
    return all;
}

}  // namespace upkeep
