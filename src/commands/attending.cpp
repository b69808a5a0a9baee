#include "commands/attending.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace commands {

namespace {

// A lock of the process, not of the file's description: it tells whose it is.
flock whole(short type) {
    flock lock{};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

int open_lock(const std::filesystem::path& data, int how) {
    return ::open((data / "serving.lock").c_str(), O_RDWR | O_CLOEXEC | how, 0600);
}

/// 0: nobody, or nobody this process can see.
pid_t holder(int file) {
    flock lock = whole(F_WRLCK);
    if (::fcntl(file, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK) return 0;
    return lock.l_pid > 0 ? lock.l_pid : 0;
}

}  // namespace

Result<Attending> Attending::begin(const std::filesystem::path& data) {
    Attending attending(open_lock(data, O_CREAT));
    if (attending.file_ < 0) return fail(ErrorCode::unavailable, "files.disk", "serving.lock");
    const flock lock = whole(F_WRLCK);
    if (::fcntl(attending.file_, F_SETLK, &lock) == 0) return attending;
    if (errno != EACCES && errno != EAGAIN) return fail(ErrorCode::unavailable, "files.disk", "serving.lock");
    return fail(ErrorCode::conflict, "commands.being_served", {},
                {{"folder", data.string()}, {"process", std::to_string(holder(attending.file_))}});
}

Attending::Attending(Attending&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

Attending::~Attending() {
    if (file_ >= 0) ::close(file_);
}

int rights_changed_signal() {
    return SIGUSR1;
}

void tell_server(const std::filesystem::path& data) {
    const int file = open_lock(data, 0);  // not made here: the server's account could not open another's
    if (file < 0) return;
    if (const pid_t server = holder(file); server != 0) ::kill(server, rights_changed_signal());
    ::close(file);
}

}  // namespace commands
