#include <algorithm>
#include <map>
#include <mutex>
#include <ranges>

#include "core/registers/changed_type.h"
#include "core/registers/columns.h"
#include "core/registers/registers.h"

namespace registers {

struct Catalogue::State {
    std::map<std::string, DeclarationPointer, std::less<>> current;
    std::map<std::pair<std::int64_t, int>, DeclarationPointer> versions;
};

namespace {

using Sources = std::shared_ptr<const std::map<std::string, expression::Source, std::less<>>>;

/// An older version compares its fields with those of its own types, not with what they have become.
Sources with_own_form(const Declaration& declaration, const Sources& sources) {
    if (std::ranges::none_of(declaration.fields, [](const Field& field) { return field.successor != nullptr; }))
        return sources;
    auto own = std::make_shared<std::map<std::string, expression::Source, std::less<>>>(*sources);
    own->insert_or_assign(declaration.code, sources_of({&declaration})->at(declaration.code));
    return own;
}

/// Whom the newest version lets see may depend on fields an older one hasn't: there they are empty.
void lend_conditions(Declaration& older, const Declaration& now) {
    auto all = *older.prepared;
    for (const Actor& actor : older.see)
        if (const auto found = now.prepared->find(actor.when); found != now.prepared->end()) all.insert(*found);
    older.prepared = std::make_shared<const decltype(all)>(std::move(all));
}

}  // namespace

Result<void> Catalogue::load(db::Reader& reader) {
    std::vector<std::vector<Declaration>> loaded;
    std::vector<const Declaration*> latest;
    for (const store::RegisterRow& row : TRY(store::registers(reader))) {
        loaded.push_back(TRY(load_versions(reader, row)));
        if (loaded.back().empty()) loaded.pop_back();
    }
    for (const auto& versions : loaded) latest.push_back(&versions.back());
    const auto sources = sources_of(latest);
    for (auto& versions : loaded) tie_versions(versions);

    auto state = std::make_shared<State>();
    for (auto& versions : loaded) {
        for (Declaration& declaration : versions) {
            declaration.sources = with_own_form(declaration, sources);
            prepare(declaration);
        }
        for (Declaration& declaration : versions | std::views::take(versions.size() - 1))
            lend_conditions(declaration, versions.back());
        for (Declaration& declaration : versions) {
            const auto key = std::pair(declaration.id.value, declaration.version);
            state->versions[key] = std::make_shared<const Declaration>(std::move(declaration));
            state->current[state->versions[key]->code] = state->versions[key];
        }
    }
    const std::lock_guard lock(mutex_);
    state_ = std::move(state);
    return {};
}

DeclarationPointer Catalogue::find(std::string_view code) const {
    const auto state = snapshot();
    if (!state) return nullptr;
    const auto found = state->current.find(code);
    return found == state->current.end() ? nullptr : found->second;
}

DeclarationPointer Catalogue::find(RegisterId id) const {
    const auto state = snapshot();
    if (!state) return nullptr;
    const auto after = state->versions.upper_bound({id.value, std::numeric_limits<int>::max()});
    if (after == state->versions.begin()) return nullptr;
    const auto last = std::prev(after);
    return last->first.first == id.value ? last->second : nullptr;
}

DeclarationPointer Catalogue::find(RegisterId id, int version) const {
    const auto state = snapshot();
    if (!state) return nullptr;
    const auto found = state->versions.find({id.value, version});
    return found == state->versions.end() ? nullptr : found->second;
}

std::vector<DeclarationPointer> Catalogue::all() const {
    std::vector<DeclarationPointer> all;
    if (const auto state = snapshot())
        for (const auto& [code, declaration] : state->current) all.push_back(declaration);
    return all;
}

std::shared_ptr<const Catalogue::State> Catalogue::snapshot() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

}  // namespace registers
