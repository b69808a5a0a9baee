#include "modules/registry/export.h"

#include <cstdlib>
#include <filesystem>
#include <set>
#include <span>

#include "base/text.h"
#include "core/journal/journal.h"
#include "core/steps/inbox.h"
#include "paper/print.h"
#include "paper/spreadsheet.h"

namespace registry {

namespace {

using records::Engine;
using registers::Field;
using registers::FieldType;
using service::Asking;

// What one file holds: no sheet has more rows, and a longer print is no list any more.
constexpr std::int64_t most_rows = 1'000'000;
constexpr std::int64_t most_printed = 20'000;
constexpr std::int64_t most_named = 1'000;  ///< labelled records in the journal's entry of an export

/// A folder that nobody else may look into, gone with the object: what is exported may be for few eyes.
struct PrivateFolder {
    std::string path = (std::filesystem::temp_directory_path() / "congvu-export-XXXXXX").string();
    bool made = ::mkdtemp(path.data()) != nullptr;

    PrivateFolder() = default;
    PrivateFolder(const PrivateFolder&) = delete;
    ~PrivateFolder() {
        std::error_code ignored;
        if (made) std::filesystem::remove_all(path, ignored);
    }
};

paper::ColumnType column_type(const Field& field) {
    switch (field.type) {
        case FieldType::integer:
            return paper::ColumnType::integer;
        case FieldType::decimal:
            return paper::ColumnType::decimal;
        case FieldType::money:
            return paper::ColumnType::money;
        case FieldType::date:
            return paper::ColumnType::date;
        case FieldType::yes_no:
            return paper::ColumnType::yes_no;
        default:
            return paper::ColumnType::text;
    }
}

Result<paper::Cell> cell_of(const Field& field, const db::Value& value, records::Shown& shown) {
    if (value.is_null()) return paper::Cell();
    const std::int64_t number = value.integer() ? *value.integer() : 0;
    switch (column_type(field)) {
        case paper::ColumnType::integer:
        case paper::ColumnType::money:
            return paper::Cell(number);
        case paper::ColumnType::decimal:
            return paper::Cell(Decimal{number, field.scale});
        case paper::ColumnType::yes_no:
            return paper::Cell(number != 0);
        case paper::ColumnType::date: {
            const auto date = parse_date(value.text() ? *value.text() : "");
            return date ? paper::Cell(*date) : paper::Cell();
        }
        case paper::ColumnType::text:
            break;
    }
    return paper::Cell(TRY(shown.text(field, value)));
}

std::vector<std::string> asked_columns(const std::string& asked) {
    return asked.empty() || asked == "all" ? std::vector<std::string>() : split(asked, ',');
}

/// A column of a list: a field of the register, or what every list has.
struct Listed {
    std::string code;
    const Field* field = nullptr;
};

const std::set<std::string, std::less<>> of_every_register{"state", "title",      "holder",
                                                           "due",   "created_at", "updated_at"};

/// Those asked for by ?columns=, as they are asked; else those the list shows: as declared, the state last when it is
/// not among them. Never a field the scope may not read.
std::vector<Listed> exported(const Scope& scope, const registers::Declaration& declaration, const std::string& asked) {
    const auto readable = records::readable_fields(scope, declaration);
    std::vector<std::string> wanted = asked_columns(asked);
    if (asked == "all")
        for (const Field* field : readable) wanted.push_back(field->code);
    if (asked.empty()) wanted = declaration.list;
    if ((asked.empty() || asked == "all") && std::ranges::find(wanted, "state") == wanted.end())
        wanted.emplace_back("state");
    std::vector<Listed> columns;
    for (const std::string& code : wanted) {
        const auto field = std::ranges::find(readable, code, &Field::code);
        if (field != readable.end())
            columns.push_back({code, *field});
        else if (declaration.field(code) == nullptr && of_every_register.contains(code))
            columns.push_back({code});
    }
    return columns;
}

/// A row with what is looked up once a page.
struct Exporting {
    const records::ListRow& row;
    records::Shown& shown;
    const steps::Holding* holding;
};

/// The labelled records that were exported: the first few, and how many.
struct Labelled {
    boost::json::array first = {};
    std::int64_t count = 0;

