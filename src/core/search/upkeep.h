#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/scope/scope.h"
#include "db/database.h"

/// Keeping the index in shape. On SQLite each batch of writes leaves a segment; they are merged in small steps when the
/// writer has time. The index is derived data: it can be emptied and filled again. PostgreSQL looks after its own.
namespace search {

enum class Index { title, content };

struct Shape {
    std::int64_t levels = 0;
    std::int64_t segments = 0;
    bool merging = false;  ///< a merge was begun and is not at its end
};
/// Zeros on PostgreSQL.
Result<Shape> shape(db::Reader&, Index);

/// One merge of about `pages` pages of 4 KiB; gives whether more is to be merged. A level too many (a leak of old
/// versions of FTS5) stops merging and is logged: then the index wants to be filled again.
Result<bool> merge_step(db::Transaction&, Index, int pages);

/// Merges the whole index of contents anew, in small steps between which others write: words that were taken out stand
/// in its older segments until then. Nothing to do on PostgreSQL.
Result<void> purge(db::Database&);

/// Empties an index; whoever keeps the texts puts them in again, in batches.
Result<void> clear(db::Transaction&, Index);

/// Merges while the server runs: a step whenever enough segments lie about, bigger ones when they pile up.
class Merger {
  public:
    explicit Merger(db::Database&);
    ~Merger();
    Merger(const Merger&) = delete;
    Merger& operator=(const Merger&) = delete;
    /// One round without the thread; gives whether anything was merged.
    Result<bool> run_once();

  private:
    void run();

    db::Database& database_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace search
