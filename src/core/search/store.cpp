#include "core/search/store.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace search::store {
namespace {

constexpr db::Sql record_tags{"search.record_tags", R"(select register_id, agency_id from record where id = ?1)"};

// FTS5 keeps no text, so taking words out needs the text that was put in; PostgreSQL keeps one vector a row.
constexpr db::Sql insert_title{"search.insert_title",
                               R"(insert into search_title (rowid, words, tags) values (?1, ?2, ?3))",
                               R"(insert into search_title (record_id, words) values (?1, ?2::tsvector)
                                  on conflict (record_id) do update set words = excluded.words)"};
constexpr db::Sql delete_title{
    "search.delete_title",
    R"(insert into search_title (search_title, rowid, words, tags) values ('delete', ?1, ?2, ?3))"};
constexpr db::Sql delete_title_row{"search.delete_title_row", R"(delete from search_title where record_id = ?1)"};
constexpr db::Sql insert_content{"search.insert_content",
                                 R"(insert into search_content (rowid, words) values (?1, ?2))",
                                 R"(insert into search_content (file_id, words) values (?1, ?2::tsvector)
                                    on conflict (file_id) do update set words = excluded.words)"};
constexpr db::Sql delete_content{
    "search.delete_content", R"(insert into search_content (search_content, rowid, words) values ('delete', ?1, ?2))"};
constexpr db::Sql delete_content_row{"search.delete_content_row", R"(delete from search_content where file_id = ?1)"};

constexpr db::Sql find_titles{
    "search.titles",
    R"(select rowid from search_title where search_title match ?1 and rowid < ?2 and rowid >= ?3
                                 order by rowid desc limit ?4)",
    R"(select record_id from search_title where words @@ ?1::tsquery and record_id < ?2 and record_id >= ?3
                                 order by record_id desc limit ?4)"};
constexpr db::Sql find_contents{
    "search.contents", R"(select rowid from search_content where search_content match ?1 order by rowid desc limit ?2)",
    R"(select file_id from search_content where words @@ ?1::tsquery order by file_id desc limit ?2)"};

constexpr db::Sql id_since{"search.id_since",
                           R"(select id, created_at from record where id >= ?1 order by id limit 1)"};
constexpr db::Sql id_range{"search.id_range", R"(select coalesce(min(id), 0), coalesce(max(id), 0) from record)"};

std::string expression(db::Engine engine, const Asked& asked) {
    return engine == db::Engine::sqlite ? fts5_expression(asked.terms, asked.form, asked.register_id, asked.agency)
                                        : tsquery(asked.terms, asked.form, asked.register_id, asked.agency);
}

template <class Noun>
std::vector<Id<Noun>> ids(const db::Rows& rows) {
    std::vector<Id<Noun>> all;
    all.reserve(rows.size());
    for (const db::Row& row : rows) all.push_back(row.id<Noun>(0));
    return all;
}

constexpr db::Sql is_titled{"search.is_titled",
                            "select 1 from search_title where search_title match ?1 and rowid = ?2"};

/// How a walk through the index says that it has enough.
constexpr std::string_view enough = "search.enough";

}  // namespace

Result<void> write_title(db::Transaction& tx, RecordId record, std::string_view before, std::string_view after) {
    const std::optional<db::Row> row = TRY(tx.row(record_tags, record));
    if (!row) return {};
    const RegisterId register_id = row->id<RegisterNoun>(0);
    const AgencyId agency = row->id<AgencyNoun>(1);
    if (tx.engine() == db::Engine::postgresql) {
        if (after.empty())
            TRY(tx.execute(delete_title_row, record));
        else
            TRY(tx.execute(insert_title, record, tsvector(after, register_id, agency)));
        return {};
    }
    const std::string tags = fts5_tags(register_id, agency);
    if (!before.empty()) TRY(tx.execute(delete_title, record, before, tags));
    if (!after.empty()) TRY(tx.execute(insert_title, record, after, tags));
    return {};
}

Result<void> write_content(db::Transaction& tx, FileId file, std::string_view text) {
    if (tx.engine() == db::Engine::postgresql)
        TRY(tx.execute(insert_content, file, tsvector(text, {}, {})));
    else
        TRY(tx.execute(insert_content, file, text));
    return {};
}

