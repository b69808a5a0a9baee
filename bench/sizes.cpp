#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "bench/sections.h"
#include "core/search/search.h"
#include "core/search/upkeep.h"
#include "db/database.h"

namespace bench {

namespace {

constexpr db::Sql pages_of{"bench.pages", "select name, sum(pgsize) from dbstat group by name"};
constexpr db::Sql documents_of{"bench.documents", "select count(*) from r_incoming"};
constexpr db::Sql entries_of{"bench.entries", "select count(*) from journal_entry"};

bool begins(const std::string& name, std::initializer_list<std::string_view> with) {
    return std::ranges::any_of(with, [&](std::string_view each) { return name.starts_with(each); });
}

/// The index over real texts, the laws where they are at hand, else the documents of this repository.
void content_index(const Options& options) {
    const std::string file = options.folder + "/content.db";
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
    const char* shared = std::getenv("CONGVU_SHARED_DATA");
    const std::filesystem::path laws = shared ? std::filesystem::path(shared) / "laws" : "";
    const bool are_laws = shared && std::filesystem::exists(laws);
    std::int64_t bytes = 0;
    {
        const auto store = std::move(*db::Database::open({.address = file}));
        if (!db::migrate(*store)) std::exit(1);
        std::int64_t number = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(are_laws ? laws : "docs")) {
            if (!entry.is_regular_file()) continue;
            std::ifstream in(entry.path());
            const std::string text((std::istreambuf_iterator<char>(in)), {});
            bytes += static_cast<std::int64_t>(text.size());
            ++number;
            if (!store->write_now([&](db::Transaction& tx) { return search::index_content(tx, {number}, text); }))
                std::exit(1);
        }
        search::Merger merger(*store);
        while (merger.run_once().value_or(false)) {
        }
        std::int64_t index = 0;
        const db::Rows pages = *(*store->read())->rows(pages_of);
        for (const db::Row& row : pages)
            if (row.text(0).starts_with("search_content")) index += row.integer(1);
        const double part = static_cast<double>(index) / static_cast<double>(bytes);
        figure(fmt::format("content index over {:.1f} MB of {}", static_cast<double>(bytes) / 1e6,
                           are_laws ? "laws" : "documentation"),
               fmt::format("{:.2f} of the text", part), "<= 0.8", part <= 0.8);
    }
}

}  // namespace

namespace {

struct Sizes {
    double documents = 0, entries = 0;
    std::int64_t rows = 0, journal = 0, rest = 0;
};

Sizes sizes_of(const std::string& file) {
    const auto store = std::move(*db::Database::open({.address = file}));
    const auto reader = std::move(*store->read());
    Sizes sizes;
    sizes.documents = static_cast<double>((*reader->row(documents_of))->integer(0));
    sizes.entries = static_cast<double>((*reader->row(entries_of))->integer(0));
    const db::Rows pages = *reader->rows(pages_of);
    for (const db::Row& row : pages) {
        const std::string& name = row.text(0);
        if (begins(name, {"journal_", "sqlite_autoindex_journal_"}))
            sizes.journal += row.integer(1);
        else if (begins(name, {"record", "r_incoming", "step", "inbox", "search_title", "number_taken",
                               "sqlite_autoindex_record", "sqlite_autoindex_r_incoming", "sqlite_autoindex_step"}))
            sizes.rows += row.integer(1);
        else
            sizes.rest += row.integer(1);
    }
    return sizes;
}

}  // namespace

void sizes(const Options& options) {
    heading("Bytes in the store");
    const Sizes many = sizes_of(options.million + "/congvu.db");
    const double a_document = static_cast<double>(many.rows) / many.documents;
    figure("documents", fmt::format("{:.0f}", many.documents));
    figure("a document: rows, grants, steps, numbers, title index", fmt::format("{:.0f} bytes", a_document), "<= 1,700",
           a_document <= 1700);
    figure("a journal entry of a document carried over (all its fields)",
           fmt::format("{:.0f} bytes", static_cast<double>(many.journal) / many.entries));
    figure("everything else", fmt::format("{:.1f} MB", static_cast<double>(many.rest) / 1e6));
    // What people write day by day: the sample ministry's own entries, after a thousand documents worked on.
    const std::string data = options.folder + "/entries";
    std::filesystem::remove_all(data);
    if (std::system(
            fmt::format("'{}' demo --data '{}' --documents 1000 >/dev/null 2>&1", options.program, data).c_str()) != 0)
        std::exit(1);
    const Sizes everyday = sizes_of(data + "/congvu.db");
    const double an_entry = static_cast<double>(everyday.journal) / everyday.entries;
    figure(fmt::format("a journal entry of everyday work ({:.0f} entries), values and tree with it", everyday.entries),
           fmt::format("{:.0f} bytes", an_entry), "<= 400", an_entry <= 400);
    content_index(options);
}

}  // namespace bench
