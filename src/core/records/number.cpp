#include "base/text.h"
#include "core/numbering/numbering.h"
#include "core/records/books.h"
#include "core/records/row.h"
#include "core/records/store.h"
#include "core/registers/choices.h"

namespace records {

namespace {

/// What a pattern may name: fields as people read them, "kind.abbreviation" of a choice, the unit's abbreviation.
Result<std::map<std::string, std::string, std::less<>>> pattern_values(const Scope& scope, db::Reader& reader,
                                                                       const Record& record,
                                                                       const registers::Book& book) {
    std::map<std::string, std::string, std::less<>> values;
    Shown shown(scope, reader);
    for (const std::string& name : TRY(numbering::names(book.pattern))) {
        const std::size_t dot = name.find('.');
        const std::string head = name.substr(0, dot);
        const bool abbreviated = dot != std::string::npos && name.substr(dot + 1) == "abbreviation";
        if (abbreviated && (head == "unit" || head == "agency")) {
            const std::int64_t unit = head == "unit" && record.unit ? record.unit.value : record.agency.value;
            const auto row = TRY(reader.row(store::unit_abbreviation, unit, scope.today));
            values[name] = row ? row->text(0) : "";
        } else if (const registers::Field* field = record.declaration->field(head)) {
            if (abbreviated) {
                const auto row = TRY(reader.row(store::choice_abbreviation, field->choices_of, record.text(head)));
                values[name] = row ? row->text(0) : "";
            } else {
                values[name] = TRY(shown.text(*field, record.value(head)));
            }
        }
    }
    return values;
}

/// "book=secret,unit=17" in words of the scope's language: " – Secret book – Department of Law".
Result<std::string> parts_label(const Scope& scope, db::Reader& reader, const registers::Declaration& declaration,
                                std::string_view parts) {
    std::string label;
    Shown shown(scope, reader);
    for (const std::string& part : split(parts, ',')) {
        const std::size_t equals = part.find('=');
        if (equals == std::string::npos || equals + 1 == part.size()) continue;
        const std::string name = part.substr(0, equals), value = part.substr(equals + 1);
        const std::int64_t number = std::strtoll(value.c_str(), nullptr, 10);
        const registers::Field* field = declaration.field(name);
        if (!field)
            label += " – " + TRY(shown.unit(number));
        else if (field->type == registers::FieldType::choice)
            label += " – " + TRY(shown.text(*field, value));
        else
            label += " – " + TRY(shown.text(*field, number));
    }
    return label;
}

/// The title of the register and the parts in words. What is kept is Vietnamese, whoever opens the book.
Result<std::string> kept_label(const Scope& scope, db::Reader& reader, const registers::Declaration& declaration,
                               std::string_view parts) {
    if (parts.empty()) return declaration.title.vi;
    Scope vietnamese;
    vietnamese.language = Language::vi;
    vietnamese.today = scope.today;
    return declaration.title.vi + TRY(parts_label(vietnamese, reader, declaration, parts));
}

Result<std::vector<std::string>> codes_of(db::Reader& reader, const registers::Field& field, LocalDate today) {
    std::vector<std::string> codes;
    for (const auto& [code, label] : field.choices) codes.push_back(code);
    if (field.choices_of.empty()) return codes;
    for (const registers::Choice& each : TRY(registers::choices(reader, field.choices_of, today)))
        codes.push_back(each.code);
    return codes;
}

}  // namespace

numbering::BookKey book_key(const Scope& scope, const Record& record) {
    const registers::Book& book = *record.declaration->book;
    numbering::BookKey key{record.declaration->id, record.agency, 0, {}, record.declaration->title.vi};
    const auto value_of = [&](const std::string& per) -> std::string {
        if (per == "unit") return std::to_string(record.unit.value);
        const registers::Field* field = record.declaration->field(per);
        const bool is_unit = field && field->type == registers::FieldType::unit;
        return is_unit ? std::to_string(record.number(per)) : record.text(per);
    };
    for (const std::string& per : book.per) {
        if (per == "agency") continue;
        if (per == "year") {
            key.year = scope.today.year();
        } else {
            if (!key.part.empty()) key.part += ",";
            key.part += per + "=" + value_of(per);
        }
    }
    return key;
}

Result<void> take_number(const Scope& scope, db::Transaction& tx, Record& record,
                         std::optional<std::int64_t> reserved) {
    const registers::Book& book = *record.declaration->book;
    const auto values = TRY(pattern_values(scope, tx, record, book));
    numbering::BookKey key = book_key(scope, record);
    key.label = TRY(kept_label(scope, tx, *record.declaration, key.part));
    const numbering::Number number = reserved ? TRY(numbering::take_reserved(scope, tx, key, *reserved, record.id))
                                              : TRY(numbering::take(scope, tx, key, record.id));
    record.columns[book.field] = TRY(numbering::format(book.pattern, number.number, scope.today.year(), values));
    return {};
}

Result<std::vector<numbering::BookKey>> possible_books(const Scope& scope, db::Reader& reader,
                                                       const registers::Declaration& declaration) {
    if (!declaration.book || !scope.agency) return std::vector<numbering::BookKey>();
    std::vector<std::string> parts{""};
    int year = 0;
    for (const std::string& per : declaration.book->per) {
        if (per == "agency") continue;
        if (per == "year") {
            year = scope.today.year();
            continue;
        }
        const registers::Field* field = declaration.field(per);
        if (!field || field->type != registers::FieldType::choice) return std::vector<numbering::BookKey>();
        const std::vector<std::string> codes = TRY(codes_of(reader, *field, scope.today));
        std::vector<std::string> longer;
        for (const std::string& part : parts)
            for (const std::string& code : codes) longer.push_back((part.empty() ? "" : part + ",") + per + "=" + code);
        parts = std::move(longer);
    }
    std::vector<numbering::BookKey> books;
    for (const std::string& part : parts) {
        std::string label = TRY(kept_label(scope, reader, declaration, part));
        books.push_back({declaration.id, scope.agency, year, part, std::move(label)});
    }
    return books;
}

Result<std::string> book_label(const Scope& scope, db::Reader& reader, const Engine& engine,
                               const numbering::BookKey& key) {
    const auto declaration = engine.catalogue.find(key.register_id);
    if (scope.language == Language::vi || !declaration) return key.label;
    return declaration->title.in(scope.language) + TRY(parts_label(scope, reader, *declaration, key.part));
}

Secrecy secrecy_of_book(const Engine& engine, const numbering::BookKey& key) {
    const auto declaration = engine.catalogue.find(key.register_id);
    return declaration && declaration->book ? declaration->book->secrecy_of(key.part) : Secrecy::ordinary;
}

Result<void> cancel_number(const Scope& scope, db::Transaction& tx, const Engine& engine, numbering::Number number,
                           std::string_view reason) {
    const auto found = TRY(numbering::rows(scope, tx, number.book, number.number - 1, 1));
    const bool used =
        !found.empty() && found.front().number == number.number && found.front().state == numbering::NumberState::used;
    // One that was erased by law has no head any more.
    if (const auto head = used ? TRY(tx.row(store::record_head, found.front().record)) : std::nullopt) {
        const auto declaration = engine.catalogue.find(head->id<struct RegisterNoun>(1));
        const registers::State* state = declaration ? declaration->state(head->text(5)) : nullptr;
        if (!state || !state->withdrawn)
            return fail(
                ErrorCode::conflict, "records.number_in_use", "number",
                {{"number", std::to_string(number.number)}, {"state", state ? state->label.in(scope.language) : ""}});
    }
    return numbering::cancel(scope, tx, number, reason);
}

Result<std::string> next_number(const Scope& scope, db::Reader& reader, const Record& record) {
    if (!record.declaration->book) return std::string();
    const auto values = TRY(pattern_values(scope, reader, record, *record.declaration->book));
    const std::int64_t next = TRY(numbering::next(reader, book_key(scope, record)));
    return numbering::format(record.declaration->book->pattern, next, scope.today.year(), values);
}

Result<std::vector<Checked::Reserved>> reserved_numbers(const Scope& scope, db::Reader& reader, const Record& record) {
    std::vector<Checked::Reserved> numbers;
    if (!record.declaration->book || record.agency != scope.agency) return numbers;
    const registers::Book& book = *record.declaration->book;
    const auto values = TRY(pattern_values(scope, reader, record, book));
    for (const numbering::Row& row : TRY(numbering::reserved(reader, book_key(scope, record)))) {
        std::string written = TRY(numbering::format(book.pattern, row.number, scope.today.year(), values));
        numbers.push_back({row.number, std::move(written), row.reason.value_or("")});
    }
    return numbers;
}

}  // namespace records
