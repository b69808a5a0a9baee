#include "base/json.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "core/records/fields.h"
#include "core/scope/subject.h"
#include "core/steps/notices.h"
#include "core/steps/phrases.h"
#include "modules/inbox/menu.h"
#include "modules/inbox/shapes.h"

namespace inbox {

namespace {

using records::Engine;
using service::Asking;
using service::Changing;
using service::Object;

constexpr db::Sql choices_of{"inbox.choices_of", R"(
    select code, title_vi, title_en, abbreviation from choice
    where list = ?1 and (valid_from is null or valid_from <= ?2) and (valid_to is null or valid_to > ?2) order by sort, code)"};

template <class Enum>
std::string name_of(Enum value) {
    return std::string(encode(value).as_string());
}

/// Opens the object of a party and leaves it open.
Result<void> open_party(JsonWriter& json, records::Shown& shown, SubjectId who, std::optional<Instant> at = {}) {
    const std::int64_t id = subject::id(who);
    const bool is_person = subject::kind(who) == subject::Kind::person;
    const bool is_post = subject::kind(who) == subject::Kind::post;
    const std::string label =
        is_person ? TRY(shown.person(id, at)) : (is_post ? TRY(shown.post(id, at)) : TRY(shown.unit(id, at)));
    json.open_object().key("kind").text(is_person ? "person" : is_post ? "post" : "unit");
    json.key("id").number(id).key("label").text(label);
    return {};
}

Result<void> write_row(JsonWriter& json, const Asking& asking, const Engine& engine, const calendar::Calendar& calendar,
                       records::Shown& shown, const steps::InboxRow& row) {
    static constexpr std::string_view urgencies[] = {"normal", "urgent", "very_urgent", "express", "express"};
    const auto declaration = engine.catalogue.find(row.register_id);
    const std::string_view role = enum_name(row.role);
    json.open_object().key("step").number(row.step.value).key("record").number(row.record.value);
    json.key("register").text(declaration ? declaration->code : "").key("role").text(role);
    json.key("role_label").text(messages::text(asking.scope.language, "inbox.role_" + std::string(role)));
    json.key("notation").text(row.notation).key("title").text(row.title).key("author").text(row.author);
    json.key("asked").text(row.asked).key("opened_at").text(to_string(row.opened_at));
    json.key("state").text(enum_name(row.state)).key("waiting_book").boolean(row.waiting_book);
    json.key("seen").boolean(row.seen).key("to");
    TRY(open_party(json, shown, row.to));
    json.close_object();
    if (row.urgency > 0 && row.urgency <= 4) {
        const std::string_view code = urgencies[row.urgency];
        const std::string label = TRY(shown.choice("urgencies", code));
        json.key("urgency").open_object().key("code").text(code).key("label").text(label).close_object();
    }
    if (row.from_person || row.from_post) {
        json.key("from");
        const SubjectId giver = row.from_post ? subject::post(row.from_post) : subject::person(row.from_person);
        TRY(open_party(json, shown, giver, row.opened_at));
        if (row.from_person) {
            const std::string person = TRY(shown.person(row.from_person.value, row.opened_at));
            json.key("person").text(person);
        }
        json.close_object();
    }
    if (row.due) json.key("due").text(to_string(*row.due));
    const bool is_open = row.state == steps::State::open;
    json.key("due_state")
        .text(is_open ? enum_name(calendar::due_state(calendar, asking.scope.today, row.due)) : "none")
        .close_object();
    return {};
}

Result<std::string> page(const Engine& engine, Asking& asking) {
    steps::InboxQuery query;
    const std::string box = asking.query("box");
    static const std::map<std::string, steps::Box> boxes{
        {"", steps::Box::todo},         {"todo", steps::Box::todo},         {"support", steps::Box::support},
        {"inform", steps::Box::inform}, {"watching", steps::Box::watching}, {"done", steps::Box::done},
        {"unit", steps::Box::unit}};
    const auto found = boxes.find(box);
    if (found == boxes.end()) return fail(ErrorCode::invalid, "inbox.no_box", "box");
    query.box = found->second;
    if (const std::string part = asking.query("part"); !part.empty()) {
        const auto known = enum_value<steps::Part>(part);
        if (!known) return fail(ErrorCode::invalid, "inbox.no_part", "part");
        query.part = *known;
    }
    query.lateness = asking.query("late") == "1" ? steps::Lateness::late : steps::Lateness::any;
    query.text = asking.query("q");
    query.after = asking.query("after");
    query.limit = static_cast<int>(TRY(asking.number("limit", 50, 1, 200)));
    const auto found_page = TRY(steps::inbox(asking.scope, asking.reader, query));

    records::Shown shown(asking.scope, asking.reader);
    const auto calendar = engine.calendar();
    JsonWriter json;
    json.open_object().key("items").open_array();
    for (const steps::InboxRow& row : found_page.rows)
        TRY(write_row(json, asking, engine, calendar->of(asking.scope.agency), shown, row));
    json.close_array();
    if (!found_page.next.empty()) json.key("next").text(found_page.next);
    if (query.after.empty() && query.text.empty()) {
        const Count count =
            capped(TRY(steps::inbox_count(asking.scope, asking.reader, query.box, query.lateness, {}, query.part)));
        json.key("count")
            .open_object()
            .key("number")
            .number(count.number)
            .key("more")
            .boolean(count.more)
            .close_object();
    }
    return json.close_object().take();
}

struct NewPhrase {
    std::string text;
    std::optional<bool> shared;
};
BOOST_DESCRIBE_STRUCT(NewPhrase, (), (text, shared))

Result<std::vector<Object>> phrases(const Scope& scope, db::Reader& reader) {
    std::vector<Object> list;
    for (const steps::Phrase& each : TRY(steps::phrases(scope, reader)))
        list.push_back({{"id", each.id.value}, {"text", each.text}, {"own", each.own}});
    return list;
}

Result<Object> notices(Asking& asking) {
    const auto found = TRY(steps::notices(asking.scope, asking.reader, asking.query("after"),
                                          static_cast<int>(TRY(asking.number("limit", 20, 1, 100)))));
    boost::json::array items;
    for (const steps::Notice& each : found.notices) {
        Object item{
            {"id", each.id}, {"at", to_string(each.at)}, {"text", each.text}, {"kind", each.kind}, {"seen", each.seen}};
        if (each.record) item["record"] = each.record.value;
        items.push_back(std::move(item));
    }
    Object answer{{"items", std::move(items)}, {"unseen", TRY(steps::unseen_notices(asking.scope, asking.reader))}};
    if (!found.next.empty()) answer["next"] = found.next;
    return answer;
}

}  // namespace

Count capped(std::int64_t counted) {
    return {std::min<std::int64_t>(counted, 1'000), counted > 1'000};
}

void routes(service::Routes& routes, const Engine& engine, WaitingChanges waiting_changes) {
    constexpr auto use = service::may("use");
    routes.get<std::vector<Object>>(
        "/api/menu", use,
        [&engine, waiting_changes = std::move(waiting_changes), seen = std::make_shared<SeenRegisters>()](Asking& a) {
            return menu(a.scope, a.reader, engine, *seen, waiting_changes);
        },
        "The left menu for one's roles, with counts");
    routes.get_written<Page>(
        "/api/inbox", use, [&engine](Asking& a) { return page(engine, a); }, "What waits: the inbox");
    routes.get<Counts>(
        "/api/inbox/counts", use,
        [](Asking& a) -> Result<Counts> {
            const auto n = TRY(steps::inbox_counts(a.scope, a.reader));
            Counts counts{capped(n.todo),
                          capped(n.support),
                          capped(n.inform),
                          capped(n.watching),
                          capped(n.done),
                          capped(n.late),
                          {}};
            if (steps::heads_unit(a.scope))
                counts.unit = capped(TRY(steps::inbox_count(a.scope, a.reader, steps::Box::unit)));
            return counts;
        },
        "How much waits in each box");
    routes.get<Object>("/api/notices", use, notices, "Notices, newest first");
    routes.put<service::Nothing, void>(
        "/api/notices/seen", use,
        [](Changing& c, const service::Nothing&) { return steps::see_notices(c.scope, c.tx); }, "All notices are seen");
    routes.get<std::vector<Object>>(
        "/api/phrases", use, [](Asking& a) { return phrases(a.scope, a.reader); }, "Quick phrases of a bút phê");
    routes.post<NewPhrase, std::vector<Object>>(
        "/api/phrases", use,
        [](Changing& c, const NewPhrase& sent) -> Result<std::vector<Object>> {
            TRY(steps::add_phrase(c.scope, c.tx, sent.text,
                                  sent.shared.value_or(false) ? steps::Whose::agency : steps::Whose::own));
            return phrases(c.scope, c.tx);
        },
        "Keep a quick phrase", 201);
    routes.del<void>(
        "/api/phrases/{phrase}", use,
        [](Changing& c, const service::Nothing&) -> Result<void> {
            return steps::remove_phrase(c.scope, c.tx, TRY(c.id<steps::PhraseId>("phrase")));
        },
        "Throw a phrase away");
    routes.get<std::vector<Object>>(
        "/api/directory", use,
        [](Asking& a) -> Result<std::vector<Object>> {
            const std::string kinds = a.query("kinds");
            const AgencyId agency{TRY(a.number("agency", 0, 0, INT64_MAX))};
            return directory(a.scope, a.reader, a.query("q"),
                             kinds.empty() ? std::vector<std::string>() : split(kinds, ','), agency);
        },
        "Posts, units and people to choose from");
    routes.get<std::vector<Object>>(
        "/api/choices/{list}", use,
        [](Asking& a) -> Result<std::vector<Object>> {
            std::vector<Object> list;
            for (const db::Row& row : TRY(a.reader.rows(choices_of, a.place("list"), a.scope.today))) {
                Object item{{"code", row.text(0)}, {"label", row.text(a.scope.language == Language::en ? 2 : 1)}};
                if (!row.is_null(3)) item["abbreviation"] = row.text(3);
                list.push_back(std::move(item));
            }
            return list;
        },
        "A list of choices");
    describe(routes);
}

}  // namespace inbox
