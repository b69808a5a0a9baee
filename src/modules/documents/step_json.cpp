#include "modules/documents/step_json.h"

#include "base/json.h"

namespace documents {

namespace {

constexpr db::Sql proposal_of{"documents.proposal_of", R"(select content from document_proposal where step_id = ?1)"};

std::string label(const Scope& scope, std::string_view group, const std::string& code) {
    return messages::text(scope.language, std::string("documents.") + std::string(group) + "_" + code);
}

template <class Enum>
std::string name_of(Enum value) {
    return std::string(encode(value).as_string());
}

Result<boost::json::object> step_json(const Scope& scope, db::Reader& reader, const records::Engine& engine,
                                      records::Shown& shown, const records::Record& record, const steps::Step& step) {
    const bool is_open = step.state == steps::State::open;
    const bool untouched = is_open && !step.seen_at;
    boost::json::object json{{"id", step.id.value},
                             {"role", name_of(step.role)},
                             {"role_label", label(scope, "role", name_of(step.role))},
                             {"to", TRY(party_json(shown, step.to, step.closed_at))},
                             {"instruction", step.instruction},
                             {"opened_at", to_string(step.opened_at)},
                             {"state", name_of(step.state)},
                             {"state_label", label(scope, "state", untouched ? "untouched" : name_of(step.state))},
                             {"waiting_book", step.waiting_book},
                             {"seen", step.seen_at.has_value()}};
    if (step.from_post || step.from_person) {
        const Instant at = step.opened_at;
        const SubjectId giver = step.from_post ? subject::post(step.from_post) : subject::person(step.from_person);
        boost::json::object from = TRY(party_json(shown, giver, at));
        if (step.from_person) from["person"] = TRY(shown.person(step.from_person.value, at));
        if (step.on_behalf_of) from["on_behalf_of"] = TRY(shown.person(step.on_behalf_of.value, at));
        json["from"] = std::move(from);
    }
    if (step.due) json["due"] = to_string(*step.due);
    json["due_state"] =
        is_open ? name_of(calendar::due_state(engine.calendar()->of(scope.agency), scope.today, step.due)) : "none";
    if (step.seen_at) json["seen_at"] = to_string(*step.seen_at);
    if (step.closed_at) json["closed_at"] = to_string(*step.closed_at);
    if (step.closed_by) json["closed_by"] = TRY(shown.person(step.closed_by.value, step.closed_at));
    if (step.outcome) json["outcome"] = label(scope, "outcome", *step.outcome);
    if (step.reason) json["reason"] = *step.reason;
    if (step.opinion) json["opinion"] = *step.opinion;
    if (step.result) json["result"] = {{"id", step.result.value}, {"title", TRY(shown.record(step.result.value))}};
    if (step.extension) {
        boost::json::object extension{{"due", to_string(step.extension->due)},
                                      {"reason", step.extension->reason},
                                      {"state", step.extension->state}};
        if (step.extension->granted_due) extension["granted_due"] = to_string(*step.extension->granted_due);
        if (step.extension->decision_reason) extension["decision_reason"] = *step.extension->decision_reason;
        json["extension"] = std::move(extension);
    }
    if (step.role == steps::Role::approve)
        if (const auto proposal = TRY(reader.row(proposal_of, step.id)))
            json["proposal"] = TRY(parse_json(proposal->text(0)));
    boost::json::array urged;
    for (const steps::Urging& each : TRY(steps::urgings(reader, step.id)))
        urged.push_back({{"text", each.text},
                         {"at", to_string(each.at)},
                         {"person", TRY(shown.person(each.person.value, each.at))}});
    if (!urged.empty()) json["urgings"] = std::move(urged);
    if (const auto book = TRY(unit_book(scope, reader, engine, step))) {
        boost::json::object shown_book{
            {"label", book->label}, {"number", book->number}, {"waiting", step.waiting_book}};
        boost::json::array reserved;
        for (const numbering::Row& row : book->reserved)
            reserved.push_back(boost::json::object{
                {"number", row.number}, {"shown", std::to_string(row.number)}, {"reason", row.reason.value_or("")}});
        if (!reserved.empty()) shown_book["reserved"] = std::move(reserved);
        json["unit_book"] = std::move(shown_book);
    }
    boost::json::array allowed;
    for (const std::string_view word : steps::may(scope, step))
        if (word != "finish" || !TRY(ending_action(scope, reader, record, step))) allowed.emplace_back(word);
    json["may"] = std::move(allowed);
    json["children"] = boost::json::array();
    return json;
}

}  // namespace

Result<boost::json::object> party_json(records::Shown& shown, SubjectId who, std::optional<Instant> at) {
    const std::int64_t id = subject::id(who);
    switch (subject::kind(who)) {
        case subject::Kind::person:
            return boost::json::object{
                {"kind", "person"}, {"id", id}, {"label", TRY(shown.person(id, at))}, {"detail", ""}};
        case subject::Kind::post: {
            // "Title – unit" as Shown gives it, apart again.
            const std::string whole = TRY(shown.post(id, at));
            const std::size_t dash = whole.find(" – ");
            return boost::json::object{{"kind", "post"},
                                       {"id", id},
                                       {"label", whole.substr(0, dash)},
                                       {"detail", dash == std::string::npos ? "" : whole.substr(dash + 5)}};
        }
        case subject::Kind::unit:
            return boost::json::object{
                {"kind", "unit"}, {"id", id}, {"label", TRY(shown.unit(id, at))}, {"detail", ""}};
        default:
            return boost::json::object{{"kind", "unit"}, {"id", id}, {"label", ""}, {"detail", ""}};
    }
}

Result<std::vector<boost::json::object>> steps_json(const Scope& scope, db::Reader& reader,
                                                    const records::Engine& engine, RecordId record) {
    records::Shown shown(scope, reader);
    const std::vector<steps::Step> all = TRY(steps::tree(scope, reader, record));
    std::map<StepId, boost::json::object> made;
    const records::Record on = TRY(records::open(scope, reader, engine, record));
    for (const steps::Step& step : all) made[step.id] = TRY(step_json(scope, reader, engine, shown, on, step));
    // Each stands after its parent, so going backwards every child is whole before it is put under it.
    std::vector<boost::json::object> roots;
    for (auto step = all.rbegin(); step != all.rend(); ++step) {
        boost::json::object json = std::move(made[step->id]);
        auto& children = json["children"].as_array();
        std::ranges::reverse(children);
        const auto parent = made.find(step->parent);
        if (step->parent && parent != made.end()) {
            parent->second["children"].as_array().push_back(std::move(json));
        } else {
            roots.push_back(std::move(json));
        }
    }
    std::ranges::reverse(roots);
    return roots;
}

}  // namespace documents
