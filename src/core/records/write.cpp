#include <boost/json.hpp>

#include "base/uuid.h"
#include "core/journal/journal.h"
#include "core/numbering/numbering.h"
#include "core/org/org.h"
#include "core/records/row.h"
#include "core/records/store.h"
#include "core/registers/convert.h"
#include "core/search/search.h"

namespace records {

using registers::Field;

namespace {

/// Columns whose value differs; of a field whose type has changed since, the column lists read as well.
Result<void> write_columns(db::Transaction& tx, const Record& before, const Record& after) {
    const registers::Declaration& declaration = *after.declaration;
    db::Query query("records.update_row");
    query.add("update ").identifier(declaration.table).add(" set record_id = record_id");
    bool changed = false;
    for (const Field& field : declaration.fields) {
        const db::Value& value = after.value(field.code);
        if (value == before.value(field.code)) continue;
        registers::set_column(query, field, value);
        if (field.successor) {
            const auto later = TRY(registers::converted(tx, field, *field.successor, value, local_date(tx.now())));
            registers::set_column(query, *field.successor, later);
        }
        changed = true;
    }
    if (!changed) return {};
    query.add(" where record_id = ").value(after.id);
    TRY(tx.execute(query));
    return {};
}

std::vector<journal::Change> changes_between(const Record& before, const Record& after) {
    std::vector<journal::Change> changes;
    for (const Field& field : after.declaration->fields) {
        const db::Value& was = before.value(field.code);
        const db::Value& is = after.value(field.code);
        if (was != is) changes.push_back({field.code, to_json(field, was), to_json(field, is)});
    }
    if (before.state != after.state)
        changes.push_back({"state", boost::json::string(before.state), boost::json::string(after.state)});
    return changes;
}

}  // namespace

Result<void> keep(const Scope& scope, db::Transaction& tx, const Record& before, Record& after, std::string_view action,
                  boost::json::object details, std::vector<journal::Change> said) {
    if (TRY(tx.execute(store::update_record, after.id, before.version, after.state, after.title,
                       static_cast<int>(after.secrecy), after.unit, tx.now())) == 0)
        return fail(ErrorCode::conflict, "records.changed_meanwhile");
    TRY(write_columns(tx, before, after));
    TRY(rights::place(scope, tx, *after.declaration, after.placed()));
    const std::string was = index_text(before), is = index_text(after);
    if (was != is) TRY(search::index_title(tx, after.id, was, is));
    TRY(show_in_inbox(tx, after));
    std::vector<journal::Change> changes = changes_between(before, after);
    for (journal::Change& each : said)
        if (std::ranges::find(changes, each.field, &journal::Change::field) == changes.end())
            changes.push_back(std::move(each));
    TRY(journal::write(scope, tx, {action, after.id, after.declaration->id, std::move(changes), std::move(details)}));
    after.version = before.version + 1;
    after.updated_at = tx.now();
    return {};
}

Result<void> set(const Scope& scope, db::Transaction& tx, Record& record,
                 const std::map<std::string, db::Value>& columns, std::string_view state, std::string_view action) {
    const Record before = record;
    for (const auto& [code, value] : columns) record.columns[code] = value;
    if (!state.empty()) record.state = state;
    TRY(derive(scope, record));
    return keep(scope, tx, before, record, action, {});
}

namespace {

/// Defaults of fields that were not sent.
Result<void> fill_defaults(const Scope& scope, Record& record, const boost::json::object& sent) {
    auto names = record.names(scope);
    for (const Field& field : record.declaration->fields) {
        if (field.default_value.empty() || sent.contains(field.code) || !record.value(field.code).is_null()) continue;
        const auto parsed = TRY(record.declaration->parsed(field.default_value));
        db::Value value = TRY(from_expression(field, TRY(expression::evaluate(*parsed, names))));
        names[field.code] = to_expression(field, value);
        record.columns[field.code] = std::move(value);
    }
    return {};
}

Result<void> insert_row(db::Transaction& tx, const Record& record) {
    db::Query query("records.insert_row"), values("records.insert_row_values");
    query.add("insert into ").identifier(record.declaration->table).add(" (record_id, agency_id");
    values.add(") values (").value(record.id).add(", ").value(record.agency);
    for (const Field& field : record.declaration->fields) {
        const db::Value& value = record.value(field.code);
        if (value.is_null()) continue;
        query.add(", ").identifier(field.column);
        values.add(", ").value(value);
        if (!field.key_column.empty()) {
            query.add(", ").identifier(field.key_column);
            values.add(", ").value(registers::sort_key(value));
        }
        if (!field.folded_column.empty()) {
            query.add(", ").identifier(field.folded_column);
            values.add(", ").value(registers::folded(value));
        }
    }
    query.append(values).add(")");
    TRY(tx.execute(query));
    return {};
}

/// A record's first rows: its head, with a number when it gets one now, its columns, grants, title index and entry.
Result<void> put(const Scope& scope, db::Transaction& tx, Record& record, bool numbered, std::string_view action,
                 std::optional<std::int64_t> reserved = {}) {
    const registers::Declaration& declaration = *record.declaration;
    record.id = {TRY(tx.insert(store::insert_record, record.uuid, declaration.id, record.agency, record.unit,
                               declaration.version, record.state, record.title, static_cast<int>(record.secrecy),
                               record.created_at, record.created_by, record.created_by_post))};
    if (numbered) TRY(take_number(scope, tx, record, reserved));
    TRY(insert_row(tx, record));
    TRY(rights::place(scope, tx, declaration, record.placed()));
    TRY(search::index_title(tx, record.id, "", index_text(record)));
    TRY(show_in_inbox(tx, record));
    Record nothing = record;
    nothing.columns.clear();
    TRY(journal::write(scope, tx, {action, record.id, declaration.id, changes_between(nothing, record), {}}));
    return {};
}

}  // namespace

Result<Record> create(const Scope& scope, db::Transaction& tx, const Engine& engine, std::string_view register_code,
                      const NewRecord& sent) {
    const auto declaration = engine.catalogue.find(register_code);
    if (!declaration)
        return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", std::string(register_code)}});
    if (!sent.import && !TRY(rights::may_create(scope, tx, *declaration)))
        return fail(ErrorCode::forbidden, "records.may_not_create");

    if (sent.unit && *sent.unit != scope.unit && !sent.import) {
        const auto tree = TRY(org::Tree::load(tx, scope.today));
        const org::Unit* unit = tree->find(*sent.unit);
        if (!unit || unit->agency != scope.agency) return fail(ErrorCode::invalid, "records.no_unit", "unit");
    }

    Record record;
    record.declaration = declaration;
    record.uuid = new_uuid(tx.now());
    record.agency = scope.agency;
    record.unit = sent.unit.value_or(scope.unit);
    record.state = sent.import && !sent.state.empty() ? sent.state : declaration->initial_state().code;
    record.created_at = tx.now();
    record.updated_at = tx.now();
    record.created_by = scope.person;
    record.created_by_post = scope.post;
    record.version = 1;
    std::vector<Error> errors =
        TRY(take_values(scope, tx, record, sent.values, sent.import ? Taking::import : Taking::by_hand));
    TRY(fill_defaults(scope, record, sent.values));
    TRY(derive(scope, record));
    add_faults(errors, TRY(faults(scope, tx, engine, record)));
    if (!errors.empty()) return refuse(std::move(errors));

    const bool numbered = declaration->book && declaration->book->at_create && !sent.import;
    if (sent.number && !numbered) return fail(ErrorCode::invalid, "records.gives_no_number", "number");
    TRY(put(scope, tx, record, numbered, "record.created", sent.number));
    return record;
}

Result<void> carry_over(const Scope& scope, db::Transaction& tx, Record& record) {
    const registers::Declaration& declaration = *record.declaration;
    if (record.uuid.empty()) record.uuid = new_uuid(record.created_at);
    record.version = 1;
    record.updated_at = record.created_at;
    TRY(derive(scope, record));
    const bool numbered = declaration.book && record.value(declaration.book->field).is_null() &&
                          (declaration.book->at_create || record.state != declaration.initial_state().code);
    return put(scope, tx, record, numbered, "record.carried_over");
}

Result<Record> edit(const Scope& scope, db::Transaction& tx, const Engine& engine, RecordId id,
                    std::int64_t seen_version, const boost::json::object& values) {
    const Record before = TRY(open(scope, tx, engine, id));
    if (before.version != seen_version) return fail(ErrorCode::conflict, "records.changed_meanwhile");
    if (!TRY(may_edit(scope, tx, before))) return fail(ErrorCode::forbidden, "records.may_not_edit");
    Record after = before;
    std::vector<Error> errors = TRY(take_values(scope, tx, after, values, Taking::by_hand));
    TRY(derive(scope, after));
    add_faults(errors, TRY(faults(scope, tx, engine, after)));
    if (!errors.empty()) return refuse(std::move(errors));
    TRY(keep(scope, tx, before, after, "record.edited", {}));
    return after;
}

Result<Checked> check(const Scope& scope, db::Reader& reader, const Engine& engine, std::string_view register_code,
                      RecordId id, const boost::json::object& values) {
    Record record;
    if (id) {
        record = TRY(open(scope, reader, engine, id));
        if (record.declaration->code != register_code) return fail(ErrorCode::not_found, "records.not_found");
        // Its faults and warnings speak of other records: only for whoever could meet them in keeping it.
        if (!TRY(may_edit(scope, reader, record)) && TRY(actions_of(scope, reader, record)).empty())
            return fail(ErrorCode::forbidden, "records.may_not_edit");
    } else {
        record.declaration = engine.catalogue.find(register_code);
        if (!record.declaration)
            return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", std::string(register_code)}});
        if (!TRY(rights::may_create(scope, reader, *record.declaration)))
            return fail(ErrorCode::forbidden, "records.may_not_create");
        record.agency = scope.agency;
        record.unit = scope.unit;
        record.state = record.declaration->initial_state().code;
        record.created_by = scope.person;
        record.created_by_post = scope.post;
        TRY(fill_defaults(scope, record, values));
    }
    Checked checked;
    checked.errors = TRY(take_values(scope, reader, record, values, Taking::by_hand));
    TRY(derive(scope, record));
    add_faults(checked.errors, TRY(faults(scope, reader, engine, record)));
    checked.warnings = TRY(warnings(scope, reader, record));
    const bool is_waiting = record.declaration->book && record.value(record.declaration->book->field).is_null();
    // How far a secret book has come is for its keeper alone.
    if (is_waiting && secrecy_of_book(engine, book_key(scope, record)) <= scope.clearance) {
        checked.next_number = TRY(next_number(scope, reader, record));
        checked.reserved = TRY(reserved_numbers(scope, reader, record));
    }
    for (const Field& field : record.declaration->fields)
        if (field.type == registers::FieldType::computed || !field.default_value.empty())
            checked.computed[field.code] = record.value(field.code);
    return checked;
}

}  // namespace records
