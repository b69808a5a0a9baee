#include "core/records/outsiders.h"

#include "core/org/org.h"
#include "core/org/people.h"

namespace records {

namespace {

using registers::Actor;
using registers::Declaration;
using registers::Field;
using registers::FieldType;

struct Named {
    bool anywhere = false;  ///< as an actor: who it names sees the record or acts on it
    bool opens = false;     ///< gets work from it
};

Named named_in(const Declaration& declaration, const Field& field) {
    const auto is_it = [&](const Actor& actor) { return actor.role == "field" && actor.field == field.code; };
    Named named;
    for (const registers::Action& action : declaration.actions) {
        named.opens = named.opens || std::ranges::any_of(action.opens, is_it, &registers::OpenedStep::to);
        named.anywhere = named.anywhere || std::ranges::any_of(action.by, is_it);
    }
    named.anywhere = named.anywhere || named.opens || std::ranges::any_of(declaration.see, is_it) ||
                     std::ranges::any_of(declaration.edit, [&](const auto& each) { return is_it(each.first); });
    return named;
}

}  // namespace

Result<bool> names_outsider(const Scope& scope, db::Reader& reader, const Record& record, const Field& field,
                            const db::Value& value) {
    if (!value.integer()) return false;
    const Named named = named_in(*record.declaration, field);
    if (!named.anywhere) return false;
    const std::int64_t id = *value.integer();
    if (field.type == FieldType::agency) return id != record.agency.value;
    const auto tree = TRY(org::Tree::load(reader, scope.today));
    const auto is_own = [&](UnitId unit) {
        const org::Unit* found = tree->find(unit);
        return found && found->agency == record.agency;
    };
    if (field.type == FieldType::unit) return !is_own({id});
    if (field.type == FieldType::post) {
        const auto post = TRY(org::find_post(reader, {id}, scope.today));
        return !post || (post->valid_to && *post->valid_to <= scope.today) || !is_own(post->unit);
    }
    if (field.type != FieldType::person) return false;
    const auto person = TRY(org::find_person(reader, {id}, scope.today));
    if (!person) return true;
    // Who has left is nobody's; work can't be given to them.
    if (person->places.empty()) return named.opens;
    return std::ranges::none_of(person->places, is_own, &org::Place::unit);
}

}  // namespace records
