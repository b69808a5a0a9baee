#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/text.h"

/// Inside the folder: what was typed, as the engines want it.
namespace search {

/// A word, or several that must stand next to each other: a phrase in quotes, a document's number.
using Term = std::vector<Word>;

/// The terms of a query, 16 at the most.
std::vector<Term> parse_terms(std::string_view text);
/// Did anybody type a mark? Then the exact form is asked for first.
bool has_marks(const std::vector<Term>&);
/// Could the last word be the beginning of one?
bool may_be_prefix(const std::vector<Term>&);

/// exact: as typed, marks and all; folded: whatever the marks; other_marks: folded but not exact; prefix: the last word
/// may go on.
enum class Form { exact, folded, other_marks, prefix };

/// An FTS5 expression over the column `words`, and over `tags` for what is asked of the record.
std::string fts5_expression(const std::vector<Term>&, Form, RegisterId, AgencyId);
/// The same as the text of a tsquery.
std::string tsquery(const std::vector<Term>&, Form, RegisterId, AgencyId);
/// The text of a tsvector with both forms of each word at its place; cut off where PostgreSQL's limit of 1 MB is near.
std::string tsvector(std::string_view text, RegisterId, AgencyId);
/// "r5 a17"
std::string fts5_tags(RegisterId, AgencyId);

}  // namespace search
