#include <algorithm>
#include <filesystem>
#include <set>

#include "base/log.h"
#include "base/resources.h"
#include "core/journal/journal.h"
#include "core/registers/changed_type.h"
#include "core/registers/columns.h"
#include "core/registers/files.h"
#include "core/registers/registers.h"
#include "core/registers/samples.h"
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

struct Version {
    RegisterId id;
    std::vector<CarriedOver> carried = {};
    std::vector<std::pair<Label, std::int64_t>> left_states = {};  ///< that it has no more, and how many stand there
    std::optional<Declaration> read_otherwise = {};                ///< the version before, when others might read by it
};

bool same_readers(const Declaration& before, const Declaration& now) {
    const auto same = [](const Actor& one, const Actor& other) {
        return one.role == other.role && one.field == other.field && one.place == other.place && one.when == other.when;
    };
    if (!std::ranges::equal(before.see, now.see, same)) return false;
    return std::ranges::all_of(now.fields, [&](const Field& field) {
        const Field* old = before.field(field.code);
        return !old || old->visible_to == field.visible_to;
    });
}

Result<std::vector<std::pair<Label, std::int64_t>>> left_states(db::Reader& reader, std::vector<Declaration> versions) {
    tie_versions(versions);
    std::vector<std::pair<Label, std::int64_t>> states;
    for (const State& state : versions.back().former_states)
        if (const auto count = TRY(store::count_in_state(reader, versions.back().id, state.code)); count > 0)
            states.emplace_back(state.label, count);
    return states;
}

boost::json::array carried_json(const std::vector<CarriedOver>& carried) {
    boost::json::array list;
    for (const CarriedOver& each : carried)
        list.push_back(
            boost::json::object{{"field", each.field.code}, {"converted", each.converted}, {"left", each.left}});
    return list;
}

