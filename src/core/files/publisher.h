#pragma once
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <vector>

#include "core/files/disk.h"

namespace files {

/// Makes written files durable under their final names. Those that wait at the same moment share the syncs: many small
/// uploads cost two of them together instead of two each.
class Publisher {
  public:
    explicit Publisher(Disk& disk) : disk_(disk) {}
    /// Syncs the file, gives it its name, syncs the folder.
    Result<void> publish(const Descriptor& file, const std::filesystem::path& part, const std::filesystem::path& path);
    /// How many wait for the next group.
    std::size_t waiting() const;

  private:
    struct Waiting {
        const Descriptor& file;
        const std::filesystem::path& part;
        const std::filesystem::path& path;
        Result<void> result = {};
        bool done = false;
    };
    void publish_all(const std::vector<Waiting*>&);
    Result<void> publish_one(const Waiting&);

    Disk& disk_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Waiting*> waiting_;
    bool leading_ = false;
};

}  // namespace files
