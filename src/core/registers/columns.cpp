#include "core/registers/columns.h"

#include <algorithm>

namespace registers {
namespace {

bool serves(const store::FieldRow& row, int version) {
    return row.since <= version && (!row.until || *row.until > version);
}

std::string_view word(expression::Type type) {
    switch (type) {
        case expression::Type::boolean:
            return "yes_no";
        case expression::Type::integer:
            return "integer";
        case expression::Type::decimal:
            return "decimal";
        case expression::Type::date:
            return "date";
        default:
            return "text";
    }
}

}  // namespace

std::string kept_type(const Field& field) {
    switch (field.type) {
        case FieldType::long_text:
            return "text";
        case FieldType::decimal:
            return fmt::format("decimal:{}", field.scale);
        case FieldType::record:
            return "record:" + field.record_of;
        case FieldType::computed:
            if (field.computed_type == expression::Type::decimal)
                return fmt::format("computed:decimal:{}", field.scale);
            return fmt::format("computed:{}", word(field.computed_type));
        default:
            return std::string(name_of(field.type));
    }
}

std::vector<std::string> helper_columns(const Declaration& declaration) {
    std::vector<std::string> columns;
    for (const Field& field : declaration.fields) {
        if (!field.key_column.empty()) columns.push_back(field.key_column);
        if (!field.folded_column.empty()) columns.push_back(field.folded_column);
    }
    return columns;
}

void place_fields(Declaration& declaration, const std::vector<store::FieldRow>& rows,
                  const std::vector<std::string>& helpers) {
    for (Field& field : declaration.fields) {
        const std::string type = kept_type(field);
        const auto found = std::ranges::find_if(rows, [&](const store::FieldRow& row) {
            return row.code == field.code && row.type == type && serves(row, declaration.version);
        });
        if (found != rows.end()) {
            field.id = found->id;
            field.column = found->column;
        }
        const auto keep = [&](std::string& column, std::string_view ending) {
            const std::string name = field.column + std::string(ending);
            const bool stands = std::ranges::find(helpers, name) != helpers.end();
            column = !column.empty() || stands ? name : "";
        };
        keep(field.key_column, "_key");
        keep(field.folded_column, "_folded");
    }
}

Result<std::vector<Declaration>> load_versions(db::Reader& reader, const store::RegisterRow& row) {
    const auto fields = TRY(store::fields(reader, row.id));
    std::vector<Declaration> found;
    std::vector<std::string> helpers;
    for (const store::VersionRow& version : TRY(store::versions(reader, row.id))) {
        auto read = read_declaration(version.text);
        if (!read) {
            Error error{ErrorCode::corrupt,
                        "registers.unreadable",
                        row.code,
                        {{"register", row.code}, {"version", std::to_string(version.version)}}};
            error.also.push_back(std::move(read).error());
            return std::unexpected(std::move(error));
        }
        read->id = row.id;
        read->version = version.version;
        place_fields(*read, fields, {});
        for (std::string& column : helper_columns(*read)) helpers.push_back(std::move(column));
        found.push_back(std::move(*read));
    }
    // A key column that stands is filled by every writer, whichever version its record was made with.
    for (Declaration& declaration : found) place_fields(declaration, fields, helpers);
    return found;
}

std::shared_ptr<const std::map<std::string, expression::Source, std::less<>>> sources_of(
    const std::vector<const Declaration*>& declarations) {
    auto sources = std::make_shared<std::map<std::string, expression::Source, std::less<>>>();
    for (const Declaration* declaration : declarations) {
        expression::Environment environment = declaration->environment();
        environment.source = {};
        sources->insert_or_assign(declaration->code, expression::Source{declaration->table, std::move(environment)});
    }
    return sources;
}

}  // namespace registers
