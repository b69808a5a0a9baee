#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/scope/scope.h"
#include "db/database.h"

/// Full text, with or without marks: "quan ly" finds "Quản lý"; "quản lý" finds it first, then what only reads the same
/// without marks. Of each, titles come before the texts of files. Newest first among a capped set of candidates; never
/// a ranking over all hits, never an exact count.
namespace search {

/// Puts a record's words into the index before the batch commits. `before` is the text given last time, empty the first
/// time.
Result<void> index_title(db::Transaction&, RecordId, std::string_view before, std::string_view after);
/// Puts a file's text into the index. A file's bytes never change; a better text first removes the one before.
Result<void> index_content(db::Transaction&, FileId, std::string_view text);
/// Takes out what index_content was given.
Result<void> remove_content(db::Transaction&, FileId, std::string_view text);

struct Query {
    std::string text;             ///< words, "phrases", 123/QĐ-UBND; 500 characters
    RegisterId register_id = {};  ///< none: all
    AgencyId agency = {};
    std::optional<LocalDate> from = {}, to = {};  ///< days the records were made
    std::string after = {};
    int limit = 20;  ///< 1 to 100
};
struct Piece {
    std::string text;
    bool hit = false;
    bool operator==(const Piece&) const = default;
};
struct Hit {
    RecordId record;
    RegisterId register_id;
    FileId file;  ///< when the words stand in its text; none: in the record itself
    std::string title;
    std::string state;
    Instant created_at;
    std::vector<Piece> snippet;  ///< of the title, or of the file's text
    bool exact = false;          ///< with the marks as typed
};
struct Page {
    std::vector<Hit> hits;
    std::string next;         ///< empty: no more
    std::int64_t number = 0;  ///< how many, at most 1,000; of the first page only
    bool more = false;        ///< there are more than `number`
};
/// What the index doesn't hold itself: the text of a file, and the records it is attached to.
struct Sources {
    std::function<Result<std::string>(FileId)> text_of = {};
    std::function<Result<std::vector<std::pair<FileId, RecordId>>>(std::span<const FileId>)> records_of = {};
};
/// Finds what the scope may see. Without `records_of` only titles are searched.
/// Errors: invalid "search.bad_cursor", "search.bad_limit", "search.too_long".
Result<Page> find(const Scope&, db::Reader&, const Query&, const Sources& = {});

/// Narrows a list's query to the records of a register whose title has the words (marks or not), all of them:
/// " and record.id in (…)". Rights are the list's to ask.
Result<void> add_titled(db::Reader&, std::string_view text, RegisterId, db::Query&);

/// The text in pieces, hits apart, at most `words` words around the first of them.
std::vector<Piece> snippet(std::string_view text, std::string_view query, std::size_t words);

}  // namespace search
