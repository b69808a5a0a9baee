#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/registers/declaration.h"
#include "db/database.h"

/// Choice lists shared by registers, in the table `choice`; shipped in rules/choices/, each item with its dates and its
/// law.
namespace registers {

struct Choice {
    std::string code;
    Label label;
    std::string abbreviation;
    std::optional<LocalDate> valid_from;
    std::optional<LocalDate> valid_to;  ///< the first day it no longer holds
    std::string basis;
};

struct ChoiceList {
    std::string code;
    Label label;
    std::vector<Choice> choices;  ///< in their order
};

/// Reads one file of rules/choices/ (docs/protocols/register.md). Errors: invalid "registers.…" with the line, all in
/// `also`.
Result<ChoiceList> read_choices(std::string_view yaml);

/// The choices of a list that hold on a day, in their order; empty when there is no such list.
Result<std::vector<Choice>> choices(db::Reader&, std::string_view list, LocalDate on);

}  // namespace registers
