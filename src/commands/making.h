#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include <boost/json.hpp>

#include "base/result.h"
#include "commands/office.h"

namespace commands {

/// The folder of an office that is being made. It holds a mark until the office is whole; then the office gets its
/// settings, by which every command knows one. Whatever was made goes with the object when that has not come.
class Making {
  public:
    /// Makes the folder, and clears what a making that was killed has left there. The database, when one is named, must
    /// hold no tables. Errors: conflict "commands.in_use", "commands.being_made", "commands.database_in_use"; invalid
    /// "commands.not_postgresql"; unavailable "commands.cannot_make".
    static Result<Making> begin(const std::filesystem::path& data, const std::string& database);
    Making(Making&&) noexcept;
    Making& operator=(Making&&) = delete;
    ~Making();

    /// Something was left of an earlier making, and is gone.
    bool has_cleared() const { return has_cleared_; }
    /// The office is whole. Errors: unavailable "files.disk".
    Result<void> finish(const boost::json::object& settings);

  private:
    Making(std::filesystem::path data, std::string database) : data_(std::move(data)), database_(std::move(database)) {}
    Result<void> take_mark();
    void clear() const;

    std::filesystem::path data_;
    std::string database_;
    bool made_folder_ = false;
    bool has_cleared_ = false;
    bool owns_database_ = false;
    int mark_ = -1;  ///< open and locked while it is made
};

/// An office in this folder was begun and is not whole.
bool is_half_made(const std::filesystem::path& data);

struct Plan {
    std::filesystem::path data;
    std::string database = {};  ///< postgresql://…; empty: SQLite in the folder
    std::unique_ptr<Clock> clock = nullptr;
    std::function<void()> on_cleared = {};  ///< what a making that was killed has left is gone
};
using Furnish = std::function<Result<void>(Office&)>;
/// Makes an office and what stands in it at first: whole, or nothing of it stays. Errors: those of Making, of
/// `furnish` and of what open_office() does.
Result<std::unique_ptr<Office>> make_office(Plan, const Furnish& furnish = {});

}  // namespace commands
