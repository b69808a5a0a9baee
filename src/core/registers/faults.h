#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace registers {

/// What is wrong with a file, all of it, so that it can be corrected in one go.
class Faults {
  public:
    /// `where` is the path of the thing, "fields.sender.max".
    void add(int line, std::string_view message, std::string_view where = {},
             std::vector<MessageArgument> arguments = {});
    /// An expression's fault, its line counted from the line the expression stands on.
    void add(int line, Error error, std::string_view where);
    bool empty() const { return errors_.empty(); }
    /// The first fault with the others in `also`, by line.
    Result<void> result() const;

  private:
    void keep(int line, Error error);

    std::vector<std::pair<int, Error>> errors_;  ///< by line
};

}  // namespace registers
