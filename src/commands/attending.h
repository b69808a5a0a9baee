#pragma once
#include <filesystem>

#include "base/result.h"

/// One server at a time attends to a data folder, and other commands find it there.
namespace commands {

/// The folder is attended to as long as this lives; a killed process leaves nothing behind.
class Attending {
  public:
    /// Errors: conflict "commands.being_served" (folder, process), unavailable "files.disk".
    static Result<Attending> begin(const std::filesystem::path& data);
    Attending(Attending&&) noexcept;
    Attending& operator=(Attending&&) = delete;
    ~Attending();

  private:
    explicit Attending(int file) : file_(file) {}
    int file_;
};

/// The signal by which the server of a folder learns that rights were changed beside it.
int rights_changed_signal();
/// Sends it to the server of the folder, if there is one.
void tell_server(const std::filesystem::path& data);

}  // namespace commands
