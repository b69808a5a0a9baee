#include "tests/support/fault_vfs.h"

#include <atomic>
#include <cstring>
#include <new>
#include <sqlite3.h>

#include <fmt/format.h>

namespace congvu::test {

struct FaultVfs::Registration {
    sqlite3_vfs vfs = {};
};

/// What SQLite calls. Each works under the one lock of its file system.
struct FaultVfsMethods {
    using File = FaultVfs::File;
    struct Handle : sqlite3_file {
        FaultVfs* vfs = nullptr;
        std::shared_ptr<File> file;
        std::string path;  ///< empty when it goes with the handle
        int lock = SQLITE_LOCK_NONE;
        unsigned memory_shared = 0;
        unsigned memory_exclusive = 0;
    };
    static Handle& of(sqlite3_file* file) { return *static_cast<Handle*>(file); }
    static FaultVfs& of(sqlite3_vfs* vfs) { return *static_cast<FaultVfs*>(vfs->pAppData); }
    static sqlite3_vfs* usual() { return sqlite3_vfs_find(nullptr); }

    static int open(sqlite3_vfs* raw, const char* path, sqlite3_file* place, int flags, int* out) {
        auto* handle = new (place) Handle;
        handle->pMethods = nullptr;
        FaultVfs& vfs = of(raw);
        const std::lock_guard guard(vfs.mutex_);
        const auto found = path ? vfs.files_.find(path) : vfs.files_.end();
        if (found != vfs.files_.end()) {
            handle->file = found->second;
        } else if (path && !(flags & SQLITE_OPEN_CREATE)) {
            handle->~Handle();
            place->pMethods = nullptr;
            return SQLITE_CANTOPEN;
        } else {
            handle->file = std::make_shared<File>();
            if (path) vfs.files_[path] = handle->file;
        }
        handle->vfs = &vfs;
        if (path && (flags & SQLITE_OPEN_DELETEONCLOSE)) handle->path = path;
        handle->pMethods = methods();
        ++handle->file->handles;
        if (out) *out = flags;
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs* raw, const char* path, int) {
        FaultVfs& vfs = of(raw);
        const std::lock_guard guard(vfs.mutex_);
        if (const int failed = vfs.fault(SQLITE_IOERR_DELETE)) return failed;
        return vfs.files_.erase(path) > 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
    }
    static int access(sqlite3_vfs* raw, const char* path, int flags, int* out) {
        FaultVfs& vfs = of(raw);
        const std::lock_guard guard(vfs.mutex_);
        const auto found = vfs.files_.find(path);
        *out = found != vfs.files_.end() && (flags != SQLITE_ACCESS_EXISTS || !found->second->now.empty());
        return SQLITE_OK;
    }
    static int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
        sqlite3_snprintf(size, out, "%s", path);
        return SQLITE_OK;
    }
    static int randomness(sqlite3_vfs*, int size, char* out) { return usual()->xRandomness(usual(), size, out); }
    static int sleep(sqlite3_vfs*, int microseconds) { return usual()->xSleep(usual(), microseconds); }
    static int current_time(sqlite3_vfs*, double* out) { return usual()->xCurrentTime(usual(), out); }
    static int last_error(sqlite3_vfs*, int, char*) { return 0; }

