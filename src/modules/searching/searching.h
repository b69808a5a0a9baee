#pragma once
#include "core/files/vault.h"
#include "core/records/records.h"
#include "core/search/search.h"
#include "service/routes.h"

/// The one search box: titles and contents of every register, only what the scope may see.
namespace searching {

struct Count {
    std::int64_t number = 0;
    bool more = false;
};
BOOST_DESCRIBE_STRUCT(Count, (), (number, more))

struct Piece {
    std::string text;
    bool hit = false;
};
BOOST_DESCRIBE_STRUCT(Piece, (), (text, hit))

struct StateName {
    std::string code;
    std::string label;
    std::string colour;
};
BOOST_DESCRIBE_STRUCT(StateName, (), (code, label, colour))

struct Hit {
    RecordId record;
    std::string register_;
    std::string register_label;
    std::string title;
    std::vector<Piece> snippet;
    StateName state;
    LocalDate date;
    bool exact = false;          ///< with the marks as typed
    std::optional<FileId> file;  ///< the words stand in its text
};
BOOST_DESCRIBE_STRUCT(Hit, (), (record, register_, register_label, title, snippet, state, date, exact, file))

struct Page {
    std::vector<Hit> items;
    std::optional<std::string> next;
    std::optional<Count> count;
};
BOOST_DESCRIBE_STRUCT(Page, (), (items, next, count))

/// Where the words of files are read, and whose records they are on. A file of a field the scope may not read is on
/// none, and what stands in a file with a secrecy label is not shown here: reading it is journalled.
search::Sources sources(const Scope&, db::Reader&, const records::Engine&, files::Vault&);

Result<Page> find(const Scope&, db::Reader&, const records::Engine&, files::Vault&, const search::Query&);

void routes(service::Routes&, const records::Engine&, files::Vault&);

}  // namespace searching
