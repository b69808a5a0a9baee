#include "core/calendar/store.h"

namespace calendar::store {
namespace {

constexpr db::Sql current_days{"calendar.current_days", R"(
    select id, agency_id, day, kind, note, basis, origin from calendar_day where until is null order by agency_id, day)"};
constexpr db::Sql days_at{"calendar.days_at", R"(
    select id, agency_id, day, kind, note, basis, origin from calendar_day
    where since <= ?1 and (until is null or until > ?1) order by agency_id, day)"};
constexpr db::Sql current_day{"calendar.current_day", R"(
    select id, agency_id, day, kind, note, basis, origin from calendar_day where agency_id = ?1 and day = ?2 and until is null)"};
constexpr db::Sql end_day{"calendar.end_day", R"(update calendar_day set until = ?2 where id = ?1)"};
constexpr db::Sql insert_day{"calendar.insert_day", R"(
    insert into calendar_day (agency_id, day, kind, note, basis, origin, since, person_id) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))"};
constexpr db::Sql setting_values{"calendar.settings",
                                 R"(select agency_id, value from setting where code = ?1 order by agency_id)"};
constexpr db::Sql versions{"calendar.version", R"(
    select coalesce((select max(id) from calendar_day), 0),
           coalesce((select sum(changed_at) from setting where code in ('office_hours', 'working_week')), 0))"};

KeptDay read(const db::Row& row) {
    KeptDay kept;
    kept.id = row.integer(0);
    kept.agency = row.id<struct AgencyNoun>(1);
    kept.day.date = row.date(2).value_or(LocalDate{});
    kept.day.kind = enum_value<DayKind>(row.text(3)).value_or(DayKind::working);
    kept.day.note = row.text(4);
    kept.basis = row.text(5);
    kept.shipped = row.text(6) == "shipped";
    return kept;
}

}  // namespace

Result<std::vector<KeptDay>> days(db::Reader& reader, std::optional<Instant> as_of) {
    const db::Rows rows = TRY(as_of ? reader.rows(days_at, *as_of) : reader.rows(current_days));
    std::vector<KeptDay> all;
    all.reserve(rows.size());
    for (const db::Row& row : rows) all.push_back(read(row));
    return all;
}

Result<std::optional<KeptDay>> current(db::Reader& reader, AgencyId agency, LocalDate date) {
    const std::optional<db::Row> row = TRY(reader.row(current_day, agency.value, date));
    if (!row) return std::optional<KeptDay>();
    return std::optional(read(*row));
}

Result<void> replace(db::Transaction& tx, const KeptDay* before, const KeptDay& after, PersonId by) {
    if (before) TRY(tx.execute(end_day, before->id, tx.now()));
    TRY(tx.execute(insert_day, after.agency.value, after.day.date, enum_name(after.day.kind), after.day.note,
                   after.basis, after.shipped ? "shipped" : "edited", tx.now(), by));
    return {};
}

Result<std::vector<std::pair<std::int64_t, std::string>>> settings(db::Reader& reader, std::string_view code) {
    std::vector<std::pair<std::int64_t, std::string>> all;
    for (const db::Row& row : TRY(reader.rows(setting_values, code))) all.emplace_back(row.integer(0), row.text(1));
    return all;
}

Result<std::pair<std::int64_t, std::int64_t>> version(db::Reader& reader) {
    const std::optional<db::Row> row = TRY(reader.row(versions));
    if (!row) return fail_internal("calendar.version gave no row");
    return std::pair(row->integer(0), row->integer(1));
}

}  // namespace calendar::store
