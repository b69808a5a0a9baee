#pragma once
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "commands/office.h"
#include "commands/server.h"

/// The sample ministry, Bộ Mẫu: everything in it is invented, and the same each time it is made.
namespace commands::sample {

struct Member {
    PersonId person;
    PostId post;
    UnitId unit;
    std::string full_name;
    std::string title;
    std::string login;  ///< empty: no account
    std::vector<std::string> roles;
};

struct Agency {
    UnitId unit;
    std::string code;
    std::string name;
    std::string abbreviation;
    std::vector<UnitId> units;  ///< beneath it, without itself
    std::vector<Member> members;
    /// The first member with the role; null when there is none.
    const Member* with(std::string_view role) const;
    std::vector<const Member*> all_with(std::string_view role) const;
};

/// The sample being made: the clock is moved on as things happen.
struct Maker {
    Office& office;
    Serving& serving;
    FixedClock& clock;
    std::mt19937 random{20'260'101};
    std::vector<Agency> agencies = {};         ///< the ministry first
    std::map<std::string, UnitId> units = {};  ///< by code of rules/sample/ministry.json
    std::map<std::string, int> logins = {};

    template <class List>
    const auto& any_of(const List& list) {
        return list[random() % list.size()];
    }
    /// Who this member is in the store now.
    Result<Scope> scope_of(const Member&);
};

Result<boost::json::value> read_sample(std::string_view file);
/// The tree, people, posts and accounts, all with the same password.
Result<void> make_people(Maker&, std::string_view password_hash);
/// Incoming documents of the last months, worked on by the people of the ministry.
Result<void> make_documents(Maker&, int count);
/// Letters of one day, worked on by the same people, for make_old_documents to follow.
Result<void> make_pattern(Maker&, int count, LocalDate day, int minutes);
/// Incoming documents of the years before, for measuring: a few hundred are worked on, the others carried over after
/// their pattern, each with its own uuid, number, notation, subject, steps, grants, journal entry and place in the
/// index. `tell` hears how many there are.
Result<void> make_old_documents(Maker&, int count, const std::function<void(int)>& tell);
/// The records of every register's samples.yaml.
Result<void> make_records(Maker&);

}  // namespace commands::sample
