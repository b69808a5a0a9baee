#pragma once
#include "db/sql.h"

namespace accounts::store {

constexpr db::Sql by_login{"accounts.by_login", R"(
    select a.id, a.person_id, a.password_hash, a.state, a.failed, a.locked_until, a.must_change_password, a.language, p.full_name, p.rank
    from account a join person p on p.id = a.person_id where a.login = ?1)"};
/// From the ?2-th wrong one on the account waits until ?3; once a wait is over (?4 is now) counting begins again.
constexpr db::Sql failed{"accounts.failed", R"(
    update account set failed = case when locked_until <= ?4 then 1 else failed + 1 end,
        locked_until = case when (case when locked_until <= ?4 then 1 else failed + 1 end) >= ?2 then ?3
                            when locked_until <= ?4 then null else locked_until end
    where id = ?1)"};
/// The same of a login that nobody has.
constexpr db::Sql unknown_failed{"accounts.unknown_failed", R"(
    update unknown_login set failed = case when locked_until <= ?4 then 1 else failed + 1 end,
        locked_until = case when (case when locked_until <= ?4 then 1 else failed + 1 end) >= ?2 then ?3
                            when locked_until <= ?4 then null else locked_until end
    where login_hash = ?1)"};
constexpr db::Sql insert_unknown{"accounts.insert_unknown",
                                 R"(insert into unknown_login (login_hash) values (?1) returning id)"};
constexpr db::Sql forget_unknown{"accounts.forget_unknown", R"(delete from unknown_login where id <= ?1)"};
constexpr db::Sql unknown_until{"accounts.unknown_until",
                                R"(select locked_until from unknown_login where login_hash = ?1)"};
/// Whose scope is asked for in the place of nobody's.
constexpr db::Sql someone{"accounts.someone", R"(select person_id from account order by id limit 1)"};
constexpr db::Sql locked_until{"accounts.locked_until", R"(select locked_until from account where id = ?1)"};
constexpr db::Sql succeeded{"accounts.succeeded",
                            R"(update account set failed = 0, locked_until = null where id = ?1)"};
constexpr db::Sql set_hash{"accounts.set_hash", R"(
    update account set password_hash = ?2, must_change_password = ?3, password_changed_at = ?4, failed = 0, locked_until = null where id = ?1)"};
constexpr db::Sql forget_hands{"accounts.forget_hands", R"(delete from password_hand where account_id = ?1)"};
constexpr db::Sql insert_hand{"accounts.insert_hand",
                              R"(insert into password_hand (account_id, hand_account_id) values (?1, ?2))"};
constexpr db::Sql hands{"accounts.hands",
                        R"(select hand_account_id from password_hand where account_id = ?1 order by hand_account_id)"};
constexpr db::Sql rehash{"accounts.rehash",
                         R"(update account set password_hash = ?2 where id = ?1 and password_hash = ?3)"};
constexpr db::Sql hash_of{"accounts.hash_of",
                          R"(select password_hash, person_id, state, login from account where id = ?1)"};
constexpr db::Sql insert_session{"accounts.insert_session", R"(
    insert into session (token_hash, csrf, account_id, created_at, last_seen_at, expires_at, address, agent)
    values (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7) returning id)"};
constexpr db::Sql session_of{"accounts.session_of", R"(
    select s.id, s.account_id, a.person_id, s.post_id, s.csrf, a.login, p.full_name, p.rank, a.language, a.must_change_password, s.expires_at, s.last_seen_at
    from session s join account a on a.id = s.account_id join person p on p.id = a.person_id
    where s.token_hash = ?1 and s.ended_at is null and a.state = 'active')"};
constexpr db::Sql any_session_setting{"accounts.any_session_setting", R"(
    select 1 from setting where code = 'session_minutes' limit 1)"};
constexpr db::Sql touch{"accounts.touch",
                        R"(update session set last_seen_at = ?2 where id = ?1 and last_seen_at < ?2)"};
constexpr db::Sql choose_post{"accounts.choose_post", R"(update session set post_id = ?2 where id = ?1)"};
constexpr db::Sql end_session{
    "accounts.end_session",
    R"(update session set ended_at = ?3 where id = ?1 and account_id = ?2 and ended_at is null)"};
constexpr db::Sql end_all{"accounts.end_all_sessions",
                          R"(update session set ended_at = ?2 where account_id = ?1 and ended_at is null)"};
constexpr db::Sql end_others{
    "accounts.end_other_sessions",
    R"(update session set ended_at = ?2 where account_id = ?1 and ended_at is null and id <> ?3)"};
constexpr db::Sql sessions{"accounts.sessions", R"(
    select id, created_at, last_seen_at, address, agent from session where account_id = ?1 and ended_at is null and expires_at > ?2
    order by last_seen_at desc limit 100)"};
constexpr db::Sql person_exists{"accounts.person_exists", R"(select full_name from person where id = ?1)"};
constexpr db::Sql of_person{"accounts.of_person", R"(select id from account where person_id = ?1)"};
constexpr db::Sql login_taken{"accounts.login_taken", R"(select id from account where login = ?1)"};
constexpr db::Sql insert{"accounts.insert", R"(
    insert into account (person_id, login, password_hash, state, must_change_password, created_at, password_changed_at)
    values (?1, ?2, ?3, 'active', ?4, ?5, ?5) returning id)"};
constexpr db::Sql set_state{"accounts.set_state",
                            R"(update account set state = ?2, failed = 0, locked_until = null where id = ?1)"};
constexpr db::Sql preferences{"accounts.preferences", R"(select preferences from account where id = ?1)"};
constexpr db::Sql set_preferences{"accounts.set_preferences",
                                  R"(update account set preferences = ?2, language = ?3 where id = ?1)"};
constexpr db::Sql find{"accounts.find", R"(
    select a.id, a.person_id, p.full_name, a.login, a.state, a.locked_until,
           (select max(s.last_seen_at) from session s where s.account_id = a.id)
    from account a join person p on p.id = a.person_id where a.id > ?1 order by a.id limit ?2)"};

constexpr db::Sql one{"accounts.one", R"(
    select a.id, a.person_id, p.full_name, a.login, a.state, a.locked_until,
           (select max(s.last_seen_at) from session s where s.account_id = a.id)
    from account a join person p on p.id = a.person_id where a.id = ?1)"};
constexpr db::Sql one_of_person{"accounts.one_of_person", R"(
    select a.id, a.person_id, p.full_name, a.login, a.state, a.locked_until,
           (select max(s.last_seen_at) from session s where s.account_id = a.id)
    from account a join person p on p.id = a.person_id where a.person_id = ?1)"};

}  // namespace accounts::store
