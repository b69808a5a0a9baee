#include "base/log.h"
#include "core/scope/system_scope.h"
#include "core/search/search.h"
#include "modules/content/content.h"
#include "paper/detect.h"

namespace content {

namespace {

Result<void> mark(const Tools& tools, FileId file, files::State state, std::optional<int> pages,
                  std::string_view reason) {
    return tools.database.write_now(
        [&](db::Transaction& tx) { return files::set_state(tx, file, state, pages, reason); });
}

Result<void> keep_text(const Tools& tools, FileId file, const paper::ExtractedText& text) {
    const std::optional<int> pages = text.pages > 0 ? std::optional(text.pages) : std::nullopt;
    if (text.text.empty())
        return tools.database.write_now([&](db::Transaction& tx) -> Result<void> {
            TRY(files::set_state(tx, file, files::State::readable, pages, "content.no_text"));
            return files::set_no_rendition(tx, file, "text", files::Rendition::State::empty);
        });
    const auto kept = TRY(tools.vault.keep_bytes(text.text));
    return tools.database.write_now([&](db::Transaction& tx) -> Result<void> {
        if (TRY(files::find(tx, file)).state == files::State::destroyed) return {};  // meanwhile
        TRY(files::set_text(tx, file, kept));
        TRY(files::set_state(tx, file, files::State::readable, pages, text.truncated ? "content.text_cut" : ""));
        return search::index_content(tx, file, text.text);
    });
}

struct Read {
    Result<paper::ExtractedText> text;
};

/// The text of the original. Nothing when the file was destroyed; an error of the inner result is the helper's.
Result<std::optional<Read>> extract(const Tools& tools, FileId id) {
    std::optional<files::PlainCopy> plain;
    {
        const auto reader = TRY(tools.database.read());
        const files::File file = TRY(files::find(*reader, id));
        if (file.state == files::State::destroyed) return std::optional<Read>();
        auto source = TRY(tools.vault.open(*reader, id));
        plain.emplace(TRY(tools.vault.plain_copy(source)));
    }
    const paper::FileType type = TRY(paper::detect_file(plain->path().string()));
    return std::optional(Read{tools.helpers.extract_text(paper::Source::file(plain->path().string()), type)});
}

}  // namespace

Result<void> read_file(const Tools& tools, FileId id) {
    const auto read = TRY(extract(tools, id));
    if (!read) return {};
    if (read->text) return keep_text(tools, id, *read->text);
    const Error& error = read->text.error();
    if (!paper::reason_of(error)) return std::unexpected(error);  // no helper was free: the job tries again
    return mark(tools, id, files::State::unreadable, std::nullopt, error.message);
}

Result<std::string> make_text_anew(const Tools& tools, FileId id) {
    const auto read = TRY(extract(tools, id));
    if (!read) return fail(ErrorCode::not_found, "files.destroyed");
    const paper::ExtractedText text = TRY(read->text);
    // The words are in the index already.
    const auto kept = TRY(tools.vault.keep_bytes(text.text));
    TRY(tools.database.write_now([&](db::Transaction& tx) { return files::set_text(tx, id, kept); }));
    return text.text;
}

Result<void> take_words(const Tools& tools, const Scope& scope, db::Transaction& tx, FileId file) {
    const auto text = files::text_of(tools.vault, tx, file);
    if (!text) {
        // The file is destroyed all the same: nobody reads what the index alone keeps.
        logging::error("content.words_not_taken",
                       {{"file", std::to_string(file.value)}, {"error", text.error().message}});
        return {};
    }
    if (!*text) return {};
    TRY(search::remove_content(tx, file, **text));
    // A purge merges the whole index: one for all that went meanwhile.
    return jobs::enqueue_one(scope, tx, purge_job);
}

}  // namespace content
