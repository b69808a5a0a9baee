#pragma once
#include "core/registers/names.h"

/// All fixed SQL of records; what depends on a register's table is a db::Query.
namespace records::store {

using namespace registers::names;

constexpr db::Sql choice_exists{"records.choice_exists", R"(
    select 1 from choice where list = ?1 and code = ?2 and (valid_from is null or valid_from <= ?3) and (valid_to is null or valid_to > ?3))"};
constexpr db::Sql person_exists{"records.person_exists", R"(select 1 from person where id = ?1)"};
constexpr db::Sql post_exists{"records.post_exists", R"(select 1 from post where id = ?1)"};
constexpr db::Sql unit_exists{"records.unit_exists", R"(select 1 from unit where id = ?1)"};
constexpr db::Sql file_exists{"records.file_exists", R"(select 1 from file where id = ?1)"};

/// All that somebody was called, the oldest first: until when, and the name; ?2 is the subject. A post's unit beside
/// it.
constexpr db::Sql person_names{"records.person_names", R"(
    select until, name from former_name where subject_id = ?2
    union all select 9223372036854775807, full_name from person where id = ?1 order by 1)"};
constexpr db::Sql post_names{"records.post_names", R"(
    select f.until, f.name, p.unit_id from former_name f join post p on p.id = ?1 where f.subject_id = ?2
    union all select 9223372036854775807, title, unit_id from post where id = ?1 order by 1)"};
constexpr db::Sql unit_names{"records.unit_names", R"(
    select valid_from, name, short_name from unit_version where unit_id = ?1 order by valid_from)"};
constexpr db::Sql record_title{"records.record_title", R"(select title from record where id = ?1)"};

constexpr db::Sql insert_record{"records.insert", R"(
    insert into record (uuid, register_id, agency_id, unit_id, form_version, state, title, secrecy, created_at, created_by_person_id, created_by_post_id, updated_at)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?9) returning id)"};
constexpr db::Sql record_head{"records.head", R"(
    select uuid, register_id, agency_id, unit_id, form_version, state, title, secrecy, created_at, created_by_person_id, created_by_post_id,
           updated_at, version from record where id = ?1 and erased_at is null)"};
constexpr db::Sql of_register{"records.of_register", R"(
    select id from record where register_id = ?1 and id > ?2 and erased_at is null order by id limit 1000)"};
constexpr db::Sql last_record{"records.last", "select max(id) from record"};
constexpr db::Sql present_records{"records.present", R"(
    select id from record where id > ?1 and id <= ?2 and erased_at is null order by id)"};
constexpr db::Sql update_record{"records.update", R"(
    update record set state = ?3, title = ?4, secrecy = ?5, unit_id = ?6, updated_at = ?7, version = version + 1 where id = ?1 and version = ?2)"};

constexpr db::Sql insert_link{"records.insert_link", R"(
    insert into record_link (from_record_id, to_record_id, kind, created_at, created_by_person_id) values (?1, ?2, ?3, ?4, ?5) returning id)"};
constexpr db::Sql link_exists{"records.link_exists", R"(
    select id from record_link where from_record_id = ?1 and to_record_id = ?2 and kind = ?3 and removed_at is null)"};
constexpr db::Sql remove_link{"records.remove_link", R"(
    update record_link set removed_at = ?3 where id = ?1 and (from_record_id = ?2 or to_record_id = ?2) and removed_at is null)"};
constexpr db::Sql links_of{"records.links_of", R"(
    select id, kind, from_record_id, to_record_id, created_by_person_id from record_link
    where (from_record_id = ?1 or to_record_id = ?1) and removed_at is null order by id)"};

constexpr db::Sql unit_abbreviation{"records.unit_abbreviation", R"(
    select abbreviation from unit_version where unit_id = ?1 and valid_from <= ?2 order by valid_from desc limit 1)"};
constexpr db::Sql choice_abbreviation{"records.choice_abbreviation",
                                      R"(select abbreviation from choice where list = ?1 and code = ?2)"};

constexpr db::Sql post_with_role_in_unit{"records.post_with_role_in_unit", R"(
    select p.id from post p join post_role pr on pr.post_id = p.id join role r on r.id = pr.role_id
    where r.code = ?1 and p.unit_id = ?2 and p.valid_from <= ?3 and (p.valid_to is null or p.valid_to > ?3) order by p.sort, p.id limit 1)"};

}  // namespace records::store