Result<Version> publish_among(const Scope& scope, db::Transaction& tx, std::string_view yaml,
                              const Neighbours& neighbours, Origin origin) {
    Declaration declaration = TRY(read_declaration(yaml, neighbours.surroundings()));
    const auto known = TRY(store::find(tx, declaration.code));
    std::vector<Declaration> before;
    std::vector<store::FieldRow> rows;
    if (known) {
        const auto versions = TRY(store::versions(tx, known->id));
        if (!versions.empty() && versions.back().text == yaml) return Version{known->id};
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
    std::vector<CarriedOver> carried = TRY(carry_over(tx, before, declaration));
    TRY(set_indexes(tx, before.empty() ? nullptr : &before.back(), declaration));

    TRY(store::insert_version(scope, tx, declaration.id, declaration.version, yaml));
    for (const store::FieldRow& row : rows) TRY(store::put_field(tx, declaration.id, row));
    TRY(store::set_current(tx, declaration.id, declaration.version));
    if (origin == Origin::office) TRY(store::keep_own(tx, declaration.id));
    boost::json::object details{{"register", declaration.code}, {"version", declaration.version}};
    if (!carried.empty()) details["changed_types"] = carried_json(carried);
    TRY(journal::write(scope, tx,
                       {.action = "register.published", .register_id = declaration.id, .details = std::move(details)}));
    Version version{declaration.id, std::move(carried)};
    if (!before.empty() && !same_readers(before.back(), declaration)) version.read_otherwise = before.back();
    before.push_back(declaration);
    version.left_states = TRY(left_states(tx, std::move(before)));
    return version;
}

/// A declaration that came with the program, never published yet, is taken but over one an office has published.
Result<bool> is_due(db::Reader& reader, const Declaration& declaration, std::string_view yaml, Origin origin) {
    const auto known = TRY(store::find(reader, declaration.code));
    if (!known) return true;
    if (origin == Origin::office) {
        const auto versions = TRY(store::versions(reader, known->id));
        return versions.empty() || versions.back().text != yaml;
    }
    if (known->shipped) return true;
    logging::warning("registers.shipped_not_taken", {{"register", declaration.code}});
    return false;
}

/// What there is to say of values that stood in fields whose type changed.
void say(std::vector<std::string>& says, std::string_view code, const CarriedOver& carried) {
    const auto add = [&](std::string_view message, std::string_view name, std::int64_t count) {
        if (count > 0)
            says.push_back(messages::text(Language::vi, message,
                                          {{"register", std::string(code)},
                                           {"field", carried.field.label.vi},
                                           {std::string(name), std::to_string(count)}}));
    };
    add("registers.type_changed", "converted", carried.converted);
    add("registers.values_left", "left", carried.left);
}

/// A declaration and the folder it stands in; none for what is inside the program.
struct Source {
    std::string text;
    std::filesystem::path folder = {};
};

/// Of the program's own, those no version was made of: at nearly every start there are none, and nothing is parsed.
Result<std::vector<Source>> never_published(db::Reader& reader, std::vector<Source> sources) {
    std::set<std::string> published;
    for (const store::RegisterRow& row : TRY(store::registers(reader)))
        for (store::VersionRow& version : TRY(store::versions(reader, row.id)))
            published.insert(std::move(version.text));
    std::erase_if(sources, [&](const Source& source) { return published.contains(source.text); });
    return sources;
}

Result<Published> publish_all(db::Database& database, const std::vector<Source>& given, Origin origin,
                              const Reread& reread) {
    return database.write_now([&](db::Transaction& tx) -> Result<Published> {
        const auto sources = origin == Origin::program ? TRY(never_published(tx, given)) : given;
        if (sources.empty()) return Published();
        Neighbours neighbours(tx);
        TRY(neighbours.add_published());
        std::vector<std::pair<std::string, std::string_view>> due;
        for (const auto& [text, folder] : sources) {
            Declaration declaration = TRY(read_declaration(text));
            if (origin == Origin::office) TRY(check_beside(declaration, folder));
            if (!TRY(is_due(tx, declaration, text, origin))) continue;
            due.emplace_back(declaration.code, text);
            neighbours.add(std::move(declaration));
        }
        const Scope scope = system_scope(tx.now());
        Published published;
        std::vector<Declaration> read_otherwise;
        for (const auto& [code, text] : due) {
            Version version = TRY(publish_among(scope, tx, text, neighbours, origin));
            if (version.read_otherwise) read_otherwise.push_back(std::move(*version.read_otherwise));
            for (const CarriedOver& carried : version.carried) say(published.says, code, carried);
            for (const auto& [state, count] : version.left_states)
                published.says.push_back(
                    messages::text(Language::vi, "registers.state_left",
                                   {{"register", code}, {"state", state.vi}, {"count", std::to_string(count)}}));
            ++published.registers;
        }
        if (reread)
            for (const Declaration& before : read_otherwise) TRY(reread(tx, before));
        return published;
    });
}

Result<std::vector<Source>> sources_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> folders;
    std::error_code problem;
    if (std::filesystem::exists(folder / "register.yaml", problem)) folders.push_back(folder);
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem))
        if (std::filesystem::exists(entry.path() / "register.yaml", problem)) folders.push_back(entry.path());
    if (folders.empty())
        return fail(ErrorCode::not_found, "registers.no_file", {}, {{"file", (folder / "register.yaml").string()}});
    std::ranges::sort(folders);
    std::vector<Source> sources;
    for (const auto& each : folders) {
        std::string text = TRY(text_of(each / "register.yaml"));
        sources.push_back({std::move(text), each});
    }
    return sources;
}

}  // namespace

Result<RegisterId> publish(const Scope& scope, db::Transaction& tx, std::string_view yaml) {
    Neighbours neighbours(tx);
    TRY(neighbours.add_published());
    return TRY(publish_among(scope, tx, yaml, neighbours, scope.account ? Origin::office : Origin::program)).id;
}

Result<int> publish_shipped(db::Database& database, const Reread& reread) {
    std::vector<Source> sources;
    for (const Resource& file : resources::under("registers/"))
        if (file.path.ends_with("/register.yaml")) sources.push_back({std::string(file.bytes)});
    return TRY(publish_all(database, sources, Origin::program, reread)).registers;
}

Result<int> publish_folder(db::Database& database, const std::filesystem::path& folder, const Reread& reread) {
    return TRY(publish_all(database, TRY(sources_in(folder)), Origin::program, reread)).registers;
}

Result<Published> add_folder(db::Database& database, const std::filesystem::path& folder, const Reread& reread) {
    return publish_all(database, TRY(sources_in(folder)), Origin::office, reread);
}

}  // namespace registers
