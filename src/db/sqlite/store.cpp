#include "db/sqlite/store.h"

#include <sqlite3.h>

#include "db/pool.h"
#include "db/queue.h"
#include "db/sqlite/backup.h"
#include "db/sqlite/writer.h"

namespace db::sqlite {
namespace {

constexpr std::chrono::seconds patience{10};

class Store final : public Database {
  public:
    Store(const Settings& settings, Options options, std::unique_ptr<Connection> writer,
          std::unique_ptr<Connection> checkpointer)
        : options_(std::move(options)),
          queue_(settings.queue, settings.clock),
          pool_(std::make_shared<Pool>(settings.readers, [options = options_] { return Connection::open(options); })),
          checkpointer_(std::make_unique<Checkpointer>(std::move(checkpointer), settings.checkpoint_pages)),
          writer_(std::make_unique<Writer>(std::move(writer), queue_, *checkpointer_)) {}

    ~Store() override {
        queue_.close();
        pool_->close();
        writer_.reset();
        checkpointer_.reset();
        // The last connection to close copies the log into the file and removes it.
    }

    Engine engine() const override { return Engine::sqlite; }
    Result<std::unique_ptr<Reader>> read() override { return pool_->take(patience); }
    void write(Closure closure, std::function<void(Result<void>)> done) override {
        queue_.push(std::move(closure), std::move(done));
    }
    WriterStatistics statistics() const override { return writer_->statistics(); }
    Result<void> copy_to(const std::filesystem::path& file) override { return back_up(options_, file); }

  private:
    Options options_;
    Queue queue_;
    std::shared_ptr<Pool> pool_;
    std::unique_ptr<Checkpointer> checkpointer_;
    std::unique_ptr<Writer> writer_;
};

}  // namespace

Result<std::unique_ptr<Database>> open(const Settings& settings) {
    std::error_code failed;
    // An absolute path is never read as a "file:" address.
    const auto path = std::filesystem::absolute(settings.address, failed);
    Options options{path.string(), settings.vfs, Options::Use::write, settings.slow};
    auto writer = TRY(Connection::open(options));
    options.use = Options::Use::checkpoint;
    auto checkpointer = TRY(Connection::open(options));
    options.use = Options::Use::read;
    return std::make_unique<Store>(settings, std::move(options), std::move(writer), std::move(checkpointer));
}

}  // namespace db::sqlite
