#pragma once
#include "core/records/records.h"
#include "service/routes.h"

/// What an agency sets for itself. What it has not set holds as the server has it.
namespace settings {

struct Setting {
    std::string code;
    std::string label;
    boost::json::value value;
    std::string kind;  ///< yes_no, integer, text, week (the working days as digits, 1 is Monday)
    std::string help;
    bool own = false;      ///< set by the agency itself
    bool waiting = false;  ///< the change waits for a second person
};
BOOST_DESCRIBE_STRUCT(Setting, (), (code, label, value, kind, help, own, waiting))

/// Lets a change wait for a second person; gives whether it does.
using Propose =
    std::function<Result<bool>(const Scope&, db::Transaction&, std::string_view code, std::string_view value)>;

Result<std::vector<Setting>> list(const Scope&, db::Reader&);
/// `sent` is {code: value} or [{code, value}]; null takes the agency's own value away. All or none.
/// Errors: invalid "settings.unknown", "settings.bad_value", those of the value.
Result<std::vector<Setting>> change(const Scope&, db::Transaction&, records::Engine&, const Propose&,
                                    const boost::json::value& sent);

void routes(service::Routes&, records::Engine&, Propose);

}  // namespace settings
