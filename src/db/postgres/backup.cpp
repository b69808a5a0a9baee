#include "db/postgres/backup.h"

#include <cstring>
#include <fcntl.h>
#include <libpq-fe.h>
#include <optional>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "db/durable.h"
#include "db/errors.h"

namespace db::postgres {
namespace {

struct Access {
    std::string address;  ///< without the password
    std::string password;
};

std::string quoted(std::string_view value) {
    std::string out = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

Access access_of(const std::string& address) {
    Access access;
    PQconninfoOption* options = PQconninfoParse(address.c_str(), nullptr);
    for (const PQconninfoOption* option = options; option && option->keyword; ++option) {
        if (!option->val) continue;
        if (std::string_view(option->keyword) == "password")
            access.password = option->val;
        else
            access.address += std::string(option->keyword) + "=" + quoted(option->val) + " ";
    }
    PQconninfoFree(options);
    return access;
}

/// An address without a password leaves it to PGPASSWORD or PGPASSFILE, as for every other connection.
std::vector<std::string> environment_with(const std::string& password) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry; ++entry) {
        if (password.empty() || !std::string_view(*entry).starts_with("PGPASSWORD=")) all.emplace_back(*entry);
    }
    if (!password.empty()) all.push_back("PGPASSWORD=" + password);
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

std::string read_all(int pipe) {
    std::string all;
    char bytes[4096];
    ssize_t count = 0;
    while ((count = ::read(pipe, bytes, sizeof bytes)) > 0 || (count < 0 && errno == EINTR)) {
        if (count > 0 && all.size() < 4096) all.append(bytes, static_cast<std::size_t>(count));
    }
    return all;
}

/// Runs a program to its end; gives what went wrong, with what it wrote to standard error.
std::optional<std::string> fault_of(std::vector<std::string> arguments, std::vector<std::string> environment) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return std::strerror(errno);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    pid_t child = 0;
    const int spawned = ::posix_spawnp(&child, arguments[0].c_str(), &actions, nullptr, pointers(arguments).data(),
                                       pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    const std::string said = spawned == 0 ? read_all(ends[0]) : std::string();
    ::close(ends[0]);
    if (spawned != 0) return arguments[0] + ": " + std::strerror(spawned);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return arguments[0] + ": " + said;
    return {};
}

}  // namespace

Result<void> back_up(const std::string& address, const std::filesystem::path& file) {
    const Access access = access_of(address);
    std::filesystem::path part = file;
    part += ".part";
    TRY(make_private(part));
    const auto fault = fault_of(
        {"pg_dump", "--format=custom", "--no-password", "--file=" + part.string(), "--dbname=" + access.address},
        environment_with(access.password));
    if (fault) return backup_failed(*fault, part);
    return put_in_place(part, file);
}

Result<void> restore(const std::string& address, const std::filesystem::path& file) {
    const Access access = access_of(address);
    const auto fault = fault_of({"pg_restore", "--single-transaction", "--no-owner", "--no-privileges",
                                 "--exit-on-error", "--no-password", "--dbname=" + access.address, file.string()},
                                environment_with(access.password));
    if (!fault) return {};
    Error error = error_of(ErrorCode::unavailable, "db.restore_failed", *fault);
    error.arguments = {{"path", file.string()}};
    return std::unexpected(std::move(error));
}

}  // namespace db::postgres
