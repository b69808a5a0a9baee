#include "core/rights/rights.h"

#include "core/org/org.h"
#include "core/scope/subject.h"

namespace rights {

namespace {

constexpr db::Sql insert_grant{"rights.insert_grant", R"(
    insert into record_grant (record_id, subject_id, rule) values (?1, ?2, ?3) on conflict do nothing)"};
constexpr db::Sql delete_grant{"rights.delete_grant", R"(
    delete from record_grant where record_id = ?1 and subject_id = ?2 and rule = ?3)"};
constexpr db::Sql grants_from_see{"rights.grants_from_see", R"(
    select subject_id, rule from record_grant where record_id = ?1 and (rule & 3) = 0)"};
constexpr db::Sql subjects_of_record{"rights.subjects_of_record", R"(
    select g.subject_id from record r join record_grant g on g.record_id = r.id
    where r.id = ?1 and r.secrecy <= ?2 and r.erased_at is null)"};
constexpr db::Sql participants{"rights.participants", R"(
    select subject_id from record_grant where record_id = ?1 and (rule & 3) = 1)"};
constexpr db::Sql all_grants{"rights.all_grants", R"(
    select subject_id, rule from record_grant where record_id = ?1 order by rule & 3, rule, subject_id)"};

std::vector<db::Value> numbers(const std::vector<SubjectId>& subjects) {
    std::vector<db::Value> values;
    values.reserve(subjects.size());
    for (const SubjectId each : subjects) values.emplace_back(each.value);
    return values;
}

/// The subject a declared actor names for a record; none for participants and for empty fields.
Result<std::optional<SubjectId>> subject_of(db::Reader& reader, const registers::Declaration& declaration,
                                            const registers::Actor& actor, const Placed& placed) {
    using Place = registers::Actor::Place;
    if (actor.role == "participant") return std::optional<SubjectId>();
    if (actor.role == "everyone") return std::optional(subject::everyone());
    if (actor.role == "agency") return std::optional(subject::agency(placed.agency));
    if (actor.role == "unit") return placed.unit ? std::optional(subject::unit(placed.unit)) : std::nullopt;
    if (actor.role == "creator") {
        if (placed.creator_post) return std::optional(subject::post(placed.creator_post));
        return placed.creator ? std::optional(subject::person(placed.creator)) : std::nullopt;
    }
    if (actor.role == "field") {
        const auto value = placed.values.find(actor.field);
        const registers::Field* field = declaration.field(actor.field);
        if (value == placed.values.end() || !field) return std::optional<SubjectId>();
        const auto* number = std::get_if<Decimal>(&value->second);
        if (!number || number->units == 0) return std::optional<SubjectId>();
        switch (field->type) {
            case registers::FieldType::person:
                return std::optional(subject::person({number->units}));
            case registers::FieldType::post:
                return std::optional(subject::post({number->units}));
            case registers::FieldType::unit:
                return std::optional(subject::unit({number->units}));
            case registers::FieldType::agency:
                return std::optional(subject::agency({number->units}));
            default:
                return std::optional<SubjectId>();
        }
    }
    const std::int64_t role = TRY(org::role_number(reader, actor.role));
    if (role == 0) return std::optional<SubjectId>();
    if (actor.place == Place::unit)
        return placed.unit ? std::optional(subject::role_in_unit(role, placed.unit)) : std::nullopt;
    if (actor.place == Place::over_unit) {
        const UnitId unit = placed.unit ? placed.unit : UnitId{placed.agency.value};
        return std::optional(subject::role_over_unit(role, unit));
    }
    return std::optional(subject::role_in_agency(role, placed.agency));
}

Result<bool> holds(const registers::Declaration& declaration, const registers::Actor& actor, const Placed& placed) {
    if (actor.when.empty()) return true;
    const auto condition = TRY(declaration.parsed(actor.when));
    return expression::truth(TRY(expression::evaluate(*condition, placed.values)));
}

bool is_among(const Scope& scope, SubjectId subject) {
    return std::binary_search(scope.subjects.begin(), scope.subjects.end(), subject);
}

}  // namespace

void visible(const Scope& scope, db::Query& query, db::Literal record) {
    query.add("(").add(record).add(".secrecy <= ").value(static_cast<int>(scope.clearance));
    // The plus keeps both engines from one index dive a subject: a record has few grants, a scope may have hundreds of
    // subjects.
    query.add(" and exists (select 1 from record_grant visible_grant where visible_grant.record_id = ")
        .add(record)
        .add(".id and +visible_grant.subject_id in ");
    query.list(numbers(scope.subjects)).add("))");
}

Result<bool> can_see(const Scope& scope, db::Reader& reader, RecordId record) {
    // The same question as visible() asks of a set; for one record its few grants are looked through here.
    const db::Rows granted = TRY(reader.rows(subjects_of_record, record, static_cast<int>(scope.clearance)));
    return std::ranges::any_of(granted,
                               [&](const db::Row& row) { return is_among(scope, row.id<struct SubjectNoun>(0)); });
}

Result<std::vector<RecordId>> filter(const Scope& scope, db::Reader& reader, std::span<const RecordId> records) {
    constexpr std::size_t batch = 200;
    std::vector<RecordId> result;
    for (std::size_t begin = 0; begin < records.size(); begin += batch) {
        const auto part = records.subspan(begin, std::min(batch, records.size() - begin));
        std::vector<db::Value> ids;
        for (const RecordId id : part) ids.emplace_back(id.value);
        db::Query query("rights.filter");
        query.add("select record.id from record where record.id in ")
            .list(ids)
            .add(" and record.erased_at is null and ");
        visible(scope, query, "record");
        std::set<std::int64_t> seen;
        for (const db::Row& row : TRY(reader.rows(query))) seen.insert(row.integer(0));
        for (const RecordId id : part)
            if (seen.contains(id.value)) result.push_back(id);
    }
    return result;
}

Result<std::optional<std::vector<RecordId>>> few(const Scope& scope, db::Reader& reader, std::size_t limit) {
    db::Query query("rights.few");
    query.add("select distinct record_id from record_grant where subject_id in ").list(numbers(scope.subjects));
    query.add(" limit ").value(static_cast<std::int64_t>(limit + 1));
    const db::Rows rows = TRY(reader.rows(query));
    if (rows.size() > limit) return std::optional<std::vector<RecordId>>();
    std::vector<RecordId> records;
    for (const db::Row& row : rows) records.push_back({row.integer(0)});
    std::ranges::sort(records, std::greater<>());
    return std::optional(std::move(records));
}

Result<void> grant(const Scope&, db::Transaction& tx, RecordId record, SubjectId subject, Rule rule) {
    TRY(tx.execute(insert_grant, record, subject, number_of(rule)));
    return {};
}

Result<void> revoke(const Scope&, db::Transaction& tx, RecordId record, SubjectId subject, Rule rule) {
    TRY(tx.execute(delete_grant, record, subject, number_of(rule)));
    return {};
}

Result<std::vector<std::pair<SubjectId, Rule>>> subjects_of(db::Reader& reader,
                                                            const registers::Declaration& declaration,
                                                            const Placed& placed) {
    std::vector<std::pair<SubjectId, Rule>> result;
    for (std::size_t i = 0; i < declaration.see.size(); ++i) {
        const registers::Actor& actor = declaration.see[i];
        if (!TRY(holds(declaration, actor, placed))) continue;
        if (const auto subject = TRY(subject_of(reader, declaration, actor, placed)))
            result.emplace_back(*subject, Rule{Rule::Kind::see, static_cast<std::int64_t>(i)});
    }
    return result;
}

Result<void> place(const Scope& scope, db::Transaction& tx, const registers::Declaration& declaration,
                   const Placed& placed) {
    std::set<std::pair<std::int64_t, std::int64_t>> wanted;
    for (const auto& [subject, rule] : TRY(subjects_of(tx, declaration, placed)))
        wanted.emplace(subject.value, number_of(rule));
    for (const db::Row& row : TRY(tx.rows(grants_from_see, placed.record))) {
        if (wanted.erase({row.integer(0), row.integer(1)}) > 0) continue;
        TRY(revoke(scope, tx, placed.record, {row.integer(0)}, rule_of(row.integer(1))));
    }
    if (wanted.empty()) return {};
    db::Query query("rights.insert_grants");
    query.add("insert into record_grant (record_id, subject_id, rule) values ");
    bool first = true;
    for (const auto& [subject, rule] : wanted) {
        query.add(std::exchange(first, false) ? db::Literal("(") : db::Literal(", (")).value(placed.record);
        query.add(", ").value(subject).add(", ").value(rule).add(")");
    }
    TRY(tx.execute(query));
    return {};
}

bool asks_values(const registers::Actor& actor) {
    return !actor.when.empty() || actor.role == "field";
}

namespace {

/// The same without the actor's condition.
Result<bool> stands_for(const Scope& scope, db::Reader& reader, const registers::Declaration& declaration,
                        const registers::Actor& actor, const Placed& placed) {
    if (actor.role == "participant") {
        const db::Rows granted = TRY(reader.rows(participants, placed.record));
        return std::ranges::any_of(granted,
                                   [&](const db::Row& row) { return is_among(scope, row.id<struct SubjectNoun>(0)); });
    }
    const auto carries = [&](const HeldPost& held) {
        return std::ranges::find(held.roles, actor.role) != held.roles.end();
    };
    if (actor.is_role() && std::ranges::none_of(scope.posts, carries)) return false;
    const auto subject = TRY(subject_of(reader, declaration, actor, placed));
    return subject && is_among(scope, *subject);
}

}  // namespace

void add_asker(const Scope& scope, expression::Values& values) {
    values["today"] = scope.today;
    values["now"] = scope.now;
    values["me"] = Decimal{scope.person.value, 0};
    values["my_post"] = Decimal{scope.post.value, 0};
    values["my_unit"] = Decimal{scope.unit.value, 0};
    values["my_agency"] = Decimal{scope.agency.value, 0};
}

Result<bool> is_actor(const Scope& scope, db::Reader& reader, const registers::Declaration& declaration,
                      const registers::Actor& actor, const Placed& placed) {
    if (!TRY(holds(declaration, actor, placed))) return false;
    return stands_for(scope, reader, declaration, actor, placed);
}

Result<bool> may_create(const Scope& scope, db::Reader& reader, const registers::Declaration& declaration) {
    Placed nothing_yet{};
    nothing_yet.agency = scope.agency;
    nothing_yet.unit = scope.unit;
    add_asker(scope, nothing_yet.values);
    for (const registers::Actor& actor : declaration.create)
        if (TRY(is_actor(scope, reader, declaration, actor, nothing_yet))) return true;
    return false;
}

namespace {

std::string in_words(const Scope& scope, const registers::Declaration& declaration, Rule rule) {
    if (rule.kind == Rule::Kind::step) return messages::text(scope.language, "rights.by_step");
    if (rule.kind == Rule::Kind::hand_over) return messages::text(scope.language, "rights.by_hand_over");
    const auto place = static_cast<std::size_t>(rule.number);
    if (place >= declaration.see.size()) return messages::text(scope.language, "rights.by_former_rule");
    const registers::Actor& actor = declaration.see[place];
    if (actor.role == "field") {
        const registers::Field* field = declaration.field(actor.field);
        return messages::text(scope.language, "rights.by_field",
                              {{"field", field ? field->label.in(scope.language) : actor.field}});
    }
    static const std::set<std::string> plain{"creator", "everyone", "agency", "unit"};
    if (plain.contains(actor.role)) return messages::text(scope.language, "rights.by_" + actor.role);
    const char* where = actor.place == registers::Actor::Place::unit        ? "rights.by_role_in_unit"
                        : actor.place == registers::Actor::Place::over_unit ? "rights.by_role_over_unit"
                                                                            : "rights.by_role_in_agency";
    return messages::text(scope.language, where, {{"role", messages::text(scope.language, "role." + actor.role)}});
}

}  // namespace

Result<std::vector<Reason>> grants(const Scope& scope, db::Reader& reader, const registers::Declaration& declaration,
                                   RecordId record) {
    std::vector<Reason> result;
    for (const db::Row& row : TRY(reader.rows(all_grants, record)))
        result.push_back(
            {{row.integer(0)}, rule_of(row.integer(1)), in_words(scope, declaration, rule_of(row.integer(1)))});
    return result;
}

Result<std::vector<Reason>> why(const Scope& scope, db::Reader& reader, const registers::Declaration& declaration,
                                RecordId record, const std::vector<SubjectId>& subjects) {
    std::vector<Reason> result;
    for (Reason& each : TRY(grants(scope, reader, declaration, record)))
        if (std::ranges::find(subjects, each.subject) != subjects.end()) result.push_back(std::move(each));
    return result;
}

}  // namespace rights
