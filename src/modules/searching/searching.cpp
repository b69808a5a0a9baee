#include "modules/searching/searching.h"

#include "core/files/files.h"
#include "core/files/lost.h"

namespace searching {

namespace {

StateName state_of(const Scope& scope, const registers::Declaration& declaration, const std::string& code) {
    const registers::State* state = declaration.any_state(code);
    if (!state) return {code, code, "grey"};
    return {code, state->label.in(scope.language), state->colour};
}

/// May the scope read what stands in this field of the record's form?
bool may_read_field(const Scope& scope, const records::Engine& engine, RegisterId register_id, int version,
                    const std::string& code) {
    if (code.empty()) return true;
    auto declaration = engine.catalogue.find(register_id, version);
    if (!declaration) declaration = engine.catalogue.find(register_id);
    if (!declaration) return false;
    const registers::Field* field = declaration->field(code);
    if (!field) return true;
    const auto readable = records::readable_fields(scope, *declaration);
    return std::ranges::find(readable, field) != readable.end();
}

using Places = std::vector<std::pair<FileId, RecordId>>;

Result<Places> records_of(const Scope& scope, db::Reader& reader, const records::Engine& engine,
                          std::span<const FileId> files) {
    db::Query sql("searching.records_of");
    sql.add(R"(
        select f.file_id, f.record_id, f.field, r.register_id, r.form_version
        from record_file f join record r on r.id = f.record_id where f.removed_at is null and f.file_id in )");
    sql.list(std::vector<db::Value>(files.begin(), files.end()));
    Places places;
    for (const db::Row& row : TRY(reader.rows(sql)))
        if (may_read_field(scope, engine, row.id<struct RegisterNoun>(3), static_cast<int>(row.integer(4)),
                           row.text(2)))
            places.emplace_back(row.id<struct FileNoun>(0), row.id<struct RecordNoun>(1));
    return places;
}

Result<std::string> text_of(db::Reader& reader, files::Vault& vault, FileId file) {
    if (TRY(files::is_labelled(reader, file))) return std::string();
    auto text = files::text_of(vault, reader, file);
    // Destroyed since it was indexed: the hit stands, its text is gone.
    if (!text && text.error().code == ErrorCode::not_found) return std::string();
    // Damaged on the disk: it is made anew when somebody opens it, and doesn't keep others from what they look for.
    if (!text && files::is_lost(text.error())) return std::string();
    return TRY(std::move(text)).value_or("");
}

}  // namespace

search::Sources sources(const Scope& scope, db::Reader& reader, const records::Engine& engine, files::Vault& vault) {
    return {.text_of = [&reader, &vault](FileId file) { return text_of(reader, vault, file); },
            .records_of = [&scope, &reader, &engine](
                              std::span<const FileId> files) { return records_of(scope, reader, engine, files); }};
}

Result<Page> find(const Scope& scope, db::Reader& reader, const records::Engine& engine, files::Vault& vault,
                  const search::Query& query) {
    const search::Page found = TRY(search::find(scope, reader, query, sources(scope, reader, engine, vault)));
    Page page;
    for (const search::Hit& hit : found.hits) {
        const auto declaration = engine.catalogue.find(hit.register_id);
        if (!declaration) continue;
        Hit item;
        item.record = hit.record;
        item.register_ = declaration->code;
        item.register_label = declaration->title.in(scope.language);
        item.title = hit.title;
        for (const search::Piece& piece : hit.snippet) item.snippet.push_back({piece.text, piece.hit});
        if (item.snippet.empty()) item.snippet.push_back({hit.title, false});
        item.state = state_of(scope, *declaration, hit.state);
        item.date = local_date(hit.created_at);
        item.exact = hit.exact;
        if (hit.file) item.file = hit.file;
        page.items.push_back(std::move(item));
    }
    if (!found.next.empty()) page.next = found.next;
    if (query.after.empty()) page.count = Count{found.number, found.more};
    return page;
}

}  // namespace searching
