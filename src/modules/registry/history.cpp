#include "modules/registry/history.h"

#include "core/journal/history.h"
#include "core/journal/journal.h"
#include "core/org/org.h"
#include "core/org/posts.h"
#include "core/scope/subject.h"

namespace registry {

namespace {

using boost::json::object;

/// The column a value of the journal came from: to_json the other way round, as far as it is to be shown.
db::Value column_of(const registers::Field& field, const boost::json::value& value) {
    using registers::FieldType;
    if (value.is_bool()) return db::Value(value.as_bool());
    if (value.is_int64()) return db::Value(value.as_int64());
    if (value.is_array()) return db::Value(boost::json::serialize(value));
    if (!value.is_string()) return {};
    const std::string text(value.as_string());
    const bool is_computed = field.type == FieldType::computed;
    const bool is_decimal =
        field.type == FieldType::decimal || (is_computed && field.computed_type == expression::Type::decimal);
    if (is_decimal || field.type == FieldType::money)
        if (const auto number = parse_decimal(text))
            if (const auto exact = rescale(*number, is_decimal ? field.scale : 0)) return db::Value(exact->units);
    return db::Value(text);
}

/// A value of the journal as people read it. What a change says beside the fields are dates, codes and words.
Result<std::string> text_of(const Scope& scope, records::Shown& shown, const registers::Declaration& declaration,
                            const std::string& code, const boost::json::value& value, Instant at) {
    if (value.is_null()) return std::string();
    if (const registers::Field* field = declaration.field(code))
        return shown.text(*field, column_of(*field, value), at);
    const std::string plain = value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value);
    if (const registers::State* state = declaration.state(plain); state && code == "state")
        return state->label.in(scope.language);
    if (code == "outcome") return messages::text(scope.language, "documents.outcome_" + plain);
    if (const auto date = parse_date(plain); date && code == "due") return to_vietnamese(*date);
    return plain;
}

Result<object> change_json(const Scope& scope, records::Shown& shown, const registers::Declaration& declaration,
                           const journal::Change& change, Instant at) {
    const registers::Field* field = declaration.field(change.field);
    object json{
        {"field", change.field},
        {"label", field ? field->label.in(scope.language) : messages::text(scope.language, "history." + change.field)}};
    json["before"] = TRY(text_of(scope, shown, declaration, change.field, change.before, at));
    json["after"] = TRY(text_of(scope, shown, declaration, change.field, change.after, at));
    return json;
}

/// The short name of an act on a record; else what the journal calls it.
std::string label_of(const Scope& scope, const std::string& action) {
    const std::string code = "history." + action;
    std::string label = messages::text(scope.language, code);
    return label == code ? messages::text(scope.language, "auditing.action." + action) : label;
}

/// The other record of a link as the scope may see it: its title and where it is, or only that there is one.
Result<void> show_link(const Scope& scope, db::Reader& reader, records::Shown& shown,
                       const journal::HistoryEntry& entry, object& item, boost::json::array& changes) {
    const boost::json::value* to = entry.details.if_contains("to");
    if (entry.action != "record.linked" || to == nullptr || !to->is_int64()) return {};
    const std::string title = TRY(shown.record(to->as_int64()));
    changes.push_back(object{
        {"field", "to"}, {"label", messages::text(scope.language, "history.to")}, {"before", ""}, {"after", title}});
    if (!TRY(rights::can_see(scope, reader, {to->as_int64()}))) item["details"].as_object().erase("to");
    return {};
}

bool is_readable(const std::vector<const registers::Field*>& readable, const registers::Declaration& declaration,
                 const std::string& code) {
    const registers::Field* field = declaration.field(code);
    return !field || std::ranges::find(readable, field) != readable.end();
}

}  // namespace

Result<void> note_reading(const Scope& scope, service::Host& host, const records::Record& record, Reading reading) {
    if (record.secrecy == Secrecy::ordinary) return {};
    return host.database.write_now([&](db::Transaction& tx) -> Result<void> {
        TRY(journal::write(scope, tx,
                           {.action = reading == Reading::opened ? "record.opened" : "record.history_read",
                            .record = record.id,
                            .register_id = record.declaration->id}));
        return {};
    });
}

