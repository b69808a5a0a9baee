#pragma once
#include "core/org/people.h"
#include "service/routes.h"

/// Units, posts, persons, accounts and who may do what: read by everyone in the office, changed by administrators, each
/// within their own agency and what is beneath it. Changes of rights wait for a second person (NĐ 30/2020/NĐ-CP, Phụ
/// lục VI, 3c).
namespace organisation {

/// A post, unit or person as the web shows one.
struct Party {
    std::string kind;
    std::int64_t id = 0;
    std::string label;
    std::optional<std::string> detail;
};
BOOST_DESCRIBE_STRUCT(Party, (), (kind, id, label, detail))

struct PersonName {
    PersonId id;
    std::string full_name;
};
BOOST_DESCRIBE_STRUCT(PersonName, (), (id, full_name))

struct UnitName {
    UnitId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(UnitName, (), (id, name))

/// What became of a change of rights: done, or waiting for a second person as `change`.
struct Proposed {
    bool applied = false;
    std::optional<std::int64_t> change;
};
BOOST_DESCRIBE_STRUCT(Proposed, (), (applied, change))

/// A setting whose change takes away a protection waits for a second person, when there is one who could confirm it.
/// Gives whether it waits; else the caller sets it.
Result<bool> propose_setting(const Scope&, db::Transaction&, std::string_view code, std::string_view value);

void routes(service::Routes&);

}  // namespace organisation
