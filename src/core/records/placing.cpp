#include "core/records/row.h"
#include "core/records/store.h"
#include "core/rights/rights.h"
#include "core/scope/system_scope.h"
#include "core/search/search.h"

namespace records {

namespace {

/// A record's own form, its fields shown to whom the version before showed them.
class FormsBefore {
  public:
    explicit FormsBefore(const registers::Declaration& before) : before_(before) {}

    registers::DeclarationPointer of(const registers::DeclarationPointer& own) {
        registers::DeclarationPointer& form = forms_[own->version];
        if (form) return form;
        auto made = std::make_shared<registers::Declaration>(*own);
        for (registers::Field& field : made->fields)
            if (const registers::Field* was = before_.field(field.code)) field.visible_to = was->visible_to;
        form = std::move(made);
        return form;
    }

  private:
    const registers::Declaration& before_;
    std::map<int, registers::DeclarationPointer> forms_;
};

Result<void> place_one(const Scope& scope, db::Transaction& tx, const Record& record, FormsBefore& forms) {
    TRY(rights::place(scope, tx, *record.declaration, record.placed()));
    Record before = record;
    before.declaration = forms.of(record.declaration);
    const std::string was = index_text(before), is = index_text(record);
    return was == is ? Result<void>() : search::index_title(tx, record.id, was, is);
}

}  // namespace

Result<void> place_again(db::Transaction& tx, const registers::Declaration& before) {
    Engine engine;
    TRY(engine.catalogue.load(tx));
    const Scope scope = system_scope(tx.now());
    FormsBefore forms(before);
    for (std::int64_t last = 0;;) {
        const db::Rows rows = TRY(tx.rows(store::of_register, before.id, last));
        if (rows.empty()) return {};
        for (const db::Row& row : rows) {
            last = row.integer(0);
            TRY(place_one(scope, tx, TRY(read_row(tx, engine, {last})), forms));
        }
    }
}

}  // namespace records
