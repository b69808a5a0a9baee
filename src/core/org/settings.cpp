#include "core/org/settings.h"

#include "core/journal/journal.h"

namespace org {

namespace {

constexpr std::size_t longest = 1000;

constexpr db::Sql value_of{"org.setting", R"(
    select value from setting where code = ?2 and agency_id in (0, ?1) order by agency_id desc limit 1)"};
constexpr db::Sql own_value{"org.own_setting", R"(select value from setting where agency_id = ?1 and code = ?2)"};
constexpr db::Sql put_value{"org.put_setting", R"(
    insert into setting (agency_id, code, value, changed_at) values (?1, ?2, ?3, ?4)
    on conflict (agency_id, code) do update set value = excluded.value, changed_at = excluded.changed_at)"};
constexpr db::Sql remove_value{"org.remove_setting", R"(delete from setting where agency_id = ?1 and code = ?2)"};

}  // namespace

Result<std::optional<std::string>> setting(db::Reader& reader, AgencyId agency, std::string_view code) {
    const auto row = TRY(reader.row(value_of, agency.value, code));
    return row ? std::optional(row->text(0)) : std::nullopt;
}

Result<void> set_setting(const Scope& scope, db::Transaction& tx, AgencyId agency, std::string_view code,
                         const std::optional<std::string>& value) {
    if (value && value->size() > longest)
        return fail(ErrorCode::invalid, "org.bad_setting", code, {{"limit", std::to_string(longest)}});
    const auto before = TRY(tx.row(own_value, agency.value, code));
    if (value) {
        TRY(tx.execute(put_value, agency.value, code, *value, tx.now()));
    } else {
        TRY(tx.execute(remove_value, agency.value, code));
    }
    const auto shown = [](bool is_there, const std::string& text) {
        return is_there ? boost::json::value(text) : boost::json::value();
    };
    TRY(journal::write(scope, tx,
                       {.action = "setting.changed",
                        .changes = {{std::string(code), shown(before.has_value(), before ? before->text(0) : ""),
                                     shown(value.has_value(), value.value_or(""))}},
                        .details = {{"agency", agency.value}, {"code", code}}}));
    return {};
}

Result<bool> needs_second_person(db::Reader& reader, AgencyId agency) {
    return TRY(setting(reader, agency, "second_confirmation")) != "no";
}

}  // namespace org
