#include <set>

#include "base/text.h"
#include "core/expression/look_up.h"
#include "core/files/files.h"
#include "core/records/outsiders.h"
#include "core/records/row.h"
#include "core/records/store.h"
#include "core/registers/convert.h"
#include "core/rights/rights.h"

namespace records {

using registers::Field;
using registers::FieldType;

std::unexpected<Error> refuse(std::vector<Error> errors) {
    Error first = std::move(errors.front());
    first.also.assign(std::make_move_iterator(errors.begin() + 1), std::make_move_iterator(errors.end()));
    return std::unexpected(std::move(first));
}

void add_faults(std::vector<Error>& errors, std::vector<Error> more) {
    const auto stands = [&](const Error& fault) {
        return fault.message == "records.required" &&
               std::ranges::find(errors, fault.field, &Error::field) != errors.end();
    };
    std::erase_if(more, stands);
    errors.insert(errors.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

namespace {

/// A form sends back what it was shown, also where nobody fills it in.
bool is_as_shown(const Field& field, const db::Value& now, const boost::json::value& sent) {
    const bool empty = sent.is_null() || (sent.is_string() && sent.as_string().empty());
    return empty ? now.is_null() : to_json(field, now) == sent;
}

/// Why the field may not be changed so; null: it may.
const char* refused_change(const Record& record, const Field& field, Taking taking, const registers::Action* action) {
    if (action && std::ranges::find(action->needs, field.code) != action->needs.end()) return nullptr;
    if (taking == Taking::needed_only) return "records.needed_only";
    if (!field.changed_in || std::ranges::find(*field.changed_in, record.state) != field.changed_in->end())
        return nullptr;
    return "records.not_changed_here";
}

/// A number stands in one book: what says in which stays once the number is given.
bool places_its_number(const Record& record, const Field& field) {
    const auto& book = record.declaration->book;
    return book && !record.value(book->field).is_null() && std::ranges::find(book->per, field.code) != book->per.end();
}

}  // namespace

Result<std::vector<Error>> take_values(const Scope& scope, db::Reader& reader, Record& record,
                                       const boost::json::object& values, Taking taking,
                                       const registers::Action* action) {
    std::vector<Error> errors;
    const bool import = taking == Taking::import;
    const auto readable = readable_fields(scope, *record.declaration);
    for (const auto& [code, sent] : values) {
        const Field* field = record.declaration->field(std::string_view(code));
        const bool known = field && (import || std::ranges::find(readable, field) != readable.end());
        if (!known) {
            errors.push_back(
                {ErrorCode::invalid, "records.unknown_field", std::string(code), {{"field", std::string(code)}}});
            continue;
        }
        const bool is_number_of_book = record.declaration->book && record.declaration->book->field == field->code;
        const bool computed = field->type == FieldType::computed;
        if (computed || (is_number_of_book && !import)) {
            if (!import && !is_as_shown(*field, record.value(field->code), sent))
                errors.push_back({ErrorCode::invalid, computed ? "records.is_computed" : "records.is_numbered",
                                  field->code, named(*field)});
            continue;
        }
        auto column = to_column(reader, *field, sent, scope.today);
        if (!column) {
            if (column.error().code != ErrorCode::invalid) return std::unexpected(std::move(column).error());
            errors.push_back(std::move(column).error());
            continue;
        }
        if (field->type == FieldType::record && column->integer() && !import && *column != record.value(field->code) &&
            !TRY(rights::can_see(scope, reader, {*column->integer()}))) {
            errors.push_back({ErrorCode::invalid, "records.no_such_reference", field->code, named(*field)});
            continue;
        }
        const bool changes = !import && *column != record.value(field->code);
        if (changes && places_its_number(record, *field)) {
            errors.push_back({ErrorCode::invalid, "records.places_number", field->code, named(*field)});
            continue;
        }
        const char* refused = changes ? refused_change(record, *field, taking, action) : nullptr;
        if (refused) {
            errors.push_back({ErrorCode::invalid, refused, field->code, named(*field)});
            continue;
        }
        if (changes && TRY(names_outsider(scope, reader, record, *field, *column))) {
            errors.push_back({ErrorCode::invalid, "records.of_another_agency", field->code, named(*field)});
            continue;
        }
        record.columns[field->code] = std::move(*column);
    }
    return errors;
}

Result<void> derive(const Scope& scope, Record& record) {
    const registers::Declaration& declaration = *record.declaration;
    auto names = record.names(scope);
    for (const Field& field : declaration.fields) {
        if (field.type != FieldType::computed) continue;
        const auto parsed = TRY(declaration.parsed(field.computed));
        db::Value value = TRY(from_expression(field, TRY(expression::evaluate(*parsed, names))));
        names[field.code] = to_expression(field, value);
        record.columns[field.code] = std::move(value);
    }
    std::string title;
    if (!declaration.title_expression.empty()) {
        const auto parsed = TRY(declaration.parsed(declaration.title_expression));
        const auto value = TRY(expression::evaluate(*parsed, names));
        if (const auto* text = std::get_if<std::string>(&value)) title = *text;
    } else {
        for (const Field& field : declaration.fields)
            if (field.type == FieldType::text && field.required && title.empty()) title = record.text(field.code);
    }
    record.title = shorten(title.empty() ? declaration.title.vi : title, 500);

    if (const Field* secrecy = declaration.field("secrecy"); secrecy && secrecy->type == FieldType::choice) {
        const std::string label = record.text("secrecy");
        // A label this program doesn't know is kept from everyone rather than shown to all.
        record.secrecy = label.empty() ? Secrecy::ordinary : enum_value<Secrecy>(label).value_or(Secrecy::top_secret);
    }
    return {};
}

std::string index_text(const Record& record) {
    std::string text = record.title;
    for (const Field& field : record.declaration->fields) {
        if (!field.search || !field.visible_to.empty()) continue;  // what not all readers may read is not searched
        const std::string value = record.text(field.code);
        if (!value.empty() && value != record.title) text += "\n" + value;
    }
    return text;
}

namespace {

/// The keys between which every text stands that differs from this one in nothing but case: the first two levels of an
/// ICU key, each closed by a byte 1, are letters and marks, the third is case.
std::optional<std::pair<db::Blob, db::Blob>> keys_in_any_case(std::string_view text) {
    const std::string key = collation_key(text);
    const std::size_t marks = key.find('\x01');
    const std::size_t cases = marks == std::string::npos ? marks : key.find('\x01', marks + 1);
    if (cases == std::string::npos) return std::nullopt;
    const auto* bytes = reinterpret_cast<const std::byte*>(key.data());
    db::Blob first(bytes, bytes + cases + 1), after = first;
    after.back() = std::byte{2};
    return std::pair(std::move(first), std::move(after));
}

/// Is there another record of the agency with this value, in whatever case a text is written? Whether the asker may see
/// it makes no difference: it is unique or not.
Result<bool> is_taken(db::Reader& reader, const Record& record, const Field& own, LocalDate today) {
    // All records of the register hold what stands in the current version's column.
    const Field& field = own.successor ? *own.successor : own;
    db::Value value = record.value(own.code);
    if (own.successor) value = TRY(registers::converted(reader, own, field, value, today));
    if (value.is_null()) return false;
    const std::string* text = value.text();
    const auto keys = text && !field.key_column.empty() ? keys_in_any_case(*text) : std::nullopt;
    db::Query query("records.is_taken");
    query.add("select r.")
        .identifier(field.column)
        .add(" from ")
        .identifier(record.declaration->table)
        .add(" r join record on record.id = r.record_id where record.agency_id = ");
    query.value(record.agency).add(" and record.erased_at is null and record.id <> ").value(record.id.value);
    if (!keys) {
        query.add(" and r.").identifier(field.column).add(" = ").value(value).add(" limit 1");
        return TRY(reader.row(query)).has_value();
    }
    query.add(" and r.").identifier(field.key_column).add(" >= ").value(keys->first);
    query.add(" and r.").identifier(field.key_column).add(" < ").value(keys->second);
    const db::Rows rows = TRY(reader.rows(query));
    const std::string own_text = lower(*text);
    return std::ranges::any_of(rows, [&](const db::Row& row) { return lower(row.text(0)) == own_text; });
}

}  // namespace

Result<bool> is_sealed(const Scope& scope, const Record& record) {
    const auto& sealed = record.declaration->sealed;
    return sealed && TRY(condition_holds(scope, record, sealed->when));
}

Result<void> refuse_sealed(const Scope& scope, const Record& record) {
    if (!TRY(is_sealed(scope, record))) return {};
    return fail(ErrorCode::conflict, "records.sealed", "file",
                {{"text", record.declaration->sealed->label.in(scope.language)}});
}

Result<void> refuse_text(const Engine& engine, const Record& record, std::string_view field, std::string_view text) {
    if (record.secrecy <= engine.ceiling || trim(text).empty()) return {};
    return fail(ErrorCode::forbidden, "records.text_above_ceiling", field);
}

Result<void> journal_refused_text(const Scope& scope, db::Transaction& tx, RecordId record, std::string_view field) {
    TRY(journal::write(scope, tx,
                       {.action = "text.refused",
                        .record = record,
                        .details = {{"field", boost::json::string(field)}, {"reason", "above_ceiling"}}}));
    return {};
}

namespace {

/// Above the ceiling only plain fields are registered: no long text, no file, and nothing that came before the label.
Result<void> refuse_content(db::Reader& reader, const Record& record, std::vector<Error>& errors) {
    for (const Field& field : record.declaration->fields)
        if ((field.type == FieldType::long_text || field.type == FieldType::file) &&
            !record.value(field.code).is_null())
            errors.push_back({ErrorCode::invalid, "records.above_ceiling", field.code, named(field)});
    if (record.id && !TRY(files::on(reader, record.id)).empty())
        errors.push_back({ErrorCode::invalid, "records.files_above_ceiling", "secrecy"});
    return {};
}

}  // namespace

Result<std::vector<Error>> faults(const Scope& scope, db::Reader& reader, const Engine& engine, const Record& record) {
    const registers::Declaration& declaration = *record.declaration;
    std::vector<Error> errors;
    const registers::State* state = declaration.state(record.state);
    const bool is_draft = state && state->draft;
    const auto names = record.names(scope);
    for (const Field& field : declaration.fields) {
        const db::Value& value = record.value(field.code);
        if (field.required && value.is_null() && !is_draft) {
            bool shown = true;
            if (!field.visible_when.empty()) {
                const auto parsed = TRY(declaration.parsed(field.visible_when));
                shown = expression::truth(TRY(expression::evaluate(*parsed, names)));
            }
            if (shown) errors.push_back({ErrorCode::invalid, "records.required", field.code, named(field)});
        }
        if (field.unique && TRY(is_taken(reader, record, field, scope.today)))
            errors.push_back({ErrorCode::invalid, "records.not_unique", field.code, named(field)});
    }
    if (record.secrecy > engine.ceiling) TRY(refuse_content(reader, record, errors));
    if (record.id && TRY(is_sealed(scope, record)) && !TRY(files::on(reader, record.id)).empty())
        errors.push_back({ErrorCode::invalid,
                          "records.sealed",
                          declaration.sealed->field,
                          {{"text", declaration.sealed->label.in(scope.language)}}});
    for (const registers::Check& check : declaration.checks) {
        const auto parsed = TRY(declaration.parsed(check.when_not));
        const auto answer = TRY(expression::evaluate(*parsed, names, reader));
        // A condition over something not yet filled says nothing: only a plain "false" is a fault.
        if (const bool* holds = std::get_if<bool>(&answer); holds && !*holds && !is_draft)
            errors.push_back(
                {ErrorCode::invalid, "records.declared", check.field, {{"text", check.label.in(scope.language)}}});
    }
    return errors;
}

}  // namespace records
