#include "paper/child.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/json.h"
#include "paper/helper_process.h"

namespace paper {

namespace {

constexpr int socket_number = 3;
constexpr std::chrono::seconds start_time{20};

std::unexpected<Error> no_helper(std::string detail) {
    Error error{ErrorCode::unavailable, "paper.no_helper"};
    error.detail = std::move(detail);
    return std::unexpected(std::move(error));
}

/// Both lists posix_spawn wants, given back in the end.
struct SpawnPlan {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
    SpawnPlan() {
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawnattr_init(&attributes);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan() {
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&files);
    }
};

/// Nothing of the server goes along: no open file but the socket, no environment, no blocked signal.
/// Standard error stays, so that a sanitizer's word or a loader's is seen; libraries are told to keep silent.
Result<pid_t> spawn(const std::string& executable, int socket) {
    SpawnPlan plan;
    ::posix_spawn_file_actions_addopen(&plan.files, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&plan.files, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&plan.files, socket, socket_number);
    ::posix_spawn_file_actions_addclosefrom_np(&plan.files, socket_number + 1);
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&plan.attributes, &none);
    ::posix_spawnattr_setsigdefault(&plan.attributes, &all);
    ::posix_spawnattr_setpgroup(&plan.attributes, 0);
    ::posix_spawnattr_setflags(&plan.attributes,
                               POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);

    std::string name = "congvu";
    std::string word(helper_word);
    std::array<char*, 3> arguments{name.data(), word.data(), nullptr};
    std::string language = "LC_ALL=C.UTF-8";
    std::array<char*, 2> environment{language.data(), nullptr};
    pid_t process = -1;
    const int failure = ::posix_spawn(&process, executable.c_str(), &plan.files, &plan.attributes, arguments.data(),
                                      environment.data());
    if (failure != 0) return no_helper(executable + ": " + std::strerror(failure));
    return process;
}

template <class T>
Result<T> from_json(const std::string& text) {
    return decode<T>(TRY(parse_json(text)));
}

template <class T>
std::string to_json(const T& value) {
    return boost::json::serialize(encode(value));
}

}  // namespace

Result<std::unique_ptr<Child>> Child::start(const std::string& executable, const Greeting& greeting) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return no_helper(std::string("socketpair: ") + std::strerror(errno));
    Descriptor ours(ends[0]);
    Descriptor theirs(ends[1]);
    const pid_t process = TRY(spawn(executable, theirs.get()));
    // The helper holds the only other copy of its end from here on, so that its death ends the stream.
    theirs.close();
    std::unique_ptr<Child> child(new Child(process, std::move(ours)));

    const wire::Deadline deadline = std::chrono::steady_clock::now() + start_time;
    const std::string hello = to_json(greeting);
    if (wire::send(child->socket_.get(), hello, {}, {}, deadline) != wire::End::done)
        return no_helper("it does not listen: " + executable);
    const wire::Received ready = wire::receive(child->socket_.get(), 0, deadline);
    const Result<Walls> walls = from_json<Walls>(ready.frame.head);
    if (ready.end != wire::End::done || !walls) return no_helper("it does not answer: " + executable);
    child->walls_ = *walls;
    return child;
}

Child::Outcome Child::ask(const Request& request, const std::vector<int>& files) {
    ++served_;
    const wire::Deadline deadline =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(request.limits.wall_milliseconds);
    const std::string head = to_json(request);
    Outcome outcome;
    outcome.end = wire::send(socket_.get(), head, {}, files, deadline);
    if (outcome.end != wire::End::done) return outcome;
    wire::Received received = wire::receive(socket_.get(), request.limits.answer_bytes, deadline);
    outcome.end = received.end;
    if (outcome.end != wire::End::done) return outcome;
    // A helper that a file has taken over may answer anything; what it says is read as a stranger's word.
    Result<Answer> answer = from_json<Answer>(received.frame.head);
    if (!answer) {
        outcome.end = wire::End::malformed;
        return outcome;
    }
    outcome.answer = std::move(*answer);
    outcome.answer.bytes = std::move(received.frame.body);
    return outcome;
}

bool Child::alive() const {
    if (process_ <= 0) return false;
    pollfd entry{socket_.get(), POLLIN, 0};
    return ::poll(&entry, 1, 0) == 0;
}

int Child::end() {
    if (process_ <= 0) return 0;
    const pid_t process = std::exchange(process_, -1);
    int status = 0;
    // One that has ended by itself keeps its own status; one that has closed its end is about to.
    ::kill(process, SIGKILL);
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

Child::~Child() {
    end();
}

}  // namespace paper
