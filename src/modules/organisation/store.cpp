#include "modules/organisation/store.h"

#include "core/scope/subject.h"

namespace organisation::store {

namespace {

constexpr db::Sql open_steps_sql{"organisation.open_steps", R"(
    select count(*) from inbox where to_subject = ?1)"};

constexpr db::Sql posts_sql{"organisation.posts_of_unit",
                            R"(select id from post where unit_id = ?1 order by sort, id)"};

constexpr db::Sql record_in_sql{"organisation.record_in_unit", R"(select 1 from record where unit_id = ?1 limit 1)"};

constexpr db::Sql insert_change_sql{"organisation.insert_change", R"(
    insert into right_change (agency_id, kind, content, proposed_by_account_id, proposed_at, state)
    values (?1, ?2, ?3, ?4, ?5, 'waiting') returning id)"};
constexpr db::Sql change_sql{"organisation.change", R"(
    select c.id, c.agency_id, c.kind, c.content, c.proposed_by_account_id, p.person_id, c.proposed_at, c.state, d.person_id, c.reason,
        c.decided_at
    from right_change c left join account p on p.id = c.proposed_by_account_id
    left join account d on d.id = c.decided_by_account_id where c.id = ?1)"};
constexpr db::Sql decide_sql{"organisation.decide_change", R"(
    update right_change set state = ?2, decided_by_account_id = ?3, decided_at = ?4, reason = ?5
    where id = ?1 and state = 'waiting')"};

constexpr db::Sql insert_hand_over_sql{"organisation.insert_hand_over", R"(
    insert into hand_over (from_person_id, to_person_id, content, created_at) values (?1, ?2, ?3, ?4) returning id)"};
constexpr db::Sql hand_over_sql{"organisation.hand_over", R"(
    select id, from_person_id, to_person_id, content, created_at, given_at, taken_at from hand_over where id = ?1)"};
constexpr db::Sql hand_overs_sql{"organisation.hand_overs", R"(
    select id, from_person_id, to_person_id, content, created_at, given_at, taken_at from hand_over
    order by id desc limit ?1)"};
constexpr db::Sql hand_overs_of_sql{"organisation.hand_overs_of", R"(
    select id, from_person_id, to_person_id, content, created_at, given_at, taken_at from hand_over
    where from_person_id = ?1 or to_person_id = ?1 order by id desc limit ?2)"};
constexpr db::Sql set_given_sql{"organisation.set_given", R"(
    update hand_over set given_at = ?2 where id = ?1 and given_at is null)"};
constexpr db::Sql set_taken_sql{"organisation.set_taken", R"(
    update hand_over set taken_at = ?2 where id = ?1 and taken_at is null)"};
constexpr db::Sql set_content_sql{"organisation.set_hand_over_content", R"(
    update hand_over set content = ?2 where id = ?1)"};
constexpr db::Sql remove_hand_over_sql{"organisation.remove_hand_over", R"(delete from hand_over where id = ?1)"};

constexpr db::Sql person_of_account_sql{"organisation.person_of_account", R"(
    select person_id from account where id = ?1)"};

Change read_change(const db::Row& row) {
    return {.id = row.integer(0),
            .agency = row.id<struct AgencyNoun>(1),
            .kind = row.text(2),
            .content = row.text(3),
            .proposed_by = row.id<struct AccountNoun>(4),
            .proposer = row.id<struct PersonNoun>(5),
            .proposed_at = row.instant(6),
            .state = row.text(7),
            .decider = row.id<struct PersonNoun>(8),
            .decided_at = row.is_null(10) ? std::nullopt : std::optional(row.instant(10)),
            .reason = row.text(9)};
}

HandOver read_hand_over(const db::Row& row) {
    const auto moment = [&](std::size_t column) {
        return row.is_null(column) ? std::nullopt : std::optional(row.instant(column));
    };
    return {.id = row.integer(0),
            .from = row.id<struct PersonNoun>(1),
            .to = row.id<struct PersonNoun>(2),
            .content = row.text(3),
            .created_at = row.instant(4),
            .given_at = moment(5),
            .taken_at = moment(6)};
}

}  // namespace

Result<std::int64_t> open_steps(db::Reader& reader, PostId post) {
    const auto row = TRY(reader.row(open_steps_sql, subject::post(post)));
    return row ? row->integer(0) : 0;
}

Result<std::vector<Waiting>> open_steps(db::Reader& reader, UnitId unit) {
    std::vector<SubjectId> places{subject::unit(unit)};
    for (const db::Row& row : TRY(reader.rows(posts_sql, unit)))
        places.push_back(subject::post(row.id<struct PostNoun>(0)));
    std::vector<Waiting> waiting;
    for (const SubjectId at : places) {
        const auto row = TRY(reader.row(open_steps_sql, at));
        if (row && row->integer(0) > 0) waiting.push_back({at, row->integer(0)});
    }
    return waiting;
}

Result<bool> holds_anything(db::Reader& reader, UnitId unit) {
    if (TRY(reader.row(posts_sql, unit))) return true;
    return TRY(reader.row(record_in_sql, unit)).has_value();
}

Result<std::int64_t> insert_change(db::Transaction& tx, AgencyId agency, std::string_view kind,
                                   std::string_view content, AccountId by) {
    return tx.insert(insert_change_sql, agency, kind, content, by, tx.now());
}

Result<std::optional<Change>> change(db::Reader& reader, std::int64_t id) {
    const auto row = TRY(reader.row(change_sql, id));
    return row ? std::optional(read_change(*row)) : std::nullopt;
}

Result<std::vector<Change>> changes(db::Reader& reader, const std::vector<AgencyId>& agencies, std::string_view state,
                                    AccountId by, int limit) {
    db::Query sql("organisation.changes");
    sql.add(R"(
        select c.id, c.agency_id, c.kind, c.content, c.proposed_by_account_id, p.person_id, c.proposed_at, c.state,
            d.person_id, c.reason, c.decided_at
        from right_change c left join account p on p.id = c.proposed_by_account_id
        left join account d on d.id = c.decided_by_account_id where c.agency_id in )");
    sql.list(std::vector<db::Value>(agencies.begin(), agencies.end()));
    if (!state.empty()) sql.add(" and c.state = ").value(state);
    if (by) sql.add(" and c.proposed_by_account_id = ").value(by);
    sql.add(" order by c.id desc limit ").value(limit);
    std::vector<Change> list;
    for (const db::Row& row : TRY(reader.rows(sql))) list.push_back(read_change(row));
    return list;
}

Result<std::int64_t> decide_change(db::Transaction& tx, std::int64_t id, std::string_view state, AccountId by,
                                   std::string_view reason) {
    return tx.execute(decide_sql, id, state, by, tx.now(),
                      reason.empty() ? db::Value() : db::Value(std::string(reason)));
}

Result<std::int64_t> insert_hand_over(db::Transaction& tx, PersonId from, PersonId to, std::string_view content) {
    return tx.insert(insert_hand_over_sql, from, to, content, tx.now());
}

Result<std::optional<HandOver>> hand_over(db::Reader& reader, std::int64_t id) {
    const auto row = TRY(reader.row(hand_over_sql, id));
    return row ? std::optional(read_hand_over(*row)) : std::nullopt;
}

Result<std::vector<HandOver>> hand_overs(db::Reader& reader, int limit) {
    std::vector<HandOver> list;
    for (const db::Row& row : TRY(reader.rows(hand_overs_sql, limit))) list.push_back(read_hand_over(row));
    return list;
}

Result<std::vector<HandOver>> hand_overs_of(db::Reader& reader, PersonId person, int limit) {
    std::vector<HandOver> list;
    for (const db::Row& row : TRY(reader.rows(hand_overs_of_sql, person, limit))) list.push_back(read_hand_over(row));
    return list;
}

Result<void> set_given(db::Transaction& tx, std::int64_t id) {
    TRY(tx.execute(set_given_sql, id, tx.now()));
    return {};
}

Result<void> set_taken(db::Transaction& tx, std::int64_t id) {
    TRY(tx.execute(set_taken_sql, id, tx.now()));
    return {};
}

Result<void> set_content(db::Transaction& tx, std::int64_t id, std::string_view content) {
    TRY(tx.execute(set_content_sql, id, content));
    return {};
}

Result<void> remove_hand_over(db::Transaction& tx, std::int64_t id) {
    TRY(tx.execute(remove_hand_over_sql, id));
    return {};
}

Result<PersonId> person_of_account(db::Reader& reader, AccountId account) {
    const auto row = TRY(reader.row(person_of_account_sql, account));
    if (!row) return fail(ErrorCode::not_found, "accounts.no_account");
    return row->id<struct PersonNoun>(0);
}

}  // namespace organisation::store
