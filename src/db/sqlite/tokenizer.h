#pragma once

struct sqlite3;

namespace db::sqlite {

/// Adds the FTS5 tokenizer `congvu` to a connection. Of a text that is stored it gives each word twice at one place, as
/// it is
/// ("quản") and folded ("quan"); of a query only what was typed: marks typed find marks, none typed find all.
bool add_tokenizer(sqlite3* handle);

}  // namespace db::sqlite
