#include <algorithm>
#include <filesystem>
#include <set>

#include "base/log.h"
#include "base/resources.h"
#include "core/journal/journal.h"
#include "core/registers/columns.h"
#include "core/registers/files.h"
#include "core/registers/registers.h"
#include "core/registers/tables.h"
#include "core/scope/system_scope.h"

namespace registers {
namespace {

/// The registers a declaration may point to: those given with it, then those published.
class Neighbours {
  public:
    explicit Neighbours(db::Reader& reader) : reader_(reader) {}

    Result<void> add_published() {
        for (const store::RegisterRow& row : TRY(store::registers(reader_))) {
            if (known_.contains(row.code)) continue;
            std::vector<Declaration> versions = TRY(load_versions(reader_, row));
            if (!versions.empty()) known_.emplace(row.code, std::move(versions.back()));
        }
        return {};
    }
    void add(Declaration declaration) {
        std::string code = declaration.code;
        known_.insert_or_assign(std::move(code), std::move(declaration));
    }

    Surroundings surroundings() const {
        return {[this](std::string_view code) -> const Declaration* {
                    const auto found = known_.find(code);
                    return found == known_.end() ? nullptr : &found->second;
                },
                [this](std::string_view list) {
                    const auto found = store::has_choices(reader_, list);
                    return found && *found;
                }};
    }

  private:
    db::Reader& reader_;
    std::map<std::string, Declaration, std::less<>> known_;
};

/// Whose a declaration is: the program's may change what the program relies on; an office's own is never written over
/// by the program's.
enum class Origin { program, office };

/// Says which rows of register_field serve the new version.
class Fields {
  public:
    Fields(Origin origin, Declaration& declaration, std::vector<store::FieldRow> rows)
        : origin_(origin), declaration_(declaration), rows_(std::move(rows)) {
        for (const store::FieldRow& row : rows_) {
            next_ = std::max(next_, row.id + 1);
            columns_.insert(row.column);
        }
    }

    Result<std::vector<store::FieldRow>> place() {
        for (store::FieldRow& row : rows_)
            if (!row.until) TRY(retire_unless_kept(row));
        for (const Field& field : declaration_.fields) serve(field);
        return rows_;
    }

  private:
    Result<void> retire_unless_kept(store::FieldRow& row) const {
        const Field* field = declaration_.field(row.code);
        const bool kept = field != nullptr && kept_type(*field) == row.type;
        if (row.locked && origin_ == Origin::office && !(kept && field->locked))
            return fail(ErrorCode::conflict, "registers.locked_field", "fields." + row.code, {{"field", row.code}});
        if (!kept) row.until = declaration_.version;
        return {};
    }

    void serve(const Field& field) {
        const std::string type = kept_type(field);
        const auto same = [&](const store::FieldRow& row) { return row.code == field.code && row.type == type; };
        const auto found = std::ranges::find_if(rows_, same);
        if (found != rows_.end()) {
            found->until.reset();
            found->locked = field.locked;
            return;
        }
        const std::string column =
            columns_.contains(field.code) ? fmt::format("{}_v{}", field.code, declaration_.version) : field.code;
        columns_.insert(column);
        rows_.push_back({next_++, field.code, type, column, declaration_.version, {}, field.locked});
    }

