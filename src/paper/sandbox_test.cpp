#include "paper/sandbox.h"

#include <array>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "paper/probe_test.h"
#include "paper/samples_test.h"

namespace paper {

namespace {

bool try_it(std::string_view what, const std::string& path) {
    if (what == "read") return ::open(path.c_str(), O_RDONLY) >= 0;
    if (what == "write") return ::open(path.c_str(), O_WRONLY) >= 0;
    if (what == "create") return ::open(path.c_str(), O_RDONLY | O_CREAT, 0600) >= 0;
    if (what == "append") return ::open(path.c_str(), O_RDWR | O_APPEND) >= 0;
    if (what == "unlink") return ::unlink(path.c_str()) == 0;
    if (what == "socket") return ::socket(AF_INET, SOCK_STREAM, 0) >= 0;
    if (what == "fork") return ::fork() >= 0;
    if (what == "kill") return ::kill(::getppid(), 0) == 0;
    if (what == "code") {
        return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
    }
    if (what == "exec") {
        ::execl("/bin/true", "true", nullptr);
        return false;
    }
    if (what == "thread") {
        std::thread([] {}).join();
        return true;
    }
    return what == "nothing";
}

}  // namespace

int probe_main(std::string_view what, const std::string& path) {
    const Walls walls = sandbox::enter({});
    if (!walls.seccomp) return 77;
    if (what == "read" && !walls.landlock) return 77;
    ::_exit(try_it(what, path) ? 0 : 1);
}

namespace {

/// The wait status of this program trying `what`.
int tried(const char* what, const std::string& path) {
    std::string word(probe_word);
    std::string deed = what;
    std::string file = path;
    std::string name = "probe";
    std::array<char*, 5> arguments{name.data(), word.data(), deed.data(), file.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    pid_t process = -1;
    if (::posix_spawn(&process, "/proc/self/exe", nullptr, nullptr, arguments.data(), environment.data()) != 0)
        return -1;
    int status = -1;
    ::waitpid(process, &status, 0);
    return status;
}

TEST(Sandbox, LetsInNothingButReadingSharedFiles) {
    const int probe = tried("nothing", "/");
    if (WIFEXITED(probe) && WEXITSTATUS(probe) == 77) GTEST_SKIP() << "this kernel has no seccomp";
    ASSERT_EQ(probe, 0);
    const std::string secret = samples::scratch("secret");
    std::ofstream(secret) << "secret";
    for (const char* what : {"read", "write", "create", "append", "unlink", "socket", "fork", "kill", "code"}) {
        const int status = tried(what, secret);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 77) continue;  // no landlock here
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 1) << what << " gave " << status;
    }
    const int executed = tried("exec", secret);
    EXPECT_TRUE(WIFSIGNALED(executed)) << "another program ends it at once";
    EXPECT_EQ(tried("thread", secret), 0);
    EXPECT_EQ(tried("read", "/usr/share/fonts"), 0);
    EXPECT_EQ(samples::read_file(secret), "secret");
}

}  // namespace
}  // namespace paper
