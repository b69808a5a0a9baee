#include "core/registers/tables.h"

#include <algorithm>
#include <map>

#include "core/registers/convert.h"

namespace registers {
namespace {

bool is_kept_as_text(const Field& field) {
    switch (field.type) {
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::choice:
        case FieldType::choices:
        case FieldType::date:
        case FieldType::time:
            return true;
        case FieldType::computed:
            return field.computed_type == expression::Type::text || field.computed_type == expression::Type::date;
        default:
            return false;
    }
}

/// db::translate_ddl works on text; a Query is made of literals, so the types are named here for both engines.
db::Literal integer_type(db::Engine engine) {
    return engine == db::Engine::sqlite ? db::Literal(" integer") : db::Literal(" bigint");
}
db::Literal text_type(db::Engine engine) {
    return engine == db::Engine::sqlite ? db::Literal(" text") : db::Literal(" text collate \"C\"");
}
db::Literal blob_type(db::Engine engine) {
    return engine == db::Engine::sqlite ? db::Literal(" blob") : db::Literal(" bytea");
}

using Columns = std::vector<std::pair<std::string, db::Literal>>;

Columns columns_of(const Declaration& declaration, db::Engine engine) {
    Columns columns;
    for (const Field& field : declaration.fields) {
        columns.emplace_back(field.column, is_kept_as_text(field) ? text_type(engine) : integer_type(engine));
        if (!field.key_column.empty()) columns.emplace_back(field.key_column, blob_type(engine));
        if (!field.folded_column.empty()) columns.emplace_back(field.folded_column, text_type(engine));
    }
    return columns;
}

/// Fills a helper column that is new beside a text that is not.
Result<void> fill(db::Transaction& tx, const Declaration& declaration, const Field& field, const std::string& helper) {
    constexpr int page = 1'000;
    for (std::int64_t after = 0;;) {
        db::Query some("registers.fill_select");
        some.add("select record_id, ").identifier(field.column).add(" from ").identifier(declaration.table);
        some.add(" where record_id > ")
            .value(after)
            .add(" and ")
            .identifier(field.column)
            .add(" is not null order by record_id limit ")
            .value(page);
        const db::Rows rows = TRY(tx.rows(some));
        for (const db::Row& row : rows) {
            db::Query set("registers.fill_update");
            set.add("update ").identifier(declaration.table).add(" set ").identifier(helper).add(" = ");
            set.value(helper == field.folded_column ? folded(row[1]) : sort_key(row[1]))
                .add(" where record_id = ")
                .value(row.integer(0));
            TRY(tx.execute(set));
            after = row.integer(0);
        }
        if (rows.size() < page) return {};
    }
}

struct Index {
    std::string column;
    bool unique = false;
    bool alike = false;  ///< over the form alike() compares
};

const std::string& sorted_column(const Field& field) {
    return field.key_column.empty() ? field.column : field.key_column;
}

/// By name: r_incoming_f3_order. The number is the field's, so that a changed type gets an index of its own.
std::map<std::string, Index> indexes_of(const Declaration& declaration) {
    std::map<std::string, Index> indexes;
    const auto add = [&](std::string_view code, std::string_view purpose, bool unique, bool by_key) {
        if (const Field* field = declaration.field(code))
            indexes[fmt::format("{}_f{}_{}", declaration.table, field->id, purpose)] = {
                by_key ? sorted_column(*field) : field->column, unique};
    };
    if (declaration.book) add(declaration.book->field, "book", false, false);
    for (const auto& [code, descending] : declaration.order) add(code, "order", false, true);
    for (const Field& field : declaration.fields)
        if (field.unique) add(field.code, "unique", true, true);
    for (const Field& field : declaration.fields)
        if (field.indexed && !field.unique && !field.indexed_alike) add(field.code, "index", false, true);
    for (const Field& field : declaration.fields)
        if (field.indexed_alike)
            indexes[fmt::format("{}_f{}_alike", declaration.table, field.id)] = {field.folded_column, false, true};
    return indexes;
}

Result<void> make_index(db::Transaction& tx, const Declaration& declaration, const std::string& name,
                        const Index& index) {
    db::Query make("registers.make_index");
    make.add(index.unique ? db::Literal("create unique index if not exists ")
                          : db::Literal("create index if not exists "));
    make.identifier(name).add(" on ").identifier(declaration.table).add(" (agency_id, ");
    if (index.alike) make.add("replace(");
    make.identifier(index.column);
    if (index.alike) make.add(", ' ', '')");
    make.add(index.unique ? db::Literal(")") : db::Literal(", record_id)"));
    const auto made = tx.execute(make);
    if (!made && made.error().message == "db.duplicate")
        return fail(ErrorCode::conflict, "registers.unique_broken", index.column, {{"column", index.column}});
    TRY(made);
    return {};
}

}  // namespace

Result<void> make_table(db::Transaction& tx, const Declaration& declaration) {
    const db::Engine engine = tx.engine();
    db::Query make("registers.make_table");
    make.add("create table ").identifier(declaration.table);
    make.add(" (record_id").add(integer_type(engine)).add(" primary key references record (id)");
    make.add(", agency_id").add(integer_type(engine)).add(" not null references unit (id)");
    for (const auto& [column, type] : columns_of(declaration, engine)) make.add(", ").identifier(column).add(type);
    make.add(engine == db::Engine::sqlite ? db::Literal(") strict") : db::Literal(")"));
    TRY(tx.execute(make));
    return {};
}

Result<void> add_columns(db::Transaction& tx, const Declaration& before, const Declaration& after,
                         const std::vector<std::string>& standing) {
    const auto stands = [&](const std::string& column) {
        return std::ranges::find(standing, column) != standing.end();
    };
    for (const auto& [column, type] : columns_of(after, tx.engine())) {
        if (stands(column)) continue;
        db::Query add("registers.add_column");
        add.add("alter table ").identifier(after.table).add(" add column ").identifier(column).add(type);
        TRY(tx.execute(add));
    }
    for (const Field& field : after.fields) {
        const Field* old = before.field(field.code);
        if (old == nullptr || old->column != field.column) continue;
        for (const std::string& helper : {field.key_column, field.folded_column})
            if (!helper.empty() && !stands(helper)) TRY(fill(tx, after, field, helper));
    }
    return {};
}

Result<void> set_indexes(db::Transaction& tx, const Declaration* before, const Declaration& after) {
    const auto wanted = indexes_of(after);
    if (before != nullptr) {
        for (const auto& [name, index] : indexes_of(*before)) {
            const auto kept = wanted.find(name);
            if (kept != wanted.end() && kept->second.column == index.column) continue;
            db::Query drop("registers.drop_index");
            TRY(tx.execute(drop.add("drop index if exists ").identifier(name)));
        }
    }
    for (const auto& [name, index] : wanted) TRY(make_index(tx, after, name, index));
    return {};
}

}  // namespace registers