    const Origin origin_;
    Declaration& declaration_;
    std::vector<store::FieldRow> rows_;
    std::set<std::string> columns_;
    std::int64_t next_ = 1;
};

Result<RegisterId> publish_among(const Scope& scope, db::Transaction& tx, std::string_view yaml,
                                 const Neighbours& neighbours, Origin origin) {
    Declaration declaration = TRY(read_declaration(yaml, neighbours.surroundings()));
    const auto known = TRY(store::find(tx, declaration.code));
    std::vector<Declaration> before;
    std::vector<store::FieldRow> rows;
    if (known) {
        const auto versions = TRY(store::versions(tx, known->id));
        if (!versions.empty() && versions.back().text == yaml) return known->id;
        before = TRY(load_versions(tx, *known));
        rows = TRY(store::fields(tx, known->id));
    }
    declaration.id = known ? known->id : TRY(store::insert(tx, declaration.code, origin == Origin::program));
    declaration.version = known ? known->current + 1 : 1;

    std::vector<std::string> standing;
    for (const store::FieldRow& row : rows) standing.push_back(row.column);
    std::vector<std::string> helpers;
    for (const Declaration& old : before)
        for (std::string& helper : helper_columns(old)) helpers.push_back(std::move(helper));
    standing.insert(standing.end(), helpers.begin(), helpers.end());

    rows = TRY(Fields(origin, declaration, std::move(rows)).place());
    place_fields(declaration, rows, helpers);
    if (before.empty())
        TRY(make_table(tx, declaration));
    else
        TRY(add_columns(tx, before.back(), declaration, standing));
    TRY(set_indexes(tx, before.empty() ? nullptr : &before.back(), declaration));

    TRY(store::insert_version(scope, tx, declaration.id, declaration.version, yaml));
    for (const store::FieldRow& row : rows) TRY(store::put_field(tx, declaration.id, row));
    TRY(store::set_current(tx, declaration.id, declaration.version));
    if (origin == Origin::office) TRY(store::keep_own(tx, declaration.id));
    TRY(journal::write(scope, tx,
                       {.action = "register.published",
                        .register_id = declaration.id,
                        .details = {{"register", declaration.code}, {"version", declaration.version}}}));
    return declaration.id;
}

/// A declaration that came with the program is taken when it is new, but never over one an office has published.
Result<bool> is_due(db::Reader& reader, const Declaration& declaration, std::string_view yaml, Origin origin) {
    const auto known = TRY(store::find(reader, declaration.code));
    if (!known) return true;
    const auto versions = TRY(store::versions(reader, known->id));
    if (origin == Origin::office) return versions.empty() || versions.back().text != yaml;
    if (std::ranges::any_of(versions, [&](const store::VersionRow& version) { return version.text == yaml; }))
        return false;
    if (known->shipped) return true;
    logging::warning("registers.shipped_not_taken", {{"register", declaration.code}});
    return false;
}

Result<int> publish_all(db::Database& database, const std::vector<std::string>& texts, Origin origin) {
    return database.write_now([&](db::Transaction& tx) -> Result<int> {
        Neighbours neighbours(tx);
        TRY(neighbours.add_published());
        std::vector<std::string_view> due;
        for (const std::string& text : texts) {
            Declaration declaration = TRY(read_declaration(text));
            if (!TRY(is_due(tx, declaration, text, origin))) continue;
            neighbours.add(std::move(declaration));
            due.push_back(text);
        }
        const Scope scope = system_scope(tx.now());
        for (const std::string_view text : due) TRY(publish_among(scope, tx, text, neighbours, origin));
        return static_cast<int>(due.size());
    });
}

Result<std::vector<std::string>> texts_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code problem;
    if (std::filesystem::exists(folder / "register.yaml", problem)) files.push_back(folder / "register.yaml");
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem))
        if (std::filesystem::exists(entry.path() / "register.yaml", problem))
            files.push_back(entry.path() / "register.yaml");
    if (files.empty())
        return fail(ErrorCode::not_found, "registers.no_file", {}, {{"file", (folder / "register.yaml").string()}});
    std::ranges::sort(files);
    std::vector<std::string> texts;
    for (const auto& file : files) texts.push_back(TRY(text_of(file)));
    return texts;
}

}  // namespace

Result<RegisterId> publish(const Scope& scope, db::Transaction& tx, std::string_view yaml) {
    Neighbours neighbours(tx);
    TRY(neighbours.add_published());
    return publish_among(scope, tx, yaml, neighbours, scope.account ? Origin::office : Origin::program);
}

Result<int> publish_shipped(db::Database& database) {
    std::vector<std::string> texts;
    for (const Resource& file : resources::under("registers/"))
        if (file.path.ends_with("/register.yaml")) texts.emplace_back(file.bytes);
    return publish_all(database, texts, Origin::program);
}

Result<int> publish_folder(db::Database& database, const std::filesystem::path& folder) {
    return publish_all(database, TRY(texts_in(folder)), Origin::program);
}

Result<int> add_folder(db::Database& database, const std::filesystem::path& folder) {
    return publish_all(database, TRY(texts_in(folder)), Origin::office);
}

}  // namespace registers