    Result<void> add(db::Reader& reader, std::span<const RecordId> taken) {
        if (taken.empty()) return {};
        std::vector<db::Value> ids;
        for (const RecordId id : taken) ids.emplace_back(id.value);
        db::Query query("registry.labelled_among");
        query.add("select id from record where secrecy > 0 and id in ").list(ids).add(" order by id");
        for (const db::Row& row : TRY(reader.rows(query)))
            if (++count <= most_named) first.push_back(row.integer(0));
        return {};
    }
};

/// Every row of the list, page by page, each page in a snapshot of its own: an export may take long, a snapshot may
/// not. Gives which of those taken are labelled.
Result<Labelled> each_row(const Engine& engine, service::Host& host, const Scope& scope, records::ListQuery query,
                          const std::function<Result<void>(const Exporting&)>& take) {
    query.limit = 200;
    query.after.clear();
    Labelled labelled;
    for (bool goes_on = true; goes_on;) {
        const auto reader = TRY(host.database.read());
        records::Shown shown(scope, *reader);
        const auto page = TRY(records::list(scope, *reader, engine, query));
        std::vector<RecordId> ids;
        for (const records::ListRow& row : page.rows) ids.push_back(row.id);
        std::map<RecordId, steps::Holding> holders;
        for (const steps::Holding& each : TRY(steps::holders(*reader, ids))) holders[each.record] = each;
        for (const records::ListRow& row : page.rows) {
            const auto holder = holders.find(row.id);
            TRY(take({row, shown, holder == holders.end() ? nullptr : &holder->second}));
        }
        TRY(labelled.add(*reader, ids));
        goes_on = !page.next.empty();
        query.after = page.next;
    }
    return labelled;
}

Result<std::string> read_whole(const std::filesystem::path& path) {
    std::string bytes;
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (!file) return fail_internal("an export that was written can't be read");
    char buffer[65'536];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, file)) > 0;) bytes.append(buffer, got);
    std::fclose(file);
    return bytes;
}

struct Sheet {
    std::vector<Listed> listed;
    std::vector<paper::Column> columns;
};

Sheet sheet_of(const Scope& scope, const registers::Declaration& declaration, const std::string& asked) {
    Sheet sheet{exported(scope, declaration, asked), {}};
    for (const auto& [code, field] : sheet.listed)
        if (field)
            sheet.columns.push_back({field->label.in(scope.language), column_type(*field), 0, field->scale});
        else
            sheet.columns.push_back({messages::text(scope.language, "registry.column_" + code),
                                     code == "due" ? paper::ColumnType::date : paper::ColumnType::text, 0, 0});
    return sheet;
}

std::string shown_instant(Instant at) {
    return to_vietnamese(local_date(at)) + " " + to_string(local_time(at));
}

Result<std::string> text_of_own(const Scope& scope, const registers::Declaration& declaration, std::string_view code,
                                const Exporting& each) {
    if (code == "state") {
        const registers::State* state = declaration.any_state(each.row.state);
        return state ? state->label.in(scope.language) : each.row.state;
    }
    if (code == "title") return each.row.title;
    if (code == "holder") return each.holding ? TRY(party_label(each.shown, each.holding->to)) : std::string();
    return shown_instant(code == "created_at" ? each.row.created_at : each.row.updated_at);
}

/// As the list shows it: until when whoever has it in hand, else the record itself.
std::optional<LocalDate> due_of(const Exporting& each) {
    if (each.holding && each.holding->due) return each.holding->due;
    const auto own = each.row.columns.find("due");
    const std::string* text = own == each.row.columns.end() ? nullptr : own->second.text();
    const auto date = parse_date(text ? *text : "");
    return date ? std::optional(*date) : std::nullopt;
}

Result<std::vector<paper::Cell>> cells_of(const Scope& scope, const registers::Declaration& declaration,
                                          const Sheet& sheet, const Exporting& each) {
    std::vector<paper::Cell> cells;
    for (const auto& [code, field] : sheet.listed) {
        if (code == "due" && (!field || field->type == FieldType::date)) {
            const auto due = due_of(each);
            cells.push_back(due ? paper::Cell(*due) : paper::Cell());
        } else if (field) {
            const auto found = each.row.columns.find(code);
            const bool is_there = found != each.row.columns.end();
            cells.push_back(is_there ? TRY(cell_of(*field, found->second, each.shown)) : paper::Cell());
        } else {
            cells.emplace_back(TRY(text_of_own(scope, declaration, code, each)));
        }
    }
    return cells;
}

Result<std::vector<std::string>> texts_of(const Scope& scope, const registers::Declaration& declaration,
                                          const Sheet& sheet, const Exporting& each) {
    std::vector<std::string> texts;
    for (const auto& [code, field] : sheet.listed) {
        if (code == "due" && (!field || field->type == FieldType::date)) {
            const auto due = due_of(each);
            texts.push_back(due ? to_vietnamese(*due) : "");
        } else if (field) {
            const auto found = each.row.columns.find(code);
            texts.push_back(found == each.row.columns.end() ? "" : TRY(each.shown.text(*field, found->second)));
        } else {
            texts.push_back(TRY(text_of_own(scope, declaration, code, each)));
        }
    }
    return texts;
}

paper::TableSheet printed_sheet(const Scope& scope, const registers::Declaration& declaration,
                                const std::vector<paper::Column>& columns, const std::string& agency) {
    paper::TableSheet table;
    table.agency = agency;
    table.title = declaration.title.in(scope.language);
    table.period = messages::text(scope.language, "registry.printed_on", {{"date", to_vietnamese(scope.today)}});
    for (const paper::Column& column : columns) table.columns.push_back({.title = column.title});
    return table;
}

}  // namespace

Result<void> require_columns(const Scope& scope, const registers::Declaration& declaration,
                             const std::vector<std::string>& codes) {
    const auto readable = records::readable_fields(scope, declaration);
    for (const std::string& code : codes)
        if ((!of_every_register.contains(code) || declaration.field(code) != nullptr) &&
            std::ranges::find(readable, code, &Field::code) == readable.end())
            return fail(ErrorCode::invalid, "registry.unknown_column", "columns", {{"field", code}});
    return {};
}

Result<http::Response> export_list(const Engine& engine, service::Host& host, Asking& asking) {
    const Scope& scope = asking.scope;
    const auto declaration = engine.catalogue.find(asking.place("register"));
    if (!declaration)
        return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", asking.place("register")}});
    const records::ListQuery query = TRY(list_query(asking, *declaration));
    const std::string format = asking.query("format");
    TRY(require_columns(scope, *declaration, asked_columns(asking.query("columns"))));
    const Sheet sheet = sheet_of(scope, *declaration, asking.query("columns"));
    const std::string name = folded_form(declaration->code) + "-" + to_string(scope.today) + "." + format;
    std::int64_t rows = 0;
    // A part of a list that looks like all of it would be counted as all of it.
    const auto take_row = [&](std::int64_t most) -> Result<void> {
        if (rows++ < most) return {};
        return fail(ErrorCode::too_large, "registry.too_many_rows", {}, {{"limit", to_vietnamese(Decimal{most, 0})}});
    };
    Labelled labelled;
    http::Response response;

    if (format == "csv") {
        const paper::CsvWriter writer(sheet.columns, scope.language);
        std::string text = writer.header();
        labelled = TRY(each_row(engine, host, scope, query, [&](const Exporting& each) -> Result<void> {
            TRY(take_row(most_rows));
            text += writer.line(TRY(cells_of(scope, *declaration, sheet, each)));
            return {};
        }));
        response = http::bytes(std::move(text), "text/csv; charset=utf-8");
    } else if (format == "xlsx") {
        const PrivateFolder folder;
        if (!folder.made) return fail(ErrorCode::unavailable, "files.disk");
        const std::string path = folder.path + "/list.xlsx";
        auto writer = TRY(paper::SheetWriter::create(
            path, sheet.columns,
            {.name = shorten(declaration->title.in(scope.language), 30), .language = scope.language}));
        labelled = TRY(each_row(engine, host, scope, query, [&](const Exporting& each) -> Result<void> {
            TRY(take_row(most_rows));
            return writer.add(TRY(cells_of(scope, *declaration, sheet, each)));
        }));
        TRY(writer.finish());
        std::string bytes = TRY(read_whole(path));
        response = http::bytes(std::move(bytes), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    } else if (format == "pdf") {
        paper::TableSheet table = printed_sheet(scope, *declaration, sheet.columns,
                                                TRY(records::Shown(scope, asking.reader).unit(scope.agency.value)));
        labelled = TRY(each_row(engine, host, scope, query, [&](const Exporting& each) -> Result<void> {
            TRY(take_row(most_printed));
            table.rows.push_back(TRY(texts_of(scope, *declaration, sheet, each)));
            return {};
        }));
        response = http::bytes(TRY(paper::print_table(table)).pdf, "application/pdf");
    } else {
        return fail(ErrorCode::invalid, "registry.bad_format", "format");
    }
    response.headers.add("Content-Disposition", "attachment; filename=\"" + name + "\"");
    response.headers.add("Cache-Control", "no-store");
    // What left the house stands in the journal before it leaves; of labelled records, which they were.
    boost::json::object details{{"format", format}, {"rows", rows}};
    if (labelled.count > 0) {
        details["labelled"] = labelled.count;
        details["records"] = std::move(labelled.first);
    }
    TRY(host.database.write_now([&](db::Transaction& tx) {
        return journal::write(scope, tx,
                              {.action = "register.exported", .register_id = declaration->id, .details = details});
    }));
    return response;
}

}  // namespace registry
