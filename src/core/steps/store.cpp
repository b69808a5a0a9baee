#include "core/steps/store.h"

namespace steps::store {
namespace {

#define STEP_COLUMNS                                                                                        \
    "s.id, s.record_id, s.agency_id, s.parent_id, s.role, s.state, s.to_subject, s.box, s.from_person_id, " \
    "s.from_post_id, "                                                                                      \
    "s.on_behalf_of_person_id, s.instruction, s.opened_at, s.due, s.seen_at, s.acted_at, s.closed_at, "     \
    "s.closed_by_person_id, "                                                                               \
    "s.closed_by_post_id, s.outcome, s.reason, s.opinion, s.result_record_id, s.from_subject"

constexpr std::string_view no_due = "9999-12-31";

constexpr db::Sql record_agency{"steps.record_agency",
                                R"(select agency_id from record where id = ?1 and erased_at is null)"};
constexpr db::Sql unit_exists{"steps.unit_exists", R"(
    select unit_id from unit_version where unit_id = ?1 and valid_from <= ?2 and (valid_to is null or valid_to > ?2))"};
constexpr db::Sql unit_of_post{"steps.unit_of_post", R"(
    select unit_id from post where id = ?1 and valid_from <= ?2 and (valid_to is null or valid_to > ?2))"};
constexpr db::Sql units_of_person{"steps.units_of_person", R"(
    select p.unit_id from post_holder h join post p on p.id = h.post_id
    where h.person_id = ?1 and h.valid_from <= ?2 and (h.valid_to is null or h.valid_to > ?2)
    union
    select p.unit_id from acting a join post p on p.id = a.post_id
    where a.deputy_person_id = ?1 and a.valid_from <= ?2 and a.valid_to > ?2 and a.ended_at is null)"};
constexpr db::Sql agency_above{"steps.agency_of_unit", R"(
    with recursive line (unit_id, depth) as (
        select id, 0 from unit where id = ?1
        union all
        select v.parent_id, l.depth + 1 from line l join unit_version v on v.unit_id = l.unit_id
        where v.valid_from <= ?2 and (v.valid_to is null or v.valid_to > ?2) and v.parent_id is not null and l.depth < 64)
    select u.id from line l join unit u on u.id = l.unit_id where u.is_agency = 1 order by l.depth limit 1)"};
constexpr db::Sql clerk_of_unit{"steps.clerk_of_unit", R"(
    select 1 from post p join post_role pr on pr.post_id = p.id join role r on r.id = pr.role_id
    join post_holder h on h.post_id = p.id and h.valid_from <= ?2 and (h.valid_to is null or h.valid_to > ?2)
    where p.unit_id = ?1 and r.code = 'unit_clerk' and p.valid_from <= ?2 and (p.valid_to is null or p.valid_to > ?2) limit 1)"};
constexpr db::Sql head_of_unit{"steps.head_of_unit", R"(
    select 1 from post p join post_role pr on pr.post_id = p.id join role r on r.id = pr.role_id
    join post_holder h on h.post_id = p.id and h.valid_from <= ?2 and (h.valid_to is null or h.valid_to > ?2)
    where p.unit_id = ?1 and r.code in ('head_of_section', 'leader', 'chief_of_office') and p.valid_from <= ?2
          and (p.valid_to is null or p.valid_to > ?2) limit 1)"};
constexpr db::Sql name_of_person{"steps.person_name", R"(select full_name from person where id = ?1)"};

constexpr db::Sql name_of_unit{"steps.unit_name", R"(
    select name from unit_version where unit_id = ?1 order by valid_from desc limit 1)"};
constexpr db::Sql name_of_post{"steps.post_name", R"(
    select p.title || ' – ' || v.short_name from post p join unit_version v on v.unit_id = p.unit_id
    where p.id = ?1 order by v.valid_from desc limit 1)"};

constexpr db::Sql insert_step{"steps.insert", R"(
    insert into step (record_id, agency_id, parent_id, role, to_subject, box, urgency, due, state, from_subject, from_person_id,
                      from_post_id, on_behalf_of_person_id, instruction, opened_at, seen_at, acted_at, closed_at, closed_by_person_id,
                      closed_by_post_id, outcome, reason, opinion, result_record_id)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24) returning id)"};
constexpr db::Sql find_step{"steps.find", "select " STEP_COLUMNS " from step s where s.id = ?1"};
constexpr db::Sql steps_of_record{"steps.of_record",
                                  "select " STEP_COLUMNS " from step s where s.record_id = ?1 order by s.id"};
constexpr db::Sql parts_of_record{"steps.parts", R"(select role, state, to_subject from step where record_id = ?1)"};
constexpr db::Sql steps_named{
    "steps.named", "select " STEP_COLUMNS " from step s where s.to_subject = ?1 and s.state = 'open' order by s.id"};
constexpr db::Sql steps_due{"steps.due",
                            "select " STEP_COLUMNS R"( from step s where s.state = 'open' and s.due <= ?2 and
    ((s.due < ?1 and s.reminded < 4) or (s.due = ?1 and s.reminded < 2) or (s.due > ?1 and s.reminded < 1)) order by s.due, s.id limit ?3)"};
constexpr db::Sql extensions_of_record{"steps.extensions_of_record", R"(
    select e.step_id, e.due, e.reason, e.state, e.granted_due, e.decision_reason from step_extension e
    where e.step_id in (select id from step where record_id = ?1) order by e.id)"};
constexpr db::Sql extension_of_step{"steps.extension_of_step", R"(
    select e.step_id, e.due, e.reason, e.state, e.granted_due, e.decision_reason from step_extension e
    where e.step_id = ?1 order by e.id desc limit 1)"};
constexpr db::Sql record_urgency{"steps.urgency", R"(select urgency from step_record where record_id = ?1)"};

constexpr db::Sql see_step{"steps.see", R"(update step set seen_at = ?2 where id = ?1 and seen_at is null)"};
constexpr db::Sql act_step{
    "steps.act",
    R"(update step set acted_at = ?2, seen_at = coalesce(seen_at, ?2) where id = ?1 and acted_at is null)"};
constexpr db::Sql box_step{"steps.box", R"(update step set box = ?2 where id = ?1)"};
constexpr db::Sql due_step{"steps.set_due", R"(update step set due = ?2, reminded = 0 where id = ?1)"};
constexpr db::Sql reminded_step{"steps.reminded", R"(update step set reminded = ?2 where id = ?1)"};
constexpr db::Sql opinion_step{"steps.opinion", R"(update step set opinion = ?2 where id = ?1)"};
constexpr db::Sql reparent_steps{"steps.reparent", R"(update step set parent_id = ?2 where parent_id = ?1)"};
constexpr db::Sql readdress_step{"steps.readdress",
                                 R"(update step set to_subject = ?2 where id = ?1 and state = 'open')"};
constexpr db::Sql close_step{"steps.close", R"(
    update step set state = ?2, box = ?3, closed_at = ?4, closed_by_person_id = ?5, closed_by_post_id = ?6, outcome = ?7, reason = ?8,
                    result_record_id = ?9 where id = ?1 and state = 'open')"};

constexpr db::Sql insert_step_extension{"steps.insert_extension", R"(
    insert into step_extension (step_id, due, reason, asked_at, asked_by_person_id, state) values (?1, ?2, ?3, ?4, ?5, 'waiting'))"};
constexpr db::Sql decide_step_extension{"steps.decide_extension", R"(
    update step_extension set state = ?2, granted_due = ?3, decided_at = ?4, decided_by_person_id = ?5, decision_reason = ?6
    where step_id = ?1 and state = 'waiting')"};
constexpr db::Sql insert_step_urging{"steps.insert_urging", R"(
    insert into step_urging (step_id, content, urged_at, person_id, post_id) values (?1, ?2, ?3, ?4, ?5))"};
constexpr db::Sql step_urgings{
    "steps.urgings", R"(select content, urged_at, person_id from step_urging where step_id = ?1 order by id)"};

constexpr db::Sql show_record{"steps.show", R"(
    insert into step_record (record_id, urgency, notation, author) values (?1, ?2, ?3, ?4)
    on conflict (record_id) do update set urgency = excluded.urgency, notation = excluded.notation, author = excluded.author)"};
// A record with nothing to show needs no row; one that had something loses it.
constexpr db::Sql show_nothing{"steps.show_nothing", R"(
    update step_record set urgency = ?2, notation = ?3, author = ?4 where record_id = ?1)"};
constexpr db::Sql urgency_of_steps{"steps.set_urgency", R"(
    update step set urgency = ?2 where record_id = ?1 and state = 'open' and urgency <> ?2)"};

constexpr db::Sql phrases_of{"steps.phrases", R"(
    select id, content, person_id from phrase where agency_id = ?1 and (person_id is null or person_id = ?2)
    order by case when person_id is null then 1 else 0 end, sort, id)"};
constexpr db::Sql phrase_by_id{"steps.phrase", R"(select agency_id, person_id from phrase where id = ?1)"};
constexpr db::Sql insert_one_phrase{"steps.insert_phrase", R"(
    insert into phrase (agency_id, person_id, content, created_at) values (?1, ?2, ?3, ?4) returning id)"};
constexpr db::Sql delete_phrase{"steps.delete_phrase", R"(delete from phrase where id = ?1)"};

#define ENTER_INBOX                                                                                                    \
    "insert into inbox (to_subject, box, urgency, due, step_id, role, record_id, register_id, record_state, secrecy, " \
    "notation, title, author, asked, from_person_id, from_post_id, on_behalf_of_person_id, opened_at, seen) "          \
    "select s.to_subject, s.box, s.urgency, s.due, s.id, s.role, s.record_id, r.register_id, r.state, r.secrecy, "     \
    "x.notation, r.title, x.author, substr(s.instruction, 1, 300), s.from_person_id, s.from_post_id, "                 \
    "s.on_behalf_of_person_id, s.opened_at, case when s.seen_at is null then 0 else 1 end "                            \
    "from step s join record r on r.id = s.record_id left join step_record x on x.record_id = s.record_id "

constexpr db::Sql enter{"steps.enter_inbox", ENTER_INBOX "where s.id = ?1 and s.state = 'open'"};
constexpr db::Sql enter_record{"steps.enter_inbox_of_record",
                               ENTER_INBOX "where s.record_id = ?1 and s.state = 'open'"};
constexpr db::Sql leave{"steps.leave_inbox", R"(
    delete from inbox where (to_subject, box, urgency, due, step_id) = (select to_subject, box, urgency, due, id from step where id = ?1))"};
constexpr db::Sql leave_record{"steps.leave_inbox_of_record", R"(
    delete from inbox where (to_subject, box, urgency, due, step_id) in
        (select to_subject, box, urgency, due, id from step where record_id = ?1 and state = 'open'))"};
constexpr db::Sql see_inbox{"steps.see_inbox", R"(
    update inbox set seen = 1
    where (to_subject, box, urgency, due, step_id) = (select to_subject, box, urgency, due, id from step where id = ?1))"};
constexpr db::Sql has_open{"steps.has_open", R"(select 1 from step where record_id = ?1 and state = 'open' limit 1)"};

std::optional<std::string_view> given(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<std::string> text_or_none(const db::Row& row, std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.text(column));
}

std::optional<Instant> instant_or_none(const db::Row& row, std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.instant(column));
}

