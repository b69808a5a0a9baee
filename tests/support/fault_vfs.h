#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace congvu::test {

/// A file system in memory for SQLite, with a disk whose faults one orders. What was written but not synced stands
/// apart, so that a power cut can take it away. For db::Settings::vfs.
class FaultVfs {
  public:
    enum class Fault {
        full,       ///< no space left
        io,         ///< the disk answers with an error
        power_cut,  ///< nothing reaches the disk any more
    };

    FaultVfs();
    ~FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;
    const std::string& name() const { return name_; }

    /// Lets the nth change from now (1 is the next write, truncation, sync or deletion) fail and `count` in all; 0:
    /// until healed.
    void fail_at(std::int64_t nth, Fault fault, std::int64_t count = 0);
    void heal();
    /// Changes since the beginning.
    std::int64_t changes() const;
    bool failing() const;

    /// After a power cut, with all files closed: what was synced is there, of the rest what chance spared, sector by
    /// sector; nothing of it without `chance`. The disk works again.
    void restart(std::minstd_rand* chance = nullptr);

  private:
    friend struct FaultVfsMethods;
    struct Change {
        std::int64_t offset = 0;
        std::string bytes;
        bool truncates = false;
    };
    struct File {
        std::string now;      ///< what a reader sees
        std::string durable;  ///< what a power cut leaves
        std::vector<Change> unsynced;
        int handles = 0;
        int shared = 0;  ///< locks of the file
        bool reserved = false, pending = false, exclusive = false;
        std::map<int, std::unique_ptr<char[]>> memory;  ///< shared between connections: the index of the log
        int memory_shared[8] = {};
        bool memory_exclusive[8] = {};
    };

    /// Whether the change about to happen fails: 0 or SQLite's code for it.
    int fault(int io_code);
    static void apply(std::string& bytes, const Change& change);

    std::string name_;
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<File>> files_;
    std::int64_t changes_ = 0;
    std::int64_t first_ = 0;  ///< the change that fails first, 0 when none is to
    std::int64_t last_ = 0;   ///< the last that fails, 0 when all after it do
    Fault fault_ = Fault::io;
    struct Registration;
    std::unique_ptr<Registration> registration_;
};

}  // namespace congvu::test
