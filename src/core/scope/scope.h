#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/id.h"
#include "base/messages.h"
#include "base/time.h"

/// The highest label a person may see, and the highest a server may hold (design, idea 9).
enum class Secrecy : int { ordinary = 0, confidential = 1, secret = 2, top_secret = 3 };
BOOST_DESCRIBE_ENUM(Secrecy, ordinary, confidential, secret, top_secret)

/// A post a person fills or acts for, with the roles it carries.
struct HeldPost {
    PostId post;
    UnitId unit;
    AgencyId agency;
    std::string title;
    std::vector<std::string> roles;      ///< codes: clerk, leader, handler …
    std::optional<PersonId> acting_for;  ///< the one whose post it is, when held by acting (xử lý thay)
};

/// Who is asking: the account, the person and post, on whose behalf, from which agency, with what clearance.
/// Made once for a request from the session; every function that reads or changes what people own takes it first.
struct Scope {
    AccountId account;
    PersonId person;
    PostId post;  ///< the post acted from; none for an account without a post
    UnitId unit;
    AgencyId agency;
    std::optional<PersonId> on_behalf_of;  ///< set while acting for another
    std::vector<HeldPost> posts;           ///< every post held or acted for today
    std::vector<SubjectId> subjects;       ///< what grants may name this scope, sorted (core/org/subject.h)
    std::set<std::string, std::less<>> permissions;
    Secrecy clearance = Secrecy::ordinary;
    Instant now;
    LocalDate today;
    Language language = Language::vi;
    std::string request;  ///< id of the request, for the log and the journal

    bool may(std::string_view permission) const { return permissions.contains(permission); }
    /// Does the post acted from, or any post held in its agency, carry this role?
    bool has_role(std::string_view role) const {
        for (const HeldPost& held : posts) {
            if (held.agency != agency) continue;
            for (const std::string& code : held.roles)
                if (code == role) return true;
        }
        return false;
    }
};
