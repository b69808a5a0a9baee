#include "paper/sandbox.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <initializer_list>
#include <limits>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "paper/descriptor.h"

namespace paper::sandbox {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

void set_limit(decltype(RLIMIT_CPU) which, std::int64_t value) {
    rlimit limit{};
    if (::getrlimit(which, &limit) != 0) return;
    limit.rlim_cur = std::min<rlim_t>(static_cast<rlim_t>(value), limit.rlim_max);
    ::setrlimit(which, &limit);
}

std::int64_t used_cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1;
}

/// What reading, drawing and writing to open files need.
constexpr const char* allowed[] = {"read",
                                   "readv",
                                   "pread64",
                                   "write",
                                   "writev",
                                   "lseek",
                                   "close",
                                   "fstat",
                                   "newfstatat",
                                   "stat",
                                   "lstat",
                                   "statx",
                                   "fstatfs",
                                   "statfs",
                                   "access",
                                   "faccessat",
                                   "faccessat2",
                                   "readlink",
                                   "readlinkat",
                                   "getdents64",
                                   "getcwd",
                                   "fadvise64",
                                   "munmap",
                                   "mremap",
                                   "madvise",
                                   "brk",
                                   "futex",
                                   "futex_waitv",
                                   "rt_sigaction",
                                   "rt_sigprocmask",
                                   "rt_sigreturn",
                                   "sigaltstack",
                                   "clock_gettime",
                                   "clock_getres",
                                   "clock_nanosleep",
                                   "nanosleep",
                                   "gettimeofday",
                                   "time",
                                   "getpid",
                                   "gettid",
                                   "getppid",
                                   "getuid",
                                   "geteuid",
                                   "getgid",
                                   "getegid",
                                   "getrandom",
                                   "sched_yield",
                                   "sched_getaffinity",
                                   "exit",
                                   "exit_group",
                                   "restart_syscall",
                                   "sendmsg",
                                   "recvmsg",
                                   "poll",
                                   "ppoll",
                                   "getrusage",
                                   "getrlimit",
                                   "setrlimit",
                                   "prlimit64",
                                   "setitimer",
                                   "alarm",
                                   "times",
                                   "uname",
                                   "sysinfo",
                                   "set_robust_list",
                                   "rseq",
                                   "set_tid_address",
                                   "membarrier",
                                   "dup",
                                   "arch_prctl"};

/// Nothing honest asks for these.
constexpr const char* deadly[] = {"execve",     "execveat", "ptrace",      "process_vm_readv", "process_vm_writev",
                                  "kexec_load", "bpf",      "init_module", "finit_module",     "mount",
                                  "umount2"};

class Filter {
  public:
    Filter() : context_(::seccomp_init(SCMP_ACT_ERRNO(EPERM))) {}
    Filter(const Filter&) = delete;
    Filter& operator=(const Filter&) = delete;
    ~Filter() {
        if (context_ != nullptr) ::seccomp_release(context_);
    }

    /// A name this machine does not have is passed over.
    void rule(std::uint32_t action, const char* name, std::initializer_list<scmp_arg_cmp> conditions = {}) {
        const int number = ::seccomp_syscall_resolve_name(name);
        if (context_ == nullptr || number == __NR_SCMP_ERROR) return;
        ::seccomp_rule_add_array(context_, action, number, static_cast<unsigned>(conditions.size()),
                                 conditions.begin());
    }
    bool load() { return context_ != nullptr && ::seccomp_load(context_) == 0; }

  private:
    scmp_filter_ctx context_;
};