    static int close(sqlite3_file* raw) {
        Handle& handle = of(raw);
        unlock(raw, SQLITE_LOCK_NONE);
        memory_unmap(raw, 0);
        {
            const std::lock_guard guard(handle.vfs->mutex_);
            if (--handle.file->handles == 0) handle.file->memory.clear();
            if (!handle.path.empty()) handle.vfs->files_.erase(handle.path);
        }
        handle.~Handle();
        return SQLITE_OK;
    }
    static int read(sqlite3_file* raw, void* out, int size, sqlite3_int64 offset) {
        Handle& handle = of(raw);
        const std::lock_guard guard(handle.vfs->mutex_);
        const std::string& bytes = handle.file->now;
        const auto from = std::min(static_cast<std::size_t>(offset), bytes.size());
        const auto count = std::min(static_cast<std::size_t>(size), bytes.size() - from);
        std::memcpy(out, bytes.data() + from, count);
        if (count == static_cast<std::size_t>(size)) return SQLITE_OK;
        std::memset(static_cast<char*>(out) + count, 0, static_cast<std::size_t>(size) - count);
        return SQLITE_IOERR_SHORT_READ;
    }
    static int change(sqlite3_file* raw, FaultVfs::Change change, int io_code) {
        Handle& handle = of(raw);
        const std::lock_guard guard(handle.vfs->mutex_);
        if (const int failed = handle.vfs->fault(io_code)) return failed;
        FaultVfs::apply(handle.file->now, change);
        handle.file->unsynced.push_back(std::move(change));
        return SQLITE_OK;
    }
    static int write(sqlite3_file* raw, const void* bytes, int size, sqlite3_int64 offset) {
        return change(raw, {offset, std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size))},
                      SQLITE_IOERR_WRITE);
    }
    static int truncate(sqlite3_file* raw, sqlite3_int64 size) {
        return change(raw, {size, "", true}, SQLITE_IOERR_TRUNCATE);
    }
    static int sync(sqlite3_file* raw, int) {
        Handle& handle = of(raw);
        const std::lock_guard guard(handle.vfs->mutex_);
        if (const int failed = handle.vfs->fault(SQLITE_IOERR_FSYNC)) return failed;
        for (const auto& done : handle.file->unsynced) FaultVfs::apply(handle.file->durable, done);
        handle.file->unsynced.clear();
        return SQLITE_OK;
    }
    static int size(sqlite3_file* raw, sqlite3_int64* out) {
        Handle& handle = of(raw);
        const std::lock_guard guard(handle.vfs->mutex_);
        *out = static_cast<sqlite3_int64>(handle.file->now.size());
        return SQLITE_OK;
    }

    static int lock(sqlite3_file* raw, int level) {
        Handle& handle = of(raw);
        const std::lock_guard guard(handle.vfs->mutex_);
        File& file = *handle.file;
        if (handle.lock >= level) return SQLITE_OK;
        if (level == SQLITE_LOCK_SHARED) {
            if (file.pending || file.exclusive) return SQLITE_BUSY;
            ++file.shared;
        } else if (level == SQLITE_LOCK_RESERVED) {
            if (file.reserved || file.pending || file.exclusive) return SQLITE_BUSY;
            file.reserved = true;
        } else {
            if (file.reserved && handle.lock < SQLITE_LOCK_RESERVED) return SQLITE_BUSY;
            if ((file.pending || file.exclusive) && handle.lock < SQLITE_LOCK_PENDING) return SQLITE_BUSY;
            file.reserved = file.pending = true;
            handle.lock = SQLITE_LOCK_PENDING;
            if (file.shared > 1) return SQLITE_BUSY;
            file.exclusive = true;
        }
        handle.lock = level;
        return SQLITE_OK;
    }
    static int unlock(sqlite3_file* raw, int level) {
        Handle& handle = of(raw);
        const std::lock_guard guard(handle.vfs->mutex_);
        File& file = *handle.file;
        if (handle.lock <= level) return SQLITE_OK;
        if (handle.lock >= SQLITE_LOCK_RESERVED) file.reserved = file.pending = file.exclusive = false;
        if (level == SQLITE_LOCK_NONE && handle.lock >= SQLITE_LOCK_SHARED) --file.shared;
        handle.lock = level;
        return SQLITE_OK;
    }
    static int is_reserved(sqlite3_file* raw, int* out) {
        Handle& handle = of(raw);
        const std::lock_guard guard(handle.vfs->mutex_);
        *out = handle.file->reserved;
        return SQLITE_OK;
    }
    static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
    static int sector(sqlite3_file*) { return 4096; }
    static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

    static int memory_map(sqlite3_file* raw, int region, int size, int extend, void volatile** out) {
        Handle& handle = of(raw);
        const std::lock_guard guard(handle.vfs->mutex_);
        auto& place = handle.file->memory[region];
        if (!place && extend) place = std::make_unique<char[]>(static_cast<std::size_t>(size));
        *out = place.get();
        return SQLITE_OK;
    }
    static int memory_lock(sqlite3_file* raw, int offset, int count, int flags) {
        Handle& handle = of(raw);
        const std::lock_guard guard(handle.vfs->mutex_);
        File& file = *handle.file;
        const bool shared = (flags & SQLITE_SHM_SHARED) != 0;
        if (flags & SQLITE_SHM_LOCK) {
            for (int at = offset; at < offset + count; ++at) {
                const bool mine = (handle.memory_shared >> at & 1) != 0;
                if (file.memory_exclusive[at] && !(handle.memory_exclusive >> at & 1)) return SQLITE_BUSY;
                if (!shared && file.memory_shared[at] > (mine ? 1 : 0)) return SQLITE_BUSY;
            }
        }
        for (int at = offset; at < offset + count; ++at)
            set_memory_lock(handle, at, shared, (flags & SQLITE_SHM_LOCK) != 0);
        return SQLITE_OK;
    }
    static void set_memory_lock(Handle& handle, int at, bool shared, bool on) {
        unsigned& mask = shared ? handle.memory_shared : handle.memory_exclusive;
        const unsigned bit = 1u << at;
        if (((mask & bit) != 0) == on) return;
        mask ^= bit;
        if (shared)
            handle.file->memory_shared[at] += on ? 1 : -1;
        else
            handle.file->memory_exclusive[at] = on;
    }
    static void memory_barrier(sqlite3_file* raw) { const std::lock_guard guard(of(raw).vfs->mutex_); }
    static int memory_unmap(sqlite3_file* raw, int remove) {
        Handle& handle = of(raw);
        const std::lock_guard guard(handle.vfs->mutex_);
        for (int at = 0; at < 8; ++at) {
            set_memory_lock(handle, at, true, false);
            set_memory_lock(handle, at, false, false);
        }
        if (remove) handle.file->memory.clear();
        return SQLITE_OK;
    }

    static const sqlite3_io_methods* methods() {
        static const sqlite3_io_methods all{2,
                                            close,
                                            read,
                                            write,
                                            truncate,
                                            sync,
                                            size,
                                            lock,
                                            unlock,
                                            is_reserved,
                                            control,
                                            sector,
                                            characteristics,
                                            memory_map,
                                            memory_lock,
                                            memory_barrier,
                                            memory_unmap,
                                            nullptr,
                                            nullptr};
        return &all;
    }
};