Step read(const db::Row& row) {
    Step step;
    step.id = row.id<StepNoun>(0);
    step.record = row.id<RecordNoun>(1);
    step.agency = row.id<AgencyNoun>(2);
    step.parent = row.id<StepNoun>(3);
    step.role = enum_value<Role>(row.text(4)).value_or(Role::task);
    step.state = enum_value<State>(row.text(5)).value_or(State::open);
    step.to = row.id<SubjectNoun>(6);
    step.waiting_book = row.integer(7) == box::waiting_book;
    step.from_person = row.id<PersonNoun>(8);
    step.from_post = row.id<PostNoun>(9);
    step.on_behalf_of = row.id<PersonNoun>(10);
    step.instruction = row.text(11);
    step.opened_at = row.instant(12);
    if (row.text(13) != no_due) step.due = row.date(13);
    step.seen_at = instant_or_none(row, 14);
    step.acted_at = instant_or_none(row, 15);
    step.closed_at = instant_or_none(row, 16);
    step.closed_by = row.id<PersonNoun>(17);
    step.closed_by_post = row.id<PostNoun>(18);
    step.outcome = text_or_none(row, 19);
    step.reason = text_or_none(row, 20);
    step.opinion = text_or_none(row, 21);
    step.result = row.id<RecordNoun>(22);
    step.answers_to = row.id<SubjectNoun>(23);
    return step;
}

