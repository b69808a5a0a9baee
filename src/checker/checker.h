#pragma once
#include <iosfwd>
#include <span>
#include <string>

/// congvu-check-proof: an auditor's own look at one entry of a journal. It needs no server, no database and no network.
namespace checker {

enum ExitCode : int {
    holds = 0,        ///< the proof holds
    refused = 1,      ///< it doesn't
    wrong_usage = 2,  ///< wrong arguments, or the file can't be read
};

/// `arguments` without the program's name; a file named "-" is `input`.
ExitCode run(std::span<const std::string> arguments, std::istream& input, std::ostream& output, std::ostream& errors);

}  // namespace checker
