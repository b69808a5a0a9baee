#include "core/journal/journal.h"
#include "core/numbering/numbering.h"
#include "core/org/org.h"
#include "core/scope/subject.h"
#include "modules/documents/documents.h"

namespace documents {

namespace {

constexpr db::Sql register_of{"documents.register_of", R"(select register_id from record where id = ?1)"};

Result<std::optional<numbering::BookKey>> key_of(const Scope& scope, db::Reader& reader, const records::Engine& engine,
                                                 const steps::Step& step) {
    if (subject::kind(step.to) != subject::Kind::unit) return std::optional<numbering::BookKey>();
    const auto tree = TRY(org::Tree::load(reader, scope.today));
    const org::Unit* unit = tree->find({subject::id(step.to)});
    const auto row = TRY(reader.row(register_of, step.record));
    const auto declaration = row ? engine.catalogue.find(row->id<struct RegisterNoun>(0)) : nullptr;
    if (!unit || !declaration) return std::optional<numbering::BookKey>();
    return std::optional(numbering::BookKey{.register_id = declaration->id,
                                            .agency = unit->agency,
                                            .year = scope.today.year(),
                                            .part = "in_unit=" + std::to_string(unit->id.value),
                                            .label = declaration->title.vi + " – " + unit->name});
}

}  // namespace

Result<void> enter_in_book(const Scope& scope, db::Transaction& tx, const records::Engine& engine, StepId id,
                           std::optional<std::int64_t> reserved) {
    const steps::Step step = TRY(steps::find(scope, tx, id));
    TRY(steps::enter_in_book(scope, tx, id));
    const auto key = TRY(key_of(scope, tx, engine, step));
    if (!key || TRY(numbering::taken(tx, *key, step.record))) {
        if (reserved) return fail(ErrorCode::conflict, "records.numbered_already", "number");
        return {};
    }
    const numbering::Number number = reserved ? TRY(numbering::take_reserved(scope, tx, *key, *reserved, step.record))
                                              : TRY(numbering::take(scope, tx, *key, step.record));
    TRY(journal::write(scope, tx,
                       {.action = "document.entered_in_unit_book",
                        .record = step.record,
                        .register_id = key->register_id,
                        .details = {{"step", id.value},
                                    {"unit", subject::id(step.to)},
                                    {"book", number.book.value},
                                    {"number", number.number}}}));
    return {};
}

Result<std::optional<UnitBook>> unit_book(const Scope& scope, db::Reader& reader, const records::Engine& engine,
                                          const steps::Step& step) {
    const auto key = TRY(key_of(scope, reader, engine, step));
    if (!key) return std::optional<UnitBook>();
    const auto number = TRY(numbering::taken(reader, *key, step.record));
    if (!number && !step.waiting_book) return std::optional<UnitBook>();
    UnitBook book;
    book.label = TRY(records::book_label(scope, reader, engine, *key));
    if (number) {
        book.number = number->number;
        return std::optional(std::move(book));
    }
    book.number = TRY(numbering::next(reader, *key));
    book.reserved = TRY(numbering::reserved(reader, *key));
    return std::optional(std::move(book));
}

}  // namespace documents
