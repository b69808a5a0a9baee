#include "db/postgres/store.h"

#include "base/log.h"
#include "db/pool.h"
#include "db/postgres/backup.h"
#include "db/postgres/writers.h"

namespace db::postgres {
namespace {

constexpr std::chrono::seconds patience{10};

class Store final : public Database {
  public:
    Store(const Settings& settings, const Options& options, std::vector<std::unique_ptr<Connection>> writers)
        : options_(options),
          queue_(settings.queue, settings.clock),
          pool_(std::make_shared<Pool>(settings.readers, [options] { return Connection::open(options); })),
          writers_(std::make_unique<Writers>(std::move(writers), queue_)) {}

    ~Store() override {
        queue_.close();
        pool_->close();
        writers_.reset();
    }

    Engine engine() const override { return Engine::postgresql; }
    Result<std::unique_ptr<Reader>> read() override { return pool_->take(patience); }
    void write(Closure closure, std::function<void(Result<void>)> done) override {
        queue_.push(std::move(closure), std::move(done));
    }
    WriterStatistics statistics() const override { return writers_->statistics(); }
    Result<void> copy_to(const std::filesystem::path& file) override { return back_up(options_.address, file); }

  private:
    Options options_;
    Queue queue_;
    std::shared_ptr<Pool> pool_;
    std::unique_ptr<Writers> writers_;
};

}  // namespace

Result<std::unique_ptr<Database>> open(const Settings& settings) {
    const Options options{settings.address, settings.slow};
    std::vector<std::unique_ptr<Connection>> writers;
    for (int count = 0; count < std::max(1, settings.writers); ++count)
        writers.push_back(TRY(Connection::open(options)));
    // Columns of ours say "C" themselves; what a question orders by an expression follows the database.
    const auto collation =
        TRY(writers.front()->ask("select datcollate from pg_database where datname = current_database()"));
    if (collation != "C") logging::warning("db.collation", {{"is", collation}, {"should_be", "C"}});
    return std::make_unique<Store>(settings, options, std::move(writers));
}

}  // namespace db::postgres
