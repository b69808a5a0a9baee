// Put before a program with LD_PRELOAD: each sync costs CONGVU_SYNC_MICROSECONDS more, as on a slower disk.
#include <cstdlib>
#include <dlfcn.h>
#include <unistd.h>

namespace {

using Sync = int (*)(int);

int slowly(const char* name, int file) {
    static const useconds_t more = [] {
        const char* text = std::getenv("CONGVU_SYNC_MICROSECONDS");
        return static_cast<useconds_t>(text ? std::atoi(text) : 2000);
    }();
    ::usleep(more);
    return reinterpret_cast<Sync>(::dlsym(RTLD_NEXT, name))(file);
}

}  // namespace

extern "C" int fsync(int file) {
    return slowly("fsync", file);
}
extern "C" int fdatasync(int file) {
    return slowly("fdatasync", file);
}
