#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/org/org.h"

/// Reading the organisation: who is where, and how far an administrator reaches.
namespace org {

struct Holder {
    PersonId person;
    std::string full_name;
    LocalDate valid_from;
    std::optional<LocalDate> valid_to;
};

struct Post {
    PostId id;
    UnitId unit;
    std::string title;
    int sort = 0;
    LocalDate valid_from;
    std::optional<LocalDate> valid_to;  ///< the first day it is no longer
    std::vector<std::string> roles;     ///< codes
    std::vector<Holder> holders;        ///< of that day, then those who come later
};

/// The posts of a unit that stand on that day or later, in order.
Result<std::vector<Post>> posts_of(db::Reader&, UnitId, LocalDate on);
/// One post, also when it has ended; nothing when there is none.
Result<std::optional<Post>> find_post(db::Reader&, PostId, LocalDate on);

/// A post held or acted for on a day.
struct Place {
    PostId post;
    std::string title;
    UnitId unit;
    bool acting = false;
};

struct Person {
    PersonId id;
    std::string full_name;
    std::string rank;
    std::string phone;
    std::string email;
    std::vector<Place> places;
};

struct PersonQuery {
    std::string text;                               ///< each word begins a word of the name, with or without marks
    std::optional<std::vector<UnitId>> units = {};  ///< only those who hold a post there
    PersonId after = {};
    int limit = 50;
};
/// In the order of lists of people here: by given name. At most `limit`.
Result<std::vector<Person>> find_persons(db::Reader&, const PersonQuery&, LocalDate on);
Result<std::optional<Person>> find_person(db::Reader&, PersonId, LocalDate on);

/// The last thing written about a unit for a day that is still to come.
struct Coming {
    enum class What { version, end };
    UnitId unit;
    LocalDate on;
    std::string name;  ///< of the version that begins or ends
    What what = What::version;
};
/// Of every unit that has one; what can be withdrawn (org.h).
Result<std::vector<Coming>> coming(db::Reader&, LocalDate today);

struct RoleInfo {
    std::string code;
    std::string vi;
    std::string en;
    std::vector<std::string> permissions;
};
Result<std::vector<RoleInfo>> roles(db::Reader&);

/// Whom a permission is given to in an agency on a day, by the roles of the posts held.
struct Permitted {
    PostId post;
    UnitId unit;
    PersonId person;
};
Result<std::vector<Permitted>> permitted(db::Reader&, std::string_view permission, LocalDate on);

struct ActingRow {
    std::int64_t id = 0;
    Acting acting;
    bool ended = false;
};
struct SigningRow {
    std::int64_t id = 0;
    AgencyId agency;
    SigningAuthority authority;
};
enum class Time { now_and_later, ever };
/// By the day they begin, newest first.
Result<std::vector<ActingRow>> acting_list(db::Reader&, LocalDate today, Time);
Result<std::vector<SigningRow>> signing_list(db::Reader&, LocalDate today, Time);
Result<std::optional<ActingRow>> find_acting(db::Reader&, std::int64_t);
Result<std::optional<SigningRow>> find_signing(db::Reader&, std::int64_t);

/// What an administrator of the scope's agency may change: that agency and every unit beneath it, with their posts, and
/// the persons all of whose posts are there. Whoever asks for another's is told that there is none.
class Reach {
  public:
    static Result<Reach> of(const Scope&, db::Reader&);

    const Tree& tree() const { return *tree_; }
    /// A unit that begins later or has ended counts where its last version stands.
    Result<bool> has(UnitId) const;
    Result<bool> has(PostId) const;
    /// Someone who never held a post is anybody's; who left, theirs whose post was the last.
    Result<bool> has(PersonId) const;
    /// The same as an error at `field`. Errors: not_found "org.no_unit", "org.no_post", "org.no_person".
    Result<void> require(UnitId, std::string_view field = {}) const;
    Result<void> require(PostId, std::string_view field = {}) const;
    Result<void> require(PersonId, std::string_view field = {}) const;
    /// The agency a post belongs to. Errors: not_found.
    Result<AgencyId> agency_of(PostId) const;

  private:
    Reach(AgencyId agency, db::Reader& reader, std::shared_ptr<const Tree> tree, LocalDate today)
        : agency_(agency), reader_(&reader), tree_(std::move(tree)), today_(today) {}

    AgencyId agency_;
    db::Reader* reader_;
    std::shared_ptr<const Tree> tree_;
    LocalDate today_;
};

}  // namespace org