Result<void> erase_content(db::Transaction& tx, FileId file, std::string_view text) {
    if (tx.engine() == db::Engine::postgresql)
        TRY(tx.execute(delete_content_row, file));
    else
        TRY(tx.execute(delete_content, file, text));
    return {};
}

Result<std::vector<RecordId>> titles(db::Reader& reader, const Asked& asked, Range range, std::size_t limit) {
    return ids<RecordNoun>(TRY(reader.rows(find_titles, expression(reader.engine(), asked), range.below, range.from,
                                           static_cast<std::int64_t>(limit))));
}

void add_titles(db::Reader& reader, const Asked& asked, db::Query& query) {
    const std::string words = expression(reader.engine(), asked);
    if (reader.engine() == db::Engine::sqlite)
        query.add("(select rowid from search_title where search_title match ").value(words).add(")");
    else
        query.add("(select record_id from search_title where words @@ ").value(words).add("::tsquery)");
}

Result<std::vector<RecordId>> titles_among(db::Reader& reader, const Asked& asked, const std::vector<RecordId>& records,
                                           Range range, std::size_t limit) {
    std::unordered_set<RecordId> wanted;
    std::int64_t lowest = range.below;
    for (const RecordId record : records) {
        if (record.value >= range.below || record.value < range.from) continue;
        wanted.insert(record);
        lowest = std::min(lowest, record.value);
    }
    std::vector<RecordId> found;
    if (wanted.empty()) return found;
    if (reader.engine() == db::Engine::sqlite && wanted.size() <= few_dives) {
        const std::string words = expression(reader.engine(), asked);
        std::vector<RecordId> ordered(wanted.begin(), wanted.end());
        std::ranges::sort(ordered, std::greater<>());
        for (const RecordId record : ordered) {
            if (found.size() >= limit) break;
            if (TRY(reader.row(is_titled, words, record))) found.push_back(record);
        }
        return found;
    }
    // For many, one walk down the index with a look into the set costs less than a dive into it for each record.
    db::Query sql("search.titles_among");
    if (reader.engine() == db::Engine::sqlite) {
        sql.add("select rowid from search_title where search_title match ").value(expression(reader.engine(), asked));
        sql.add(" and rowid < ").value(range.below).add(" and rowid >= ").value(lowest).add(" order by rowid desc");
    } else {
        sql.add("select record_id from search_title where words @@ ")
            .value(expression(reader.engine(), asked))
            .add("::tsquery and record_id in ");
        sql.list({wanted.begin(), wanted.end()}).add(" order by record_id desc");
    }
    const Result<void> walked = reader.each(sql, [&](const db::Row& row) -> Result<void> {
        if (wanted.contains(row.id<RecordNoun>(0))) found.push_back(row.id<RecordNoun>(0));
        if (found.size() >= limit) return fail(ErrorCode::internal, enough);
        return {};
    });
    if (!walked && walked.error().message != enough) return std::unexpected(walked.error());
    return found;
}

Result<std::vector<FileId>> contents(db::Reader& reader, const Asked& asked, std::size_t limit) {
    Asked words_only = asked;
    words_only.register_id = {};
    words_only.agency = {};
    return ids<FileNoun>(
        TRY(reader.rows(find_contents, expression(reader.engine(), words_only), static_cast<std::int64_t>(limit))));
}

Result<std::vector<Head>> heads(db::Reader& reader, const std::vector<RecordId>& records) {
    db::Query sql("search.heads");
    sql.add("select id, register_id, agency_id, title, state, created_at from record where id in ")
        .list({records.begin(), records.end()});
    std::vector<Head> all;
    for (const db::Row& row : TRY(reader.rows(sql)))
        all.push_back({row.id<RecordNoun>(0), row.id<RegisterNoun>(1), row.id<AgencyNoun>(2), row.text(3), row.text(4),
                       row.instant(5)});
    return all;
}

Result<std::int64_t> first_id_since(db::Reader& reader, Instant moment) {
    const std::optional<db::Row> ends = TRY(reader.row(id_range));
    std::int64_t low = ends ? ends->integer(0) : 0;
    std::int64_t high = ends ? ends->integer(1) + 1 : 0;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        const std::optional<db::Row> row = TRY(reader.row(id_since, middle));
        if (!row || row->instant(1) >= moment)
            high = middle;
        else
            low = row->integer(0) + 1;
    }
    return low;
}

}  // namespace search::store
