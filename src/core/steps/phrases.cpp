#include "core/steps/phrases.h"

#include "base/text.h"
#include "core/journal/journal.h"
#include "core/steps/store.h"

namespace steps {
namespace {

constexpr std::size_t most_phrases = 50;
constexpr std::size_t longest_phrase = 300;

Result<void> require_agency_right(const Scope& scope) {
    if (scope.has_role("leader") || scope.has_role("chief_of_office")) return {};
    return fail(ErrorCode::forbidden, "steps.agency_phrases");
}

}  // namespace

Result<std::vector<Phrase>> phrases(const Scope& scope, db::Reader& reader) {
    return store::phrases(reader, scope.agency, scope.person);
}

Result<PhraseId> add_phrase(const Scope& scope, db::Transaction& tx, std::string_view raw, Whose whose) {
    if (whose == Whose::agency) TRY(require_agency_right(scope));
    const std::string text = TRY(clean_text(raw));
    if (text.empty()) return fail(ErrorCode::invalid, "steps.no_text", "text");
    if (length(text) > longest_phrase)
        return fail(ErrorCode::invalid, "steps.too_long", "text", {{"limit", std::to_string(longest_phrase)}});
    const bool own = whose == Whose::own;
    std::size_t count = 0;
    for (const Phrase& phrase : TRY(phrases(scope, tx))) {
        if (phrase.own != own) continue;
        if (exact_form(phrase.text) == exact_form(text))
            return fail(ErrorCode::conflict, "steps.phrase_exists", "text");
        ++count;
    }
    if (count >= most_phrases)
        return fail(ErrorCode::conflict, "steps.too_many_phrases", {}, {{"limit", std::to_string(most_phrases)}});
    const PhraseId id = TRY(store::insert_phrase(tx, scope.agency, own ? scope.person : PersonId{}, text));
    TRY(journal::write(scope, tx,
                       {.action = "phrase.added",
                        .changes = {{"text", nullptr, boost::json::string(text)}},
                        .details = {{"own", own}}}));
    return id;
}

Result<void> remove_phrase(const Scope& scope, db::Transaction& tx, PhraseId id) {
    const std::optional<store::KeptPhrase> kept = TRY(store::find_phrase(tx, id));
    if (!kept || kept->agency != scope.agency || (kept->person && kept->person != scope.person))
        return fail(ErrorCode::not_found, "steps.not_found");
    if (!kept->person) TRY(require_agency_right(scope));
    TRY(store::remove_phrase(tx, id));
    TRY(journal::write(scope, tx, {.action = "phrase.removed", .details = {{"phrase", id.value}}}));
    return {};
}

}  // namespace steps
