#pragma once
#include "db/sql.h"

/// What people call the things a field points at.
namespace registers::names {

constexpr db::Sql choice_title{"records.choice_title",
                               R"(select title_vi, title_en from choice where list = ?1 and code = ?2)"};
constexpr db::Sql record_of_register{"records.record_of_register", R"(
    select 1 from record c join register r on r.id = c.register_id where c.id = ?1 and (?2 = '' or r.code = ?2) and c.erased_at is null)"};
constexpr db::Sql agency_exists{"records.agency_exists", R"(select 1 from unit where id = ?1 and is_agency = 1)"};
constexpr db::Sql file_name{"records.file_name", R"(select name from file where id = ?1)"};

/// These take (id, day): what it was called then.
constexpr db::Sql person_name{"records.person_name",
                              R"(select full_name from person where id = ?1 and ?2 is not null)"};
constexpr db::Sql unit_name{"records.unit_name", R"(
    select name from unit_version where unit_id = ?1 order by (valid_from <= ?2 and (valid_to is null or valid_to > ?2)) desc, valid_from desc limit 1)"};
constexpr db::Sql post_name{"records.post_name", R"(
    select p.title || ' – ' || v.short_name from post p join unit_version v on v.unit_id = p.unit_id
    where p.id = ?1 order by (v.valid_from <= ?2 and (v.valid_to is null or v.valid_to > ?2)) desc, v.valid_from desc limit 1)"};

}  // namespace registers::names
