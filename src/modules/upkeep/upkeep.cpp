#include "modules/upkeep/upkeep.h"

#include <algorithm>
#include <set>

#include "base/resources.h"
#include "core/journal/history.h"
#include "core/registers/choices.h"

namespace upkeep {

namespace {

constexpr int most_backups = 20;

constexpr db::Sql versions{"upkeep.versions", R"(
    select r.code, r.shipped, v.version, v.published_at from register r
    join register_version v on v.register_id = r.id and v.version = r.current_version)"};
constexpr db::Sql lists_there{"upkeep.lists", R"(
    select list, count(*), sum(case when (valid_from is null or valid_from <= ?1) and (valid_to is null or valid_to > ?1)
        then 1 else 0 end) from choice group by list order by list)"};
constexpr db::Sql items_of{"upkeep.items", R"(
    select code, title_vi, title_en, abbreviation, valid_from, valid_to, basis from choice where list = ?1
    order by sort, code)"};
constexpr db::Sql entries_after{"upkeep.entries_since", R"(
    select count(*) from (select 1 from journal_entry where id > ?1 limit 100001) as since)"};
constexpr db::Sql contents_after{"upkeep.contents_since", R"(
    select count(*), coalesce(sum(size), 0) from file_blob where destroyed_at is null and stored_at > ?1)"};

/// What the shipped lists are called.
std::map<std::string, registers::Label> list_labels() {
    std::map<std::string, registers::Label> labels;
    for (const Resource& file : resources::under("rules/choices/"))
        if (const auto list = registers::read_choices(file.bytes)) labels[list->code] = list->label;
    return labels;
}

std::string label_of(const Scope& scope, const std::map<std::string, registers::Label>& labels,
                     const std::string& code) {
    const auto found = labels.find(code);
    return found == labels.end() ? code : found->second.in(scope.language);
}

template <class Value>
std::optional<Value> filled(Value value) {
    return value == Value{} ? std::nullopt : std::optional(std::move(value));
}

std::vector<std::string> lists_of(const registers::Declaration& declaration) {
    std::set<std::string> lists;
    for (const registers::Field& field : declaration.fields)
        if (!field.choices_of.empty()) lists.insert(field.choices_of);
    return {lists.begin(), lists.end()};
}

std::int64_t number(const boost::json::object& details, std::string_view name) {
    const auto* found = details.if_contains(name);
    return found && found->is_int64() ? found->as_int64() : 0;
}

}  // namespace

Result<Catalogue> catalogue(const Scope& scope, db::Reader& reader, const records::Engine& engine) {
    Catalogue all;
    std::map<std::string, std::vector<std::string>> users;
    const db::Rows published = TRY(reader.rows(versions));
    for (const auto& declaration : engine.catalogue.all()) {
        const auto row =
            std::ranges::find_if(published, [&](const db::Row& each) { return each.text(0) == declaration->code; });
        if (row == published.end()) continue;
        const std::vector<std::string> lists = lists_of(*declaration);
        for (const std::string& list : lists) users[list].push_back(declaration->title.in(scope.language));
        all.registers.push_back({.code = declaration->code,
                                 .title = declaration->title.in(scope.language),
                                 .basis = filled(declaration->basis.in(scope.language)),
                                 .version = row->integer(2),
                                 .published_at = row->instant(3),
                                 .shipped = row->boolean(1),
                                 .fields = static_cast<std::int64_t>(declaration->fields.size()),
                                 .states = static_cast<std::int64_t>(declaration->states.size()),
                                 .lists = lists});
    }
    const auto labels = list_labels();
    const db::Rows there = TRY(reader.rows(lists_there, scope.today));
    for (const db::Row& row : there)
        all.lists.push_back(
            {row.text(0), label_of(scope, labels, row.text(0)), row.integer(2), row.integer(1), users[row.text(0)]});
    return all;
}

Result<ListItems> list_items(const Scope& scope, db::Reader& reader, std::string_view code) {
    ListItems list{std::string(code), label_of(scope, list_labels(), std::string(code)), {}};
    const db::Rows rows = TRY(reader.rows(items_of, code));
    for (const db::Row& row : rows) {
        Item item{row.text(0), row.text(scope.language == Language::en ? 2 : 1), {}, {}, {}, {}, false};
        if (!row.is_null(3)) item.abbreviation = filled(row.text(3));
        if (!row.is_null(4)) item.valid_from = row.date(4);
        if (!row.is_null(5)) item.valid_to = row.date(5);
        if (!row.is_null(6)) item.basis = filled(row.text(6));
        item.in_force =
            (!item.valid_from || *item.valid_from <= scope.today) && (!item.valid_to || scope.today < *item.valid_to);
        list.items.push_back(std::move(item));
    }
    if (list.items.empty()) return fail(ErrorCode::not_found, "upkeep.no_list", {}, {{"list", std::string(code)}});
    return list;
}

Result<Backups> backups(db::Reader& reader, const std::string& folder) {
    Backups state;
    state.folder = folder;
    const auto entries =
        TRY(journal::entries(reader, {.action = "backup.made"}, {.before = {}, .limit = most_backups}));
    for (const journal::HistoryEntry& entry : entries) {
        const auto* file = entry.details.if_contains("file");
        state.made.push_back({entry.at, file && file->is_string() ? std::string(file->as_string()) : "",
                              number(entry.details, "bytes"), number(entry.details, "contents")});
    }
    const std::int64_t last = entries.empty() ? 0 : entries.front().id.value;
    const Instant at = entries.empty() ? Instant{} : entries.front().at;
    const auto counted = TRY(reader.row(entries_after, last));
    const auto since = TRY(reader.row(contents_after, at));
    const auto all = TRY(reader.row(contents_after, Instant{}));
    state.entries_since = counted ? counted->integer(0) : 0;
    state.contents_since = since ? since->integer(0) : 0;
    state.bytes_since = since ? since->integer(1) : 0;
    state.contents = all ? all->integer(0) : 0;
    state.bytes = all ? all->integer(1) : 0;
    return state;
}

}  // namespace upkeep
