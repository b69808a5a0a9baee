#include "core/files/waiting.h"

#include "core/files/store.h"

namespace files {
namespace {

// What has no post is whose it was brought by.
constexpr db::Sql insert{"files.wait_at_desk", R"(
    insert into waiting_file (file_id, post_id, person_id, since) values (?1, nullif(?2, 0), ?3, ?4))"};
constexpr db::Sql of_desk{"files.waiting", R"(
    select f.id, f.name, f.media_type, f.state, b.size, w.since
    from waiting_file w
    join file f on f.id = w.file_id
    join file_blob b on b.id = f.blob_id
    where (w.post_id = ?1 or (w.post_id is null and w.person_id = ?2)) and f.state <> 'destroyed'
    order by w.since, w.file_id
    limit ?3)"};
constexpr db::Sql here{"files.waits_here", R"(
    select 1 from waiting_file where file_id = ?1 and (post_id = ?2 or (post_id is null and person_id = ?3)))"};
constexpr db::Sql take_off{"files.put_away", R"(
    delete from waiting_file where file_id = ?1 and (post_id = ?2 or (post_id is null and person_id = ?3)))"};
constexpr db::Sql end{"files.end_waiting", R"(delete from waiting_file where file_id = ?1)"};

}  // namespace

Result<void> wait_at_desk(const Scope& scope, db::Transaction& tx, FileId file) {
    TRY(tx.execute(insert, file, scope.post, scope.person, tx.now()));
    return {};
}

Result<std::vector<WaitingFile>> waiting(const Scope& scope, db::Reader& reader) {
    std::vector<WaitingFile> found;
    const auto rows = TRY(reader.rows(of_desk, scope.post, scope.person, most_waiting));
    for (const db::Row& row : rows)
        found.push_back({row.id<FileNoun>(0), row.text(1), row.text(2), row.text(3),
                         static_cast<std::uint64_t>(row.integer(4)), row.instant(5)});
    return found;
}

Result<bool> waits_here(const Scope& scope, db::Reader& reader, FileId file) {
    return TRY(reader.row(here, file, scope.post, scope.person)).has_value();
}

Result<void> end_waiting(db::Transaction& tx, FileId file) {
    TRY(tx.execute(end, file));
    return {};
}

Result<void> put_away(const Scope& scope, db::Transaction& tx, FileId file) {
    if (TRY(tx.execute(take_off, file, scope.post, scope.person)) == 0)
        return fail(ErrorCode::not_found, "files.not_found");
    return {};
}

}  // namespace files
