#pragma once
#include <filesystem>

#include <boost/json/object.hpp>

#include "core/registers/declaration.h"

namespace registers {

/// One record of a samples.yaml.
struct Sample {
    boost::json::object
        values;         ///< as JSON sends them; links to people, units and records as texts, for the maker to resolve
    std::string state;  ///< empty: the initial one
    std::string unit;   ///< code of a unit of the sample ministry; empty: the maker's own
};

/// The records of a samples.yaml: a list of maps from field to value, with `state` and `unit` beside them.
/// Errors: invalid "registers.…" with the line, all in `also`.
Result<std::vector<Sample>> read_samples(const Declaration&, std::string_view yaml);

/// `congvu register check DIR`: reads DIR/register.yaml against the registers beside it and those of the program, and
/// what stands beside it (check_beside). Gives what there is to say of a right folder, a line each: fields, states,
/// samples, texts without English. Errors: not_found "registers.no_file", invalid with every fault in `also`.
Result<std::vector<std::string>> check_folder(const std::filesystem::path&, Language language = Language::vi);

/// The rest of a register's folder: its name is the code, samples.yaml fits the declaration, README.md is there. Gives
/// the number of samples; errors as check_folder.
Result<std::size_t> check_beside(const Declaration&, const std::filesystem::path& folder);

/// Texts that stand in Vietnamese only: the program's own registers have none, an office may leave English out.
std::vector<std::string> without_english(const Declaration&);

}  // namespace registers
