#pragma once
#include "modules/organisation/organisation.h"

namespace organisation {

/// What is written about a unit for a day to come, and can be withdrawn.
struct UnitComing {
    LocalDate on;
    std::optional<std::string> name;  ///< it is called so from then on; absent: it ends
};
BOOST_DESCRIBE_STRUCT(UnitComing, (), (on, name))

struct Unit {
    UnitId id;
    std::optional<UnitId> parent;
    AgencyId agency;
    std::string kind;
    std::string kind_label;
    std::string name;
    std::string short_name;
    std::string abbreviation;
    std::optional<std::string> organ_id;
    bool is_agency = false;
    LocalDate valid_from;
    std::optional<LocalDate> valid_to;
    int sort = 0;
    std::optional<UnitComing> coming;
    std::optional<std::int64_t> change;  ///< its new place waits for a second person
};
BOOST_DESCRIBE_STRUCT(Unit, (),
                      (id, parent, agency, kind, kind_label, name, short_name, abbreviation, organ_id, is_agency,
                       valid_from, valid_to, sort, coming, change))

struct NewUnit {
    std::optional<UnitId> parent;
    std::string kind;
    std::string name;
    std::string short_name;
    std::string abbreviation;
    std::optional<std::string> organ_id;
    std::optional<bool> is_agency;        ///< of a new one only: it stays what it is
    std::optional<LocalDate> valid_from;  ///< today when absent
    std::optional<std::string> basis;
    std::optional<int> sort;
};
BOOST_DESCRIBE_STRUCT(NewUnit, (),
                      (parent, kind, name, short_name, abbreviation, organ_id, is_agency, valid_from, basis, sort))

/// The tree of a day, in the order it is drawn.
Result<std::vector<Unit>> units(const Scope&, db::Reader&, LocalDate on);
/// A unit under one the administrator reaches. Errors: not_found, invalid.
Result<Unit> add_unit(const Scope&, db::Transaction&, const NewUnit&);
/// Its next version from a day on. Under another unit it is a change of rights: those above see what is beneath.
/// Errors: not_found, invalid "organisation.agency_stays", conflict "organisation.unit_of_agency", those of
/// org::change_unit.
Result<Unit> change_unit(const Scope&, db::Transaction&, UnitId, const NewUnit&);
/// Does what was proposed. Errors: conflict "organisation.unit_of_agency" (it would go to another agency with posts or
/// records), those of org::change_unit.
Result<void> place_unit(const Scope&, db::Transaction&, UnitId, const org::NewUnit&);
/// Errors: not_found, forbidden "organisation.own_agency", those of org::withdraw_coming.
Result<void> withdraw_coming(const Scope&, db::Transaction&, UnitId);
/// Errors: not_found, forbidden "organisation.own_agency", conflict "organisation.unit_has_work" (it would end while
/// steps are open at it or its posts), those of org::succeed.
Result<void> note_succession(const Scope&, db::Transaction&, UnitId, const org::Succession&);

}  // namespace organisation
