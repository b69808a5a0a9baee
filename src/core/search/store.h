#pragma once
#include "core/search/search.h"
#include "core/search/terms.h"

/// Inside the folder: the rows of the index and of the records found.
namespace search::store {

/// Which ids a question is about: those before `below`, from `from` on.
struct Range {
    std::int64_t from = 0;
    std::int64_t below = std::numeric_limits<std::int64_t>::max();
};

struct Asked {
    std::vector<Term> terms;
    Form form = Form::folded;
    RegisterId register_id = {};
    AgencyId agency = {};
};

Result<void> write_title(db::Transaction&, RecordId, std::string_view before, std::string_view after);
Result<void> write_content(db::Transaction&, FileId, std::string_view text);
Result<void> erase_content(db::Transaction&, FileId, std::string_view text);

/// Matching records, newest first.
Result<std::vector<RecordId>> titles(db::Reader&, const Asked&, Range, std::size_t limit);
/// "(select …)" of all matching records.
void add_titles(db::Reader&, const Asked&, db::Query&);
/// A dive into the index for one record costs as much as some hundred steps of a walk.
constexpr std::size_t few_dives = 600;
/// Of `records`, those that match, in their order; for scopes that see few. Stops at `limit`.
Result<std::vector<RecordId>> titles_among(db::Reader&, const Asked&, const std::vector<RecordId>& records, Range,
                                           std::size_t limit);
/// Matching files, newest first.
Result<std::vector<FileId>> contents(db::Reader&, const Asked&, std::size_t limit);

struct Head {
    RecordId record;
    RegisterId register_id;
    AgencyId agency;
    std::string title;
    std::string state;
    Instant created_at;
};
Result<std::vector<Head>> heads(db::Reader&, const std::vector<RecordId>&);
/// The first id made at that moment or later, roughly: ids grow with time.
Result<std::int64_t> first_id_since(db::Reader&, Instant);

}  // namespace search::store
