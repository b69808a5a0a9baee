#include "core/files/publisher.h"

namespace files {

Result<void> Publisher::publish(const Descriptor& file, const std::filesystem::path& part,
                                const std::filesystem::path& path) {
    Waiting mine{file, part, path};
    std::unique_lock lock(mutex_);
    waiting_.push_back(&mine);
    while (!mine.done) {
        if (leading_) {
            changed_.wait(lock);
            continue;
        }
        // Nobody is at it: this thread does it for all who wait now; those who come meanwhile are the next group.
        leading_ = true;
        const std::vector<Waiting*> group = std::exchange(waiting_, {});
        lock.unlock();
        publish_all(group);
        lock.lock();
        for (Waiting* one : group) one->done = true;
        leading_ = false;
        changed_.notify_all();
    }
    return std::move(mine.result);
}

std::size_t Publisher::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
}

void Publisher::publish_all(const std::vector<Waiting*>& group) {
    // Below three, single syncs cost less than writing out whatever else the file system holds back.
    if (group.size() < 3) {
        for (Waiting* one : group) one->result = publish_one(*one);
        return;
    }
    const auto sync = [&] { return disk_.sync_all(group.front()->part.parent_path()); };
    if (auto synced = sync(); !synced) {
        for (Waiting* one : group) one->result = synced;
        return;
    }
    for (Waiting* one : group) {
        one->result = disk_.make_folder(one->path.parent_path());
        if (one->result) one->result = disk_.rename(one->part, one->path);
    }
    const auto named = sync();
    for (Waiting* one : group)
        if (one->result) one->result = named;
}

Result<void> Publisher::publish_one(const Waiting& one) {
    TRY(disk_.sync(one.file));
    TRY(disk_.make_folder(one.path.parent_path()));
    TRY(disk_.rename(one.part, one.path));
    return disk_.sync_folder(one.path.parent_path());
}

}  // namespace files
