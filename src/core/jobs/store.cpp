#include "core/jobs/store.h"

namespace jobs::store {
namespace {

#define JOB_COLUMNS                                                                                   \
    "id, kind, key, payload, state, tries, due_at, error, progress_done, progress_total, agency_id, " \
    "created_by_person_id, created_at, "                                                              \
    "finished_at, forgiven"

/// Word for word as the indexes say it (migrations 0009, 0020).
#define JOB_FAILED "state in ('failed', 'given_up')"
#define JOB_WAITING "finished_at is null and state in ('waiting', 'running')"

constexpr db::Sql insert_job{"jobs.insert", R"(
    insert into job (kind, key, payload, state, due_at, agency_id, created_by_person_id, created_at)
    values (?1, ?2, ?3, 'waiting', ?4, ?5, ?6, ?7) on conflict (kind, key) do nothing returning id)"};
constexpr db::Sql job_of_key{"jobs.of_key", R"(select id from job where kind = ?1 and key = ?2)"};
constexpr db::Sql not_begun{"jobs.not_begun", R"(
    select 1 from job where finished_at is null and kind = ?1 and state in ('waiting', 'failed') limit 1)"};
constexpr db::Sql renew_job{"jobs.renew", R"(
    update job set due_at = ?3 where id = ?1 and tries = ?2 and state = 'running')"};
constexpr db::Sql progress_job{"jobs.progress", R"(
    update job set progress_done = ?3, progress_total = ?4, due_at = ?5 where id = ?1 and tries = ?2 and state = 'running')"};
constexpr db::Sql finish_job{"jobs.finish", R"(
    update job set state = ?3, error = ?4, detail = ?5, finished_at = ?6 where id = ?1 and tries = ?2 and state = 'running')"};
constexpr db::Sql postpone_job{"jobs.postpone", R"(
    update job set state = 'failed', error = ?3, detail = ?4, due_at = ?5 where id = ?1 and tries = ?2 and state = 'running')"};
constexpr db::Sql find_job{"jobs.find", "select " JOB_COLUMNS " from job where id = ?1"};
constexpr db::Sql reset_job{"jobs.reset", R"(
    update job set state = 'waiting', forgiven = tries, due_at = ?2, finished_at = null where id = ?1 and state in ('failed', 'given_up'))"};
constexpr db::Sql end_job{"jobs.end", R"(
    update job set state = 'given_up', finished_at = ?2 where id = ?1 and finished_at is null)"};
constexpr db::Sql forget_jobs{"jobs.forget", R"(delete from job where finished_at is not null and finished_at < ?1)"};

Job read(const db::Row& row) {
    Job job;
    job.id = row.id<JobNoun>(0);
    job.kind = row.text(1);
    if (!row.is_null(2)) job.key = row.text(2);
    boost::system::error_code error;
    job.payload = boost::json::parse(row.text(3), error);
    job.state = enum_value<State>(row.text(4)).value_or(State::waiting);
    job.tries = static_cast<int>(row.integer(5));
    job.due_at = row.instant(6);
    if (!row.is_null(7)) job.error = row.text(7);
    job.done = row.integer(8);
    job.total = row.integer(9);
    job.agency = row.id<AgencyNoun>(10);
    job.created_by = row.id<PersonNoun>(11);
    job.created_at = row.instant(12);
    if (!row.is_null(13)) job.finished_at = row.instant(13);
    job.forgiven = static_cast<int>(row.integer(14));
    return job;
}

Result<std::vector<Job>> read_all(db::Reader& reader, const db::Query& sql) {
    std::vector<Job> all;
    const db::Rows rows = TRY(reader.rows(sql));
    for (const db::Row& row : rows) all.push_back(read(row));
    return all;
}

db::Query& of(std::optional<PersonId> person, db::Query& sql) {
    if (person) sql.add(" and created_by_person_id = ").value(*person);
    return sql;
}

}  // namespace

Result<JobId> insert(db::Transaction& tx, const NewJob& job, AgencyId agency, PersonId person) {
    const std::optional<db::Row> made = TRY(tx.row(insert_job, job.kind, job.key, boost::json::serialize(job.payload),
                                                   job.at.value_or(tx.now()), agency, person, tx.now()));
    if (made) return made->id<JobNoun>(0);
    const std::optional<db::Row> there = TRY(tx.row(job_of_key, job.kind, job.key));
    if (!there) return fail_internal("a job with a key neither made nor found");
    return there->id<JobNoun>(0);
}

Result<bool> has_not_begun(db::Reader& reader, std::string_view kind) {
    return TRY(reader.row(not_begun, kind)).has_value();
}

Result<bool> is_due(db::Reader& reader, const std::vector<std::string>& kinds, Instant now) {
    db::Query sql("jobs.is_due");
    sql.add("select 1 from job where finished_at is null and due_at <= ").value(now);
    sql.add(" and kind in ").list({kinds.begin(), kinds.end()}).add(" limit 1");
    return TRY(reader.row(sql)).has_value();
}

Result<std::optional<Job>> take(db::Transaction& tx, const std::vector<std::string>& kinds, Instant now,
                                Instant leased_until) {
    db::Query sql("jobs.take");
    sql.add("update job set state = 'running', tries = tries + 1, due_at = ").value(leased_until);
    sql.add(" where id = (select id from job where finished_at is null and due_at <= ").value(now);
    sql.add(" and kind in ").list({kinds.begin(), kinds.end()}).add(" order by due_at, id limit 1");
    if (tx.engine() == db::Engine::postgresql) sql.add(" for update skip locked");  // several servers take at once
    sql.add(") returning " JOB_COLUMNS);
    const std::optional<db::Row> row = TRY(tx.row(sql));
    if (!row) return std::optional<Job>();
    return std::optional(read(*row));
}

Result<bool> renew(db::Transaction& tx, JobId id, int tries, Instant leased_until) {
    return TRY(tx.execute(renew_job, id, tries, leased_until)) == 1;
}

Result<bool> progress(db::Transaction& tx, JobId id, int tries, std::int64_t done, std::int64_t total,
                      Instant leased_until) {
    return TRY(tx.execute(progress_job, id, tries, done, total, leased_until)) == 1;
}

Result<bool> finish(db::Transaction& tx, JobId id, int tries, State state, const Error* error, Instant now) {
    const std::optional<std::string> code = error ? std::optional(error->message) : std::nullopt;
    const std::optional<std::string> detail = error ? std::optional(error->detail) : std::nullopt;
    return TRY(tx.execute(finish_job, id, tries, enum_name(state), code, detail, now)) == 1;
}

Result<bool> postpone(db::Transaction& tx, JobId id, int tries, const Error& error, Instant next_try) {
    return TRY(tx.execute(postpone_job, id, tries, error.message, error.detail, next_try)) == 1;
}

Result<std::optional<Job>> find(db::Reader& reader, JobId id) {
    const std::optional<db::Row> row = TRY(reader.row(find_job, id));
    if (!row) return std::optional<Job>();
    return std::optional(read(*row));
}

Result<std::vector<Job>> failed(db::Reader& reader, std::optional<PersonId> person, JobId before, int limit) {
    db::Query sql("jobs.failed_ones");
    sql.add("select " JOB_COLUMNS " from job where " JOB_FAILED);
    if (before) sql.add(" and id < ").value(before);
    of(person, sql).add(" order by id desc limit ").value(limit);
    return read_all(reader, sql);
}

Result<std::vector<Job>> waiting(db::Reader& reader, std::optional<PersonId> person, int limit) {
    db::Query sql("jobs.waiting_ones");
    sql.add("select " JOB_COLUMNS " from job where " JOB_WAITING);
    of(person, sql).add(" order by due_at, id limit ").value(limit);
    return read_all(reader, sql);
}

Result<std::int64_t> count(db::Reader& reader, Pile pile, std::optional<PersonId> person, std::int64_t most) {
    db::Query sql("jobs.count");
    sql.add("select count(*) from (select 1 from job where ");
    if (pile == Pile::failed)
        sql.add(JOB_FAILED);
    else
        sql.add(JOB_WAITING);
    of(person, sql).add(" limit ").value(most).add(") as found");
    return TRY(reader.row(sql))->integer(0);
}

Result<bool> reset(db::Transaction& tx, JobId id, Instant now) {
    return TRY(tx.execute(reset_job, id, now)) == 1;
}

Result<std::int64_t> reset_failed(db::Transaction& tx, std::optional<PersonId> person, Instant now) {
    db::Query sql("jobs.reset_failed");
    sql.add("update job set state = 'waiting', forgiven = tries, finished_at = null, due_at = ").value(now);
    sql.add(" where " JOB_FAILED);
    return tx.execute(of(person, sql));
}

Result<bool> end(db::Transaction& tx, JobId id, Instant now) {
    return TRY(tx.execute(end_job, id, now)) == 1;
}

Result<std::int64_t> forget(db::Transaction& tx, Instant before) {
    return tx.execute(forget_jobs, before);
}

}  // namespace jobs::store
