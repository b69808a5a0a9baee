#pragma once
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace commands {

enum class Replace { no, yes };

/// A file that a command writes where its caller says (-o FILE). It gets its name when it is whole and synced; until
/// then it lies in a folder of its own beside that name, which goes with the object.
class Output {
  public:
    /// Looks before anything is written. A file that is there is kept, unless it is to be replaced and begins with
    /// `beginning`, as those of its kind do. Errors: conflict "commands.output_in_office" (anywhere in the data folder,
    /// however it is written), "commands.output_exists", "commands.output_of_others"; unavailable
    /// "commands.cannot_write".
    static Result<Output> at(const std::filesystem::path& file, const std::filesystem::path& data,
                             std::string_view beginning, Replace);
    Output(Output&&) noexcept;
    Output& operator=(Output&&) = delete;
    ~Output();

    /// Where what becomes the file is written.
    std::filesystem::path part() const { return folder_ / "part"; }
    /// For what is needed on the way.
    std::filesystem::path beside() const { return folder_ / "beside"; }
    /// Gives the part its name. Errors: those of at() when something has come there meanwhile.
    Result<void> publish();

  private:
    Output(std::filesystem::path file, Replace replace) : file_(std::move(file)), replace_(replace) {}
    std::unexpected<Error> cannot_write() const;

    std::filesystem::path file_;
    std::filesystem::path folder_ = {};
    Replace replace_;
};

}  // namespace commands
