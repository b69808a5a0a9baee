#include "modules/auditing/auditing.h"

#include "core/journal/tree.h"
#include "crypto/bytes.h"

namespace auditing {

namespace {

constexpr db::Sql last_head{"auditing.last_head", R"(select size, at from journal_head order by size desc limit 1)"};
constexpr db::Sql pending{"auditing.pending", R"(select count(*) from journal_pending)"};
constexpr db::Sql agency_of_entry{"auditing.agency_of_entry", R"(select agency_id from journal_entry where id = ?1)"};

/// The text of a code, nothing when it has none.
std::optional<std::string> label_of(Language language, const std::string& code) {
    std::string text = messages::text(language, code);
    return text == code ? std::nullopt : std::optional(std::move(text));
}

}  // namespace

std::string action_label(const Scope& scope, const records::Engine& engine, const journal::HistoryEntry& entry) {
    const auto* action = entry.details.if_contains("action");
    if (action && action->is_string() && entry.register_id)
        if (const auto declaration = engine.catalogue.find(entry.register_id))
            if (const registers::Action* declared = declaration->action(std::string_view(action->as_string())))
                return declared->label.in(scope.language);
    if (auto label = label_of(scope.language, "auditing.action." + entry.action)) return *label;
    return label_of(scope.language, "history." + entry.action).value_or(entry.action);
}

Result<Listing> entries(const Scope& scope, db::Reader& reader, const records::Engine& engine, journal::Filter filter,
                        const journal::Page& page) {
    filter.agency = scope.agency;
    Listing listing;
    if (!scope.agency) return listing;
    const auto found = TRY(journal::entries(reader, filter, {.before = page.before, .limit = page.limit + 1}));
    records::Shown shown(scope, reader);
    for (const journal::HistoryEntry& entry : found) {
        if (listing.items.size() == static_cast<std::size_t>(page.limit)) {
            listing.next = std::to_string(listing.items.back().at("entry").as_int64());
            break;
        }
        boost::json::object item{{"entry", entry.id.value},  {"at", to_string(entry.at)},
                                 {"action", entry.action},   {"action_label", action_label(scope, engine, entry)},
                                 {"details", entry.details}, {"changes", boost::json::array()}};
        if (entry.person) item["person"] = TRY(shown.person(entry.person.value, entry.at));
        if (entry.post) item["post"] = TRY(shown.post(entry.post.value, entry.at));
        if (entry.on_behalf_of) item["on_behalf_of"] = TRY(shown.person(entry.on_behalf_of.value, entry.at));
        if (entry.record) {
            boost::json::object record{{"id", entry.record.value}, {"title", TRY(shown.record(entry.record.value))}};
            if (const auto declaration = engine.catalogue.find(entry.register_id))
                record["register"] = declaration->code;
            item["record"] = std::move(record);
        }
        listing.items.push_back(std::move(item));
    }
    return listing;
}

Result<State> state(db::Reader& reader) {
    State state;
    state.size = TRY(journal::size(reader));
    if (state.size > 0) {
        const crypto::Digest root = TRY(journal::tree::root(reader, state.size));
        state.root = to_hex(std::span<const std::byte>(root));
    }
    if (const auto row = TRY(reader.row(pending))) state.waiting = row->integer(0);
    if (const auto head = TRY(reader.row(last_head))) {
        state.head_size = head->integer(0);
        state.head_at = head->instant(1);
    }
    return state;
}

Result<void> require_own(const Scope& scope, db::Reader& reader, JournalEntryId entry) {
    const auto row = TRY(reader.row(agency_of_entry, entry));
    if (!row || !scope.agency || row->id<struct AgencyNoun>(0) != scope.agency)
        return fail(ErrorCode::not_found, "journal.not_found");
    return {};
}

}  // namespace auditing
