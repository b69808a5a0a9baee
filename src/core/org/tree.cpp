#include "core/org/org.h"
#include "core/org/store.h"

namespace org {

namespace {

void append_in_order(std::size_t at, const std::vector<Unit>& flat,
                     const std::unordered_map<std::int64_t, std::vector<std::size_t>>& children, AgencyId agency,
                     std::vector<Unit>& ordered) {
    Unit unit = flat[at];
    unit.agency = unit.is_agency ? AgencyId{unit.id.value} : agency;
    ordered.push_back(unit);
    const auto below = children.find(unit.id.value);
    if (below == children.end()) return;
    for (const std::size_t child : below->second) append_in_order(child, flat, children, unit.agency, ordered);
}

}  // namespace

Result<std::shared_ptr<const Tree>> Tree::load(db::Reader& reader, LocalDate on) {
    const db::Rows rows = TRY(reader.rows(store::units_on, on));
    std::vector<Unit> flat;
    std::unordered_map<std::int64_t, std::size_t> known;
    for (const db::Row& row : rows) {
        Unit unit;
        unit.id = row.id<struct UnitNoun>(0);
        unit.parent = row.id<struct UnitNoun>(1);
        unit.kind = row.text(2);
        unit.name = row.text(3);
        unit.short_name = row.text(4);
        unit.abbreviation = row.text(5);
        unit.organ_id = row.text(6);
        unit.is_agency = row.boolean(7);
        unit.sort = static_cast<int>(row.integer(8));
        unit.valid_from = row.date(9).value_or(LocalDate{});
        unit.valid_to = row.date(10);
        known[unit.id.value] = flat.size();
        flat.push_back(std::move(unit));
    }
    std::unordered_map<std::int64_t, std::vector<std::size_t>> children;
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < flat.size(); ++i) {
        if (known.contains(flat[i].parent.value)) {
            children[flat[i].parent.value].push_back(i);
        } else {
            roots.push_back(i);
        }
    }
    auto tree = std::make_shared<Tree>();
    for (const std::size_t root : roots) append_in_order(root, flat, children, {}, tree->units_);
    for (std::size_t i = 0; i < tree->units_.size(); ++i) tree->index_[tree->units_[i].id.value] = i;
    for (std::size_t i = 0; i < tree->units_.size(); ++i) tree->children_[tree->units_[i].parent.value].push_back(i);
    return std::shared_ptr<const Tree>(tree);
}

const Unit* Tree::find(UnitId id) const {
    const auto found = index_.find(id.value);
    return found == index_.end() ? nullptr : &units_[found->second];
}

const Unit* Tree::agency_of(UnitId id) const {
    const Unit* unit = find(id);
    return unit ? find(UnitId{unit->agency.value}) : nullptr;
}

std::vector<UnitId> Tree::subtree(UnitId top) const {
    std::vector<UnitId> result;
    if (!find(top)) return result;
    result.push_back(top);
    for (std::size_t i = 0; i < result.size(); ++i) {
        const auto below = children_.find(result[i].value);
        if (below == children_.end()) continue;
        for (const std::size_t child : below->second) result.push_back(units_[child].id);
    }
    return result;
}

std::vector<UnitId> Tree::line(UnitId id) const {
    std::vector<UnitId> result;
    for (const Unit* unit = find(id); unit && result.size() < 64; unit = find(unit->parent)) result.push_back(unit->id);
    return result;
}

bool Tree::is_under(UnitId unit, UnitId ancestor) const {
    for (const UnitId above : line(unit))
        if (above == ancestor) return true;
    return false;
}

}  // namespace org
