#include "core/steps/notices.h"

#include <charconv>

#include "base/messages.h"
#include "core/rights/rights.h"
#include "core/steps/store.h"

namespace steps {
namespace {

constexpr int most_rows = 200;
constexpr std::int64_t count_limit = 1001;

constexpr db::Sql insert_notice{"steps.insert_notice", R"(
    insert into notice (to_subject, code, arguments, kind, record_id, step_id, noticed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7))"};

/// Whose notices a scope reads: its own, its posts', and those of units it heads or keeps the book of.
std::vector<db::Value> readers(const Scope& scope) {
    const Addressees mine = addressees(scope);
    std::vector<db::Value> all;
    for (const auto* subjects : {&mine.own, &mine.headed, &mine.kept})
        for (const SubjectId subject : *subjects) all.emplace_back(subject);
    return all;
}

std::string filled(Language language, const db::Row& row) {
    std::vector<MessageArgument> arguments{{"title", row.text(7)}};
    boost::system::error_code error;
    const boost::json::value kept = boost::json::parse(row.text(3), error);
    if (!error && kept.is_object())
        for (const auto& [name, value] : kept.get_object())
            if (value.is_string()) arguments.push_back({std::string(name), std::string(value.get_string())});
    return messages::text(language, row.text(2), arguments);
}

/// Those of one subject, newest first: an index gives each stretch in order.
db::Query page_query(const Scope& scope, std::int64_t before, int rows) {
    db::Query sql("steps.notices");
    sql.add(
        "select n.id, n.noticed_at, n.code, n.arguments, n.kind, n.record_id, n.seen_at, r.title, case when "
        "n.record_id is null or (r.id is not null and ");
    rights::visible(scope, sql, "r");
    sql.add(") then 1 else 0 end from (select id from (");
    bool first = true;
    for (const db::Value& subject : readers(scope)) {
        if (!std::exchange(first, false)) sql.add(" union all ");
        sql.add("select id from (select id from notice where to_subject = ").value(subject);
        sql.add(" and id < ").value(before).add(" order by id desc limit ").value(rows).add(") as one");
    }
    sql.add(") as every order by id desc limit ").value(rows);
    sql.add(") as k join notice n on n.id = k.id left join record r on r.id = n.record_id order by k.id desc");
    return sql;
}

}  // namespace

Result<void> notify(db::Transaction& tx, const NewNotice& notice) {
    TRY(tx.execute(insert_notice, notice.to, notice.code, boost::json::serialize(notice.arguments), notice.kind,
                   notice.record, notice.step, tx.now()));
    changed(tx, {notice.to});
    return {};
}

Result<NoticePage> notices(const Scope& scope, db::Reader& reader, std::string_view after, int limit) {
    if (limit < 1 || limit > most_rows)
        return fail(ErrorCode::invalid, "steps.bad_limit", "limit", {{"limit", std::to_string(most_rows)}});
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    if (!after.empty()) {
        const auto [end, error] = std::from_chars(after.data(), after.data() + after.size(), before);
        if (error != std::errc{} || end != after.data() + after.size())
            return fail(ErrorCode::invalid, "steps.bad_cursor", "after");
    }
    NoticePage page;
    if (readers(scope).empty()) return page;
    const db::Rows rows = TRY(reader.rows(page_query(scope, before, limit + 1)));
    for (std::size_t i = 0; i < rows.size() && i < static_cast<std::size_t>(limit); ++i) {
        const db::Row& row = rows[i];
        if (rows.size() > static_cast<std::size_t>(limit)) page.next = std::to_string(row.integer(0));
        if (!row.boolean(8)) continue;
        page.notices.push_back({.id = row.integer(0),
                                .at = row.instant(1),
                                .text = filled(scope.language, row),
                                .kind = row.text(4),
                                .record = row.id<RecordNoun>(5),
                                .seen = !row.is_null(6)});
    }
    return page;
}

Result<std::int64_t> unseen_notices(const Scope& scope, db::Reader& reader) {
    db::Query sql("steps.unseen_notices");
    sql.add(
           "select count(*) from (select 1 from (select record_id from notice where seen_at is null and to_subject in ")
        .list(readers(scope));
    sql.add(" limit ")
        .value(count_limit)
        .add(") as n left join record r on r.id = n.record_id where n.record_id is null or (r.id is not null and ");
    rights::visible(scope, sql, "r");
    sql.add(")) as counted");
    const std::optional<db::Row> row = TRY(reader.row(sql));
    return row ? row->integer(0) : 0;
}

Result<void> see_notices(const Scope& scope, db::Transaction& tx) {
    db::Query sql("steps.see_notices");
    sql.add("update notice set seen_at = ")
        .value(tx.now())
        .add(" where seen_at is null and to_subject in ")
        .list(readers(scope));
    TRY(tx.execute(sql));
    return {};
}

}  // namespace steps