Result<Listing> history(const records::Engine& engine, service::Host& host, service::Asking& asking) {
    const Scope& scope = asking.scope;
    const auto record = TRY(records::open(scope, asking.reader, engine, TRY(asking.id<RecordId>("record"))));
    const std::int64_t after = TRY(asking.number("after", INT64_MAX, 1, INT64_MAX));
    const int limit = static_cast<int>(TRY(asking.number("limit", 50, 1, 200)));
    TRY(note_reading(scope, host, record, Reading::history));
    const auto entries = TRY(journal::history(asking.reader, record.id, {.before = {after}, .limit = limit + 1}));
    const auto readable = records::readable_fields(scope, *record.declaration);
    records::Shown shown(scope, asking.reader);
    Listing listing;
    for (const auto& entry : entries) {
        if (listing.items.size() == static_cast<std::size_t>(limit)) {
            listing.next = std::to_string(listing.items.back().at("entry").as_int64());
            break;
        }
        object item{{"entry", entry.id.value},
                    {"at", to_string(entry.at)},
                    {"action", entry.action},
                    {"details", entry.details}};
        std::string label = label_of(scope, entry.action);
        if (const auto* code = entry.details.if_contains("action"); code && code->is_string())
            if (const registers::Action* action = record.declaration->action(std::string_view(code->as_string())))
                label = action->label.in(scope.language);
        item["action_label"] = label;
        if (entry.person) item["person"] = TRY(shown.person(entry.person.value, entry.at));
        if (entry.post) item["post"] = TRY(shown.post(entry.post.value, entry.at));
        if (entry.on_behalf_of) item["on_behalf_of"] = TRY(shown.person(entry.on_behalf_of.value, entry.at));
        boost::json::array changes;
        for (const journal::Change& change : entry.changes)
            if (is_readable(readable, *record.declaration, change.field))
                changes.push_back(TRY(change_json(scope, shown, *record.declaration, change, entry.at)));
        TRY(show_link(scope, asking.reader, shown, entry, item, changes));
        item["changes"] = std::move(changes);
        listing.items.push_back(std::move(item));
    }
    return listing;
}

namespace {

Result<object> subject_json(const Scope& scope, records::Shown& shown, SubjectId who,
                            const std::map<std::int64_t, std::string>& roles) {
    const std::int64_t id = subject::id(who);
    const auto role = roles.find(subject::role(who));
    const std::string role_name = role == roles.end() ? "" : messages::text(scope.language, "role." + role->second);
    switch (subject::kind(who)) {
        case subject::Kind::person:
            return object{{"kind", "person"}, {"id", id}, {"label", TRY(shown.person(id))}};
        case subject::Kind::post:
            return object{{"kind", "post"}, {"id", id}, {"label", TRY(shown.post(id))}};
        case subject::Kind::unit:
        case subject::Kind::agency:
            return object{{"kind", "unit"}, {"id", id}, {"label", TRY(shown.unit(id))}};
        case subject::Kind::everyone:
            return object{
                {"kind", "everyone"}, {"id", 0}, {"label", messages::text(scope.language, "rights.by_everyone")}};
        default:
            return object{{"kind", "role"}, {"id", id}, {"label", role_name}, {"detail", TRY(shown.unit(id))}};
    }
}

constexpr db::Sql all_roles{"registry.all_roles", R"(select id, code from role)"};

}  // namespace

Result<std::vector<object>> access_json(service::Asking& asking, const records::Record& record) {
    const Scope& scope = asking.scope;
    std::map<std::int64_t, std::string> roles;
    for (const db::Row& row : TRY(asking.reader.rows(all_roles))) roles[row.integer(0)] = row.text(1);
    std::vector<rights::Reason> reasons;
    const std::int64_t person = TRY(asking.number("person", 0, 0, INT64_MAX));
    if (person > 0) {
        const Scope theirs = TRY(org::scope_of(asking.reader, {person}, {}, scope.now));
        std::vector<SubjectId> subjects = theirs.subjects;
        for (const HeldPost& held : TRY(org::posts_to_choose(asking.reader, {person}, scope.today))) {
            if (!held.acting_for || held.post == theirs.post) continue;  // what is seen by acting is seen too
            const Scope acting = TRY(org::scope_of(asking.reader, {person}, held.post, scope.now));
            subjects.insert(subjects.end(), acting.subjects.begin(), acting.subjects.end());
        }
        std::ranges::sort(subjects);
        subjects.erase(std::ranges::unique(subjects).begin(), subjects.end());
        reasons = TRY(rights::why(scope, asking.reader, *record.declaration, record.id, subjects));
    } else {
        reasons = TRY(rights::grants(scope, asking.reader, *record.declaration, record.id));
    }
    records::Shown shown(scope, asking.reader);
    std::vector<object> list;
    std::map<std::int64_t, std::size_t> places;
    for (const rights::Reason& reason : reasons) {
        auto [at, fresh] = places.try_emplace(reason.subject.value, list.size());
        if (fresh)
            list.push_back(
                {{"party", TRY(subject_json(scope, shown, reason.subject, roles))}, {"reasons", boost::json::array()}});
        list[at->second]["reasons"].as_array().emplace_back(reason.text);
    }
    return list;
}

void hide_unreadable(const Scope& scope, const registers::Declaration& declaration, object& described) {
    const auto readable = records::readable_fields(scope, declaration);
    auto* fields = described.if_contains("fields");
    if (!fields || !fields->is_array()) return;
    boost::json::array kept;
    for (auto& each : fields->as_array())
        if (is_readable(readable, declaration, std::string(each.at("code").as_string())))
            kept.push_back(std::move(each));
    *fields = std::move(kept);
}

}  // namespace registry
