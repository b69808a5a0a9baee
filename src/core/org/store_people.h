#pragma once
#include "db/sql.h"

/// The SQL that reads the organisation (people.h).
namespace org::store {

constexpr db::Sql posts_of_unit{"org.posts_of_unit", R"(
    select id, unit_id, title, sort, valid_from, valid_to from post
    where unit_id = ?1 and (valid_to is null or valid_to > ?2) order by sort, id)"};
constexpr db::Sql post{"org.post", R"(select id, unit_id, title, sort, valid_from, valid_to from post where id = ?1)"};
constexpr db::Sql holders_from{"org.holders_from", R"(
    select h.person_id, x.full_name, h.valid_from, h.valid_to from post_holder h join person x on x.id = h.person_id
    where h.post_id = ?1 and (h.valid_to is null or (h.valid_to > ?2 and h.valid_to > h.valid_from))
    order by h.valid_from, h.id)"};

constexpr db::Sql one_person{"org.one_person", R"(
    select id, full_name, rank, phone, email from person where id = ?1)"};
constexpr db::Sql places_of{"org.places_of", R"(
    select p.id, p.title, p.unit_id, 0, p.sort from post_holder h join post p on p.id = h.post_id
    where h.person_id = ?1 and h.valid_from <= ?2 and (h.valid_to is null or h.valid_to > ?2)
      and p.valid_from <= ?2 and (p.valid_to is null or p.valid_to > ?2)
    union all
    select p.id, p.title, p.unit_id, 1, p.sort from acting a join post p on p.id = a.post_id
    where a.deputy_person_id = ?1 and a.valid_from <= ?2 and a.valid_to >= ?2 and a.ended_at is null
      and p.valid_from <= ?2 and (p.valid_to is null or p.valid_to > ?2)
    order by 4, 5, 1)"};
/// Every post ever held, the last one first.
constexpr db::Sql units_held{"org.units_held", R"(
    select p.unit_id, h.valid_to from post_holder h join post p on p.id = h.post_id
    where h.person_id = ?1 and (h.valid_to is null or h.valid_to > h.valid_from)
    order by h.valid_from desc, h.id desc)"};
constexpr db::Sql last_parent{"org.last_parent", R"(
    select v.parent_id, u.is_agency from unit_version v join unit u on u.id = v.unit_id
    where v.unit_id = ?1 order by v.valid_from desc limit 1)"};

/// A version to come takes the place of another; the first one of a unit is not one to come but the unit itself.
constexpr db::Sql coming{"org.coming", R"(
    select v.unit_id, v.valid_from, v.name, v.valid_to from unit_version v
    where not exists (select 1 from unit_version w where w.unit_id = v.unit_id and w.valid_from > v.valid_from)
      and (v.valid_to > ?1 or (v.valid_to is null and v.valid_from > ?1
           and exists (select 1 from unit_version w where w.unit_id = v.unit_id and w.valid_from < v.valid_from)))
    order by v.unit_id)"};

constexpr db::Sql roles{"org.roles", R"(
    select r.code, r.title_vi, r.title_en, p.permission from role r left join role_permission p on p.role_id = r.id
    order by r.id, p.permission)"};
constexpr db::Sql permitted{"org.permitted", R"(
    select distinct p.id, p.unit_id, h.person_id from role_permission rp
    join post_role pr on pr.role_id = rp.role_id join post p on p.id = pr.post_id
    join post_holder h on h.post_id = p.id
    where rp.permission = ?1 and h.valid_from <= ?2 and (h.valid_to is null or h.valid_to > ?2)
      and p.valid_from <= ?2 and (p.valid_to is null or p.valid_to > ?2) order by p.id, h.person_id)"};

constexpr db::Sql acting_list{"org.acting_list", R"(
    select id, post_id, deputy_person_id, valid_from, valid_to, basis, ended_at from acting
    where ?2 = 1 or (ended_at is null and valid_to >= ?1) order by valid_from desc, id desc limit 2000)"};
constexpr db::Sql one_acting{"org.one_acting", R"(
    select id, post_id, deputy_person_id, valid_from, valid_to, basis, ended_at from acting where id = ?1)"};
constexpr db::Sql signing_list{"org.signing_list", R"(
    select id, agency_id, post_id, form, for_post_id, scope, basis, valid_from, valid_to from signing_authority
    where ?2 = 1 or valid_to is null or (valid_to >= ?1 and valid_to >= valid_from)
    order by valid_from desc, id desc limit 2000)"};
constexpr db::Sql one_signing{"org.one_signing", R"(
    select id, agency_id, post_id, form, for_post_id, scope, basis, valid_from, valid_to from signing_authority
    where id = ?1)"};

}  // namespace org::store