std::vector<Step> read_all(const db::Rows& rows) {
    std::vector<Step> steps;
    steps.reserve(rows.size());
    for (const db::Row& row : rows) steps.push_back(read(row));
    return steps;
}

/// The inbox shows a step by what orders it: it leaves before that changes and comes in again after.
template <class Change>
Result<void> moved(db::Transaction& tx, StepId id, Change change) {
    TRY(tx.execute(leave, id));
    TRY(change());
    TRY(tx.execute(enter, id));
    return {};
}

Extension read_extension(const db::Row& row) {
    return {row.date(1).value_or(LocalDate{}), row.text(2), row.text(3), row.date(4), text_or_none(row, 5)};
}

}  // namespace

Result<std::optional<AgencyId>> agency_of_record(db::Reader& reader, RecordId record) {
    const std::optional<db::Row> row = TRY(reader.row(record_agency, record));
    return row ? std::optional(row->id<AgencyNoun>(0)) : std::nullopt;
}

Result<std::vector<UnitId>> units_of(db::Reader& reader, SubjectId subject, LocalDate on) {
    const db::Sql* sql = nullptr;
    switch (subject::kind(subject)) {
        case subject::Kind::unit:
            sql = &unit_exists;
            break;
        case subject::Kind::post:
            sql = &unit_of_post;
            break;
        case subject::Kind::person:
            sql = &units_of_person;
            break;
        default:
            return std::vector<UnitId>();
    }
    std::vector<UnitId> units;
    for (const db::Row& row : TRY(reader.rows(*sql, subject::id(subject), on))) units.push_back(row.id<UnitNoun>(0));
    return units;
}

