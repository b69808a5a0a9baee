#include "core/journal/history.h"

#include <boost/json/parse.hpp>

#include "core/journal/store.h"

namespace journal {
namespace {

boost::json::value parsed(std::string_view text) {
    boost::system::error_code error;
    auto value = boost::json::parse(text, error);
    return error ? boost::json::value() : std::move(value);
}

boost::json::value value_of(const std::optional<std::string>& text) {
    return text ? parsed(*text) : boost::json::value();
}

HistoryEntry shown(const StoredEntry& entry) {
    HistoryEntry shown{.id = entry.id,
                       .at = entry.at,
                       .action = entry.action,
                       .account = entry.account,
                       .person = entry.person,
                       .post = entry.post,
                       .on_behalf_of = entry.on_behalf_of,
                       .agency = entry.agency,
                       .register_id = entry.register_id,
                       .record = entry.record,
                       .details = {},
                       .changes = {}};
    if (auto details = parsed(entry.details); details.is_object()) shown.details = std::move(details.get_object());
    return shown;
}

Result<std::int64_t> erase(const Scope& scope, db::Transaction& tx, const std::vector<store::StoredValue>& values,
                           RecordId record, std::string_view reason) {
    if (values.empty()) return std::int64_t{0};
    boost::json::object details{{"reason", reason}, {"values", values.size()}};
    // Without a record the entries are named: the verifier asks for the reason of each erased value.
    if (!record) {
        boost::json::array entries;
        for (const store::StoredValue& value : values)
            if (entries.empty() || entries.back() != value.entry.value) entries.emplace_back(value.entry.value);
        details.emplace("entries", std::move(entries));
    }
    const JournalEntryId by =
        TRY(write(scope, tx, {.action = "journal.values_erased", .record = record, .details = std::move(details)}));
    for (const store::StoredValue& value : values) TRY(store::erase_value(tx, value, TRY(value.digest()), by));
    return static_cast<std::int64_t>(values.size());
}

}  // namespace

Result<std::vector<HistoryEntry>> history(db::Reader& reader, RecordId record, const Page& page) {
    std::vector<HistoryEntry> history;
    std::map<JournalEntryId, std::size_t> places;
    for (const StoredEntry& entry : TRY(store::entries_of(reader, record, page))) {
        places.emplace(entry.id, history.size());
        history.push_back(shown(entry));
    }
    if (history.empty()) return history;
    for (const store::StoredValue& value :
         TRY(store::values_of(reader, record, history.back().id, history.front().id))) {
        const auto place = places.find(value.entry);
        if (place == places.end()) continue;
        HistoryEntry& entry = history[place->second];
        if (value.erased())
            entry.erased = true;
        else
            entry.changes.push_back({value.field, value_of(value.before), value_of(value.after)});
    }
    return history;
}

Result<std::vector<Turn>> turns(db::Reader& reader, RecordId record) {
    std::vector<Turn> turns;
    for (const store::StoredTurn& stored : TRY(store::turns(reader, record))) {
        Turn turn{.at = stored.at, .act = {}, .state_changed = stored.state_changed};
        if (const auto details = parsed(stored.details); details.is_object())
            if (const auto* act = details.get_object().if_contains("action"); act && act->is_string())
                turn.act = act->get_string();
        if (const auto before = value_of(stored.state_before); before.is_string())
            turn.state_before = before.get_string();
        turns.push_back(std::move(turn));
    }
    return turns;
}

Result<std::vector<HistoryEntry>> entries(db::Reader& reader, const Filter& filter, const Page& page) {
    std::vector<HistoryEntry> found;
    for (const StoredEntry& entry : TRY(store::entries(reader, filter, page))) found.push_back(shown(entry));
    return found;
}

Result<std::int64_t> size(db::Reader& reader) {
    return store::size(reader);
}

Result<std::optional<std::int64_t>> position(db::Reader& reader, JournalEntryId entry) {
    return store::position(reader, entry);
}

Result<std::int64_t> erase_values(const Scope& scope, db::Transaction& tx, RecordId record, std::string_view reason) {
    return erase(scope, tx, TRY(store::present_values(tx, record)), record, reason);
}

Result<std::int64_t> erase_values(const Scope& scope, db::Transaction& tx, std::span<const JournalEntryId> entries,
                                  std::string_view reason) {
    return erase(scope, tx, TRY(store::present_values(tx, entries)), {}, reason);
}

}  // namespace journal
