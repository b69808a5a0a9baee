#pragma once
#include "db/sql.h"

/// All SQL of the organisation.
namespace org::store {

constexpr db::Sql units_on{"org.units_on", R"(
    select u.id, v.parent_id, v.kind, v.name, v.short_name, v.abbreviation, u.organ_id, u.is_agency, v.sort, v.valid_from, v.valid_to
    from unit u join unit_version v on v.unit_id = u.id
    where v.valid_from <= ?1 and (v.valid_to is null or v.valid_to > ?1)
    order by v.sort, v.name_key, u.id)"};

constexpr db::Sql insert_unit{"org.insert_unit", R"(
    insert into unit (uuid, is_agency, organ_id, created_at) values (?1, ?2, ?3, ?4) returning id)"};

constexpr db::Sql insert_version{"org.insert_unit_version", R"(
    insert into unit_version (unit_id, parent_id, kind, name, name_key, short_name, abbreviation, sort, valid_from, basis, valid_to)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) returning id)"};

constexpr db::Sql last_version{"org.last_unit_version", R"(
    select id, valid_from, parent_id, name, valid_to from unit_version where unit_id = ?1 order by valid_from desc limit 1)"};

constexpr db::Sql below_after{"org.units_below_after", R"(
    select 1 from unit_version where parent_id = ?1 and (valid_to is null or valid_to > ?2) limit 1)"};

constexpr db::Sql version_before{"org.unit_version_before", R"(
    select id, valid_from, parent_id from unit_version where unit_id = ?1 and valid_from < ?2
    order by valid_from desc limit 1)"};
constexpr db::Sql remove_version{"org.remove_unit_version", R"(delete from unit_version where id = ?1)"};
constexpr db::Sql begin_version{"org.begin_unit_version", R"(update unit_version set valid_from = ?2 where id = ?1)"};
constexpr db::Sql remove_successions{"org.remove_successions", R"(
    delete from unit_succession where from_unit_id = ?1 and happened_on = ?2 and kind in ('merge', 'dissolve'))"};
constexpr db::Sql starts_after{"org.unit_starts_after", R"(
    select distinct valid_from from unit_version where valid_from > ?1 order by valid_from)"};

constexpr db::Sql set_organ_id{"org.set_organ_id", R"(update unit set organ_id = ?2 where id = ?1)"};

constexpr db::Sql end_version{"org.end_unit_version", R"(update unit_version set valid_to = ?2 where id = ?1)"};

constexpr db::Sql replace_version{"org.replace_unit_version", R"(
    update unit_version set parent_id = ?2, kind = ?3, name = ?4, name_key = ?5, short_name = ?6, abbreviation = ?7, sort = ?8, basis = ?9
    where id = ?1)"};

constexpr db::Sql insert_succession{"org.insert_succession", R"(
    insert into unit_succession (kind, from_unit_id, to_unit_id, happened_on, basis) values (?1, ?2, ?3, ?4, ?5))"};

constexpr db::Sql insert_person{"org.insert_person", R"(
    insert into person (uuid, full_name, name_key, rank, phone, email, created_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7) returning id)"};

constexpr db::Sql person{"org.person", R"(select full_name, rank, phone, email from person where id = ?1)"};

constexpr db::Sql update_person{"org.update_person", R"(
    update person set full_name = ?2, name_key = ?3, rank = ?4, phone = ?5, email = ?6 where id = ?1)"};

/// Of two changes in one moment the first one's name was the one that had held.
constexpr db::Sql keep_former_name{"org.keep_former_name", R"(
    insert into former_name (subject_id, until, name) values (?1, ?2, ?3) on conflict do nothing)"};

constexpr db::Sql insert_post{"org.insert_post", R"(
    insert into post (uuid, unit_id, title, sort, valid_from) values (?1, ?2, ?3, ?4, ?5) returning id)"};

constexpr db::Sql post_exists{"org.post_exists", R"(
    select unit_id, title, sort, valid_from, valid_to from post where id = ?1)"};
constexpr db::Sql update_post{"org.update_post",
                              R"(update post set title = ?2, sort = ?3, valid_to = ?4 where id = ?1)"};

