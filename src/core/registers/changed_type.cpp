#include "core/registers/changed_type.h"

#include <algorithm>
#include <ranges>

#include "core/registers/columns.h"
#include "core/registers/convert.h"

namespace registers {
namespace {

constexpr int page = 1'000;

const Field* older_form(const Field& now, const Declaration& version) {
    const Field* field = version.field(now.code);
    return field != nullptr && !field->column.empty() && field->column != now.column ? field : nullptr;
}

class Carrying {
  public:
    Carrying(db::Transaction& tx, const Declaration& declaration, const Field& now, std::optional<Instant> since)
        : tx_(tx), declaration_(declaration), now_(now), since_(since), count_{now, 0, 0} {}

    /// The records made with these versions, whose column is the same.
    Result<void> from(const std::map<int, const Field*>& forms) {
        for (std::int64_t after = 0;;) {
            const db::Rows rows = TRY(tx_.rows(standing(forms, after)));
            for (const db::Row& row : rows) {
                after = row.integer(0);
                TRY(carry(row, *forms.at(static_cast<int>(row.integer(1)))));
            }
            if (rows.size() < page) return {};
        }
    }

    const CarriedOver& count() const { return count_; }

  private:
    db::Query standing(const std::map<int, const Field*>& forms, std::int64_t after) const {
        std::vector<db::Value> versions;
        for (const auto& [version, field] : forms) versions.emplace_back(version);
        const std::string& column = forms.begin()->second->column;
        db::Query query("registers.carry_select");
        query.add("select r.record_id, record.form_version, r.").identifier(column).add(", r.").identifier(now_.column);
        query.add(" from ").identifier(declaration_.table).add(" r join record on record.id = r.record_id");
        query.add(" where r.record_id > ").value(after).add(" and record.form_version in ").list(versions);
        query.add(" and (r.").identifier(column).add(" is not null or r.").identifier(now_.column).add(" is not null)");
        if (since_) query.add(" and record.updated_at >= ").value(*since_);
        query.add(" order by r.record_id limit ").value(page);
        return query;
    }

    Result<void> carry(const db::Row& row, const Field& form) {
        const db::Value value = TRY(converted(tx_, form, now_, row[2], local_date(tx_.now())));
        if (!row[2].is_null()) ++(value.is_null() ? count_.left : count_.converted);
        if (value == row[3]) return {};
        db::Query set("registers.carry_update");
        set.add("update ").identifier(declaration_.table).add(" set record_id = record_id");
        set_column(set, now_, value);
        set.add(" where record_id = ").value(row.integer(0));
        TRY(tx_.execute(set));
        return {};
    }

    db::Transaction& tx_;
    const Declaration& declaration_;
    const Field& now_;
    const std::optional<Instant> since_;
    CarriedOver count_;
};

constexpr db::Sql published_at{"registers.published_at",
                               R"(select max(published_at) from register_version where register_id = ?1)"};

/// The clocks of two servers are no further apart.
constexpr std::chrono::minutes clocks_apart{10};
/// Long after, no server is left that has not heard.
constexpr std::chrono::hours heard_by_then{24};

Result<void> carry_late(db::Database& database, const store::RegisterRow& row) {
    std::vector<Declaration> versions;
    {
        const auto reader = TRY(database.read());
        versions = TRY(load_versions(*reader, row));
    }
    if (versions.size() < 2) return {};
    const Declaration now = std::move(versions.back());
    versions.pop_back();
    const bool any = std::ranges::any_of(versions, [&](const Declaration& version) {
        return std::ranges::any_of(now.fields, [&](const Field& field) { return older_form(field, version); });
    });
    if (!any) return {};
    return database.write_now([&](db::Transaction& tx) -> Result<void> {
        const auto latest = TRY(tx.row(published_at, row.id));
        const Instant published = latest->instant(0);
        if (published + heard_by_then < tx.now()) return {};
        TRY(carry_over(tx, versions, now, published - clocks_apart));
        return {};
    });
}

void name_successor(const Field& now, std::vector<Declaration>& versions) {
    std::shared_ptr<const Field> successor;
    for (Declaration& version : versions) {
        if (older_form(now, version) == nullptr) continue;
        if (!successor) successor = std::make_shared<const Field>(now);
        std::ranges::find(version.fields, now.code, &Field::code)->successor = successor;
    }
}

void keep_choices(Field& now, const Field& form) {
    const auto has = [](const std::vector<std::pair<std::string, Label>>& choices, const std::string& code) {
        return std::ranges::find(choices, code, &std::pair<std::string, Label>::first) != choices.end();
    };
    for (const auto& choice : form.choices)
        if (!has(now.choices, choice.first) && !has(now.former_choices, choice.first))
            now.former_choices.push_back(choice);
}

}  // namespace

Result<std::vector<CarriedOver>> carry_over(db::Transaction& tx, const std::vector<Declaration>& before,
                                            const Declaration& now, std::optional<Instant> since) {
    std::vector<CarriedOver> fields;
    for (const Field& field : now.fields) {
        std::map<std::string, std::map<int, const Field*>> forms;  // by column
        for (const Declaration& version : before)
            if (const Field* form = older_form(field, version)) forms[form->column][version.version] = form;
        if (forms.empty()) continue;
        Carrying carrying(tx, now, field, since);
        for (const auto& [column, versions] : forms) TRY(carrying.from(versions));
        if (carrying.count().converted + carrying.count().left > 0) fields.push_back(carrying.count());
    }
    return fields;
}

Result<void> carry_over_late(db::Database& database) {
    std::vector<store::RegisterRow> rows;
    {
        const auto reader = TRY(database.read());
        rows = TRY(store::registers(*reader));
    }
    for (const store::RegisterRow& row : rows) TRY(carry_late(database, row));
    return {};
}

void tie_versions(std::vector<Declaration>& versions) {
    if (versions.empty()) return;
    Declaration& now = versions.back();
    for (Field& field : now.fields) name_successor(field, versions);
    for (Declaration& version : versions) {
        version.see = now.see;
        for (Field& field : version.fields)
            if (const Field* newest = now.field(field.code)) field.visible_to = newest->visible_to;
    }
    for (const Declaration& version : versions | std::views::reverse) {
        for (const State& state : version.states)
            if (now.any_state(state.code) == nullptr) now.former_states.push_back(state);
        for (Field& field : now.fields)
            if (const Field* form = version.field(field.code)) keep_choices(field, *form);
    }
}

}  // namespace registers
