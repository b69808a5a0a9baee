#include "db/sqlite/checkpointer.h"

#include <sqlite3.h>

#include "base/log.h"

namespace db::sqlite {
namespace {

/// The log is long at so many steps: 32 MB with the usual settings.
constexpr int long_steps = 8;

}  // namespace

Checkpointer::Checkpointer(std::unique_ptr<Connection> connection, int pages)
    : connection_(std::move(connection)), step_(std::max(1, pages)), thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Checkpointer::watch(Connection& writer) {
    sqlite3_wal_hook(writer.handle(), committed, this);
}

int Checkpointer::committed(void* self, sqlite3*, const char*, int pages) {
    auto& checkpointer = *static_cast<Checkpointer*>(self);
    bool due = false;
    {
        const std::lock_guard lock(checkpointer.mutex_);
        if (pages < checkpointer.pages_) checkpointer.done_ = 0;  // the log began anew
        checkpointer.pages_ = pages;
        due = checkpointer.due();
    }
    if (due) checkpointer.changed_.notify_one();
    return SQLITE_OK;
}

void Checkpointer::run() {
    while (true) {
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return stopping_ || due(); });
            if (stopping_) return;
            done_ = pages_;
        }
        checkpoint();
    }
}

void Checkpointer::checkpoint() {
    const SlowTimer timer("db.checkpoint", std::chrono::seconds(5));
    int in_log = 0;
    int copied = 0;
    const int code =
        sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &copied);
    if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY) {
        logging::error("db.checkpoint_failed", {{"error", sqlite3_errmsg(connection_->handle())}});
    }
    if (in_log >= long_steps * step_) long_ = true;
}

void Checkpointer::restart_if_long(Connection& writer) {
    if (!long_.exchange(false)) return;
    sqlite3_busy_timeout(writer.handle(), 0);
    sqlite3_wal_checkpoint_v2(writer.handle(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    sqlite3_busy_timeout(writer.handle(), busy_milliseconds);
}

}  // namespace db::sqlite