constexpr db::Sql delete_roles{"org.delete_post_roles", R"(delete from post_role where post_id = ?1)"};
constexpr db::Sql insert_role{"org.insert_post_role", R"(insert into post_role (post_id, role_id) values (?1, ?2))"};
constexpr db::Sql roles_of_post{"org.roles_of_post", R"(
    select r.code from post_role pr join role r on r.id = pr.role_id where pr.post_id = ?1 order by r.id)"};

constexpr db::Sql end_holders{"org.end_holders", R"(
    update post_holder set valid_to = ?2 where post_id = ?1 and (valid_to is null or valid_to > ?2))"};
constexpr db::Sql insert_holder{"org.insert_holder", R"(
    insert into post_holder (post_id, person_id, valid_from, valid_to, basis) values (?1, ?2, ?3, ?4, ?5) returning id)"};

constexpr db::Sql holders_on{"org.holders_on", R"(
    select person_id from post_holder where post_id = ?1 and valid_from <= ?2 and (valid_to is null or valid_to > ?2))"};

constexpr db::Sql insert_acting{"org.insert_acting", R"(
    insert into acting (post_id, deputy_person_id, valid_from, valid_to, basis) values (?1, ?2, ?3, ?4, ?5) returning id)"};
constexpr db::Sql end_acting{"org.end_acting", R"(update acting set ended_at = ?2 where id = ?1 and ended_at is null)"};

constexpr db::Sql insert_authority{"org.insert_signing_authority", R"(
    insert into signing_authority (agency_id, post_id, form, for_post_id, scope, basis, valid_from, valid_to)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) returning id)"};
/// With a day in common with the days from ?2 to ?3; one whose last day is before its first never held.
constexpr db::Sql holds_by_tuq{"org.holds_by_tuq", R"(
    select id from signing_authority where post_id = ?1 and form = 'TUQ' and valid_from <= ?3
      and (valid_to is null or (valid_to >= ?2 and valid_to >= valid_from)) limit 1)"};
constexpr db::Sql gave_by_tuq{"org.gave_by_tuq", R"(
    select id from signing_authority where for_post_id = ?1 and form = 'TUQ' and valid_from <= ?3
      and (valid_to is null or (valid_to >= ?2 and valid_to >= valid_from)) limit 1)"};

/// Its last day is the one before; one that had not begun never holds.
constexpr db::Sql end_authority{"org.end_signing_authority", R"(
    update signing_authority set valid_to = ?2 where id = ?1 and (valid_to is null or valid_to > ?2))"};

constexpr db::Sql role_number{"org.role_number", R"(select id from role where code = ?1)"};
constexpr db::Sql upsert_role{"org.upsert_role", R"(
    insert into role (code, title_vi, title_en) values (?1, ?2, ?3)
    on conflict (code) do update set title_vi = excluded.title_vi, title_en = excluded.title_en returning id)"};
constexpr db::Sql add_permission{"org.add_permission", R"(
    insert into role_permission (role_id, permission) values (?1, ?2) on conflict do nothing)"};

/// Posts a person holds today, and those acted for: post, unit, title, role, role number, whose post it is when acting.
/// One's own come first, so that nobody acts for another without choosing to.
constexpr db::Sql posts_of{"org.posts_of", R"(
    select p.id, p.unit_id, p.title, r.code, r.id, null, 0, p.sort
    from post_holder h join post p on p.id = h.post_id
    left join post_role pr on pr.post_id = p.id left join role r on r.id = pr.role_id
    where h.person_id = ?1 and h.valid_from <= ?2 and (h.valid_to is null or h.valid_to > ?2)
      and p.valid_from <= ?2 and (p.valid_to is null or p.valid_to > ?2)
    union all
    select p.id, p.unit_id, p.title, r.code, r.id,
           (select h.person_id from post_holder h where h.post_id = p.id and h.valid_from <= ?2
              and (h.valid_to is null or h.valid_to > ?2) order by h.id limit 1), 1, p.sort
    from acting a join post p on p.id = a.post_id
    left join post_role pr on pr.post_id = p.id left join role r on r.id = pr.role_id
    where a.deputy_person_id = ?1 and a.valid_from <= ?2 and a.valid_to >= ?2 and a.ended_at is null
      and p.valid_from <= ?2 and (p.valid_to is null or p.valid_to > ?2)
    order by 7, 8, 1, 5)"};

constexpr db::Sql permissions_of_role{"org.permissions_of_role",
                                      R"(select permission from role_permission where role_id = ?1)"};

}  // namespace org::store