FaultVfs::FaultVfs() : registration_(std::make_unique<Registration>()) {
    static std::atomic<int> count{0};
    name_ = fmt::format("congvu-fault-{}", ++count);
    sqlite3_vfs& vfs = registration_->vfs;
    vfs.iVersion = 1;
    vfs.szOsFile = sizeof(FaultVfsMethods::Handle);
    vfs.mxPathname = 1024;
    vfs.zName = name_.c_str();
    vfs.pAppData = this;
    vfs.xOpen = FaultVfsMethods::open;
    vfs.xDelete = FaultVfsMethods::remove;
    vfs.xAccess = FaultVfsMethods::access;
    vfs.xFullPathname = FaultVfsMethods::full_path;
    vfs.xRandomness = FaultVfsMethods::randomness;
    vfs.xSleep = FaultVfsMethods::sleep;
    vfs.xCurrentTime = FaultVfsMethods::current_time;
    vfs.xGetLastError = FaultVfsMethods::last_error;
    sqlite3_vfs_register(&vfs, 0);
}

FaultVfs::~FaultVfs() {
    sqlite3_vfs_unregister(&registration_->vfs);
}

void FaultVfs::fail_at(std::int64_t nth, Fault fault, std::int64_t count) {
    const std::lock_guard guard(mutex_);
    first_ = changes_ + nth;
    last_ = count == 0 ? 0 : first_ + count - 1;
    fault_ = fault;
}

void FaultVfs::heal() {
    const std::lock_guard guard(mutex_);
    first_ = 0;
}

std::int64_t FaultVfs::changes() const {
    const std::lock_guard guard(mutex_);
    return changes_;
}

bool FaultVfs::failing() const {
    const std::lock_guard guard(mutex_);
    return first_ != 0 && changes_ >= first_ && (last_ == 0 || changes_ < last_);
}

int FaultVfs::fault(int io_code) {
    ++changes_;
    if (first_ == 0 || changes_ < first_ || (last_ != 0 && changes_ > last_)) return SQLITE_OK;
    // A full disk refuses to hold more; it still syncs and deletes.
    if (fault_ == Fault::full) return io_code == SQLITE_IOERR_WRITE ? SQLITE_FULL : SQLITE_OK;
    return io_code;
}

void FaultVfs::apply(std::string& bytes, const Change& change) {
    const auto offset = static_cast<std::size_t>(change.offset);
    if (change.truncates) {
        bytes.resize(offset);
        return;
    }
    if (bytes.size() < offset + change.bytes.size()) bytes.resize(offset + change.bytes.size());
    bytes.replace(offset, change.bytes.size(), change.bytes);
}

void FaultVfs::restart(std::minstd_rand* chance) {
    constexpr std::size_t sector = 512;
    const std::lock_guard guard(mutex_);
    const auto spared = [&] { return chance && ((*chance)() >> 8 & 1) != 0; };
    for (auto& [path, file] : files_) {
        for (const Change& change : file->unsynced) {
            if (change.truncates) {
                if (spared()) apply(file->durable, change);
                continue;
            }
            for (std::size_t at = 0; at < change.bytes.size(); at += sector) {
                if (spared())
                    apply(file->durable,
                          {change.offset + static_cast<std::int64_t>(at), change.bytes.substr(at, sector)});
            }
        }
        file->unsynced.clear();
        file->now = file->durable;
        file->memory.clear();
    }
    first_ = 0;
}

}  // namespace congvu::test