bool load_filter() {
    constexpr scmp_datum_t opens_for_more = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
    Filter filter;
    for (const char* name : allowed) filter.rule(SCMP_ACT_ALLOW, name);
    // A sanitizer tries memory out through a pipe.
    if (sanitized)
        for (const char* name : {"pipe", "pipe2"}) filter.rule(SCMP_ACT_ALLOW, name);
    for (const char* name : deadly) filter.rule(SCMP_ACT_KILL_PROCESS, name);
    filter.rule(SCMP_ACT_ALLOW, "open", {SCMP_A1(SCMP_CMP_MASKED_EQ, opens_for_more, O_RDONLY)});
    filter.rule(SCMP_ACT_ALLOW, "openat", {SCMP_A2(SCMP_CMP_MASKED_EQ, opens_for_more, O_RDONLY)});
    filter.rule(SCMP_ACT_ALLOW, "mmap", {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
    filter.rule(SCMP_ACT_ALLOW, "mprotect", {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
    filter.rule(SCMP_ACT_ALLOW, "clone", {SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)});
    // Its flags lie in memory, where no filter sees them; the C library then falls back to clone.
    filter.rule(SCMP_ACT_ERRNO(ENOSYS), "clone3");
    filter.rule(SCMP_ACT_ERRNO(ENOSYS), "openat2");
    filter.rule(SCMP_ACT_ALLOW, "prctl", {SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)});
    filter.rule(SCMP_ACT_ALLOW, "tgkill", {SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()))});
    for (const int command : {F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC})
        filter.rule(SCMP_ACT_ALLOW, "fcntl", {SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command))});
    return filter.load();
}

/// What shared libraries, fonts and the character maps of poppler need.
constexpr const char* system_files[] = {"/usr/lib",
                                        "/usr/lib64",
                                        "/usr/share/fonts",
                                        "/usr/share/poppler",
                                        "/usr/share/fontconfig",
                                        "/usr/share/mime",
                                        "/usr/share/zoneinfo",
                                        "/usr/local/share/fonts",
                                        "/etc/fonts",
                                        "/etc/ld.so.cache",
                                        "/etc/localtime",
                                        "/lib",
                                        "/lib64",
                                        "/var/cache/fontconfig",
                                        "/dev/null",
                                        "/dev/urandom",
                                        "/proc/self",
                                        "/proc/cpuinfo",
                                        "/sys/devices/system/cpu"};

constexpr std::uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t everything =
    reading | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

void let_read(const Descriptor& ruleset, const char* path) {
    const Descriptor place(::open(path, O_PATH | O_CLOEXEC));
    if (!place) return;
    struct stat status{};
    if (::fstat(place.get(), &status) != 0) return;
    const std::uint64_t access = S_ISDIR(status.st_mode) ? reading : std::uint64_t{LANDLOCK_ACCESS_FS_READ_FILE};
    const landlock_path_beneath_attr rule{access, place.get()};
    ::syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

bool restrict_reading(const std::vector<std::string>& readable) {
    landlock_ruleset_attr rules{};
    rules.handled_access_fs = everything;
    const Descriptor ruleset(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0)));
    if (!ruleset) return false;
    for (const char* path : system_files) let_read(ruleset, path);
    for (const std::string& path : readable) let_read(ruleset, path.c_str());
    return ::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0;
}

}  // namespace

Walls enter(const std::vector<std::string>& readable) {
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_NOFILE, 64);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    Walls walls;
    walls.landlock = restrict_reading(readable);
    walls.seccomp = load_filter();
    return walls;
}

void bound(const Limits& limits, std::int64_t file_bytes) {
    set_limit(RLIMIT_CPU, used_cpu_seconds() + limits.cpu_seconds);
    set_limit(RLIMIT_FSIZE, limits.output_bytes);
    if (!sanitized) set_limit(RLIMIT_AS, limits.memory_bytes + file_bytes);
    // Twice the parent's patience: it only strikes where no parent is left to do so.
    const std::int64_t patience = 2 * limits.wall_milliseconds + 1000;
    const itimerval alarm{{0, 0}, {patience / 1000, (patience % 1000) * 1000}};
    ::setitimer(ITIMER_REAL, &alarm, nullptr);
}

void rest() {
    const itimerval none{};
    ::setitimer(ITIMER_REAL, &none, nullptr);
    set_limit(RLIMIT_AS, std::numeric_limits<std::int64_t>::max());
}

}  // namespace paper::sandbox