Result<AgencyId> agency_of_unit(db::Reader& reader, UnitId unit, LocalDate on) {
    const std::optional<db::Row> row = TRY(reader.row(agency_above, unit, on));
    return row ? row->id<AgencyNoun>(0) : AgencyId{};
}

Result<bool> has_clerk(db::Reader& reader, UnitId unit, LocalDate on) {
    return TRY(reader.row(clerk_of_unit, unit, on)).has_value();
}

Result<bool> has_head(db::Reader& reader, UnitId unit, LocalDate on) {
    return TRY(reader.row(head_of_unit, unit, on)).has_value();
}

Result<std::string> person_name(db::Reader& reader, PersonId person) {
    const std::optional<db::Row> row = TRY(reader.row(name_of_person, person));
    return row ? row->text(0) : std::string();
}

Result<std::string> name_of(db::Reader& reader, SubjectId who) {
    const std::int64_t id = subject::id(who);
    const subject::Kind kind = subject::kind(who);
    const std::optional<db::Row> row = TRY(kind == subject::Kind::person ? reader.row(name_of_person, id)
                                           : kind == subject::Kind::post ? reader.row(name_of_post, id)
                                                                         : reader.row(name_of_unit, id));
    return row ? row->text(0) : "#" + std::to_string(id);
}

Result<StepId> insert(db::Transaction& tx, const Step& step, int box, int urgency) {
    const std::string due = step.due ? to_string(*step.due) : std::string(no_due);
    const std::int64_t id = TRY(tx.insert(insert_step, step.record, step.agency, step.parent, enum_name(step.role),
                                          step.to, box, 9 - urgency, due, enum_name(step.state), step.giver(),
                                          step.from_person, step.from_post, step.on_behalf_of, given(step.instruction),
                                          step.opened_at, step.seen_at, step.acted_at, step.closed_at, step.closed_by,
                                          step.closed_by_post, step.outcome, step.reason, step.opinion, step.result));
    if (step.state == State::open) TRY(tx.execute(enter, id));
    return StepId{id};
}

Result<std::optional<Step>> find(db::Reader& reader, StepId id) {
    const std::optional<db::Row> row = TRY(reader.row(find_step, id));
    if (!row) return std::optional<Step>();
    Step step = read(*row);
    if (const std::optional<db::Row> asked = TRY(reader.row(extension_of_step, id)))
        step.extension = read_extension(*asked);
    return std::optional(std::move(step));
}

Result<std::vector<Step>> of_record(db::Reader& reader, RecordId record) {
    std::vector<Step> steps = read_all(TRY(reader.rows(steps_of_record, record)));
    if (steps.empty()) return steps;
    for (const db::Row& row : TRY(reader.rows(extensions_of_record, record))) {
        const auto step = std::ranges::find(steps, row.id<StepNoun>(0), &Step::id);
        if (step != steps.end()) step->extension = read_extension(row);
    }
    return steps;
}

Result<std::vector<Part>> parts(db::Reader& reader, RecordId record) {
    std::vector<Part> all;
    for (const db::Row& row : TRY(reader.rows(parts_of_record, record)))
        all.push_back({enum_value<Role>(row.text(0)).value_or(Role::task),
                       enum_value<State>(row.text(1)).value_or(State::open), row.id<SubjectNoun>(2)});
    return all;
}

Result<std::vector<Step>> named(db::Reader& reader, PersonId person) {
    return read_all(TRY(reader.rows(steps_named, subject::person(person))));
}

Result<std::vector<Step>> due_until(db::Reader& reader, LocalDate today, LocalDate until, int limit) {
    return read_all(TRY(reader.rows(steps_due, today, until, limit)));
}

Result<int> urgency(db::Reader& reader, RecordId record) {
    const std::optional<db::Row> row = TRY(reader.row(record_urgency, record));
    return row ? static_cast<int>(row->integer(0)) : 0;
}

