#include "core/search/upkeep.h"

#include <chrono>

#include "base/log.h"

namespace search {
namespace {

constexpr std::int64_t enough_segments = 16;     ///< fewer are not worth a merge
constexpr std::int64_t too_many_segments = 400;  ///< of 2,000 that FTS5 can hold: merge in bigger steps
constexpr std::int64_t most_levels = 60;         ///< a healthy index has under ten
constexpr int small_step = 32, big_step = 512;
constexpr auto pause = std::chrono::milliseconds(250);

constexpr db::Sql title_structure{"search.title_structure", R"(select block from search_title_data where id = 10)"};
constexpr db::Sql content_structure{"search.content_structure",
                                    R"(select block from search_content_data where id = 10)"};
constexpr db::Sql merge_title{"search.merge_title",
                              R"(insert into search_title (search_title, rank) values ('merge', ?1))"};
constexpr db::Sql merge_content{"search.merge_content",
                                R"(insert into search_content (search_content, rank) values ('merge', ?1))"};
constexpr db::Sql clear_title{"search.clear_title", R"(insert into search_title (search_title) values ('delete-all'))",
                              "delete from search_title"};
constexpr db::Sql clear_content{"search.clear_content",
                                R"(insert into search_content (search_content) values ('delete-all'))",
                                "delete from search_content"};

/// A number of FTS5: seven bits a byte, the highest bit says that more follow.
std::int64_t varint(const db::Blob& bytes, std::size_t& at) {
    std::int64_t value = 0;
    for (int i = 0; i < 9 && at < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned>(bytes[at++]);
        value = (value << 7) | (byte & 0x7f);
        if ((byte & 0x80) == 0) break;
    }
    return value;
}

}  // namespace

Result<Shape> shape(db::Reader& reader, Index index) {
    if (reader.engine() != db::Engine::sqlite) return Shape{};
    // The structure record: a cookie of four bytes, then the numbers of levels and segments.
    const std::optional<db::Row> row = TRY(reader.row(index == Index::title ? title_structure : content_structure));
    if (!row || row->blob(0).size() < 6) return Shape{};
    std::size_t at = 4;
    Shape found;
    found.levels = varint(row->blob(0), at);
    found.segments = varint(row->blob(0), at);
    varint(row->blob(0), at);  // how often it was written
    for (std::int64_t level = 0; level < found.levels && at < row->blob(0).size(); ++level) {
        found.merging = varint(row->blob(0), at) > 0 || found.merging;
        // Of each segment its number, first and last page.
        for (std::int64_t left = 3 * varint(row->blob(0), at); left > 0; --left) varint(row->blob(0), at);
    }
    return found;
}

Result<bool> merge_step(db::Transaction& tx, Index index, int pages) {
    if (tx.engine() != db::Engine::sqlite) return false;
    const Shape before = TRY(shape(tx, index));
    if (before.segments < 2) return false;
    if (before.levels > most_levels) {
        logging::error("search.levels", {{"index", index == Index::title ? "title" : "content"},
                                         {"levels", std::to_string(before.levels)}});
        return false;
    }
    TRY(tx.execute(index == Index::title ? merge_title : merge_content, pages));
    const Shape after = TRY(shape(tx, index));
    return after.segments >= enough_segments;
}

Result<void> purge(db::Database& database) {
    if (database.engine() != db::Engine::sqlite) return {};
    const auto merge = [&](int pages) {
        return database.write_now([&](db::Transaction& tx) -> Result<bool> {
            TRY(tx.execute(merge_content, pages));
            return TRY(shape(tx, Index::content)).merging;
        });
    };
    // Below zero: all segments become one; what is above goes on with that.
    bool more = TRY(merge(-big_step));
    while (more) more = TRY(merge(big_step));
    return {};
}

Result<void> clear(db::Transaction& tx, Index index) {
    TRY(tx.execute(index == Index::title ? clear_title : clear_content));
    return {};
}

Merger::Merger(db::Database& database) : database_(database) {
    if (database.engine() == db::Engine::sqlite) thread_ = std::thread([this] { run(); });
}

Merger::~Merger() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

Result<bool> Merger::run_once() {
    bool merged = false;
    for (const Index index : {Index::title, Index::content}) {
        std::int64_t segments = 0;
        {
            const std::unique_ptr<db::Reader> reader = TRY(database_.read());
            segments = TRY(shape(*reader, index)).segments;
        }
        if (segments < enough_segments) continue;
        const int pages = segments > too_many_segments ? big_step : small_step;
        TRY(database_.write_now([&](db::Transaction& tx) { return merge_step(tx, index, pages); }));
        merged = true;
    }
    return merged;
}

void Merger::run() {
    bool busy = false;
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        // While there is something to merge, a breath between two steps lets the writer's own work pass.
        wake_.wait_for(lock, busy ? pause / 10 : pause, [this] { return stopping_; });
        if (stopping_) break;
        lock.unlock();
        const Result<bool> merged = run_once();
        if (!merged)
            logging::warning("search.merge_failed",
                             {{"error", merged.error().message}, {"detail", merged.error().detail}});
        busy = merged && *merged;
        lock.lock();
    }
}

}  // namespace search
