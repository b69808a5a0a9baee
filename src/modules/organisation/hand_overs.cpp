#include "modules/organisation/hand_overs.h"

#include "core/accounts/accounts.h"
#include "core/journal/journal.h"
#include "core/records/fields.h"
#include "core/rights/rights.h"
#include "core/steps/notices.h"
#include "modules/organisation/describe.h"
#include "modules/organisation/store.h"

namespace organisation {

namespace {

constexpr int most_listed = 200;

constexpr db::Sql step_sql{"organisation.handed_step", R"(
    select id, record_id, role, instruction, due, to_subject from step where id = ?1)"};

rights::Rule rule_of(std::int64_t hand_over) {
    return {rights::Rule::Kind::hand_over, hand_over};
}

/// {"steps": [17, 18], "moved": [17], "given_by": 7}
struct Content {
    std::vector<StepId> steps;
    std::optional<std::vector<StepId>> moved;
    std::optional<PersonId> given_by;  ///< who confirmed in the giver's stead
};
BOOST_DESCRIBE_STRUCT(Content, (), (steps, moved, given_by))

Result<Content> content_of(const store::HandOver& row) {
    return decode<Content>(TRY(parse_json(row.content)));
}

std::string text_of(const Content& content) {
    return boost::json::serialize(encode(content));
}

Result<bool> works_in(db::Reader& reader, PersonId person, AgencyId agency, const org::Tree& tree, LocalDate today) {
    const auto found = TRY(org::find_person(reader, person, today));
    if (!found) return false;
    return std::ranges::any_of(found->places, [&](const org::Place& place) {
        const org::Unit* unit = tree.find(place.unit);
        return !place.acting && unit && unit->agency == agency;
    });
}

/// Those of the giver's steps that were asked for.
Result<std::vector<StepId>> chosen(db::Reader& reader, const NewHandOver& sent) {
    std::vector<StepId> own;
    for (const steps::Step& step : TRY(steps::named_steps(reader, sent.from))) own.push_back(step.id);
    const bool all =
        sent.all.value_or(false) || (sent.steps && sent.steps->is_string() && sent.steps->as_string() == "all");
    if (!all) {
        if (!sent.steps) return fail(ErrorCode::invalid, "base.missing_field", "steps", {{"field", "steps"}});
        const auto asked = TRY(decode<std::vector<StepId>>(*sent.steps));
        for (const StepId each : asked)
            if (std::ranges::find(own, each) == own.end())
                return fail(ErrorCode::invalid, "organisation.not_their_step", "steps");
        own = asked;
    }
    if (own.empty()) return fail(ErrorCode::conflict, "organisation.nothing_to_hand_over", "steps");
    return own;
}

enum class Detail { summary, whole };

Result<std::vector<HandedStep>> work_of(const Scope& scope, db::Reader& reader, const Content& content) {
    records::Shown shown(scope, reader);
    std::vector<HandedStep> list;
    for (const StepId id : content.steps) {
        const auto row = TRY(reader.row(step_sql, id));
        if (!row) continue;
        HandedStep step;
        step.id = id;
        step.record = row->id<struct RecordNoun>(1);
        step.title = TRY(shown.record(step.record.value));
        step.role = row->text(2);
        step.role_label = messages::text(scope.language, "organisation.step_role." + step.role);
        if (TRY(rights::can_see(scope, reader, step.record))) step.instruction = row->text(3);
        if (row->text(4) != "9999-12-31") step.due = row->date(4);
        step.moved = content.moved && std::ranges::find(*content.moved, id) != content.moved->end();
        list.push_back(std::move(step));
    }
    return list;
}

/// The giver has left every post or lost the account, and can't confirm any more.
Result<bool> has_gone(const Scope& scope, db::Reader& reader, PersonId giver) {
    const auto account = TRY(accounts::of_person(scope, reader, giver));
    if (!account || account->state == "disabled") return true;
    return TRY(org::scope_of(reader, giver, {}, scope.now)).posts.empty();
}

/// An administrator who reaches a giver that has gone stands in for them; who takes the work is the other side.
Result<bool> stands_in(const Scope& scope, db::Reader& reader, const store::HandOver& row) {
    if (!scope.may("administer") || scope.person == row.to || scope.person == row.from) return false;
    if (!TRY(has_gone(scope, reader, row.from))) return false;
    return TRY(org::Reach::of(scope, reader)).has(row.from);
}

Result<HandOver> shown(const Scope& scope, db::Reader& reader, const store::HandOver& row, Detail detail) {
    const Content content = TRY(content_of(row));
    HandOver json;
    json.id = row.id;
    const bool done = row.given_at && row.taken_at;
    // What is done is done under the names of then, as its minutes are.
    records::Shown names(scope, reader);
    const auto party = [&](PersonId who, std::optional<Instant> at) -> Result<Party> {
        return Party{"person", who.value, TRY(names.person(who.value, at)), std::nullopt};
    };
    const auto at = done ? std::optional(std::max(*row.given_at, *row.taken_at)) : std::nullopt;
    json.from = TRY(party(row.from, at));
    json.to = TRY(party(row.to, at));
    json.steps = static_cast<std::int64_t>(content.steps.size());
    json.created_at = row.created_at;
    json.given_at = row.given_at;
    json.taken_at = row.taken_at;
    json.state = done ? "done" : "waiting";
    if (content.given_by) json.given_by = TRY(party(*content.given_by, row.given_at));
    json.in_stead = !done && TRY(stands_in(scope, reader, row));
    const bool gives = scope.person == row.from || json.in_stead;
    json.may_confirm = (gives && !row.given_at) || (scope.person == row.to && !row.taken_at);
    json.may_withdraw = !done && (gives || scope.person == row.to);
    if (detail == Detail::whole) json.work = TRY(work_of(scope, reader, content));
    return json;
}

/// For the two of them and for the administrator who reaches the giver or the receiver.
Result<store::HandOver> open(const Scope& scope, db::Reader& reader, std::int64_t id) {
    const auto row = TRY(store::hand_over(reader, id));
    if (!row) return fail(ErrorCode::not_found, "organisation.no_hand_over");
    if (scope.person == row->from || scope.person == row->to) return *row;
    if (scope.may("administer")) {
        const org::Reach reach = TRY(org::Reach::of(scope, reader));
        if (TRY(reach.has(row->from)) || TRY(reach.has(row->to))) return *row;
    }
    return fail(ErrorCode::not_found, "organisation.no_hand_over");
}

Result<std::set<RecordId>> records_in(db::Reader& reader, const Content& content) {
    std::set<RecordId> records;
    for (const StepId id : content.steps)
        if (const auto row = TRY(reader.row(step_sql, id))) records.insert(row->id<struct RecordNoun>(1));
    return records;
}

Result<void> note(const Scope& scope, db::Transaction& tx, std::string_view action, const store::HandOver& row) {
    TRY(journal::write(
        scope, tx,
        {.action = action, .details = {{"hand_over", row.id}, {"from", row.from.value}, {"to", row.to.value}}}));
    return {};
}

/// The giver has confirmed, or who stands in: the receiver may look at what is to come.
Result<void> give(const Scope& scope, db::Transaction& tx, const store::HandOver& row) {
    TRY(store::set_given(tx, row.id));
    Content content = TRY(content_of(row));
    if (scope.person != row.from) {
        content.given_by = scope.person;
        TRY(store::set_content(tx, row.id, text_of(content)));
    }
    for (const RecordId record : TRY(records_in(tx, content)))
        TRY(rights::grant(scope, tx, record, subject::person(row.to), rule_of(row.id)));
    TRY(note(scope, tx, scope.person == row.from ? "hand_over.given" : "hand_over.given_in_stead", row));
    if (row.taken_at) return {};
    return steps::notify(tx, {.to = subject::person(row.to),
                              .code = "organisation.notice.hand_over",
                              .arguments = {{"by", TRY(person_name(tx, scope.person))}},
                              .kind = "hand_over"});
}

/// Both have confirmed: the steps that are still open and still the giver's go over.
Result<void> apply(const Scope& scope, db::Transaction& tx, const store::HandOver& row) {
    Content content = TRY(content_of(row));
    TRY(steps::hand_over(scope, tx, row.from, row.to, content.steps));
    content.moved.emplace();
    for (const StepId id : content.steps)
        if (const auto step = TRY(tx.row(step_sql, id));
            step && step->id<struct SubjectNoun>(5) == subject::person(row.to))
            content.moved->push_back(id);
    TRY(store::set_content(tx, row.id, text_of(content)));
    for (const RecordId record : TRY(records_in(tx, content)))
        TRY(rights::revoke(scope, tx, record, subject::person(row.to), rule_of(row.id)));
    TRY(note(scope, tx, "hand_over.done", row));
    return steps::notify(tx, {.to = subject::person(row.from),
                              .code = "organisation.notice.hand_over_done",
                              .arguments = {{"by", TRY(person_name(tx, row.to))}},
                              .kind = "hand_over"});
}

}  // namespace

Result<HandOver> add_hand_over(const Scope& scope, db::Transaction& tx, const NewHandOver& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    const bool by_giver = sent.from == scope.person;
    if (!by_giver) {
        if (!scope.may("administer")) return fail(ErrorCode::forbidden, "organisation.not_in_it");
        TRY(reach.require(sent.from, "from"));
    }
    if (sent.from == sent.to) return fail(ErrorCode::invalid, "organisation.hand_over_to_oneself", "to");
    // Whoever takes the work over sees its records: a colleague, not somebody of another agency.
    if (!TRY(works_in(tx, sent.to, scope.agency, reach.tree(), scope.today)))
        return fail(ErrorCode::invalid, "organisation.other_agency", "to");
    const Content content{TRY(chosen(tx, sent)), std::nullopt};
    const std::int64_t id = TRY(store::insert_hand_over(tx, sent.from, sent.to, text_of(content)));
    const store::HandOver row = *TRY(store::hand_over(tx, id));
    TRY(note(scope, tx, "hand_over.proposed", row));
    if (by_giver) {
        TRY(give(scope, tx, row));
    } else {
        TRY(steps::notify(tx, {.to = subject::person(sent.from),
                               .code = "organisation.notice.hand_over_to_give",
                               .arguments = {{"to", TRY(person_name(tx, sent.to))}},
                               .kind = "hand_over"}));
    }
    return shown(scope, tx, *TRY(store::hand_over(tx, id)), Detail::whole);
}

Result<std::vector<HandOver>> hand_overs(const Scope& scope, db::Reader& reader) {
    std::vector<HandOver> list;
    if (!scope.may("administer")) {
        for (const store::HandOver& row : TRY(store::hand_overs_of(reader, scope.person, most_listed)))
            list.push_back(TRY(shown(scope, reader, row, Detail::summary)));
        return list;
    }
    const org::Reach reach = TRY(org::Reach::of(scope, reader));
    for (const store::HandOver& row : TRY(store::hand_overs(reader, most_listed))) {
        const bool own = row.from == scope.person || row.to == scope.person;
        if (own || TRY(reach.has(row.from)) || TRY(reach.has(row.to)))
            list.push_back(TRY(shown(scope, reader, row, Detail::summary)));
    }
    return list;
}

Result<HandOver> hand_over(const Scope& scope, db::Reader& reader, std::int64_t id) {
    return shown(scope, reader, TRY(open(scope, reader, id)), Detail::whole);
}

Result<HandOver> confirm_hand_over(const Scope& scope, db::Transaction& tx, std::int64_t id) {
    store::HandOver row = TRY(open(scope, tx, id));
    const bool takes = scope.person == row.to;
    const bool gives = scope.person == row.from || TRY(stands_in(scope, tx, row));
    if (!gives && !takes) return fail(ErrorCode::forbidden, "organisation.not_in_it");
    if (gives ? row.given_at.has_value() : row.taken_at.has_value())
        return fail(ErrorCode::conflict, "organisation.confirmed_already");
    if (gives) {
        TRY(give(scope, tx, row));
    } else {
        TRY(store::set_taken(tx, id));
        TRY(note(scope, tx, "hand_over.taken", row));
    }
    row = *TRY(store::hand_over(tx, id));
    if (row.given_at && row.taken_at) TRY(apply(scope, tx, row));
    return shown(scope, tx, *TRY(store::hand_over(tx, id)), Detail::whole);
}

Result<void> withdraw_hand_over(const Scope& scope, db::Transaction& tx, std::int64_t id) {
    const store::HandOver row = TRY(open(scope, tx, id));
    if (scope.person != row.from && scope.person != row.to && !TRY(stands_in(scope, tx, row)))
        return fail(ErrorCode::forbidden, "organisation.not_in_it");
    if (row.given_at && row.taken_at) return fail(ErrorCode::conflict, "organisation.handed_over");
    for (const RecordId record : TRY(records_in(tx, TRY(content_of(row)))))
        TRY(rights::revoke(scope, tx, record, subject::person(row.to), rule_of(id)));
    TRY(store::remove_hand_over(tx, id));
    return note(scope, tx, "hand_over.withdrawn", row);
}

}  // namespace organisation