Result<void> mark_seen(db::Transaction& tx, StepId id) {
    TRY(tx.execute(see_step, id, tx.now()));
    TRY(tx.execute(see_inbox, id));
    return {};
}

Result<void> mark_acted(db::Transaction& tx, StepId id) {
    TRY(tx.execute(act_step, id, tx.now()));
    TRY(tx.execute(see_inbox, id));
    return {};
}

Result<void> set_box(db::Transaction& tx, StepId id, int box) {
    return moved(tx, id, [&] { return tx.execute(box_step, id, box); });
}

Result<void> set_due(db::Transaction& tx, StepId id, std::optional<LocalDate> due) {
    const std::string day = due ? to_string(*due) : std::string(no_due);
    return moved(tx, id, [&] { return tx.execute(due_step, id, day); });
}

Result<void> set_reminded(db::Transaction& tx, StepId id, int bits) {
    TRY(tx.execute(reminded_step, id, bits));
    return {};
}

Result<void> set_opinion(db::Transaction& tx, StepId id, std::string_view text) {
    TRY(tx.execute(opinion_step, id, text));
    return {};
}

Result<void> move_children(db::Transaction& tx, StepId from, StepId to) {
    TRY(tx.execute(reparent_steps, from, to));
    return {};
}

Result<void> readdress(db::Transaction& tx, StepId id, SubjectId to) {
    return moved(tx, id, [&] { return tx.execute(readdress_step, id, to); });
}

Result<void> close(const Scope& scope, db::Transaction& tx, StepId id, const Closing& closing) {
    const int box = closing.state == State::taken_back ? box::nowhere : box::done;
    TRY(tx.execute(leave, id));
    const std::int64_t changed =
        TRY(tx.execute(close_step, id, enum_name(closing.state), box, tx.now(), scope.person, scope.post,
                       given(closing.outcome), given(closing.reason), closing.result));
    if (changed != 1) return fail(ErrorCode::conflict, "steps.closed");
    return {};
}

Result<void> insert_extension(db::Transaction& tx, StepId id, LocalDate due, std::string_view reason, PersonId person) {
    TRY(tx.execute(insert_step_extension, id, due, reason, tx.now(), person));
    return {};
}

Result<void> decide_extension(db::Transaction& tx, StepId id, std::string_view state, std::optional<LocalDate> due,
                              std::string_view reason, PersonId person) {
    TRY(tx.execute(decide_step_extension, id, state, due, tx.now(), person, given(reason)));
    return {};
}

Result<void> insert_urging(db::Transaction& tx, StepId id, std::string_view text, PersonId person, PostId post) {
    TRY(tx.execute(insert_step_urging, id, text, tx.now(), person, post));
    return {};
}

Result<std::vector<Urging>> urgings(db::Reader& reader, StepId id) {
    std::vector<Urging> all;
    for (const db::Row& row : TRY(reader.rows(step_urgings, id)))
        all.push_back({row.text(0), row.instant(1), row.id<PersonNoun>(2)});
    return all;
}

Result<void> show(db::Transaction& tx, RecordId record, const Shown& shown) {
    const bool nothing = shown.urgency == 0 && shown.notation.empty() && shown.author.empty();
    TRY(tx.execute(nothing ? show_nothing : show_record, record, shown.urgency, given(shown.notation),
                   given(shown.author)));
    if (!TRY(tx.row(has_open, record))) return {};
    TRY(tx.execute(leave_record, record));
    TRY(tx.execute(urgency_of_steps, record, 9 - shown.urgency));
    TRY(tx.execute(enter_record, record));
    return {};
}

Result<std::vector<Phrase>> phrases(db::Reader& reader, AgencyId agency, PersonId person) {
    std::vector<Phrase> all;
    for (const db::Row& row : TRY(reader.rows(phrases_of, agency, person)))
        all.push_back({row.id<PhraseNoun>(0), row.text(1), !row.is_null(2)});
    return all;
}

Result<std::optional<KeptPhrase>> find_phrase(db::Reader& reader, PhraseId id) {
    const std::optional<db::Row> row = TRY(reader.row(phrase_by_id, id));
    if (!row) return std::optional<KeptPhrase>();
    return std::optional(KeptPhrase{row->id<AgencyNoun>(0), row->id<PersonNoun>(1)});
}

Result<PhraseId> insert_phrase(db::Transaction& tx, AgencyId agency, PersonId person, std::string_view text) {
    return PhraseId{TRY(tx.insert(insert_one_phrase, agency, person, text, tx.now()))};
}

Result<void> remove_phrase(db::Transaction& tx, PhraseId id) {
    TRY(tx.execute(delete_phrase, id));
    return {};
}

}  // namespace steps::store
