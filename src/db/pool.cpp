#include "db/pool.h"

#include "base/log.h"
#include "db/errors.h"

namespace db {
namespace {

/// A snapshot held longer keeps the engine from clearing up behind it.
constexpr std::chrono::seconds long_reading{10};

}  // namespace

class PooledReader final : public Reader {
  public:
    PooledReader(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection)
        : pool_(std::move(pool)), connection_(std::move(connection)) {}

    ~PooledReader() override {
        if (begun_) {
            const auto held = std::chrono::steady_clock::now() - since_;
            if (held > long_reading) {
                const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(held).count();
                logging::warning("db.long_reading", {{"seconds", std::to_string(seconds)}});
            }
            if (!connection_->finish_reading()) connection_.reset();
        }
        pool_->give_back(std::move(connection_));
    }

    Engine engine() const override { return connection_->engine(); }

  protected:
    Result<Rows> run(std::string_view name, std::string_view text, std::span<const Value> values) override {
        TRY(begin());
        return connection_->rows(name, text, values);
    }
    Result<void> run_each(std::string_view name, std::string_view text, std::span<const Value> values,
                          const std::function<Result<void>(const Row&)>& visit) override {
        TRY(begin());
        return connection_->each(name, text, values, visit);
    }

  private:
    Result<void> begin() {
        if (begun_) return {};
        TRY(connection_->start_reading());
        begun_ = true;
        since_ = std::chrono::steady_clock::now();
        return {};
    }

    std::shared_ptr<Pool> pool_;
    std::unique_ptr<Connection> connection_;
    bool begun_ = false;
    std::chrono::steady_clock::time_point since_;
};

Result<std::unique_ptr<Reader>> Pool::take(std::chrono::milliseconds patience) {
    std::unique_ptr<Connection> connection;
    {
        std::unique_lock lock(mutex_);
        const bool got = free_.wait_for(lock, patience, [&] { return closed_ || out_ < limit_; });
        if (closed_) return std::unexpected(error_of(ErrorCode::unavailable, "db.closing"));
        if (!got) return std::unexpected(error_of(ErrorCode::unavailable, "db.busy", "no free reader"));
        ++out_;
        if (!idle_.empty()) {
            connection = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    if (!connection) {
        auto opened = open_();
        if (!opened) {
            give_back(nullptr);
            return std::unexpected(std::move(opened).error());
        }
        connection = std::move(*opened);
    }
    return std::make_unique<PooledReader>(shared_from_this(), std::move(connection));
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        --out_;
        if (connection && !closed_) idle_.push_back(std::move(connection));
    }
    free_.notify_one();
}

void Pool::close() {
    std::vector<std::unique_ptr<Connection>> closing;
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        closing.swap(idle_);
    }
    free_.notify_all();
}

}  // namespace db
