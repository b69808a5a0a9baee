#include "base/text.h"
#include "core/org/org.h"
#include "modules/inbox/inbox.h"

namespace inbox {

namespace {

constexpr std::size_t most_suggestions = 20;

constexpr db::Sql posts{"inbox.directory_posts", R"(
    select p.id, p.title, p.unit_id, coalesce(x.full_name, '') from post p
    left join post_holder h on h.post_id = p.id and h.valid_from <= ?1 and (h.valid_to is null or h.valid_to > ?1)
    left join person x on x.id = h.person_id
    where p.valid_from <= ?1 and (p.valid_to is null or p.valid_to > ?1) order by p.unit_id, p.sort, p.id)"};

/// Every word typed begins a word of the name.
bool fits(const std::vector<Word>& wanted, std::string_view name) {
    const std::vector<Word> own = words(name);
    return std::ranges::all_of(wanted, [&](const Word& each) {
        return std::ranges::any_of(own, [&](const Word& word) { return word.folded.starts_with(each.folded); });
    });
}

}  // namespace

Result<std::vector<boost::json::object>> directory(const Scope& scope, db::Reader& reader, std::string_view text,
                                                   const std::vector<std::string>& kinds, AgencyId within) {
    const auto tree = TRY(org::Tree::load(reader, scope.today));
    const std::vector<Word> wanted = words(text);
    const auto asked = [&](std::string_view kind) {
        return kinds.empty() || std::ranges::find(kinds, kind) != kinds.end();
    };
    const auto in_reach = [&](const org::Unit& unit) { return !within || unit.agency == within; };
    // One's own agency first, then by the tree.
    std::vector<boost::json::object> near, far;
    const auto add = [&](const org::Unit& unit, boost::json::object entry) {
        auto& list = unit.agency == scope.agency ? near : far;
        if (list.size() < most_suggestions) list.push_back(std::move(entry));
    };
    if (asked("unit") || asked("agency"))
        for (const org::Unit& unit : tree->all()) {
            if (!in_reach(unit) || (!asked("unit") && !unit.is_agency)) continue;
            if (!fits(wanted, unit.name + " " + unit.short_name + " " + unit.abbreviation)) continue;
            const org::Unit* agency = tree->agency_of(unit.id);
            add(unit, {{"kind", "unit"},
                       {"id", unit.id.value},
                       {"label", unit.name},
                       {"detail", agency && agency->id != unit.id ? agency->short_name : ""}});
        }
    if (asked("post") || asked("person"))
        for (const db::Row& row : TRY(reader.rows(posts, scope.today))) {
            const org::Unit* unit = tree->find(row.id<struct UnitNoun>(2));
            if (!unit || !in_reach(*unit) ||
                !fits(wanted, row.text(1) + " " + row.text(3) + " " + unit->name + " " + unit->abbreviation))
                continue;
            if (asked("post")) {
                const std::string holder = row.text(3).empty() ? "" : row.text(3) + ", ";
                add(*unit, {{"kind", "post"},
                            {"id", row.integer(0)},
                            {"label", row.text(1)},
                            {"detail", holder + unit->short_name}});
            }
        }
    if (asked("person")) {
        constexpr db::Sql people{"inbox.directory_people", R"(
            select x.id, x.full_name, p.title, p.unit_id from person x
            join post_holder h on h.person_id = x.id and h.valid_from <= ?1 and (h.valid_to is null or h.valid_to > ?1)
            join post p on p.id = h.post_id where x.left_on is null order by x.name_key, x.id)"};
        for (const db::Row& row : TRY(reader.rows(people, scope.today))) {
            const org::Unit* unit = tree->find(row.id<struct UnitNoun>(3));
            if (!unit || !in_reach(*unit) || !fits(wanted, row.text(1))) continue;
            add(*unit, {{"kind", "person"},
                        {"id", row.integer(0)},
                        {"label", row.text(1)},
                        {"detail", row.text(2) + ", " + unit->short_name}});
        }
    }
    for (boost::json::object& each : far) near.push_back(std::move(each));
    if (near.size() > most_suggestions) near.resize(most_suggestions);
    return near;
}

}  // namespace inbox
